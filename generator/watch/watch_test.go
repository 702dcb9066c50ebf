package watch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
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
				{"a folder put in the place of another", func() {
					write(t, at("content/tief/x/e.md"), "e")
					settle(w)
					os.Rename(at("content/tief"), at("anderswo"))
					write(t, at("content/tief/x/f.md"), "f")
				}},
				{"an edit in the folder that took its place", func() { write(t, at("content/tief/x/f.md"), "ff") }},
				{"a folder renamed", func() { os.Rename(at("content/tief"), at("content/hoch")) }},
				{"an edit in the renamed folder", func() { write(t, at("content/hoch/x/f.md"), "fff") }},
				{"a new file in a folder of the renamed one", func() { write(t, at("content/hoch/x/g.md"), "g") }},
				{"a file removed from a folder of the renamed one", func() { os.Remove(at("content/hoch/x/f.md")) }},
				{"a folder renamed into another", func() {
					write(t, at("content/weit/h.md"), "h")
					settle(w)
					os.Rename(at("content/hoch"), at("content/weit/hoch"))
				}},
				{"an edit in the folder that went into another", func() { write(t, at("content/weit/hoch/x/g.md"), "gg") }},
				{"two folders that change places", func() {
					write(t, at("content/zwei/i.md"), "i")
					settle(w)
					os.Rename(at("content/weit"), at("content/fort"))
					os.Rename(at("content/zwei"), at("content/weit"))
					os.Rename(at("content/fort"), at("content/zwei"))
				}},
				{"an edit in the first of them", func() { write(t, at("content/weit/i.md"), "ii") }},
				{"an edit in the second", func() { write(t, at("content/zwei/hoch/x/g.md"), "ggg") }},
				{"a renamed folder made again and removed", func() {
					write(t, at("content/zwei/j.md"), "j")
					os.RemoveAll(at("content/zwei"))
				}},
				{"all of content/ removed and made again", func() {
					os.RemoveAll(at("content"))
					write(t, at("content/a.md"), "a")
				}},
				{"an edit in the new content/", func() { write(t, at("content/a.md"), "again") }},
				{"the first theme", func() { write(t, at("themes/mine/theme.toml"), "a") }},
				{"an edit of the theme", func() { write(t, at("themes/mine/theme.toml"), "ab") }},
				{"the settings", func() { write(t, at("site.toml"), "ab") }},
			} {
				step.do()
				select {
				case <-w.Changes:
				case <-time.After(5 * time.Second):
					t.Fatalf("%s is not told", step.name)
				}
				settle(w)
			}
			write(t, at("public/index.html"), "ab")
			select {
			case <-w.Changes:
				t.Error("a change of public/ is told")
			case why := <-w.Polling:
				t.Errorf("polling: %s", why)
			case <-time.After(200 * time.Millisecond):
			}
		})
	}
}

// TestLinksAreFollowed edits what symbolic links lead to: nothing changes in the
// folder of the link.
func TestLinksAreFollowed(t *testing.T) {
	for name, o := range map[string]Options{"told": {}, "polling": {Poll: 20 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at := func(p string) string { return filepath.Join(dir, filepath.FromSlash(p)) }
			write(t, at("site.toml"), "a")
			write(t, at("content/a.md"), "a")
			write(t, at("real/b.md"), "b")
			if err := os.Symlink("../real/b.md", at("content/b.md")); err != nil {
				t.Skip("this disk has no links")
			}
			w := Start(t.Context(), dir, o)
			for _, step := range []struct {
				name string
				do   func()
			}{
				{"an edit of the target", func() { write(t, at("real/b.md"), "bb") }},
				{"an editor that replaces the target", func() {
					write(t, at("real/b.tmp"), "bbb")
					os.Rename(at("real/b.tmp"), at("real/b.md"))
				}},
				{"the folder of the target taken away", func() { os.Rename(at("real"), at("away")) }},
				{"another in its place", func() { write(t, at("real/b.md"), "other") }},
				{"a new link", func() { os.Symlink("../real/b.md", at("content/c.md")) }},
				{"a file in the place of the first link", func() {
					os.Remove(at("content/b.md"))
					write(t, at("content/b.md"), "file")
				}},
				{"an edit of the target of the new link", func() { write(t, at("real/b.md"), "again") }},
				{"a link through another", func() {
					os.Symlink("b.md", at("real/d.md"))
					os.Symlink("../real/d.md", at("content/d.md"))
				}},
				{"the link between leads elsewhere", func() {
					os.Remove(at("real/d.md"))
					os.Symlink("../away/b.md", at("real/d.md"))
				}},
			} {
				step.do()
				select {
				case <-w.Changes:
				case <-time.After(5 * time.Second):
					t.Fatalf("%s is not told", step.name)
				}
				settle(w)
			}
		})
	}
}

// settle waits until nothing is told any more.
func settle(w *Watcher) {
	for {
		select {
		case <-w.Changes:
		case <-time.After(150 * time.Millisecond):
			return
		}
	}
}

// TestNothingIsMissed makes folders in folders with files in them, as fast as it
// can. Whoever looks at the site when told has seen everything at the end.
func TestNothingIsMissed(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site.toml"), "a")
	write(t, filepath.Join(dir, "content", "a.md"), "a")
	w := Start(t.Context(), dir, Options{})
	for round := range 20 {
		for i := range 5 {
			deep := filepath.Join(dir, "content", fmt.Sprintf("r%d", round), fmt.Sprint(i), "x", "y")
			write(t, filepath.Join(deep, "a.md"), "a")
			write(t, filepath.Join(deep, "z", "b.md"), "b")
		}
		seen := look(dir)
		for end := time.After(5 * time.Second); ; {
			select {
			case <-w.Changes:
				seen = look(dir)
				continue
			case <-time.After(80 * time.Millisecond):
			case <-end:
				t.Fatal("changes are told without end")
			}
			break
		}
		write(t, filepath.Join(dir, "content", fmt.Sprintf("r%d", round), "4", "x", "y", "z", "b.md"), "later")
		select {
		case <-w.Changes:
		case <-time.After(5 * time.Second):
			t.Fatal("an edit in the innermost folder is not told")
		}
		if seen == look(dir) {
			t.Fatal("the edit was seen before it was made")
		}
	}
}

// TestManyFilesAtOnce writes two thousand files, as git does when it changes to
// another branch: few changes are told, and the last of them after the last file.
func TestManyFilesAtOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site.toml"), "a")
	w := Start(t.Context(), dir, Options{})
	start := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 2000 {
			write(t, filepath.Join(dir, "content", fmt.Sprint(i%40), fmt.Sprintf("%d.md", i)), "text")
		}
	}()
	told := 0
	var took time.Duration
	var seen any
	for writing := true; writing; {
		select {
		case <-w.Changes:
			told++
			seen = look(dir)
		case <-done:
			took = time.Since(start)
			t.Logf("told %d times while files were written for %v", told, took)
			done = nil
		case <-time.After(500 * time.Millisecond):
			writing = done != nil
		}
	}
	// At most every fifth of a second, however long a busy disk takes for it.
	if most := max(40, int(took/(200*time.Millisecond))+10); told > most {
		t.Errorf("told %d times", told)
	}
	if seen != look(dir) {
		t.Error("what was seen last is not what there is")
	}
}

// fake is a notifier that is told what to tell.
type fake struct {
	notifier
	events chan fsnotify.Event
	errors chan error
	room   int // for folders; as many as a system allows
}

func newFake(room int) *fake {
	f := &fake{events: make(chan fsnotify.Event), errors: make(chan error), room: room}
	f.notifier = notifier{f.add, f.events, f.errors, func() error { return nil }}
	return f
}

func (f *fake) add(string) error {
	if f.room--; f.room < 0 {
		return fmt.Errorf("add: %w", syscall.ENOSPC)
	}
	return nil
}

func (f *fake) open() (*notifier, error) { return &f.notifier, nil }

// TestWaitForQuiet counts the milliseconds between an event and what is told.
func TestWaitForQuiet(t *testing.T) {
	for name, c := range map[string]struct {
		events int
		every  time.Duration
		want   string
	}{
		"one":                  {1, 0, "[4ms]"},
		"an editor's few":      {3, 2 * time.Millisecond, "[8ms]"},
		"two apart":            {2, 50 * time.Millisecond, "[4ms 54ms]"},
		"many with breaks":     {40, 3 * time.Millisecond, "[157ms]"},
		"many with long pause": {13, 3 * time.Millisecond, "[76ms]"},
		"a slow disk":          {40, 45 * time.Millisecond, "[4ms 49ms 94ms 139ms 184ms 425ms 650ms 875ms 1.1s 1.325s 1.55s 1.775s]"},
		"without an end":       {170, 3 * time.Millisecond, "[200ms 401ms 547ms]"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				f := newFake(100)
				w := start(t.Context(), dir, Options{}, f.open)
				begin := time.Now()
				go func() {
					for i := range c.events {
						if i > 0 {
							time.Sleep(c.every)
						}
						f.events <- fsnotify.Event{Name: filepath.Join(dir, "content", "a.md"), Op: fsnotify.Write}
					}
				}()
				var told []time.Duration
				for end := time.After(2 * time.Second); ; {
					select {
					case <-w.Changes:
						told = append(told, time.Since(begin))
						continue
					case <-end:
					}
					break
				}
				if got := fmt.Sprint(told); got != c.want {
					t.Errorf("told after %s, want %s", got, c.want)
				}
			})
		})
	}
}

// TestTooManyFolders wants polling, with the reason, when the system has no room
// for the folders: from the beginning, for a folder that is new, after lost
// events, and when there is no notifier at all.
func TestTooManyFolders(t *testing.T) {
	for name, c := range map[string]struct {
		room   int // the site has five folders: itself, content, a, themes, mine
		open   error
		happen func(f *fake, dir string)
		want   string
	}{
		"at once":      {room: 2, want: "max_user_watches"},
		"a new folder": {room: 5, happen: func(f *fake, dir string) { f.events <- made(t, filepath.Join(dir, "content", "neu")) }, want: "max_user_watches"},
		"lost events":  {room: 5, happen: func(f *fake, _ string) { f.errors <- fsnotify.ErrEventOverflow }, want: "max_user_watches"},
		"no notifier":  {open: syscall.EMFILE, want: "max_user_instances"},
		"unknown":      {open: errors.New("no"), want: "系统不报告"},
		"moved away":   {room: 100, happen: func(f *fake, dir string) { f.events <- fsnotify.Event{Name: dir, Op: fsnotify.Rename} }, want: "移走"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "site.toml"), "a")
			write(t, filepath.Join(dir, "content", "a", "b.md"), "a")
			write(t, filepath.Join(dir, "themes", "mine", "theme.toml"), "a")
			f := newFake(c.room)
			w := start(t.Context(), dir, Options{}, func() (*notifier, error) { return &f.notifier, c.open })
			if c.happen != nil {
				c.happen(f, dir)
			}
			select {
			case why := <-w.Polling:
				if !strings.Contains(why, c.want) && (strings.HasPrefix(c.want, "系统") || fileExists("/proc/sys/fs/inotify/max_user_watches")) {
					t.Errorf("told %q, want %q", why, c.want)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("no word of polling")
			}
			settle(w)
			write(t, filepath.Join(dir, "content", "a", "b.md"), "another")
			select {
			case <-w.Changes:
			case <-time.After(5 * time.Second):
				t.Error("a change is not seen by polling")
			}
		})
	}
}

func made(t *testing.T, dir string) fsnotify.Event {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Error(err)
	}
	return fsnotify.Event{Name: dir, Op: fsnotify.Create}
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
