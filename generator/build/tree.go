package build

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/markup"
	"biandan/generator/plan"
	"biandan/generator/render"
	"biandan/generator/source"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// Session builds a site into memory, again and again, for looking at it while
// it is edited. What one build has parsed and rendered serves the next. One
// build runs at a time.
type Session struct {
	archive  *archive
	markdown *markup.Parser
	themes   themes

	// The last build: its tree, nil when it failed, its report and its options.
	tree    *Tree
	report  *Report
	options digest.Sum
}

// NewSession begins a session that keeps what it parses in cacheDir; where that
// cannot be used, in memory.
func NewSession(cacheDir string, tool digest.Sum) *Session {
	dir, err := cache.Open(cacheDir, tool)
	if err != nil {
		dir = nil
	}
	l := openArchive(dir)
	l.keeps = true
	return &Session{archive: l, markdown: markup.NewParser()}
}

// Close keeps what was learnt for the next session.
func (s *Session) Close() {
	s.archive.save()
	s.archive.close()
}

// Tree is a whole site at one moment. Its pages are made when they are asked
// for, each once; a tree never changes, and all its pages are of one build.
type Tree struct {
	Site   *Site
	Inputs []source.File // what it was built from, sorted by path

	tool   digest.Sum
	leaves []*leaf // sorted by path
}

// leaf is a file of a tree. Its identity is found when it is asked for first, as
// nobody looks at most pages between two edits. What was made of it is shared by
// the trees of a session as long as the identity stays the same, and knows
// nothing of the site it was made from, so that a tree which is replaced leaves
// nothing behind but pages that somebody has looked at.
type leaf struct {
	out  *plan.Output
	once sync.Once
	now  atomic.Pointer[made]
	was  *made // in the last tree in which somebody asked for it; nil
}

// made is a file that is made once.
type made struct {
	key  digest.Sum
	once sync.Once
	data []byte
	err  diag.List
}

// Build makes the tree of a snapshot. It is nil when the report has errors;
// before, if not nil, is the last one that was made.
func (s *Session) Build(ctx context.Context, snapshot *source.Snapshot, o Options, found diag.List, before *Tree) (*Tree, *Report) {
	options := digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible)
	if t, r := s.edit(snapshot, o, options, found, before); t != nil {
		return t, r
	}
	t, r := s.build(ctx, snapshot, o, found, before)
	s.tree, s.report, s.options = t, r, options
	return t, r
}

func (s *Session) build(ctx context.Context, snapshot *source.Snapshot, o Options, found diag.List, before *Tree) (*Tree, *Report) {
	b := &build{ctx: ctx, snapshot: snapshot, options: o, bag: &diag.Bag{}, report: &Report{}, markdown: s.markdown, archive: s.archive, themes: &s.themes}
	b.bag.Append(found)
	planned := b.plan()
	if b.finish().Diags.HasErrors() || ctx.Err() != nil {
		return nil, b.report
	}
	t := &Tree{Site: planned, Inputs: snapshot.All(), tool: o.Tool, leaves: make([]*leaf, len(planned.Outputs))}
	leaves := make([]leaf, len(planned.Outputs))
	for i := range leaves {
		leaves[i].out, t.leaves[i] = planned.Outputs[i], &leaves[i]
	}
	if before != nil {
		for old, now := range pairs(before, t) {
			if old != nil && now != nil {
				now.was = old.last()
			}
		}
	}
	return t, b.report
}

// pairs goes through the files of two trees in the order of their paths; one of a
// pair is nil where only the other tree has the file.
func pairs(before, after *Tree) iter.Seq2[*leaf, *leaf] {
	return func(yield func(old, now *leaf) bool) {
		b, a := before.leaves, after.leaves
		for len(b)+len(a) > 0 {
			var old, now *leaf
			if len(a) == 0 || len(b) > 0 && b[0].out.Path <= a[0].out.Path {
				old, b = b[0], b[1:]
			}
			if old == nil || len(a) > 0 && a[0].out.Path == old.out.Path {
				now, a = a[0], a[1:]
			}
			if !yield(old, now) {
				return
			}
		}
	}
}

// leaf returns the file of a tree with that path, or nil.
func (t *Tree) leaf(p string) *leaf {
	if i, ok := slices.BinarySearchFunc(t.leaves, p, func(l *leaf, p string) int { return strings.Compare(l.out.Path, p) }); ok {
		return t.leaves[i]
	}
	return nil
}

// edit makes the tree of a snapshot from the last one, when nothing but the text
// of some pages or the layouts of the theme were edited since: then the plan is
// the same. Else it returns nil.
func (s *Session) edit(snapshot *source.Snapshot, o Options, options digest.Sum, found diag.List, before *Tree) (*Tree, *Report) {
	if before == nil || before != s.tree || options != s.options || len(found) > 0 {
		return nil, nil
	}
	edited, themed, ok := differing(before.Inputs, snapshot.All())
	if !ok || len(edited) > mostEdited || slices.ContainsFunc(edited, func(f source.File) bool { return !isParsed(f.Path) }) {
		return nil, nil
	}
	b := &build{snapshot: snapshot, options: o, bag: &diag.Bag{}, markdown: s.markdown, archive: s.archive, themes: &s.themes}
	site := *before.Site
	if themed {
		// What was found in the theme before is perhaps mended.
		told := slices.ContainsFunc(s.report.Diags, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Pos.File, source.ThemesDir+"/") })
		site.Theme = b.loadTheme(site.Model.Config)
		if told || site.Theme == nil || len(b.bag.List()) > 0 || !site.Theme.SameAssets(before.Site.Theme) {
			return nil, nil
		}
	}
	edits, ok := b.reread(edited, s.report.Diags)
	if !ok {
		return nil, nil
	}
	s.archive.replace(s.archive.with(edits), edits)
	site.Texts = &plan.Texts{Newer: maps.Clone(before.Site.Texts.Newer), Body: b.bodies(), Theme: site.Theme, Grams: b.grams()}
	if site.Texts.Newer == nil {
		site.Texts.Newer = map[string]*markup.Document{}
	}
	var texts []string
	for _, e := range edits {
		if e.doc != nil {
			site.Texts.Newer[e.entry.Path] = e.file.Doc() // the body is in the archive
			texts = append(texts, e.entry.Path)
		}
	}
	t := before.edited(&site, snapshot, func(o *plan.Output) bool { return themed || slices.ContainsFunc(texts, o.Shows) })
	r := *s.report
	r.Parsed, r.Rendered = len(texts), 0
	s.tree, s.report = t, &r
	return t, &r
}

// differing returns the files that were written between two snapshots, and
// whether any of the themes were; ok is false when one of the others has come or
// gone.
func differing(before, after []source.File) (files []source.File, themed, ok bool) {
	same := func(a, b source.File) bool {
		return a.Path == b.Path && a.Size == b.Size && a.Stamp == b.Stamp
	}
	isTheme := func(f source.File) bool { return strings.HasPrefix(f.Path, source.ThemesDir+"/") }
	split := func(all []source.File) (rest, themes []source.File) {
		n := slices.IndexFunc(all, isTheme) // they stand last
		if n < 0 {
			n = len(all)
		}
		return all[:n], all[n:]
	}
	before, oldThemes := split(before)
	after, newThemes := split(after)
	if len(before) != len(after) {
		return nil, false, false
	}
	for i, f := range after {
		if f.Path != before[i].Path {
			return nil, false, false
		}
		if !same(f, before[i]) {
			files = append(files, f)
		}
	}
	return files, !slices.EqualFunc(oldThemes, newThemes, same), true
}

// edited returns a tree of the same outputs, of which some differ.
func (t *Tree) edited(site *Site, snapshot *source.Snapshot, differs func(*plan.Output) bool) *Tree {
	n := &Tree{Site: site, Inputs: snapshot.All(), tool: t.tool, leaves: slices.Clone(t.leaves)}
	for i, l := range n.leaves {
		if differs(l.out) {
			n.leaves[i] = &leaf{out: l.out, was: l.last()}
		}
	}
	return n
}

// last returns what was made of a leaf when somebody asked for it last, or nil.
func (l *leaf) last() *made {
	if m := l.now.Load(); m != nil {
		return m
	}
	return l.was
}

// made returns the place of a leaf's bytes, with its identity.
func (t *Tree) made(l *leaf) *made {
	l.once.Do(func() {
		key, data := t.Site.identity(t.tool, l.out)
		if l.was != nil && l.was.key == key {
			l.now.Store(l.was)
		} else {
			l.now.Store(&made{key: key, data: data})
		}
	})
	return l.now.Load()
}

// Key returns the identity of a file of the tree; ok is false when there is none.
func (t *Tree) Key(p string) (key digest.Sum, ok bool) {
	l := t.leaf(p)
	if l == nil {
		return digest.Sum{}, false
	}
	return t.made(l).key, true
}

// Has reports whether the tree has a file.
func (t *Tree) Has(p string) bool { return t.leaf(p) != nil }

// File returns the bytes of a file, rendering it when it is asked for first;
// ok is false when the tree has none. What went wrong while rendering is found.
func (t *Tree) File(p string) (data []byte, found diag.List, ok bool) {
	l := t.leaf(p)
	if l == nil {
		return nil, nil, false
	}
	m := t.made(l)
	m.once.Do(func() {
		if l.out.Layout != "" {
			m.data, m.err = t.render(l.out, t.Site.View(l.out, true))
		} else if m.data == nil {
			m.data = l.out.Bytes(t.Site.Texts)
		}
	})
	return m.data, m.err, true
}

func (t *Tree) render(o *plan.Output, v any) ([]byte, diag.List) {
	bag := &diag.Bag{}
	data, ok := render.Page(o, v, t.Site.Theme, nil, bag)
	if !ok {
		data = nil
	}
	return bytes.Clone(data), bag.List() // it grew in steps
}

// Len returns the number of files.
func (t *Tree) Len() int { return len(t.leaves) }

// Below returns the paths of the files below a folder, sorted.
func (t *Tree) Below(folder string) []string {
	var list []string
	for _, l := range t.leaves {
		if strings.HasPrefix(l.out.Path, folder) {
			list = append(list, l.out.Path)
		}
	}
	return list
}

// Sheet is a page that is made for paper.
type Sheet struct {
	Path, Title string
	At          diag.Pos           // what it was made from
	View        func() *view.Sheet // without what is filled only to be rendered
}

// Sheets returns the pages that are made for paper, sorted by path.
func (t *Tree) Sheets() []Sheet {
	var list []Sheet
	for _, o := range t.Site.Outputs {
		if o.IsSheet() {
			list = append(list, Sheet{o.Path, o.Title(), o.Pos(), func() *view.Sheet { return o.Sheet(t.Site.Texts) }})
		}
	}
	return list
}

// Title returns the title of the page with that path, "" where there is none.
func (t *Tree) Title(p string) string {
	if l := t.leaf(p); l != nil {
		return l.out.Title()
	}
	return ""
}

// Wall returns the sheets that hang on the wall of a station, in their order; ok
// is false when it has no wall.
func (t *Tree) Wall(station string) (sheets []Sheet, ok bool) {
	l := t.leaf(walls.ScreenOf(station))
	if l == nil {
		return nil, false
	}
	all := t.Sheets()
	for _, p := range l.out.Wall {
		if i := slices.IndexFunc(all, func(s Sheet) bool { return s.Path == p }); i >= 0 {
			sheets = append(sheets, all[i])
		}
	}
	return sheets, true
}
