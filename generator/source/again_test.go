package source

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"biandan/generator/diag"
)

// TestReopenEqualsOpen makes random changes to a site, each told as the system
// tells it, and wants the snapshot that looks at these alone to be that of a
// look at everything.
func TestReopenEqualsOpen(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 1))
	inside := func(p string) string { return filepath.Join(dir, filepath.FromSlash(p)) }
	write := func(p string) string {
		if os.MkdirAll(filepath.Dir(inside(p)), 0o755) != nil || os.WriteFile(inside(p), make([]byte, r.IntN(100)), 0o644) != nil {
			t.Fatal(p)
		}
		return p
	}
	write(ConfigFile)
	write("content/about.md")
	last := open(t, dir)
	for range 400 {
		folder := []string{"content", "content/a", "content/a/b", "content/ab", "themes/x"}[r.IntN(5)]
		p := fmt.Sprintf("%s/%d.md", folder, r.IntN(4))
		var changed []string
		switch r.IntN(6) {
		case 0, 1:
			// A new folder is told as such, and what was made in it before may not be.
			for f := "content/a"; len(f) <= len(folder); f = folder {
				if _, err := os.Stat(inside(f)); err != nil {
					changed = append(changed, f)
				}
				if f == folder {
					break
				}
			}
			changed = append(changed, "themes", write(p))
		case 2:
			os.Remove(inside(p))
			changed = []string{p}
		case 3:
			if folder != "content" {
				os.RemoveAll(inside(folder))
				changed = []string{folder}
			}
		case 4:
			if folder == "content/a" {
				os.Rename(inside(folder), inside("content/ab/moved"))
				changed = []string{folder, "content/ab/moved"}
			}
		case 5:
			changed = []string{write(ConfigFile)}
		}
		bag := &diag.Bag{}
		now, closer, err := last.Reopen(dir, changed, bag)
		if err != nil {
			t.Fatal(err)
		}
		closer.Close()
		if all := open(t, dir); !slices.Equal(now.All(), all.All()) || len(bag.List()) > 0 {
			t.Fatalf("after %q: %v, not %v; %v", changed, now.All(), all.All(), bag.List())
		}
		last = now
	}
}

func open(t *testing.T, dir string) *Snapshot {
	t.Helper()
	bag := &diag.Bag{}
	s, closer, err := Open(dir, bag)
	if err != nil || len(bag.List()) > 0 {
		t.Fatal(err, bag.List())
	}
	closer.Close()
	return s
}
