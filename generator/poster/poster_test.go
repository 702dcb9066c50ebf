package poster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/image/font/gofont/goregular"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/themes"
)

// program is the browser of this machine; without one the test is skipped.
func program(t *testing.T) string {
	t.Helper()
	p, err := Find(Machine{System: runtime.GOOS, Env: os.Getenv, Look: func(file string) (string, bool) {
		p, err := exec.LookPath(file)
		return p, err == nil
	}})
	if err != nil {
		t.Skip("no Chromium, Chrome or Edge on this machine: nothing is printed")
	}
	return p
}

// demonstration is the demonstration site in memory, built once for all tests.
func demonstration(t *testing.T) *build.Tree {
	t.Helper()
	tree, err := demonstrationOnce()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

var demonstrationOnce = sync.OnceValues(func() (*build.Tree, error) {
	bag := &diag.Bag{}
	s, _, err := source.Open(filepath.Join("..", ".."), bag) // pages are made when they are asked for
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "poster-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	session := build.NewSession(dir, digest.Sum{})
	tree, r := session.Build(context.Background(), s, build.Options{Themes: themes.FS}, bag.List(), nil)
	if tree == nil {
		return nil, fmt.Errorf("%v", r.Diags)
	}
	return tree, nil
})

func sheetsOf(tree *build.Tree) []Sheet {
	var list []Sheet
	for _, s := range tree.Sheets() {
		v := s.View()
		list = append(list, Sheet{Path: s.Path, Title: v.PageTitle, At: s.At, Width: float64(v.Width), Height: float64(v.Height)})
	}
	return list
}

// firstOf returns one sheet of each folder of sheets.
func firstOf(all []Sheet) []Sheet {
	byFolder := map[string]Sheet{}
	for _, s := range all {
		folder := strings.Split(s.Path, "/")[1]
		if _, ok := byFolder[folder]; !ok {
			byFolder[folder] = s
		}
	}
	var list []Sheet
	for _, folder := range slices.Sorted(maps.Keys(byFolder)) {
		list = append(list, byFolder[folder])
	}
	return list
}

func documents(sheets []Sheet) []Document {
	var list []Document
	for _, s := range sheets {
		list = append(list, Document{Name: strings.ReplaceAll(strings.TrimSuffix(s.Path, "/index.html"), "/", "-") + ".pdf", Sheets: []Sheet{s}})
	}
	return list
}

// TestSheetsArePrintedOnce prints sheets of the demonstration site: pages of
// exactly their size. The second time no browser is started, as there is none.
func TestSheetsArePrintedOnce(t *testing.T) {
	tree := demonstration(t)
	all := looked(tree)
	w := Work{Tree: tree, Documents: documents(all), Address: "https://hongbiandan.example/", Program: program(t), Folder: t.TempDir(), CacheDir: t.TempDir(),
		Stays: func(string) bool { return false }, Progress: func(int, int) {}}
	r, err := Run(t.Context(), w)
	if err != nil || r.Printed != len(all) || len(r.Problems)+len(r.Diags) > 0 {
		t.Fatal(r, err)
	}
	for i, s := range all {
		pdf, err := os.ReadFile(filepath.Join(w.Folder, w.Documents[i].Name))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range Boxes(pdf) {
			if math.Abs(b.Width-s.Width*pointsPerMM) > boxTolerance || math.Abs(b.Height-s.Height*pointsPerMM) > boxTolerance {
				t.Errorf("%s: a page of %v pt", s.Path, b)
			}
		}
		for _, want := range []string{"/Lang (zh-CN)", "/Title <FEFF", "/MarkInfo", Mark, "/ToUnicode"} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("%s: no %s", s.Path, want)
			}
		}
		if bytes.Contains(pdf, []byte("/Outlines")) || len(Boxes(pdf)) == 0 {
			t.Errorf("%s: an outline, or no pages", s.Path)
		}
	}
	again := w
	again.Program = filepath.Join(t.TempDir(), "no-browser")
	if r, err := Run(t.Context(), again); err != nil || r.Printed != 0 {
		t.Error("a second run prints:", r, err)
	}
	again.Folder = t.TempDir()
	if r, err := Run(t.Context(), again); err != nil || r.Printed != 0 {
		t.Error("to another folder it prints:", r, err)
	}
}

// TestTheSameBytesAgain prints some sheets in every form, twice: with another
// browser, another number of tabs and another order the PDFs are the same.
func TestTheSameBytesAgain(t *testing.T) {
	tree := demonstration(t)
	some := firstOf(sheetsOf(tree))
	a4, _ := ParsePaper("a4")
	a3, _ := ParsePaper("a3")
	for _, f := range []Form{{}, {InkSaving: true}, {Bleed: true}, {Size: a3, Tile: a4}} {
		list := some[1:3]
		if f == (Form{}) {
			list = some
		}
		w := Work{Tree: tree, Documents: documents(list), Form: f, Address: "https://hongbiandan.example/", Program: program(t), Stays: func(string) bool { return false }, Progress: func(int, int) {}}
		if f == (Form{}) {
			w.Documents = append(w.Documents, Document{Name: "all.pdf", Sheets: some})
		}
		one := pdfsOf(t, w)
		w.Jobs = 1
		slices.Reverse(w.Documents)
		two := pdfsOf(t, w)
		for _, d := range w.Documents {
			name := strings.TrimSuffix(d.Name, ".pdf") + f.Suffix() + ".pdf"
			if len(one[name]) == 0 || !bytes.Equal(one[name], two[name]) {
				t.Errorf("%s differs the next time: %d and %d bytes", name, len(one[name]), len(two[name]))
			}
		}
	}
}

// TestLettersDoNotDependOnWhatWasPrintedBefore prints a sheet alone, and after one whose
// letters are larger by a hundredth of a pixel.
func TestLettersDoNotDependOnWhatWasPrintedBefore(t *testing.T) {
	pages := map[string][]byte{}
	for p, pixels := range map[string]string{"a/index.html": "18.705", "b/index.html": "18.715"} {
		pages[p] = []byte(small + `<article class="sheet" style="font-size:` + pixels + `px">党员 2026</article>`)
	}
	print := func(paths ...string) (last []byte) {
		b := started(t, func(p string) ([]byte, bool) { return pages[p], pages[p] != nil })
		for _, p := range paths {
			sheet := smallSheet
			sheet.Path = p
			printed, err := b.Print(t.Context(), Document{Name: "a.pdf", Sheets: []Sheet{sheet}}, Form{})
			if err != nil {
				t.Fatal(err)
			}
			last = printed.PDF
		}
		return last
	}
	if alone, after := print("a/index.html"), print("b/index.html", "a/index.html"); !bytes.Equal(alone, after) {
		t.Errorf("alone it has %d bytes, after the other %d", len(alone), len(after))
	}
}

// pdfsOf are the PDFs of a work by their names, printed by a browser of its own.
func pdfsOf(t *testing.T, w Work) map[string][]byte {
	t.Helper()
	w.Folder, w.CacheDir = t.TempDir(), t.TempDir()
	r, err := Run(t.Context(), w)
	if err != nil || r.Printed != len(w.Documents) {
		t.Fatal(r, err)
	}
	pdfs := map[string][]byte{}
	files, err := filepath.Glob(filepath.Join(w.Folder, "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if pdfs[filepath.Base(f)], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	return pdfs
}

// started is a browser that sees the files.
func started(t *testing.T, files Files) *Browser {
	t.Helper()
	b, err := Start(t.Context(), Setup{Program: program(t), Address: "https://hongbiandan.example/", Files: files, Tabs: 1, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func filesOf(tree *build.Tree) Files {
	return func(p string) ([]byte, bool) {
		data, _, ok := tree.File(p)
		return data, ok
	}
}

func onePage(html string) Files {
	return func(p string) ([]byte, bool) { return []byte(html), p == "a/index.html" }
}

const small = `<!doctype html><html lang="zh-CN"><title>张贴</title><style>@page{size:100mm 150mm;margin:0}body{margin:0}.sheet{width:100mm;height:150mm}@media print{.sheet+.sheet{break-before:page}}</style><main>`

var smallSheet = Sheet{Path: "a/index.html", Title: "张贴", At: diag.Pos{File: "content/a.md", Line: 2}, Width: 100, Height: 150}

// TestTheBrowserSeesOnlyTheSite opens a page that wants things from elsewhere.
func TestTheBrowserSeesOnlyTheSite(t *testing.T) {
	asked := []string{}
	page := onePage(small + `<article class="sheet">字<img src="https://elsewhere.example/x.png"><img src="file:///etc/hosts"><img src="../b.png"><link rel="stylesheet" href="//elsewhere.example/x.css"></article><script src="../x.js"></script><script>document.title = "脚本"</script>`)
	b := started(t, func(p string) ([]byte, bool) {
		asked = append(asked, p)
		return page(p)
	})
	p, err := b.Print(t.Context(), Document{Name: "a.pdf", Sheets: []Sheet{smallSheet}}, Form{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a/index.html", "b.png"}; !slices.Equal(p.Loaded, want) || !slices.Equal(slices.Sorted(slices.Values(asked)), want) {
		t.Errorf("loaded %v, asked for %v", p.Loaded, asked)
	}
	if bytes.Contains(p.PDF, []byte("/Title <FEFF811A672C>")) {
		t.Error("a script of the page ran")
	}
}

// TestFarPicturesAreLoaded wants a picture that no screen would show yet.
func TestFarPicturesAreLoaded(t *testing.T) {
	b := started(t, onePage(small+`<article class="sheet" style="height:9000mm">字<img src="../b.png" loading="lazy" style="position:absolute;top:8900mm"></article>`))
	p, err := b.Print(t.Context(), Document{Name: "a.pdf", Sheets: []Sheet{smallSheet}}, Form{})
	if err != nil || !slices.Contains(p.Loaded, "b.png") {
		t.Error("not loaded:", err)
	}
	// Such a sheet cannot be cut up.
	_, err = b.Print(t.Context(), Document{Name: "a.pdf", Sheets: []Sheet{smallSheet}}, Form{Bleed: true})
	if problem := (Problem{}); !errors.As(err, &problem) || problem.At != smallSheet.At {
		t.Error("cut up:", err)
	}
}

// TestSheetsOfAStationAreOneDocument prints sheets of two sizes into one PDF.
func TestSheetsOfAStationAreOneDocument(t *testing.T) {
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	others := func(s Sheet) bool { return !strings.HasPrefix(s.Path, "sheets/months/") } // some are of several sheets each
	list := slices.DeleteFunc(sheetsOf(tree), others)[:3]
	list[0].Width, list[0].Height = 210, 297
	list[1].Width, list[1].Height = 297, 420
	list[2].Width, list[2].Height = 210, 297
	p, err := b.Print(t.Context(), Document{Name: "station.pdf", Sheets: list}, Form{})
	if err != nil {
		t.Fatal(err)
	}
	var widths []int
	for _, box := range p.Boxes {
		widths = append(widths, int(math.Round(box.Width/pointsPerMM)))
	}
	if !slices.Equal(widths, []int{210, 297, 210}) {
		t.Errorf("pages %v mm wide", widths)
	}
	for _, s := range list {
		if !slices.Contains(p.Loaded, s.Path) {
			t.Errorf("%s was not loaded", s.Path)
		}
	}
}

// TestNoFontHasTheLetter wants a problem at the file, not a box on paper, and
// the old PDF left in its place.
func TestNoFontHasTheLetter(t *testing.T) {
	folder := t.TempDir()
	tree := &oneFile{small + "<article class=sheet>党</article>"}
	w := Work{Tree: tree, Documents: documents([]Sheet{smallSheet}), Program: program(t), Folder: folder, CacheDir: t.TempDir(), Stays: func(string) bool { return false }, Progress: func(int, int) {}}
	if r, err := Run(t.Context(), w); err != nil || r.Printed != 1 {
		t.Fatal(r, err)
	}
	tree.html = small + "<article class=sheet>党\U0010FFF1</article>"
	r, err := Run(t.Context(), w)
	if err != nil || len(r.Problems) != 1 || r.Problems[0].At != smallSheet.At || !strings.Contains(r.Problems[0].Message, "U+10FFF1") {
		t.Fatal(r, err)
	}
	if pdfs, _ := filepath.Glob(filepath.Join(folder, "*.pdf")); len(pdfs) != 1 {
		t.Errorf("left: %v", pdfs)
	}
}

// oneFile is a tree of one page.
type oneFile struct{ html string }

func (o *oneFile) Key(p string) (digest.Sum, bool) {
	return digest.Of(o.html), p == smallSheet.Path
}

func (o *oneFile) File(p string) ([]byte, diag.List, bool) {
	return []byte(o.html), nil, p == smallSheet.Path
}

// TestNoChineseFont starts the browser on a machine that has a Latin font only.
func TestNoChineseFont(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("fonts are hidden by fontconfig")
	}
	browser, dir := program(t), t.TempDir()
	config := "<?xml version=\"1.0\"?><fontconfig><dir>" + dir + "</dir><cachedir>" + dir + "</cachedir></fontconfig>"
	for name, data := range map[string][]byte{"fonts.conf": []byte(config), "go.ttf": goregular.TTF} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("FONTCONFIG_FILE", filepath.Join(dir, "fonts.conf"))
	_, err := Start(t.Context(), Setup{Program: browser, Files: onePage(small), Tabs: 1, CacheDir: t.TempDir()})
	if problem := (Problem{}); !errors.As(err, &problem) || !strings.Contains(problem.Message, "没有中文字体") || problem.Hint == "" {
		t.Errorf("got %v", err)
	}
}

// TestBleed wants the ground of a sheet to reach three millimetres over its
// edge, and white around that.
func TestBleed(t *testing.T) {
	b := started(t, onePage(small+`<article class="sheet" style="background:#b71c1c">字</article>`))
	err := b.with(t.Context(), func(v *visit) error {
		if err := b.compose(v, Document{Sheets: []Sheet{smallSheet}}, Form{Bleed: true}); err != nil {
			return err
		}
		r := rectOf(t, v, `document.querySelector(".biandan-leaf")`)
		if w, h := r[2]/pixelsPerMM, r[3]/pixelsPerMM; math.Abs(w-120) > .1 || math.Abs(h-170) > .1 {
			t.Errorf("a page of %v × %v", w, h)
		}
		picture := screen(t, v, r[0], r[1], r[2], r[3], 4)
		for _, c := range []struct {
			x, y  float64 // millimetres
			white bool
		}{{60, 11, false}, {60, 8, false}, {60, 6.5, true}, {8, 80, false}, {112, 80, false}, {114, 80, true}, {60, 162, false}, {60, 164, true}, {10, 3, false}, {3, 10, false}} {
			// A mark is thinner than a pixel: look for the darkest one around.
			if got := darkest(picture, int(c.x*4), int(c.y*4)) > 200; got != c.white {
				t.Errorf("at %v, %v white is %v", c.x, c.y, got)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

//
//go:norace
func darkest(p *image.Gray, x, y int) uint8 {
	least := uint8(255)
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			least = min(least, p.GrayAt(x+dx, y+dy).Y)
		}
	}
	return least
}

// filledSquare finds a black square with sides of so many pixels, which no letter
// and no module of a code has.
//
//go:norace
func filledSquare(p *image.Gray, side float64) (x, y int, found bool) {
	n := int(side)
	isFilled := func(x, y int) bool {
		for dy := range n {
			for dx := range n {
				if p.GrayAt(x+dx, y+dy).Y > 128 {
					return false
				}
			}
		}
		return true
	}
	for y := 0; y+n <= p.Rect.Dy(); y += n / 3 {
		for x := 0; x+n <= p.Rect.Dx(); x += n / 3 {
			if isFilled(x, y) {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}

// TestLittleInk wants no colour, no filled areas and little black: on a list of
// large letters the letters themselves are an eighth of the paper.
func TestLittleInk(t *testing.T) {
	tree := demonstration(t)
	b := started(t, filesOf(tree))
	for _, sheet := range firstOf(sheetsOf(tree)) {
		err := b.with(t.Context(), func(v *visit) error {
			if err := b.compose(v, Document{Sheets: []Sheet{sheet}}, Form{InkSaving: true}); err != nil {
				return err
			}
			r := rectOf(t, v, `document.querySelector(".sheet")`)
			picture := screen(t, v, r[0], r[1], r[2], r[3], 2)
			sum := 0
			for _, shade := range picture.Pix {
				sum += 255 - int(shade)
			}
			if ink := float64(sum) / 255 / float64(len(picture.Pix)); ink > 0.15 {
				t.Errorf("%s: %.0f%% of the paper is black", sheet.Path, ink*100)
			}
			if x, y, filled := filledSquare(picture, 5*2*96/25.4); filled {
				t.Errorf("%s: an area is filled at %d, %d", sheet.Path, x, y)
			}
			return nil
		})
		if err != nil {
			t.Error(sheet.Path, err)
		}
	}
}

func TestNoBrowserNoHalfWork(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "print")
	w := Work{Tree: &oneFile{small}, Documents: documents([]Sheet{smallSheet}), Program: filepath.Join(t.TempDir(), "none"), Folder: folder, CacheDir: t.TempDir(), Progress: func(int, int) {}}
	_, err := Run(t.Context(), w)
	if problem := (Problem{}); !errors.As(err, &problem) || problem.Hint == "" {
		t.Errorf("%v is no problem with a hint", err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder was made")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, w); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}
