package themes_test

import (
	"bytes"
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
	links  []*html.Node
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
		case "link":
			h.links = append(h.links, n)
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
		case h.layout == "home", h.layout == "404":
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
