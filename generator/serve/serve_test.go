package serve

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/themes"
)

// desk is a site that is edited, with the server that shows it.
type desk struct {
	files   fstest.MapFS
	session *build.Session
	server  *Server
	tree    *build.Tree
	edits   int
	visible ledger.Visible
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{files: fstest.MapFS{}, session: build.NewSession(t.TempDir(), digest.Of("a")), server: New(Options{})}
	t.Cleanup(d.session.Close)
	d.write("site.toml", "title = \"示例\"\ncounty = \"示例县\"\npublisher = \"示例\"\nphone = \"0357-0000000\"\ntheme = \"mine\"\n")
	d.write("themes/mine/theme.toml", "name = \"mine\"\n")
	d.write("themes/mine/assets/site.css", "body { color: rgb(1, 2, 3); min-height: 3000px }")
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n正文 0\n")
	d.show(t)
	return d
}

func (d *desk) write(p, text string) {
	d.edits++
	d.files[p] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(1_700_000_000+int64(d.edits), 0)}
}

// draft writes a draft, and shows drafts from now on.
func (d *desk) draft(t *testing.T) {
	t.Helper()
	d.visible.Drafts = true
	d.write("content/news/caogao.md", "+++\ntitle = \"没写完\"\ndraft = true\n+++\n正文\n")
	d.show(t)
}

func (d *desk) show(t *testing.T) *build.Report {
	t.Helper()
	bag := &diag.Bag{}
	s := source.Take(d.files, bag)
	o := build.Options{Themes: themes.FS, Tool: digest.Of("a"), AsOf: calendar.Date{Year: 2026, Month: 11, Day: 23}, Visible: d.visible}
	tree, r := d.session.Build(context.Background(), s, o, bag.List(), d.tree)
	if tree != nil {
		d.tree = tree
	}
	d.server.Show(tree, r, func(file string) []byte { return d.files[file].Data })
	return r
}

func get(t *testing.T, url, host string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	data, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(data)
}

func TestAnswers(t *testing.T) {
	d := newDesk(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	for _, c := range []struct {
		path, host string
		code       int
		has        string
	}{
		{"/", "localhost", 200, "/_biandan/live.js"},
		{"/about/", "127.0.0.1:99", 200, "正文 0"},
		{"/about", "[::1]:99", 302, ""},
		{"/about/", "192.168.1.7:4000", 200, "正文 0"},
		{"/about/", "evil.example", 403, ""},
		{"/about/", "127.0.0.1.evil.example:4000", 403, ""},
		{"/nothing/", "localhost", 404, "找不到这一页"},
		{"/../site.toml", "localhost", 404, ""},
		{"/..%2f..%2fetc/passwd", "localhost", 404, ""},
		{"/_biandan/", "localhost", 200, "正在预览"},
		{"/_biandan/worker.js", "localhost", 200, "EventSource"},
	} {
		code, body := get(t, web.URL+c.path, c.host)
		if code != c.code || !strings.Contains(body, c.has) {
			t.Errorf("%s as %s: %d %.80q", c.path, c.host, code, body)
		}
	}
	for p := range d.files {
		if code, _ := get(t, web.URL+"/"+p, "localhost"); code != 404 {
			t.Errorf("the input file %s is served", p)
		}
	}
}

// TestNoPageIsCutShortOrStale makes a hundred edits in a row while eight
// clients fetch: each answer is whole, and each is of a build that was the
// newest at some moment of the request.
func TestNoPageIsCutShortOrStale(t *testing.T) {
	d := newDesk(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	var newest, stop sync.Map
	newest.Store("n", 0)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				if _, ok := stop.Load("x"); ok {
					return
				}
				from, _ := newest.Load("n")
				_, body := get(t, web.URL+"/about/", "localhost")
				var n int
				_, rest, ok := strings.Cut(body, "正文 ")
				if _, err := fmt.Sscan(rest, &n); !ok || err != nil || !strings.HasSuffix(strings.TrimSpace(body), "</html>") || n < from.(int) {
					t.Errorf("build %v: %.100q…", from, body)
					return
				}
			}
		})
	}
	for i := 1; i <= 100; i++ {
		d.write("content/about.md", fmt.Sprintf("+++\ntitle = \"关于\"\n+++\n正文 %d\n", i))
		if r := d.show(t); r.Parsed != 1 {
			t.Fatalf("edit %d parsed %d files", i, r.Parsed)
		}
		newest.Store("n", i)
	}
	stop.Store("x", true)
	wg.Wait()
}

// TestTabOfAMissingPage holds what the script of a page compares: a tab that shows that
// there is no page sees when there is one, and the tab of a page when it is gone. As
// long as nothing of that happens, it stays as it is.
func TestTabOfAMissingPage(t *testing.T) {
	d := newDesk(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	script := regexp.MustCompile(`data-page="([^"]*)" data-key="([^"]*)"`)
	open := func(address string) (page, key string) {
		_, body := get(t, web.URL+address, "localhost")
		m := script.FindStringSubmatch(body)
		if m == nil {
			t.Fatalf("%s has no script", address)
		}
		return m[1], m[2]
	}
	renews := func(page, key string) bool {
		_, body := get(t, web.URL+"/_biandan/state?page="+url.QueryEscape(page), "localhost")
		return !strings.Contains(body, `"key":"`+key+`"`)
	}
	for _, address := range []string{"/neu/", "/neu", "/neu/index.html", "/neu%22/"} {
		if page, key := open(address); renews(page, key) {
			t.Errorf("%s is loaded again and again while it is not there", address)
		}
	}
	page, key := open("/neu/")
	other, otherKey := open("/neu")
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n正文 1\n")
	d.show(t)
	if renews(page, key) {
		t.Error("another page's edit loads it again")
	}
	d.write("content/neu.md", "+++\ntitle = \"新\"\n+++\n正文\n")
	d.show(t)
	if !renews(page, key) || !renews(other, otherKey) {
		t.Error("the page is there, and the tab does not see it")
	}
	page, key = open("/neu/")
	delete(d.files, "content/neu.md")
	d.show(t)
	if !renews(page, key) {
		t.Error("the page is gone, and the tab does not see it")
	}
}

// TestBrowserFollowsEdits opens a page in a real browser and edits: an edit, a
// mistake with its overlay, the mend, a style sheet that is swapped.
func TestBrowserFollowsEdits(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on this machine: live reload is not looked at")
	}
	d := newDesk(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	alloc, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true))
	defer cancel()
	ctx, cancel := chromedp.NewContext(alloc)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/about/")); err != nil {
		t.Fatal(err)
	}
	until := func(what, js string) {
		t.Helper()
		deadline := time.Now().Add(20 * time.Second)
		for time.Now().Before(deadline) {
			if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](js)); err == nil && ok {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		body, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body.innerText.slice(0, 300)"))
		t.Fatalf("%s: not seen; the page shows %q", what, body)
	}
	until("the page", `document.body.innerText.includes("正文 0") && (scrollTo(0, 700), true)`)
	until("the scroll position", `scrollY === 700`)
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n正文 1\n")
	d.show(t)
	until("the edit, where one stood", `document.body.innerText.includes("正文 1") && scrollY === 700`)
	d.write("content/about.md", "+++\ntitle = “关于”\n+++\n正文 2\n")
	d.show(t)
	until("the overlay", `document.getElementById("biandan-overlay")?.innerText.includes("中文引号") && document.getElementById("biandan-overlay").innerText.includes("content/about.md:2:9") && document.body.innerText.includes("正文 1")`)
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n正文 3\n")
	d.show(t)
	until("the mend", `!document.getElementById("biandan-overlay") && document.body.innerText.includes("正文 3")`)
	// A style that changes before the page has fetched itself, to compare it, would load it again.
	until("the page, which has fetched itself", `performance.getEntriesByType("resource").some(e => e.initiatorType === "fetch" && e.name === location.href)`)
	until("a mark on the page", `(window.mark = "not loaded again") && true`)
	d.write("themes/mine/assets/site.css", "body { color: rgb(4, 5, 6); min-height: 3000px }")
	d.show(t)
	until("the new style without loading again", `getComputedStyle(document.body).color === "rgb(4, 5, 6)" && window.mark === "not loaded again"`)
	d.draft(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/news/")); err != nil {
		t.Fatal(err)
	}
	until("the mark in a list", `document.querySelector("main a .biandan-mark")?.innerText === "草稿"`)
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/news/caogao/")); err != nil {
		t.Fatal(err)
	}
	until("the mark on the page", `document.getElementById("biandan-mark")?.innerText.includes("草稿")`)
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/_biandan/changes")); err != nil {
		t.Fatal(err)
	}
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n正文 5\n")
	d.show(t)
	until("the change, in the page that tells of changes", `document.body.innerText.includes("content/about.md") && document.body.innerText.includes("正文（BodyKey）")`)
}
