package themes_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// head is what stands in the head of a page, by name.
type head struct {
	layout string
	metas  map[string]string // by their names and properties, in small letters
	twice  []string
	graph  string // JSON-LD
	url    string // canonical
}

func headOf(t *testing.T, page string, text []byte) head {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(page, err)
	}
	h := head{metas: map[string]string{}}
	for n := range root.Descendants() {
		switch n.Data {
		case "body":
			h.layout = strings.TrimPrefix(attribute(n, "class"), "k-")
		case "script":
			if attribute(n, "type") == "application/ld+json" {
				h.graph += n.FirstChild.Data
			}
		case "link":
			if attribute(n, "rel") == "canonical" {
				h.url = attribute(n, "href")
			}
		case "meta":
			name := strings.ToLower(attribute(n, "name") + attribute(n, "property"))
			if _, there := h.metas[name]; there && name != "" {
				h.twice = append(h.twice, name)
			}
			h.metas[name] = attribute(n, "content")
		}
	}
	return h
}

func attribute(n *html.Node, key string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

// The tags of 国办发〔2017〕47号, by the part that they belong to.
var (
	siteTags    = []string{"sitename", "sitedomain"}
	columnTags  = []string{"columnname", "columndescription", "columnkeywords", "columntype"}
	articleTags = []string{"articletitle", "pubdate", "contentsource", "description", "url", "author"}
	pubDate     = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d$`)
	domain      = regexp.MustCompile(`^[a-z0-9.-]+$`)
)

// TestTagsOfEveryPage looks at the head of every page of the demonstration site: the
// home page has the tags of the site, all others also those of their column, texts
// their own; sheets are no pages of the web.
func TestTagsOfEveryPage(t *testing.T) {
	texts := map[string]bool{"article": true, "notice": true, "month": true}
	seen := map[string]int{}
	eachPage(t, buildDemonstration(t), func(page string, text []byte) {
		h := headOf(t, page, text)
		var want, not []string
		switch {
		case strings.HasPrefix(page, "sheets/"), strings.HasPrefix(page, "screens/"):
			not = slices.Concat(siteTags, columnTags, articleTags[:3])
		case h.layout == "home", h.layout == "404", h.layout == "redirect":
			want, not = siteTags, slices.Concat(columnTags, articleTags[:3])
		case texts[h.layout]:
			want = slices.Concat(siteTags, columnTags, articleTags)
		default:
			want, not = slices.Concat(siteTags, columnTags), articleTags[:3]
		}
		seen[h.layout]++
		for _, name := range want {
			if v := h.metas[name]; strings.TrimSpace(v) == "" || strings.Contains(v, "null") {
				t.Errorf("%s: %s is %q", page, name, v)
			}
		}
		for _, name := range not {
			if v, there := h.metas[name]; there {
				t.Errorf("%s has %s %q", page, name, v)
			}
		}
		if v, there := h.metas["pubdate"]; there && !pubDate.MatchString(v) {
			t.Errorf("%s: PubDate is %q", page, v)
		}
		if v, there := h.metas["sitedomain"]; there && !domain.MatchString(v) {
			t.Errorf("%s: SiteDomain is %q", page, v)
		}
		if v, there := h.metas["columnname"]; there && v[0] < 0x80 {
			t.Errorf("%s: ColumnName is %q", page, v)
		}
		if len(h.twice) > 0 {
			t.Errorf("%s has twice: %v", page, h.twice)
		}
	})
	for _, layout := range []string{"home", "404", "article", "notice", "month", "list", "table", "branch", "station", "service", "board", "screen", "sitemap"} {
		if seen[layout] == 0 {
			t.Errorf("no page of layout %s", layout)
		}
	}
}

// thing is what a graph says of a page, as far as it is looked at here.
type thing struct {
	Type      string `json:"@type"`
	Name      string `json:"name"`
	Headline  string `json:"headline"`
	Published string `json:"datePublished"`
	Start     string `json:"startDate"`
	Location  struct {
		Name string `json:"name"`
	} `json:"location"`
	Way []struct {
		Position int    `json:"position"`
		Name     string `json:"name"`
		Item     string `json:"item"`
	} `json:"itemListElement"`
}

// TestWhatSearchEnginesRead: every page of the web says the way to it, by addresses that
// are pages; texts are articles, activities events, the home page the organisation. What
// is shared (Open Graph) has a title, a text and an address.
func TestWhatSearchEnginesRead(t *testing.T) {
	heads := map[string]head{}
	addresses := map[string]bool{}
	site := buildDemonstration(t)
	eachPage(t, site, func(page string, text []byte) {
		h := headOf(t, page, text)
		if strings.HasPrefix(page, "sheets/") || strings.HasPrefix(page, "screens/") || h.layout == "404" || h.layout == "redirect" {
			if h.graph != "" || h.metas["og:title"] != "" {
				t.Errorf("%s is no page of the web", page)
			}
			return
		}
		heads[page], addresses[h.url] = h, true
	})
	for page, h := range heads {
		var g struct {
			Context string  `json:"@context"`
			Graph   []thing `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(h.graph), &g); err != nil || g.Context != "https://schema.org" || len(g.Graph) == 0 {
			t.Fatalf("%s: %v in %s", page, err, h.graph)
		}
		kinds := map[string]int{}
		for _, x := range g.Graph {
			kinds[x.Type]++
			for i, w := range x.Way {
				if w.Position != i+1 || w.Name == "" || !addresses[w.Item] {
					t.Errorf("%s: the way leads over %+v", page, w)
				}
			}
			if n := len(x.Way); x.Type == "BreadcrumbList" && (n < 2 || x.Way[n-1].Item != h.url) {
				t.Errorf("%s: the way does not lead to it: %+v", page, x.Way)
			}
			if strings.HasSuffix(x.Type, "Article") && (x.Headline == "" || len(x.Published) != 10) || x.Type == "Event" && (x.Name == "" || x.Start == "" || x.Location.Name == "") {
				t.Errorf("%s: %+v", page, x)
			}
		}
		_, dated := h.metas["pubdate"]
		if (kinds["Organization"] == 1) != (h.layout == "home") || (kinds["BreadcrumbList"] == 1) != (h.layout != "home") || kinds["Article"]+kinds["NewsArticle"] != count(dated) {
			t.Errorf("%s: %v", page, kinds)
		}
		if page == "months/2026-12/index.html" && kinds["Event"] == 0 {
			t.Errorf("%s: no events", page)
		}
		_, picture, _ := strings.Cut(h.metas["og:image"], ".example/")
		if _, err := os.Stat(filepath.Join(site, filepath.FromSlash(picture))); err != nil || picture == "" {
			t.Errorf("%s: the picture %q is not there", page, h.metas["og:image"])
		}
		if h.metas["og:url"] != h.url || h.metas["og:title"] == "" || h.metas["og:description"] == "" || h.metas["og:site_name"] == "" || h.metas["og:locale"] != "zh_CN" || (h.metas["og:type"] == "article") != dated {
			t.Errorf("%s: %v", page, h.metas)
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
