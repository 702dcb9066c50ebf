package publish_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/publish"
)

// TestWithdrawnFileThatCannotBeDeletedIsAnErrorAndStaysOurs lets a user build who
// may not write to the folder of a page that is gone.
func TestWithdrawnFileThatCannotBeDeletedIsAnErrorAndStaysOurs(t *testing.T) {
	s := newSite(t)
	first := s.begin()
	s.put(first, "index.html", "list/index.html")
	s.commit(first)
	second := s.begin()
	s.put(second, "index.html")
	folder := filepath.Join(s.dest, "list")
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(folder, 0o755)
	_, err := asNobody(t, s, func() (publish.Counts, error) { return second.Commit(digest.Of("all")) })
	var stuck publish.Stuck
	if !errors.As(err, &stuck) || !slices.Equal(stuck.Paths, []string{"list/index.html"}) {
		t.Fatalf("%v, want list/index.html to be stuck", err)
	}
	os.Chmod(folder, 0o755)
	third := s.begin()
	if _, ours := third.Our("list/index.html"); !ours {
		t.Fatal("it is not ours any more")
	}
	if err := third.Put("index.html", digest.Of("index.html"), []byte("index.html"), diag.Pos{}, &diag.Bag{}); err != nil {
		t.Fatal(err)
	}
	if c := s.commit(third); c.Deleted != 1 {
		t.Errorf("%+v, want it deleted", c)
	}
}

// asNobody calls f as a user without rights, to whom all other folders of the site belong.
func asNobody(t *testing.T, s *site, f func() (publish.Counts, error)) (publish.Counts, error) {
	if os.Getuid() != 0 {
		return f()
	}
	const nobody = 65534
	for _, dir := range []string{s.dest, s.cacheDir} {
		filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Chown(name, nobody, nobody))
		})
	}
	for _, dir := range []string{filepath.Dir(s.dest), filepath.Dir(filepath.Dir(s.dest))} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	os.Chmod(filepath.Dir(s.cacheDir), 0o755)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Setfsuid(nobody); err != nil {
		t.Skip(err)
	}
	defer unix.Setfsuid(0)
	return f()
}
