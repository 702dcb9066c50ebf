package poster

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Printed is a document as PDF.
type Printed struct {
	PDF    []byte
	Boxes  []Box    // of its pages
	Loaded []string // files of the site that it shows, sorted
}

// job is what page.js needs to know of a document.
type job struct {
	Number   int64      `json:"number"` // of the document in this browser
	Ink      bool       `json:"ink"`
	Bleed    float64    `json:"bleed"`
	Composed bool       `json:"composed"`
	Links    bool       `json:"links"`
	Sheets   []jobSheet `json:"sheets"`
}

type jobSheet struct {
	URL    string  `json:"url"`
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Leaves []leaf  `json:"leaves"`
}

// Print prints a document. The error is a [Problem] when the machine or the
// document does not allow it.
func (b *Browser) Print(ctx context.Context, d Document, f Form) (*Printed, error) {
	var out Printed
	err := b.with(ctx, func(v *visit) error {
		if err := b.compose(v, d, f); err != nil {
			return err
		}
		data, err := chromedp.Run(v.ctx, printing)
		if err != nil {
			return err
		}
		Normalize(data)
		v.mu.Lock()
		defer v.mu.Unlock()
		out = Printed{PDF: data, Boxes: Boxes(data), Loaded: slices.Sorted(maps.Keys(v.loaded))}
		return nil
	})
	if err != nil {
		return nil, explain(err, d)
	}
	return &out, nil
}

// printing prints what the tab shows: pages of the size that the style sheet
// says, with colours, without margins.
var printing = chromedp.PrintToPDF(chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize(), chromedp.PDFMargin(0), tagged)

// tagged asks for a PDF that can be read aloud, and for no outline: a sheet has
// one page.
func tagged(p *page.PrintToPDFParams) {
	yes, no := true, false
	p.GenerateTaggedPDF, p.GenerateDocumentOutline = &yes, &no
}

// explain puts an error of the browser into words.
func explain(err error, d Document) error {
	if _, ok := err.(Problem); ok || err == context.Canceled {
		return err
	}
	return Problem{Message: fmt.Sprintf("“%s”打印不出来：浏览器没有答复（%s）", d.Name, brief(err)), Hint: "再运行一次；还是这样，就用 --jobs 1，或者换一个浏览器"}
}

// compose shows the document in the tab as it is to be printed.
func (b *Browser) compose(v *visit, d Document, f Form) error {
	j := job{Number: b.number.Add(1), Ink: f.InkSaving, Composed: f.composed() || len(d.Sheets) > 1, Links: b.base.Host != nowhere}
	if f.Bleed {
		j.Bleed = bleedWidth
	}
	for _, s := range d.Sheets {
		js := jobSheet{URL: b.address(s.Path), Width: s.Width, Height: s.Height}
		if f.composed() {
			js.Leaves = f.leaves(s)
		}
		j.Sheets = append(j.Sheets, js)
	}
	if err := b.open(v, d.Sheets[0].Path); err != nil {
		return err
	}
	n, err := ask[int](v, "compose", j)
	if err != nil {
		return err
	}
	if n >= 0 {
		return Problem{fmt.Sprintf("“%s”一页放不下，不能放大、拼接或加出血", d.Sheets[n].Title), "先把内容减到一页；biandan check --print 会指出是哪里", d.Sheets[n].At, true}
	}
	return b.checkLetters(v, d)
}

// checkFonts wants a Chinese font on the machine.
func (b *Browser) checkFonts(ctx context.Context) error {
	return b.with(ctx, func(v *visit) error {
		none, err := ask[string](v, "missing", "汉字党员")
		if err == nil && none != "" {
			return Problem{Message: "这台机器上没有中文字体，印出来都是方框", Hint: mendFonts}
		}
		return err
	})
}

const mendFonts = "安装思源黑体和思源宋体（Debian、Ubuntu：sudo apt install fonts-noto-cjk；Windows 和 macOS 自带中文字体）"

// checkLetters wants a glyph for every character of the document. Which font has
// it does not matter: a browser looks in all of them.
func (b *Browser) checkLetters(v *visit, d Document) error {
	letters, err := ask[string](v, "letters")
	if err != nil {
		return err
	}
	unknown := b.unknown(letters)
	if unknown == "" {
		return nil
	}
	none, err := ask[string](v, "missing", unknown)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range unknown {
		b.known[r] = !strings.ContainsRune(none, r)
	}
	if none == "" {
		return nil
	}
	var names []string
	for _, r := range none {
		names = append(names, fmt.Sprintf("“%c”（U+%04X）", r, r))
	}
	return Problem{fmt.Sprintf("这台机器上没有一种字体有%s，印出来是方框", strings.Join(names, "、")),
		"安装收字多的字体（如 fonts-noto-cjk、遍黑体、花园明朝），或者核对这个字是不是打错了；自造字不能用", d.Sheets[0].At, false}
}

// unknown returns the characters that nobody has looked for yet. Spaces and
// marks that join others have no shape of their own.
func (b *Browser) unknown(letters string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Map(func(r rune) rune {
		if b.known[r] || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Z, unicode.M) {
			return -1
		}
		return r
	}, letters)
}
