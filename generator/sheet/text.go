package sheet

import (
	"html/template"
	"math"
	"slices"

	"biandan/generator/config"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The measures of a text on a poster, in units.
var (
	bandHeight   = Measure("text-band", 26) + 2 // to spare
	titleLeading = Measure("text-title-leading", 1.35)
	titleGap     = Measure("text-title-gap", 6) // above the title, and below it
	bodyLeading  = Measure("text-leading", 1.65)
	bodyGap      = Measure("text-gap", 0.5) // between paragraphs, in em
	bodyAbove    = Measure("text-above", 5) // the text
	factLeading  = Measure("text-fact-leading", 1.4)
	factName     = Measure("text-fact-name", 4.2)
	factNameLine = LineHeight(factName, Measure("text-fact-name-leading", 1.5))
	factColumn   = Measure("text-fact-column", 30) // the names of facts that stand in rows
	factRow      = 2*Measure("text-fact-space", 1.2) + Measure("text-fact-rule", 0.2)
	factAround   = 2*Measure("text-facts-space", 2) + 2*Measure("text-facts-rule", 0.6)
	endGap       = Measure("text-end-gap", 6)  // above what follows the text
	codeGap      = Measure("text-code-gap", 8) // beside the code
	noteLetter   = Measure("text-note", 4.4)
	noteLine     = LineHeight(noteLetter, Measure("text-note-leading", 1.55))
	signLetter   = Measure("text-sign", 5.6)
	signLine     = LineHeight(signLetter, Measure("text-sign-leading", 1.6))
	signGap      = Measure("text-sign-gap", 3) // above the signature
)

// NextHead is the head of the sheets after the first, with the gap below it.
var NextHead = Measure("next-height", 14) + Measure("next-gap", 3)

// The limits of a text, and estimates of what stands around its facts, in units.
const (
	mostHead    = 22.0
	leastHead   = 0.56 * LeastTitle // read with the text, not across the street
	mostBody    = 11.5
	shortFact   = 10.0 // a date, the name of an office: it stays on one line; in em
	mostFacts   = 48.0
	factSides   = 9.0 // left and right of a fact
	factsAround = 8.0 // above and below facts that stand side by side
)

// titles are the greatest sizes of the title that are tried, one after the
// other, until the text has room below it on one sheet in letters that go with
// such a title.
var titles = [...]float64{mostHead, 18, 15, 12, 9.5, leastHead}

// titleToText is how many times larger than the text a title is at most.
const titleToText = 2.8

// FitText chooses the sizes of a notice. One sheet is best: there the title and
// then the text are as large as can be. A longer text goes on to other sheets.
func FitText(v *view.TextSheet, body string) {
	r := AreaFor(&v.Sheet)
	w, h := r.Inner()
	f := typeset.ParseFlow(body)
	defer f.Release()
	beside := w - r.CodeWidth - codeGap
	facts, code := 0.0, r.CodeHeight
	if v.Beside {
		facts, code = math.Max(fitFactRows(v, beside), code)+factAround, 0
	} else {
		facts = fitFacts(v, w)
	}
	end := 0.0
	if v.Signed != "" {
		end = signGap + signLine*float64(1+typeset.Lines(v.Signed, beside/signLetter))
	}
	for _, n := range v.Notes {
		end += noteLine * float64(typeset.Lines(n, beside/noteLetter))
	}
	space := typeset.Room{Next: h - NextHead - bodyAbove, End: endGap + math.Max(end, code)}
	title := typeset.NewHeadline(v.PageTitle)
	try := func(most float64) (one bool) {
		v.Title, _ = headline(title, w, 0.2*r.Height, titleLeading, leastHead, most)
		space.First = h - bandHeight - 2*titleGap - titleLeading*v.Title.Size*float64(len(v.Title.Lines)) - facts - bodyAbove
		return f.Within(1, bodyMeasures(math.Max(LeastBody, v.Title.Size/titleToText), w), space)
	}
	if !slices.ContainsFunc(titles[:], try) {
		for _, most := range titles[1:] {
			if try(most); space.First >= 0 {
				break
			}
		}
	}
	if needTitle(&v.Sheet, v.Title); v.Unfit != "" {
		return
	}
	if space.First < 0 || space.End > space.Next {
		v.Unfit = "的标题、要点和落款太长，放不下"
		return
	}
	fitFlow(v, f, w, space)
}

func bodyMeasures(size, width float64) typeset.Measures {
	return typeset.Measures{Size: size, Width: width * 0.99, Leading: bodyLeading, Gap: bodyGap}
}

// fitFacts chooses the size of the facts, which stand side by side, and returns
// their height.
func fitFacts(v *view.TextSheet, width float64) float64 {
	if len(v.Facts) == 0 {
		return 0
	}
	column := width/float64(len(v.Facts)) - factSides
	lines := func(size float64) int {
		n := 1
		for _, f := range v.Facts {
			n = max(n, typeset.Lines(f.Value, column/size))
		}
		return n
	}
	most := 8.0
	if IsScreen(&v.Sheet) {
		most = 6 // there is little height
	}
	v.Fact, _ = typeset.Largest(LeastBody, most, func(size float64) bool {
		for _, f := range v.Facts {
			if w := typeset.Width(f.Value); w*size > column && (f.Phone != "" || w <= shortFact) {
				return false
			}
		}
		return lines(size) <= 2
	})
	return factsAround + factNameLine + v.Fact*factLeading*float64(lines(v.Fact))
}

// fitFactRows chooses the size of the facts, which stand one below the other
// beside the code, and returns their height.
func fitFactRows(v *view.TextSheet, width float64) float64 {
	column := width - factColumn
	height := func(size float64) float64 {
		h := 0.0
		for _, f := range v.Facts {
			h += factRow + factLeading*size*float64(typeset.Lines(f.Value, column/size))
		}
		return h
	}
	v.Fact, _ = typeset.Largest(LeastBody, 9, func(size float64) bool { return height(size) <= mostFacts })
	return height(v.Fact)
}

// fitFlow spreads a text over the fewest sheets on which it can be read, then
// makes its letters as large as those sheets allow.
func fitFlow(v *view.TextSheet, f *typeset.Flow, width float64, space typeset.Room) {
	v.Letter = LeastBody
	if number := f.Count(bodyMeasures(LeastBody, width), space); number > 0 {
		v.Letter, _ = typeset.Largest(LeastBody, mostBody, func(size float64) bool {
			m := bodyMeasures(size, width)
			return (size == LeastBody || !f.Breaks(m)) && f.Within(number, m, space)
		})
	}
	pages, ok := f.Pages(bodyMeasures(v.Letter, width), space)
	if !ok {
		v.Unfit = f.Stuck() // a picture, say, that fits nowhere
	}
	v.Parts = TextBoxes(pages)
	v.Boxes = len(v.Parts)
}

// TextBoxes are the sheets of a text that was divided.
func TextBoxes(pages []string) []view.TextBox {
	boxes := make([]view.TextBox, len(pages))
	for i, html := range pages {
		boxes[i] = view.TextBox{Number: i + 1, Body: template.HTML(html)}
	}
	return boxes
}

// HasTitleRoom reports whether a text's title has room on paper of a size.
func HasTitleRoom(title string, size config.Size) bool {
	const usual = 40 // characters, for which there is room on every sheet
	r := AreaOf(size)
	if len(title) <= 3*usual && !r.Across() {
		return true
	}
	_, ok := Heading(title, r.Width-2*Margin, 0.2*r.Height, titleLeading, leastHead, mostHead)
	return ok
}
