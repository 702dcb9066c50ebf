package plan

import (
	"html"
	"html/template"
	"math"
	"strings"

	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The measures of the sheets that are made for walls, in units. sheet.css has
// the same.
const (
	wallLeading  = 1.25 // of the title
	leastWall    = 8.0  // of the title
	mostWall     = 26.0
	aboutLetter  = 5.4
	wallHead     = 8.0 // the rule below the title, and the gaps around it
	leadLetter   = 6.2
	callLetter   = 5.2
	mostTable    = 10.0
	tableLeading = 1.45
)

// wallRoom chooses the title of a wall sheet, and returns the width of a line
// and the room that is left for the matter.
func (p *page) wallRoom(v *view.WallSheet) (width float64, space typeset.Room) {
	r := roomFor(&v.Sheet)
	w, h := r.inner()
	about := 0.0
	for _, a := range v.About {
		about = math.Max(about, typeset.Width(a)*aboutLetter)
	}
	about = math.Min(about, 0.4*w)
	beside := 0.0
	for _, a := range v.About {
		beside += 1.4 * aboutLetter * float64(typeset.Lines(a, about/aboutLetter+0.01))
	}
	v.Title, _ = heading(v.PageTitle, w-about-6, 0.14*r.height, wallLeading, leastWall, mostWall)
	space.First = h - math.Max(beside, wallLeading*v.Title.Size*float64(len(v.Title.Lines))) - wallHead
	if v.Lead != "" {
		space.First -= 1.5*leadLetter*float64(typeset.Lines(v.Lead, w/leadLetter)) + 3
	}
	space.Next = h - nextHead
	call := 0.0
	for _, c := range v.Call {
		call += 1.5 * callLetter * float64(typeset.Lines(c, (w-r.codeWidth-8)/callLetter))
	}
	space.End = 4 + math.Max(call, r.codeHeight)
	return w, space
}

// fullEnough is how much of its room the matter of a sheet has to fill, so that
// it is stretched to fill it all. What is left for the last of several sheets is
// better not stretched.
func fullEnough(sheet, sheets int) float64 {
	switch {
	case sheet < sheets-1:
		return 0
	case sheets > 1:
		return 0.85
	}
	return 0.45
}

// fit spreads a table over the fewest sheets on which it can be read, then
// makes its letters as large as those sheets allow; no word is broken as long as
// there is another way. ok is false when a row has no room on any sheet.
func (v *wallTable) fit(width float64, space typeset.Room) (boxes []view.WallBox, letter float64, ok bool) {
	f := typeset.ParseFlow(v.String())
	measures := func(size float64) typeset.Measures {
		return typeset.Measures{Size: size, Width: width * 0.99, Leading: tableLeading}
	}
	most := f.Count(measures(leastDetail), space)
	if most == 0 {
		return []view.WallBox{{Number: 1, Body: template.HTML(v.String())}}, leastDetail, false
	}
	letter, _ = typeset.Largest(leastDetail, mostTable, func(size float64) bool {
		m := measures(size)
		return (size == leastDetail || !f.Breaks(m)) && f.Within(most, m, space)
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

// wallTable writes a table.
type wallTable struct{ strings.Builder }

// newTable begins a table with its heads.
func newTable(class, caption string, heads ...string) *wallTable {
	t := &wallTable{}
	t.WriteString(`<table class="` + class + `" aria-label="` + html.EscapeString(caption) + `"><thead><tr>`)
	for _, h := range heads {
		t.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	t.WriteString("</tr></thead><tbody>")
	return t
}

// row adds a row; a cell has one paragraph or several.
func (v *wallTable) row(cells ...[]string) {
	v.WriteString("<tr>")
	for i, c := range cells {
		open, end := "<td>", "</td>"
		if i == 0 {
			open, end = `<th scope="row">`, "</th>"
		}
		v.WriteString(open)
		for _, text := range c {
			v.WriteString("<p>" + html.EscapeString(text) + "</p>")
		}
		v.WriteString(end)
	}
	v.WriteString("</tr>")
}

// strip is a number of cells in rows of equal columns, below a head that is as
// wide as the sheet.
type strip struct {
	head   float64 // its height; 0 without one
	cells  int
	height func(i int, letter, width float64) float64
}

// span is what one sheet has of a strip.
type span struct{ strip, from, to int }

// cells is how strips are set.
type cells struct {
	gap     float64 // between rows, in units
	least   float64 // the width of a column, in em
	columns int
	letter  float64
	sheets  [][]span
	full    []bool // the sheets that are to be stretched
}

const (
	columnSpace = 4.0 // between columns, in units
	mostCell    = 9.5
	maxCellRow  = 5
)

// fit spreads strips over the fewest sheets on which they can be read, in as
// many columns as give the largest letters.
func (c *cells) fit(strips []strip, width float64, space typeset.Room) (ok bool) {
	column := func(n int) float64 { return (width - columnSpace*float64(n-1)) / float64(n) }
	for sheets := 1; sheets <= maxLists && c.columns == 0; sheets++ {
		for n := 1; n <= maxCellRow; n++ {
			size, ok := typeset.Largest(leastDetail, mostCell, func(a float64) bool {
				l, _ := c.place(strips, n, a, column(n), space)
				return l != nil && len(l) <= sheets && (n == 1 || column(n)/a >= c.least)
			})
			if ok && size > c.letter+0.3 {
				c.columns, c.letter = n, size
			}
		}
	}
	if c.columns == 0 {
		c.columns, c.letter = 1, leastDetail
		return false
	}
	var shares []float64
	c.sheets, shares = c.place(strips, c.columns, c.letter, column(c.columns), space)
	for i, s := range shares {
		c.full = append(c.full, s >= fullEnough(i, len(shares)))
	}
	return true
}

// place fills sheets row by row; the end stands below the last row. It
// returns nil when a row has no room on any sheet, and for each sheet how much of
// it is filled.
func (c *cells) place(strips []strip, columns int, letter, width float64, space typeset.Room) (sheets [][]span, filled []float64) {
	sheets, room := [][]span{nil}, space.First
	left := room
	for n, s := range strips {
		for from := 0; from == 0 || from < s.cells; from += columns {
			to := min(from+columns, s.cells)
			need, end := 0.0, 0.0
			for i := from; i < to; i++ {
				need = math.Max(need, s.height(i, letter, width)+c.gap)
			}
			if n == len(strips)-1 && to == s.cells {
				end = space.End
			}
			last := len(sheets) - 1
			continued := len(sheets[last]) > 0 && sheets[last][len(sheets[last])-1].strip == n
			head := s.head
			if continued {
				head = 0
			}
			if need+head+end > left {
				if len(sheets[last]) == 0 || need+s.head+end > space.Next {
					return nil, nil
				}
				filled = append(filled, 1-left/room)
				sheets, room, continued, head = append(sheets, nil), space.Next, false, s.head
				left = room
				last++
			}
			left -= need + head + end
			if continued {
				sheets[last][len(sheets[last])-1].to = to
			} else {
				sheets[last] = append(sheets[last], span{n, from, to})
			}
		}
	}
	return sheets, append(filled, 1-left/room)
}

// Texts of so many characters, and tables of so many rows, always have room.
const usualText, usualRows = 300, 300

// checkRoom reports a sheet for walls with a text that is so long that its part
// has no room on any sheet.
func (b *builder) checkRoom(at diag.Pos, what, text string, size config.Size, fits func() bool) {
	if len([]rune(text)) > usualText && !fits() {
		b.tooLong(at, what, text, size)
	}
}
