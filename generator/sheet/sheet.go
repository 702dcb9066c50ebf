// Package sheet sets matter on paper: it chooses the sizes of letters, the largest
// that fit, and spreads what does not fit over several sheets. It knows views and
// their measures, and neither records nor pages.
//
// What stands on every sheet is here, the foot and the code. The kits, which
// sheets of all ledgers may use, are a file each: a list in columns (list.go), a
// text (text.go), and for walls a table (table.go) and cells in rows (cells.go).
// Their measures, and those of designs, are said once (measures.go). A design of
// its own, such as the poster of a month, lies with its ledger.
package sheet

import (
	"math"

	"biandan/generator/config"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The design of a sheet is the same on every size: all its measures are units, a
// 210th of its short side, so that A4 is 210 units wide. People stand farther
// from larger paper: at D = 1 m from A4, 1.4 m from A3, 2 m from A2, 2.8 m from
// A1 and 600×900, 4 m from A0. From that follow the least sizes of letters: a
// Han character needs D/200 to be read by the elderly (5 mm at 1 m; the common
// rule for Latin capitals, D/300, is too little for so many strokes), and D/80
// in a title.
const (
	ShortSide   = 210.0        // in units
	LeastTitle  = 1000.0 / 80  // from D
	LeastBody   = 1000.0 / 200 // from D
	LeastDetail = 700.0 / 200  // lists, which are read from 0.7 D: one looks something up
	leastFine   = 500.0 / 200  // the foot and addresses, from half of D
)

// Margin is what every sheet leaves free at its edges, and HeadLeading the line of
// a heading within the matter of a sheet.
var (
	Margin      = Measure("sheet-margin", ShortSide/20)
	HeadLeading = Measure("sheet-head-leading", 1.3)
)

// A code is scanned from a tenth of its side: from 0.3 m at A4, 0.42 at A3, 0.6
// at A2, 0.85 at A1 and 600×900, 1.2 at A0. No module is below half a
// millimetre, which a laser printer keeps clean.
const (
	codeSide    = 30.0 // in units
	leastModule = 0.5  // millimetres
)

// Area is the space of a sheet, in units.
type Area struct {
	Width, Height float64 // of the paper
	Unit          float64 // millimetres
	Foot          float64 // height of the foot
	CodeWidth     float64 // of the code with its words; 0 without a code
	CodeHeight    float64
}

// Inner is the space between the margins and above the foot.
func (r Area) Inner() (width, height float64) {
	return r.Width - 2*Margin, r.Height - 2*Margin - r.Foot
}

// Across reports whether the paper is wider than high.
func (r Area) Across() bool { return r.Width > r.Height }

// Screen is what a television shows. It is as wide as A4 and as high as it then is:
// from three metres the smallest letters are read, those of notes in lists
// (0.82 × LeastDetail), as they have more than a 45th of the height even where a bar
// takes a part of it.
var Screen = config.Size{Width: 1920, Height: 1080}

const screenHeight = 118.0 // in units

// IsScreen reports whether a sheet is one that a television shows. It has no foot,
// which is about what hangs.
func IsScreen(s *view.Sheet) bool { return s.Width == Screen.Width && s.Height == Screen.Height }

// AreaOf returns the space of paper of a size, without what a view adds to it.
func AreaOf(size config.Size) Area {
	u := float64(min(size.Width, size.Height)) / ShortSide
	if size == Screen {
		u = float64(size.Height) / screenHeight
	}
	return Area{Width: float64(size.Width) / u, Height: float64(size.Height) / u, Unit: u}
}

// The foot and the code, in units.
var (
	footAbove  = Measure("foot-gap", 3) + Measure("foot-space", 1.3) + Measure("foot-rule", 0.3)
	footLetter = Measure("foot-letter", 3.2)
	footLine   = LineHeight(footLetter, Measure("foot-leading", 1.5))
	codeAround = Measure("code-around", 8) // how much wider than the code its words are
	verbLetter = Measure("code-verb", 4.9)
	verbLine   = LineHeight(verbLetter, Measure("code-verb-leading", 1.35))
	urlLetter  = Measure("code-url", 2.8)
	urlLine    = LineHeight(urlLetter, Measure("code-url-leading", 1.3))
)

// Estimates of the foot.
const (
	footBetween  = 1.5 // between two of its items, in em
	sampleAround = 2.4 // above and below the words of a sample, with its frame
	sampleSide   = 5.0 // left and right of them together
)

// AreaFor measures what is on every sheet: the foot and the code.
func AreaFor(s *view.Sheet) Area {
	r := AreaOf(config.Size{Width: s.Width, Height: s.Height})
	r.Foot = FootHeight(s, r.Width-2*Margin)
	if s.QR.Size > 0 {
		r.CodeWidth = s.QR.Side + codeAround
		r.CodeHeight = s.QR.Side + verbLine*float64(typeset.Lines(s.Verb, r.CodeWidth/verbLetter)) +
			urlLine*float64(Rows(s.Short, r.CodeWidth/urlLetter, 0))
	}
	return r
}

// FootHeight is the height of the foot in a column of that width.
func FootHeight(s *view.Sheet, width float64) float64 {
	if IsScreen(s) {
		return 0
	}
	items := []string{until(s.Until.Text), "责任人 " + s.Owner + " " + s.OwnerPhone, "版本 " + s.Version}
	for _, f := range []struct{ name, value string }{{"主办单位 ", s.Site.Publisher}, {"张贴日期 ", s.From.Text}, {"监督电话 ", s.Site.Supervise}} {
		if f.value != "" {
			items = append(items, f.name+f.value)
		}
	}
	h := footAbove + footLine*float64(Rows(items, width/footLetter, footBetween))
	if s.Site.Sample != "" {
		h += sampleAround + footLine*float64(typeset.Lines(s.Site.Sample, (width-sampleSide)/footLetter))
	}
	return h
}

func until(day string) string {
	if day == "" {
		return "长期有效"
	}
	return "有效期至 " + day
}

// Rows is how many rows texts take that follow each other with a gap and wrap as
// wholes; a text longer than a row wraps in itself.
func Rows(texts []string, width, gap float64) int {
	n, at := 1, 0.0
	for _, t := range texts {
		w := typeset.Width(t)
		if at > 0 && at+gap+w > width {
			n, at = n+1, 0
		}
		if at > 0 {
			at += gap
		}
		n += typeset.Lines(t, width) - 1
		at = math.Min(at+w, width)
	}
	return n
}

// Heading breaks a title for a space in units, in letters between the least and
// the most; ok is false when it has no room in the least.
func Heading(text string, width, height, leading, least, most float64) (h view.Heading, ok bool) {
	return headline(typeset.NewHeadline(text), width, height, leading, least, most)
}

// needTitle notes that a title has no room: it could be read only from where one
// reads the text.
func needTitle(v *view.Sheet, title view.Heading) {
	if title.Size < LeastBody {
		Refuse(v, "的标题太长，放不下")
	}
}

// Refuse notes why the matter of a sheet has no room; what was noted first counts.
func Refuse(v *view.Sheet, why string) {
	if v.Unfit == "" {
		v.Unfit = why
	}
}

// headline is heading for a title that is tried in several spaces.
func headline(h *typeset.Headline, width, height, leading, least, most float64) (view.Heading, bool) {
	t, size, ok := h.Fit(width*0.99, height, leading, least, most)
	return view.Heading{Lines: t.Lines, Size: size}, ok
}

// Round rounds to so many decimals, so that a layout prints few.
func Round(f float64, digits int) float64 {
	n := math.Pow10(digits)
	return math.Round(f*n) / n
}
