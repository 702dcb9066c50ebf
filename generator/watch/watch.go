// Package watch tells when the files of a site may have changed, and which: a
// [Change] names files, and folders with all that is in them. Whoever is told
// takes a new snapshot, of these alone when they are known.
//
// It asks the system to be told of changes in the folders of site.toml,
// content/ and themes/ (never of single files: editors replace them). Network
// disks never tell, and a system tells of so many folders only; then the files
// are looked at again and again, at [Options.Poll]. So is what symbolic links
// lead to, as nobody tells of that in the folder of the link (links.go).
//
// A system goes on telling of a folder that was renamed, and of those in it,
// under their old names. So when one is, the watch is begun anew.
//
// One saved file is told a few milliseconds after it was written. When many
// files change at one time, as git changes them, it waits for a longer quiet, and
// as long as they go on changing it tells five times a second, so that the site
// is built a few times and not for each of them.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
)

// Options say how to watch.
type Options struct {
	Poll time.Duration // look at the files this often; 0: be told by the system
}

// How long to wait for quiet: an editor writes a file in two or three steps, git
// writes thousands with short breaks.
const (
	quiet       = 4 * time.Millisecond
	quietOfMany = 40 * time.Millisecond
	many        = 12                     // events from which on a burst is more than one saved file
	longestWait = 200 * time.Millisecond // while changes keep coming
	often       = 5                      // tellings from which on each waits so long
	pollInstead = time.Second            // when the system does not tell
)

// Watcher watches a site until its context ends.
type Watcher struct {
	Changes <-chan Change // one for each burst of changes
	// Polling says once, and only if it happens, why the files are looked at
	// again and again though nobody asked for it.
	Polling <-chan string
}

// Change is what may have changed: the files at these paths, and what lies below
// them when they are folders. Paths are slash-separated and relative to the
// site. All says that it may be anything.
type Change struct {
	Paths []string
	All   bool
}

// most is the number of paths from which on it is quicker to look at everything.
const most = 500

// Join adds another change that came later.
func (c Change) Join(d Change) Change {
	if c.All || d.All || len(c.Paths)+len(d.Paths) > most {
		return Change{All: true}
	}
	return Change{Paths: append(slices.Clip(c.Paths), d.Paths...)}
}

// Start watches the site in dir.
func Start(ctx context.Context, dir string, o Options) *Watcher { return start(ctx, dir, o, system) }

// notifier tells of changes in the folders that are added to it.
type notifier struct {
	add    func(dir string) error
	events <-chan fsnotify.Event
	errors <-chan error
	close  func() error
}

// system is the notifier of the operating system.
func system() (*notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{w.Add, w.Events, w.Errors, w.Close}, nil
}

func start(ctx context.Context, dir string, o Options, open func() (*notifier, error)) *Watcher {
	changes, polling := make(chan Change, 1), make(chan string, 1)
	w := &Watcher{changes, polling}
	if o.Poll > 0 {
		go poll(ctx, dir, o.Poll, look(dir), changes)
		return w
	}
	n, err := open()
	if err == nil {
		t := &told{dir: dir, open: open, notifier: n, changes: changes}
		if err = t.addAll(); err == nil {
			go func() {
				if err := t.run(ctx); err != nil {
					polling <- reason(err)
					last := look(dir)
					signal(changes, Change{All: true}) // something may have been missed meanwhile
					poll(ctx, dir, pollInstead, last, changes)
				}
			}()
			return w
		}
		n.close()
	}
	polling <- reason(err)
	go poll(ctx, dir, pollInstead, look(dir), changes)
	return w
}

var errMoved = errors.New("the folder of the site was moved away")

// reason says in words why the system does not tell of changes.
func reason(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "文件夹太多，系统只肯守一部分" + limit("max_user_watches")
	case errors.Is(err, syscall.EMFILE):
		return "同时守着文件夹的程序太多" + limit("max_user_instances")
	case errors.Is(err, errMoved):
		return "网站的文件夹被移走过"
	}
	return "系统不报告这里的文件变化"
}

// limit names a limit of Linux with its present value; "" on other systems.
func limit(name string) string {
	data, err := os.ReadFile("/proc/sys/fs/inotify/" + name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("（fs.inotify.%s 现在是 %s，可以用 sysctl 调大）", name, strings.TrimSpace(string(data)))
}

// signal says that something changed, together with what was said and not heard
// yet.
func signal(changes chan Change, c Change) {
	select {
	case earlier := <-changes:
		c = earlier.Join(c)
	default:
	}
	changes <- c // there is room: nobody else writes
}

// told watches by what the system tells.
type told struct {
	*notifier
	open    func() (*notifier, error)
	dir     string
	changes chan Change

	folders map[string]bool // that it tells of
	links   links
	stale   bool // a folder was renamed, or events were lost
}

// addAll asks to be told of every folder that a site is read from.
func (t *told) addAll() error {
	t.folders, t.links = map[string]bool{}, links{}
	if err := t.add(t.dir); err != nil {
		return err
	}
	for _, name := range []string{source.ContentDir, source.ThemesDir} {
		if err := t.addBelow(filepath.Join(t.dir, name)); err != nil {
			return err
		}
	}
	t.links.add(filepath.Join(t.dir, source.ConfigFile))
	return nil
}

// addBelow asks to be told of a folder and all that are in it. A folder is asked
// for before its list is read: what is made in it meanwhile is in the list or is
// told, and nothing falls between.
func (t *told) addBelow(dir string) error {
	if err := t.add(dir); err != nil {
		if _, missing := os.Stat(dir); missing != nil {
			return nil // it is not there, or went away meanwhile; its parent tells
		}
		return err
	}
	t.folders[dir] = true
	entries, _ := os.ReadDir(dir) // of what cannot be read, the snapshot tells
	for _, d := range entries {
		p := filepath.Join(dir, d.Name())
		switch {
		case source.Hidden(d.Name()):
		case d.IsDir():
			if err := t.addBelow(p); err != nil {
				return err
			}
		case d.Type()&fs.ModeSymlink != 0:
			t.links.add(p)
		}
	}
	return nil
}

// renew begins the watch anew, before anybody looks at the files.
func (t *told) renew() error {
	n, err := t.open()
	if err != nil {
		return err
	}
	old := t.notifier
	t.notifier, t.stale = n, false
	err = t.addAll()
	old.close()
	return err
}

// run waits for changes to come and to cease. An error says that the system
// tells no longer of all folders.
func (t *told) run(ctx context.Context) error {
	defer func() { t.close() }() // the last one
	look := time.NewTicker(linksEvery)
	defer look.Stop()
	calm, late, over := stopped(), stopped(), stopped()
	count := 0 // of the events of this burst
	told := 0  // since nothing had changed for the longest wait
	var burst Change
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-t.events:
			if !ok {
				return nil
			}
			p, err := t.concerns(e)
			if err != nil {
				return err
			}
			if p == "" {
				continue
			}
			burst = burst.Join(Change{Paths: []string{p}})
			if count++; count == 1 {
				late.Reset(longestWait)
			}
			over.Reset(longestWait)
			if told < often { // else late tells
				calm.Reset(quietAfter(count))
			}
			continue
		case <-t.errors: // events were lost, perhaps of new folders
			t.stale = true
			calm.Reset(quietOfMany)
			continue
		case <-t.linked(look.C):
			for _, p := range t.links.changed() {
				burst = burst.Join(Change{Paths: []string{t.relative(p)}})
				calm.Reset(quiet)
			}
			continue
		case <-over.C:
			told = 0
			continue
		case <-calm.C:
		case <-late.C:
		}
		calm.Stop()
		late.Stop()
		if err := t.tell(burst); err != nil {
			return err
		}
		count, burst = 0, Change{}
		told++
	}
}

// linked returns c while there are links, else what never comes.
func (t *told) linked(c <-chan time.Time) <-chan time.Time {
	if len(t.links) == 0 {
		return nil
	}
	return c
}

// quietAfter returns how long nothing has to change after some events.
func quietAfter(count int) time.Duration {
	if count < many {
		return quiet
	}
	return quietOfMany
}

// tell says what has changed; that may be anything, when the watch is begun anew.
func (t *told) tell(c Change) error {
	if t.stale {
		if err := t.renew(); err != nil {
			return err
		}
		c.All = true
	}
	signal(t.changes, c)
	return nil
}

// stopped returns a timer that was not started.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// relative returns the path of a file as snapshots have it; "" for none of the site.
func (t *told) relative(name string) string {
	rel, err := filepath.Rel(t.dir, name)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(rel)
}

// concerns returns the path that an event is about, "" when that is not of the
// site, and asks to be told of a folder that is new.
func (t *told) concerns(e fsnotify.Event) (p string, err error) {
	p = t.relative(e.Name)
	if p == "" || e.Op == fsnotify.Chmod {
		return "", nil
	}
	if p == "." {
		if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
			return p, errMoved
		}
		return "", nil
	}
	top, _, _ := strings.Cut(p, "/")
	inside := top == source.ContentDir || top == source.ThemesDir
	if p != source.ConfigFile && (!inside || source.Hidden(filepath.Base(e.Name))) {
		return "", nil
	}
	switch {
	case e.Has(fsnotify.Rename):
		t.stale = t.stale || t.folders[e.Name]
	case e.Has(fsnotify.Create):
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			return p, t.addBelow(e.Name)
		}
		t.links.add(e.Name)
	}
	return p, nil
}

// poll looks at the names, sizes and times of all files, which were last before.
func poll(ctx context.Context, dir string, every time.Duration, last digest.Sum, changes chan Change) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
			if now := look(dir); now != last {
				last = now
				signal(changes, Change{All: true})
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
		Path  string
		Size  int64
		Stamp uint64
	}
	var all []stat
	for _, f := range s.All() {
		all = append(all, stat{f.Path, f.Size, f.Stamp})
	}
	return digest.Of(all)
}
