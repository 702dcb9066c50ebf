package datafile

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/source"
)

// FuzzPositions holds our tables against those of BurntSushi/toml, which shares
// no line with the parser that we use: both accept the same texts and find the
// same values, and every key stands where its mark says. Where they may differ
// is told by [mayDiffer].
func FuzzPositions(f *testing.F) {
	for _, s := range []string{
		"a = 1\n[b]\nc = \"甲\"\n[[d]]\ne = [1, 2]\n[[d]]\nf = { g = true, h.i = 2026-01-02 }\n",
		"a.b.c = 1\na.b.d = 2\n[x.y]\nz = 1.5\n[x]\nw = 07:32:00\n",
		"[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n", "\"引 号\".'x' = '''多\n行'''\n", "a = [ [1], [\"x\"] ]", "[a]\n[a]\n", "a = 1\na = 2", "a = {b = 1}\na.c = 2", "[a.b]\n[a]\nb.c = 1",
		"[[a]]\n[a]", "a = []\n[[a]]", "x = 1979-05-27T07:32:00Z\ny = 1979-05-27 07:32:00\n", "a = nan\nb = -inf\nc = 0xFF\nd = 1_000\n",
		"a = 010\n", "a = 1__0\nb = _1", "a = 07:60:00", "a = 2026-01-02T25:00:00", "a = 1e400", "a = 0x_1", "a = +0x1", "a = 1.e2", "a = \"\\e\\x41\\U0010FFFF\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			return
		}
		bag := &diag.Bag{}
		src, ok := source.NewText("a.toml", []byte(text), bag)
		if !ok || !src.Intact() {
			return // the places are those of the file, not of what is left of it
		}
		table, ok := Parse(src, 0, len(src.Data), bag)
		theirs := map[string]any{}
		_, err := toml.Decode(string(src.Data), &theirs)
		if mayDiffer(bag.List(), err) {
			return
		}
		if ok != (err == nil) {
			t.Fatalf("we say %v %v, the library says %v", ok, bag.List(), err)
		}
		if !ok {
			return
		}
		checkMarks(t, src, table)
		if ours := plain(table); !reflect.DeepEqual(ours, normal(theirs)) {
			t.Errorf("ours   %#v\ntheirs %#v", ours, normal(theirs))
		}
	})
}

// mayDiffer reports what we see otherwise on purpose:
//   - A day that no calendar has is no mistake of syntax here, so that all of
//     them are found at once (E0208).
//   - What nobody sees and is written as an escape is left out (E0112, E0113).
//   - A number too large for 64 bits is one of the field that asks for it (E0207).
//   - Nesting has an end here.
//   - The specification forbids that a.c = 1 extends what braces or a header
//     made; the library lets it.
func mayDiffer(ours diag.List, theirs error) bool {
	return slices.ContainsFunc(ours, func(d diag.Diagnostic) bool {
		return d.Code == ruleImpossibleDate.Code || d.Code == "E0112" || d.Code == "E0113" || strings.Contains(d.Message, "套得太深") ||
			strings.Contains(d.Message, "不能再加下级的键")
	}) || theirs != nil && strings.Contains(theirs.Error(), "out of range")
}

// checkMarks wants each key's text at its mark.
func checkMarks(t *testing.T, src *source.Text, table *Table) {
	lines := strings.Split(string(src.Data), "\n")
	for _, k := range table.Keys {
		rest := string([]rune(lines[k.Mark.Line-1])[k.Mark.Column-1:])
		if !strings.HasPrefix(rest, k.Name) && !strings.HasPrefix(rest, "\"") && !strings.HasPrefix(rest, "'") {
			t.Errorf("key %q is said to stand at %v, where there is %q", k.Name, k.Mark, rest)
		}
		switch {
		case k.Value.Table != nil:
			checkMarks(t, src, k.Value.Table)
		case k.Value.Kind == Tables:
			for _, item := range k.Value.Items {
				checkMarks(t, src, item.Table)
			}
		}
	}
}

func plain(t *Table) map[string]any {
	m := map[string]any{}
	for _, k := range t.Keys {
		m[k.Name] = plainValue(k.Value)
	}
	return m
}

func plainValue(v *Value) any {
	switch v.Kind {
	case Inner:
		return plain(v.Table)
	case Array, Tables:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, plainValue(item))
		}
		return list
	case Integer:
		n, _ := v.integer()
		return n
	case Float:
		n, err := v.float()
		if err != nil { // strconv knows no signed nan
			n = math.NaN()
		}
		return number(n)
	case Bool:
		return v.Text == "true"
	case Date, DateTime:
		day, _ := v.day()
		return day
	case Time:
		return "time"
	}
	return v.Text
}

// normal gives what the library read the types of [plainValue].
func normal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for k, x := range v {
			m[k] = normal(x)
		}
		return m
	case []map[string]any:
		list := []any{}
		for _, x := range v {
			list = append(list, normal(x))
		}
		return list
	case []any:
		list := []any{}
		for _, x := range v {
			list = append(list, normal(x))
		}
		return list
	case float64:
		return number(v)
	case time.Time:
		if v.Location().String() == "time-local" {
			return "time"
		}
		if !strings.HasSuffix(v.Location().String(), "-local") {
			v = v.In(inBeijing)
		}
		return calendar.Date{Year: v.Year(), Month: v.Month(), Day: v.Day()}
	}
	return v
}

// number makes all that is no number equal.
func number(n float64) any {
	if math.IsNaN(n) {
		return "nan"
	}
	return n
}
