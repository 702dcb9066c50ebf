package corpus_test

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"biandan/generator/bench/corpus"
	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/source"
	"biandan/themes"
)

func TestTheSameBytesTwice(t *testing.T) {
	for name, files := range map[string]func(int) iter.Seq2[string, []byte]{"site": corpus.Site, "peer": corpus.Peer} {
		if a, b := maps.Collect(files(30)), maps.Collect(files(30)); !maps.EqualFunc(a, b, bytes.Equal) {
			t.Errorf("%s: another run gives other bytes", name)
		}
	}
}

func TestTheLargerContainsTheSmaller(t *testing.T) {
	for name, files := range map[string]func(int) iter.Seq2[string, []byte]{"site": corpus.Site, "peer": corpus.Peer} {
		small, large := maps.Collect(files(30)), maps.Collect(files(90))
		if len(large) != len(small)+60 {
			t.Errorf("%s: %d files of 30 notices, %d of 90", name, len(small), len(large))
		}
		for p, data := range small {
			if !bytes.Equal(large[p], data) {
				t.Errorf("%s: %s differs", name, p)
			}
		}
	}
}

func TestBothSidesHaveTheSameTexts(t *testing.T) {
	peer := maps.Collect(corpus.Peer(30))
	for p, data := range corpus.Site(30) {
		if strings.HasPrefix(p, "content/notices/2") {
			if body(peer[p]) == "" || body(peer[p]) != body(data) {
				t.Errorf("%s: the texts differ", p)
			}
		}
	}
}

func body(page []byte) string {
	parts := strings.SplitN(string(page), "+++\n", 3)
	return parts[len(parts)-1]
}

// TestItBuilds wants no findings at all, texts of a usual length, and phone
// numbers that cannot ring.
func TestItBuilds(t *testing.T) {
	m, size := fstest.MapFS{}, 0
	for p, data := range corpus.Site(30) {
		m[p] = &fstest.MapFile{Data: data}
		if strings.HasPrefix(p, "content/notices/2") {
			size += len(data)
		}
		for _, after := range strings.Split(string(data), "0357-")[1:] {
			if !strings.HasPrefix(after, "0000") {
				t.Errorf("%s: the phone 0357-%.7s could ring", p, after)
			}
		}
		if !utf8.Valid(data) {
			t.Errorf("%s is not UTF-8", p)
		}
	}
	if mean := size / 30; mean < 1500 || mean > 2600 {
		t.Errorf("a notice has %d bytes on average", mean)
	}
	bag := &diag.Bag{}
	s := source.Take(m, bag)
	r, err := build.Run(context.Background(), s, build.Options{Today: corpus.AsOf, Themes: themes.FS}, bag.List(), t.TempDir(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Diags) > 0 {
		t.Error(r.Diags)
	}
	if want := 2*30 + 300 + 60; r.Pages < want {
		t.Errorf("%d pages, want more than %d", r.Pages, want)
	}
}

// TestNewest wants the notice at the top of the list of announcements.
func TestNewest(t *testing.T) {
	files := maps.Collect(corpus.Site(30))
	newest := "content/" + corpus.NoticeFile(corpus.Newest(30)) + ".md"
	day := func(data []byte) string {
		_, rest, _ := strings.Cut(string(data), "\ndate = ")
		return rest[:10]
	}
	for p, data := range files {
		if strings.HasPrefix(p, "content/notices/2") && !strings.Contains(string(data), `kind = "公示"`) && day(data) > day(files[newest]) {
			t.Errorf("%s is newer than %s", p, newest)
		}
	}
}
