package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// siteOf writes files and opens their site.
func siteOf(t *testing.T, files map[string]string) (dir string, s *site) {
	t.Helper()
	dir = t.TempDir()
	for p, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := openSite(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return dir, s
}

// TestFilesOfManyFoldersAtOnce reads files of several folders, each by many at one time.
func TestFilesOfManyFoldersAtOnce(t *testing.T) {
	paths := []string{"site.toml", "content/a/1.md", "content/a/2.md", "content/b/1.md", "content/b/c/1.md"}
	files := map[string]string{}
	for _, p := range paths {
		files[p] = "of " + p
	}
	_, s := siteOf(t, files)
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 200 {
				p := paths[(i+worker)%len(paths)]
				if data, err := fs.ReadFile(s, p); err != nil || string(data) != files[p] {
					t.Errorf("%s: %q %v", p, data, err)
				}
			}
		})
	}
	all.Wait()
}

// TestLinksLeadOutOfAFolderAndNotOutOfTheSite reads links beside a file that was read.
func TestLinksLeadOutOfAFolderAndNotOutOfTheSite(t *testing.T) {
	dir, s := siteOf(t, map[string]string{"content/a/1.md": "one", "content/b/2.md": "two"})
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"inside.md": filepath.FromSlash("../b/2.md"), "outside.md": outside} {
		if err := os.Symlink(to, filepath.Join(dir, "content", "a", name)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for p, want := range map[string]string{"content/a/1.md": "one", "content/a/inside.md": "two", "content/a/outside.md": ""} {
		if data, err := fs.ReadFile(s, p); string(data) != want || (err != nil) != (want == "") {
			t.Errorf("%s: %q %v", p, data, err)
		}
	}
}

// TestAFolderThatIsReplacedWhileItIsRead finds the files of the folder that is there now.
func TestAFolderThatIsReplacedWhileItIsRead(t *testing.T) {
	dir, s := siteOf(t, map[string]string{"content/a/1.md": "one", "content/b/2.md": "two"})
	if _, err := fs.ReadFile(s, "content/a/1.md"); err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, "content", name) }
	if err := os.Rename(at("a"), at("c")); err != nil {
		t.Skip("an open folder cannot be moved here:", err)
	}
	if err := os.Rename(at("b"), at("a")); err != nil {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(s, "content/a/2.md"); string(data) != "two" {
		t.Errorf("%q %v", data, err)
	}
}
