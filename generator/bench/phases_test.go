package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"biandan/generator/asset"
	"biandan/generator/bench/corpus"
	"biandan/generator/build"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/frontmatter"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/markup"
	"biandan/generator/plan"
	"biandan/generator/render"
	"biandan/generator/source"
	"biandan/themes"
)

const benchmarkNotices, editedNotices = 1000, 10000

// corpusFS is the site in memory.
func corpusFS(notices int) fstest.MapFS {
	m := fstest.MapFS{}
	old := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	for p, data := range corpus.Site(notices) {
		m[p] = &fstest.MapFile{Data: data, ModTime: old}
	}
	return m
}

func options() build.Options { return build.Options{Today: corpus.AsOf, Themes: themes.FS} }

// textOf reads a file of a site.
func textOf(b *testing.B, fsys fs.FS, p string) *source.Text {
	b.Helper()
	bag := &diag.Bag{}
	t, ok := source.Take(fsys, bag).Text(p, bag)
	if !ok {
		b.Fatal(bag.List())
	}
	return t
}

const oneNotice = 20 // a 公示 with a table

func noticePath() string { return "content/" + corpus.NoticeFile(oneNotice) + ".md" }

func bodyOf(b *testing.B, t *source.Text) int {
	b.Helper()
	parts, _, ok := frontmatter.Split(t.Data)
	if !ok {
		b.Fatal("no head")
	}
	return parts.BodyStart
}

// BenchmarkMarkdown converts the text of one notice.
func BenchmarkMarkdown(b *testing.B) {
	t := textOf(b, corpusFS(oneNotice+1), noticePath())
	md := markup.NewParser()
	start := bodyOf(b, t)
	b.SetBytes(int64(len(t.Data) - start))
	b.ReportAllocs()
	for b.Loop() {
		md.Parse(t, start, &diag.Bag{})
	}
}

// BenchmarkNotice parses one notice, head and text, to a record.
func BenchmarkNotice(b *testing.B) {
	t := textOf(b, corpusFS(oneNotice+1), noticePath())
	md := markup.NewParser()
	b.SetBytes(int64(len(t.Data)))
	b.ReportAllocs()
	for b.Loop() {
		if f := ledger.ParseFile(t, md); f.Broken {
			b.Fatal(f.Diags)
		}
	}
}

// BenchmarkHead sets the head of one notice apart and parses it.
func BenchmarkHead(b *testing.B) {
	t := textOf(b, corpusFS(oneNotice+1), noticePath())
	b.ReportAllocs()
	for b.Loop() {
		bag := &diag.Bag{}
		parts, _, ok := frontmatter.Split(t.Data)
		if ok {
			_, ok = datafile.Parse(t, parts.HeadStart, parts.HeadEnd, bag)
		}
		if !ok {
			b.Fatal(bag.List())
		}
	}
}

// BenchmarkLedger parses and decodes the ledger of all 300 organisations.
func BenchmarkLedger(b *testing.B) {
	t := textOf(b, corpusFS(1), "content/branches/branch.toml")
	b.SetBytes(int64(len(t.Data)))
	b.ReportAllocs()
	for b.Loop() {
		bag := &diag.Bag{}
		table, ok := datafile.Parse(t, 0, len(t.Data), bag)
		if !ok {
			b.Fatal(bag.List())
		}
		for _, row := range datafile.RowsOf(t.Path, table.Keys[0], "", bag) {
			if !datafile.Decode(t.Path, row, &branches.Branch{}, bag) {
				b.Fatal(bag.List())
			}
		}
	}
}

// planned is the site, planned.
func planned(b *testing.B, notices int) *build.Site {
	b.Helper()
	bag := &diag.Bag{}
	s, r := build.Plan(context.Background(), source.Take(corpusFS(notices), bag), options(), bag.List())
	if s == nil {
		b.Fatal(r.Diags)
	}
	return s
}

// BenchmarkPlan plans the outputs of a site that is parsed already.
func BenchmarkPlan(b *testing.B) {
	s := planned(b, benchmarkNotices)
	snapshot := source.Take(corpusFS(benchmarkNotices), &diag.Bag{})
	b.ReportAllocs()
	for b.Loop() {
		bag := &diag.Bag{}
		if out := plan.Make(s.Model, snapshot, s.Theme, asset.NewPictures(nil, false), &plan.Looked{}, bag); len(out) == 0 || len(bag.List()) > 0 {
			b.Fatal(bag.List())
		}
	}
}

// outputs are one page of each kind that there is much of.
func outputs(b *testing.B, s *build.Site) map[string]*plan.Output {
	b.Helper()
	page := corpus.NoticeFile(oneNotice) + "/index.html"
	wanted := map[string]string{page: "notice", "sheets/" + corpus.NoticeFile(oneNotice) + ".html": "sheet", "notices/page/1/index.html": "list", "branches/zb-003/index.html": "branch"}
	found := map[string]*plan.Output{}
	for _, o := range s.Outputs {
		if name := wanted[o.Path]; name != "" {
			found[name] = o
		}
	}
	if len(found) != len(wanted) {
		b.Fatal("some pages are not planned")
	}
	return found
}

// BenchmarkRender makes one page, view and bytes.
func BenchmarkRender(b *testing.B) {
	s := planned(b, benchmarkNotices)
	for name, o := range outputs(b, s) {
		b.Run(name, func(b *testing.B) {
			var room []byte
			b.ReportAllocs()
			for b.Loop() {
				bag := &diag.Bag{}
				page, ok := render.Page(o, s.View(o, true), s.Theme, room[:0], bag)
				if room = page; !ok {
					b.Fatal(bag.List())
				}
			}
		})
	}
}

// BenchmarkView makes the view of one page without its text, which is what an
// unchanged page costs after an edit of another.
func BenchmarkView(b *testing.B) {
	s := planned(b, benchmarkNotices)
	for name, o := range outputs(b, s) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.View(o, false)
			}
		})
	}
}

// BenchmarkMinify minifies the style of the theme.
func BenchmarkMinify(b *testing.B) {
	const file = themeName + "/assets/site.css"
	data, err := fs.ReadFile(themes.FS, file)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		asset.Minify(file, data, &diag.Bag{})
	}
}

// BenchmarkEdit makes the tree of serve again after the edit of one notice, or
// of the base of all layouts, and the pages that show it.
func BenchmarkEdit(b *testing.B) {
	page := corpus.NoticeFile(corpus.Newest(editedNotices))
	notice, base := "content/"+page+".md", "themes/"+themeName+"/layouts/base.html"
	for _, edit := range []struct {
		name, file string
		change     func(token string) func(string) string
		pages      []string
	}{
		{"body", notice, inBody, []string{page + "/index.html"}},
		{"title", notice, inTitle, []string{page + "/index.html", "notices/index.html"}},
		{"template", base, inTemplate, []string{page + "/index.html"}},
	} {
		b.Run(edit.name, func(b *testing.B) {
			m := corpusFS(editedNotices)
			template, err := fs.ReadFile(themes.FS, strings.TrimPrefix(base, "themes/"))
			if err != nil {
				b.Fatal(err)
			}
			m[base] = &fstest.MapFile{Data: template, ModTime: m[notice].ModTime}
			o := options()
			o.AsOf = corpus.AsOf
			s := build.NewSession(b.TempDir(), o.Tool)
			defer s.Close()
			bag := &diag.Bag{}
			tree, r := s.Build(context.Background(), source.Take(m, bag), o, bag.List(), nil)
			if tree == nil {
				b.Fatal(r.Diags)
			}
			original := string(m[edit.file].Data)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m[edit.file] = &fstest.MapFile{Data: []byte(edit.change(strconv.Itoa(i))(original)), ModTime: time.Now()}
				tree, r = s.Build(context.Background(), source.Take(m, bag), o, nil, tree)
				if tree == nil {
					b.Fatal(r.Diags)
				}
				for _, p := range edit.pages {
					if _, found, ok := tree.File(p); !ok || len(found) > 0 {
						b.Fatal(p, found)
					}
				}
			}
		})
	}
}

// BenchmarkCold builds the whole site from the beginning.
func BenchmarkCold(b *testing.B) {
	m := corpusFS(benchmarkNotices)
	dir := b.TempDir()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		bag := &diag.Bag{}
		place := filepath.Join(dir, strconv.Itoa(i))
		r, err := build.Run(context.Background(), source.Take(m, bag), options(), bag.List(), filepath.Join(place, "public"), filepath.Join(place, "cache"))
		if err != nil || len(r.Diags) > 0 {
			b.Fatal(err, r.Diags)
		}
	}
}

// TestEdits wants each edit to change what it is meant to.
func TestEdits(t *testing.T) {
	const page = "+++\ntitle = \"公示\"\n+++\n正文\n"
	for name, got := range map[string]string{"body": inBody("词")(page), "title": inTitle("词")(page), "template": inTemplate("词")("<body></body>")} {
		if !strings.Contains(got, "词") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
