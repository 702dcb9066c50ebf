package theme_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"biandan/generator/diag"
	_ "biandan/generator/ledgers"
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

// TestCompiledPageEqualsReference compares each layout, for views that are full,
// empty, or filled at random with texts that are hard to escape, with what
// html/template makes of them, byte for byte. A view that html/template refuses is
// no comparison; there must be few of these.
func TestCompiledPageEqualsReference(t *testing.T) {
	const each = 30
	th := load(t)
	r := rand.New(rand.NewPCG(1, 2))
	compared, refused := 0, 0
	for _, name := range view.Layouts() {
		typ := view.TypeOf(name)
		views := []any{theme.Fixture(typ, true), theme.Fixture(typ, false)}
		for range each {
			v := reflect.New(typ).Elem()
			scatter(v, r, 0)
			views = append(views, v.Interface())
		}
		for i, v := range views {
			want, err := th.Reference(name, v)
			if err != nil {
				refused++
				continue
			}
			compared++
			got, err := th.Append(nil, name, v)
			if err != nil {
				t.Fatal(name, err)
			}
			if !bytes.Equal(got, want) {
				t.Fatalf("%s, view %d:\n%s", name, i, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
			}
		}
	}
	if refused > compared/15 { // of tables, every other has fewer heads than cells
		t.Errorf("%d views compared, %d refused", compared, refused)
	}
	t.Logf("%d views compared, %d refused", compared, refused)
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
		site := v.Type() == reflect.TypeFor[*view.Site]() // which every page has
		if site || depth < 8 && r.IntN(2) == 0 {
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
