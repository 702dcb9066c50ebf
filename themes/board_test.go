package themes_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/poster"
	"biandan/generator/source"
	"biandan/themes"
)

// printed returns the sizes in millimetres of the pages that a browser prints. They do not
// depend on what can be seen, and most of the time of printing is spent on fonts: the page
// is blank from then on.
func printed(t *testing.T, ctx context.Context) (sizes []string) {
	t.Helper()
	evaluate[bool](t, ctx, `(s => (s.replaceSync("*,::before,::after{visibility:hidden!important}"), document.adoptedStyleSheets.push(s), true))(new CSSStyleSheet())`)
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mediaBox.FindAllStringSubmatch(string(pdf), -1) {
		var w, h float64
		fmt.Sscan(m[1], &w)
		fmt.Sscan(m[2], &h)
		sizes = append(sizes, fmt.Sprintf("%.0f×%.0f", math.Round(w/72*25.4), math.Round(h/72*25.4)))
	}
	return sizes
}

// TestBoardIsOnePrintJob prints the walls of three stations: the pages are those
// of the single sheets, one after the other, each of its own size, whatever way
// the page is looked at.
func TestBoardIsOnePrintJob(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for station, a3 := range map[string]int{"yz-03": 0, "dongjie-center": 1, "county": 2} {
		open(t, ctx, dest, "boards/"+station+"/index.html", 1440, true)
		sheets := evaluate[[]string](t, ctx, `[...document.querySelectorAll(".bwall .bname")].map(a => new URL(a.href).pathname)`)
		var want []string
		for _, s := range sheets {
			open(t, ctx, dest, strings.TrimPrefix(s, dest), 1440, true)
			if beyond := evaluate[string](t, ctx, beyondSheet); beyond != "" {
				t.Errorf("%s: beyond the sheet:\n%s", s, beyond)
			}
			want = append(want, printed(t, ctx)...)
		}
		if len(sheets) < 6 || strings.Count(fmt.Sprint(want), "297×420") != a3 {
			t.Errorf("%s: %d sheets on the wall, printed as %v", station, len(sheets), want)
		}
		for _, fragment := range []string{"#print", ""} {
			open(t, ctx, dest, "index.html", 1440, true) // another fragment alone would not load the page
			open(t, ctx, dest, "screens/"+station+"/index.html"+fragment, 1440, true)
			if got := printed(t, ctx); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s%s: printed as %v, the single sheets as %v", station, fragment, got, want)
			}
		}
	}
}

// TestBoardPrintsTheSameAsBiandan prints a wall of several sizes from its page,
// as a browser does, and as biandan print --station does: the same number of
// pages, of the same sizes, with the same texts.
func TestBoardPrintsTheSameAsBiandan(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed; the texts are not compared")
	}
	ctx := browser(t)
	dest := buildDemonstration(t)
	const station = "dongjie-center"
	ours, sheets := printedWall(t, station)
	open(t, ctx, dest, "screens/"+station+"/index.html#print", 1440, true)
	theirs, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if x, y := mediaBox.FindAllString(string(ours), -1), mediaBox.FindAllString(string(theirs), -1); !slices.Equal(x, y) || len(x) < sheets {
		t.Errorf("biandan prints %v, the page %v", x, y)
	}
	x, y := pagesOf(t, ours), pagesOf(t, theirs)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] || x[i] == "" {
			t.Errorf("page %d: biandan prints\n%s\nthe page\n%s", i+1, x[i], y[i])
		}
	}
}

// printedWall is the PDF of a station's wall, as biandan prints it, and the number
// of its sheets.
func printedWall(t *testing.T, station string) (pdf []byte, sheets int) {
	t.Helper()
	s, closer, err := source.Open("..", &diag.Bag{})
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	session := build.NewSession(t.TempDir(), digest.Sum{})
	defer session.Close()
	tree, r := session.Build(t.Context(), s, build.Options{Themes: themes.FS}, nil, nil)
	if tree == nil {
		t.Fatal(r.Diags)
	}
	program, err := poster.Find(poster.Machine{System: runtime.GOOS, Env: os.Getenv, Look: func(file string) (string, bool) {
		p, err := exec.LookPath(file)
		return p, err == nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := poster.Start(t.Context(), poster.Setup{Program: program, Tabs: 1, Files: func(p string) ([]byte, bool) {
		data, _, ok := tree.File(p)
		return data, ok
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	wall, ok := tree.Wall(station)
	if !ok || len(wall) < 6 {
		t.Fatalf("%d sheets on the wall", len(wall))
	}
	d := poster.Document{Name: station + ".pdf"}
	for _, sheet := range wall {
		v := sheet.View()
		d.Sheets = append(d.Sheets, poster.Sheet{Path: sheet.Path, Title: v.PageTitle, At: sheet.At, Width: float64(v.Width), Height: float64(v.Height)})
	}
	printed, err := b.Print(t.Context(), d, poster.Form{})
	if err != nil {
		t.Fatal(err)
	}
	return printed.PDF, len(wall)
}

// pagesOf returns the texts of the pages of a PDF, without spaces.
func pagesOf(t *testing.T, pdf []byte) (pages []string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for page := range strings.SplitSeq(string(text), "\f") {
		pages = append(pages, strings.Join(strings.Fields(page), ""))
	}
	return pages[:len(pages)-1]
}

// onScreen are the sheets that a screen shows, and whether each is within it.
const onScreen = `(() => {
  const H = innerHeight - document.querySelector(".turner").offsetHeight, on = [...document.querySelectorAll(".sheet.is-on")];
  const out = on.filter(e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth; });
  return on.length + " shown, " + out.length + " cut, " + document.querySelector("[data-at]").textContent + document.querySelector("[data-state]").textContent;
})()`

// TestScreenTurns looks at a screen as it turns, by itself and by its keys, and
// without scripts.
func TestScreenTurns(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	const screen = "screens/yz-03/index.html"
	open(t, ctx, dest, screen, 1440, true)
	press := func(key string) string {
		return evaluate[string](t, ctx, `dispatchEvent(new KeyboardEvent("keydown", {key: "`+key+`", cancelable: true})), `+onScreen)
	}
	first := evaluate[string](t, ctx, onScreen)
	if !strings.HasPrefix(first, "1 shown, 0 cut, 第 1 张") {
		t.Errorf("at first: %s", first)
	}
	for _, step := range [][2]string{{"ArrowRight", "第 2 张"}, {"ArrowLeft", "第 1 张"}, {" ", "已暂停"}, {"ArrowRight", "第 2 张"}, {" ", "第 2 张"}} {
		if got := press(step[0]); !strings.Contains(got, step[1]) || !strings.Contains(got, " 0 cut") {
			t.Errorf("after %q: %s, want %s", step[0], got, step[1])
		}
	}
	if got := press("x"); strings.Contains(got, "已暂停") {
		t.Errorf("still paused: %s", got)
	}
	turnsByItself(t, ctx, dest, screen)
	open(t, ctx, dest, screen, 400, true)
	if got := evaluate[string](t, ctx, onScreen); !strings.HasPrefix(got, "1 shown, 0 cut") {
		t.Errorf("on a phone: %s", got)
	}
	open(t, ctx, dest, screen, 1440, false)
	if n := evaluate[int](t, ctx, `[...document.querySelectorAll(".sheet")].filter(e => e.checkVisibility() && getComputedStyle(e).position !== "fixed").length`); n < 6 {
		t.Errorf("without scripts %d sheets", n)
	}
}

// turnsByItself looks at a copy of a screen that turns faster, then at one whose
// owner wants less motion: it waits for the key.
func turnsByItself(t *testing.T, ctx context.Context, dest, screen string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(dest, screen))
	fast := bytes.Replace(page, []byte(`data-seconds="20"`), []byte(`data-seconds="0.1"`), 1)
	if err != nil || bytes.Equal(fast, page) {
		t.Fatal("no seconds in the page", err)
	}
	copied := path.Join(path.Dir(screen), "fast.html")
	if err := os.WriteFile(filepath.Join(dest, copied), fast, 0o644); err != nil {
		t.Fatal(err)
	}
	// The page itself says when it has turned; the time that it is given is only for
	// a screen that does not turn at all.
	turned := func(within time.Duration) bool {
		return evaluateAsync[bool](t, ctx, fmt.Sprintf(`new Promise(done => {
			const at = document.querySelector("[data-at]"), seen = () => at.textContent.includes("第 3 张") && done(true);
			new MutationObserver(seen).observe(at, {childList: true, characterData: true, subtree: true});
			seen();
			setTimeout(() => done(false), %d);
		})`, within.Milliseconds()))
	}
	open(t, ctx, dest, copied, 1440, true)
	if !turned(20 * time.Second) {
		t.Error("the screen does not turn")
	}
	still := func(value string) {
		features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: value}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			t.Fatal(err)
		}
	}
	still("reduce")
	defer still("")
	open(t, ctx, dest, copied, 1440, true)
	if turned(time.Second) || !strings.Contains(evaluate[string](t, ctx, onScreen), "已暂停") {
		t.Error("the screen moves though less motion is wanted")
	}
}

// TestScreenLooksForChanges serves a screen that looks more often: it shows what
// is new, and goes on turning while the server is away.
func TestScreenLooksForChanges(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	const screen = "screens/yz-03/index.html"
	page, err := os.ReadFile(filepath.Join(dest, screen))
	if err != nil {
		t.Fatal(err)
	}
	page = bytes.Replace(page, []byte("data-seconds="), []byte("data-look=0.1 data-seconds="), 1)
	var newer, away atomic.Bool
	looks := make(chan bool, 100) // whether the network was away when the screen looked
	files := http.FileServer(http.Dir(dest))
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/screens/yz-03/" {
			files.ServeHTTP(w, r)
			return
		}
		gone := away.Load()
		switch {
		case gone:
			http.Error(w, "another network asks you to log in", http.StatusOK)
		case newer.Load():
			w.Write(bytes.ReplaceAll(page, []byte("</main>"), []byte("<p id=new>新的</p></main>")))
		default:
			w.Write(page)
		}
		select {
		case looks <- gone:
		default:
		}
	}))
	defer web.Close()
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/screens/yz-03/")); err != nil {
		t.Fatal(err)
	}
	const isNew = `!!document.querySelector("#new")`
	// looked waits until the screen has looked twice: what it does about the first
	// look is done before the second.
	looked := func(gone bool) {
		t.Helper()
		for n := 0; n < 2; {
			select {
			case was := <-looks:
				if was == gone {
					n++
				}
			case <-time.After(20 * time.Second):
				t.Fatal("the screen does not look")
			}
		}
	}
	away.Store(true)
	looked(true)
	if evaluate[bool](t, ctx, isNew) || evaluate[string](t, ctx, onScreen) == "" {
		t.Error("the screen is gone with its network")
	}
	away.Store(false)
	looked(false)
	if evaluate[bool](t, ctx, isNew) {
		t.Error("new too early")
	}
	newer.Store(true)
	wait, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(wait, chromedp.WaitReady("#new")); err != nil {
		t.Error("the screen does not show what is new")
	}
}
