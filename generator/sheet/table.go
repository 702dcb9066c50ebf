package sheet

import (
	"html/template"

	"biandan/generator/typeset"
	"biandan/generator/view"
)

// FitTable spreads a table, given as HTML, over the fewest sheets on which it can be
// read in letters of the least size, then makes its letters as large as those sheets allow; no word is broken as
// long as there is another way. A table without room is refused on its sheet v.
func FitTable(v *view.Sheet, html string, least, width float64, space typeset.Room) (boxes []view.WallBox, letter float64) {
	if space.First < 0 || space.End > space.Next {
		Refuse(v, "的标题和说明太长，放不下")
		return nil, least
	}
	f := typeset.ParseFlow(html)
	defer f.Release()
	measures := func(size float64) typeset.Measures {
		return typeset.Measures{Size: size, Width: width * 0.99, Leading: tableLeading}
	}
	most := f.Count(measures(least), space)
	if most == 0 {
		Refuse(v, f.Stuck())
		return nil, least
	}
	letter, _ = typeset.Largest(least, mostTable, func(size float64) bool {
		m := measures(size)
		return (size == least || !f.Breaks(m)) && f.Within(most, m, space)
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
		page := typeset.ParseFlow(body)
		full := page.Count(measures(letter), typeset.Room{First: have * fullEnough(i, len(pages))}) == 0
		page.Release()
		boxes = append(boxes, view.WallBox{Number: i + 1, Body: template.HTML(body), Full: full})
	}
	return boxes, letter
}

// Row is a row of a table; a cell has one paragraph or several.
func Row(cells ...[]string) view.FlowRow {
	r := view.FlowRow{Cells: make([]view.FlowCell, len(cells))}
	for i, c := range cells {
		r.Cells[i].Lines = c
	}
	return r
}
