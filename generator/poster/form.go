package poster

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Paper is a size of paper in millimetres, upright or across.
type Paper struct {
	Name          string // as in names of files; "" is no paper
	Width, Height float64
}

var papers = []Paper{{"a5", 148, 210}, {"a4", 210, 297}, {"a3", 297, 420}, {"a2", 420, 594}, {"a1", 594, 841}, {"a0", 841, 1189}}

var measures = regexp.MustCompile(`^([0-9]{2,4})[x×*]([0-9]{2,4})$`)

// ParsePaper reads a name of paper (a5 to a0) or two measures in millimetres,
// such as 600x900.
func ParsePaper(s string) (Paper, bool) {
	for _, p := range papers {
		if strings.EqualFold(s, p.Name) {
			return p, true
		}
	}
	m := measures.FindStringSubmatch(s)
	if m == nil {
		return Paper{}, false
	}
	w, _ := strconv.ParseFloat(m[1], 64)
	h, _ := strconv.ParseFloat(m[2], 64)
	return Paper{m[1] + "x" + m[2], w, h}, w >= minSide && h >= minSide
}

// minSide is the shortest side of paper that has room for something.
const minSide = 50

// turned returns the paper so that it lies as a sheet does, upright or across.
func (p Paper) turned(across bool) Paper {
	if across != (p.Width > p.Height) {
		p.Width, p.Height = p.Height, p.Width
	}
	return p
}

// Form says how a sheet comes to paper. The zero value is the sheet at its own
// size, a page for each of its boxes.
type Form struct {
	Size      Paper // scale to this paper, of the same ratio
	Tile      Paper // spread over pages of this size, to be put together
	Paper     Paper // every sheet on this paper, the only one of a printer; see [Form.onto]
	InkSaving bool  // black on white, without filled areas
	Bleed     bool  // for the print shop: bleed, crop marks
}

// Suffix is what the form adds to the name of a PDF.
func (f Form) Suffix() string {
	s := ""
	if f.Size.Name != "" {
		s += "_" + f.Size.Name
	}
	if f.Tile.Name != "" {
		s += "_tile-" + f.Tile.Name
	}
	if f.Paper.Name != "" {
		s += "_on-" + f.Paper.Name
	}
	if f.InkSaving {
		s += "_ink-saving"
	}
	if f.Bleed {
		s += "_bleed"
	}
	return s
}

var inForm = regexp.MustCompile(`^(.+?)(_(a\d|\d+x\d+))?(_tile-(a\d|\d+x\d+))?(_on-(a\d|\d+x\d+))?(_ink-saving)?(_bleed)?$`)

// Unformed returns the name of a PDF, without its ending, as it was before a form
// added its suffix.
func Unformed(name string) string { return inForm.ReplaceAllString(name, "$1") }

// composed reports whether the sheet has to be laid on other pages than its own.
func (f Form) composed() bool {
	return f.Size.Name != "" || f.Tile.Name != "" || f.Paper.Name != "" || f.Bleed
}

// Fits reports whether a sheet can be scaled to the paper of the form: the
// ratios of A4 and A3 differ by less than a thousandth, and that is too little
// to see.
func (f Form) Fits(s Sheet) bool {
	if f.Size.Name == "" {
		return true
	}
	p := f.Size.turned(s.Width > s.Height)
	return math.Abs(p.Width/p.Height/(s.Width/s.Height)-1) < 0.01
}

// leaf is one page with a window through which a sheet shows, scaled and moved.
// All measures are millimetres of the page.
type leaf struct {
	Width  float64    `json:"w"`
	Height float64    `json:"h"`
	Window [4]float64 `json:"window"` // x, y, width, height
	X      float64    `json:"x"`      // of the sheet's corner
	Y      float64    `json:"y"`
	Scale  float64    `json:"scale"`
	Bleed  float64    `json:"bleed"` // how far the sheet's ground reaches over its edge
	Marks  string     `json:"marks"` // SVG, drawn over it
}

// The measures of a page for the print shop.
const (
	bleedWidth  = 3  // of the bleed around the sheet
	markRoom    = 10 // around the sheet, for bleed and marks
	markLength  = 5
	markMargin  = 1 // from the edge of the page to the marks
	smallLetter = 2.4
)

// leaves are the pages of one box of a sheet in this form.
func (f Form) leaves(s Sheet) []leaf {
	if f.Paper.Name != "" {
		return f.onto(s)
	}
	w, h, scale := s.Width, s.Height, 1.0
	if f.Size.Name != "" {
		p := f.Size.turned(w > h)
		scale = min(p.Width/w, p.Height/h)
		w, h = p.Width, p.Height
	}
	x, y := (w-s.Width*scale)/2, (h-s.Height*scale)/2
	switch {
	case f.Tile.Name != "":
		return tiles(s, scale, f.Tile)
	case f.Bleed:
		pw, ph := w+2*markRoom, h+2*markRoom
		note := fmt.Sprintf("%s　成品 %s × %s 毫米，四边出血 %d 毫米", s.Title, number(w), number(h), bleedWidth)
		return []leaf{{Width: pw, Height: ph, Window: [4]float64{markRoom - bleedWidth, markRoom - bleedWidth, w + 2*bleedWidth, h + 2*bleedWidth},
			X: markRoom + x, Y: markRoom + y, Scale: scale, Bleed: bleedWidth, Marks: cropMarks(w, h) + text(markRoom+8, 4, smallLetter, note)}}
	}
	return []leaf{{Width: w, Height: h, Window: [4]float64{0, 0, w, h}, X: x, Y: y, Scale: scale}}
}

// cropMarks are drawn at the corners of a sheet of w × h.
func cropMarks(w, h float64) string {
	var b strings.Builder
	const from, to = markMargin, markMargin + markLength
	for _, x := range []float64{markRoom, markRoom + w} {
		b.WriteString(line(x, from, x, to, ""))
		b.WriteString(line(x, h+2*markRoom-from, x, h+2*markRoom-to, ""))
	}
	for _, y := range []float64{markRoom, markRoom + h} {
		b.WriteString(line(from, y, to, y, ""))
		b.WriteString(line(w+2*markRoom-from, y, w+2*markRoom-to, y, ""))
	}
	return b.String()
}

// number writes a measure without needless digits.
func number(v float64) string { return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) }

func line(x1, y1, x2, y2 float64, dashes string) string {
	if dashes != "" {
		dashes = ` stroke-dasharray="` + dashes + `"`
	}
	return fmt.Sprintf(`<path d="M%s %sL%s %s" stroke="#000" stroke-width=".2"%s/>`, number(x1), number(y1), number(x2), number(y2), dashes)
}

func text(x, y, size float64, s string) string {
	return fmt.Sprintf(`<text x="%s" y="%s" font-size="%s">%s</text>`, number(x), number(y), number(size), escape.Replace(s))
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
