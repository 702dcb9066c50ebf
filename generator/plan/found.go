package plan

import (
	"cmp"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/search"
	"biandan/generator/site"
	"biandan/generator/view"
)

// found is what a search can find: a page, a record on a page, an event of a record.
type found struct {
	kind  *ledger.Kind
	entry ledger.Entry
	page  *site.Page    // nil: a record on the index of its ledger, or the head of a folder
	event *ledger.Event // nil: the record itself
	day   calendar.Date // by which it stands among what is dated; no date: among the records
}

// dayOf is the day of a page that has a text of a day.
func dayOf(p *site.Page) calendar.Date {
	if p == nil || p.Doc == nil || ledger.PageOf(p.Entry.(ledger.PageEntry)).Lasting {
		return calendar.Date{}
	}
	return p.Date
}

// isText reports whether all that it is found by stands in one content file.
func (f *found) isText() bool { return f.page != nil && f.page.Doc != nil && f.event == nil }

// findable is all that a search can find: first the records, in the order of their ranks,
// then what is dated, the oldest first, so that what comes anew moves nothing.
type findable struct{ records, dated []found }

// findAll asks nothing of what is planned meanwhile: among the records are the heads of all
// folders, also of those without a page.
func (b *Builder) findAll() (all findable) {
	var dated [][]found
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			own, events := b.findableOf(k)
			all.records = append(all.records, own...)
			dated = append(dated, events, b.datedPages(k))
		}
	}
	slices.SortStableFunc(all.records, func(x, y found) int { return cmp.Compare(x.kind.Rank(), y.kind.Rank()) })
	all.dated = merged(dated)
	return all
}

// hasNoPage reports whether it is the head of a folder that has no page of its own.
func (b *Builder) hasNoPage(f found) bool {
	s, ok := f.entry.(*ledger.Section)
	return ok && !b.Has(SectionPath(sectionFolder(s)))
}

// findableOf are the records of a kind without a date, and the events of those that have
// others than themselves.
func (b *Builder) findableOf(k *ledger.Kind) (own, events []found) {
	for _, e := range b.Book.Entries(k) {
		f := found{kind: k, entry: e, page: b.PageOf(e)}
		f.day = dayOf(f.page)
		_, isSection := e.(*ledger.Section)
		if !e.IsPublic() || f.page == nil && !isSection && (k.Paged || !k.IsOpen || b.Book.Title(e) == ledger.IDOf(e)) {
			continue
		}
		if f.day.IsZero() {
			own = append(own, f)
		}
		for i := range b.events[f.page] {
			if ev := &b.events[f.page][i].Event; ev.Title != ledger.TitleOf(e) {
				events = append(events, found{k, e, f.page, ev, ev.Day})
			}
		}
	}
	slices.SortStableFunc(events, func(x, y found) int { return x.day.Compare(y.day) })
	return own, events
}

// datedPages are the pages of a kind that have a date, the oldest first.
func (b *Builder) datedPages(k *ledger.Kind) []found {
	pages := b.Newest(k)
	list := make([]found, 0, len(pages))
	for _, p := range slices.Backward(pages) {
		if day := dayOf(p); !day.IsZero() && p.Entry.IsPublic() {
			list = append(list, found{kind: k, entry: p.Entry, page: p, day: day})
		}
	}
	return list
}

// merged puts lists that are in order of time into one.
func merged(lists [][]found) []found {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	all := make([]found, 0, n)
	for {
		least := -1
		for i, l := range lists {
			if len(l) > 0 && (least < 0 || l[0].day.Before(lists[least][0].day)) {
				least = i
			}
		}
		if least < 0 {
			return all
		}
		all, lists[least] = append(all, lists[least][0]), lists[least][1:]
	}
}

func sectionFolder(s *ledger.Section) string {
	return strings.TrimSuffix(strings.TrimSuffix(ledger.IDOf(s), "_index"), "/")
}

// titleOf is what it is called.
func (b *Builder) titleOf(f *found) string {
	switch {
	case f.event != nil:
		return f.event.Title
	case f.page != nil:
		return f.page.Title
	}
	return b.Book.Title(f.entry)
}

// addressOf is the address of the page on which it stands.
func (b *Builder) addressOf(f *found) string {
	if f.page != nil {
		return f.page.Path
	}
	if s, ok := f.entry.(*ledger.Section); ok {
		return SectionPath(sectionFolder(s))
	}
	return SectionPath(f.kind.Ledger)
}

// inPage is the link within that page to a record which stands in a register, or "".
func (f *found) inPage() string {
	if f.page != nil || f.event != nil || !f.kind.HasStanding() {
		return ""
	}
	return InRegister(f.entry)
}

// linkToFound leads to what is found.
func (p *Page) linkToFound(f *found) view.Link {
	l := p.Link(p.titleOf(f), p.addressOf(f))
	l.URL += f.inPage()
	return l
}

// fields are those of a kind by which its records are found: what everybody may read, but
// what a record is on the day, which the page says.
type fields struct {
	columns []ledger.Column
	nests   []ledger.Nest
}

func fieldsOf(k *ledger.Kind) fields {
	columns := slices.DeleteFunc(ledger.DataColumns(k), ledger.Column.OfTheDay)
	return fields{columns, ledger.Nests(k)}
}

// textsOf is what a record is found by.
func (b *Builder) textsOf(f *found, by fields) (t search.Texts) {
	t.Title = b.titleOf(f)
	if ev := f.event; ev != nil {
		t.Text = []string{ev.Place, ev.Day.Chinese(), ev.Hours, ev.Off}
		return t
	}
	t.Words = f.kind.HitOf(b.Book, f.entry).Words
	for _, c := range by.columns {
		t.Text = append(t.Text, c.Cell(b.Book, f.entry))
	}
	for _, n := range by.nests {
		for _, row := range n.Rows(b.Book, f.entry) {
			t.Text = append(t.Text, row...)
		}
	}
	return t
}
