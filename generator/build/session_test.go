package build_test

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/themes"
)

// editor edits a world and has a session build it after each edit.
type editor struct {
	*world
	random  *rand.Rand
	session *build.Session
	tree    *build.Tree // the last good one
	before  *build.Tree // and that before it
}

func newEditor(t *testing.T, seed uint64) *editor {
	e := &editor{world: newWorld(), random: rand.New(rand.NewPCG(seed, 2)), session: build.NewSession(t.TempDir(), digest.Of("a"))}
	t.Cleanup(e.session.Close)
	return e
}

// step makes an edit, keeps the world from growing, and builds.
func (e *editor) step(t *testing.T) (what string, r *build.Report) {
	t.Helper()
	what = e.edit(e.random)
	if len(e.files) > 24 {
		e.remove(e.pick(e.random, "content/", ".md"))
	}
	bag := &diag.Bag{}
	s := source.Take(e.fs(), bag)
	tree, r := e.session.Build(context.Background(), s, build.Options{Themes: themes.FS, Tool: digest.Of("a"), AsOf: e.day}, bag.List(), e.tree)
	if tree != nil {
		e.tree, e.before = tree, e.tree
	}
	return what, r
}

// TestSessionEqualsClean makes random edits: each tree of a session has exactly
// the files of a build from nothing, whether a page was made before or is made
// now, and the differences to the tree before are told.
func TestSessionEqualsClean(t *testing.T) {
	edits := 300
	if testing.Short() || raceDetector {
		edits = 30
	}
	e := newEditor(t, 7)
	for n := range edits {
		what, r := e.step(t)
		if r.Diags.HasErrors() {
			continue
		}
		want, clean := buildFS(t, e.fs(), build.Options{AsOf: e.day, NoCache: true}, t.TempDir(), t.TempDir())
		if !slices.Equal(r.Diags, clean.Diags) {
			t.Fatalf("edit %d (%s): findings differ:\n%v\n%v", n, what, r.Diags, clean.Diags)
		}
		if e.tree.Len() != len(want) {
			t.Fatalf("edit %d (%s): %d files, want %d", n, what, e.tree.Len(), len(want))
		}
		differ := 0
		for p, text := range want {
			if e.random.IntN(3) == 0 && n < edits-1 {
				continue // it may be made by a later tree
			}
			if data, found, ok := e.tree.File(p); !ok || string(data) != text {
				t.Fatalf("edit %d (%s): %s differs %v", n, what, p, found)
			}
		}
		if e.before == nil {
			continue
		}
		for p := range want {
			if strings.HasPrefix(p, "search/s/") {
				continue // nobody is told of the index
			}
			old, _ := e.before.Key(p)
			if now, _ := e.tree.Key(p); now != old {
				differ++
			}
		}
		c := build.Compare(e.before, e.tree, 1000)
		if c.New+c.Layout+c.Content != differ || len(c.Outputs) != differ+c.Gone {
			t.Fatalf("edit %d (%s): %+v, want %d differences", n, what, c, differ)
		}
		for _, o := range c.Outputs {
			if o.Kind == build.ByLayout && len(o.Layouts) == 0 || o.Kind == build.ByContent && len(o.Fields) == 0 && strings.HasSuffix(o.Path, ".html") {
				t.Fatalf("edit %d (%s): no reason for %+v", n, what, o)
			}
		}
	}
}

// TestLongSession rebuilds two thousand times, with a page looked at now and
// then, and wants the memory in use to stay what it was.
func TestLongSession(t *testing.T) {
	builds, early := 2000, 200
	if testing.Short() || raceDetector {
		builds, early = 300, 100
	}
	e := newEditor(t, 8)
	inUse := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	// One moment tells little: a tree and the one before it may have two themes.
	var first, last uint64
	for n := 1; n <= builds; n++ {
		e.step(t)
		if e.before != nil && n%5 == 0 {
			e.tree.File("index.html")
			build.Compare(e.before, e.tree, 50)
		}
		switch {
		case n%5 != 0:
		case n > early/2 && n <= early:
			first = max(first, inUse())
		case n > builds-early/2:
			last = max(last, inUse())
		}
	}
	t.Logf("in use after %d builds at most %d KiB, after %d at most %d KiB", early, first>>10, builds, last>>10)
	if last > first+first/5 {
		t.Errorf("memory in use grew from %d KiB to %d KiB", first>>10, last>>10)
	}
}
