package pages

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strings"

	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The layout of official documents (GB/T 9704-2012) on A4, in units, which are
// millimetres there: a text area of 156 × 225, 37 from the top and 28 from the
// left, 22 lines of 28 characters of size 3 (15.75 pt), the title in size 2.
const (
	areaTop    = 37.0
	areaRight  = 26.0
	areaBottom = 35.0
	areaLeft   = 28.0
	areaWidth  = sheet.ShortSide - areaLeft - areaRight
	areaLines  = 22
	linePitch  = (297 - areaTop - areaBottom) / areaLines
	size3      = 15.75 / 72 * 25.4
	size2      = 22.0 / 72 * 25.4
	redAbove   = 35.0 // from the text area to the name of the office in a red head
	redMost    = 16.0 // of the letters of this name
	redLeading = 1.2
	redGap     = 2 // lines from there to the number of the document, and from the rule to the title
	redBelow   = 4.0
	redRule    = 0.6
	plainHead  = 1 // lines above the title where there is no red head
	signLines  = 3 // an empty line, the date, an empty one
	signRight  = 2 // characters to the right of the signature
	signDate   = 2 // how many characters the date begins to the right of it
	titlePitch = 1.25
	pageBelow  = 7.0 // from the text area to the number of the page
	pageLetter = 4.94
)

// What the style sheet has of them, rounded: no printer shows a thousandth of a
// millimetre.
var (
	_ = sheet.Measure("document-top", areaTop)
	_ = sheet.Measure("document-right", areaRight)
	_ = sheet.Measure("document-bottom", areaBottom)
	_ = sheet.Measure("document-left", areaLeft)
	_ = sheet.Measure("document-line", sheet.Round(linePitch, 3))
	_ = sheet.Measure("document-letter", sheet.Round(size3, 3))
	_ = sheet.Measure("document-title", sheet.Round(size2, 2))
	_ = sheet.Measure("document-title-leading", titlePitch) // in lines
	_ = sheet.Measure("document-red-above", redAbove)
	_ = sheet.Measure("document-red-leading", redLeading)
	_ = sheet.Measure("document-red-gap", redGap) // in lines
	_ = sheet.Measure("document-red-below", redBelow)
	_ = sheet.Measure("document-red-rule", redRule)
	_ = sheet.Measure("document-head", plainHead)       // in lines
	_ = sheet.Measure("document-sign-right", signRight) // in em
	_ = sheet.Measure("document-sign-date", signDate)
	_ = sheet.Measure("document-page", areaBottom-pageBelow-pageLetter*0.6)
	_ = sheet.Measure("document-page-letter", pageLetter)
)

// fitDocument sets a notice as an official document. Its letters do not grow:
// the standard names their size. A red head is only for a document that has a
// number; no seal is ever drawn.
func fitDocument(v *view.TextSheet, body string) {
	r := sheet.AreaFor(&v.Sheet)
	// On paper of another shape the text area keeps the margins of the standard.
	lines := areaLines + int((r.Height-297)/linePitch)
	width := areaWidth + r.Width - sheet.ShortSide
	v.Letter = size3
	t, _ := sheet.Heading(v.PageTitle, width, 6*titlePitch*linePitch, titlePitch*linePitch/size2, size2, size2+0.06)
	if t.Size < size2 {
		t = view.Heading{Lines: typeset.Break(v.PageTitle, int(typeset.Width(v.PageTitle)*size2/width)+2).Lines}
	}
	t.Size = sheet.Round(size2, 2)
	v.Title = t
	head := plainHead * linePitch
	if v.Red != "" {
		v.Fact = sheet.Round(math.Min(redMost, width/typeset.Width(v.Red))*0.99, 2)
		head = redAbove + redLeading*v.Fact + (2*redGap+1)*linePitch + redBelow + redRule
	}
	head += (float64(len(t.Lines))*titlePitch + 1) * linePitch // an empty line below the title
	sign := signLines + typeset.Lines(v.Signed, width/size3-signRight)
	m := typeset.Measures{Size: size3, Width: width, Leading: linePitch / size3}
	f := typeset.ParseFlow(documentBody(body))
	defer f.Release()
	pages, ok := f.Pages(m, typeset.Room{
		First: float64(lines)*linePitch - head, Next: float64(lines) * linePitch, End: float64(sign) * linePitch})
	if head > float64(lines)*linePitch {
		v.Unfit = "的标题和红头放不下"
	} else if !ok {
		v.Unfit = f.Stuck()
	}
	v.Parts = sheet.TextBoxes(pages)
	v.Boxes = len(v.Parts)
}

var (
	addressee  = regexp.MustCompile(`^\s*<p>((?:<strong>)?[^<。；，,]{2,80}[：:](?:</strong>)?)(?:</p>|<br>\s*)`)
	announces  = regexp.MustCompile(`如下|以下|附件|下列`)
	attachment = regexp.MustCompile(`<p>(附件[0-9０-９]*[：:])`)

	documentHeading = regexp.MustCompile(`(?s)<h([1-6])[^>]*>(.*?)</h[1-6]>`)
	hasNumber       = regexp.MustCompile(`^(第?[一二三四五六七八九十]+[、章节]|（[一二三四五六七八九十]+）|[0-9]+[.．、]|（[0-9]+）)`)
)

// documentBody sets a text as the standard has it: to whom it goes at the margin,
// an empty line above the list of what is attached, headings numbered 一、 （一） 1.
// （1）, unless the writer did; each is a paragraph of its own.
func documentBody(body string) string {
	if m := addressee.FindStringSubmatchIndex(body); m != nil && !announces.MatchString(body[m[2]:m[3]]) {
		to := `<p class="dto">` + body[m[2]:m[3]] + "</p>"
		if rest := body[m[1]:]; strings.HasSuffix(body[:m[1]], "</p>") {
			body = to + rest
		} else {
			body = to + "<p>" + rest
		}
	}
	if m := attachment.FindAllStringIndex(body, -1); m != nil {
		body = body[:m[0][0]] + `<p class="dgap"></p>` + body[m[0][0]:]
	}
	var counts [4]int
	top := '2'
	if strings.Contains(body, "<h1") { // a heading of the text like others: the title of the document is in its head
		top = '1'
	}
	return documentHeading.ReplaceAllStringFunc(body, func(h string) string {
		m := documentHeading.FindStringSubmatch(h)
		level := min(int(rune(m[1][0])-top), len(counts)-1)
		counts[level]++
		for i := level + 1; i < len(counts); i++ {
			counts[i] = 0
		}
		number := ""
		if !hasNumber.MatchString(html.UnescapeString(m[2])) {
			number = documentNumber(level, counts[level])
		}
		return fmt.Sprintf(`<p class="d%d">%s%s</p>`, level+1, number, m[2])
	})
}

func documentNumber(level, n int) string {
	switch level {
	case 0:
		return chineseNumber(n) + "、"
	case 1:
		return "（" + chineseNumber(n) + "）"
	case 2:
		return fmt.Sprintf("%d.", n)
	}
	return fmt.Sprintf("（%d）", n)
}

// chineseNumber writes 1 to 99 as 一 to 九十九.
func chineseNumber(n int) string {
	digits := strings.Split("〇一二三四五六七八九", "")
	s := ""
	if n >= 20 {
		s = digits[n/10%10]
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 || n == 0 {
		s += digits[n%10]
	}
	return s
}
