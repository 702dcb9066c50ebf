// Package pages shows the figures of the programme in one page (数说): each with how it
// is counted, where it can be looked up, and what was published of it.
package pages

import (
	"fmt"
	"maps"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/figures"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var layout = plan.Layout[Figures]("figures/figures")

func init() { plan.Declare(plan.Room{Folder: "figures", Plan: planFigures}) }

func planFigures(b *plan.Builder) bool {
	if b.Section("figures") == nil && len(ledger.All[figures.Claim](b.Book))+len(ledger.All[figures.Promise](b.Book)) == 0 {
		return false
	}
	layout.Page(b, "figures/", b.SectionTitle("figures"), b.SectionPos("figures/"), page)
	return true
}

func page(p *plan.Page) Figures {
	v := Figures{Page: p.SectionHead("figures"), Intro: p.Intro("figures"), AsOf: plan.Date(p.AsOf), Data: p.DataLinks("figures")}
	rows := map[string][]Row{} // by the folders of their ledgers
	for _, option := range ledger.FigureName("").Options() {
		name := ledger.FigureName(option)
		if n := name.In(p.Book); n.Value != "" {
			rows[n.Folder] = append(rows[n.Folder], row(p, name, n))
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(rows)) {
		v.Groups = append(v.Groups, Group{Title: p.SectionTitle(folder), URL: p.Existing(plan.SectionPath(folder)), Rows: rows[folder]})
	}
	goals := Group{Title: "目标"}
	for _, x := range ledger.All[figures.Goal](p.Book) {
		n := x.Figure.In(p.Book)
		goals.Rows = append(goals.Rows, Row{Name: x.Name, Value: n.Value, Unit: n.Unit, Counted: fmt.Sprintf("%s起到%s，要到 %s；照日子平摊，今天应当到 %s",
			x.From.Chinese(), x.Due.Chinese(), n.With(x.N), n.With(x.Planned(p.AsOf)))})
	}
	if len(goals.Rows) > 0 {
		v.Groups = append(v.Groups, goals)
	}
	for _, c := range ledger.All[figures.Campaign](p.Book) {
		g := Group{Title: c.Name}
		for _, n := range c.Numbers {
			g.Rows = append(g.Rows, Row{Name: n.Name, Value: n.Text(), Unit: n.Unit, Counted: fmt.Sprintf("%s到%s，据%s；是过去的事，不算在别的数里", c.From.Chinese(), c.To.Chinese(), c.Source)})
		}
		v.Groups = append(v.Groups, g)
	}
	for _, x := range ledger.All[figures.Promise](p.Book) {
		v.Promises = append(v.Promises, view.Field{Name: x.Name, Value: x.Text() + brackets(x.Where)})
	}
	return v
}

func row(p *plan.Page, name ledger.FigureName, n ledger.Number) Row {
	r := Row{Name: string(name), Value: n.Value, Unit: n.Unit, Counted: name.Counted()}
	if c := figures.ClaimOf(p.Book, name); c != nil {
		r.Claim = c.Source + "写的是" + c.Text() + n.Unit
		r.Date = plan.Date(c.AsOf)
	}
	return r
}

func brackets(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}
