// Command biandan builds a county's party-building portal (党建门户) from a
// folder of Markdown and TOML.
//
//	biandan build      content/ → public/
//	biandan list       what the site consists of
//	biandan config     which setting counts, and where it comes from
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
	"strings"
	"syscall"

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
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
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
		fmt.Fprintln(stderr, "biandan: 已中断，原来的网站没有改动")
		return exitInterrupted
	case errors.As(err, &f):
	default:
		f = failure{exitUsage, chinese(err), "用法见 biandan help"}
	}
	if f.message != "" {
		fmt.Fprintf(stderr, "biandan: %s\n", f.message)
		if f.hint != "" {
			fmt.Fprintf(stderr, "  改法：%s\n", f.hint)
		}
	}
	return f.code
}

// chinese turns the command-line library's own errors into sentences.
func chinese(err error) string {
	s := err.Error()
	for _, p := range []struct{ english, form string }{
		{"unknown flag: ", "没有选项 %s"},
		{"unknown shorthand flag: ", "没有选项 %s"},
		{"flag needs an argument: ", "选项 %s 后面要有值"},
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

func newRoot(a *app) *cobra.Command {
	cobra.MousetrapHelpText = "请在终端（PowerShell 或命令提示符）里运行 biandan；用法见 biandan help\n"
	root := &cobra.Command{
		Use:               "biandan",
		Short:             "红扁担：把 Markdown 和 TOML 做成党建门户和公告栏",
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.ArbitraryArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			return usage(fmt.Sprintf("没有命令“%s”", args[0]), diag.DidYouMean(args[0], names, "命令有："+strings.Join(names, "、")))
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.settings.fromEnvironment(cmd.Flags(), os.LookupEnv)
		},
	}
	root.AddCommand(a.buildCommand(), a.listCommand(), a.configCommand(), a.explainCommand(), a.versionCommand())
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(&cobra.Command{Use: "help [命令]", Short: "说明命令的用法", RunE: func(cmd *cobra.Command, args []string) error {
		c, _, err := cmd.Root().Find(args)
		if err != nil || c == nil {
			return usage(fmt.Sprintf("没有命令“%s”", strings.Join(args, " ")), "")
		}
		return c.Help()
	}})
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Short, c.Long = "打印命令补全的脚本", "打印命令补全的脚本，供 bash、zsh、fish、powershell 使用"
			for _, shell := range c.Commands() {
				shell.Short, shell.Long = "打印 "+shell.Name()+" 的补全脚本", "打印 "+shell.Name()+" 的补全脚本，用法：biandan completion "+shell.Name()
			}
		}
	}
	root.PersistentFlags().BoolP("help", "h", false, "说明用法")
	for _, c := range root.Commands() {
		c.Flags().SortFlags = false
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" {
				f.Usage = "说明用法"
			}
		})
	}
	return root
}

const usageTemplate = `用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [命令]

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

用 “{{.CommandPath}} help 命令” 看一个命令的说明。{{end}}
`
