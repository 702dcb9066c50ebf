package build

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/render"
	"biandan/generator/schema"
	"biandan/generator/source"
	builtin "biandan/themes"
)

// canary begins a text that names its field.
var canary = "密"

const canaryNumber = 73519

// TestNothingInsideIsPublished puts a canary into every field of every kind of records,
// and looks for them in every byte that is made: of records that are not for everybody
// none may be there, in whatever format; of those that are, none of the fields that are
// hidden.
func TestNothingInsideIsPublished(t *testing.T) {
	for _, scope := range []ledger.Scope{ledger.Party, ledger.UnitOnly, ledger.Specific} {
		for p, text := range madeOf(t, func(k *ledger.Kind) ledger.Scope { return scope }) {
			if at := strings.Index(text, canary); at >= 0 {
				t.Errorf("scope %s: %s shows %q", scope, p, text[at:min(at+60, len(text))])
			}
		}
	}
	for p, text := range madeOf(t, func(k *ledger.Kind) ledger.Scope { return "" }) {
		for _, l := range ledger.Ledgers() {
			for i := range l.Kinds {
				if k := &l.Kinds[i]; k.IsInside() && strings.Contains(text, canary+k.Ledger+"."+k.Key+".") {
					t.Errorf("%s shows a record of %s, whose scope is not written", p, k.Title)
				}
			}
		}
	}
	told := map[string]bool{}
	for p, text := range madeOf(t, func(k *ledger.Kind) ledger.Scope { return ledger.Society }) {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, canary)
			if !ok {
				break
			}
			key, _, _ := strings.Cut(after, "｡")
			told[key], rest = true, after
		}
		for _, l := range ledger.Ledgers() {
			for i := range l.Kinds {
				for _, key := range hiddenTexts(&l.Kinds[i]) {
					if strings.Contains(text, token(&l.Kinds[i], key)) {
						t.Errorf("%s shows the hidden field %s", p, token(&l.Kinds[i], key))
					}
				}
			}
		}
	}
	if len(told) < 120 {
		t.Errorf("only %d fields of public records are told: the test sees nothing", len(told))
	}
}

// TestSearchHoldsNothingInside: the index of a site does not depend on what its records
// that are not for everybody say, and depends on the others.
func TestSearchHoldsNothingInside(t *testing.T) {
	indexOf := func(scope ledger.Scope, text string) (all string) {
		defer func(was string) { canary = was }(canary)
		canary = text
		made := madeOf(t, func(k *ledger.Kind) ledger.Scope { return scope })
		for _, p := range slices.Sorted(maps.Keys(made)) {
			if strings.HasPrefix(p, "search/") {
				all += p + "\n" + made[p]
			}
		}
		return all
	}
	for _, scope := range []ledger.Scope{ledger.Party, ledger.UnitOnly, ledger.Specific} {
		if indexOf(scope, "密") != indexOf(scope, "秘") {
			t.Errorf("what records of scope %s say is in the index", scope)
		}
	}
	if indexOf(ledger.Society, "密") == indexOf(ledger.Society, "秘") {
		t.Error("the index does not depend on what records say: the test sees nothing")
	}
}

// TestWhatIsNeverPublic names what the programme keeps inside, so that nobody opens it by
// a slip: kinds whose records are inside unless they say otherwise, and fields.
func TestWhatIsNeverPublic(t *testing.T) {
	for _, name := range []string{"life report", "problems problem", "problems session", "appraisals appraisal", "checkins checkin", "checkins feedback",
		"claims claim", "care care", "education batch", "exchange order", "supervision account"} {
		folder, key, _ := strings.Cut(name, " ")
		if k := ledger.Lookup(folder).Kind(key); !k.IsInside() {
			t.Errorf("records of %s are public unless they say otherwise", name)
		}
	}
	for _, name := range []string{"tasks done evidence", "problems problem text", "meetings meeting absent", "supervision inspection found", "supervision inspection fixed"} {
		parts := strings.Fields(name)
		if k := ledger.Lookup(parts[0]).Kind(parts[1]); !k.Hides(parts[2]) {
			t.Errorf("%s is shown", name)
		}
	}
	for _, name := range []string{"care care", "exchange order", "appraisals appraisal"} { // where a person could be named, there is no field for it
		folder, key, _ := strings.Cut(name, " ")
		for _, f := range datafile.FieldsOf(ledger.Lookup(folder).Kind(key).Type).List {
			if f.Key == "name" || f.Key == "person" || f.Key == "phone" || f.Key == "address" {
				t.Errorf("%s has a field %s", name, f.Key)
			}
		}
	}
}

func hiddenTexts(k *ledger.Kind) (keys []string) {
	for _, f := range datafile.FieldsOf(k.Type).List {
		if k.Hides(f.Key) && f.Type.Kind() == reflect.String && schema.Options(f.Type) == nil {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// madeOf plans and makes a site of one record of each kind, whatever its findings.
func madeOf(t *testing.T, scopeOf func(k *ledger.Kind) ledger.Scope) map[string]string {
	t.Helper()
	in := fstest.MapFS{"site.toml": {Data: []byte("title = \"示例\"\ncounty = \"示例县\"\npublisher = \"示例\"\nphone = \"0357-0000000\"\nbase_url = \"https://a.example/\"\nas_of = 2026-11-23\n")}}
	for _, l := range ledger.Ledgers() {
		rows := ""
		for i := range l.Kinds {
			k := &l.Kinds[i]
			if k.Key == "" {
				name := "content/" + strings.TrimPrefix(l.Folder+"/m.md", "/")
				in[name] = &fstest.MapFile{Data: []byte("+++\n" + fieldsOf(k, scopeOf(k)) + "+++\n" + canary + "正文\n")}
			} else {
				rows += "[[" + k.Key + "]]\n" + fieldsOf(k, scopeOf(k))
			}
		}
		if rows != "" {
			in["content/"+l.Folder+"/rows.toml"] = &fstest.MapFile{Data: []byte(rows)}
		}
	}
	bag := &diag.Bag{}
	b := newBuild(t.Context(), source.Take(in, bag), Options{Themes: builtin.FS, Today: calendar.Date{Year: 2026, Month: 11, Day: 23}}, bag.List())
	s := b.plan()
	if s == nil {
		t.Fatal(b.finish().Diags)
	}
	made := map[string]string{}
	for _, o := range s.Outputs {
		if o.Layout == "" {
			made[o.Path] = string(o.Bytes(s.Texts))
			continue
		}
		data, ok := render.Page(o, s.View(o, true), s.Theme, nil, b.bag)
		if !ok {
			t.Fatal(o.Path, b.finish().Diags)
		}
		made[o.Path] = string(data)
	}
	return made
}

func token(k *ledger.Kind, key string) string {
	return canary + k.Ledger + "." + k.Key + "." + key + "｡"
}

// idOf is the id of the one record of a kind.
func idOf(k *ledger.Kind) string {
	if k.Key == "" {
		return "m"
	}
	return k.Ledger + "-" + k.Key
}

func fieldsOf(k *ledger.Kind, scope ledger.Scope) string {
	out := ""
	if scope != "" {
		out = fmt.Sprintf("scope = %q\n", scope)
	}
	if k.Key != "" {
		out += fmt.Sprintf("id = %q\n", idOf(k))
	}
	for _, f := range datafile.FieldsOf(k.Type).List {
		switch f.Key {
		case "scope", "id", "draft", "allow", "slug", "publish_date", "expiry_date", "parent":
		default:
			out += f.Key + " = " + valueOf(k, k.Type, f) + "\n"
		}
	}
	return out
}

// valueOf is a value that a field takes, in TOML; a free text is a canary.
func valueOf(k *ledger.Kind, in reflect.Type, f *datafile.Field) string {
	check := in.FieldByIndex(f.Index).Tag.Get("check")
	typ := f.Type
	if typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	value := ""
	switch target := schema.Target(typ); {
	case target != nil:
		value = fmt.Sprintf("%q", idOf(target))
	case typ == reflect.TypeFor[calendar.Date]():
		value = "2026-01-02"
	case typ == reflect.TypeFor[calendar.Month]():
		value = `"2026-01"`
	case typ == reflect.TypeFor[calendar.Quarter]():
		value = `"2026Q1"`
	case len(schema.Options(typ)) > 0:
		value = fmt.Sprintf("%q", schema.Options(typ)[0])
	case typ.Kind() == reflect.Struct:
		var parts []string
		for _, inner := range datafile.FieldsOf(typ).List {
			parts = append(parts, inner.Key+" = "+valueOf(k, typ, inner))
		}
		value = "{ " + strings.Join(parts, ", ") + " }"
	case typ.Kind() == reflect.Bool:
		value = "true"
	case typ.Kind() == reflect.Int || typ.Kind() == reflect.Float64:
		value = fmt.Sprint(math.Min(math.Max(canaryNumber, f.Min), math.Min(f.Max, canaryNumber)))
	case check == "phone":
		value = `"0357-0000000"`
	case check == "hours":
		value = `"08:30—12:00"`
	case check == "slug":
		value = `"x"`
	case check == "url":
		value = `"https://a.example/"`
	case check == "color":
		value = `"#b71c1c"`
	default:
		value = fmt.Sprintf("%q", token(k, f.Key))
	}
	if f.Type.Kind() == reflect.Slice {
		return "[" + value + "]"
	}
	return value
}
