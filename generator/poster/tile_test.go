package poster

import (
	"image"
	"image/draw"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestTilesMakeThePoster draws the PDF of a tiled poster, cuts its pages at their
// marks, puts them together and compares that with the PDF of the whole poster:
// within a millimetre, all must agree.
func TestTilesMakeThePoster(t *testing.T) {
	const perMM = 3
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	posters := slices.DeleteFunc(sheetsOf(tree), func(s Sheet) bool { return !strings.HasPrefix(s.Path, "sheets/months/") })
	for _, c := range []struct {
		size, tile    string
		width, height int
		pages         int // with the plan of assembly
	}{{"a2", "a4", 420, 594, 9}, {"a1", "a3", 594, 841, 9}} {
		size, _ := ParsePaper(c.size)
		tile, _ := ParsePaper(c.tile)
		form := Form{Size: size, Tile: tile}
		drawn := func(f Form) []*image.Gray {
			p, err := b.Print(t.Context(), Document{Name: c.size, Sheets: posters[:1]}, f)
			if err != nil {
				t.Fatal(err)
			}
			return rastered(t, p.PDF, perMM*25.4)
		}
		whole, pages, list := drawn(Form{Size: size}), drawn(form), form.leaves(posters[0])
		if len(whole) != 1 || len(pages) != c.pages || len(list) != c.pages {
			t.Fatalf("%s on %s: %d and %d pages", c.size, c.tile, len(whole), len(pages))
		}
		joined := image.NewGray(image.Rect(0, 0, c.width*perMM, c.height*perMM))
		draw.Draw(joined, joined.Rect, image.White, image.Point{}, draw.Src)
		for i, l := range list[1:] {
			cutAtMarks(t, joined, pages[i+1], l, perMM)
		}
		share := differing(joined, whole[0], perMM)
		t.Logf("%s on %s: %.3f%% differ", c.size, c.tile, share*100)
		if share > 0.0005 {
			t.Errorf("%s on %s: %.2f%% of the joined poster is not where it should be", c.size, c.tile, share*100)
		}
	}
}

// cutAtMarks cuts a page at the ticks on its left and upper side, and puts it in
// its place over its neighbours.
//
//go:norace
func cutAtMarks(t *testing.T, joined, page *image.Gray, l leaf, perMM int) {
	t.Helper()
	x, y := firstTick(page, perMM, true), firstTick(page, perMM, false)
	if math.Abs(float64(x)/float64(perMM)-l.Window[0]) > 0.6 || math.Abs(float64(y)/float64(perMM)-l.Window[1]) > 0.6 {
		t.Fatalf("the ticks are at %d, %d pixels, the window begins at %v mm", x, y, l.Window[:2])
	}
	part := image.NewGray(image.Rect(0, 0, int(math.Round(l.Window[2]*float64(perMM))), int(math.Round(l.Window[3]*float64(perMM)))))
	for py := range part.Rect.Max.Y {
		for px := range part.Rect.Max.X {
			part.SetGray(px, py, page.GrayAt(x+px, y+py))
		}
	}
	paste(joined, part, int(math.Round((l.Window[0]-l.X)*float64(perMM))), int(math.Round((l.Window[1]-l.Y)*float64(perMM))))
}

// firstTick is where the first tick in the upper or left margin of a page is, in
// pixels; -1 when there is none.
//
//go:norace
func firstTick(page *image.Gray, perMM int, across bool) int {
	for at := range 20 * perMM {
		dark := true
		for d := 5 * perMM; d < 7*perMM; d++ {
			shade := page.GrayAt(at, d).Y
			if !across {
				shade = page.GrayAt(d, at).Y
			}
			dark = dark && shade < 230 // a tick is thinner than a pixel
		}
		if dark {
			return at
		}
	}
	return -1
}

// differing is the share of points that one picture does not have within a
// millimetre of where the other has them.
//
//go:norace
func differing(one, other *image.Gray, perMM int) float64 {
	wrong := 0
	for y := range one.Rect.Max.Y {
		for x := range one.Rect.Max.X {
			if !near(other, x, y, one.GrayAt(x, y).Y, perMM) || !near(one, x, y, other.GrayAt(x, y).Y, perMM) {
				wrong++
			}
		}
	}
	return float64(wrong) / float64(len(one.Pix))
}
