package themes_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

var (
	policy     = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)
	script     = regexp.MustCompile(`<script[^>]*>`)
	handler    = regexp.MustCompile(` on[a-z]+="`)
	outsideURL = regexp.MustCompile(`<a [^>]*href="(https?:)?//[^"]*"[^>]*>`)
)

// TestPagesHaveAPolicy: every page allows itself what it needs and nothing else; only
// paper has a style of its own, which is known by its digest, and measures.
func TestPagesHaveAPolicy(t *testing.T) {
	eachPage(t, buildDemonstration(t), func(page string, text []byte) {
		m := policy.FindSubmatch(text)
		if m == nil || !strings.HasPrefix(string(m[1]), "default-src 'none'; script-src 'self' file:; style-src 'self' file:") {
			t.Fatalf("%s has the policy %s", page, m)
		}
		paper := strings.HasPrefix(page, "sheets/") || strings.HasPrefix(page, "screens/")
		if strings.Contains(string(m[1]), "unsafe") != paper || strings.Contains(string(m[1]), "frame-src") != strings.HasPrefix(page, "boards/") && page != "boards/index.html" {
			t.Errorf("%s has the policy %s", page, m[1])
		}
		for _, tag := range script.FindAllString(string(text), -1) {
			if !strings.Contains(tag, " src=") && !strings.Contains(tag, "application/ld+json") {
				t.Errorf("%s has code of its own: %s", page, tag)
			}
		}
		if does := handler.Find(text); does != nil {
			t.Errorf("%s has code of its own:%s", page, does)
		}
		if !paper && (bytes.Contains(text, []byte("<style")) || bytes.Contains(text, []byte(` style="`))) {
			t.Errorf("%s has a look of its own", page)
		}
		for _, a := range outsideURL.FindAllString(string(text), -1) {
			if !strings.Contains(a, "noopener noreferrer") {
				t.Errorf("%s: %s", page, a)
			}
		}
	})
}

// refusals collects what the browser reports that a policy forbids.
type refusals struct {
	mu   sync.Mutex
	list []string
}

func (r *refusals) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.list
	r.list = nil
	return list
}

// works returns what is missing when style sheet or script were refused.
const works = `getComputedStyle(document.querySelector(".skip")).position === "static" ? "no style" :
	[...document.querySelectorAll("[data-print]")].some(e => e.hidden) ? "no script" : ""`

// TestPoliciesInABrowser opens pages and sheets from the disk and from a server, with
// links of both kinds, and wants nothing to be refused.
func TestPoliciesInABrowser(t *testing.T) {
	ctx := browser(t)
	seen := &refusals{}
	err := chromedp.Listen(ctx, func(ev any) {
		if ev, ok := ev.(*log.EventEntryAdded); ok && ev.Entry.Level != "info" {
			seen.mu.Lock()
			defer seen.mu.Unlock()
			seen.list = append(seen.list, ev.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	relative := buildDemonstration(t)
	absolute := t.TempDir()
	settings, err := os.ReadFile("../site.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(absolute, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(absolute, "site.toml"), []byte(strings.Replace(string(settings), `links = "relative"`, "", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	servers := []string{"file://" + filepath.ToSlash(relative)}
	for _, dir := range []string{relative, buildSite(t, absolute)} {
		s := httptest.NewServer(http.FileServer(http.Dir(dir)))
		defer s.Close()
		servers = append(servers, s.URL)
	}
	pages := slices.Concat(samplePages, sampleSheets, []string{"screens/yz-03/index.html", "exchange/slip/index.html"})
	for n, server := range servers {
		for _, p := range pages {
			if p == "404.html" && n == 0 {
				continue // its links begin at the root of a server
			}
			p = strings.TrimSuffix(p, "index.html")
			if n == 0 && (p == "" || strings.HasSuffix(p, "/")) {
				p += "index.html"
			}
			if err := chromedp.Do(ctx, chromedp.Navigate(server+"/"+p)); err != nil {
				t.Fatal(p, err)
			}
			if wrong := evaluate[string](t, ctx, works); wrong != "" {
				t.Errorf("%s/%s: %s", server, p, wrong)
			}
			if list := seen.take(); len(list) > 0 {
				t.Errorf("%s/%s: %v", server, p, list)
			}
		}
	}
	page, err := os.ReadFile(filepath.Join(relative, "index.html"))
	if err != nil || strings.Contains(string(page), "integrity=") {
		t.Error("a page for the disk has digests, which browsers cannot compare there", err)
	}
	evaluate[bool](t, ctx, `document.body.appendChild(document.createElement("script")).textContent = "1", true`)
	time.Sleep(100 * time.Millisecond)
	if len(seen.take()) == 0 {
		t.Error("this test does not see what is refused")
	}
}
