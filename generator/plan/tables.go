package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/view"
)

// planTables plans the default pages: a table for every ledger without a room, and
// a page for each record that has one and that no room has planned.
func planTables(b *Builder, planned map[string]bool) {
	b.planRecords()
	for _, l := range ledger.Ledgers() {
		n := 0
		for i := range l.Kinds {
			k := &l.Kinds[i]
			if k.Listed() {
				n += len(b.Book.Entries(k))
			}
			n += len(ledger.SumsOf(k, b.Book))
		}
		if !planned[l.Folder] && (n > 0 || b.Section(l.Folder) != nil) {
			b.PlanTable(l, nil)
		}
	}
}

// PlanTable plans the default page of a ledger. act says what one can do with a record,
// nil: nothing.
func (b *Builder) PlanTable(l *ledger.Ledger, act func(p *Page, e ledger.Entry) *view.Link) {
	tableLayout.Page(b, l.Folder+"/", b.SectionTitle(l.Folder), b.SectionPos(l.Folder+"/"), func(p *Page) view.Table { return p.Table(l, act) })
}

func (b *Builder) planRecords() {
	for i, pg := range b.Pages {
		if !b.records[i] {
			k := ledger.KindOf(pg.Entry)
			recordLayout.Page(b, pg.Path, pg.Title, pg, func(p *Page) view.Record { return record(p, k, pg.Entry) })
		}
	}
}

// Table is the default page of a ledger, to be shown as it is or within another. act
// says what one can do with a record, nil: nothing.
func (p *Page) Table(l *ledger.Ledger, act func(p *Page, e ledger.Entry) *view.Link) view.Table {
	v := view.Table{Page: p.SectionHead(l.Folder), Intro: p.Intro(l.Folder)}
	v.Data = p.DataLinks(l.Folder)
	for i := range l.Kinds {
		k := &l.Kinds[i]
		for _, s := range ledger.SumsOf(k, p.Book) {
			v.Parts = append(v.Parts, view.TablePart{Caption: s.Title, Grid: Folded(sumGrid(s))})
		}
		entries := p.Book.Entries(k)
		switch count := Count(len(entries), "条"); {
		case !k.Listed() || len(entries) == 0:
		case k.HasStanding():
			v.Parts = append(v.Parts, view.TablePart{Caption: k.Title, Count: count, Register: foldedRegister(p.Register(k, entries, act), len(entries))})
			v.Long = v.Long || len(entries) > longRegister
		default:
			g := p.Grid(k, TableColumns(k), entries)
			v.Parts = append(v.Parts, view.TablePart{Caption: k.Title, Count: count, Grid: Folded(&g)})
		}
	}
	for _, pg := range p.In(l.Folder) {
		if _, plain := pg.Entry.(*ledger.PlainPage); plain {
			v.Related = append(v.Related, p.Item(pg))
		}
	}
	return v
}

// TableColumns are the columns that a table for readers shows; the id is for
// machines.
func TableColumns(k *ledger.Kind) []ledger.Column {
	var cols []ledger.Column
	for _, c := range ledger.Columns(k) {
		if c.Key != "id" {
			cols = append(cols, c)
		}
	}
	return cols
}

// sumGrid is a table of sums.
func sumGrid(s ledger.Sums) *view.Grid {
	g := &view.Grid{Caption: "按" + s.Of + "合计", Sums: true, Heads: append([]string{s.Of}, s.Columns...)}
	for _, r := range s.Rows {
		g.Rows = append(g.Rows, view.Row{Cells: append([]string{r.Name}, r.Cells...)})
	}
	return g
}

// Register is a list of records of a kind that has a shape, in its groups: all of them, as
// paper wants it. act says what one can do with a record, nil: nothing.
func (p *Page) Register(k *ledger.Kind, entries []ledger.Entry, act func(p *Page, e ledger.Entry) *view.Link) *view.Register {
	r := &view.Register{}
	for _, g := range ledger.Grouped(k, p.Book, entries) {
		group := view.RegisterGroup{Title: g.Title}
		for i, e := range g.Members {
			item := p.registerItem(k, e)
			if act != nil {
				item.Act = act(p, e)
			}
			if item.State == g.Title { // the heading says it
				item.State = ""
			}
			if group.Items = append(group.Items, item); i == 0 {
				group.Tone = item.Tone
			} else if group.Tone != item.Tone {
				group.Tone = ""
			}
		}
		r.Groups = append(r.Groups, group)
	}
	return r
}

const (
	longRegister = 25 // records from which on readers want to filter
	mostUnfolded = 15 // records through which a phone scrolls without losing the way
	shownFirst   = 5  // of more than that
)

// foldedRegister folds up a long register of so many records for a screen: many groups as
// a whole, and of few the records behind the first ones.
func foldedRegister(r *view.Register, records int) *view.Register {
	const few = 2
	if records <= mostUnfolded {
		return r
	}
	if r.Folded = len(r.Groups) > few; r.Folded {
		return r
	}
	for i := range r.Groups {
		if g := &r.Groups[i]; len(g.Items) > mostUnfolded {
			g.Items, g.More = g.Items[:shownFirst], g.Items[shownFirst:]
		}
	}
	return r
}

// Folded folds up the rows of a long table behind the first ones, for a screen; a total stays.
func Folded(g *view.Grid) *view.Grid {
	if len(g.Rows) <= mostUnfolded {
		return g
	}
	end := len(g.Rows)
	if g.Sums {
		end-- // the total
	}
	g.More = &view.Grid{Caption: g.Caption + "（其余）", Sums: g.Sums, Heads: g.Heads, Rows: g.Rows[shownFirst:end]}
	g.Rows = slices.Concat(g.Rows[:shownFirst], g.Rows[end:])
	return g
}

func (p *Page) registerItem(k *ledger.Kind, e ledger.Entry) view.RegisterItem {
	s, _ := k.StandingOf(p.Book, e)
	item := view.RegisterItem{Link: p.LinkTo(e), ID: registerID(k, e), State: s.State, Tone: string(s.Tone)}
	item.Text = cmp.Or(s.Title, item.Text)
	if events := k.Events(p.Book, e); len(events) == 1 {
		item.Date = Date(events[0].Day)
	}
	for _, c := range TableColumns(k) {
		text := c.Cell(p.Book, e)
		if (item.Text == "" || item.Text == ledger.IDOf(e)) && text != s.Group { // it has neither title nor name
			item.Text = text
		}
		said := text == item.Text || text == s.State || text == s.Group || text == item.Date.ISO
		if _, err := strconv.Atoi(text); err != nil || len(text) == len("2026") { // a short number is a part of others
			said = said || strings.Contains(item.Text, text) || strings.Contains(s.Group, text)
		}
		if text == "" || said {
			continue
		}
		f := view.Field{Name: c.Title, Value: written(text)}
		if c.IsPhone() {
			f.Phone = text
		}
		item.Facts = append(item.Facts, f)
	}
	item.Text = written(item.Text)
	return item
}

// written is a value as people write it, where it is a date.
func written(text string) string {
	if d, ok := calendar.ParseDate(text); ok {
		return d.Chinese()
	}
	return text
}

// registerID tells a record apart from all others of its page.
func registerID(k *ledger.Kind, e ledger.Entry) string {
	if id := ledger.IDOf(e); id != "" {
		return "r." + k.Key + "." + id
	}
	return ""
}

// InRegister is the link within a page to a record of its registers, "" when the record
// has no id.
func InRegister(e ledger.Entry) string {
	if id := registerID(ledger.KindOf(e), e); id != "" {
		return "#" + id
	}
	return ""
}

// Grid is a table of records.
func (p *Page) Grid(k *ledger.Kind, cols []ledger.Column, entries []ledger.Entry) view.Grid {
	g := view.Grid{Caption: k.Title}
	for _, c := range cols {
		g.Heads = append(g.Heads, c.Title)
	}
	for _, e := range entries {
		row := view.Row{URL: p.LinkTo(e).URL}
		for _, c := range cols {
			row.Cells = append(row.Cells, c.Cell(p.Book, e))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func record(p *Page, k *ledger.Kind, e ledger.Entry) view.Record {
	v := view.Record{Page: p.Head(k.Ledger, ledger.TitleOf(e), "", p.Crumb(k.Ledger))}
	for _, c := range TableColumns(k) {
		if text := c.Cell(p.Book, e); text != "" && text != v.PageTitle {
			v.Fields = append(v.Fields, view.Field{Name: c.Title, Value: text})
		}
	}
	if pe, ok := e.(ledger.PageEntry); ok {
		v.Body, v.BodyKey = p.Body(e.File(), ledger.PageOf(pe).Doc)
	}
	return v
}

// maxTables is how many {{ table }} shortcodes a page may have; each of them shows
// a ledger as a whole.
const maxTables = 20

// tableOf is the table of a {{ table }} shortcode. Findings go to bag.
func (p *Page) tableOf(c *markup.Call, bag *diag.Bag) (g view.Grid, ok bool) {
	report := func(arg, message, wrong string, right []string) (view.Grid, bool) {
		bag.Add(ruleTableCall, c.At[arg], message, diag.DidYouMean(wrong, right, "可以写："+strings.Join(right, "、")))
		return view.Grid{}, false
	}
	l := ledger.Lookup(c.Args["ledger"])
	if l == nil || l.Folder == "" {
		var names []string
		for _, l := range ledger.Ledgers() {
			if l.Folder != "" {
				names = append(names, l.Folder)
			}
		}
		return report("ledger", fmt.Sprintf("没有叫“%s”的台账", c.Args["ledger"]), c.Args["ledger"], names)
	}
	k := l.Kind(c.Args["kind"])
	if k == nil {
		var names []string
		for _, k := range l.Kinds {
			names = append(names, k.Key)
		}
		return report("kind", fmt.Sprintf("台账“%s”里没有“%s”", l.Folder, c.Args["kind"]), c.Args["kind"], names)
	}
	cols := TableColumns(k)
	if names := c.Args["columns"]; names != "" {
		cols = nil
		for name := range strings.SplitSeq(names, ",") {
			col, ok := findColumn(k, name)
			if !ok {
				return report("columns", fmt.Sprintf("“%s”里没有“%s”这一列", k.Title, name), name, columnKeys(k))
			}
			cols = append(cols, col)
		}
	}
	var entries []ledger.Entry
	for _, e := range p.Book.Entries(k) {
		if e.IsPublic() { // rules are in the book whatever their scope
			entries = append(entries, e)
		}
	}
	if n, err := strconv.Atoi(c.Args["limit"]); err == nil {
		entries = entries[:min(n, len(entries))]
	}
	return p.Grid(k, cols, entries), true
}

func columnKeys(k *ledger.Kind) []string {
	var keys []string
	for _, c := range ledger.Columns(k) {
		keys = append(keys, c.Key)
	}
	return keys
}

func findColumn(k *ledger.Kind, key string) (ledger.Column, bool) {
	for _, c := range ledger.Columns(k) {
		if c.Key == key {
			return c, true
		}
	}
	return ledger.Column{}, false
}
