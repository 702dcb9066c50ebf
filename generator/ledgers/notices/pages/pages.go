// Package pages shows the notices: their list by state, the page of each, and on
// paper a poster (sheet.go) or an official document (document.go).
package pages

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/notices"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/site"
	"biandan/generator/view"
)

var (
	listLayout     = plan.Layout[Notices]("notices/notices")
	noticeLayout   = plan.Layout[Notice]("notices/notice")
	posterLayout   = plan.Layout[view.TextSheet]("notices/sheet-notice")
	documentLayout = plan.Layout[view.TextSheet]("notices/sheet-document")
)

func init() { plan.Declare(plan.Room{Folder: "notices", Plan: planNotices}) }

func planNotices(b *plan.Builder) bool {
	pages := b.Newest(ledger.Lookup("notices").Kind(""))
	if len(pages) == 0 && b.Section("notices") == nil {
		return false
	}
	listLayout.List(b, "notices/", b.SectionTitle("notices"), len(pages), b.SectionPos("notices/"), func(p *plan.Page, o plan.Portion) Notices {
		return list(p, pages, o)
	})
	all := b.In("notices") // by address, and first all pages, then all sheets: so they need little sorting
	for _, pg := range all {
		noticeLayout.PageOf(b, pg, func(p *plan.Page) Notice { return notice(p, pg) })
	}
	for _, pg := range all {
		n := pg.Entry.(*notices.Notice)
		b.PlanSheet(sheetOf(b, n, pg))
		if size := sizeOf(b, n); !sheet.HasTitleRoom(n.Title, size) {
			b.TooLong(n.At("title"), "标题", n.Title, size)
		}
	}
	return true
}

// Item is a notice in short.
func Item(p *plan.Page, n *notices.Notice) NoticeItem {
	first, last := n.Days(p.Book)
	state := n.State(p.Book)
	it := NoticeItem{Link: p.LinkTo(n), Kind: string(n.Kind), Matter: string(n.Matter), Issuer: n.Issuer,
		Date: plan.Date(n.Date), Start: plan.Date(first), End: plan.Date(last), State: string(state), Summary: n.Summary}
	days := last.Sub(p.AsOf)
	switch {
	case state == notices.Ended:
		it.Left = "已结束"
	case state == notices.Coming:
		it.Left = fmt.Sprintf("%d 天后开始", first.Sub(p.AsOf))
	case last.IsZero():
	case days == 0:
		it.Left = "今天截止"
	default:
		it.Left = fmt.Sprintf("还有 %d 天", days)
	}
	return it
}

func list(p *plan.Page, pages []*site.Page, o plan.Portion) Notices {
	v := Notices{AsOf: plan.Date(p.AsOf), Page: p.SectionHead("notices"), Pager: p.Pager("notices/", o)}
	if o.IsFront() {
		v.Intro = p.Intro("notices")
		v.Current, v.Coming = InState(p, notices.Current), InState(p, notices.Coming)
		v.Data = p.DataLinks("notices")
	} else {
		v.Page = p.PartHead("notices", v.PageTitle)
	}
	var others, ended []*notices.Notice
	for _, pg := range plan.Newest(pages, o) {
		n := pg.Entry.(*notices.Notice)
		switch state := n.State(p.Book); {
		case state == notices.Ended:
			ended = append(ended, n)
		case state == notices.Plain || !o.IsFront():
			others = append(others, n)
		}
	}
	v.Others, v.Ended = items(p, others), items(p, ended)
	return v
}

// InState are the 公示 in their period, or before it, the nearest end first.
func InState(p *plan.Page, state notices.State) []NoticeItem {
	return items(p, notices.In(notices.Open(p.Book), state, p.Book))
}

func items(p *plan.Page, list []*notices.Notice) []NoticeItem {
	items := make([]NoticeItem, len(list))
	for i, n := range list {
		items[i] = Item(p, n)
	}
	return items
}

func notice(p *plan.Page, pg *site.Page) Notice {
	n := pg.Entry.(*notices.Notice)
	v := Notice{NoticeItem: Item(p, n), Workdays: workdays(p, n), Source: n.Source, DocNo: n.DocNo, Accept: acceptance(n), Outcome: n.Outcome.Text(), Answered: plan.Date(n.Outcome.Date)}
	if v.End.ISO != "" && v.State != string(notices.Ended) {
		v.AsOf = plan.Date(p.AsOf)
	}
	v.Body, v.BodyKey = p.Body(n.File(), n.Doc)
	v.Page = p.Head("notices", n.Title, plan.Summary(pg), p.Crumb("notices"))
	v.Page.Sheet = plan.Ptr(p.Link("打印张贴", plan.SheetAddress(pg.Path)))
	v.Newer, v.Older = p.Neighbours(pg)
	return v
}

// workdays is the length of a 公示, also when it was given by its last day.
func workdays(p *plan.Page, n *notices.Notice) int {
	if n.Kind != notices.Gongshi {
		return 0
	}
	if n.Workdays > 0 {
		return n.Workdays
	}
	days, err := n.CountDays(p.Book)
	if err != nil {
		return 0
	}
	return days
}

func acceptance(n *notices.Notice) *Acceptance {
	if n.Accept.Office == "" {
		return nil
	}
	a := Acceptance(n.Accept)
	return &a
}
