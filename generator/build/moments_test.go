package build_test

import (
	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDamagedCacheIsAMiss damages each file of the cache in several ways, edits
// a text, and wants what a build from nothing makes.
func TestDamagedCacheIsAMiss(t *testing.T) {
	w := newWorld()
	dest, cacheDir := t.TempDir(), t.TempDir()
	options := build.Options{AsOf: w.day, Tool: digest.Of("a")}
	page, n := "content/news/x.md", 0
	edit := func() { // one of two texts, in turn
		n = 1 - n
		w.write(page, fmt.Sprintf("+++\ntitle = \"消息\"\ndate = 2026-11-01\nsummary = \"摘要\"\n+++\n## 一\n\n正文 %d\n", n))
	}
	var clean [2]struct {
		tree  map[string]string
		diags diag.List
	}
	for range clean {
		edit()
		tree, r := buildFS(t, w.fs(), build.Options{AsOf: w.day, NoCache: true}, t.TempDir(), t.TempDir())
		clean[n].tree, clean[n].diags = tree, r.Diags
	}
	edit()
	buildFS(t, w.fs(), options, dest, cacheDir)
	edit()
	if _, r := buildFS(t, w.fs(), options, dest, cacheDir); r.Compared != 1 {
		t.Fatalf("%d pages were compared for one text", r.Compared)
	}
	damages := map[string]func(data []byte) []byte{
		"cut":   func(data []byte) []byte { return data[:len(data)/2] },
		"empty": func([]byte) []byte { return nil },
		"gone":  nil,
		"flipped": func(data []byte) []byte {
			if len(data) > 0 {
				data[len(data)-1-len(data)/3] ^= 1
			}
			return data
		},
		"longer": func(data []byte) []byte { return append(data, "更多"...) },
	}
	kinds := map[string]bool{}
	for what, damage := range damages {
		entries, err := os.ReadDir(cacheDir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() || e.Name() == "CACHEDIR.TAG" { // without it nothing in the folder is ours
				continue
			}
			kind, _, _ := strings.Cut(e.Name(), "-")
			kinds[kind] = true
			name := filepath.Join(cacheDir, e.Name())
			data, err := os.ReadFile(name)
			if err != nil {
				continue // replaced by one of the builds before
			}
			os.Remove(name)
			if damage != nil {
				if err := os.WriteFile(name, damage(data), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			edit()
			got, r := buildFS(t, w.fs(), options, dest, cacheDir)
			if want := clean[n]; len(r.Diags) != len(want.diags) || !maps.Equal(got, want.tree) {
				t.Fatalf("%s is %s: %v, the trees differ in %v", e.Name(), what, r.Diags, difference(got, want.tree))
			}
		}
	}
	for _, kind := range []string{"blobs", "files", "last", "public"} {
		if !kinds[kind] {
			t.Errorf("there is no file %s- in the cache", kind)
		}
	}
}

// TestCacheOfSeveralMoments puts files of the cache back to what they were some
// builds ago, in any mixture, as after a build that was killed before it wrote
// them, or a cache that was restored; also the site is now and then as it was
// before. The next build must believe nothing that does not fit. Only the manifest is never older than public/.
func TestCacheOfSeveralMoments(t *testing.T) {
	edits := 80
	if testing.Short() || raceDetector {
		edits = 24
	}
	r := rand.New(rand.NewPCG(20261126, 1))
	w := newWorld()
	dest, cacheDir := t.TempDir(), t.TempDir()
	options := func() build.Options { return build.Options{AsOf: w.day, Tool: digest.Of("a")} }
	before, _ := buildFS(t, w.fs(), options(), dest, cacheDir)
	var moments []map[string]string // of the cache
	var worlds []*world
	short := 0
	for n := range edits {
		moments, worlds = append(moments, readTree(t, cacheDir)), append(worlds, w.clone())
		what := "a text"
		switch n % 4 {
		case 0:
			what = w.edit(r)
		case 1:
			tick := w.tick // no two versions of a file have one time
			w = worlds[max(0, len(worlds)-2-r.IntN(3))].clone()
			w.tick, what = tick, "as it was"
		default:
			w.write("content/news/text.md", fmt.Sprintf("+++\ntitle = \"消息\"\ndate = 2026-11-01\nsummary = \"摘要\"\n+++\n正文 %d\n", n))
		}
		for name, text := range moments[max(0, len(moments)-1-r.IntN(4))] {
			if r.IntN(6) == 0 && !strings.HasPrefix(name, "public-") {
				if err := os.WriteFile(filepath.Join(cacheDir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		got, rep := buildFS(t, w.fs(), options(), dest, cacheDir)
		want, clean := buildFS(t, w.fs(), build.Options{AsOf: w.day, NoCache: true}, t.TempDir(), t.TempDir())
		if !slices.Equal(standing(rep.Diags), clean.Diags) {
			t.Fatalf("edit %d (%s): findings differ:\n%v\n%v", n, what, standing(rep.Diags), clean.Diags)
		}
		if clean.Diags.HasErrors() {
			want = before
		}
		if !maps.Equal(got, want) {
			t.Fatalf("edit %d (%s): the trees differ: %v", n, what, difference(got, want))
		}
		before = got
		if rep.Rendered > 0 && rep.Compared <= rep.Planned/2 {
			short++
		}
	}
	if short == 0 {
		t.Error("all pages were compared after each edit of a text")
	}
	t.Logf("%d of %d edits compared few pages", short, edits)
}
