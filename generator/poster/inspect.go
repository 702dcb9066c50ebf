package poster

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"biandan/generator/diag"
)

var (
	rulePages = diag.Define(diag.Rule{Code: "E0801", Name: "一张放不下", Severity: diag.Error, Tunable: true,
		Why: "版面是按一张纸排的，多出来的内容会印到另一张上，贴出来就不全", Mend: "删减文字，或者把细节留在网页上，让人扫码看"})
	ruleSize = diag.Define(diag.Rule{Code: "E0802", Name: "纸的大小不对", Severity: diag.Error,
		Why: "打印出来的纸和说好的大小差了三分之一毫米以上，边上会被切掉或留白", Mend: "检查版式里的 @page 和 .sheet：大小都要取自 Width 和 Height"})
	ruleBeyond = diag.Define(diag.Rule{Code: "E0803", Name: "内容超出纸边或框外", Severity: diag.Error,
		Why: "超出去的字印不出来，或者压在别的字上", Mend: "把这一段写短，或者调整版式"})
	ruleSmall = diag.Define(diag.Rule{Code: "E0804", Name: "字太小，看不清", Severity: diag.Error, Tunable: true,
		Why: "张贴的字，字高至少要有观看距离的二百分之一，老年人才看得清", Mend: "放大这处文字，或者删减内容腾出地方"})
	ruleEmpty = diag.Define(diag.Rule{Code: "E0805", Name: "版面太空", Severity: diag.Warning, Tunable: true,
		Why: "内容不到纸高的四分之三，贴在墙上像没有做完", Mend: "补充内容，或者换一种版式"})
	rulePale = diag.Define(diag.Rule{Code: "E0806", Name: "字和底色太接近", Severity: diag.Error, Tunable: true,
		Why: "白纸上的白字、红底上的暗红字，印出来看不见", Mend: "换一种字的颜色或底色：亮度对比至少 3∶1；黑白打印也要看得清"})
)

// The limits of Inspect.
const (
	boxTolerance = 1    // points: browsers round pages to their pixels
	fullEnough   = 0.75 // of the height of the sheet
	bridged      = 1.0 / 16
)

// Distance is how far from a sheet people stand, in millimetres: half a metre
// from A4, and farther from larger paper as it grows. So a sheet that can be
// read can still be read when it is scaled.
func (s Sheet) Distance() float64 { return 500 * min(s.Width, s.Height) / 210 }

// Legible is the least size of letters on a sheet, in millimetres. For Chinese
// text and elderly readers the body of a sheet needs characters of 1/200 of the
// distance (5 mm at 1 m); the rule for Latin capitals, 1/300, is too little for
// characters of many strokes. Nothing on a sheet may be smaller.
func (s Sheet) Legible() float64 { return s.Distance() / 200 }

// measured is what page.js says of one box of a sheet, in millimetres.
type measured struct {
	Width        float64      `json:"width"`
	Height       float64      `json:"height"`
	Beyond       []string     `json:"beyond"`
	Overflowing  []string     `json:"overflowing"`
	Smallest     float64      `json:"smallest"`
	SmallestText string       `json:"smallestText"`
	Pale         []string     `json:"pale"` // letters that do not stand out from their ground
	Rows         [][2]float64 `json:"rows"`
}

// InspectAll looks at all sheets, several at a time. The problems are those of
// single sheets.
func InspectAll(ctx context.Context, w Work) (diag.List, []Problem, error) {
	sheets := w.sheets()
	tabs := w.tabs(len(sheets))
	if tabs == 0 {
		return nil, nil, nil
	}
	w.Progress(0, len(sheets))
	b, err := Start(ctx, w.setup(tabs))
	if err != nil {
		return nil, nil, err
	}
	defer b.Close()
	bag := &diag.Bag{}
	var mu sync.Mutex
	var problems []Problem
	var failed error
	done := 0
	spread(len(sheets), tabs, func(i int) bool {
		err := b.Inspect(ctx, sheets[i], bag)
		mu.Lock()
		defer mu.Unlock()
		if problem := (Problem{}); errors.As(err, &problem) && problem.At.File != "" {
			problems = append(problems, problem)
		} else if err != nil && failed == nil {
			failed = err
		}
		done++
		w.Progress(done, len(sheets))
		return failed == nil
	})
	return bag.List(), problems, failed
}

// Inspect looks at a sheet as it comes to paper. Findings go to bag; the error is
// a [Problem] of the machine.
func (b *Browser) Inspect(ctx context.Context, s Sheet, bag *diag.Bag) error {
	d := Document{Name: s.Path, Sheets: []Sheet{s}}
	err := b.with(ctx, func(v *visit) error {
		// Rows are laid out as wide as the paper is, as they will be in print.
		w, h := math.Ceil(s.Width*pixelsPerMM), math.Ceil(s.Height*pixelsPerMM)
		_, err := chromedp.Call(v.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(w), Height: int64(h), DeviceScaleFactor: 1})
		if err == nil {
			err = b.compose(v, d, Form{})
		}
		if err != nil {
			return err
		}
		boxes, err := ask[[]measured](v, "measure")
		if err != nil {
			return err
		}
		// How the pages break does not depend on what can be seen; most of the time
		// of printing is spent on putting fonts into the file.
		if _, err := ask[bool](v, "hide"); err != nil {
			return err
		}
		pdf, err := chromedp.Run(v.ctx, printing)
		if err != nil {
			return err
		}
		judgePages(s, Boxes(pdf), len(boxes), bag)
		for i, m := range boxes {
			judge(s, m, i == 0, bag)
		}
		return nil
	})
	if err != nil {
		return explain(err, d)
	}
	return nil
}

const pixelsPerMM = 96 / 25.4

// judgePages compares the printed pages with the boxes of the sheet.
func judgePages(s Sheet, pages []Box, boxes int, bag *diag.Bag) {
	if len(pages) > boxes {
		bag.Addf(rulePages, s.At, "“%s”应该是 %d 张，打印出来是 %d 张", s.Title, boxes, len(pages))
	}
	for _, p := range pages {
		if math.Abs(p.Width-s.Width*pointsPerMM) > boxTolerance || math.Abs(p.Height-s.Height*pointsPerMM) > boxTolerance {
			bag.Addf(ruleSize, s.At, "“%s”应该是 %s × %s 毫米，打印出来是 %.1f × %.1f 毫米", s.Title, number(s.Width), number(s.Height), p.Width/pointsPerMM, p.Height/pointsPerMM)
			return
		}
	}
}

// judge looks at one box of a sheet. Only the first has to be full: the last of
// a list has what is left.
func judge(s Sheet, m measured, first bool, bag *diag.Bag) {
	if len(m.Beyond) > 0 {
		bag.Addf(ruleBeyond, s.At, "“%s”有内容超出纸边：%s", s.Title, quoted(m.Beyond))
	}
	if len(m.Overflowing) > 0 {
		bag.Addf(ruleBeyond, s.At, "“%s”有内容超出自己的框：%s", s.Title, quoted(m.Overflowing))
	}
	if len(m.Pale) > 0 {
		bag.Addf(rulePale, s.At, "“%s”有字和底色太接近，看不清：%s", s.Title, quoted(m.Pale))
	}
	if m.Smallest < s.Legible()-0.01 {
		bag.Addf(ruleSmall, s.At, "“%s”最小的字“%s”只有 %.1f 毫米（%.0f 磅），站在 %.1f 米外看至少要 %.1f 毫米（%.0f 磅）",
			s.Title, m.SmallestText, m.Smallest, m.Smallest*pointsPerMM, s.Distance()/1000, s.Legible(), math.Ceil(s.Legible()*pointsPerMM))
	}
	if full := covered(m.Rows, s.Height*bridged) / s.Height; first && full < fullEnough {
		bag.Addf(ruleEmpty, s.At, "“%s”的内容只占纸高的 %.0f%%", s.Title, full*100)
	}
}

func quoted(list []string) string { return "“" + strings.Join(list, "”“") + "”" }

// covered is the height that rows take together; gaps up to that size between
// them belong to it.
func covered(rows [][2]float64, gap float64) float64 {
	slices.SortFunc(rows, func(a, b [2]float64) int {
		return cmp.Compare(a[0], b[0])
	})
	sum, end := 0.0, math.Inf(-1)
	for _, r := range rows {
		from := max(r[0], end)
		if r[0]-end <= gap && !math.IsInf(end, -1) {
			from = end
		}
		sum += max(0, r[1]-from)
		end = max(end, r[1])
	}
	return sum
}
