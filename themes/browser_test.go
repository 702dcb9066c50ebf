package themes_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/source"
	"biandan/themes"
)

// samplePages are one page for each layout of the demonstration site.
var samplePages = []string{
	"index.html", "404.html", "sitemap/index.html", "about/index.html",
	"branches/index.html", "find/index.html", "branches/dongjie/index.html", "branches/zb-01/index.html",
	"stations/index.html", "stations/dongjie-center/index.html", "stations/yz-03/index.html",
	"months/index.html", "months/2026-11/index.html",
	"boards/index.html", "boards/yz-03/index.html", "boards/dongjie-center/index.html",
	"services/index.html", "services/fw-12/index.html", "services/dangwu/index.html", "services/laoren/index.html", "exchange/index.html", "exchange/slip/index.html", "education/index.html", "life/index.html",
	"stars/index.html", "notices/index.html", "notices/fazhan-duixiang-2026-11/index.html",
	"news/index.html", "news/2026-11-20-gongnuan/index.html", "programme/index.html", "programme/zhendi/index.html",
	"meetings/index.html", "tasks/index.html", "checkins/index.html", "supervision/index.html", "figures/index.html", "search/pinyin/index.html",
}

// sampleSheets are one sheet of each layout.
var sampleSheets = []string{
	"sheets/months/2026-11.html", "sheets/services.html", "sheets/stars/2025.html",
	"sheets/notices/fazhan-duixiang-2026-11.html",
	"sheets/branches/xq-03.html", "sheets/stations.html", "sheets/stations/dongjie-center/posts.html",
	"sheets/stations/dongjie-center/class.html", "sheets/branches/xq-03/stars.html",
}

// TestMain takes the demonstration away again that the tests have built.
func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(demonstrationDir)
	os.Exit(code)
}

var (
	demonstrationDir  string
	demonstrationOnce sync.Once
)

// buildDemonstration builds the demonstration site, once for all tests, and returns
// where it was published.
func buildDemonstration(t *testing.T) string {
	t.Helper()
	demonstrationOnce.Do(func() {
		dir, err := os.MkdirTemp("", "demonstration-")
		if err != nil {
			t.Fatal(err)
		}
		demonstrationDir = dir
		publish(t, "..", filepath.Join(dir, "public"))
	})
	return filepath.Join(demonstrationDir, "public")
}

// buildSite builds the site in a folder and returns where it was published.
func buildSite(t *testing.T, root string) string {
	t.Helper()
	dest := t.TempDir()
	publish(t, root, dest)
	return dest
}

func publish(t *testing.T, root, dest string) {
	t.Helper()
	bag := &diag.Bag{}
	s, closer, err := source.Open(root, bag)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	r, err := build.Run(t.Context(), s, build.Options{Themes: themes.FS}, bag.List(), dest, t.TempDir())
	if err != nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
}

// browser starts one headless browser for a test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "google-chrome", "chrome", "msedge"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium, Chrome or Edge on this machine: pages and sheets are not looked at")
	}
	alloc, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("allow-file-access-from-files", true))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	return ctx
}

// open shows a page of the site in dest on a screen of that width.
func open(t *testing.T, ctx context.Context, dest, p string, width int64, script bool) {
	t.Helper()
	visit(t, ctx, "file://"+filepath.ToSlash(filepath.Join(dest, filepath.FromSlash(p))), width, script)
}

// visit shows what is at an address on a screen of that width.
func visit(t *testing.T, ctx context.Context, address string, width int64, script bool) {
	t.Helper()
	err := setWidth(ctx, width)
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
	}
	if err == nil {
		err = chromedp.Do(ctx, chromedp.Navigate(address))
	}
	if err == nil {
		// What looks at the page needs scripts itself.
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	}
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// setWidth makes the screen as wide as that.
func setWidth(ctx context.Context, width int64) error {
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500})
	return err
}

// resize makes the screen under a page as wide as that, which takes less than to open the
// page again.
func resize(t *testing.T, ctx context.Context, width int64) {
	t.Helper()
	if err := setWidth(ctx, width); err != nil {
		t.Fatal(err)
	}
	evaluateAsync[bool](t, ctx, fmt.Sprintf(`new Promise(done => (function look() { matchMedia("(width: %dpx)").matches ? done(true) : setTimeout(look, 5); })())`, width))
}

func evaluate[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// evaluateAsync is evaluate for a promise.
func evaluateAsync[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// lookAt is run in each page: it returns what is wrong with it, a line each.
const lookAt = `(() => {
  const bad = [], root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth > width + 1) {
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 3);
    bad.push("wider than the screen: " + root.scrollWidth + " > " + width + " " + wide.map(e => e.tagName + "." + e.className).join(" "));
  }
  for (const bar of document.querySelectorAll(".bar")) {
    const texts = [...bar.querySelectorAll("text")].map(e => e.getBoundingClientRect()).filter(r => r.width > 0);
    if (texts.some((a, i) => texts.some((b, j) => i < j && a.left < b.right && b.left < a.right && Math.abs(a.bottom - b.bottom) < 12))) bad.push("the words of a chart overlap");
  }
  if (root.lang !== "zh-CN") bad.push("lang is " + root.lang);
  if (document.querySelectorAll("h1").length !== 1) bad.push("h1: " + document.querySelectorAll("h1").length);
  if (!document.querySelector("main")) bad.push("no main");
  if (!document.title) bad.push("no title");
  for (const e of document.querySelectorAll("a:not([href]), a[href='']")) bad.push("link without address: " + e.textContent);
  for (const e of document.querySelectorAll("img:not([alt])")) bad.push("image without alt: " + e.src);
  for (const e of document.querySelectorAll("table")) if (!e.closest(".prose") && !e.querySelector("caption")) bad.push("table without caption");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id), twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) bad.push("ids twice: " + twice.slice(0, 3));
  return bad.join("\n");
})()`

// brokenLabels returns the labels of a few characters that do not stand in one line.
const brokenLabels = `[...document.querySelectorAll("dt, .state, .count")].filter(e => {
  const range = document.createRange();
  range.selectNodeContents(e);
  return e.textContent.trim().length <= 5 && new Set([...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top / 8))).size > 1;
}).slice(0, 3).map(e => e.textContent).join("\n")`

// smallTargets returns the links and buttons outside running text that a thumb
// would miss: lower than 24 CSS pixels (WCAG 2.5.8).
const smallTargets = `[...document.querySelectorAll("a[href], button, summary, label")].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width > 1 && r.height > 1 && r.height < 24 && !e.closest("p, li, td, dd, figcaption, sup") && getComputedStyle(e).display !== "inline";
}).slice(0, 5).map(e => e.tagName + "." + e.className + " " + Math.round(e.getBoundingClientRect().height) + "px " + e.textContent.trim().slice(0, 20)).join("\n")`

// TestPagesInABrowser opens one page of each layout at the widths of an old
// phone, a phone, a tablet and a desk, with and without JavaScript.
func TestPagesInABrowser(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	var mu sync.Mutex
	var console []string
	err := chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			console = append(console, ev.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			console = append(console, string(ev.Type))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	look := func(p string, width int64, script bool) {
		t.Helper()
		if wrong := evaluate[string](t, ctx, lookAt); wrong != "" {
			t.Errorf("%s at %d px (script %v):\n%s", p, width, script, wrong)
		}
		if broken := evaluate[string](t, ctx, brokenLabels); broken != "" {
			t.Errorf("%s at %d px: labels of several lines: %s", p, width, broken)
		}
		const longest = 13500 // px that a thumb has to scroll through, on a phone
		if tall := evaluate[int](t, ctx, `document.documentElement.scrollHeight`); width == 360 && tall > longest {
			t.Errorf("%s at %d px is %d px long: fold up what few look for", p, width, tall)
		}
		if small := evaluate[string](t, ctx, smallTargets); small != "" && width < 500 {
			t.Errorf("%s at %d px: small targets:\n%s", p, width, small)
		}
	}
	for _, p := range samplePages {
		open(t, ctx, dest, p, 320, false)
		look(p, 320, false)
		open(t, ctx, dest, p, 320, true)
		for _, width := range []int64{320, 360, 768, 1440} {
			resize(t, ctx, width)
			look(p, width, true)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(console) > 0 {
		t.Errorf("the console is not empty: %v", console)
	}
}

// beyondSheet returns what stands beyond the edge of its sheet.
const beyondSheet = `[...document.querySelectorAll(".sheet")].flatMap(s => {
  const b = s.getBoundingClientRect();
  return [...s.querySelectorAll("*")].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width > 0 && (r.right > b.right + 1 || r.bottom > b.bottom + 1 || r.left < b.left - 1 || r.top < b.top - 1);
  }).slice(0, 3).map(e => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 20));
}).join("\n")`

var mediaBox = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)

// TestSheetsAreOfTheirSize prints one sheet of each layout and wants pages of
// exactly the size that it declares, as many as the screen shows, with nothing
// beyond its box.
func TestSheetsAreOfTheirSize(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, p := range sampleSheets {
		open(t, ctx, dest, p, 1440, true)
		boxes := evaluate[int](t, ctx, `document.querySelectorAll(".sheet").length`)
		beyond := evaluate[string](t, ctx, beyondSheet)
		size := evaluate[[]float64](t, ctx, `["--w", "--h"].map(x => parseFloat(getComputedStyle(document.querySelector(".sheet")).getPropertyValue(x)))`)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground(), chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		pages := mediaBox.FindAllStringSubmatch(string(pdf), -1)
		if len(pages) == 0 || len(pages) != boxes {
			t.Errorf("%s: %d pages printed, %d sheets on the screen", p, len(pages), boxes)
		}
		for _, m := range pages {
			var w, h float64
			fmt.Sscan(m[1], &w)
			fmt.Sscan(m[2], &h)
			if math.Abs(w-size[0]/25.4*72) > 1 || math.Abs(h-size[1]/25.4*72) > 1 {
				t.Errorf("%s: a page of %s × %s pt", p, m[1], m[2])
			}
		}
		if beyond != "" {
			t.Errorf("%s: beyond the sheet:\n%s", p, beyond)
		}
	}
}

// foreign are the ways in which a page or a style sheet loads from another host. Each
// begins with letters of its own, by which it is soon found.
var foreign = []*regexp.Regexp{
	regexp.MustCompile(`src="(?:https?:)?//`), regexp.MustCompile(`srcset="(?:https?:)?//`), regexp.MustCompile(`poster="(?:https?:)?//`),
	regexp.MustCompile(`<link[^>]+rel="?(?:stylesheet|preload|icon)[^>]+href="(?:https?:)?//`), regexp.MustCompile(`@import`), regexp.MustCompile(`url\(["']?(?:https?:)?//`),
}

// TestNothingForeignIsLoaded looks for addresses of other hosts that a browser
// would fetch by itself.
func TestNothingForeignIsLoaded(t *testing.T) {
	dest := buildDemonstration(t)
	err := filepath.WalkDir(dest, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".html") && !strings.HasSuffix(p, ".css") {
			return err
		}
		data, err := os.ReadFile(p)
		for _, fetched := range foreign {
			if m := fetched.Find(data); m != nil {
				t.Errorf("%s loads %s", p, m)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTextsMayBeLarger sets the letters of the browser to twice their size, on a phone to
// half as large again, as who sees badly does: no page is wider than the screen then, and
// no words are cut off (WCAG 1.4.4).
func TestTextsMayBeLarger(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	const usual = 16 // px
	sizes := []struct{ width, size int64 }{{360, 24}, {768, 2 * usual}, {1280, 2 * usual}}
	for _, p := range samplePages {
		if p == "404.html" {
			continue // it has its style on a server only
		}
		open(t, ctx, dest, p, sizes[0].width, true)
		for _, at := range sizes {
			if _, err := chromedp.Call(ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: at.size, Fixed: at.size}}); err != nil {
				t.Fatal(err)
			}
			resize(t, ctx, at.width)
			if got, want := evaluate[float64](t, ctx, `parseFloat(getComputedStyle(document.querySelector(".page")).fontSize)`), 1.125*float64(at.size); math.Abs(got-want) > 0.1 {
				t.Errorf("%s: letters of %v px, want %v", p, got, want)
			}
			if wrong := evaluate[string](t, ctx, lookAt); wrong != "" {
				t.Errorf("%s at %d px, letters of %d px:\n%s", p, at.width, at.size, wrong)
			}
			if cut := evaluate[string](t, ctx, cutOff); cut != "" {
				t.Errorf("%s at %d px, letters of %d px, cut off:\n%s", p, at.width, at.size, cut)
			}
		}
	}
}

// cutOff are the elements that hide a part of their own words.
const cutOff = `[...document.querySelectorAll("main *, header *, footer *")].filter(e => {
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  return r.width > 2 && r.height > 2 && /hidden|clip/.test(s.overflowX + s.overflowY) && e.textContent.trim() && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
}).slice(0, 3).map(e => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 20)).join("\n")`
