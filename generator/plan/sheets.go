package plan

import (
	"math"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
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
	shortSide   = 210.0 // in units
	margin      = shortSide / 20
	leastTitle  = 1000.0 / 80  // from D
	leastBody   = 1000.0 / 200 // from D
	leastDetail = 700.0 / 200  // lists, which are read from 0.7 D: one looks something up
	leastFine   = 500.0 / 200  // the foot and addresses, from half of D
)

// A code is scanned from a tenth of its side: from 0.3 m at A4, 0.42 at A3, 0.6
// at A2, 0.85 at A1 and 600×900, 1.2 at A0. No module is below half a
// millimetre, which a laser printer keeps clean.
const (
	codeSide    = 30.0 // in units
	leastModule = 0.5  // millimetres
)

var ruleNoRoom = diag.Define(diag.Rule{Code: "E0813", Name: "在这种纸上放不下", Severity: diag.Error,
	Why: "字再小就看不清了：贴在墙上的字，字高至少要有观看距离的二百分之一", Mend: "把文字写短一些，或者换一种大小、形状合适的纸"})

// room is the space of a sheet, in units.
type room struct {
	width, height float64 // of the paper
	unit          float64 // millimetres
	foot          float64 // height of the foot
	codeWidth     float64 // of the code with its words; 0 without a code
	codeHeight    float64
}

// inner is the space between the margins and above the foot.
func (r room) inner() (width, height float64) {
	return r.width - 2*margin, r.height - 2*margin - r.foot
}

func (r room) across() bool { return r.width > r.height }

func roomOf(size config.Size) room {
	u := float64(min(size.Width, size.Height)) / shortSide
	return room{width: float64(size.Width) / u, height: float64(size.Height) / u, unit: u}
}

// sizeOf returns the size of a sheet: what its content file says, or that of its kind.
func (b *builder) sizeOf(e ledger.Entry, paper ledger.Paper, kind string) config.Size {
	name, at := kind, diag.Pos{}
	if paper.Sheet != "" {
		name, at = paper.Sheet, e.At("sheet")
	}
	s := b.Config.SizeOf(name, at, b.bag)
	if paper.Landscape {
		s = s.Across()
	}
	return s
}

// sheet makes the part of a view that every sheet has. subject is the address
// of the page that the sheet belongs to and that its code leads to.
func (p *page) sheet(size config.Size, title, subject, verb string, hung, until calendar.Date) view.Sheet {
	s := view.Sheet{Page: p.head("", title, ""), Width: size.Width, Height: size.Height, Across: size.Width > size.Height,
		Hung: date(hung), Until: date(until), Owner: p.Config.Publisher, Verb: verb, Back: p.url(subject)}
	r := roomOf(size)
	s.Unit, s.Wide, s.High = round(r.unit, 4), round(r.width, 2), round(r.height, 2)
	s.Page.Canonical = p.full(subject)
	if to := p.full(subject); to != "" {
		s.QR.Text = to
		if p.whole {
			drawCode(&s)
		}
		_, short, _ := strings.Cut(strings.TrimSuffix(to, "/"), "://")
		s.Short = strings.SplitAfter(short, "/")
	}
	return s
}

func round(f float64, digits int) float64 {
	n := math.Pow10(digits)
	return math.Round(f*n) / n
}

// version names the content of a sheet in a few characters, so that one can see
// whether the sheet on the wall is the present one.
func version(parts ...any) string { return digest.Of(parts...).String()[:6] }

// The foot and the code: sizes of letters and heights of lines, in units.
const (
	footLetter = 3.2
	footLine   = footLetter * 1.5
	verbLetter = 4.9
	urlLetter  = 2.8
)

// roomFor measures what is on every sheet: the foot and the code.
func roomFor(s *view.Sheet) room {
	r := roomOf(config.Size{Width: s.Width, Height: s.Height})
	r.foot = footHeight(s, r.width-2*margin)
	if s.QR.Size > 0 {
		r.codeWidth = s.QR.Side + 8
		r.codeHeight = s.QR.Side + verbLetter*1.35*float64(typeset.Lines(s.Verb, r.codeWidth/verbLetter)) +
			urlLetter*1.3*float64(rows(s.Short, r.codeWidth/urlLetter, 0))
	}
	return r
}

// footHeight is the height of the foot in a column of that width.
func footHeight(s *view.Sheet, width float64) float64 {
	items := []string{"有效期至 " + orLong(s.Until.Text), "责任人 " + s.Owner + " " + s.Site.Phone, "版本 " + s.Version}
	for _, f := range []struct{ name, value string }{{"主办单位 ", s.Site.Publisher}, {"张贴日期 ", s.Hung.Text}, {"监督电话 ", s.Site.Supervise}} {
		if f.value != "" {
			items = append(items, f.name+f.value)
		}
	}
	h := 3 + 1.6 + footLine*float64(rows(items, width/footLetter, 1.5))
	if s.Site.Sample != "" {
		h += 2.4 + footLine*float64(typeset.Lines(s.Site.Sample, (width-5)/footLetter))
	}
	return h
}

func orLong(until string) string {
	if until == "" {
		return "长期"
	}
	return until
}

// rows is how many rows texts take that follow each other with a gap and wrap as
// wholes; a text longer than a row wraps in itself.
func rows(texts []string, width, gap float64) int {
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

// heading breaks a title for a space in units.
func heading(text string, width, height, leading, least, most float64) (view.Heading, bool) {
	return headline(typeset.NewHeadline(text), width, height, leading, least, most)
}

// headline is heading for a title that is tried in several spaces.
func headline(h *typeset.Headline, width, height, leading, least, most float64) (view.Heading, bool) {
	t, size, ok := h.Fit(width*0.99, height, leading, least, most)
	return view.Heading{Lines: t.Lines, Size: size}, ok
}

// tooLong reports a title that has no room at the least size.
func (b *builder) tooLong(at diag.Pos, what, text string, size config.Size) {
	b.bag.Addf(ruleNoRoom, at, "%s有 %d 个字，在 %d × %d 毫米的纸上放不下", what, len([]rune(text)), size.Width, size.Height)
}

// lastUpdate is the day of the latest change to the service list; no date when
// none is recorded, and then the date is written by hand.
func (b *builder) lastUpdate() calendar.Date {
	var last calendar.Date
	for _, s := range ledger.All[ledger.Service](b.Book) {
		if last.Before(s.Updated) {
			last = s.Updated
		}
	}
	return last
}
