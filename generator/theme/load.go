package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
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
		Why: "site.toml 里主题（theme）写的那一个，内置的没有，themes/ 里也没有", Mend: "改成“hongbiandan”，或者把主题放进 themes/"})
	ruleTemplate = diag.Define(diag.Rule{Code: "E0602", Name: "版式文件有误", Severity: diag.Error,
		Why: "版式文件里有写错的地方，用它的网页都生成不了", Mend: "改好这一行；版式能用的内容见 generator/view，台账自己的见 generator/ledgers/ 里的 pages//"})
	ruleUnused = diag.Define(diag.Rule{Code: "E0606", Name: "版式文件没有用处", Severity: diag.Warning,
		Why: "名字或者位置和内置的版式对不上，改了它，网页也不会变", Mend: "核对文件名和所在的文件夹；不再需要的，删掉它"})
)

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

func (l *loader) names() []string { return slices.Sorted(maps.Keys(l.files)) }

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
	for _, called := range slices.Sorted(maps.Keys(reached)) {
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
