package markup

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"biandan/generator/diag"
	"biandan/generator/source"
)

// specExample is one of the examples of the CommonMark specification, which
// goldmark brings along; they are read from where the module lies.
type specExample struct {
	Markdown string `json:"markdown"`
	Example  int    `json:"example"`
}

func specExamples(tb testing.TB) []specExample {
	tb.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		tb.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var examples []specExample
	if err := json.Unmarshal(data, &examples); err != nil {
		tb.Fatal(err)
	}
	return examples
}

// parse runs Markdown through the pipeline; holes are filled with what stands
// in the source.
func parse(tb testing.TB, md string) (html string, diags diag.List, doc *Document) {
	tb.Helper()
	bag := &diag.Bag{}
	t, ok := source.NewText("test.md", []byte(md), bag)
	if !ok {
		return "", bag.List(), nil
	}
	doc = NewParser().Parse(t, 0, bag)
	fills := make([]string, len(doc.Holes))
	for i, h := range doc.Holes {
		fills[i] = EscapeURL(h.Dest)
	}
	return doc.Fill(doc.Body, fills), bag.List(), doc
}

// goldmarkAlone is goldmark with the same extensions, without our rules.
func goldmarkAlone(tb testing.TB, md string) string {
	tb.Helper()
	g := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.NewCJK(extension.WithEscapedSpace())),
		goldmark.WithParserOptions(parser.WithAttribute()))
	var out bytes.Buffer
	if err := g.Convert([]byte(md), &out); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

// meantToDiffer are the numbers of the examples where a rule of ours is meant
// to give another result, with the rule.
var meantToDiffer = map[int]string{
	596: schemeRule, 598: schemeRule, 599: schemeRule, 601: schemeRule,
	356: "a star between digits is a sign: 120*240cm",
	265: "a number above 999 is a year, not the first of a list",
}

const schemeRule = "links lead to web pages, mail and telephones only (E0403)"

var (
	headingID  = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)
	linkRel    = regexp.MustCompile(` rel="(external )?noopener noreferrer"`)
	headingTag = regexp.MustCompile(`(</?h)[1-6]>`)
)

// canonical writes HTML as a browser reads it.
func canonical(tb testing.TB, fragment string) string {
	tb.Helper()
	nodes, err := nethtml.ParseFragment(strings.NewReader(fragment), &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		tb.Fatal(err)
	}
	var out strings.Builder
	for _, n := range nodes {
		nethtml.Render(&out, n)
	}
	// A heading of ours has an id, and its level depends on those before it; a link to
	// another site says so.
	text := linkRel.ReplaceAllString(out.String(), "")
	return headingTag.ReplaceAllString(headingID.ReplaceAllString(text, "$1"), "${1}2>")
}

// TestCommonMark wants goldmark's own result for every example without raw
// HTML; one with raw HTML must be reported.
func TestCommonMark(t *testing.T) {
	same, raw := 0, 0
	for _, ex := range specExamples(t) {
		got, diags, _ := parse(t, ex.Markdown)
		want := goldmarkAlone(t, ex.Markdown)
		switch {
		case strings.Contains(want, "<!-- raw HTML omitted -->"):
			raw++
			reported := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Code == ruleRawHTML.Code })
			if !reported && !strings.Contains(ex.Markdown, "<!--") {
				t.Errorf("example %d: raw HTML is not reported:\n%s", ex.Example, ex.Markdown)
			}
		case meantToDiffer[ex.Example] != "":
			if canonical(t, got) == canonical(t, want) {
				t.Errorf("example %d does not differ any more (%s)", ex.Example, meantToDiffer[ex.Example])
			}
		case canonical(t, got) != canonical(t, want):
			t.Errorf("example %d:\n%s\ngot  %s\nwant %s\n%v", ex.Example, ex.Markdown, got, want, diags)
		default:
			same++
		}
	}
	if same < 500 || raw < 40 {
		t.Errorf("only %d examples compared and %d with raw HTML", same, raw)
	}
}
