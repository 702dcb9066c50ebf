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
	"io/fs"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"biandan/generator/asset"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/layout"
	"biandan/generator/source"
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

// info is theme.toml.
type info struct {
	Name    string `toml:"name,required" zh:"名字"`
	Title   string `toml:"title" zh:"中文名"`
	Extends string `toml:"extends" zh:"基于" check:"slug"`
}

// file is a theme's file with the place it came from.
type file struct {
	name string // below the theme
	path string // for diagnostics
	data []byte
	own  bool // it is a file of the site
}

var (
	ruleNoTheme = diag.Define(diag.Rule{Code: "E0601", Name: "没有这个主题", Severity: diag.Error,
		Why: "site.toml 里 theme 写的主题，内置的没有，themes/ 里也没有", Mend: "改成 hongbiandan，或者把主题放进 themes/"})
	ruleTemplate = diag.Define(diag.Rule{Code: "E0602", Name: "版式文件有误", Severity: diag.Error,
		Why: "版式文件里有写错的地方，用它的网页都生成不了", Mend: "改好这一行；版式能用的内容见 generator/view，台账自己的见 generator/ledgers/ 里的 pages"})
)

var ruleUnused = diag.Define(diag.Rule{Code: "E0606", Name: "版式文件没有用处", Severity: diag.Warning,
	Why: "名字或者位置和内置的版式对不上，改了它，网页也不会变", Mend: "核对文件名和所在的文件夹；不再需要的，删掉它"})

// Load loads the theme of that name over the built-in ones. at is the place
// that named it. Of the theme before, which may be nil, those layouts stay of
// which no file has changed. Findings go to bag; the theme is nil when it cannot
// be used.
func Load(s *source.Snapshot, builtin fs.FS, name string, at diag.Pos, before *Theme, bag *diag.Bag) *Theme {
	l := &loader{snapshot: s, builtin: builtin, bag: bag, files: map[string]file{}}
	if !l.addAll(name, at) {
		return nil
	}
	return l.theme(before)
}

type loader struct {
	snapshot *source.Snapshot
	builtin  fs.FS
	bag      *diag.Bag
	files    map[string]file
	chain    []string

	mu     sync.Mutex
	failed bool
}

// addAll adds a theme's files over those that it extends, the default below all.
func (l *loader) addAll(name string, at diag.Pos) bool {
	if slices.Contains(l.chain, name) {
		l.bag.Addf(ruleNoTheme, at, "主题“%s”经过几层又基于它自己", name)
		return false
	}
	l.chain = append(l.chain, name)
	own := l.siteFiles(name)
	builtin := l.builtinFiles(name)
	if len(own) == 0 && len(builtin) == 0 {
		l.bag.Addf(ruleNoTheme, at, "没有叫“%s”的主题", name)
		return false
	}
	parent := "hongbiandan"
	if f, ok := own["theme.toml"]; ok {
		var in info
		t, ok := source.NewText(f.path, f.data, l.bag)
		if !ok {
			return false
		}
		table, ok := datafile.Parse(t, 0, len(t.Data), l.bag)
		if !ok || !datafile.Decode(f.path, table, &in, l.bag) {
			return false
		}
		if in.Extends != "" {
			parent, at = in.Extends, datafile.OriginOf(f.path, table).At("extends")
		}
	}
	if name != "hongbiandan" && !l.addAll(parent, at) {
		return false
	}
	for _, layer := range []map[string]file{builtin, own} {
		for n, f := range layer {
			l.files[n] = f
		}
	}
	return true
}

func (l *loader) siteFiles(name string) map[string]file {
	files := map[string]file{}
	dir := source.ThemesDir + "/" + name
	for _, f := range l.snapshot.Files(dir) {
		if data, ok := l.snapshot.Bytes(f.Path, l.bag); ok {
			n := strings.TrimPrefix(f.Path, dir+"/")
			files[n] = file{n, f.Path, data, true}
		} else {
			l.failed = true
		}
	}
	return files
}

func (l *loader) builtinFiles(name string) map[string]file {
	files := map[string]file{}
	fs.WalkDir(l.builtin, name, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if data, err := fs.ReadFile(l.builtin, p); err == nil {
				n := strings.TrimPrefix(p, name+"/")
				files[n] = file{n, source.ThemesDir + "/" + p, data, false}
			}
		}
		return nil
	})
	return files
}

// theme makes the theme of the files, and tries the layouts that are not as they
// were before and not all built in.
func (l *loader) theme(before *Theme) *Theme {
	t := l.bare(before)
	common := l.common()
	var trials sync.WaitGroup
	var mu sync.Mutex // of t
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, name := range view.Layouts() {
		f, ok := l.files["layouts/"+name+".html"]
		if !ok {
			l.bag.Addf(ruleTemplate, diag.Pos{File: "layouts/" + name + ".html"}, "主题缺少版式“%s”", name)
			l.fail()
			continue
		}
		trials.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			own, ok := l.own(name, f)
			if !ok {
				return
			}
			reached, files := reach(common, own, name)
			closure := l.closure(files)
			made := sync.OnceValue(func() *form { return l.layout(reached, name) })
			if before != nil && before.closure[name] == closure {
				made = before.layouts[name]
			} else if slices.ContainsFunc(files, func(f string) bool { return l.files[f].own }) {
				made()
			}
			mu.Lock()
			defer mu.Unlock()
			t.layouts[name], t.closure[name], t.reached[name] = made, closure, files
		})
	}
	trials.Wait()
	if l.failed {
		return nil
	}
	l.checkUnused(t)
	return t
}

// checkUnused reports the files of the site that no layout reaches: a name that was
// mistyped, or one of an older version of the tool.
func (l *loader) checkUnused(t *Theme) {
	used := map[string]bool{}
	for _, files := range t.reached {
		for _, f := range files {
			used[f] = true
		}
	}
	for _, name := range l.names() {
		if f := l.files[name]; f.own && strings.HasPrefix(name, "layouts/") && !used[name] {
			l.bag.Add(ruleUnused, diag.Pos{File: f.path}, fmt.Sprintf("没有网页用到版式文件“%s”", name), l.meant(name))
		}
	}
}

// meant names the built-in file that an unused one should lie over.
func (l *loader) meant(name string) string {
	var known []string
	for n, f := range l.files {
		if strings.HasPrefix(n, "layouts/") && !f.own {
			if path.Base(n) == path.Base(name) {
				return "要换的是“" + n + "”：把文件移到主题里同样的位置"
			}
			known = append(known, n)
		}
	}
	slices.Sort(known)
	return diag.DidYouMean(name, known, "")
}

// fail says that the theme cannot be used.
func (l *loader) fail() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed = true
}

// bare is the theme without its layouts. What lies in assets/ is made small,
// unless that was done for the theme before.
func (l *loader) bare(before *Theme) *Theme {
	t := &Theme{layouts: map[string]func() *form{}, closure: map[string]digest.Sum{}, reached: map[string][]string{}, files: l.files}
	for _, name := range l.names() {
		if a, ok := strings.CutPrefix(name, "assets/"); ok {
			t.Assets = append(t.Assets, before.small(Asset{Name: a, File: l.files[name].path, written: l.files[name].data}, l.bag))
		}
	}
	return t
}

// small fills in an asset's bytes made small, from the theme t where that has the
// same; t may be nil.
func (t *Theme) small(a Asset, bag *diag.Bag) Asset {
	if t != nil {
		for _, old := range t.Assets {
			if old.File == a.File && bytes.Equal(old.written, a.written) {
				return old
			}
		}
	}
	a.Data = asset.Minify(a.File, a.written, bag)
	return a
}

// common parses what layouts share: the bases and the partials.
func (l *loader) common() *template.Template {
	common := template.New("").Funcs(functions)
	for _, name := range l.names() {
		rest, isLayout := strings.CutPrefix(name, "layouts/")
		if isLayout && (strings.HasPrefix(rest, "partials/") || rest == "base.html" || rest == "sheet.html") {
			l.parse(common, rest, l.files[name])
		}
	}
	return common
}

func (l *loader) names() []string { return slices.Sorted(keys(l.files)) }

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// templateText is a template's text without what Windows adds to it, and without
// the line break with which editors end a file: where a partial is called within a
// sentence, it would be seen.
func templateText(data []byte) string {
	text := bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	return string(bytes.TrimRight(text, "\n"))
}

func (l *loader) parse(t *template.Template, name string, f file) bool {
	_, err := t.New(name).Parse(templateText(f.data))
	if err != nil {
		l.report((&Theme{files: l.files}).problem(err, nil))
	}
	return err == nil
}

// BaseOf returns the file into which a layout is placed.
func BaseOf(layout string) string {
	if name := path.Base(layout); name == "screen" || strings.HasPrefix(name, "sheet-") {
		return "sheet.html"
	}
	return "base.html"
}

// own parses the file of a layout.
func (l *loader) own(name string, f file) (*template.Template, bool) {
	t := template.New("").Funcs(functions)
	return t, l.parse(t, name+".html", f)
}

// layout makes the template of one layout from all that it can reach, and tries
// it with sample views.
func (l *loader) layout(reached map[string]*parse.Tree, name string) *form {
	t := template.New("").Funcs(functions)
	for _, called := range slices.Sorted(keys(reached)) {
		tree := reached[called]
		if repeats(tree.Root) > maxRepeats {
			l.report(&Problem{diag.Pos{File: l.files["layouts/"+tree.ParseName].path}, "这个版式把一段内容重复了十万次以上", "核对 range 后面的数"})
			return nil
		}
		template.Must(t.AddParseTree(called, tree.Copy())) // its execution will rewrite the tree
	}
	base := BaseOf(name)
	root := t.Lookup(base)
	if root == nil {
		l.bag.Addf(ruleTemplate, diag.Pos{File: "layouts/" + base}, "主题缺少“%s”", base)
		l.fail()
		return nil
	}
	made := &form{template: root, parts: map[string]func() *layout.Layout{}}
	for _, part := range []string{MainPart, FlowPart} {
		made.parts[part] = sync.OnceValue(func() *layout.Layout {
			compiled, _ := layout.Compile(t.Lookup(part), view.TypeOf(name))
			return compiled
		})
	}
	if err := l.try(made, name); err != nil {
		l.report(err.(*Problem))
		return nil
	}
	return made
}

// try compiles a layout, and executes it with an empty view and with a full one.
// html/template escapes a layout when it executes it first; and it says what is
// wrong with one that cannot be compiled, or not be executed so.
func (l *loader) try(f *form, name string) error {
	trial := &Theme{layouts: map[string]func() *form{name: func() *form { return f }}, files: l.files}
	empty, full := Fixture(view.TypeOf(name), false), Fixture(view.TypeOf(name), true)
	if _, err := trial.Reference(name, empty); err != nil {
		return err
	}
	var err error
	if f.compiled, err = layout.Compile(f.template, view.TypeOf(name)); err != nil {
		f.reason = err.Error()
	}
	if _, err = trial.Append(nil, name, full); err == nil {
		_, err = trial.Part(FlowPart, name, full)
	}
	return err
}

func (l *loader) report(p *Problem) {
	l.fail()
	l.bag.Add(ruleTemplate, p.At, p.Message, p.Hint)
}

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
