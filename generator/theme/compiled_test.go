package theme_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"biandan/generator/diag"
	_ "biandan/generator/ledgers"
	"biandan/generator/minify"
	"biandan/generator/source"
	"biandan/generator/theme"
	"biandan/generator/view"
	"biandan/themes"
)

func load(t *testing.T) *theme.Theme {
	t.Helper()
	bag := &diag.Bag{}
	th := theme.Load(source.Take(fstest.MapFS{}, bag), themes.FS, "hongbiandan", diag.Pos{}, nil, bag)
	if th == nil {
		t.Fatal(bag.List())
	}
	return th
}

// TestAllLayoutsAreCompiled: those of the default theme use nothing that would
// make html/template do the work each time.
func TestAllLayoutsAreCompiled(t *testing.T) {
	th := load(t)
	for _, name := range view.Layouts() {
		if why := th.Reason(name); why != "" {
			t.Errorf("%s: %s", name, why)
		}
	}
}

// TestCompiledPageEqualsMinifiersPage compares each layout, for views that are
// full, empty, or filled at random with texts that are hard to escape, with what
// html/template and the minifier make of them: the browser must see the same.
func TestCompiledPageEqualsMinifiersPage(t *testing.T) {
	th := load(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range view.Layouts() {
		typ := view.TypeOf(name)
		views := []any{theme.Fixture(typ, true), theme.Fixture(typ, false)}
		for range 30 {
			v := reflect.New(typ).Elem()
			scatter(v, r, 0)
			views = append(views, v.Interface())
		}
		for i, v := range views {
			plain, err := th.Reference(name, v)
			if err != nil {
				continue
			}
			var w minify.Writer
			if err := th.Execute(&w, name, v); err != nil {
				t.Fatal(name, err)
			}
			want, got := dom(t, minify.Page(plain)), dom(t, w.Bytes)
			if want != got {
				t.Fatalf("%s, view %d:\n%s", name, i, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
			}
		}
	}
}

var texts = []string{"", "文字", " 前后有空格 ", "两  个\n空 行", `<b>&"'+</b>`, "a:b", "javascript:alert(1)", "../a/中文.html?a=1&b=2#c+d", "x\x00y", "100%", "100%41 (x)"}

// scatter fills a view at random.
func scatter(v reflect.Value, r *rand.Rand, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			scatter(v.Field(i), r, depth+1)
		}
	case reflect.Pointer:
		if depth < 8 && r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			scatter(v.Elem(), r, depth+1)
		}
	case reflect.Slice:
		if n := r.IntN(4); depth < 8 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				scatter(v.Index(i), r, depth+1)
			}
		}
	case reflect.String:
		if v.Type().PkgPath() == "html/template" {
			v.SetString([]string{"", "<p>一段</p>", "<p>一段</p><ul><li>一<li>二</ul>", "行内 <b>粗</b> "}[r.IntN(4)])
			return
		}
		v.SetString(texts[r.IntN(len(texts))])
	case reflect.Int:
		v.SetInt(int64(r.IntN(12)))
	case reflect.Float64:
		v.SetFloat(float64(r.IntN(1000)) / 8)
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	}
}

// dom writes what a browser makes of a page, one node a line.
func dom(t *testing.T, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		b.WriteString(strings.Repeat(" ", depth))
		switch n.Type {
		case html.TextNode:
			b.WriteString(`"` + strings.ReplaceAll(n.Data, "\n", `\n`) + `"`)
		default:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				// In values that are lists of words the minifier drops white space; the
				// themes write none.
				b.WriteString(" " + a.Key + "=" + strings.Join(strings.Fields(a.Val), " "))
			}
		}
		b.WriteByte('\n')
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return b.String()
}

// BenchmarkLoad loads the default theme and tries all its layouts.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		bag := &diag.Bag{}
		if theme.Load(source.Take(fstest.MapFS{}, bag), themes.FS, "hongbiandan", diag.Pos{}, nil, bag) == nil {
			b.Fatal(bag.List())
		}
	}
}
