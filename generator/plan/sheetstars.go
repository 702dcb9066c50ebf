package plan

import (
	"fmt"
	"math"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

func (p *page) starsSheet(y ledger.StarYear, size config.Size, subject string) view.StarsSheet {
	title := fmt.Sprintf("%d年度星级党组织评定结果", y.Year)
	v := view.StarsSheet{Sheet: p.sheet(size, title, subject, "扫码看结果", calendar.Date{}, calendar.Date{}),
		Verdict: verdict(y.All) + "。", Chart: p.chart(y, y.All), Classes: p.boards(y)}
	for _, s := range starSheets(p.builder, y)[1:] {
		v.Related = append(v.Related, p.link(s.title, s.address))
	}
	v.Version = version(v.Chart, v.Classes)
	if p.whole {
		p.fitStars(&v)
	}
	return v
}

// The measures of the star result, in units. sheet.css has the same.
const (
	starBand   = 22.0 // around the title
	chartShare = 0.16 // of the height, at least: the bar with its words
	rowSpace   = 1.1  // above and below the text of a row, in em
)

// fitStars lets the sentence and the table grow until they fill the sheet.
func (p *page) fitStars(v *view.StarsSheet) {
	r := roomFor(&v.Sheet)
	w, h := r.inner()
	v.Title, _ = heading(v.PageTitle, w-22-r.codeWidth, 0.14*r.height, 1.25, 8, 24)
	left := h - math.Max(r.codeHeight+12, starBand+1.25*v.Title.Size*float64(len(v.Title.Lines))) - chartShare*r.height - 26
	v.Speech, _ = typeset.Largest(leastBody, 12, func(size float64) bool {
		return 1.6*size*float64(typeset.Lines(v.Verdict, w/size)) <= 0.38*left
	})
	left -= 1.6 * v.Speech * float64(typeset.Lines(v.Verdict, w/v.Speech))
	v.Letter, _ = typeset.Largest(leastDetail, 8, func(size float64) bool {
		wide := 11.0 // of the classes and the numbers of branches
		for _, b := range v.Chart.Bars {
			wide += 0.85 * (typeset.Width(b.Label) + 2.6)
		}
		return float64(len(v.Classes)+2)*size*(1.4+rowSpace)+2.4*size <= left && wide*size <= w
	})
	v.Boxes = 1
}

// starSheet is one of the sheets of a year's results.
type starSheet struct {
	title, address, layout string
	make                   func(p *page, size config.Size, subject string) any
}

// starSheets are the sheets of a year: the result, the names, the honours, and
// the helping pairs when they are public.
func starSheets(b *builder, y ledger.StarYear) []starSheet {
	base := fmt.Sprintf("sheets/stars/%d/", y.Year)
	list := []starSheet{
		{"评定结果", base, "sheet-stars", func(p *page, s config.Size, to string) any { return p.starsSheet(y, s, to) }},
		{"名单", base + "roll/", "sheet-roll", func(p *page, s config.Size, to string) any { return p.rollSheet(y, s, to, false) }},
		{"五星级光荣榜", base + "honour/", "sheet-honour", func(p *page, s config.Size, to string) any { return p.rollSheet(y, s, to, true) }},
	}
	var pairs []*ledger.Pair
	for _, x := range ledger.All[ledger.Pair](b.Book) {
		if x.Year == y.Year {
			pairs = append(pairs, x)
		}
	}
	if len(pairs) > 0 {
		list = append(list, starSheet{"结对帮扶", base + "pairs/", "sheet-roll", func(p *page, s config.Size, to string) any { return p.pairSheet(y, pairs, s, to) }})
	}
	return list
}
