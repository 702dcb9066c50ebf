// Package schema tells people and editors what may be written in a file: in
// Chinese, for the comments of archetypes, and as JSON Schema (draft 2020-12),
// for the completion, hints and red marks of an editor.
//
// # Why our own writer
//
// Both come from what [datafile.FieldsOf] says of the structs, which is also
// what decoding goes by: three readers of one declaration. A library that
// reflects on the structs itself would have to be told about everything that
// datafile decodes in its own way (dates, months, references, options, forms,
// Chinese titles, embedded records), and would then be a second description.
//
// The schemas use only words that mean the same in all drafts since the sixth,
// and no references: Taplo, which stands behind VS Code's Even Better TOML,
// takes an unknown draft for the seventh, and shows no description beside a $ref.
//
// What TOML knows and JSON does not, a schema cannot see: a date is a text
// there. What depends on other files, such as references, is the build's to check.
//
// # Where editors find them
//
// The first line of a TOML file says it ([Line]):
//
//	#:schema ../../.biandan/schema/stations.json
//
// The schemas lie in the site's cache, not beside the content in git: they
// belong to the version of the tool, and one that was committed by another
// version would mark right keys as wrong. They are never needed: where they are
// missing, an editor only knows less. init, new, serve and schema write them;
// build does not, as nobody edits where only build runs.
package schema

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"

	"biandan/generator/config"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/source"
)

// Folder is where the schemas lie below the site. A cache that lies elsewhere
// does not move them, as the lines in the files name the place.
const Folder = ".biandan/schema"

// File is the schema of a kind of files.
type File struct {
	Name string // without .json: site, or the folder of a ledger
	Data []byte
}

// siteName is the name of the schema of site.toml. No ledger may have it: the
// test of [Line] would find two files of one name.
const siteName = "site"

// Names returns the names of all schemas: that of site.toml, and one for each
// ledger that has rows.
func Names() []string {
	names := []string{siteName}
	for _, l := range ledger.Ledgers() {
		if slices.ContainsFunc(l.Kinds, func(k ledger.Kind) bool { return k.Key != "" && l.Folder != "" }) {
			names = append(names, l.Folder)
		}
	}
	return names
}

// Files returns all schemas.
func Files() []File {
	var files []File
	for _, name := range Names() {
		root := site()
		if name != siteName {
			root = ofLedger(ledger.Lookup(name))
		}
		files = append(files, File{name, encode(root)})
	}
	return files
}

// Line returns the line with which the TOML file at the slash-separated path
// below the site names its schema. It is "" for other files.
func Line(path string) string {
	name := siteName
	if path != source.ConfigFile {
		folder, ok := strings.CutPrefix(path, source.ContentDir+"/")
		if name, _, _ = strings.Cut(folder, "/"); !ok || !strings.HasSuffix(path, ".toml") {
			return ""
		}
	}
	up := strings.Repeat("../", strings.Count(path, "/"))
	if up == "" {
		up = "./"
	}
	return "#:schema " + up + Folder + "/" + name + ".json\n"
}

// node is a schema. It is encoded in the order of its fields.
type node struct {
	Draft       string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        string     `json:"type"`
	Options     []string   `json:"enum,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	Min         *float64   `json:"minimum,omitempty"`
	Max         *float64   `json:"maximum,omitempty"`
	Items       *node      `json:"items,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Others      any        `json:"additionalProperties,omitempty"` // false, or a *node
}

type property struct {
	key  string
	node *node
}

// properties keep the order in which the fields are declared.
type properties []property

// MarshalJSON implements [json.Marshaler].
func (p properties) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, x := range p {
		if i > 0 {
			b = append(b, ',')
		}
		key, err := json.Marshal(x.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(x.node)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, key...), ':'), value...)
	}
	return append(b, '}'), nil
}

const draft = "https://json-schema.org/draft/2020-12/schema"

func encode(root *node) []byte {
	root.Draft = draft
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(root); err != nil {
		panic("schema: " + err.Error()) // plain values always encode
	}
	return b.Bytes()
}

// ofLedger is the schema of the TOML files of a ledger: rows, by kind.
func ofLedger(l *ledger.Ledger) *node {
	root := &node{Title: l.Title, Type: "object", Others: false}
	for i := range l.Kinds {
		k := &l.Kinds[i]
		if k.Key == "" || l.Folder == "" {
			continue // Markdown files
		}
		row := ofStruct(k.Type)
		if k.Paged {
			row.wantID()
		}
		root.Properties = append(root.Properties, property{k.Key,
			&node{Title: k.Title, Description: k.Title + "：一条一段 [[" + k.Key + "]]", Type: "array", Items: row}})
	}
	return root
}

// wantID makes the id of a row required, which is the address of its page.
func (n *node) wantID() {
	n.Required = append(n.Required, "id")
	for _, p := range n.Properties {
		if p.key == "id" {
			p.node.Pattern = strings.TrimPrefix(p.node.Pattern, orEmpty)
		}
	}
}

// site is the schema of site.toml. Which rules there are is no matter of a type.
func site() *node {
	root := ofStruct(reflect.TypeFor[config.Config]())
	root.Title = "网站的设置"
	rules := &node{Title: "规则", Description: "由本县决定从严从宽的规则，编号和说明见 biandan explain", Type: "object", Others: false}
	for _, r := range diag.Rules() {
		if r.Tunable {
			rules.Properties = append(rules.Properties, property{r.Code, &node{Title: r.Name,
				Description: r.Name + "：off 不查，warning 警告，error 错误；不写就是" + r.Severity.Chinese() + "。" + r.Why,
				Type:        "string", Options: []string{diag.Off.String(), diag.Warning.String(), diag.Error.String()}}})
		}
	}
	paper := root.property("paper")
	paper.Others = false
	for _, k := range config.PaperKeys() {
		paper.Properties = append(paper.Properties, property{k.Key, &node{Title: k.Title, Description: k.Title, Type: "string"}})
	}
	*root.property("rules") = *rules
	return root
}

// property returns the schema of a key that there is.
func (n *node) property(key string) *node {
	i := slices.IndexFunc(n.Properties, func(p property) bool { return p.key == key })
	return n.Properties[i].node
}

func ofStruct(t reflect.Type) *node {
	n := &node{Type: "object", Others: false}
	for _, f := range datafile.FieldsOf(t).List {
		field := ofType(f.Type, f)
		field.Title, field.Description = f.Title, describe(f)
		n.Properties = append(n.Properties, property{f.Key, field})
		if f.Required {
			n.Required = append(n.Required, f.Key)
		}
	}
	return n
}

const (
	filled  = `[^\s　]` // the pattern of a text that is not empty; the wide space is none of \s everywhere
	orEmpty = `^$|`    // before the pattern of a text that may be
)

// ofType is the schema of a value of type t in the field f.
func ofType(t reflect.Type, f *datafile.Field) *node {
	switch {
	case t == dateType:
		return &node{Type: "string", Pattern: `^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:.*)?$`}
	case t == monthType:
		return &node{Type: "string", Pattern: `^\d{4}-(0[1-9]|1[0-2])$`}
	case t == quarterType:
		return &node{Type: "string", Pattern: `^\d{4}Q[1-4]$`}
	case isScalar(t):
		return &node{Type: "string", Pattern: filled}
	}
	switch t.Kind() {
	case reflect.Int:
		return &node{Type: "integer", Min: limit(max(f.Min, math.MinInt32)), Max: limit(min(f.Max, math.MaxInt32))}
	case reflect.Float64:
		return &node{Type: "number", Min: limit(f.Min), Max: limit(f.Max)}
	case reflect.Bool:
		return &node{Type: "boolean"}
	case reflect.Slice:
		return &node{Type: "array", Items: ofType(t.Elem(), f)}
	case reflect.Map:
		return &node{Type: "object", Others: ofType(t.Elem(), &datafile.Field{Min: f.Min, Max: f.Max})}
	case reflect.Struct:
		return ofStruct(t)
	}
	return ofText(t, f)
}

func ofText(t reflect.Type, f *datafile.Field) *node {
	pattern, _ := f.Form()
	switch options := Options(t); {
	case options != nil:
		return &node{Type: "string", Options: options}
	case pattern == "" && f.Required:
		pattern = filled
	case pattern != "" && !f.Required:
		pattern = orEmpty + pattern
	}
	return &node{Type: "string", Pattern: pattern}
}

// limit is nil where there is none.
func limit(n float64) *float64 {
	if math.IsInf(n, 0) {
		return nil
	}
	return &n
}

// describe is what an editor shows of a field: its remark, and how it is written.
func describe(f *datafile.Field) string {
	_, hint := f.Form()
	t := f.Type
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch {
	case t == dateType:
		hint = "不加引号，如 2026-11-23"
	case t == monthType:
		hint = "四位年、两位月，如 \"2026-11\""
	case t == quarterType:
		hint = "四位年、Q、第几季度，如 \"2026Q4\""
	}
	return strings.TrimSuffix(Remark(f)+"；"+hint, "；")
}
