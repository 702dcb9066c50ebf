// Package watch tells when the files of a site may have changed. What has
// changed it does not say: whoever is told takes a new snapshot.
//
// It asks the system to be told of changes in the folders of site.toml,
// content/ and themes/ (never of single files: editors replace them). Network
// disks never tell, and a system tells of so many folders only; then the files
// are looked at again and again, at [Options.Poll].
package watch

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
)

// Options say how to watch.
type Options struct {
	Poll  time.Duration // look at the files this often; 0: be told by the system
	Quiet time.Duration // wait until nothing has changed for so long; 0: 30 ms
}

// The times that are used where none are given.
const (
	defaultQuiet = 30 * time.Millisecond
	longestWait  = 500 * time.Millisecond // while changes keep coming
	fallbackPoll = time.Second
)

// Watcher watches a site until its context ends.
type Watcher struct {
	Changes <-chan struct{} // one for each burst of changes
	Polling bool            // the system does not tell; the files are looked at
}

// Start watches the site in dir.
func Start(ctx context.Context, dir string, o Options) *Watcher {
	if o.Quiet == 0 {
		o.Quiet = defaultQuiet
	}
	changes := make(chan struct{}, 1)
	if o.Poll == 0 {
		if w, err := fsnotify.NewWatcher(); err == nil {
			t := &told{dir: dir, watcher: w, options: o, changes: changes}
			if t.addAll() == nil {
				go t.run(ctx)
				return &Watcher{changes, false}
			}
			w.Close()
		}
		o.Poll = fallbackPoll
	}
	go poll(ctx, dir, o.Poll, look(dir), changes)
	return &Watcher{changes, true}
}

// signal says that something changed, unless that is said already.
func signal(changes chan<- struct{}) {
	select {
	case changes <- struct{}{}:
	default:
	}
}

// told watches by what the system tells.
type told struct {
	dir     string
	watcher *fsnotify.Watcher
	options Options
	changes chan<- struct{}
}

// addAll asks to be told of every folder that a site is read from.
func (t *told) addAll() error {
	if err := t.watcher.Add(t.dir); err != nil {
		return err
	}
	for _, name := range []string{source.ContentDir, source.ThemesDir} {
		if err := t.add(filepath.Join(t.dir, name)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

func (t *told) add(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if p == dir {
				return err
			}
			return nil // it went away meanwhile; its parent tells
		}
		if d.IsDir() {
			return t.watcher.Add(p)
		}
		return nil
	})
}

// run waits for changes to come and to cease.
func (t *told) run(ctx context.Context) {
	defer t.watcher.Close()
	var quiet, late <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-t.watcher.Events:
			if !ok {
				return
			}
			if !t.concerns(e) {
				continue
			}
			if quiet == nil {
				late = time.After(longestWait)
			}
			quiet = time.After(t.options.Quiet)
		case <-t.watcher.Errors:
			quiet = time.After(t.options.Quiet) // events were lost: look
		case <-quiet:
			quiet, late = nil, nil
			signal(t.changes)
		case <-late:
			quiet, late = nil, nil
			signal(t.changes)
		}
	}
}

// concerns reports whether an event is about the site, and asks to be told of a
// folder that is new.
func (t *told) concerns(e fsnotify.Event) bool {
	rel, err := filepath.Rel(t.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return false
	}
	top, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	if top != source.ContentDir && top != source.ThemesDir {
		return rel == source.ConfigFile
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			t.add(e.Name)
		}
	}
	return true
}

// poll looks at the names, sizes and times of all files, which were last before.
func poll(ctx context.Context, dir string, every time.Duration, last digest.Sum, changes chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
			if now := look(dir); now != last {
				last = now
				signal(changes)
			}
		}
	}
}

func look(dir string) digest.Sum {
	s, closer, err := source.Open(dir, &diag.Bag{})
	if err != nil {
		return digest.Sum{}
	}
	defer closer.Close()
	type stat struct {
		Path string
		Size int64
		Time int64
	}
	var all []stat
	for _, f := range s.All() {
		all = append(all, stat{f.Path, f.Size, f.ModTime.UnixNano()})
	}
	return digest.Of(all)
}
