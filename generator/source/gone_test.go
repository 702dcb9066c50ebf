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
