package sheet

import (
	"math"

	"biandan/generator/typeset"
)

// Strip is a number of cells in rows of equal columns, below a head that is as
// wide as the sheet.
type Strip struct {
	Head   float64 // its height; 0 without one
	Cells  int
	Height func(i int, letter, width float64) float64
}

// Span is what one sheet has of a strip.
type Span struct{ Strip, From, To int }

// Cells is how strips are set.
type Cells struct {
	Gap   float64 // between rows, in units
	Least float64 // the width of a column, in em

	// Filled by Fit.
	Columns int
	Letter  float64
	Sheets  [][]Span
	Full    []bool // the sheets that are to be stretched
}

const (
	mostCell   = 9.5
	maxCellRow = 5
)

var columnSpace = Measure("wall-column-gap", 4) // in units

// Fit spreads strips over the fewest sheets on which they can be read, in as
// many columns as give the largest letters.
func (c *Cells) Fit(strips []Strip, width float64, space typeset.Room) (ok bool) {
	column := func(n int) float64 { return (width - columnSpace*float64(n-1)) / float64(n) }
	for sheets := 1; sheets <= maxLists && c.Columns == 0; sheets++ {
		for n := 1; n <= maxCellRow; n++ {
			size, ok := typeset.Largest(LeastDetail, mostCell, func(a float64) bool {
				l, _ := c.place(strips, n, a, column(n), space)
				return l != nil && len(l) <= sheets && (n == 1 || column(n)/a >= c.Least)
			})
			if ok && size > c.Letter+0.3 {
				c.Columns, c.Letter = n, size
			}
		}
	}
	if c.Columns == 0 {
		c.Columns, c.Letter = 1, LeastDetail
		return false
	}
	var shares []float64
	c.Sheets, shares = c.place(strips, c.Columns, c.Letter, column(c.Columns), space)
	for i, s := range shares {
		c.Full = append(c.Full, s >= fullEnough(i, len(shares)))
	}
	return true
}

// place fills sheets row by row; the end stands below the last row. It
// returns nil when a row has no room on any sheet, and for each sheet how much of
// it is filled.
func (c *Cells) place(strips []Strip, columns int, letter, width float64, space typeset.Room) (sheets [][]Span, filled []float64) {
	sheets, room := [][]Span{nil}, space.First
	left := room
	for n, s := range strips {
		for from := 0; from == 0 || from < s.Cells; from += columns {
			to := min(from+columns, s.Cells)
			need, end := 0.0, 0.0
			for i := from; i < to; i++ {
				need = math.Max(need, s.Height(i, letter, width)+c.Gap)
			}
			if n == len(strips)-1 && to == s.Cells {
				end = space.End
			}
			last := len(sheets) - 1
			continued := len(sheets[last]) > 0 && sheets[last][len(sheets[last])-1].Strip == n
			head := s.Head
			if continued {
				head = 0
			}
			if need+head+end > left {
				if len(sheets[last]) == 0 || need+s.Head+end > space.Next {
					return nil, nil
				}
				filled = append(filled, 1-left/room)
				sheets, room, continued, head = append(sheets, nil), space.Next, false, s.Head
				left = room
				last++
			}
			left -= need + head + end
			if continued {
				sheets[last][len(sheets[last])-1].To = to
			} else {
				sheets[last] = append(sheets[last], Span{n, from, to})
			}
		}
	}
	return sheets, append(filled, 1-left/room)
}
