package cache

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"biandan/generator/digest"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFoldersOfOthersAreRefused opens folders in which something is not ours, and
// those that were killed in the moment of their making.
func TestFoldersOfOthersAreRefused(t *testing.T) {
	top := t.TempDir()
	d, err := Open(filepath.Join(top, "ours"), digest.Sum{1})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Save("files", "text"); err != nil {
		t.Fatal(err)
	}
	mark, err := os.ReadFile(filepath.Join(top, "ours", tagName))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(top, "foreign", "letter.txt"), "x")
	write(t, filepath.Join(top, "copied", "files"), "x")
	write(t, filepath.Join(top, "copied", tagName), string(mark))
	write(t, filepath.Join(top, "half", tagName), string(mark[:20]))
	if err := os.Symlink(filepath.Join(top, "ours"), filepath.Join(top, "link")); err != nil {
		t.Skip(err)
	}
	for name, ours := range map[string]bool{"ours": true, "half": true, "new/deep": true, "foreign": false, "copied": false, "link": false} {
		_, err := Open(filepath.Join(top, name), digest.Sum{1})
		if refused := (NotOurs{}); errors.As(err, &refused) == ours {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLinksAreMisses keeps what lies behind a link in the cache's folder from being
// read, written or appended to.
func TestLinksAreMisses(t *testing.T) {
	d, path := openWith(t, nil)
	outside := filepath.Join(t.TempDir(), "letter.txt")
	write(t, outside, "x")
	for _, name := range []string{"files", "blobs-1"} {
		if err := os.Symlink(outside, filepath.Join(path, name)); err != nil {
			t.Skip(err)
		}
	}
	var v string
	if d.Load("files", &v) {
		t.Error("a link was read")
	}
	b, err := d.Blobs("blobs-1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Put([]byte("more")); err != nil || b.Close() != nil {
		t.Fatal(err)
	}
	if err := d.Save("files", "new"); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(outside); err != nil || string(data) != "x" {
		t.Errorf("what lies behind the link is %q now (%v)", data, err)
	}
}
