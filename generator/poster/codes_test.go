package poster

import (
	"flag"
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"biandan/generator/build"
)

// everySheet asks the tests of this package for all sheets of the demonstration
// site: go test ./generator/poster -run Codes -every
var everySheet = flag.Bool("every", false, "look at every sheet of the demonstration site, not at one of each kind")

// looked are the sheets that a test looks at.
func looked(tree *build.Tree) []Sheet {
	if *everySheet {
		return sheetsOf(tree)
	}
	return firstOf(sheetsOf(tree))
}

// decoded is what the code in a picture says, read by a decoder that is not ours.
// It looks a second time with the picture turned, as one turns a phone: the
// decoder takes a pattern of the text for that of a corner now and then.
func decoded(p *image.Gray) (text string, err error) {
	for _, look := range []*image.Gray{p, turned(p)} {
		var bitmap *gozxing.BinaryBitmap
		if bitmap, err = gozxing.NewBinaryBitmapFromImage(look); err != nil {
			return "", err
		}
		var r *gozxing.Result
		if r, err = qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}); err == nil {
			return r.GetText(), nil
		}
	}
	return "", err
}

// turned is a picture turned by a quarter.
//
//go:norace
func turned(p *image.Gray) *image.Gray {
	t := image.NewGray(image.Rect(0, 0, p.Rect.Dy(), p.Rect.Dx()))
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			t.SetGray(p.Rect.Dy()-1-y, x, p.GrayAt(p.Rect.Min.X+x, p.Rect.Min.Y+y))
		}
	}
	return t
}

// codeOf is what the code on a sheet should say.
func codeOf(tree *build.Tree, sheet Sheet) string {
	i := slices.IndexFunc(tree.Sheets(), func(s build.Sheet) bool { return s.Path == sheet.Path })
	return tree.Sheets()[i].View().QR.Text
}

// TestCodesLeadToPages reads the code on each sheet from a screenshot and from
// the PDF at 150 dots per inch: both are the address of a page of the site.
func TestCodesLeadToPages(t *testing.T) {
	const dpi = 150
	const address = "https://hongbiandan.example/"
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	read := 0
	for _, s := range looked(tree) {
		check := func(where string, p *image.Gray) {
			text, err := decoded(p)
			path, inside := strings.CutPrefix(text, address)
			if err != nil || !inside {
				t.Errorf("%s: the code %s says %q, %v", s.Path, where, text, err)
				return
			}
			if _, _, there := tree.File(path + "index.html"); !there || text != codeOf(tree, s) {
				t.Errorf("%s: the code %s leads to %s, where nothing is", s.Path, where, text)
			}
			read++
		}
		err := b.with(t.Context(), func(v *visit) error {
			if err := b.compose(v, Document{Sheets: []Sheet{s}}, Form{}); err != nil {
				return err
			}
			r := rectOf(t, v, `document.querySelector(".qr svg")`)
			check("on the screen", screen(t, v, r[0], r[1], r[2], r[3], dpi/25.4))
			modules, err := chromedp.Run(v.ctx, chromedp.Evaluate[float64](`document.querySelector(".qr svg").viewBox.baseVal.width`))
			if module := r[2] / pixelsPerMM / modules; err != nil || module < 0.5-1e-3 || module > 5 {
				t.Errorf("%s: modules of %.2f mm, %v", s.Path, module, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(s.Path, err)
		}
		p, err := b.Print(t.Context(), Document{Name: s.Path, Sheets: []Sheet{s}}, Form{})
		if err != nil {
			t.Fatal(s.Path, err)
		}
		pages := rastered(t, p.PDF, dpi)
		check("on paper", pages[len(pages)-1]) // it stands on the last
	}
	t.Logf("%d codes were read", read)
}
