package themes_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// served is a site on a server whose network can be cut; what it sends is of a day on
// which the notices of the demonstration run.
type served struct {
	*httptest.Server
	root string // of the site
	dest string
	cut  atomic.Bool
	slow atomic.Bool  // it takes longer than anybody waits
	gone atomic.Value // the path of a page that was withdrawn
}

// servedSite is the demonstration as a site for a server.
func servedSite(t *testing.T) *served {
	t.Helper()
	s := &served{root: t.TempDir(), dest: t.TempDir()}
	if err := os.CopyFS(filepath.Join(s.root, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	s.build(t, "")
	return s
}

// serveDemonstration serves it.
func serveDemonstration(t *testing.T) *served {
	t.Helper()
	s := servedSite(t)
	s.gone.Store("")
	files := http.FileServer(http.Dir(s.dest))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.cut.Load():
			panic(http.ErrAbortHandler)
		case r.URL.Path == s.gone.Load():
			http.NotFound(w, r)
		default:
			for s.slow.Load() && r.Context().Err() == nil {
				time.Sleep(50 * time.Millisecond)
			}
			w.Header().Set("Date", "Mon, 23 Nov 2026 04:00:00 GMT")
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// build publishes the site with one more setting.
func (s *served) build(t *testing.T, setting string) {
	t.Helper()
	settings, err := os.ReadFile("../site.toml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(settings), `links = "relative"`, `links = "absolute"`+"\n"+setting, 1)
	if err := os.WriteFile(filepath.Join(s.root, "site.toml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	publish(t, s.root, s.dest)
}

// eventually asks the page until it answers yes.
func eventually(t *testing.T, ctx context.Context, what, js string) {
	t.Helper()
	for range 300 {
		if evaluateAsync[bool](t, ctx, js) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("not so after half a minute: " + what)
}

// isStored reports whether all these pages are stored.
func isStored(pages ...string) string {
	return `Promise.all(["` + strings.Join(pages, `","`) + `"].map(p => caches.match(p))).then(all => all.every(Boolean))`
}

// threeDaysLater is the clock of a reader.
const threeDaysLater = `{ const Real = Date, then = new Date(2026, 10, 26, 12).getTime(); Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(then); } static now() { return then; } } }`

// TestPagesWithoutNetwork cuts the network: the pages of the first rank and those that were
// read open and say of which day they are; what has ended is not shown as going on; others
// lead to those. A page that was withdrawn goes, and a site that opts out leaves nothing.
func TestPagesWithoutNetwork(t *testing.T) {
	ctx := browser(t)
	s := serveDemonstration(t)
	show := func(p string) { visit(t, ctx, s.URL+p, 360, true) }
	text := func(selector string) string {
		return evaluate[string](t, ctx, `(document.querySelector("`+selector+`") || {textContent: ""}).textContent.trim()`)
	}
	const cameIn = "/notices/fazhan-duixiang-2026-11/"
	show(cameIn)
	eventually(t, ctx, "where the reader came in is stored", isStored(cameIn, "/", "/services/", "/stations/"))
	show("/about/?from=code")
	eventually(t, ctx, "what was read, and what is stored by and by", isStored("/about/", "/services/fw-01/", "/stations/yz-30/"))
	if text(".stored") != "" {
		t.Error("a page from the network is said to be stored")
	}

	s.cut.Store(true)
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: threeDaysLater}); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"/services/", "/stations/", "/services/fw-12/", "/stations/yz-03/", "/about/", "/about/index.html", "/about", cameIn, "/"} {
		show(p)
		if got := text(".stored"); got != "这是 11月23日 存下的，现在没有网络" {
			t.Errorf("%s says %q under %q", p, got, text("h1"))
		}
		if found := evaluate[string](t, ctx, lookAt); found != "" || evaluate[string](t, ctx, `getComputedStyle(document.querySelector(".stored")).color`) != "rgb(255, 255, 255)" {
			t.Errorf("%s: not as it should look %s", p, found)
		}
	}
	const rows = `[...document.querySelectorAll(".nrow [data-last]")].map(e => e.dataset.last.slice(5) + " " + (e.closest(".nrow").hidden ? "没有了" : e.textContent.replace(/[0-9]+/, "N"))).join()`
	if got := evaluate[string](t, ctx, rows); got != "11-24 没有了,11-27 还有 N 天,12-02 还有 N 天" {
		t.Errorf("three days later the home page says %s", got)
	}
	show("/stars/")
	if links := evaluate[int](t, ctx, `document.querySelectorAll(".prose a").length`); text("h1") != "现在没有网络" || links != 4 || evaluate[string](t, ctx, lookAt) != "" {
		t.Errorf("a page that is not there: %q, %d links", text("h1"), links)
	}

	s.cut.Store(false)
	s.slow.Store(true)
	show("/services/")
	if got := text(".stored"); got != "这是 11月23日 存下的，现在网络不好" {
		t.Errorf("when the network is slow, the page says %q", got)
	}
	s.slow.Store(false)
	s.gone.Store("/about/")
	show("/about/")
	eventually(t, ctx, "a withdrawn page is stored no more", `caches.match("/about/").then(r => !r)`)
	s.build(t, "offline = false")
	show("/")
	if evaluate[bool](t, ctx, `document.querySelector("[data-worker]") !== null`) {
		t.Error("the site has opted out and asks for its worker")
	}
	evaluateAsync[bool](t, ctx, `navigator.serviceWorker.getRegistration().then(r => r && r.update()).then(() => true, () => true)`)
	eventually(t, ctx, "nothing is left", `Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(a => a.every(list => list.length === 0))`)
}
