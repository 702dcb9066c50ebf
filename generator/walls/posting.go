package walls

import (
	"slices"
	"strings"

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
	Posting string // its name, as its ledger declares it: see [ledger.Kind.Posts]
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
		table := tableOf(b, p)
		return func(*stations.Station) []*plan.Sheet { return table }
	}}
}

var tableLayout = plan.Layout[view.TableSheet]("sheet-table")

// tableOf is the table of the public records of a kind, when there are any.
func tableOf(b *plan.Builder, p ledger.Posting) []*plan.Sheet {
	entries := slices.DeleteFunc(slices.Clone(b.Book.Entries(p.Kind)), func(e ledger.Entry) bool { return !e.IsPublic() })
	entries = ledger.Present(p.Kind, b.Book, entries)
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
	address := "sheets/boards/" + strings.Trim(p.Kind.Ledger+"/"+p.Kind.Key, "/") + "/"
	return []*plan.Sheet{tableLayout.Sheet(address, p.Name, diag.Pos{File: entries[0].File()}, func(q *plan.Page) view.TableSheet {
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
