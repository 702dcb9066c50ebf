package plan

import (
	"cmp"
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/view"
)

// The states of a notice on the day of the build.
const (
	stateCurrent = "current" // a 公示 in its period
	stateComing  = "coming"  // a 公示 whose period has not begun
	stateEnded   = "ended"   // the last day is over
	statePlain   = "plain"   // no period
)

func planNotices(b *builder) {
	pages := b.Newest(ledger.Lookup("notices").Kind(""))
	if len(pages) == 0 && b.Section("notices") == nil {
		return
	}
	b.custom["notices"] = true
	b.planShelf("notices/", "notices", b.sectionTitle("notices"), len(pages), func(p *page, s shelf, n int) any {
		return p.noticeList(pages, s, n)
	})
	all := b.In("notices") // by address, and first all pages, then all sheets: so they need little sorting
	for _, pg := range all {
		b.addPage(pg.Path, "notice", pg.Title, pg, func(p *page) any { return p.notice(pg) })
	}
	for _, pg := range all {
		n := pg.Entry.(*ledger.Notice)
		size := b.sizeOf(n, n.Paper, b.Config.Paper.Notices)
		b.addPage("sheets/"+pg.Path, noticeLayout(n), pg.Title, pg, func(p *page) any { return p.noticeSheet(n, size, pg.Path) })
		b.checkTitle(n, size)
	}
}

// noticeLayout is the layout of a notice's sheet.
func noticeLayout(n *ledger.Notice) string {
	if n.Form == ledger.DocumentForm {
		return documentLayout
	}
	return noticeSheetLayout
}

// The layouts of the sheets of notices.
const (
	noticeSheetLayout = "sheet-notice"
	documentLayout    = "sheet-document"
)

// period returns the first and last day of a notice; the rules have seen to it
// that the days can be computed.
func (b *builder) period(n *ledger.Notice) (first, last calendar.Date) {
	last, err := n.LastDay(b.Book)
	if err != nil {
		last = calendar.Date{}
	}
	return n.Start, last
}

func (b *builder) state(n *ledger.Notice) string {
	first, last := b.period(n)
	switch {
	case !last.IsZero() && last.Before(b.AsOf):
		return stateEnded
	case n.Kind != ledger.Gongshi:
		return statePlain
	case first.After(b.AsOf):
		return stateComing
	}
	return stateCurrent
}

// noticesIn returns the notices in a state, the nearest end first.
func (b *builder) noticesIn(state string) []*ledger.Notice {
	return b.inState(ledger.All[ledger.Notice](b.Book), state)
}

func (b *builder) inState(all []*ledger.Notice, state string) []*ledger.Notice {
	var list []*ledger.Notice
	for _, n := range all {
		if b.state(n) == state {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(x, y *ledger.Notice) int {
		_, xl := b.period(x)
		_, yl := b.period(y)
		return cmp.Or(xl.Compare(yl), y.Date.Compare(x.Date))
	})
	return list
}

func (p *page) noticeItem(n *ledger.Notice) view.NoticeItem {
	first, last := p.period(n)
	it := view.NoticeItem{Link: p.linkTo(n), Kind: string(n.Kind), Matter: string(n.Matter), Issuer: n.Issuer,
		Date: date(n.Date), Start: date(first), End: date(last), State: p.state(n), Summary: n.Summary}
	days := last.Sub(p.AsOf)
	switch {
	case it.State == stateEnded:
		it.Left = "已结束"
	case it.State == stateComing:
		it.Left = fmt.Sprintf("%d 天后开始", first.Sub(p.AsOf))
	case last.IsZero():
	case days == 0:
		it.Left = "今天截止"
	default:
		it.Left = fmt.Sprintf("还有 %d 天", days)
	}
	return it
}

func (p *page) noticeList(pages []*site.Page, s shelf, n int) view.Notices {
	v := view.Notices{AsOf: date(p.AsOf), Page: p.sectionHead("notices"), Pager: p.pager("notices/", s, n)}
	front := n == s.archived()+1
	if front {
		v.Intro = p.intro("notices")
		for _, x := range p.noticesIn(stateCurrent) {
			v.Current = append(v.Current, p.noticeItem(x))
		}
		for _, x := range p.noticesIn(stateComing) {
			v.Coming = append(v.Coming, p.noticeItem(x))
		}
		v.Data = p.dataLinks("notices")
	} else {
		v.Crumbs = append(v.Crumbs, p.crumb("notices"))
	}
	list := newest(pages, s, n)
	v.Ended = make([]view.NoticeItem, 0, len(list)) // nearly all, but on the front
	for _, pg := range list {
		it := p.noticeItem(pg.Entry.(*ledger.Notice))
		switch {
		case it.State == stateEnded:
			v.Ended = append(v.Ended, it)
		case it.State == statePlain || !front:
			v.Others = append(v.Others, it)
		}
	}
	return v
}

func (p *page) notice(pg *site.Page) view.Notice {
	n := pg.Entry.(*ledger.Notice)
	v := view.Notice{NoticeItem: p.noticeItem(n), Workdays: p.workdays(n), Source: n.Source, DocNo: n.DocNo, Accept: acceptance(n)}
	v.Body, v.BodyKey = p.body(n.File(), n.Doc)
	v.Page = p.head("notices", n.Title, summary(pg), p.crumb("notices"))
	v.Page.Sheet = ptr(p.link("打印张贴", "sheets/"+pg.Path))
	v.Newer, v.Older = p.neighbours(pg)
	return v
}

// workdays is the length of a 公示, also when it was given by its last day.
func (p *page) workdays(n *ledger.Notice) int {
	if n.Kind != ledger.Gongshi {
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

func acceptance(n *ledger.Notice) *view.Acceptance {
	if n.Accept.Office == "" {
		return nil
	}
	a := view.Acceptance(n.Accept)
	return &a
}
