package source

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"biandan/generator/diag"
)

// fleeting is a site in which something goes away once a folder that has it is listed.
type fleeting struct {
	fstest.MapFS
	gone string
}

func (f fleeting) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := f.MapFS.ReadDir(name)
	for i, d := range list {
		if p := name + "/" + d.Name(); p == f.gone {
			delete(f.MapFS, p)
			list[i] = vanished{d}
		}
	}
	return list, err
}

// vanished is an entry of which nothing is known but its name.
type vanished struct{ fs.DirEntry }

func (vanished) Info() (fs.FileInfo, error) { return nil, fs.ErrNotExist }

// TestWhatGoesAwayIsNotThere takes a snapshot while a file and a folder go away, and
// reads a file that went later: none of it is called unreadable for its permissions.
func TestWhatGoesAwayIsNotThere(t *testing.T) {
	site := fstest.MapFS{ConfigFile: {}, "content/a.md": {}, "content/b.md": {}, "content/leer": {Mode: fs.ModeDir}}
	for _, gone := range []string{"content/a.md", "content/leer"} {
		bag := &diag.Bag{}
		s := Take(fleeting{site, gone}, bag)
		if len(bag.List()) > 0 || s.Has("content/a.md") || s.Outdated() {
			t.Errorf("%s: %v", gone, bag.List())
		}
	}
	bag := &diag.Bag{}
	s := Take(site, bag)
	delete(site, "content/b.md")
	if _, ok := s.Bytes("content/b.md", bag); ok || !s.Outdated() || len(bag.List()) != 1 {
		t.Errorf("a file that went away later: outdated %v, %v", s.Outdated(), bag.List())
	}
}

// TestNamesInGBK wants the name that a file had where it came from.
func TestNamesInGBK(t *testing.T) {
	bag := &diag.Bag{}
	Take(oldNames{fstest.MapFS{ConfigFile: {}, "content/a.md": {}}}, bag)
	if l := bag.List(); len(l) != 1 || l[0].Code != "E0106" || l[0].Message != "名字的编码不是 UTF-8，看起来是 GBK 的“通知公告.md”" {
		t.Error(l)
	}
}

// oldNames is a site in which files have names of an old Windows.
type oldNames struct{ fstest.MapFS }

func (f oldNames) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := f.MapFS.ReadDir(name)
	for i, d := range list {
		list[i] = named{d, "\xCD\xA8\xD6\xAA\xB9\xAB\xB8\xE6.md"}
	}
	return list, err
}

type named struct {
	fs.DirEntry
	name string
}

func (n named) Name() string { return n.name }

// TestNamesOfMacs wants one path for a name, whether its accents stand apart or not, also
// when a snapshot looks at what has changed alone.
func TestNamesOfMacs(t *testing.T) {
	apart, together := "content/Cafe\u0301.md", "content/Caf\u00E9.md"
	site := fstest.MapFS{ConfigFile: {}, apart: {Data: []byte("1")}}
	bag := &diag.Bag{}
	s := Take(site, bag)
	for n, change := range []func() []string{
		func() []string { return nil },
		func() []string {
			delete(site, apart)
			site[together] = &fstest.MapFile{Data: []byte("22")}
			return []string{apart, together}
		},
		func() []string {
			delete(site, together)
			site[apart] = &fstest.MapFile{Data: []byte("333")}
			return []string{apart, together}
		},
	} {
		if changed := change(); changed != nil {
			s = s.again(site, changed, bag)
		}
		if data, ok := s.Bytes(together, bag); !ok || len(data) != n+1 || len(s.All()) != 2 || len(bag.List()) > 0 {
			t.Errorf("change %d: %q, %v, %v", n, data, s.All(), bag.List())
		}
	}
	site[together] = &fstest.MapFile{}
	if Take(site, bag); len(bag.List()) != 1 || bag.List()[0].Code != "E0115" {
		t.Errorf("two files: %v", bag.List())
	}
}
