// Command biandan builds a county's party-building portal (党建门户) from a
// folder of Markdown and TOML.
//
//	biandan init, new  a site, a file to start from
//	biandan build      content/ → public/
//	biandan serve      the site on this machine while it is edited
//	biandan print      sheets → PDF
//	biandan check      what is wrong, also on paper
//	biandan doctor     what this machine lacks
//	biandan list       what the site consists of
//	biandan config     which setting counts, and where it comes from
//	biandan schema     JSON Schemas of the TOML files, for editors
//	biandan explain    what a rule checks and how to mend a finding
//	biandan version, completion, help
//
// Rules of the interface: results go to standard output, messages to standard
// error; messages are Chinese sentences without a full stop. Exit codes: 0 good,
// 1 the content has errors, 2 wrong use, 3 the environment lacks something,
// 130 interrupted. A setting on the command line counts over the environment
// (BIANDAN_…), and that over site.toml.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"biandan/generator/diag"
)

// The exit codes.
const (
	exitContent     = 1
	exitUsage       = 2
	exitEnvironment = 3
	exitInterrupted = 130
)

// failure is an error with its exit code; an empty message was printed before.
type failure struct {
	code    int
	message string
	hint    string
}

func (f failure) Error() string { return f.message }

func usage(message, hint string) error { return failure{exitUsage, message, hint} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	command := func(args ...string) int { return run(ctx, args, os.Stdout, os.Stderr) }
	var code int
	if exe, err := os.Executable(); err == nil && len(os.Args) == 1 && mousetrap.StartedByExplorer() {
		code = clicked(exe, os.Stdin, os.Stdout, command)
	} else {
		code = command(os.Args[1:]...)
	}
	stop()
	os.Exit(code)
}

// run is the command with everything that it depends on; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot(&app{stdout: stdout, stderr: stderr})
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var f failure
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		diag.Printf(stderr, "biandan: 已中断，原来的网站没有改动\n")
		return exitInterrupted
	case errors.As(err, &f):
	default:
		f = failure{exitUsage, chinese(err), "用法见 biandan help"}
	}
	if f.message != "" {
		diag.Printf(stderr, "biandan: %s\n", f.message)
		if f.hint != "" {
			diag.Printf(stderr, "  改法：%s\n", f.hint)
		}
	}
	return f.code
}

// chinese turns the command-line library's own errors into sentences.
func chinese(err error) string {
	s := err.Error()
	for _, p := range []struct{ english, form string }{
		{"invalid argument ", "选项的值不对：%s"},
		{"unknown command ", "没有命令 %s"},
	} {
		if rest, ok := strings.CutPrefix(s, p.english); ok {
			rest, _, _ = strings.Cut(rest, " for ")
			return fmt.Sprintf(p.form, rest)
		}
	}
	if strings.HasPrefix(s, "accepts") || strings.HasPrefix(s, "requires") {
		return "参数的个数不对"
	}
	return "命令的写法不对"
}

// app holds what the commands share.
type app struct {
	stdout, stderr io.Writer
	settings       settings
}

// flagError turns the flag library's errors into sentences, with the nearest flag.
func flagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	help := "用法见 biandan help " + cmd.Name()
	switch {
	case errors.As(err, &missing):
		name := dashed(missing.GetSpecifiedName(), missing.GetSpecifiedShortnames())
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		return usage("没有选项 "+name, diag.DidYouMean(name, known, help))
	case errors.As(err, &needs):
		return usage("选项 "+dashed(needs.GetSpecifiedName(), needs.GetSpecifiedShortnames())+" 后面要有值", help)
	case errors.As(err, &invalid):
		return usage(fmt.Sprintf("选项 --%s 的值“%s”不对", invalid.GetFlag().Name, invalid.GetValue()), help)
	}
	return usage("选项的写法不对", help)
}

// dashed writes a flag as it was written: -x, also among others as in -xy, or --name.
func dashed(name, short string) string {
	if short != "" {
		return "-" + name
	}
	return "--" + name
}

func newRoot(a *app) *cobra.Command {
	cobra.MousetrapHelpText = "" // a double click is no mistake: see clicked
	root := &cobra.Command{
		Use:                   "biandan [命令]",
		DisableFlagsInUseLine: true,
		Short:                 "红扁担：把 Markdown 和 TOML 做成党建门户和公告栏",
		SilenceErrors:         true,
		SilenceUsage:          true,
		Args:                  cobra.ArbitraryArgs,
		CompletionOptions:     cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.settings.fromEnvironment(cmd.Flags(), os.LookupEnv)
		},
	}
	root.AddCommand(a.serveCommand(), a.initCommand(), a.newCommand(), a.buildCommand(), a.printCommand(), a.checkCommand(), a.doctorCommand(), a.statusCommand(), a.listCommand(), a.reviseCommand(), a.configCommand(), a.schemaCommand(), a.explainCommand(), a.versionCommand())
	cobra.AddTemplateFunc("flagUsages", flagUsages)
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(&cobra.Command{Use: "help [命令]", Short: "说明命令的用法", RunE: func(cmd *cobra.Command, args []string) error {
		c, rest, err := cmd.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return unknownCommand(cmd.Root(), args[len(args)-1])
		}
		return c.Help()
	}})
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args, c.RunE = cobra.ArbitraryArgs, func(c *cobra.Command, args []string) error {
				if len(args) > 0 {
					return unknownCommand(c, args[0])
				}
				return c.Help()
			}
			c.Use, c.DisableFlagsInUseLine = "completion [shell]", true
			c.Short, c.Long = "打印命令补全的脚本", "打印命令补全的脚本，供 bash、zsh、fish、powershell 使用"
			for _, shell := range c.Commands() {
				shell.Short, shell.Long = "打印 "+shell.Name()+" 的补全脚本", "打印 "+shell.Name()+" 的补全脚本，用法：biandan completion "+shell.Name()
			}
		}
	}
	root.PersistentFlags().BoolP("help", "h", false, "说明用法")
	for _, c := range root.Commands() {
		c.DisableFlagsInUseLine = true
		c.Flags().SortFlags = false
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" {
				f.Usage = "说明用法"
			}
		})
	}
	return root
}

func unknownCommand(parent *cobra.Command, name string) error {
	var names []string
	for _, c := range parent.Commands() {
		names = append(names, c.Name())
	}
	return usage(fmt.Sprintf("没有命令“%s”", name), diag.DidYouMean(name, names, "命令有："+strings.Join(names, "、")))
}

// flagUsages lists the flags of a command; the library's word for a default is English.
func flagUsages(f *pflag.FlagSet) string {
	return strings.TrimRight(defaultWord.ReplaceAllString(f.FlagUsages(), "（默认 $1）"), "\n")
}

var defaultWord = regexp.MustCompile(` ?\(default "?([^")]*)"?\)`)

const usageTemplate = `用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{flagUsages .LocalFlags}}{{end}}{{if and .HasAvailableSubCommands (not .HasParent)}}

用 “{{.CommandPath}} help 命令” 看一个命令的说明。{{end}}
`
