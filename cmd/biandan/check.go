package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"biandan/generator/poster"
)

func (a *app) checkCommand() *cobra.Command {
	var sheets bool
	var jobs int
	c := &cobra.Command{
		Use: "check [选项]", Short: "只检查，不生成",
		Long: "检查内容，什么也不写；说的和 biandan build 一样。\n加 --print 再用浏览器看每一张要张贴的：放不放得下、有没有切掉的、字够不够大。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), sheets, jobs) },
	}
	a.settings.addSite(c.Flags())
	f := c.Flags()
	f.BoolVar(&sheets, "print", false, "也检查要张贴的")
	f.IntVar(&jobs, "jobs", 0, "同时看几`张`（默认按处理器的核数）")
	f.StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认是网站文件夹里的 .biandan）")
	f.BoolVar(&a.settings.strict, "strict", false, "有警告也算失败")
	f.BoolVarP(&a.settings.quiet, "quiet", "q", false, "只说错误和警告")
	return c
}

func (a *app) check(ctx context.Context, sheets bool, jobs int) error {
	start := time.Now()
	bar := newProgress(a.stderr, a.settings.quiet)
	t, err := a.tree(ctx, bar)
	if err != nil {
		return err
	}
	defer t.close()
	found, looked := t.report.Diags, ""
	var problems []poster.Problem
	if sheets {
		browser, err := findBrowser()
		if err != nil {
			return environment(ctx, err)
		}
		w := poster.Work{Tree: t, Address: t.report.Config.BaseURL, Program: browser, Jobs: jobs,
			Progress: func(done, total int) { bar.update("查看", done, total) }}
		w.Documents, _ = (&printSettings{}).choose(t.Tree)
		on, p, err := poster.InspectAll(ctx, w)
		bar.clear()
		if err != nil {
			return environment(ctx, err)
		}
		on, problems = on.Tune(t.report.Config.Severities), p
		found, looked = append(found, on...).Sort(), fmt.Sprintf("，%d 张要张贴的", len(w.Documents))
	}
	if err := a.printDiagnostics(found); err != nil {
		return err
	}
	a.tellProblems(problems)
	broken, warnings := found.Count()
	if !a.settings.quiet || broken > 0 {
		fmt.Fprintf(a.stderr, "检查了 %d 页%s：%d 处错误，%d 处警告，用时 %.2f 秒\n", t.report.Pages, looked, broken, warnings, time.Since(start).Seconds())
	}
	switch {
	case broken > 0 || warnings > 0 && a.settings.strict:
		return failure{code: exitContent}
	case len(problems) > 0:
		return failure{code: exitEnvironment}
	}
	return nil
}
