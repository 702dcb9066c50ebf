package poster

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// screen is what the tab shows, at so many pixels for a millimetre.
func screen(t *testing.T, v *visit, x, y, width, height, perMM float64) *image.Gray {
	t.Helper()
	beyond := true
	shot, err := chromedp.Call(v.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{X: x, Y: y, Width: width, Height: height, Scale: perMM / pixelsPerMM}})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	gray := image.NewGray(picture.Bounds())
	draw.Draw(gray, gray.Rect, picture, image.Point{}, draw.Src)
	return gray
}

// rectOf is where an element of the page is, in its pixels.
func rectOf(t *testing.T, v *visit, expression string) [4]float64 {
	t.Helper()
	r, err := chromedp.Run(v.ctx, chromedp.Evaluate[[]float64]("(r => [r.x + scrollX, r.y + scrollY, r.width, r.height])("+expression+".getBoundingClientRect())"))
	if err != nil {
		t.Fatal(err)
	}
	return [4]float64(r)
}

// rastered draws the pages of a PDF, at so many dots per inch, with a program
// that has nothing to do with the browser.
func rastered(t *testing.T, pdf []byte, dpi float64) []*image.Gray {
	t.Helper()
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("no pdftoppm (poppler-utils) on this machine: what is printed is not looked at")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", fmt.Sprint(dpi), "-gray", filepath.Join(dir, "a.pdf"), filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatal(string(out), err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "p-*.pgm")) // in the order of the pages
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	var pages []*image.Gray
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var w, h int
		if _, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P5\n%d %d\n255\n", &w, &h); err != nil {
			t.Fatal(f, err)
		}
		pages = append(pages, &image.Gray{Pix: data[len(data)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)})
	}
	return pages
}

//
//go:norace
func paste(to, from *image.Gray, x, y int) {
	for py := range from.Rect.Max.Y {
		for px := range from.Rect.Max.X {
			if image.Pt(x+px, y+py).In(to.Rect) {
				to.SetGray(x+px, y+py, from.GrayAt(px, py))
			}
		}
	}
}

// What goes through all points of a picture does so without the race detector: it
// works alone, and millions of times.

// near reports whether the picture has about that shade at most so many pixels
// from a point, or a mixture of the shades there, as at the edge of a line.
//
//go:norace
func near(p *image.Gray, x, y int, shade uint8, reach int) bool {
	const tolerance = 48
	lightest, darkest := -1, 256
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			if at := image.Pt(x+dx, y+dy); at.In(p.Rect) {
				lightest, darkest = max(lightest, int(p.GrayAt(at.X, at.Y).Y)), min(darkest, int(p.GrayAt(at.X, at.Y).Y))
				if darkest-tolerance <= int(shade) && int(shade) <= lightest+tolerance {
					return true
				}
			}
		}
	}
	return false
}
