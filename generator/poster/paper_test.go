package poster

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"biandan/generator/diag"
)

func TestFind(t *testing.T) {
	const edge = `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`
	const chrome = `C:\Users\张三\AppData\Local\Google\Chrome\Application\chrome.exe`
	const mac = "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
	windows := map[string]string{"ProgramFiles(x86)": `C:\Program Files (x86)`, "ProgramFiles": `C:\Program Files\`, "LocalAppData": `C:\Users\张三\AppData\Local`}
	for _, c := range []struct {
		name, system string
		env          map[string]string
		there        []string
		want         string // "" when none is found
	}{
		{"in PATH", "linux", nil, []string{"google-chrome", "msedge"}, "google-chrome"},
		{"a snap", "linux", nil, []string{"/snap/bin/chromium"}, "/snap/bin/chromium"},
		{"none", "linux", nil, []string{"firefox"}, ""},
		{"Edge on Windows", "windows", windows, []string{edge, chrome}, edge},
		{"Chrome of one user", "windows", windows, []string{chrome}, chrome},
		{"Windows without these variables", "windows", nil, []string{`\Microsoft\Edge\Application\msedge.exe`}, ""},
		{"Edge on macOS", "darwin", nil, []string{mac}, mac},
		{"for one user on macOS", "darwin", map[string]string{"HOME": "/Users/z"}, []string{"/Users/z" + mac}, "/Users/z" + mac},
		{"the one that is wanted", "windows", map[string]string{BrowserVariable: `D:\b.exe`}, []string{"chrome", `D:\b.exe`}, `D:\b.exe`},
		{"the one that is wanted is not there", "linux", map[string]string{BrowserVariable: "/b"}, []string{"chromium"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Find(Machine{System: c.system, Env: func(name string) string { return c.env[name] },
				Look: func(file string) (string, bool) { return file, slices.Contains(c.there, file) }})
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
			if p, ok := err.(Problem); err != nil && (!ok || p.Hint == "") {
				t.Errorf("%v has no hint", err)
			}
		})
	}
}

func TestParsePaper(t *testing.T) {
	for s, want := range map[string]Paper{"A3": {"a3", 297, 420}, "600x900": {"600x900", 600, 900}, "600×900": {"600x900", 600, 900}} {
		if got, ok := ParsePaper(s); !ok || got != want {
			t.Errorf("%s: %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "a9", "600", "6x9", "0600x900x1", "600 x 900"} {
		if p, ok := ParsePaper(s); ok {
			t.Errorf("%q is %v", s, p)
		}
	}
}

func TestFormFitsPaperOfTheSameRatio(t *testing.T) {
	a3, _ := ParsePaper("a3")
	board, _ := ParsePaper("600x900")
	for _, c := range []struct {
		paper         Paper
		width, height float64
		want          bool
	}{{a3, 210, 297, true}, {a3, 297, 210, true}, {a3, 600, 900, false}, {board, 600, 900, true}, {board, 210, 297, false}, {Paper{}, 1, 9, true}} {
		if got := (Form{Size: c.paper}).Fits(Sheet{Width: c.width, Height: c.height}); got != c.want {
			t.Errorf("%v × %v on %q: %v", c.width, c.height, c.paper.Name, got)
		}
	}
}

// TestTilesCoverThePoster wants every point of a poster on a page, the strip
// that neighbours share, and nothing in the margin that printers leave white.
func TestTilesCoverThePoster(t *testing.T) {
	for _, size := range [][2]float64{{420, 594}, {600, 900}, {841, 1189}, {210, 297}, {100, 100}, {1189, 841}} {
		for _, name := range []string{"a4", "a3"} {
			paper, _ := ParsePaper(name)
			list := tiles(Sheet{Title: "海报", Width: size[0], Height: size[1]}, 1, paper)[1:] // without the plan
			g := newGrid(size[0], size[1], paper)
			if len(list) != g.columns*g.rows {
				t.Fatalf("%v on %s: %d pages, not %d", size, name, len(list), g.columns*g.rows)
			}
			right, bottom := 0.0, 0.0
			for i, l := range list {
				x, y, w, h := l.Window[0]-l.X, l.Window[1]-l.Y, l.Window[2], l.Window[3] // on the poster
				right, bottom = max(right, x+w), max(bottom, y+h)
				if l.Window[0] < tileEdge || l.Window[1] < tileEdge || l.Window[0]+w > l.Width-tileEdge+1e-6 || l.Window[1]+h > l.Height-tileEdge+1e-6 {
					t.Errorf("%v on %s, page %d: a window of %v on %v × %v", size, name, i, l.Window, l.Width, l.Height)
				}
				if i%g.columns > 0 {
					before := list[i-1]
					if shared := before.Window[0] - before.X + before.Window[2] - x; math.Abs(shared-tileOverlap) > 1e-6 {
						t.Errorf("%v on %s, page %d shares %v mm with the one before it", size, name, i, shared)
					}
				}
			}
			if math.Abs(right-size[0]) > 1e-6 || math.Abs(bottom-size[1]) > 1e-6 {
				t.Errorf("%v on %s: the windows end at %v, %v", size, name, right, bottom)
			}
		}
	}
}

func TestNormalize(t *testing.T) {
	one := []byte("/Creator (Mozilla/5.0 \\(X11; Linux\\) HeadlessChrome)\n/CreationDate (D:20261125030040+00'00')\n/ModDate (D:20261125030041+08'00')\n/ID (node00000046)\n/ID (node00000100)\n[(node00000046) 3 0 R]")
	two := []byte("/Creator (Mozilla/5.0 \\(Win; Window\\) eadlessChrome)\n/CreationDate (D:20271125030040+00'00')\n/ModDate (D:20271125030041+08'00')\n/ID (node00000991)\n/ID (node00001000)\n[(node00000991) 3 0 R]")
	size := len(one)
	Normalize(one)
	Normalize(two)
	if !bytes.Equal(one, two) || len(one) != size {
		t.Errorf("these differ:\n%s\n%s", one, two)
	}
	for _, want := range []string{Mark, "/ID (node00000001)\n/ID (node00000002)\n[(node00000001)", "(D:" + noDate} {
		if !strings.Contains(string(one), want) {
			t.Errorf("no %q in\n%s", want, one)
		}
	}
}

func TestJudge(t *testing.T) {
	full := [][2]float64{{10, 280}}
	for _, c := range []struct {
		name string
		m    measured
		want string
	}{
		{"good", measured{Smallest: 2.6, Rows: full}, ""},
		{"beyond", measured{Smallest: 2.6, Rows: full, Beyond: []string{"电话"}}, ruleBeyond.Code},
		{"overflowing", measured{Smallest: 2.6, Rows: full, Overflowing: []string{"电话"}}, ruleBeyond.Code},
		{"small", measured{Smallest: 2.4, Rows: full}, ruleSmall.Code},
		{"a hole", measured{Smallest: 2.6, Rows: [][2]float64{{250, 280}, {10, 100}}}, ruleEmpty.Code},
		{"small gaps", measured{Smallest: 2.6, Rows: [][2]float64{{10, 100}, {115, 200}, {215, 280}}}, ""},
	} {
		bag := &diag.Bag{}
		judge(Sheet{Title: "海报", Width: 210, Height: 297}, c.m, true, bag)
		got := ""
		for _, d := range bag.List() {
			got += d.Code
		}
		if got != c.want {
			t.Errorf("%s: %v", c.name, bag.List())
		}
	}
}

func TestLegible(t *testing.T) {
	for _, c := range []struct{ width, height, want float64 }{{210, 297, 2.5}, {420, 594, 5}, {900, 600, 600.0 / 84}} {
		if got := (Sheet{Width: c.width, Height: c.height}).Legible(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v × %v: %v, not %v", c.width, c.height, got, c.want)
		}
	}
}
