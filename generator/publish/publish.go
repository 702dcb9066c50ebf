// Package publish brings the folder public/ to what a build made, and nothing
// else in it is touched.
//
// A build stages its files first (staging.go): new bytes go to a folder of the
// cache, and only when the last page is made does [Stage.Commit] move them to their
// places, each by one rename. So a build that fails changes nothing, and one
// that is killed leaves complete files, some old and some new; the next build
// compares all of them and mends the rest.
//
// The manifest, in the cache folder, lists the files that a build of ours
// wrote. Only these are ever deleted. It is written before the first file is
// moved, so that there is never a file of ours that it does not know. A file
// that stands in the way of a page and is not ours is an error, not a loss.
package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
)

var ruleForeign = diag.Define(diag.Rule{Code: "E0506", Name: "输出文件夹里有别的文件挡住", Severity: diag.Error,
	Why:  "这个位置已有一个不是本工具写的文件；盖掉它，里面的东西就没有了",
	Mend: "把那个文件移走，或者用 -d 换一个输出文件夹"})

// Stage is a build's work on one folder.
type Stage struct {
	dest     string   // the folder to publish to
	root     *os.Root // the same, from which no link leads out; nil before it exists
	dir      *os.Root // staged files
	cache    *cache.Dir
	cacheDir string
	name     string         // of the manifest
	listed   []File         // the files that are ours, sorted by path but for those that were found later
	owned    map[string]int // where in listed a path stands; nil until many are asked for
	look     *look          // at the files of the manifest

	// The manifest when this build began: what its files were made from, who wrote
	// it, whether there was one; and its mark as this build read or wrote it last.
	from  digest.Sum
	last  string
	known bool
	seen  string

	others []File // what another build has listed since

	kept  []bool // which of listed are outputs of this build that stand as they did; one worker writes each
	mu    sync.Mutex
	files map[string]File        // the other outputs of this build
	moves map[string]diag.Placed // the outputs with new bytes, which are staged, with their sources
}

// Counts says what a build did to the folder.
type Counts struct{ Files, Written, Deleted int }

// Begin prepares to publish a site to the folder dest, with cacheDir for the
// staged files and c, in the same folder, for the manifest.
func Begin(dest, cacheDir string, c *cache.Dir) (*Stage, error) {
	s, err := begin("", dest, cacheDir, c)
	if err == nil && !s.known {
		s.recognise()
	}
	return s, err
}

// BeginMarked prepares to publish files of another kind, which all end in ext and
// bear a mark near their beginning: those that do are ours, whoever wrote them.
// Each kind has a manifest of its own, so that those of a site are safe in the
// same folder.
func BeginMarked(kind, ext, mark, dest, cacheDir string, c *cache.Dir) (*Stage, error) {
	s, err := begin(kind, dest, cacheDir, c)
	if err == nil {
		s.recogniseMarked(ext, mark)
	}
	return s, err
}

func begin(kind, dest, cacheDir string, c *cache.Dir) (*Stage, error) {
	abs, err := filepath.Abs(dest)
	if err != nil {
		return nil, err
	}
	s := &Stage{dest: abs, cache: c.For(Format), cacheDir: cacheDir, name: manifestOf(kind, abs, cacheDir), moves: map[string]diag.Placed{}}
	if s.dir, err = newStaging(abs, cacheDir); err != nil {
		return nil, err
	}
	if s.root, err = os.OpenRoot(abs); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.Discard()
		return nil, err
	}
	s.readManifest()
	return s, nil
}

// Expect makes room for so many outputs.
func (s *Stage) Expect(outputs int) {
	if len(s.listed) == 0 {
		s.files = make(map[string]File, outputs)
		s.moves = make(map[string]diag.Placed, outputs)
	}
	s.index()
}

// index puts what is ours into a map, which pays when all of it is asked for.
func (s *Stage) index() {
	if s.owned != nil {
		return
	}
	s.owned = make(map[string]int, len(s.listed))
	for i, f := range s.listed {
		s.owned[f.Path] = i
	}
}

// find returns where in the list the file of ours is that stood at p when the
// manifest was written.
func (s *Stage) find(p string) (n int, ok bool) {
	if s.owned != nil {
		n, ok = s.owned[p]
		return n, ok
	}
	return slices.BinarySearchFunc(s.listed, p, func(f File, p string) int { return strings.Compare(f.Path, p) })
}

// Our returns the file of ours that stood at p when the manifest was written.
func (s *Stage) Our(p string) (f File, ok bool) {
	n, ok := s.find(p)
	if !ok {
		return File{}, false
	}
	return s.listed[n], true
}

// own takes a file for ours.
func (s *Stage) own(f File) {
	s.index()
	s.owned[f.Path] = len(s.listed)
	s.listed, s.kept = append(s.listed, f), append(s.kept, false)
}

// made returns the output p of this build.
func (s *Stage) made(p string) (f File, ok bool) {
	if f, ok = s.files[p]; ok {
		return f, true
	}
	n, ok := s.find(p)
	if !ok || !s.kept[n] {
		return File{}, false
	}
	return s.listed[n], true
}

// Fresh reports whether the output p stands in its place as it was written for
// the same key; then there is nothing to render.
func (s *Stage) Fresh(p string, key digest.Sum) bool {
	n, ok := s.find(p)
	if !ok || s.listed[n].Key != key || !s.untouched(s.listed[n]) {
		return false
	}
	s.kept[n] = true
	return true
}

// Keep takes the output p as it stands, if it does as it was written last; then
// there is nothing to render.
func (s *Stage) Keep(p string) bool {
	f, ok := s.Our(p)
	return ok && s.Fresh(p, f.Key)
}

// untouched reports whether nobody has written to a file of ours since we did.
func (s *Stage) untouched(f File) bool { return f.ModTime != 0 && !s.look.touched()[f.Path] }

// Untouched reports whether all files of the last build stand as it wrote them,
// and how many there are.
func (s *Stage) Untouched() (files int, ok bool) {
	return len(s.listed), len(s.listed) > 0 && s.known && len(s.look.touched()) == 0
}

// MadeFrom returns what the last build said that it had made all files from; it
// is zero when that is not known.
func (s *Stage) MadeFrom() digest.Sum { return s.from }

// Mark tells the manifest from each other one, as this build read it or, after
// Commit, left it.
func (s *Stage) Mark() string { return s.seen }

// Name names the folder that is published to, for what else is kept of it.
func (s *Stage) Name() string { return s.name }

// Leave leaves files of ours in place that this build did not make.
func (s *Stage) Leave(stays func(p string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.listed {
		if _, made := s.made(f.Path); !made && stays(f.Path) {
			s.kept[i] = true
		}
	}
}

// Holds reports whether the file of the output p has these bytes.
func (s *Stage) Holds(p string, data []byte) bool {
	if s.root == nil {
		return false
	}
	if info, err := os.Lstat(s.target(p)); err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	old, err := s.root.ReadFile(filepath.FromSlash(p))
	return err == nil && bytes.Equal(old, data)
}

// Written returns the file of the output p as it was written last; ok is false when it
// does not stand so.
func (s *Stage) Written(p string) (data []byte, ok bool) {
	f, ok := s.Our(p)
	if !ok || s.root == nil || !s.untouched(f) {
		return nil, false
	}
	data, err := s.root.ReadFile(filepath.FromSlash(p))
	return data, err == nil
}

// recased reports whether a file of ours that is in the folder has the name p but for
// the case of letters. On many disks it is then found under the name p, too, but a
// server would not find it: it has to be written anew.
func (s *Stage) recased(p string) bool {
	_, ours := s.Our(p)
	return !ours && slices.ContainsFunc(s.listed, func(f File) bool { return strings.EqualFold(f.Path, p) })
}

func (s *Stage) target(p string) string { return filepath.Join(s.dest, filepath.FromSlash(p)) }

// stat looks at the file of the output p, without following a link out.
func (s *Stage) stat(p string) (fs.FileInfo, error) {
	if s.root == nil {
		return nil, fs.ErrNotExist
	}
	return s.root.Lstat(filepath.FromSlash(p))
}

// Put stages the bytes of the output p, rendered from key, unless they stand
// there already. It may be called by many goroutines.
func (s *Stage) Put(p string, key digest.Sum, data []byte, src diag.Placed, bag *diag.Bag) error {
	f := File{Path: p, Key: key, Size: int64(len(data))}
	if s.Holds(p, data) && !s.recased(p) {
		if info, err := s.stat(p); err == nil {
			f.ModTime = info.ModTime().UnixNano()
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.files[p] = f
		return nil
	}
	var err error
	if f.ModTime, err = s.write(p, data); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[p], s.moves[p] = f, src
	return nil
}

// write stages a file; folders are made once.
func (s *Stage) write(p string, data []byte) (modTime int64, err error) {
	if err := makeFolder(filepath.Dir(s.staged(p))); err != nil {
		return 0, err
	}
	// Otherwise package os asks four times whether the file, which is none to wait for, may be waited for.
	f, err := os.OpenFile(s.staged(p), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|syscall.O_NONBLOCK, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = f.Write(data)
	info, err2 := f.Stat()
	if err = errors.Join(err, err2, f.Close()); err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

// makeFolder makes a folder. Nearly every page has its own, in one that is there.
func makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o755)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return os.MkdirAll(dir, 0o755)
	}
	return err
}

// staged is the place where a file waits, in a tree like that of the folder.
func (s *Stage) staged(p string) string {
	return filepath.Join(s.dir.Name(), "files", filepath.FromSlash(p))
}

// Discard drops what was staged; after Commit it does nothing.
func (s *Stage) Discard() {
	removeStaging(s.dir)
	if s.root != nil {
		s.root.Close()
	}
}

// Check reports what stands in the way of the staged files and is not ours.
// After it, Commit meets nothing but the limits of the machine.
func (s *Stage) Check(bag *diag.Bag) {
	if s.root == nil || len(s.moves) == 0 {
		return
	}
	first := &diag.Bag{}
	s.check(".", first)
	if first.List().HasErrors() { // it may be what another build of ours has just written
		s.learn()
		s.check(".", bag)
	}
}

func (s *Stage) check(dir string, bag *diag.Bag) {
	entries, _ := os.ReadDir(s.staged(dir))
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		info, err := s.stat(p)
		switch {
		case err != nil: // nothing is there
		case s.gives(p, info, !e.IsDir()):
			if e.IsDir() && info.IsDir() {
				s.check(p, bag)
			}
		default:
			bag.Addf(ruleForeign, s.source(p), "输出文件夹里的%s“%s”不是本工具写的", what(info), p)
		}
	}
}

func what(info fs.FileInfo) string {
	switch {
	case info.IsDir():
		return "文件夹"
	case info.Mode()&fs.ModeSymlink != 0:
		return "链接"
	}
	return "文件"
}

// source is what the staged file p was made from, or the first one in the folder p.
func (s *Stage) source(p string) diag.Pos {
	if src, ok := s.moves[p]; ok {
		return src.Pos()
	}
	first := ""
	for m := range s.moves {
		if strings.HasPrefix(m, p+"/") && (first == "" || m < first) {
			first = m
		}
	}
	if src, ok := s.moves[first]; ok {
		return src.Pos()
	}
	return diag.Pos{File: p}
}

// gives reports whether what stands at p makes room: for a page, a file of ours
// or a folder that holds only files of ours that go; for a folder, a folder or
// a file of ours that goes.
func (s *Stage) gives(p string, info fs.FileInfo, isPage bool) bool {
	_, ours := s.Our(p)
	_, stays := s.made(p)
	switch {
	case info.Mode().IsRegular():
		return ours && (isPage || !stays)
	case !info.IsDir():
		return false
	case !isPage:
		return true
	}
	empty := true
	fs.WalkDir(s.root.FS(), p, func(name string, d fs.DirEntry, err error) error {
		_, ours := s.Our(name)
		_, stays := s.made(name)
		if err != nil || !d.IsDir() && (!ours || stays) {
			empty = false
			return fs.SkipAll
		}
		return nil
	})
	return empty
}
