package sheet

import (
	"html"
	"html/template"
	"strings"

	"biandan/generator/typeset"
	"biandan/generator/view"
)

// Fit spreads a table over the fewest sheets on which it can be read, then
// makes its letters as large as those sheets allow; no word is broken as long as
// there is another way. ok is false when a row has no room on any sheet.
func (v *Table) Fit(width float64, space typeset.Room) (boxes []view.WallBox, letter float64, ok bool) {
	f := typeset.ParseFlow(v.html.String())
	measures := func(size float64) typeset.Measures {
		return typeset.Measures{Size: size, Width: width * 0.99, Leading: tableLeading}
	}
	most := f.Count(measures(LeastDetail), space)
	if most == 0 {
		return []view.WallBox{{Number: 1, Body: template.HTML(v.html.String())}}, LeastDetail, false
	}
	letter, _ = typeset.Largest(LeastDetail, mostTable, func(size float64) bool {
		m := measures(size)
		return (size == LeastDetail || !f.Breaks(m)) && f.Within(most, m, space)
	})
	pages, _ := f.Pages(measures(letter), space)
	for i, body := range pages {
		have := space.Next
		if i == 0 {
			have = space.First
		}
		if i == len(pages)-1 {
			have -= space.End
		}
		full := typeset.ParseFlow(body).Count(measures(letter), typeset.Room{First: have * fullEnough(i, len(pages))}) == 0
		boxes = append(boxes, view.WallBox{Number: i + 1, Body: template.HTML(body), Full: full})
	}
	return boxes, letter, true
}

// Table writes a table for a wall.
type Table struct{ html strings.Builder }

// NewTable begins a table with its heads.
func NewTable(class, caption string, heads ...string) *Table {
	t := &Table{}
	t.html.WriteString(`<table class="` + class + `" aria-label="` + html.EscapeString(caption) + `"><thead><tr>`)
	for _, h := range heads {
		t.html.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	t.html.WriteString("</tr></thead><tbody>")
	return t
}

// Row adds a row; a cell has one paragraph or several.
func (v *Table) Row(cells ...[]string) {
	v.html.WriteString("<tr>")
	for i, c := range cells {
		open, end := "<td>", "</td>"
		if i == 0 {
			open, end = `<th scope="row">`, "</th>"
		}
		v.html.WriteString(open)
		for _, text := range c {
			v.html.WriteString("<p>" + html.EscapeString(text) + "</p>")
		}
		v.html.WriteString(end)
	}
	v.html.WriteString("</tr>")
}

// FitGrid sets the table of a ledger; ok is false when a row has no room on any sheet.
func FitGrid(v *view.TableSheet) (ok bool) {
	t := NewTable("wtable", v.Grid.Caption, v.Grid.Heads...)
	for _, r := range v.Grid.Rows {
		var cells [][]string
		for _, c := range r.Cells {
			cells = append(cells, []string{c})
		}
		t.Row(cells...)
	}
	w, space := FitWall(&v.WallSheet)
	v.Parts, v.Letter, ok = t.Fit(w, space)
	v.Boxes = len(v.Parts)
	return ok
}
