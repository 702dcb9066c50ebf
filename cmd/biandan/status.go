package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func (a *app) statusCommand() *cobra.Command {
	var ask statusAsk
	c := &cobra.Command{
		Use: "status [选项]", Short: "这些天有什么要办：到期的、要上线下线的、该排该写的",
		Long: "看台账里这些天有什么要办：哪天什么上线、下线、到期，哪个公示要写结果，哪里该换届、该排联办。\n什么也不写；内容有错误时先说错误。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if ask.days < 1 || ask.days > 366 {
				return usage("--days 的天数不对", "写 1 到 366 的数")
			}
			return a.status(cmd.Context(), ask)
		},
	}
	a.settings.addSite(c.Flags())
	c.Flags().IntVar(&ask.days, "days", 30, "看多少`天`以内的")
	c.Flags().StringVar(&ask.branch, "branch", "", "只看一个党组织的，写它的`编号`：要办的，和它要参加的")
	c.Flags().StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	return c
}

// statusAsk is what somebody wants to know.
type statusAsk struct {
	days   int
	branch string // an id; "": the whole site
}

// status is what is told: of a branch its events, of the site what turns by itself.
type status struct {
	turns  []ledger.Turn
	events []ledger.Event
	due    diag.List
}

func (a *app) status(ctx context.Context, ask statusAsk) error {
	t, err := a.tree(ctx, newProgress(a.stderr, true))
	if err != nil {
		return err
	}
	defer t.close()
	bag := &diag.Bag{}
	t.Site.Book.Remind(bag)
	var s status
	if book := t.Site.Book; ask.branch == "" {
		s.due, s.turns = bag.List(), book.Turns(a.settings.options().Visible, t.report.AsOf.AddDays(ask.days))
	} else {
		br := ledger.Find[branches.Branch](book, ask.branch)
		if br == nil {
			return usage("没有编号为“"+ask.branch+"”的党组织", "biandan list ids 里有全部编号")
		}
		book.Check(bag) // what is missing is a warning
		of := book.Concerns(bag.List())
		s.due = append(slices.Clip(of[br]), of[br.Unit.Entry(book)]...)
		s.events = book.Ahead(ask.days, br, br.Unit.Entry(book), br.Parent.Entry(book))
	}
	switch a.settings.format {
	case "text":
		return a.printStatus(t.report, s, ask)
	case "json":
		return a.printStatusJSON(t.report, s)
	}
	return a.printDiagnostics(s.due)
}

// printStatus tells people: what comes by itself on standard output, day by day, then
// what is to be done.
func (a *app) printStatus(r *build.Report, s status, ask statusAsk) error {
	diag.Printf(a.stdout, "%s，往后 %d 天：\n", r.AsOf.Chinese(), ask.days)
	line := func(d calendar.Date, what string) {
		diag.Printf(a.stdout, "  %s（%s）%s\n", d.Chinese(), d.ChineseWeekday(), what)
	}
	for _, t := range s.turns {
		line(t.Date, strings.Join(t.What, "；"))
	}
	for _, e := range s.events {
		line(e.Day, strings.TrimSpace(e.Title+"　"+strings.TrimSpace(e.Hours+" "+e.Place)))
	}
	if len(s.turns)+len(s.events) == 0 {
		diag.Printf(a.stdout, "  没有到日子的\n")
	}
	if err := a.printDiagnostics(s.due); err != nil {
		return err
	}
	if ask.branch != "" {
		return diag.Printf(a.stderr, "这个党组织要办的 %d 件\n", len(s.due))
	}
	_, warnings := r.Diags.Count()
	end := fmt.Sprintf("要办的 %d 件；检查有 %d 处警告", len(s.due), warnings)
	if warnings > 0 {
		end += "（biandan check 看是哪些）"
	}
	if w := waiting(r); w != "" {
		end += "；没有上网的：" + w
	}
	return diag.Printf(a.stderr, "%s\n", end)
}

// printStatusJSON tells programs.
func (a *app) printStatusJSON(r *build.Report, s status) error {
	type turn struct {
		Date string   `json:"date"`
		What []string `json:"what"`
	}
	type event struct {
		Date  string `json:"date"`
		Time  string `json:"time,omitempty"`
		Title string `json:"title"`
		Place string `json:"place,omitempty"`
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
		Events   []event    `json:"events,omitempty"`
		Due      []reminder `json:"due"`
		Warnings int        `json:"warnings"`
		Drafts   int        `json:"drafts"`
		Future   int        `json:"future"`
	}{r.AsOf.String(), []turn{}, nil, []reminder{}, warnings, r.Drafts, r.Future}
	for _, t := range s.turns {
		out.Turns = append(out.Turns, turn{t.Date.String(), t.What})
	}
	for _, e := range s.events {
		out.Events = append(out.Events, event{e.Day.String(), e.Hours, e.Title, e.Place})
	}
	for _, d := range s.due {
		out.Due = append(out.Due, reminder{d.Code, d.Pos.File, d.Pos.Line, d.Pos.Column, d.Message, d.Hint})
	}
	return diag.PrintJSON(a.stdout, out)
}
