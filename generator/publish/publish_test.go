package publish_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/publish"
)

// site is a folder to publish to, with its cache.
type site struct {
	*testing.T
	dest, cacheDir string
	cache          *cache.Dir
}

func newSite(t *testing.T) *site {
	s := &site{T: t, dest: filepath.Join(t.TempDir(), "public"), cacheDir: t.TempDir()}
	var err error
	if s.cache, err = cache.Open(s.cacheDir, digest.Of("tool")); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) begin() *publish.Stage {
	s.Helper()
	stage, err := publish.Begin(s.dest, s.cacheDir, s.cache)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(stage.Discard)
	return stage
}

// put stages files, each with its path as its text.
func (s *site) put(stage *publish.Stage, paths ...string) {
	s.Helper()
	for _, p := range paths {
		if err := stage.Put(p, digest.Of(p), []byte(p), diag.Pos{}, &diag.Bag{}); err != nil {
			s.Fatal(err)
		}
	}
}

func (s *site) commit(stage *publish.Stage) publish.Counts {
	s.Helper()
	c, err := stage.Commit(digest.Of("all"))
	if err != nil {
		s.Fatal(err)
	}
	return c
}

// TestFilesOfAnotherBuildStayListed lets one build publish while another is at
// work: the files of both are ours, and the next build takes away what is too many.
func TestFilesOfAnotherBuildStayListed(t *testing.T) {
	s := newSite(t)
	slow, quick := s.begin(), s.begin()
	s.put(quick, "index.html", "quick/index.html")
	s.commit(quick)
	s.put(slow, "index.html", "slow/index.html")
	s.commit(slow)
	next := s.begin()
	for _, p := range []string{"index.html", "quick/index.html", "slow/index.html"} {
		if _, ours := next.Our(p); !ours {
			t.Errorf("%s is not ours any more", p)
		}
	}
	s.put(next, "index.html")
	if c := s.commit(next); c.Deleted != 2 || c.Written != 0 {
		t.Errorf("%+v, want 2 deleted, 0 written", c)
	}
}

// TestUntouchedFilesStay publishes the same files again, and some of them.
func TestUntouchedFilesStay(t *testing.T) {
	s := newSite(t)
	first := s.begin()
	s.put(first, "index.html", "a/index.html", "a/b/index.html")
	if c := s.commit(first); c.Written != 3 {
		t.Errorf("%+v", c)
	}
	again := s.begin()
	for _, p := range []string{"index.html", "a/b/index.html"} {
		if !again.Fresh(p, digest.Of(p)) {
			t.Errorf("%s was touched", p)
		}
	}
	if c := s.commit(again); c.Written != 0 || c.Deleted != 1 || c.Files != 2 {
		t.Errorf("%+v, want 2 files, 0 written, 1 deleted", c)
	}
}

// alias lets a second name lead to a file of the folder, as each name in another case
// does on the disks of Windows and macOS.
func (s *site) alias(p, other string) {
	s.Helper()
	if err := os.Link(filepath.Join(s.dest, p), filepath.Join(s.dest, other)); err != nil && !errors.Is(err, fs.ErrExist) {
		s.Skip(err)
	}
}

// TestRenameOfCaseAloneIsWrittenAnew renames a picture whose bytes stay: that the disk
// gives the old file for the new name does not do.
func TestRenameOfCaseAloneIsWrittenAnew(t *testing.T) {
	s := newSite(t)
	put := func(stage *publish.Stage, p string) {
		if err := stage.Put(p, digest.Of("picture"), []byte("picture"), diag.Pos{}, &diag.Bag{}); err != nil {
			t.Fatal(err)
		}
	}
	first := s.begin()
	put(first, "Album/photo.JPG")
	put(first, "Album/other.jpg")
	s.commit(first)
	s.alias("Album/photo.JPG", "Album/photo.jpg")
	again := s.begin()
	put(again, "Album/photo.jpg")
	put(again, "Album/other.jpg")
	if c := s.commit(again); c.Written != 1 || c.Deleted != 1 {
		t.Errorf("%+v, want 1 written, 1 deleted", c)
	}
	entries, err := os.ReadDir(filepath.Join(s.dest, "Album"))
	if err != nil || len(entries) != 2 || entries[1].Name() != "photo.jpg" {
		t.Errorf("in the folder: %v %v", entries, err)
	}
}

// TestOldNameOfTheSameFileIsLeft lists both names, as after a build that was killed
// while it published: the old one leads to the file that stays.
func TestOldNameOfTheSameFileIsLeft(t *testing.T) {
	s := newSite(t)
	first := s.begin()
	s.put(first, "photo.jpg", "photo.JPG", "else.jpg", "ELSE.jpg")
	s.commit(first)
	if entries, _ := os.ReadDir(s.dest); len(entries) != 4 {
		t.Skip("this disk has no two names that differ in case")
	}
	if err := os.Remove(filepath.Join(s.dest, "photo.JPG")); err != nil {
		t.Fatal(err)
	}
	s.alias("photo.jpg", "photo.JPG")
	again := s.begin()
	s.put(again, "photo.jpg", "else.jpg")
	if c := s.commit(again); c.Deleted != 1 {
		t.Errorf("%+v, want 1 deleted: what is another file", c)
	}
	if _, err := os.Stat(filepath.Join(s.dest, "photo.JPG")); err != nil {
		t.Error("the file that stays was removed under its old name")
	}
	if _, ours := s.begin().Our("photo.JPG"); ours {
		t.Error("the old name is still listed")
	}
}

// TestFilesOfAnotherBuildAreNotAccused lets a build check its way while another has
// written pages that it did not know of when it began.
func TestFilesOfAnotherBuildAreNotAccused(t *testing.T) {
	s := newSite(t)
	slow, quick := s.begin(), s.begin()
	s.put(quick, "index.html", "list/index.html")
	s.commit(quick)
	for _, p := range []string{"index.html", "list/index.html"} {
		if err := slow.Put(p, digest.Of("slow"), []byte("of another day"), diag.Pos{}, &diag.Bag{}); err != nil {
			t.Fatal(err)
		}
	}
	bag := &diag.Bag{}
	slow.Check(bag)
	if l := bag.List(); len(l) > 0 {
		t.Errorf("it accuses files of ours: %v", l)
	}
	if c := s.commit(slow); c.Written != 2 {
		t.Errorf("%+v, want 2 written", c)
	}
}
