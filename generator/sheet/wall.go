package sheet

import (
	"math"

	"biandan/generator/config"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The measures of the sheets that are made for walls, in units. sheet.css has
// the same.
const (
	WallLeading  = 1.25 // of the title
	leastWall    = 8.0  // of the title
	MostWall     = 26.0
	aboutLetter  = 5.4
	wallHead     = 8.0 // the rule below the title, and the gaps around it
	leadLetter   = 6.2
	callLetter   = 5.2
	mostTable    = 10.0
	tableLeading = 1.45
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
		beside += 1.4 * aboutLetter * float64(typeset.Lines(a, about/aboutLetter+0.01))
	}
	v.Title, _ = Heading(v.PageTitle, w-about-6, 0.14*r.Height, WallLeading, leastWall, MostWall)
	space.First = h - math.Max(beside, WallLeading*v.Title.Size*float64(len(v.Title.Lines))) - wallHead
	if v.Lead != "" {
		space.First -= 1.5*leadLetter*float64(typeset.Lines(v.Lead, w/leadLetter)) + 3
	}
	space.Next = h - NextHead
	call := 0.0
	for _, c := range v.Call {
		call += 1.5 * callLetter * float64(typeset.Lines(c, (w-r.CodeWidth-8)/callLetter))
	}
	space.End = 4 + math.Max(call, r.CodeHeight)
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
