package watch

import (
	"os"
	"path/filepath"
	"testing"
	"time"
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

// TestChangesAreTold makes the changes that editors and git make, each watched
// for by what the system tells and by looking again and again.
func TestChangesAreTold(t *testing.T) {
	for name, o := range map[string]Options{"told": {}, "polling": {Poll: 20 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at := func(p string) string { return filepath.Join(dir, filepath.FromSlash(p)) }
			write(t, at("site.toml"), "a")
			write(t, at("content/a.md"), "a")
			write(t, at("public/index.html"), "a")
			w := Start(t.Context(), dir, o)
			if w.Polling != (o.Poll > 0) {
				t.Fatal("the wrong way of watching")
			}
			for _, step := range []struct {
				name string
				do   func()
			}{
				{"an edit", func() { write(t, at("content/a.md"), "ab") }},
				{"an editor that replaces the file", func() {
					write(t, at("content/.a.md.tmp"), "abc")
					os.Rename(at("content/.a.md.tmp"), at("content/a.md"))
				}},
				{"a new folder", func() { write(t, at("content/neu/b.md"), "b") }},
				{"an edit in the new folder", func() { write(t, at("content/neu/b.md"), "bb") }},
				{"a rename", func() { os.Rename(at("content/neu/b.md"), at("content/neu/c.md")) }},
				{"a folder removed and made again", func() {
					os.RemoveAll(at("content/neu"))
					write(t, at("content/neu/d.md"), "d")
				}},
				{"an edit in the folder made again", func() { write(t, at("content/neu/d.md"), "dd") }},
				{"the settings", func() { write(t, at("site.toml"), "ab") }},
			} {
				step.do()
				select {
				case <-w.Changes:
				case <-time.After(5 * time.Second):
					t.Fatalf("%s is not told", step.name)
				}
				quiet(w)
			}
			write(t, at("public/index.html"), "ab")
			select {
			case <-w.Changes:
				t.Error("a change of public/ is told")
			case <-time.After(200 * time.Millisecond):
			}
		})
	}
}

// quiet waits until nothing is told any more.
func quiet(w *Watcher) {
	for {
		select {
		case <-w.Changes:
		case <-time.After(150 * time.Millisecond):
			return
		}
	}
}
