package source

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/diag"
)

// counting is a file system that counts how many folders it is asked to read.
type counting struct {
	fstest.MapFS
	read *int
}

func (c counting) ReadDir(name string) ([]fs.DirEntry, error) {
	*c.read += strings.Count(name, "/") + 1
	return c.MapFS.ReadDir(name)
}

// TestDeepFoldersAreNotFollowed wants one finding about folders a thousand deep, and
// what lies less deep to be read.
func TestDeepFoldersAreNotFollowed(t *testing.T) {
	files := fstest.MapFS{ConfigFile: {}, "content/a.md": {}}
	for _, depth := range []int{32, 33, 1000} {
		files["content/"+strings.Repeat("d/", depth)+"z.md"] = &fstest.MapFile{}
	}
	opened := 0
	bag := &diag.Bag{}
	s := Take(counting{files, &opened}, bag)
	if l := bag.List(); len(l) != 1 || l[0].Code != "E0110" || strings.Count(l[0].Pos.File, "/") != 33 {
		t.Errorf("%v", l)
	}
	if n := len(s.Files(ContentDir)); n != 2 || opened > 700 {
		t.Errorf("%d files, %d folders opened", n, opened)
	}
}
