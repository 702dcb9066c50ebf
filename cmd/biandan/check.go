package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"biandan/generator/diag"
	"biandan/generator/poster"
)

func (a *app) checkCommand() *cobra.Command {
	s := &printSettings{}
	var sheets bool
	c := &cobra.Command{
		Use: "check [选项]", Short: "只检查，不生成",
		Long: "检查内容，什么也不写；说的和 biandan build 一样。\n加 --print 再用浏览器看每一张要张贴的：放不放得下、有没有切掉的、字够不够大。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(s.sheets) > 0 && !sheets {
				return usage("--sheet 要和 --print 一起用", "写成 biandan check --print --sheet "+s.sheets[0])
			}
			return a.check(cmd.Context(), sheets, s)
		},
	}
	a.settings.addSite(c.Flags())
	f := c.Flags()
	f.BoolVar(&sheets, "print", false, "也检查要张贴的")
	f.StringArrayVar(&s.sheets, "sheet", nil, "和 --print 一起用：只看这一张，写它的`网址`，如 /sheets/services.html；可以写几次")
	f.IntVar(&s.jobs, "jobs", 0, "同时看几`张`（默认按处理器的核数）")
	f.StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	f.BoolVar(&a.settings.strict, "strict", false, "有警告也算失败")
	f.BoolVarP(&a.settings.quiet, "quiet", "q", false, "只说错误和警告")
	return c
}

func (a *app) check(ctx context.Context, sheets bool, s *printSettings) error {
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
		documents, err := s.choose(t.Tree)
		if err != nil {
			return err
		}
		browser, err := findBrowser()
		if err != nil {
			return environment(ctx, err)
		}
		w := poster.Work{Tree: t, Documents: documents, Address: t.report.Config.BaseURL, Program: browser, CacheDir: a.settings.cache(), Jobs: s.jobs,
			Progress: func(done, total int) { bar.update("查看", done, total) }}
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
		diag.Printf(a.stderr, "检查了 %d 页%s：%d 处错误，%d 处警告，用时 %.2f 秒\n", t.report.Pages, looked, broken, warnings, time.Since(start).Seconds())
	}
	switch {
	case broken > 0 || warnings > 0 && a.settings.strict:
		return failure{code: exitContent}
	case len(problems) > 0:
		return failure{code: exitEnvironment}
	}
	return nil
}
