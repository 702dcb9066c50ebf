package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"biandan/generator/diag"
	"biandan/generator/ledgers/services"
)

func (a *app) reviseCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "revise [选项]", Short: "记下服务清单现在的样子，以后改了没有调整记录就提醒",
		Long: "把服务清单现在的样子记在 " + services.SettledFile + " 里。\n" +
			"以后哪一项改了、添了、删了，又没有写已经施行的调整记录（[[revision]]），build 和 check 会提醒。\n" +
			"清单公示、公告、施行以后，或者只是改了错字，再运行一次。内容有错误时什么也不写。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.revise(cmd.Context()) },
	}
	a.settings.addSite(c.Flags())
	c.Flags().BoolVarP(&a.settings.quiet, "quiet", "q", false, "只说错误")
	return c
}

// revise writes the settled list of services of a site without errors.
func (a *app) revise(ctx context.Context) error {
	t, err := a.tree(ctx, newProgress(a.stderr, a.settings.quiet))
	if err != nil {
		return err
	}
	defer t.close()
	text, changes, err := services.Settle(t.Site.Book)
	if err != nil {
		return err
	}
	root, err := openSite(a.settings.source)
	if err != nil {
		return err
	}
	defer root.Close()
	if before, err := root.ReadFile(services.SettledFile); err == nil && bytes.Equal(before, text) {
		return a.say("清单没有变，不用记\n")
	}
	if err := replace(root, services.SettledFile, text); err != nil {
		return err
	}
	for _, c := range changes {
		if err := a.say("%s\n", c); err != nil {
			return err
		}
	}
	diag.Printf(a.stdout, "%s\n", filepath.Join(a.settings.source, filepath.FromSlash(services.SettledFile)))
	return a.say("记下了清单现在的样子\n")
}

// say tells people, unless they want to hear of errors only.
func (a *app) say(format string, args ...any) error {
	if a.settings.quiet {
		return nil
	}
	return diag.Printf(a.stderr, format, args...)
}

// replace writes a file below root whole or not at all.
func replace(root *os.Root, name string, data []byte) error {
	next := name + ".new"
	if err := root.WriteFile(next, data, 0o644); err != nil {
		return cannotWrite(name)
	}
	if err := root.Rename(next, name); err != nil {
		root.Remove(next)
		return cannotWrite(name)
	}
	return nil
}
