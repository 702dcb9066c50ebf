package poster

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rsc.io/qr/coding"

	"biandan/generator/build"
)

// TestCodesAreDrawnAsTheyAre reads the modules of the code on each kind of sheet
// back from what the browser draws.
func TestCodesAreDrawnAsTheyAre(t *testing.T) {
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	for _, s := range firstOf(sheetsOf(tree)) {
		text := codeOf(tree, s)
		want := modules(t, text)
		err := b.with(t.Context(), func(v *visit) error {
			if err := b.open(v, s.Path); err != nil {
				return err
			}
			r := rectOf(t, v, `document.querySelector(".qr svg")`)
			if got := read(screen(t, v, r[0], r[1], r[2], r[3], 10), len(want)+8); !slices.EqualFunc(want, got, slices.Equal[[]bool]) {
				t.Errorf("%s: the code is not that of %s", s.Path, text)
			}
			if module := r[2] / pixelsPerMM / float64(len(want)+8); module < 0.5 {
				t.Errorf("%s: modules of %.2f mm", s.Path, module)
			}
			return nil
		})
		if err != nil {
			t.Error(s.Path, err)
		}
	}
}

// codeOf is what the code on a sheet says.
func codeOf(tree *build.Tree, sheet Sheet) string {
	i := slices.IndexFunc(tree.Sheets(), func(s build.Sheet) bool { return s.Path == sheet.Path })
	return tree.Sheets()[i].View().QR.Text
}

// modules are those of the code of a text at level Q.
func modules(t *testing.T, text string) [][]bool {
	t.Helper()
	for v := coding.Version(1); v <= coding.MaxVersion; v++ {
		if p, err := coding.NewPlan(v, coding.Q, 0); err == nil && coding.String(text).Bits(v) <= v.DataBytes(coding.Q)*8 {
			c, err := p.Encode(coding.String(text))
			if err != nil {
				t.Fatal(err)
			}
			rows := make([][]bool, c.Size)
			for y := range rows {
				for x := range c.Size {
					rows[y] = append(rows[y], c.Black(x, y))
				}
			}
			return rows
		}
	}
	t.Fatal("no code for", text)
	return nil
}

// read samples the middle of each module of a picture of a code, and drops the
// quiet zone.
func read(p *image.Gray, size int) [][]bool {
	const quiet = 4
	step := float64(p.Rect.Max.X) / float64(size)
	rows := make([][]bool, size-2*quiet)
	for y := range rows {
		for x := range rows {
			rows[y] = append(rows[y], p.GrayAt(int((float64(x+quiet)+.5)*step), int((float64(y+quiet)+.5)*step)).Y < 128)
		}
	}
	return rows
}

// TestCodesOnPaper reads the codes from the PDFs as a phone would, where the
// programs for that are installed.
func TestCodesOnPaper(t *testing.T) {
	for _, name := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name, "is not installed; the codes are read back from the screen")
		}
	}
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	for _, sheet := range firstOf(sheetsOf(tree)) {
		p, err := b.Print(t.Context(), Document{Name: sheet.Path, Sheets: []Sheet{sheet}}, Form{})
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "sheet")
		if err := os.WriteFile(name+".pdf", p.PDF, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := exec.Command("pdftoppm", "-r", "150", "-png", name+".pdf", name).Run(); err != nil {
			t.Fatal(err)
		}
		pages, err := filepath.Glob(name + "-*.png") // the code stands on the last
		if err != nil || len(pages) == 0 {
			t.Fatal(pages, err)
		}
		text, err := exec.Command("zbarimg", "-q", "--raw", pages[len(pages)-1]).Output()
		if err != nil || strings.TrimSpace(string(text)) != codeOf(tree, sheet) {
			t.Errorf("%s: the code says %q, %v", sheet.Path, text, err)
		}
	}
}
