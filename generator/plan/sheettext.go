package plan

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// noticeSheet is a notice as a poster.
func (p *page) noticeSheet(n *ledger.Notice, size config.Size, subject string) view.TextSheet {
	hung, until := p.period(n)
	v := view.TextSheet{Band: string(n.Kind), Signed: n.Issuer, Signing: date(n.Date), DocNo: n.DocNo}
	if hung.IsZero() {
		hung = n.Date
	}
	v.Sheet = p.sheet(size, n.Title, subject, "扫码看原文", hung, until)
	v.Owner = n.Issuer
	v.Facts = p.noticeFacts(n)
	if n.Accept.Office != "" {
		note := "有不同意见，请在公示期内实名反映。"
		if n.Accept.Address != "" {
			note += "来信：" + n.Accept.Address + "。"
		}
		v.Notes = append(v.Notes, note+n.Accept.Method)
	}
	if n.DocNo != "" && n.Form != ledger.DocumentForm {
		v.Notes = append(v.Notes, n.DocNo)
	}
	if n.Form == ledger.DocumentForm && n.DocNo != "" {
		v.Red = n.Issuer
	}
	body, key := p.body(n.File(), n.Doc)
	v.BodyKey = key
	v.Version = version(v.PageTitle, v.Facts, v.BodyKey, v.Notes)
	switch {
	case !p.whole:
	case n.Form == ledger.DocumentForm:
		fitDocument(&v, string(body))
	default:
		fitText(&v, string(body))
	}
	return v
}

func (p *page) noticeFacts(n *ledger.Notice) []view.Field {
	first, last := p.period(n)
	when := view.Field{Name: "发布日期", Value: date(n.Date).Text}
	switch {
	case !last.IsZero() && !first.IsZero():
		when = view.Field{Name: "公示时间", Value: date(first).Text + "至" + date(last).Text}
	case !last.IsZero():
		when = view.Field{Name: "截止日期", Value: date(last).Text}
	}
	if n.Accept.Office != "" {
		return fields(when, view.Field{Name: "受理单位", Value: n.Accept.Office}, view.Field{Name: "受理电话", Value: n.Accept.Phone, Phone: n.Accept.Phone})
	}
	return fields(when, view.Field{Name: "发布单位", Value: n.Issuer}, view.Field{Name: "联系电话", Value: p.Config.Phone, Phone: p.Config.Phone})
}

// serviceSheet is how one service is done, on one sheet.
func (p *page) serviceSheet(s *ledger.Service, size config.Size, subject string) view.TextSheet {
	item := p.serviceItem(s)
	v := view.TextSheet{Sheet: p.sheet(size, s.Name, subject, "扫码看最新要求", s.Updated, calendar.Date{}), Band: "办事指南"}
	v.Beside = v.QR.Text != ""
	v.Facts = fields(view.Field{Name: "办理时限", Value: item.Limit}, view.Field{Name: "在哪里办", Value: s.Place},
		view.Field{Name: "咨询电话", Value: s.Phone, Phone: s.Phone})
	var b strings.Builder
	b.WriteString(`<table class="guide">`)
	row := func(title string, numbered bool, items ...string) {
		if len(items) == 0 || items[0] == "" {
			return
		}
		b.WriteString(`<tr><th scope="row">` + title + "</th><td>")
		for i, it := range items {
			if numbered && len(items) > 1 {
				it = fmt.Sprintf("%d. %s", i+1, it)
			}
			b.WriteString("<p>" + html.EscapeString(it) + "</p>")
		}
		b.WriteString("</td></tr>")
	}
	row("谁可以办", false, append([]string{s.Audience}, s.Conditions...)...)
	row("带什么来", true, s.Materials...)
	row("怎么办", true, s.Steps...)
	row("什么时候", false, s.Time)
	row("收费", false, s.Fee)
	row("谁来办", false, spaced(labelled("A岗：", item.A), labelled("B岗：", item.B)))
	row("依据", false, s.Basis)
	b.WriteString("</table>")
	v.BodyKey = version(b.String())
	v.Version = version(v.PageTitle, v.Facts, v.BodyKey)
	if p.whole {
		fitText(&v, b.String())
	}
	return v
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// The measures of a text on a poster, in units. sheet.css has the same.
const (
	bandHeight   = 28.0
	mostHead     = 22.0
	leastHead    = 0.56 * leastTitle // read with the text, not across the street
	titleLeading = 1.35
	mostBody     = 11.5
	bodyLeading  = 1.65
	bodyGap      = 0.5 // in em
	factName     = 4.2
	factPadding  = 9.0  // left and right of a fact
	shortFact    = 10.0 // a date, the name of an office: it stays on one line; in em
	factColumn   = 30.0 // the names of facts that stand in rows
	factRow      = 2.6  // above and below such a fact
	factAround   = 5.2
	mostFacts    = 48.0
	noteLetter   = 4.4
	signLetter   = 5.6
	nextHead     = 17.0 // the head of the sheets after the first, with the gap below it
)

// titles are the greatest sizes of the title that are tried, one after the
// other, until the text has room below it on one sheet in letters that go with
// such a title.
var titles = [...]float64{mostHead, 18, 15, 12, 9.5, leastHead}

// titleToText is how many times larger than the text a title is at most.
const titleToText = 2.8

// fitText chooses the sizes of a notice. One sheet is best: there the title and
// then the text are as large as can be. A longer text goes on to other sheets.
func fitText(v *view.TextSheet, body string) {
	r := roomFor(&v.Sheet)
	w, h := r.inner()
	f := typeset.ParseFlow(body)
	beside := w - r.codeWidth - 8
	facts, code := 0.0, r.codeHeight
	if v.Beside {
		facts, code = math.Max(fitFactRows(v, beside), code)+factAround, 0
	} else {
		facts = fitFacts(v, w)
	}
	end := 0.0
	if v.Signed != "" {
		end = 3 + 1.6*signLetter*float64(1+typeset.Lines(v.Signed, beside/signLetter))
	}
	for _, n := range v.Notes {
		end += 1.55 * noteLetter * float64(typeset.Lines(n, beside/noteLetter))
	}
	space := typeset.Room{Next: h - nextHead - 5, End: 6 + math.Max(end, code)}
	title := typeset.NewHeadline(v.PageTitle)
	try := func(most float64) (one bool) {
		v.Title, _ = headline(title, w, 0.2*r.height, titleLeading, leastHead, most)
		space.First = h - bandHeight - 12 - titleLeading*v.Title.Size*float64(len(v.Title.Lines)) - facts - 5
		return f.Within(1, bodyMeasures(math.Max(leastBody, v.Title.Size/titleToText), w), space)
	}
	if !slices.ContainsFunc(titles[:], try) {
		try(titles[1])
	}
	fitFlow(v, f, body, w, space)
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
	column := width/float64(len(v.Facts)) - factPadding
	lines := func(size float64) int {
		n := 1
		for _, f := range v.Facts {
			n = max(n, typeset.Lines(f.Value, column/size))
		}
		return n
	}
	v.Fact, _ = typeset.Largest(leastBody, 8, func(size float64) bool {
		for _, f := range v.Facts {
			if w := typeset.Width(f.Value); w*size > column && (f.Phone != "" || w <= shortFact) {
				return false
			}
		}
		return lines(size) <= 2
	})
	return 8 + factName*1.5 + v.Fact*1.4*float64(lines(v.Fact))
}

// fitFactRows chooses the size of the facts, which stand one below the other
// beside the code, and returns their height.
func fitFactRows(v *view.TextSheet, width float64) float64 {
	column := width - factColumn
	height := func(size float64) float64 {
		h := 0.0
		for _, f := range v.Facts {
			h += factRow + 1.4*size*float64(typeset.Lines(f.Value, column/size))
		}
		return h
	}
	v.Fact, _ = typeset.Largest(leastBody, 9, func(size float64) bool { return height(size) <= mostFacts })
	return height(v.Fact)
}

// fitFlow spreads a text over the fewest sheets on which it can be read, then
// makes its letters as large as those sheets allow.
func fitFlow(v *view.TextSheet, f *typeset.Flow, body string, width float64, space typeset.Room) {
	v.Letter = leastBody
	if number := f.Count(bodyMeasures(leastBody, width), space); number > 0 {
		v.Letter, _ = typeset.Largest(leastBody, mostBody, func(size float64) bool {
			m := bodyMeasures(size, width)
			return (size == leastBody || !f.Breaks(m)) && f.Within(number, m, space)
		})
	}
	pages, ok := f.Pages(bodyMeasures(v.Letter, width), space)
	if !ok {
		pages = []string{body} // a picture, say, that fits nowhere: `check --print` finds it
	}
	v.Parts = boxesOf(pages)
	v.Boxes = len(v.Parts)
}

func boxesOf(pages []string) []view.TextBox {
	boxes := make([]view.TextBox, len(pages))
	for i, html := range pages {
		boxes[i] = view.TextBox{Number: i + 1, Body: template.HTML(html)}
	}
	return boxes
}

// checkTitle reports a notice whose title has no room on its sheet.
func (b *builder) checkTitle(n *ledger.Notice, size config.Size) {
	const usual = 40 // characters, for which there is room on every sheet
	r := roomOf(size)
	if len(n.Title) <= 3*usual && !r.across() {
		return
	}
	if _, ok := heading(n.Title, r.width-2*margin, 0.2*r.height, titleLeading, leastHead, mostHead); !ok {
		b.tooLong(n.At("title"), "标题", n.Title, size)
	}
}
