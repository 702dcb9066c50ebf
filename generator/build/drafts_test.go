package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/minify"
	"biandan/generator/plan"
	"biandan/generator/render"
	"biandan/generator/source"
	"biandan/themes"
)

// TestDraftsGiveTheSamePages makes each page that is kept as a draft from that
// draft, and wants the bytes and the identity of the page that a plan makes.
func TestDraftsGiveTheSamePages(t *testing.T) {
	small := newWorld()
	small.write("content/notices/document.md", "+++\ntitle = \"公文\"\nkind = \"通知\"\nissuer = \"支部\"\ndate = 2026-11-01\nform = \"公文\"\n+++\n## 一\n\n[组织](/branches/)，[示例](https://example.org)\n")
	layouts := map[string]int{}
	for _, fsys := range []fs.FS{os.DirFS("../.."), small.fs()} {
		bag := &diag.Bag{}
		snapshot := source.Take(fsys, bag)
		s, r := build.Plan(t.Context(), snapshot, build.Options{Themes: themes.FS, Today: small.day}, bag.List())
		if s == nil {
			t.Fatal(r.Diags)
		}
		desk, md, w := plan.NewDesk(s.Model.Config, snapshot, s.Theme), markup.NewParser(), &minify.Writer{}
		for i := range s.Outputs {
			o := &s.Outputs[i]
			if o.Layout == "" {
				continue
			}
			lean, shown := o.Show(s.Texts, false)
			d, ok := o.Draft(digest.Append(nil, lean), shown)
			if !ok {
				continue
			}
			layouts[o.Layout]++
			text, _ := snapshot.Text(d.File, bag)
			p, view, ok := desk.Page(&d, ledger.ParseFile(text, md).Doc())
			if !ok || p.Path != o.Path || p.Layout != o.Layout || p.File != o.File || digest.Of(view) != digest.Of(lean) {
				t.Errorf("%s (%s): the draft gives another page", o.Path, o.Layout)
				continue
			}
			data, ok1 := render.Page(p, view, s.Theme, w, bag)
			got := string(data)
			data, ok2 := render.Page(o, s.View(o, true), s.Theme, w, bag)
			if !ok1 || !ok2 || got != string(data) {
				t.Errorf("%s (%s): the bytes are others", o.Path, o.Layout)
			}
		}
	}
	for _, name := range []string{"article", "notice", "month", "sheet-notice", "sheet-document"} {
		if layouts[name] == 0 {
			t.Errorf("no page with the layout %s", name)
		}
	}
}

// TestDamagedCacheIsAMiss damages each file of the cache in several ways, edits
// a text, and wants what a build from nothing makes.
func TestDamagedCacheIsAMiss(t *testing.T) {
	w := newWorld()
	dest, cacheDir := t.TempDir(), t.TempDir()
	options := build.Options{AsOf: w.day, Tool: digest.Of("a")}
	page, n := "content/news/x.md", 0
	edit := func() {
		n++
		w.write(page, fmt.Sprintf("+++\ntitle = \"消息\"\ndate = 2026-11-01\nsummary = \"摘要\"\n+++\n## 一\n\n正文 %d\n", n))
	}
	edit()
	buildFS(t, w.fs(), options, dest, cacheDir)
	edit()
	if _, r := buildFS(t, w.fs(), options, dest, cacheDir); r.Read != 1 {
		t.Fatalf("%d content files were read for one text", r.Read)
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
			if e.IsDir() {
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
			want, clean := buildFS(t, w.fs(), build.Options{AsOf: w.day, NoCache: true}, t.TempDir(), t.TempDir())
			if len(r.Diags) != len(clean.Diags) || !maps.Equal(got, want) {
				t.Fatalf("%s is %s: %v, the trees differ in %v", e.Name(), what, r.Diags, difference(got, want))
			}
		}
	}
	for _, kind := range []string{"blobs", "draft", "drafts", "list", "files", "last", "public"} {
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
		if !slices.Equal(rep.Diags, clean.Diags) {
			t.Fatalf("edit %d (%s): findings differ:\n%v\n%v", n, what, rep.Diags, clean.Diags)
		}
		if clean.Diags.HasErrors() {
			want = before
		}
		if !maps.Equal(got, want) {
			t.Fatalf("edit %d (%s): the trees differ: %v", n, what, difference(got, want))
		}
		if before = got; rep.Read < clean.Read && rep.Rendered > 0 {
			short++
		}
	}
	if short == 0 {
		t.Error("no text was put into a draft")
	}
	t.Logf("%d of %d edits needed no plan", short, edits)
}
