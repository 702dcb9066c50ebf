package build_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
)

func pictureOf(t *testing.T, shade uint8) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 8, 8))
	m.Set(1, 1, color.Gray{shade})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reading is a file system that counts the pictures that are read.
type reading struct {
	fstest.MapFS
	pictures *int
}

func (r reading) ReadFile(name string) ([]byte, error) {
	if strings.HasSuffix(name, ".png") {
		*r.pictures++
	}
	return r.MapFS.ReadFile(name)
}

// TestPicturesArePreparedOnce edits beside pictures: each is prepared once for its
// bytes, also in a new process, whatever it is called; and one with a finding, each
// time, so that the finding is told each time.
func TestPicturesArePreparedOnce(t *testing.T) {
	w := newWorld()
	album := "+++\ntitle = \"相册\"\n+++\n"
	for i := range 10 {
		p := fmt.Sprintf("p%d.png", i)
		w.write("content/"+p, pictureOf(t, uint8(i+1)))
		album += "![图](" + p + ")\n"
	}
	w.write("content/album.md", album)
	dest, cacheDir := t.TempDir(), t.TempDir()
	tool := "a"
	read := 0
	build1 := func(o build.Options) (map[string]string, *build.Report) {
		o.AsOf, o.Tool = w.day, digest.Of(tool)
		read = 0
		return buildFS(t, reading{w.fs(), &read}, o, dest, cacheDir)
	}
	expect := func(what string, wantRead, prepared int, o build.Options) map[string]string {
		t.Helper()
		tree, r := build1(o)
		if r.Diags.HasErrors() || read != wantRead || r.Prepared != prepared {
			t.Errorf("%s: %d pictures read, %d prepared, want %d, %d; %v", what, read, r.Prepared, wantRead, prepared, r.Diags)
		}
		return tree
	}
	first := expect("from nothing", 10, 10, build.Options{})
	w.write("content/album.md", strings.Replace(album, "相册", "照片", 1))
	second := expect("a title", 0, 0, build.Options{})
	if first["p3.png"] == "" || first["p3.png"] != second["p3.png"] || first["album/index.html"] == second["album/index.html"] {
		t.Error("the picture or its page is not as it should be")
	}
	damagePictures(t, cacheDir, "pictures")
	w.write("content/album.md", album)
	expect("with a damaged list of files", 10, 0, build.Options{})
	w.write("content/p3.png", w.files["content/p3.png"])
	w.write("content/p4.png", pictureOf(t, 100))
	w.write("content/p5.png", w.files["content/p6.png"])
	third := expect("one touched, one new, one copied", 3, 1, build.Options{})
	if third["p4.png"] == second["p4.png"] || third["p5.png"] != third["p6.png"] {
		t.Error("the pictures are those of before")
	}
	expect("without a cache", 10, 10, build.Options{NoCache: true})
	expect("to verify", 10, 10, build.Options{Verify: true})
	damagePictures(t, cacheDir, "picture-*")
	w.write("content/album.md", album)
	expect("with damaged pictures", 10-1, 10-1, build.Options{}) // p5 and p6 are one
	w.write("content/album.md", album+"再\n")
	tool = "b"
	expect("by another tool", 10, 10-1, build.Options{})

	w.write("content/p7.png", "no picture")
	for range 2 {
		_, r := build1(build.Options{})
		if !slices.ContainsFunc(r.Diags, func(d diag.Diagnostic) bool { return d.Code == "E0504" && d.Pos.File == "content/p7.png" }) || r.Prepared != 1 {
			t.Errorf("%d pictures prepared, found %v", r.Prepared, r.Diags)
		}
		w.write("content/album.md", strings.Replace(album, "相册", "又一个", 1))
	}
}

// damagePictures damages files of the cache.
func damagePictures(t *testing.T, cacheDir, pattern string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(cacheDir, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s in the cache: %v %v", pattern, names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)-3] ^= 1
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVerifyTellsOfPictures replaces what the cache remembers of a picture.
func TestVerifyTellsOfPictures(t *testing.T) {
	w := newWorld()
	w.write("content/a.png", pictureOf(t, 1))
	w.write("content/b.png", pictureOf(t, 200))
	w.write("content/album.md", "+++\ntitle = \"相册\"\n+++\n![图](a.png) ![图](b.png)\n")
	dest, cacheDir := t.TempDir(), t.TempDir()
	run := func(o build.Options) *build.Report {
		o.AsOf, o.Tool = w.day, digest.Of("a")
		_, r := buildFS(t, w.fs(), o, dest, cacheDir)
		return r
	}
	run(build.Options{})
	names, err := filepath.Glob(filepath.Join(cacheDir, "picture-*"))
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	other, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(names[1], other, 0o644); err != nil {
		t.Fatal(err)
	}
	r := run(build.Options{Verify: true})
	if !slices.ContainsFunc(r.Diags, func(d diag.Diagnostic) bool { return d.Code == "E0605" }) {
		t.Errorf("found %v", r.Diags)
	}
}

// TestPicturesForNarrowScreens wants the copies of a wide picture beside it, and known
// to the browser; a small one as it is; paper with the full size. Nothing shifts when
// a picture comes, and the first one of a page is not waited for.
func TestPicturesForNarrowScreens(t *testing.T) {
	w := newWorld()
	big := image.NewGray(image.Rect(0, 0, 2000, 200))
	for i := range big.Pix {
		big.Pix[i] = uint8(i * i >> 7)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, big); err != nil {
		t.Fatal(err)
	}
	w.write("content/notices/wide.png", b.String())
	w.write("content/notices/taken.png", b.String())
	w.write("content/notices/taken.720w.png", pictureOf(t, 1))
	w.write("content/notices/small.png", pictureOf(t, 2))
	w.write("content/notices/line.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4"/></svg>`)
	w.write("content/notices/with.md", "+++\ntitle = \"图\"\ndate = 2026-11-01\nkind = \"通知\"\nissuer = \"支部\"\nend = 2026-12-31\n+++\n"+
		"![宽](wide.png)\n\n![小](small.png)\n\n![占](taken.png)\n\n![装饰](line.svg)\n\n[另一张](taken.720w.png)\n")
	dest, cacheDir := t.TempDir(), t.TempDir()
	tree, r := buildFS(t, w.fs(), build.Options{AsOf: w.day}, dest, cacheDir)
	if r.Diags.HasErrors() || r.Prepared != 3 { // two are one
		t.Errorf("%d prepared, found %v", r.Prepared, r.Diags)
	}
	const sizes = `sizes="(min-width:706px) 666px,100vw" width="1600" height="160"`
	for _, img := range []string{
		`<img src="/dj/notices/wide.png" srcset="/dj/notices/wide.720w.png 720w, /dj/notices/wide.1080w.png 1080w, /dj/notices/wide.png 1600w" ` + sizes + ` decoding="async" alt="宽">`,
		`<img src="/dj/notices/small.png" width="8" height="8" loading="lazy" decoding="async" alt="小">`,
		`<img src="/dj/notices/taken.png" srcset="/dj/notices/taken.1080w.png 1080w, /dj/notices/taken.png 1600w" ` + sizes + ` loading="lazy" decoding="async" alt="占">`,
		`<img src="/dj/notices/line.svg" width="1600" height="400" loading="lazy" decoding="async" alt="">`,
	} {
		if !strings.Contains(tree["notices/with/index.html"], img) {
			t.Errorf("no %s in\n%s", img, tree["notices/with/index.html"])
		}
	}
	if !strings.Contains(tree["sheets/notices/with.html"], `<img src="/dj/notices/wide.png" width="1600" height="160" alt="宽">`) {
		t.Errorf("on paper:\n%s", tree["sheets/notices/with.html"])
	}
	for name, width := range map[string]int{"wide.png": 1600, "wide.1080w.png": 1080, "wide.720w.png": 720, "taken.1080w.png": 1080, "taken.720w.png": 8} {
		c, _, err := image.DecodeConfig(strings.NewReader(tree["notices/"+name]))
		if err != nil || c.Width != width {
			t.Errorf("%s: %+v %v", name, c, err)
		}
	}
	w.write("site.toml", w.files["site.toml"]+"links = \"relative\"\n")
	relative, r := buildFS(t, w.fs(), build.Options{AsOf: w.day}, dest, cacheDir)
	if r.Prepared != 0 || !strings.Contains(relative["sheets/notices/with.html"], `<img src="../../notices/wide.png" width="1600" height="160" alt="宽">`) ||
		!strings.Contains(relative["notices/with/index.html"], `srcset="../../notices/wide.720w.png 720w, `) {
		t.Errorf("%d prepared, on paper:\n%s", r.Prepared, relative["sheets/notices/with.html"])
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	again, _ := buildFS(t, w.fs(), build.Options{AsOf: w.day, NoCache: true}, t.TempDir(), t.TempDir())
	if !maps.Equal(relative, again) {
		t.Error("another number of cores gives other bytes")
	}
}
