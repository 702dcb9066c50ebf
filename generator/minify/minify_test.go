package minify

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestMarkupEqualsMinifiers makes HTML of blocks, phrases and texts at random:
// written whole, in pieces, or as texts between parts, the browser sees what it
// sees of the minifier's result.
func TestMarkupEqualsMinifiers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		g := &grower{r: r}
		g.blocks(0)
		page := g.String()
		want := seen(t, string(Page([]byte(page))))
		if got := seen(t, Markup(page, nil)); got != want {
			t.Fatalf("%q\n got %s\nwant %s", page, got, want)
		}
		if got := seen(t, inPieces(page, g.texts)); got != want {
			t.Fatalf("%q in pieces\n got %s\nwant %s", page, got, want)
		}
	}
}

func TestMarkupTwiceChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		g := &grower{r: r}
		g.blocks(0)
		once := Markup(g.String(), nil)
		if twice := Markup(once, nil); twice != once {
			t.Fatalf("%q\n once %q\ntwice %q", g.String(), once, twice)
		}
	}
}

// TestMarksMoveAlong keeps the places that the caller has marked.
func TestMarksMoveAlong(t *testing.T) {
	page := "<p>\n一  <a href=\"\">二</a> </p>\n<table>\n</table>"
	href, table := strings.Index(page, `""`)+1, strings.Index(page, "<table")
	got := Markup(page, []*int{&href, &table})
	if want := `<p>一 <a href="">二</a></p><table></table>`; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	if !strings.HasPrefix(got[href:], `">`) || !strings.HasPrefix(got[table:], "<table") {
		t.Errorf("the marks stand before %q and %q", got[href:], got[table:])
	}
}

// grower writes HTML at random; texts are the places of texts in it.
type grower struct {
	strings.Builder
	r     *rand.Rand
	texts [][2]int
}

func (g *grower) pick(list ...string) string { return list[g.r.IntN(len(list))] }

func (g *grower) blocks(depth int) {
	for range 1 + g.r.IntN(3) {
		g.WriteString(g.pick("", "\n", "  ", "\n\n "))
		switch {
		case depth < 3 && g.r.IntN(3) == 0:
			tag := g.pick("div", "section", "blockquote", "ul")
			g.WriteString("<" + tag + ">")
			if tag == "ul" {
				g.WriteString(g.pick("", "\n") + "<li>")
				g.phrases(0)
				g.WriteString("</li>" + g.pick("", "\n"))
			} else {
				g.blocks(depth + 1)
			}
			g.WriteString("</" + tag + ">")
		case g.r.IntN(8) == 0:
			g.WriteString("<pre> a\n  b </pre>")
		default:
			tag := g.pick("p", "h2")
			g.WriteString("<" + tag + ">")
			g.phrases(0)
			g.WriteString("</" + tag + ">")
		}
	}
}

func (g *grower) phrases(depth int) {
	for range g.r.IntN(4) {
		switch g.r.IntN(6) {
		case 0:
			g.WriteString(g.pick("<br>", `<img src="a">`, "<svg> <g/> </svg>"))
		case 1, 2:
			if depth < 3 {
				tag := g.pick("b", "span", "a", "em", "code")
				g.WriteString("<" + tag + ">")
				g.phrases(depth + 1)
				g.WriteString("</" + tag + ">")
			}
		default:
			from := g.Len()
			g.WriteString(g.pick("文", " 文", "文 ", " ", "\n", "甲  乙", "甲\n 乙\n"))
			g.texts = append(g.texts, [2]int{from, g.Len()})
		}
	}
}

// inPieces writes a page as a template does: parts, and texts between them.
func inPieces(page string, texts [][2]int) string {
	var w Writer
	var l Lexer
	w.Reset()
	from := 0
	for _, t := range texts {
		part := l.Part(page[from:t[0]])
		part.WriteTo(&w)
		w.Text(page[t[0]:t[1]])
		from = t[1]
	}
	part := l.Part(page[from:])
	part.WriteTo(&w)
	return string(w.Bytes)
}

// seen writes HTML as a browser reads it.
func seen(t *testing.T, fragment string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		html.Render(&b, n)
	}
	return b.String()
}
