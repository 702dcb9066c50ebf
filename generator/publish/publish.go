// Package publish brings the folder public/ to what a build made, and nothing
// else in it is touched.
//
// A build stages its files first: new bytes go to a folder of the cache, and
// only when the last page is made does [Stage.Commit] move them to their
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
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"biandan/generator/diag"
)

var ruleForeign = diag.Define(diag.Rule{Code: "E0506", Name: "输出文件夹里有别的文件挡住", Severity: diag.Error,
	Why:  "这个位置已有一个不是本工具写的文件；盖掉它，里面的东西就没有了",
	Mend: "把那个文件移走，或者用 -d 换一个输出文件夹"})

// Stage is a build's work on one folder.
type Stage struct {
	dest     string // the folder to publish to
	dir      string // staged files
	manifest string // path of the manifest
	owned    map[string]bool
	adopt    bool // no manifest, but the folder holds a site of ours

	mu    sync.Mutex
	paths map[string]bool // all outputs of this build
	moves []string        // those with new bytes, staged under their index
}

// Counts says what a build did to the folder.
type Counts struct{ Files, Written, Deleted int }

// generatorMark stands in every page that the default theme makes.
const generatorMark = `name="generator" content="biandan"`

// staleAfter is the age at which the staged files of another build are taken
// to be those of one that was killed.
const staleAfter = time.Hour

// Begin prepares to publish to the folder dest, with cacheDir for the staged
// files and the manifest.
func Begin(dest, cacheDir string) (*Stage, error) {
	abs, err := filepath.Abs(dest)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(abs))
	s := &Stage{dest: abs, manifest: filepath.Join(cacheDir, "manifest-"+hex.EncodeToString(sum[:8])+".json"), paths: map[string]bool{}}
	staging := filepath.Join(cacheDir, "stage")
	if err := os.MkdirAll(staging, 0o755); err != nil {
		return nil, err
	}
	removeStale(staging)
	if s.dir, err = os.MkdirTemp(staging, "build-"); err != nil {
		return nil, err
	}
	s.readManifest()
	return s, nil
}

func removeStale(staging string) {
	entries, _ := os.ReadDir(staging)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			os.RemoveAll(filepath.Join(staging, e.Name()))
		}
	}
}

// readManifest loads the list of files that are ours. A missing or damaged one
// is no error: then a folder whose home page is ours is taken over.
func (s *Stage) readManifest() {
	s.owned = map[string]bool{}
	var list []string
	if data, err := os.ReadFile(s.manifest); err == nil && json.Unmarshal(data, &list) == nil {
		for _, p := range list {
			if filepath.IsLocal(filepath.FromSlash(p)) {
				s.owned[p] = true
			}
		}
		return
	}
	home, err := os.ReadFile(filepath.Join(s.dest, "index.html"))
	s.adopt = err == nil && bytes.Contains(home, []byte(generatorMark))
}

func (s *Stage) target(p string) string { return filepath.Join(s.dest, filepath.FromSlash(p)) }

// Put stages the bytes of the output p, unless they stand there already. It
// may be called by many goroutines.
func (s *Stage) Put(p string, data []byte, src diag.Pos, bag *diag.Bag) error {
	old, err := readSame(s.target(p), len(data))
	same := err == nil && bytes.Equal(old, data)
	s.mu.Lock()
	s.paths[p] = true
	if same {
		s.mu.Unlock()
		return nil
	}
	if !s.owned[p] && !s.adopt {
		if info, err := os.Lstat(s.target(p)); err == nil {
			s.mu.Unlock()
			what := "文件"
			if info.IsDir() {
				what = "文件夹"
			}
			bag.Addf(ruleForeign, src, "输出文件夹里的%s“%s”不是本工具写的", what, p)
			return nil
		}
	}
	n := len(s.moves)
	s.moves = append(s.moves, p)
	s.mu.Unlock()
	return os.WriteFile(s.staged(n), data, 0o644)
}

// readSame reads a file only if it is a plain one of that size.
func readSame(name string, size int) ([]byte, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(size) {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(name)
}

// staged is the place of the n-th staged file; folders are kept small.
func (s *Stage) staged(n int) string {
	return filepath.Join(s.dir, "f"+hex.EncodeToString([]byte{byte(n >> 16), byte(n >> 8), byte(n)}))
}

// Discard drops what was staged; after Commit it does nothing.
func (s *Stage) Discard() { os.RemoveAll(s.dir) }

// Commit moves the staged files to their places and deletes the files of
// earlier builds that this one did not make.
func (s *Stage) Commit() (Counts, error) {
	defer s.Discard()
	c := Counts{Files: len(s.paths), Written: len(s.moves)}
	var gone []string
	for p := range s.owned {
		if !s.paths[p] {
			gone = append(gone, p)
		}
	}
	slices.Sort(gone)
	if len(s.moves) == 0 && len(gone) == 0 && len(s.owned) == len(s.paths) {
		return c, nil
	}
	if err := s.writeManifest(s.owned, s.paths); err != nil {
		return c, err
	}
	// A page may take the place of a folder that is to go, and the reverse.
	for _, p := range gone {
		if s.remove(p) {
			c.Deleted++
		}
	}
	if err := s.move(); err != nil {
		return c, err
	}
	return c, s.writeManifest(s.paths)
}

func (s *Stage) move() error {
	made := map[string]bool{}
	for n, p := range s.moves {
		to := s.target(p)
		if dir := filepath.Dir(to); !made[dir] {
			if err := s.mkdir(filepath.Dir(filepath.FromSlash(p))); err != nil {
				return err
			}
			made[dir] = true
		}
		if err := rename(s.staged(n), to); err != nil {
			return err
		}
	}
	return nil
}

// mkdir makes a folder below the destination. A link in its place would lead
// out of the folder: it is refused.
func (s *Stage) mkdir(rel string) error {
	if err := os.MkdirAll(s.dest, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(s.dest)
	if err != nil {
		return err
	}
	defer root.Close()
	return root.MkdirAll(rel, 0o755)
}

// rename moves a file, also to another disk.
func rename(from, to string) error {
	err := os.Rename(from, to)
	if err == nil || !errors.Is(err, syscall.EXDEV) && !strings.Contains(err.Error(), "disk drive") {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".biandan-")
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	err = errors.Join(err, out.Chmod(0o644), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), to)
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return err
}

// remove deletes a file of ours and the folders that are empty without it.
func (s *Stage) remove(p string) bool {
	info, err := os.Lstat(s.target(p))
	if err != nil || !info.Mode().IsRegular() || os.Remove(s.target(p)) != nil {
		return false
	}
	for dir := filepath.Dir(s.target(p)); dir != s.dest && strings.HasPrefix(dir, s.dest); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			break
		}
	}
	return true
}

func (s *Stage) writeManifest(sets ...map[string]bool) error {
	all := map[string]bool{}
	for _, set := range sets {
		for p := range set {
			all[p] = true
		}
	}
	list := make([]string, 0, len(all))
	for p := range all {
		list = append(list, p)
	}
	slices.Sort(list)
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	next := filepath.Join(s.dir, "manifest")
	if err := os.WriteFile(next, data, 0o644); err != nil {
		return err
	}
	return os.Rename(next, s.manifest)
}
