package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	_ "biandan/generator/ledgers"
	"biandan/generator/markup"
	"biandan/generator/scaffold"
	"biandan/generator/schema"
	"biandan/generator/source"
)

// compiled are the schemas by name.
func compiled(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	all := map[string]*jsonschema.Schema{}
	for _, f := range schema.Files() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		url := f.Name + ".json"
		if all[url] != nil {
			t.Fatalf("two schemas are called %s", f.Name)
		}
		if err := c.AddResource(url, doc); err != nil {
			t.Fatal(err)
		}
		if all[url], err = c.Compile(url); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	return all
}

// validate holds a text against a schema, the way an editor does: dates are
// texts. ok is false for a text that is no TOML, which no schema is asked about.
func validate(s *jsonschema.Schema, text string) (invalid error, ok bool) {
	var m map[string]any
	if err := toml.Unmarshal([]byte(text), &m); err != nil {
		return nil, false
	}
	data, err := json.Marshal(m)
	if err != nil {
		return nil, false
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	return s.Validate(v), true
}

// decode returns what our own reading finds wrong in one file by itself.
func decode(name, text string) diag.List {
	bag := &diag.Bag{}
	s, ok := source.NewText(name, []byte(text), bag)
	if ok && name == source.ConfigFile {
		config.Parse(s, bag)
		return bag.List()
	}
	return append(bag.List(), ledger.ParseFile(s, markup.NewParser()).Diags...)
}

func nameOf(file string) string {
	if file == source.ConfigFile {
		return "site.json"
	}
	return path.Base(path.Dir(file)) + ".json"
}

// TestSitesAreValid wants what we publish ourselves to be right for an editor.
func TestSitesAreValid(t *testing.T) {
	schemas := compiled(t)
	check := func(p, text string) {
		if err, ok := validate(schemas[nameOf(p)], text); err != nil || !ok {
			t.Errorf("%s: %v", p, err)
		}
	}
	starter, err := scaffold.Site(scaffold.SiteDay)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, f := range starter {
		if strings.HasSuffix(f.Path, ".toml") {
			check(f.Path, string(f.Data))
			count++
		}
	}
	demo := os.DirFS("../..")
	files := []string{source.ConfigFile}
	fs.WalkDir(demo, source.ContentDir, func(p string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".toml") {
			files = append(files, p)
		}
		return err
	})
	for _, p := range files {
		data, err := fs.ReadFile(demo, p)
		if err != nil {
			t.Fatal(err)
		}
		check(p, string(data))
	}
	if count < 6 || len(files) < 20 {
		t.Errorf("only %d and %d files", count, len(files))
	}
}

// TestLine wants the first line of a file to lead to its schema.
func TestLine(t *testing.T) {
	names := map[string]bool{}
	for _, f := range schema.Files() {
		names[path.Join(schema.Folder, f.Name+".json")] = true
	}
	for _, file := range []string{"site.toml", "content/stations/stations.toml", "content/services/2026/a.toml"} {
		line, ok := strings.CutPrefix(schema.Line(file), "#:schema ")
		if target := path.Join(path.Dir(file), strings.TrimSuffix(line, "\n")); !ok || !names[target] {
			t.Errorf("%s: %s", file, line)
		}
		if !strings.HasPrefix(line, ".") {
			t.Errorf("%s: Taplo would take %s for an address", file, line)
		}
	}
	for _, file := range []string{"content/a.md", "README.md", "themes/x/theme.toml"} {
		if line := schema.Line(file); line != "" {
			t.Errorf("%s: %s", file, line)
		}
	}
}

// TestMistakes shows each kind of mistake to an editor's eye.
func TestMistakes(t *testing.T) {
	schemas := compiled(t)
	const station = "[[station]]\nid = \"a\"\nname = \"甲\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"街\"\nphone = \"0357-0000000\"\n"
	const site = "title = \"县\"\ncounty = \"县\"\npublisher = \"县\"\nphone = \"0357-0000000\"\n"
	for _, c := range []struct{ file, text, old, new string }{
		{"stations", station, "", ""},
		{"stations", station, "name =", "nmae ="},
		{"stations", station, "[[station]]", "[[statoin]]"},
		{"stations", station, "id = \"a\"\n", ""},
		{"stations", station, "name = \"甲\"\n", ""},
		{"stations", station, "\"甲\"", "\"　 \""},
		{"stations", station, "\"小区\"", "\"小区级\""},
		{"stations", station, "0357-0000000", "0357-OOOOOOO"},
		{"stations", station, "\"a\"", "\"A 1\""},
		{"stations", station, "\"街\"", "1"},
		{"stations", station + "area_m2 = 1\n", "1\n", "-1\n"},
		{"stations", station + "opened = 2026-11-23\n", "2026-11-23", "\"十一月\""},
		{"stations", station + "[[station.hours]]\ndays = \"每天\"\ntime = \"08:30—17:30\"\n", "—", "-"},
		{"stations", station + "[[station.hours]]\ndays = \"每天\"\ntime = \"08:30—17:30\"\n", "days =", "day ="},
		{"site", site + "page_size = 20\n", "20", "4"},
		{"site", site + "[rules]\nE1304 = \"off\"\n", "off", "关"},
		{"site", site + "[rules]\nE1304 = \"off\"\n", "E1304", "E0203"},
		{"site", site + "[sheets.\"横幅\"]\nwidth = 600\nheight = 900\n", "600", "6"},
	} {
		s := schemas[c.file+".json"]
		if err, ok := validate(s, c.text); err != nil || !ok {
			t.Errorf("%s\nis refused: %v", c.text, err)
		}
		wrong := strings.Replace(c.text, c.old, c.new, 1)
		if err, ok := validate(s, wrong); wrong != c.text && (err == nil || !ok) {
			t.Errorf("%s\nis accepted", wrong)
		}
	}
}

var (
	optional = regexp.MustCompile(`(?m)^# (\[?\[?[a-z][a-z0-9_.]*(\]|  ?= ?| ?= ))`)
	setting  = regexp.MustCompile(`^([a-z0-9_]+) = `)
	// likeDate is where JSON, which knows no dates, cannot tell them from texts.
	likeDate = regexp.MustCompile(`"?\d{4}-\d{2}-\d{2}"?`)
)

// values are put in the place of the value of every field.
var values = []string{`1`, `0`, `-1`, `1000000`, `3.5`, `true`, `""`, `" "`, `"甲"`, `"a-1"`, `"社区"`, `"0357-0000000"`, `"08:30—17:30"`,
	`"https://example.org/"`, `"2026-11"`, `"2026-13"`, `2026-11-23`, `"2026-11-23"`, `[]`, `[1]`, `["甲", ""]`, `[2026-11-23]`, `{}`, `{ a = 1 }`}

// TestSchemasAgreeWithDecoding changes every line of every archetype, and wants
// what we accept to be accepted by the schema, and nothing else, as far as JSON
// can tell.
func TestSchemasAgreeWithDecoding(t *testing.T) {
	schemas := compiled(t)
	files := []scaffold.File{}
	for _, k := range scaffold.Kinds() {
		f, err := scaffold.New(scaffold.Request{Kind: k.Name, Title: "示例", Date: calendar.Date{Year: 2026, Month: 11, Day: 23}})
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	starter, err := scaffold.Site(scaffold.SiteDay)
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, starter[slices.IndexFunc(starter, func(f scaffold.File) bool { return f.Path == source.ConfigFile })])
	count := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".toml") {
			continue
		}
		text := string(f.Data)
		if f.Path != source.ConfigFile { // what the starter explains there need not fit together
			text = optional.ReplaceAllString(text, "$1")
		}
		lines := strings.SplitAfter(text, "\n")
		for i, l := range lines {
			m := setting.FindStringSubmatch(l)
			if m == nil {
				continue
			}
			changed := slices.Clone(lines)
			changes := []string{"", "unheard_of = 1\n" + l}
			for _, v := range values {
				changes = append(changes, fmt.Sprintf("%s = %s\n", m[1], v))
			}
			for _, change := range append(changes, l) {
				changed[i] = change
				agree(t, schemas[nameOf(f.Path)], f.Path, strings.Join(changed, ""), change, l)
				count++
			}
		}
	}
	if count < 3000 {
		t.Errorf("only %d texts", count)
	}
}

func agree(t *testing.T, s *jsonschema.Schema, file, text, change, was string) {
	t.Helper()
	// Names of paper may be defined in the same file; a schema does not look there. That
	// a sample is still there is no matter of schemas.
	found := slices.DeleteFunc(decode(file, text), func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "E08") || d.Code == "E0213" })
	invalid, ok := validate(s, text)
	switch {
	case !ok:
	case len(found) == 0 && invalid != nil:
		t.Errorf("%s: the schema refuses %q: %v", file, change, invalid)
	case len(found) > 0 && invalid == nil && !likeDate.MatchString(change) && !likeDate.MatchString(was):
		t.Errorf("%s: the schema accepts %q, but %s", file, change, found[0].Message)
	}
}
