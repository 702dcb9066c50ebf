package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

func (a *app) statusCommand() *cobra.Command {
	days := 30
	c := &cobra.Command{
		Use: "status [选项]", Short: "这些天有什么要办：到期的、要上线下线的、该排该写的",
		Long: "看台账里这些天有什么要办：哪天什么上线、下线、到期，哪个公示要写结果，哪里该换届、该排联办。\n什么也不写；内容有错误时先说错误。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 || days > 366 {
				return usage("--days 的天数不对", "写 1 到 366 的数")
			}
			return a.status(cmd.Context(), days)
		},
	}
	a.settings.addSite(c.Flags())
	c.Flags().IntVar(&days, "days", days, "看多少`天`以内的")
	c.Flags().StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	return c
}

func (a *app) status(ctx context.Context, days int) error {
	t, err := a.tree(ctx, newProgress(a.stderr, true))
	if err != nil {
		return err
	}
	defer t.close()
	bag := &diag.Bag{}
	t.Site.Book.Remind(bag)
	turns := t.Site.Book.Turns(a.settings.options().Visible, t.report.AsOf.AddDays(days))
	switch a.settings.format {
	case "text":
		return a.printStatus(t.report, turns, bag.List(), days)
	case "json":
		return a.printStatusJSON(t.report, turns, bag.List())
	}
	return a.printDiagnostics(bag.List())
}

// printStatus tells people: what comes by itself on standard output, day by day, then
// what is to be done.
func (a *app) printStatus(r *build.Report, turns []ledger.Turn, due diag.List, days int) error {
	diag.Printf(a.stdout, "%s，往后 %d 天：\n", r.AsOf.Chinese(), days)
	for _, t := range turns {
		diag.Printf(a.stdout, "  %s（%s）%s\n", t.Date.Chinese(), t.Date.ChineseWeekday(), strings.Join(t.What, "；"))
	}
	if len(turns) == 0 {
		diag.Printf(a.stdout, "  没有到日子的\n")
	}
	if err := a.printDiagnostics(due); err != nil {
		return err
	}
	_, warnings := r.Diags.Count()
	end := fmt.Sprintf("要办的 %d 件；检查有 %d 处警告", len(due), warnings)
	if warnings > 0 {
		end += "（biandan check 看是哪些）"
	}
	if w := waiting(r); w != "" {
		end += "；没有上网的：" + w
	}
	return diag.Printf(a.stderr, "%s\n", end)
}

// printStatusJSON tells programs.
func (a *app) printStatusJSON(r *build.Report, turns []ledger.Turn, due diag.List) error {
	type turn struct {
		Date string   `json:"date"`
		What []string `json:"what"`
	}
	type reminder struct {
		Code    string `json:"code"`
		File    string `json:"file"`
		Line    int    `json:"line,omitempty"`
		Column  int    `json:"column,omitempty"`
		Message string `json:"message"`
		Hint    string `json:"hint"`
	}
	_, warnings := r.Diags.Count()
	out := struct {
		Date     string     `json:"date"`
		Turns    []turn     `json:"turns"`
		Due      []reminder `json:"due"`
		Warnings int        `json:"warnings"`
		Drafts   int        `json:"drafts"`
		Future   int        `json:"future"`
	}{r.AsOf.String(), []turn{}, []reminder{}, warnings, r.Drafts, r.Future}
	for _, t := range turns {
		out.Turns = append(out.Turns, turn{t.Date.String(), t.What})
	}
	for _, d := range due {
		out.Due = append(out.Due, reminder{d.Code, d.Pos.File, d.Pos.Line, d.Pos.Column, d.Message, d.Hint})
	}
	return diag.PrintJSON(a.stdout, out)
}
