package sheet

import (
	"math"

	"biandan/generator/config"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The measures of the sheets that are made for walls, in units; below the title is
// a little to spare.
var (
	WallLeading  = Measure("wall-title-leading", 1.25)
	headBetween  = Measure("wall-head-between", 6) // the title and what it is about
	headBelow    = Measure("wall-head-gap", 4) + Measure("wall-head-space", 3.6) + 0.4
	aboutLetter  = Measure("wall-about", 5.4)
	aboutLine    = LineHeight(aboutLetter, Measure("wall-about-leading", 1.4))
	leadLetter   = Measure("wall-lead", 6.2)
	leadLine     = LineHeight(leadLetter, Measure("wall-lead-leading", 1.5))
	leadGap      = Measure("wall-lead-gap", 3)
	callLetter   = Measure("wall-call", 5.2)
	callLine     = LineHeight(callLetter, Measure("wall-call-leading", 1.5))
	callBetween  = Measure("wall-end-between", 8) // the call and the code
	wallEndAbove = Measure("wall-end-gap", 4)
)

const (
	leastWall    = 8.0 // of the title
	MostWall     = 26.0
	mostTable    = 10.0
	tableLeading = 1.45 // of what is no row, and there is none: typeset knows the lines of rows
)

// FitWall chooses the title of a wall sheet, and returns the width of a line
// and the room that is left for the matter.
func FitWall(v *view.WallSheet) (width float64, space typeset.Room) {
	r := AreaFor(&v.Sheet)
	w, h := r.Inner()
	about := 0.0
	for _, a := range v.About {
		about = math.Max(about, typeset.Width(a)*aboutLetter)
	}
	about = math.Min(about, 0.4*w)
	beside := 0.0
	for _, a := range v.About {
		beside += aboutLine * float64(typeset.Lines(a, about/aboutLetter+0.01))
	}
	v.Title, _ = Heading(v.PageTitle, w-about-headBetween, 0.14*r.Height, WallLeading, leastWall, MostWall)
	needTitle(&v.Sheet, v.Title)
	space.First = h - math.Max(beside, WallLeading*v.Title.Size*float64(len(v.Title.Lines))) - headBelow
	if v.Lead != "" {
		space.First -= leadLine*float64(typeset.Lines(v.Lead, w/leadLetter)) + leadGap
	}
	space.Next = h - NextHead
	call := 0.0
	for _, c := range v.Call {
		call += callLine * float64(typeset.Lines(c, (w-r.CodeWidth-callBetween)/callLetter))
	}
	space.End = wallEndAbove + math.Max(call, r.CodeHeight)
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

// The usual sizes of the sheets for walls, upright.
var (
	A4 = config.Size{Width: 210, Height: 297}
	A3 = config.Size{Width: 297, Height: 420}
)
