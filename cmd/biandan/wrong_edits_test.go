package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/themes"
)

// wrongEdit is an edit of the demonstration that a hurried clerk might make, and
// all that is found then. A place in a file is a path of texts, each looked for
// behind the one before: `"xq-01"…members = 31`.
type wrongEdit struct {
	what string
	file string   // below content/
	old  string   // the place of what is replaced; "": new is written at the end
	new  string   // what stands there then
	want []string // the code, the file unless it is the edited one, and the place: `E1110 branches/xiaoqu.toml …households`
}

// TestWrongEdits makes each wrong edit of the demonstration, which has no finding
// itself, and wants it found where it is to be mended: this and nothing else.
func TestWrongEdits(t *testing.T) {
	root, err := os.OpenRoot("../..")
	must(t, err)
	defer root.Close()
	content := fstest.MapFS{}
	for _, dir := range []string{"site.toml", "content", "themes"} {
		must(t, fs.WalkDir(root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				content[name], err = readInto(root.FS(), name)
			}
			return err
		}))
	}
	session := build.NewSession(t.TempDir(), digest.Of("a"))
	defer session.Close()
	find := func(m fstest.MapFS) []string {
		bag := &diag.Bag{}
		snapshot := source.Take(m, bag)
		_, r := session.Build(t.Context(), snapshot, build.Options{Themes: themes.FS, Tool: digest.Of("a")}, bag.List(), nil)
		return found(r.Diags)
	}
	if got := find(content); len(got) > 0 {
		t.Fatalf("the demonstration itself has findings:\n%s", strings.Join(got, "\n"))
	}
	perLedger := map[string]int{}
	for n, e := range wrongEdits {
		name := "content/" + e.file
		text, ok := edited(string(content[name].Data), e.old, e.new)
		if !ok {
			t.Errorf("%s: %s has no %q", e.what, name, e.old)
			continue
		}
		m := maps.Clone(content)
		m[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(int64(n+1), 0)}
		var want []string
		for _, w := range e.want {
			place, err := placeOf(m, name, w)
			if err != nil {
				t.Errorf("%s: %v", e.what, err)
			}
			want = append(want, place)
		}
		slices.Sort(want)
		got := find(m)
		if !strings.HasPrefix(e.file, "figures/") { // what was published of a figure stands against what is counted now, rightly
			got = slices.DeleteFunc(got, func(g string) bool { return strings.Contains(g, " E3001 ") })
		}
		if !slices.EqualFunc(got, want, func(g, w string) bool { return strings.HasPrefix(g, w+" ") }) {
			t.Errorf("%s:\n got  %s\n want %s", e.what, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
		} else if testing.Verbose() {
			t.Logf("%s:\n %s", e.what, strings.Join(got, "\n "))
		}
		folder, _, _ := strings.Cut(e.file, "/")
		perLedger[folder]++
	}
	for _, folder := range []string{"branches", "services", "stations", "months", "stars", "notices", "holidays"} {
		if perLedger[folder] < 10 {
			t.Errorf("%d wrong edits of %s: at least ten show that a ledger is looked at from all sides", perLedger[folder], folder)
		}
	}
}

func readInto(fsys fs.FS, name string) (*fstest.MapFile, error) {
	data, err := fs.ReadFile(fsys, name)
	return &fstest.MapFile{Data: data}, err
}

// found words findings as file:line code message, each line and code once.
func found(list diag.List) (lines []string) {
	for _, d := range list {
		at := fmt.Sprintf("%s:%d %s ", strings.TrimPrefix(d.Pos.File, "content/"), d.Pos.Line, d.Code)
		if n := len(lines); n == 0 || !strings.HasPrefix(lines[n-1], at) {
			lines = append(lines, at+d.Message)
		}
	}
	slices.Sort(lines)
	return lines
}

// locate returns the span of the last text of a path of texts.
func locate(text, path string) (from, to int, ok bool) {
	for part := range strings.SplitSeq(path, "…") {
		i := strings.Index(text[to:], part)
		if i < 0 {
			return 0, 0, false
		}
		from = to + i
		to = from + len(part)
	}
	return from, to, true
}

func edited(text, old, with string) (string, bool) {
	if old == "" {
		return text + with, true
	}
	from, to, ok := locate(text, old)
	if !ok {
		return "", false
	}
	return text[:from] + with + text[to:], true
}

// placeOf turns a wanted finding into file:line code.
func placeOf(m fstest.MapFS, edited, want string) (string, error) {
	code, path, _ := strings.Cut(want, " ")
	name := edited
	if file, rest, ok := strings.Cut(path, " …"); ok {
		name, path = "content/"+file, rest
	}
	f := m[name]
	if path == "" && f != nil { // the file as a whole
		return fmt.Sprintf("%s:0 %s", strings.TrimPrefix(name, "content/"), code), nil
	}
	if f == nil {
		return "", fmt.Errorf("no file %s", name)
	}
	from, _, ok := locate(string(f.Data), path)
	if !ok {
		return "", fmt.Errorf("%s has no %q", name, path)
	}
	return fmt.Sprintf("%s:%d %s", strings.TrimPrefix(name, "content/"), 1+strings.Count(string(f.Data[:from]), "\n"), code), nil
}
