package walls

import (
	"cmp"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/view"
)

// Design is how the sheets of a posting look, and how walls treat them. A posting
// without one is a table of its records.
type Design struct {
	Posting string // its name, as its ledger declares it: see [ledger.Declaration.Posts]
	// Sheets is asked once for a site. What it returns gives the sheets for a
	// station, also those whose time is over or to come; they are planned when they
	// are not yet.
	Sheets   func(b *plan.Builder) func(st *stations.Station) []*plan.Sheet
	Optional bool // that there is none is nothing to mend
	Max      int  // how many a wall has room for, the first ones; 0: all
}

var designs = map[string]Design{}

// Post adds a design to the tool; it is called while the program starts.
func Post(d Design) {
	if !slices.ContainsFunc(ledger.Postings(), func(p ledger.Posting) bool { return p.Name == d.Posting }) {
		panic("walls: no ledger posts " + d.Posting)
	}
	if _, twice := designs[d.Posting]; twice {
		panic("walls: designed twice: " + d.Posting)
	}
	designs[d.Posting] = d
}

// designOf returns the design of a posting.
func designOf(p ledger.Posting) Design {
	if d, ok := designs[p.Name]; ok {
		return d
	}
	// A ledger that a county does not keep is nothing to mend.
	return Design{Posting: p.Name, Optional: p.Kind.HasStanding(), Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		sheets := tableOf(b, p)
		if p.Kind.HasStanding() {
			sheets = listOf(b, p)
		}
		return func(*stations.Station) []*plan.Sheet { return sheets }
	}}
}

var listLayout = plan.Layout[view.ListSheet]("sheet-list")

// listOf is the list of the public records of a kind that has a shape, in its groups,
// without what is long past, when there are any.
func listOf(b *plan.Builder, p ledger.Posting) []*plan.Sheet {
	entries := ledger.Present(p.Kind, b.Book, public(b, p))
	if len(entries) == 0 {
		return nil
	}
	return []*plan.Sheet{listLayout.Sheet(addressOf(p), p.Name, diag.Pos{File: entries[0].File()}, func(q *plan.Page) view.ListSheet {
		v := view.ListSheet{Sheet: q.Sheet(sheet.A4, p.Name, plan.SectionPath(p.Kind.Ledger), "扫码看详情", calendar.Date{}, calendar.Date{}),
			Lead: plan.Count(len(entries), "条")}
		v.Groups = listGroups(q, p.Kind, entries)
		return q.FinishList(v)
	})}
}

// listGroups are records in their groups, as lists on paper have them.
func listGroups(p *plan.Page, k *ledger.Kind, entries []ledger.Entry) (groups []view.ListGroup) {
	for _, g := range p.Register(k, entries, nil).Groups {
		group := view.ListGroup{Title: cmp.Or(g.Title, k.Title)}
		for _, x := range g.Items {
			group.Items = append(group.Items, listItem(x))
		}
		groups = append(groups, group)
	}
	return groups
}

// listItem is a record on a list: its day, its state and its facts are a note below it.
func listItem(x view.RegisterItem) view.ListItem {
	item := view.ListItem{Text: x.Text}
	var notes []string
	if x.Date.Text != "" {
		notes = append(notes, x.Date.Text+x.Date.Weekday)
	}
	if x.State != "" {
		notes = append(notes, x.State)
	}
	for _, f := range x.Facts {
		if f.Phone != "" && item.Phone == "" {
			item.Phone = f.Phone
			continue
		}
		notes = append(notes, f.Name+" "+f.Value)
	}
	item.Note = strings.Join(notes, " · ")
	return item
}

// public are the records of a posting that are for everybody.
func public(b *plan.Builder, p ledger.Posting) []ledger.Entry {
	return slices.DeleteFunc(slices.Clone(b.Book.Entries(p.Kind)), func(e ledger.Entry) bool { return !e.IsPublic() })
}

func addressOf(p ledger.Posting) string {
	return plan.SheetAddress("boards/" + strings.Trim(p.Kind.Ledger+"/"+p.Kind.Key, "/"))
}

var tableLayout = plan.Layout[view.TableSheet]("sheet-table")

// tableOf is the table of the public records of a kind, when there are any.
func tableOf(b *plan.Builder, p ledger.Posting) []*plan.Sheet {
	entries := public(b, p)
	if len(entries) == 0 {
		return nil
	}
	subject := plan.SectionPath(p.Kind.Ledger)
	make := func(q *plan.Page) (v view.TableSheet, ok bool) {
		v = view.TableSheet{WallSheet: q.WallSheet(sheet.A4, p.Name, subject, "扫码看详情"), Grid: q.Grid(p.Kind, plan.TableColumns(p.Kind), entries)}
		v.About, v.Call = []string{q.Config.County, plan.Count(len(v.Grid.Rows), "条")}, []string{"请以网上公布的为准。"}
		v.Version = plan.Version(v.Grid)
		return v, !q.Full || fitTable(q, &v)
	}
	checkTable(b, p, entries, func(q *plan.Page) bool {
		_, ok := make(q)
		return ok
	})
	return []*plan.Sheet{tableLayout.Sheet(addressOf(p), p.Name, diag.Pos{File: entries[0].File()}, func(q *plan.Page) view.TableSheet {
		v, _ := make(q)
		return v
	})}
}

// usualRows is how many rows always have room on sheets that are hung together.
const usualRows = 300

// checkTable reports a table of which a row has no room on any sheet, or which is
// too long to be hung at all.
func checkTable(b *plan.Builder, p ledger.Posting, entries []ledger.Entry, fits func(q *plan.Page) bool) {
	var at ledger.Entry
	what, text := "", ""
	for _, c := range plan.TableColumns(p.Kind) {
		for _, e := range entries {
			if t := c.Cell(b.Book, e); len(t) > len(text) {
				at, what, text = e, c.Title, t
			}
		}
	}
	q := tableLayout.Trial(b, "")
	if len(entries) <= usualRows {
		b.CheckRoom(at.At(), what, text, sheet.A4, func() bool { return fits(q) })
	} else if !fits(q) {
		b.NoRoom(diag.Pos{File: entries[0].File()}, "“%s”有 %d 条，贴不下；最长的一格在 %s", p.Name, len(entries), at.At())
	}
}

// fitTable sets the table; ok is false when a row has no room on any sheet.
func fitTable(p *plan.Page, v *view.TableSheet) (ok bool) {
	v.Table = view.FlowTable{Class: "wtable", Caption: v.Grid.Caption, Heads: v.Grid.Heads}
	for _, r := range v.Grid.Rows {
		row := view.FlowRow{}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, view.FlowCell{Lines: []string{c}})
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	w, space := sheet.FitWall(&v.WallSheet)
	v.Parts, v.Letter = sheet.FitTable(&v.Sheet, p.Flow(*v), sheet.LeastDetail, w, space)
	v.Boxes = len(v.Parts)
	return v.Unfit == ""
}
