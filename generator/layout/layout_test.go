package layout

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

type link struct{ Text, URL string }

type page struct {
	Title  string
	Number int
	Share  float64
	Is     bool
	Link   *link
	Links  []link
	Words  []string
	Body   template.HTML
	link
}

func sample() page {
	return page{Title: `<甲> & "乙" + 'c'`, Number: 3, Share: 12.5, Is: true, Link: &link{"去", "a/中 文?b=1&c=2#d"}, Links: []link{{"一", "/"}, {"二", "javascript:alert(1)"}},
		Words: []string{"子", "丑"}, Body: "<p>正文</p>", link: link{"内", "https://a.example/"}}
}

// prepared parses a template and executes it once, so that html/template has
// prepared its trees.
func prepared(t *testing.T, text string) *template.Template {
	t.Helper()
	tmpl, err := template.New("page").Funcs(template.FuncMap{"add": func(a, b int) int { return a + b }, "seq": Seq, "first": First,
		"join": func(list []string, sep string) string { return strings.Join(list, sep) }}).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := tmpl.Execute(&bytes.Buffer{}, sample()); err != nil {
		t.Fatal(err)
	}
	return tmpl
}

// TestCompiledIsTheSame compares what layouts use with what html/template makes of
// it, for a full view and an empty one.
func TestCompiledIsTheSame(t *testing.T) {
	for _, text := range []string{
		`a {{.Title}} b`,
		`<p title="{{.Title}}">{{.Title}}</p><title>{{.Title}}</title>`,
		`{{with .Link}}<a href="{{.URL}}">{{.Text}}</a>{{else}}nichts{{end}}`,
		`{{range .Links}}<a href="{{.URL}}">{{.Text}}</a>{{else}}leer{{end}}`,
		`<a href="/{{.Title}}?q={{.Title}}">x</a>`,
		`<meta http-equiv="refresh" content="0;url={{.Title}}"><meta http-equiv="refresh" content="0;url={{.URL}}">`,
		`{{range $i, $l := .Links}}{{$i}}:{{$l.Text}} {{$.Number}} {{end}}`,
		`<p style="--a:{{.Share}};--n:{{.Number}}">{{.Body}}</p>`,
		`{{if and .Is .Title}}ja{{else if .Link}}link{{else}}nein{{end}}`,
		`{{if or .Is .Title}}ja{{end}}{{if not .Is}}nein{{end}}`,
		`{{if eq .Number 1 3}}drei{{end}}{{if ne .Title ""}}t{{end}}{{if lt .Number 5}}<{{end}}{{if ge .Share 12.5}}g{{end}}`,
		`{{len .Links}} {{add .Number 4}} {{join .Words "、"}} {{range seq .Number}}{{.}}{{end}} {{range first 1 .Words}}{{.}}{{end}}`,
		`{{$n := 0}}{{range .Links}}{{$n = add $n 1}}{{end}}{{$n}}`,
		`{{if .Words}}{{index .Words 0}} {{slice .Title 0 1}}{{end}}`,
		`{{.Text}} {{.URL}}`,
		`{{define "part"}}<b>{{.}}</b>{{end}}{{template "part" .Title}}{{- /* weg */ -}} x {{"fest"}}`,
	} {
		tmpl := prepared(t, text)
		l, err := Compile(tmpl, reflect.TypeFor[page]())
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, v := range []page{sample(), {}} {
			var want bytes.Buffer
			if tmpl.Execute(&want, v) != nil {
				continue
			}
			got, ok := l.Append([]byte("davor "), v, 1<<20)
			if !ok || string(got) != "davor "+want.String() {
				t.Errorf("%s:\n%s\nwant\n%s", text, got, want.String())
			}
		}
	}
}

// TestRefused names what is left to html/template: compiled, it might be another
// page.
func TestRefused(t *testing.T) {
	for text, why := range map[string]string{
		`<p title={{.Title}}>`:                 "escaped by",
		`<script>var a = {{.Number}}</script>`: "escaped by",
		`<p title="{{.Body}}">`:                "HTML that is not in the text",
		`{{printf "%d" .Number}}`:              "no function of layouts",
		`{{range $i := .Links}}{{$i}}{{end}}`:  "not a text or a number",
		`{{.Is}}`:                              "not a text or a number",
		`<p style="--a:{{.Title}}">`:           "escaped by",
		`<i title="{{template "a" .}}">{{define "a"}}{{.Number}}{{end}}`: "no template",
		`{{range .Links}}{{break}}{{end}}`:                               "not a node of layouts",
	} {
		if _, err := Compile(prepared(t, text), reflect.TypeFor[page]()); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v, want %q", text, err, why)
		}
	}
}

// TestWhatFailsIsGivenBack: another type of view, no end in sight, a list that is
// too short.
func TestWhatFailsIsGivenBack(t *testing.T) {
	l, err := Compile(prepared(t, `{{if .Is}}{{range .Links}}{{range seq 1000}}{{$.Title}}{{end}}{{end}}{{end}}{{index .Words 1}}`), reflect.TypeFor[page]())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := l.Append(nil, link{}, 1<<20); ok {
		t.Error("a view of another type")
	}
	if _, ok := l.Append(nil, sample(), 1000); ok {
		t.Error("more than the limit")
	}
	if _, ok := l.Append(nil, page{}, 1<<20); ok {
		t.Error("an element that is not there")
	}
	if page, ok := l.Append(nil, page{Words: []string{"a", "b"}}, 1<<20); !ok || string(page) != "b" {
		t.Errorf("%s, %v", page, ok)
	}
}
