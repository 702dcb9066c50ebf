package sheet

import (
	"fmt"
	"math"

	"biandan/generator/typeset"
	"biandan/generator/view"
)

const (
	listMost   = 13.0
	maxColumns = 5
	maxLists   = 40 // sheets of one list
)

// The measures of a list's head and of the line below the list, in units.
var (
	listTitleLeading = Measure("list-title-leading", 1.25)
	listHeadBetween  = Measure("list-head-between", 6) // the title and the code
	listHeadBelow    = Measure("list-head-gap", 3) + Measure("list-head-space", 2.4) + Measure("list-head-rule", 0.6)
	listEndLetter    = Measure("list-end", 4.2)
	listEndLine      = LineHeight(listEndLetter, Measure("list-end-leading", 1.5))
	listEndGap       = Measure("list-end-gap", 3)
)

// The measures of a list: in em of its lines, but gaps and rules in units.
var (
	columnGap    = Measure("list-column-gap", 5)
	itemLeading  = Measure("list-leading", 1.3)
	itemSide     = Measure("list-side", 0.4) // left, and right
	itemRule     = Measure("list-rule", 0.3)
	markColumn   = Measure("list-mark", 2)
	noteSize     = Measure("list-note", 0.82)
	itemNoteLine = LineHeight(noteSize, Measure("list-note-leading", 1.35))
	noteBetween  = Measure("list-note-between", 1) // in em of notes
	groupLetter  = Measure("list-group", 1.08)
	groupSide    = Measure("list-group-side", 0.5) // left, and right, in em of the heading
)

// Estimates of what stands around the texts of a list.
const (
	leadAbove    = 1.7  // the line below the title: what it has above, in units
	listLeadLine = 7.3  // its height
	leadSize     = 5.4  // its letters
	leadSiteSize = 4.0  // those of the name of the site and of the number of the sheet
	leadNumber   = 16.0 // about how wide the number is, with what is between, in em
	itemAround   = 0.45 // above and below an item, in em
	groupAround  = 1.6  // above and below a heading, and after its group, in em
)

// list is the space for a list on one sheet.
type list struct {
	groups  []view.ListGroup
	columns int
	width   float64 // of a column
	height  float64
	letter  float64
}

// FitList chooses the number of sheets, the columns and the size of the letters:
// as few sheets as hold the list at the least size, then letters as large as
// they become.
func FitList(v *view.ListSheet) {
	r := AreaFor(&v.Sheet)
	w, h := r.Inner()
	beside := w - r.CodeWidth - listHeadBetween
	v.Title, _ = Heading(v.PageTitle, beside, 0.14*r.Height, listTitleLeading, 8, 24)
	needTitle(&v.Sheet, v.Title)
	lead := leadAbove + listLeadLine*math.Ceil((leadSize*typeset.Width(v.Lead)+leadSiteSize*(typeset.Width(v.Site.Title)+leadNumber))/beside)
	head := math.Max(r.CodeHeight, v.Title.Size*listTitleLeading*float64(len(v.Title.Lines))+lead) + listHeadBelow + v.Around
	if v.Note != "" {
		h -= listEndLine*float64(typeset.Lines(v.Note, w/listEndLetter)) + listEndGap
	}
	for sheets := 1; sheets <= maxLists; sheets++ {
		best := list{}
		for c := 1; c <= maxColumns; c++ {
			l := list{groups: v.Groups, columns: c, width: (w - columnGap*float64(c-1)) / float64(c), height: h - head}
			size, ok := typeset.Largest(LeastDetail, listMost, func(a float64) bool {
				l.letter = a
				columns := l.pack(l.height)
				return columns != nil && len(columns) <= sheets*c && l.width/a >= 11
			})
			if ok && size > best.letter+0.3 {
				l.letter = size
				best = l
			}
		}
		if best.columns > 0 {
			v.Letter = best.letter
			v.Parts = best.boxes(sheets)
			break
		}
	}
	if v.Boxes = len(v.Parts); v.Boxes == 0 {
		Refuse(&v.Sheet, fmt.Sprintf("有一行太长，或者超过 %d 张，放不下", maxLists))
	}
}

// boxes packs the list into sheets, the columns as even as they can be.
func (l *list) boxes(sheets int) []view.ListBox {
	low := l.height
	for h := l.height; h > l.height/4; h -= l.height / 100 {
		if columns := l.pack(h); columns == nil || len(columns) > sheets*l.columns {
			break
		}
		low = h
	}
	columns := l.pack(low)
	boxes := make([]view.ListBox, sheets)
	for i := range boxes {
		boxes[i].Number = i + 1
		for c := i * l.columns; c < min((i+1)*l.columns, len(columns)); c++ {
			boxes[i].Columns = append(boxes[i].Columns, view.ListColumn{Groups: columns[c], Full: l.heightOf(columns[c]) > 0.66*l.height})
		}
	}
	return boxes
}

func (l *list) itemHeight(it view.ListItem) float64 {
	width := l.width/l.letter - 2*itemSide
	if it.Mark != "" {
		width -= markColumn
	}
	h := itemLeading*float64(typeset.Lines(it.Text, width)) + itemAround
	if it.Note+it.Phone != "" {
		h += itemNoteLine * float64(Rows([]string{it.Note, it.Phone}, width/noteSize, noteBetween))
	}
	return h*l.letter + itemRule
}

func (l *list) headHeight(g view.ListGroup) float64 {
	size := groupLetter * l.letter
	return HeadLeading*size*float64(typeset.Lines(g.Title+"（续）", l.width/size-2*groupSide)) + groupAround*l.letter
}

func (l *list) heightOf(groups []view.ListGroup) float64 {
	h := 0.0
	for _, g := range groups {
		h += l.headHeight(g)
		for _, it := range g.Items {
			h += l.itemHeight(it)
		}
	}
	return h
}

// together is how many lines of a group stay in one column at least.
const together = 2

// pack fills columns of that height one after the other; a group is divided only
// where several of its lines stay together. It is nil when a line fits nowhere.
func (l *list) pack(height float64) [][]view.ListGroup {
	columns := [][]view.ListGroup{nil}
	left := height
	for _, g := range l.groups {
		rest := g
		for len(rest.Items) > 0 {
			n := l.fitting(rest, left)
			if n < len(rest.Items) && (n < together || len(rest.Items)-n < together) {
				n = max(0, min(n, len(rest.Items)-together))
				if n < together {
					n = 0
				}
			}
			if n == 0 {
				if left == height { // a whole column is not enough
					if n = l.fitting(rest, left); n == 0 {
						return nil
					}
				} else {
					columns, left = append(columns, nil), height
					continue
				}
			}
			part := rest
			part.Items = rest.Items[:n]
			columns[len(columns)-1] = append(columns[len(columns)-1], part)
			left -= l.heightOf([]view.ListGroup{part})
			rest.Items, rest.Continued = rest.Items[n:], true
		}
	}
	return columns
}

// fitting is how many lines of a group fit below its heading.
func (l *list) fitting(g view.ListGroup, left float64) int {
	left -= l.headHeight(g)
	for i, it := range g.Items {
		if left -= l.itemHeight(it); left < -1e-9 {
			return i
		}
	}
	return len(g.Items)
}
