package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"biandan/generator/digest"
)

// Commit moves the staged files to their places and deletes the files of
// earlier builds that this one did not make.
// from names what the files were made from, for MadeFrom of the next build.
func (s *Stage) Commit(from digest.Sum) (Counts, error) {
	defer s.Discard()
	c := Counts{Written: len(s.moves)}
	gone := s.gone()
	if len(s.moves) == 0 && len(gone) == 0 && from == s.from {
		if final := s.final(); slices.Equal(s.listed, final) {
			c.Files = len(final)
			return c, nil
		}
	}
	if !s.foreseen(gone) {
		if err := s.saveManifest(s.union(), nil); err != nil {
			return c, err
		}
	}
	// A page may take the place of a folder that is to go, and the reverse.
	for _, p := range gone {
		if s.remove(p) {
			c.Deleted++
		}
	}
	if err := s.move("."); err != nil {
		return c, err
	}
	final := s.final()
	c.Files = len(final)
	return c, s.saveManifest(final, &from)
}

// gone are the files of ours that do not stay, sorted.
func (s *Stage) gone() (list []string) {
	for _, f := range s.listed {
		if _, stays := s.files[f.Path]; !stays {
			list = append(list, f.Path)
		}
	}
	slices.Sort(list)
	return list
}

// foreseen reports whether the manifest of the last build is true at each moment
// of this one's publishing: all files that will be moved are ours already, and
// their times tell whether that has been done.
func (s *Stage) foreseen(gone []string) bool {
	for p := range s.moves {
		if old, ok := s.our(p); !ok || old.ModTime == 0 || old.ModTime == s.files[p].ModTime {
			return false
		}
	}
	return len(gone) == 0
}

// move moves what is staged for a folder to its place: the folder as a whole
// where there is none yet.
func (s *Stage) move(dir string) error {
	entries, err := os.ReadDir(s.staged(dir))
	if errors.Is(err, fs.ErrNotExist) && dir == "." {
		return nil // nothing new
	}
	if err != nil {
		return err
	}
	if _, err := s.stat(dir); err != nil {
		if os.MkdirAll(filepath.Dir(s.target(dir)), 0o755) == nil && os.Rename(s.staged(dir), s.target(dir)) == nil {
			return nil
		}
	}
	if err := s.mkdir(dir); err != nil {
		return err
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		if e.IsDir() {
			if err := s.move(p); err != nil {
				return err
			}
			continue
		}
		if info, err := s.stat(p); err == nil && info.IsDir() {
			s.root.Remove(filepath.FromSlash(p)) // emptied before
		}
		if err := rename(s.staged(p), s.target(p)); err != nil {
			return err
		}
	}
	return nil
}

// mkdir makes a folder below the destination. A link in its place would lead
// out of the folder: it is refused.
func (s *Stage) mkdir(p string) error {
	if s.root == nil {
		if err := os.MkdirAll(s.dest, 0o755); err != nil {
			return err
		}
		root, err := os.OpenRoot(s.dest)
		if err != nil {
			return err
		}
		s.root = root
	}
	return s.root.MkdirAll(filepath.FromSlash(p), 0o755)
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
	if s.root == nil {
		return false
	}
	info, err := s.stat(p)
	missing := errors.Is(err, fs.ErrNotExist) // a build was killed before it took the folder away, too
	if !missing && (err != nil || !info.Mode().IsRegular() || s.root.Remove(filepath.FromSlash(p)) != nil) {
		return false
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if s.root.Remove(filepath.FromSlash(dir)) != nil {
			break
		}
	}
	return !missing
}
