package build

import (
	"bytes"
	"context"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/markup"
	"biandan/generator/plan"
	"biandan/generator/render"
	"biandan/generator/source"
)

// Session builds a site into memory, again and again, for looking at it while
// it is edited. What one build has parsed and rendered serves the next. One
// build runs at a time.
type Session struct {
	archive  *archive
	markdown *markup.Parser
	dress    dress
}

// NewSession begins a session that keeps what it parses in cacheDir; where that
// cannot be used, in memory.
func NewSession(cacheDir string, tool digest.Sum) *Session {
	dir, err := cache.Open(cacheDir, tool)
	if err != nil {
		dir = nil
	}
	return &Session{archive: openArchive(dir), markdown: markup.NewParser()}
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
	leaves map[string]leaf
}

// leaf is a file of a tree: how this build would make it, and the bytes, which
// trees of a session share as long as its identity stays the same. What is
// shared knows nothing of the site it was made from, so that a tree which is
// replaced leaves nothing behind but pages that are still the same.
type leaf struct {
	key  digest.Sum
	out  *plan.Output
	made *made
}

// made is a file that is made once.
type made struct {
	once sync.Once
	data []byte
	err  diag.List
}

// Build makes the tree of a snapshot. It is nil when the report has errors;
// before, if not nil, is the last one that was made.
func (s *Session) Build(ctx context.Context, snapshot *source.Snapshot, o Options, found diag.List, before *Tree) (*Tree, *Report) {
	b := &builder{ctx: ctx, snapshot: snapshot, options: o, bag: &diag.Bag{}, report: &Report{}, markdown: s.markdown, archive: s.archive, dress: &s.dress}
	b.bag.Append(found)
	planned := b.plan()
	if b.finish().Diags.HasErrors() || ctx.Err() != nil {
		return nil, b.report
	}
	leaves := make([]leaf, len(planned.Outputs))
	b.each(PhaseRender, len(leaves), func() func(int) error {
		return func(i int) error {
			out := &planned.Outputs[i]
			key, data := b.identity(planned, out)
			leaves[i] = leaf{key, out, &made{data: data}}
			if before == nil {
				return nil
			}
			if old, ok := before.leaves[out.Path]; ok && old.key == key {
				leaves[i].made = old.made
			}
			return nil
		}
	})
	if ctx.Err() != nil {
		return nil, b.report
	}
	t := &Tree{Site: planned, Inputs: snapshot.All(), tool: o.Tool, leaves: make(map[string]leaf, len(leaves))}
	for _, l := range leaves {
		t.leaves[l.out.Path] = l
	}
	return t, b.report
}

// Key returns the identity of a file of the tree; ok is false when there is none.
func (t *Tree) Key(p string) (key digest.Sum, ok bool) {
	l, ok := t.leaves[p]
	return l.key, ok
}

// File returns the bytes of a file, rendering it when it is asked for first;
// ok is false when the tree has none. What went wrong while rendering is found.
func (t *Tree) File(p string) (data []byte, found diag.List, ok bool) {
	l, ok := t.leaves[p]
	if !ok {
		return nil, nil, false
	}
	l.made.once.Do(func() {
		if l.out.Layout != "" {
			l.made.data, l.made.err = t.render(l.out)
		}
	})
	return l.made.data, l.made.err, true
}

func (t *Tree) render(o *plan.Output) ([]byte, diag.List) {
	bag := &diag.Bag{}
	data, ok := render.Output(o, t.Site.Theme, &bytes.Buffer{}, bag)
	if !ok {
		data = nil
	}
	return data, bag.List()
}

// Len returns the number of files.
func (t *Tree) Len() int { return len(t.leaves) }
