package build_test

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/themes"
)

// TestFeedsAreRead reads all feeds of the demonstration with another library: both
// forms say the same, the newest first, each with an id and an address that is a page of
// the site; the page that a feed belongs to leads to it.
func TestFeedsAreRead(t *testing.T) {
	bag := &diag.Bag{}
	s, r := build.Plan(t.Context(), source.Take(os.DirFS("../.."), bag), build.Options{Themes: themes.FS}, bag.List())
	if s == nil {
		t.Fatal(r.Diags)
	}
	const base = "https://hongbiandan.example/"
	files := map[string]string{}
	pages := map[string]bool{}
	for _, o := range s.Outputs {
		switch path.Base(o.Path) {
		case "feed.xml", "feed.json":
			files[o.Path] = string(o.Bytes(nil))
		case "index.html":
			pages[base+strings.TrimSuffix(o.Path, "index.html")] = true
		}
	}
	parse := func(p string) *gofeed.Feed {
		f, err := gofeed.NewParser().ParseString(files[p])
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		return f
	}
	for p := range files {
		if !strings.HasSuffix(p, ".xml") {
			continue
		}
		atom, json := parse(p), parse(strings.TrimSuffix(p, ".xml")+".json")
		if atom.FeedType != "atom" || json.FeedType != "json" || atom.Title != json.Title || atom.Link != json.Link || len(atom.Items) != len(json.Items) {
			t.Fatalf("%s: the two forms differ", p)
		}
		if n := len(atom.Items); n == 0 || n > 30 || !pages[atom.Link] || atom.FeedLink != base+p || !atom.UpdatedParsed.Equal(*atom.Items[0].UpdatedParsed) {
			t.Errorf("%s: %d entries, belongs to %s, is at %s, updated %s", p, n, atom.Link, atom.FeedLink, atom.Updated)
		}
		ids := map[string]bool{}
		for i, e := range atom.Items {
			j := json.Items[i]
			if ids[e.GUID] || e.GUID == "" || e.GUID != j.GUID || e.Title != j.Title || e.Link != j.Link || e.Description != j.Content || !e.PublishedParsed.Equal(*j.PublishedParsed) {
				t.Errorf("%s: %s: the two forms differ, or twice the same id", p, e.GUID)
			}
			ids[e.GUID] = true
			if !pages[e.Link] || e.Title == "" || e.Description == "" || len(e.Authors) != 1 || e.Authors[0].Name == "" {
				t.Errorf("%s: %+v", p, e)
			}
			if i > 0 && e.PublishedParsed.After(*atom.Items[i-1].PublishedParsed) {
				t.Errorf("%s: %s is newer than the one before", p, e.GUID)
			}
		}
	}
	for _, p := range []string{"feed.xml", "news/feed.xml", "notices/feed.xml", "months/feed.xml", "branches/dongjie/feed.xml", "stations/yz-03/feed.xml"} {
		if files[p] == "" {
			t.Errorf("no %s", p)
		}
	}
	if files["programme/feed.xml"] != "" {
		t.Error("pages that are there on every day are news")
	}
}

// TestFeedsTellWhatIsWritten: text is escaped, drafts and what is not for everybody are
// not told; without an address there is no feed; another day changes none.
func TestFeedsTellWhatIsWritten(t *testing.T) {
	in := files{
		"content/news/a.md": "+++\ntitle = \"甲 <b>&\\\"乙\\\"\"\ndate = 2026-11-02\nsummary = \"一]]>二\"\n+++\n正文\n",
		"content/news/b.md": "+++\ntitle = \"草稿的事\"\ndraft = true\ndate = 2026-11-03\n+++\n正文\n",
		"content/news/c.md": "+++\ntitle = \"内部的事\"\nscope = \"party\"\ndate = 2026-11-03\n+++\n正文\n",
	}
	got, _ := buildSite(t, in, build.Options{})
	f, err := gofeed.NewParser().ParseString(got["news/feed.xml"])
	if err != nil || len(f.Items) != 1 || f.Items[0].Title != `甲 <b>&"乙"` || f.Items[0].Description != "一]]>二" {
		t.Errorf("%v %v", f, err)
	}
	if !strings.Contains(got["sitemap.xml"], "/news/a/</loc><lastmod>2026-11-02</lastmod>") || !strings.Contains(got["sitemap.xml"], "/news/</loc><lastmod>2026-11-02</lastmod>") {
		t.Error(got["sitemap.xml"])
	}
	later, _ := buildSite(t, in, build.Options{AsOf: calendar.Date{Year: 2027, Month: 3, Day: 1}})
	if got["feed.xml"] != later["feed.xml"] || got["feed.json"] != later["feed.json"] {
		t.Error("another day changes feeds")
	}
	in["site.toml"] = strings.Replace(siteTOML, "base_url", "#", 1)
	if without, _ := buildSite(t, in, build.Options{}); without["feed.xml"] != "" || strings.Contains(without["news/index.html"], "alternate") {
		t.Error("a feed without an address")
	}
}

// TestFeedsOfAnEdit: an edit writes the feeds that it concerns, and no others.
func TestFeedsOfAnEdit(t *testing.T) {
	w := newWorld()
	w.write("content/news/of.md", "+++\ntitle = \"支部的事\"\ndate = 2026-11-20\nbranch = \"dongjie\"\n+++\n正文\n")
	dest, cacheDir := t.TempDir(), t.TempDir()
	run := func() map[string]string {
		got, r := buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of("a")}, dest, cacheDir)
		if r.Diags.HasErrors() {
			t.Fatal(r.Diags)
		}
		return got
	}
	feeds := func(before, after map[string]string) (changed []string) {
		for _, p := range difference(before, after) {
			if strings.HasSuffix(p, "feed.xml") {
				changed = append(changed, p)
			}
		}
		return changed
	}
	before := run()
	w.write("content/news/of.md", strings.Replace(w.files["content/news/of.md"], "支部的事", "又一件", 1))
	after := run()
	if got := strings.Join(feeds(before, after), " "); got != "branches/dongjie/feed.xml feed.xml news/feed.xml" {
		t.Errorf("a title changes %s", got)
	}
	w.write("content/notices/long.md", strings.Replace(w.files["content/notices/long.md"], "长期", "一直", 1))
	if got := strings.Join(feeds(after, run()), " "); got != "feed.xml notices/feed.xml" {
		t.Errorf("the title of a notice changes %s", got)
	}
}
