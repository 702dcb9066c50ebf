package poster

import (
	"fmt"
	"math"
	"strings"
)

// leastScale is how much a sheet is made smaller at most, so that it is on one page.
const leastScale = 0.9

// onto are the pages of a sheet on the only paper that a printer has. A sheet of
// this size is a page. A smaller one, such as a plate, lies in the middle with marks
// where to cut; it may be a little smaller for that. All others are spread over
// pages, as they are.
func (f Form) onto(s Sheet) []leaf {
	p := f.Paper.turned(s.Width > s.Height)
	if math.Abs(p.Width-s.Width) < 1 && math.Abs(p.Height-s.Height) < 1 {
		return []leaf{{Width: p.Width, Height: p.Height, Window: [4]float64{0, 0, p.Width, p.Height}, Scale: 1}}
	}
	scale := min(1, (p.Width-2*tileEdge)/s.Width, (p.Height-2*tileEdge)/s.Height)
	if scale < leastScale {
		return tiles(s, 1, f.Paper)
	}
	w, h := s.Width*scale, s.Height*scale
	x, y := (p.Width-w)/2, (p.Height-h)/2
	note := fmt.Sprintf("沿角线裁开，成品 %s × %s 毫米", number(math.Round(w)), number(math.Round(h)))
	if scale < 1 {
		note += fmt.Sprintf("（原大 %s × %s）", number(s.Width), number(s.Height))
	}
	return []leaf{{Width: p.Width, Height: p.Height, Window: [4]float64{x, y, w, h}, X: x, Y: y, Scale: scale,
		Marks: corners(x, y, w, h) + text(x+markLength+2, y-2.6, smallLetter, note)}}
}

// corners are ticks outside of the corners of a rectangle.
func corners(x, y, w, h float64) string {
	var b strings.Builder
	const from, to = markMargin, markMargin + markLength
	for _, at := range []float64{x, x + w} {
		b.WriteString(line(at, y-to, at, y-from, ""))
		b.WriteString(line(at, y+h+from, at, y+h+to, ""))
	}
	for _, at := range []float64{y, y + h} {
		b.WriteString(line(x-to, at, x-from, at, ""))
		b.WriteString(line(x+w+from, at, x+w+to, at, ""))
	}
	return b.String()
}
