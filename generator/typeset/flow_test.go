package typeset_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"biandan/generator/typeset"
)

// TestPagesLoseNothing spreads random texts over pages of random heights. A
// browser must find all their text on the pages, in order, each once, but for
// the heads of tables, which stand on every page.
func TestPagesLoseNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	spread := 0
	for range 3000 {
		body := randomBody(r)
		f := typeset.ParseFlow(body)
		m := typeset.Measures{Size: 5, Width: 60 + 100*r.Float64(), Leading: 1.6, Gap: 0.5}
		room := typeset.Room{First: 30 + 200*r.Float64(), Next: 120 + 200*r.Float64(), End: 20 * r.Float64()}
		pages, ok := f.Pages(m, room)
		if !ok {
			t.Fatalf("%s\nfits on no pages of %v", body, room)
		}
		if n := f.Count(m, room); n != len(pages) || !f.Within(n, m, room) || n > 1 && f.Within(n-1, m, room) {
			t.Errorf("%d pages are counted as %d", len(pages), n)
		}
		if len(pages) > 1 {
			spread++
		}
		if empty := slices.IndexFunc(pages, func(p string) bool { return !strings.Contains(p, ">") }); empty > 0 && empty < len(pages)-1 || empty == 0 && room.First-room.End > 100 {
			t.Fatalf("page %d is empty in %q", empty, pages)
		}
		var all, want words
		for _, p := range pages {
			all.add(t, p)
		}
		want.add(t, body)
		if all.String() != want.String() {
			t.Fatalf("of %s\nis left %s\n in pages %q", want.String(), all.String(), pages)
		}
	}
	if spread < 500 {
		t.Error("few texts needed several pages:", spread)
	}
}

// words are the text of pages, in order: that of tables by their columns, as a row
// may go on on the next page.
type words struct {
	strings.Builder
	columns [9]strings.Builder
}

func (w *words) String() string {
	all := w.Builder.String()
	for i := range w.columns {
		all += "|" + w.columns[i].String()
	}
	return all
}

// add adds the text of a page as a browser finds it, without heads of tables and
// captions, and checks that every list and table is one.
func (w *words) add(t *testing.T, page string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(page), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node, b *strings.Builder)
	walk = func(n *html.Node, b *strings.Builder) {
		switch {
		case n.DataAtom == atom.Thead || n.DataAtom == atom.Caption:
			return
		case n.DataAtom == atom.Li && n.Parent.DataAtom != atom.Ul && n.Parent.DataAtom != atom.Ol:
			t.Fatal("an item outside of a list:", page)
		case n.DataAtom == atom.Table && n.Parent != nil && n.Parent.DataAtom == atom.P:
			t.Fatal("a table in a paragraph:", page)
		case n.DataAtom == atom.Td:
			column := 0
			for c := n.PrevSibling; c != nil; c = c.PrevSibling {
				column++
			}
			b = &w.columns[column]
		}
		if n.Type == html.TextNode {
			b.WriteString(strings.Join(strings.Fields(n.Data), ""))
		}
		for c := range n.ChildNodes() {
			walk(c, b)
		}
	}
	for _, n := range nodes {
		walk(n, &w.Builder)
	}
}

func randomBody(r *rand.Rand) string {
	words := []string{"请各小区党支部做好登记。", "公示期内有意见的，实名反映；", "“三会一课”！”", "A &amp; B &lt;c&gt;", "<strong>《条例》</strong>", `<a href="../x.html" title="a>b">链接。</a>`, "第一行<br>第二行", "Kubernetes。", "示例一，"}
	text := func(n int) string {
		var b strings.Builder
		for range 1 + r.IntN(n) {
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	var list func(depth int) string
	list = func(depth int) string {
		tag := []string{"<ul>", "<ol>", `<ol start="7">`}[r.IntN(3)]
		var b strings.Builder
		b.WriteString(tag)
		for range 1 + r.IntN(5) {
			b.WriteString("<li>" + text(6))
			if depth < 3 && r.IntN(4) == 0 {
				b.WriteString(list(depth + 1))
			}
			b.WriteString("</li>")
		}
		return b.String() + "</" + tag[1:3] + ">"
	}
	var b strings.Builder
	for range 1 + r.IntN(7) {
		switch r.IntN(9) {
		case 0:
			b.WriteString("<h2 id=\"h\">" + text(1) + "</h2>")
		case 1:
			b.WriteString(list(0))
		case 2:
			b.WriteString("<table><caption>题</caption><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>")
			for range 1 + r.IntN(6) {
				fmt.Fprintf(&b, `<tr><td data-label="甲">%s</td><td><p>%s</p><p>%s</p></td></tr>`, text(2), text(3), text(1))
			}
			b.WriteString("</tbody></table>")
		case 3:
			fmt.Fprintf(&b, "<blockquote><p>%s</p><p>%s</p></blockquote>", text(9), text(4))
		case 4:
			fmt.Fprintf(&b, "<aside class=\"notice\"><p>%s</p>%s<blockquote><p>%s</p></blockquote></aside>", text(3), list(2), text(30))
		case 5:
			b.WriteString("<pre><code>" + strings.Repeat("一\n 二 &lt;三\n", 1+r.IntN(30)) + "</code></pre><hr>")
		case 6:
			fmt.Fprintf(&b, "<p><strong>%s<em>%s</em></strong><sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup></p><dl><dt>%s</dt><dd>%s</dd></dl>", text(40), text(20), text(1), text(30))
		default:
			fmt.Fprintf(&b, "<p>%s</p>\n", text(14))
		}
	}
	return b.String()
}

// TestContinuedListsGoOnCounting: the number of the first item on a page is the
// next one.
func TestContinuedListsGoOnCounting(t *testing.T) {
	for start, want := range map[string]string{"<ol>": `<ol start="2">`, `<ol start="5">`: `<ol start="6"`, "<ul>": "<ul>"} {
		body := start + strings.Repeat("<li>一二三四五六七八九十</li>", 3) + "</" + start[1:3] + ">"
		pages, ok := typeset.ParseFlow(body).Pages(typeset.Measures{Size: 5, Width: 60, Leading: 1.6, Gap: 0.5}, typeset.Room{First: 12, Next: 40})
		if !ok || len(pages) != 2 || !strings.HasPrefix(pages[1], want) {
			t.Errorf("%s: %q", start, pages)
		}
	}
}

// TestPictureInABoxHasItsHeight: a quotation that shows a picture is as high as
// the picture elsewhere.
func TestPictureInABoxHasItsHeight(t *testing.T) {
	m := typeset.Measures{Size: 5, Width: 100, Leading: 1.6, Gap: 0.5}
	const picture = `<p><img src="a.png" alt="图"></p>`
	for _, body := range []string{picture, "<blockquote>" + picture + "</blockquote>", "<blockquote><p>看图。</p>" + picture + "</blockquote>"} {
		if f := typeset.ParseFlow(body); f.Within(1, m, typeset.Room{First: 50, Next: 50}) || !f.Within(1, m, typeset.Room{First: 90, Next: 90}) {
			t.Errorf("%s is not measured as a picture", body)
		}
	}
}
