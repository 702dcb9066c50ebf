package build

import (
	"context"
	"slices"
	"strings"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/markup"
	"biandan/generator/minify"
	"biandan/generator/plan"
	"biandan/generator/render"
	"biandan/generator/source"
	"biandan/generator/view"
)

// Session builds a site into memory, again and again, for looking at it while
// it is edited. What one build has parsed and rendered serves the next. One
// build runs at a time.
type Session struct {
	archive  *archive
	markdown *markup.Parser
}

// NewSession begins a session that keeps what it parses in cacheDir; where that
// cannot be used, in memory.
func NewSession(cacheDir string, tool digest.Sum) *Session {
	dir, err := cache.Open(cacheDir, tool)
	if err != nil {
		dir = nil
	}
	return &Session{openArchive(dir), markup.NewParser()}
}

// Close keeps what was learnt for the next session.
func (s *Session) Close() {
	s.archive.save()
	s.archive.close()
}

// Tree is a whole site at one moment. Its pages are made when they are asked
// for, each once; a tree never changes, and all its pages are of one build.
type Tree struct {
	// Sheets are the pages that are made for paper, sorted by path.
	Sheets []Sheet

	files map[string]*leaf
}

// Sheet is a page that is made for paper.
type Sheet struct {
	Path, Title string
	At          diag.Pos           // what it was made from
	View        func() *view.Sheet // without what is filled only to be rendered
}

// leaf is a file of a tree. Leaves with the same key are shared by the trees of
// a session, so that nothing is rendered twice.
type leaf struct {
	key  digest.Sum
	site *Site
	out  *plan.Output

	once sync.Once
	data []byte
	err  diag.List
}

// Build makes the tree of a snapshot. It is nil when the report has errors;
// before, if not nil, is the last one that was made.
func (s *Session) Build(ctx context.Context, snapshot *source.Snapshot, o Options, found diag.List, before *Tree) (*Tree, *Report) {
	b := &builder{ctx: ctx, snapshot: snapshot, options: o, bag: &diag.Bag{}, report: &Report{}, markdown: s.markdown, archive: s.archive}
	b.bag.Append(found)
	planned := b.plan()
	if b.finish().Diags.HasErrors() || ctx.Err() != nil {
		return nil, b.report
	}
	leaves := make([]*leaf, len(planned.Outputs))
	b.each(PhaseRender, len(leaves), func() func(int) error {
		return func(i int) error {
			out := &planned.Outputs[i]
			key, data := b.identity(planned, out)
			if before != nil && before.files[out.Path] != nil && before.files[out.Path].key == key {
				leaves[i] = before.files[out.Path]
				return nil
			}
			leaves[i] = &leaf{key: key, site: planned, out: out, data: data}
			return nil
		}
	})
	t := &Tree{files: make(map[string]*leaf, len(leaves))}
	for i, l := range leaves {
		out := &planned.Outputs[i]
		if l != nil {
			t.files[out.Path] = l
		}
		if out.IsSheet() {
			t.Sheets = append(t.Sheets, Sheet{out.Path, out.Title, out.Source, out.Sheet})
		}
	}
	return t, b.report
}

// Key returns the identity of a file of the tree; ok is false when there is none.
func (t *Tree) Key(p string) (key digest.Sum, ok bool) {
	l, ok := t.files[p]
	if !ok {
		return digest.Sum{}, false
	}
	return l.key, true
}

// File returns the bytes of a file, rendering it when it is asked for first;
// ok is false when the tree has none. What went wrong while rendering is found.
func (t *Tree) File(p string) (data []byte, found diag.List, ok bool) {
	l, ok := t.files[p]
	if !ok {
		return nil, nil, false
	}
	l.once.Do(func() {
		if l.out.Layout != "" {
			bag := &diag.Bag{}
			if data, ok := render.Output(l.out, l.site.Theme, &minify.Writer{}, bag); ok {
				l.data = data
			}
			l.err = bag.List()
		}
		l.site, l.out = nil, nil // what the page was made from may go
	})
	return l.data, l.err, true
}

// Len returns the number of files.
func (t *Tree) Len() int { return len(t.files) }

// Below returns the paths of the files below a folder, sorted.
func (t *Tree) Below(folder string) []string {
	var list []string
	for p := range t.files {
		if strings.HasPrefix(p, folder) {
			list = append(list, p)
		}
	}
	slices.Sort(list)
	return list
}
