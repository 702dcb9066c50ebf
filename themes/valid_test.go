package themes_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"biandan/generator/markup"
	"biandan/themes"
)

// eachPage calls f for every page of the site in dest.
func eachPage(t *testing.T, dest string, f func(page string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(dest, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".html") {
			return err
		}
		text, err := os.ReadFile(p)
		page, _ := filepath.Rel(dest, p)
		f(filepath.ToSlash(page), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var layoutOf = regexp.MustCompile(`<body class="k-([^"]+)"`)

// fullestPages are the longest page, or sheet, of each layout.
func fullestPages(t *testing.T, dest string) []string {
	t.Helper()
	type page struct {
		path string
		size int
	}
	fullest := map[string]page{}
	eachPage(t, dest, func(p string, text []byte) {
		m := layoutOf.FindSubmatch(text)
		if m == nil {
			t.Errorf("%s does not say its layout", p)
		} else if k := string(m[1]); len(text) > fullest[k].size {
			fullest[k] = page{p, len(text)}
		}
	})
	var list []string
	for _, layout := range slices.Sorted(maps.Keys(fullest)) {
		list = append(list, fullest[layout].path)
	}
	return list
}

// npmPackage returns the folder of a package of npm, which lies in the user's cache
// after the first time. A machine that cannot have it skips the test.
func npmPackage(t *testing.T, name, version string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("no cache for %s: %v", name, err)
	}
	dir := filepath.Join(cache, "biandan-tests", name+"-"+version)
	pkg := filepath.Join(dir, "node_modules", name)
	if _, err := os.Stat(pkg); err == nil {
		return pkg
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skipf("npm is not installed: %s is not run", name)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "fresh-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(fresh)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, npm, "install", "--prefix", fresh, "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", name+"@"+version)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("npm has no %s %s: it is not run\n%s", name, version, out)
	}
	if err := os.Rename(fresh, dir); err != nil { // another test may have been faster
		if _, err := os.Stat(pkg); err != nil {
			t.Fatal(err)
		}
	}
	return pkg
}

// bearable are the warnings of the Nu validator that say nothing against a page: each
// sheet of a screen has its heading, and on paper a day stands before each of its hours.
// Of policies it knows neither whose a file on the disk is nor that JSON-LD is no code;
// TestPoliciesInABrowser looks at what browsers refuse.
var bearable = regexp.MustCompile(`top-level heading|“dt” name|violates Content Security Policy`)

// TestPagesAreValid has the Nu validator read the fullest page, or sheet, of each layout.
func TestPagesAreValid(t *testing.T) {
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("java is not installed: pages are not validated")
	}
	jar := filepath.Join(npmPackage(t, "vnu-jar", "26.9.27"), "build", "dist", "vnu.jar")
	dest := buildDemonstration(t)
	var report bytes.Buffer
	cmd := exec.CommandContext(t.Context(), java, append([]string{"-jar", jar, "--format", "json"}, fullestPages(t, dest)...)...)
	cmd.Dir = dest
	cmd.Stderr = &report
	failed := cmd.Run() // also when it has found something
	var found struct {
		Messages []struct{ URL, Type, SubType, Message, Extract string }
	}
	if err := json.Unmarshal(report.Bytes(), &found); err != nil {
		t.Fatal(failed, err, report.String())
	}
	told := map[string]int{}
	for _, m := range found.Messages {
		if (m.Type == "info" || strings.Contains(m.Message, "Content Security Policy")) && bearable.MatchString(m.Message) {
			continue
		}
		if told[m.Message]++; told[m.Message] == 1 {
			t.Errorf("%s: %s: %s\n%s", m.URL, m.Type, m.Message, m.Extract)
		}
	}
	for message, n := range told {
		if n > 1 {
			t.Errorf("%d times: %s", n, message)
		}
	}
}

// axeFindings returns what axe has against the page, a line for each rule, when the
// sheet of a screen has faded in.
// In large type, words stand out seven times from their ground (WCAG 1.4.6).
const axeFindings = `Promise.all(document.getAnimations().map(a => a.finished.catch(() => null))).then(() => axe.run(document, {resultTypes: ["violations"],
  rules: {"color-contrast-enhanced": {enabled: !!document.querySelector("#size-big:checked")}}})).then(r => r.violations.map(v =>
  v.id + " (" + v.impact + "): " + v.nodes.length + "× " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join("  ")).join("\n"))`

// TestPagesAreAccessible has axe look at a page of every layout, on a phone and on a
// desk, in both sizes of type.
func TestPagesAreAccessible(t *testing.T) {
	axe, err := os.ReadFile(filepath.Join(npmPackage(t, "axe-core", "4.14.1"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, p := range fullestPages(t, dest) {
		open(t, ctx, dest, p, 360, true)
		evaluate[bool](t, ctx, string(axe)+"; true")
		look := func(width int64, size string) {
			t.Helper()
			resize(t, ctx, width)
			if found := evaluateAsync[string](t, ctx, axeFindings); found != "" {
				t.Errorf("%s at %d px, %s:\n%s", p, width, size, found)
			}
		}
		const usual, large = "in the usual size", "in large type"
		if evaluate[bool](t, ctx, `!!document.querySelector("#size-big:checked")`) {
			t.Fatalf("%s is in large type from the beginning", p)
		}
		look(360, usual)
		look(1440, usual)
		if evaluate[bool](t, ctx, `!!document.querySelector("#size-big")`) {
			evaluate[bool](t, ctx, `document.querySelector("#size-big").click(); true`)
			look(1440, large)
			look(360, large)
			evaluate[bool](t, ctx, `document.querySelector("#size [type=reset]").click(); true`) // it is remembered
		}
	}
}

// namesIn returns the ids of the elements of a page, in their order, and the addresses
// that they refer to.
func namesIn(text []byte) (ids, addresses []string) {
	for z := html.NewTokenizer(bytes.NewReader(text)); z.Next() != html.ErrorToken; {
		for _, a := range z.Token().Attr {
			switch a.Key {
			case "id":
				ids = append(ids, a.Val)
			case "href", "src", "action", "data":
				addresses = append(addresses, a.Val)
			case "srcset":
				for one := range strings.SplitSeq(a.Val, ", ") {
					to, _, _ := strings.Cut(one, " ")
					addresses = append(addresses, to)
				}
			}
		}
	}
	return ids, addresses
}

// TestNoIDTwice looks for ids that several elements of a page have, a screen with
// many sheets above all.
func TestNoIDTwice(t *testing.T) {
	eachPage(t, buildDemonstration(t), func(p string, text []byte) {
		ids, _ := namesIn(text)
		for i, id := range ids {
			if id == "" || strings.ContainsAny(id, " \t\n") || slices.Contains(ids[:i], id) {
				t.Errorf("%s: id %q stands for nothing, or for several", p, id)
			}
		}
	})
}

// TestLinksLeadSomewhere follows every link of every page, sheet and screen to its file
// and to the place in it, in a site that opens from a disk and in one for a server.
func TestLinksLeadSomewhere(t *testing.T) {
	for name, dest := range map[string]string{"from a disk": buildDemonstration(t), "from a server": servedSite(t).dest} {
		ids, links := map[string]map[string]bool{}, map[string][]string{}
		eachPage(t, dest, func(p string, text []byte) {
			own, addresses := namesIn(text)
			ids[p] = map[string]bool{"": true}
			for _, id := range own {
				ids[p][id] = true
			}
			links[p] = addresses
		})
		followed := 0
		for p, addresses := range links {
			for _, a := range addresses {
				u, err := url.Parse(a)
				if err != nil {
					t.Errorf("%s, %s: %v", name, p, err)
				}
				if err != nil || u.Scheme != "" || u.Host != "" || p == "404.html" && name == "from a disk" { // its links begin at the root of a server
					continue
				}
				followed++
				to := p
				if u.Path != "" {
					to = (&url.URL{Path: "/" + p}).ResolveReference(u).Path[1:]
				}
				if to == "" || strings.HasSuffix(to, "/") {
					to += "index.html"
				}
				if info, err := os.Stat(filepath.Join(dest, filepath.FromSlash(to))); err != nil || info.IsDir() {
					t.Errorf("%s, %s: %s leads nowhere", name, p, a)
				} else if strings.HasSuffix(to, ".html") && !ids[to][u.Fragment] {
					t.Errorf("%s, %s: %s has no such place", name, p, a)
				}
			}
		}
		if followed < 10*len(links) {
			t.Errorf("%s: only %d links on %d pages", name, followed, len(links))
		}
	}
}

var (
	layoutID = regexp.MustCompile(`\sid="([^"]*)"`)
	plainID  = regexp.MustCompile(`^[\pL\pN-]+$`)
)

// TestIDsOfLayoutsAreReserved holds the ids of the layouts against those that no
// heading gets.
func TestIDsOfLayoutsAreReserved(t *testing.T) {
	used := map[string]bool{}
	err := fs.WalkDir(themes.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".html") {
			return err
		}
		text, err := fs.ReadFile(themes.FS, p)
		for _, m := range layoutID.FindAllSubmatch(text, -1) {
			id := string(m[1])
			switch {
			case strings.Contains(id, "{{"):
				if !strings.Contains(id, ".") {
					t.Errorf("%s: a heading could have the id %s; put a full stop in it", p, id)
				}
			case plainID.MatchString(id):
				used[id] = true
				if !slices.Contains(markup.Reserved, id) {
					t.Errorf("%s: %s is not in markup.Reserved", p, id)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range markup.Reserved {
		if !used[id] {
			t.Errorf("no layout uses %s, which is in markup.Reserved", id)
		}
	}
}
