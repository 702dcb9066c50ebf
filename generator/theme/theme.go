// Package theme loads a theme: layouts, partials and assets.
//
// A theme is a folder with theme.toml, layouts/ and assets/. The default theme
// hongbiandan is built in; a site's own theme in themes/NAME lies over it, file
// by file, so that it may replace a single layout, a partial or a style sheet
// and inherit all the rest. theme.toml may name another of the site's themes to
// lie between (extends = "…").
//
// layouts/NAME.html defines the template "main" for the view that is declared for
// NAME; that of a ledger lies in its folder, layouts/stars/stars.html. It is placed
// into layouts/base.html, or layouts/sheet.html when the last part of NAME begins
// with sheet-. A sheet whose matter is measured and spread over several, such as a
// table, defines it as the template "flow". Partials are called by their path: {{template "partials/crumbs.html" .}}.
// Beside Go's own functions there are only pure ones: add, sub, mul, join, seq, first.
//
// A layout that a file of the site reaches is executed with a full and with an
// empty view when it is loaded, so that a mistake in a theme is a diagnostic with
// its line before any page is made, not a broken page. The built-in ones are tried
// by tests; they are made ready when they are used first.
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/layout"
	"biandan/generator/view"
)

// Theme is a loaded theme.
type Theme struct {
	layouts map[string]func() *form
	files   map[string]file
	closure map[string]digest.Sum
	reached map[string][]string // see Sources
	Assets  []Asset             // sorted by name
}

// Asset is a file of assets/; File tells where it was read, for diagnostics.
type Asset struct {
	Name, File string
	Data       []byte // made small
	written    []byte // as it was read
}

// SameAssets reports whether two themes have the same files beside their layouts.
func (t *Theme) SameAssets(u *Theme) bool {
	return slices.EqualFunc(t.Assets, u.Assets, func(a, b Asset) bool {
		return a.Name == b.Name && a.File == b.File && bytes.Equal(a.written, b.written)
	})
}

// Closure returns the identity of all template text that a layout can reach:
// its own, its base's, and that of every partial they call.
func (t *Theme) Closure(layout string) digest.Sum { return t.closure[layout] }

// form is a layout, compiled where it can be.
type form struct {
	template *template.Template
	compiled *layout.Layout                   // nil: html/template does it
	reason   string                           // why it is not compiled
	parts    map[string]func() *layout.Layout // the parts alone; nil as above
}

// The parts of a layout that are also rendered alone.
const (
	MainPart = "main" // what stands in the base
	FlowPart = "flow" // of a sheet: what is measured, to be spread over several
)

// Part renders a part of a layout alone, without the base around it; "" when the
// layout has no such part. The error is a [Problem].
func (t *Theme) Part(part, name string, v any) (string, error) {
	f := t.layouts[name]()
	plain := f.template.Lookup(part)
	if plain == nil {
		return "", nil
	}
	html, err := t.append(nil, f.parts[part](), plain, name, v)
	return string(html), err
}

// Append appends the page of a view, made with a layout. The error is a [Problem].
func (t *Theme) Append(buf []byte, name string, v any) ([]byte, error) {
	f := t.layouts[name]()
	return t.append(buf, f.compiled, f.template, name, v)
}

// append executes a compiled layout or, where that cannot be, the template itself.
func (t *Theme) append(buf []byte, compiled *layout.Layout, plain *template.Template, name string, v any) ([]byte, error) {
	if compiled != nil {
		if page, ok := compiled.Append(buf, v, maxPage); ok {
			return page, nil
		}
	}
	page := bytes.NewBuffer(buf)
	if err := plain.Execute(&limited{page, maxPage}, v); err != nil {
		return nil, t.problem(err, view.TypeOf(name))
	}
	return page.Bytes(), nil
}

// Reference is Append, but html/template does all the work.
func (t *Theme) Reference(name string, v any) ([]byte, error) {
	return t.append(nil, nil, t.layouts[name]().template, name, v)
}

// Reason says why a layout is not compiled: what it uses that layouts rarely do.
// It is empty for one that is.
func (t *Theme) Reason(name string) string { return t.layouts[name]().reason }

// maxPage is the size in bytes beyond which a page is a mistake of its layout.
const maxPage = 32 << 20

// limited refuses to write more than a page can have.
type limited struct {
	w    *bytes.Buffer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errTooLong
	}
	return l.w.Write(p)
}

var errTooLong = errors.New("page too long")

// Problem is a mistake in a layout: its place, a sentence, and a way to mend it.
type Problem struct {
	At            diag.Pos
	Message, Hint string
}

func (p *Problem) Error() string { return p.Message }

// problem explains an error of the template packages.
func (t *Theme) problem(err error, typ reflect.Type) *Problem {
	name, line, column, what := splitError(err.Error())
	p := &Problem{At: diag.Pos{File: "layouts/" + name, Line: line, Column: column},
		Message: "这里的版式代码写得不对", Hint: "核对花括号是否成对，名字有没有写错"}
	if f, ok := t.files["layouts/"+name]; ok {
		p.At.File = f.path
		p.At.Column = characters(f.data, line, column)
	}
	if errors.Is(err, errTooLong) || strings.Contains(what, errTooLong.Error()) {
		p.Message, p.Hint = "版式写出的内容没有尽头", "核对 range 和 template，不要让它们调用自己"
	} else if strings.Contains(what, "exceeded maximum template depth") {
		p.Message, p.Hint = "模板一层套一层地调用了自己", "核对 template 后面的名字"
	} else if field := missingField(what); field != "" {
		p.Message, p.Hint = fmt.Sprintf("这里用的“.%s”不在这个版式能用的内容之内", field), diag.DidYouMean(field, fieldNames(typ), "能用的内容见 "+placeOf(typ))
	} else if fn := between(what, `function "`, `"`); fn != "" {
		p.Message, p.Hint = fmt.Sprintf("没有叫“%s”的函数", fn), diag.DidYouMean(fn, functionNames(), "可用的函数："+strings.Join(functionNames(), "、"))
	} else if tmpl := between(what, `template "`, `"`); tmpl != "" {
		p.Message, p.Hint = fmt.Sprintf("没有叫“%s”的模板", tmpl), "局部模板写成 {{template \"partials/名字.html\" .}}"
	}
	return p
}
