package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"biandan/generator/digest"
)

// Stuck are files that should be gone and cannot be deleted: they are still
// published. They stay ours, so that the next build tries again.
type Stuck struct{ Paths []string } // sorted, below the folder

func (e Stuck) Error() string { return "cannot delete " + strings.Join(e.Paths, ", ") }

// Commit moves the staged files to their places and deletes the files of
// earlier builds that this one did not make; the error is [Stuck] when all was
// done but some of these remain.
// from names what the files were made from, for MadeFrom of the next build.
func (s *Stage) Commit(from digest.Sum) (Counts, error) {
	defer s.Discard()
	c := Counts{Written: len(s.moves)}
	gone := s.Gone()
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
	var stuck Stuck
	for _, p := range gone {
		switch deleted, err := s.remove(p); {
		case deleted:
			c.Deleted++
		case err != nil:
			stuck.Paths = append(stuck.Paths, p)
		}
	}
	if err := s.move("."); err != nil {
		return c, err
	}
	final := s.final()
	c.Files = len(final)
	for _, p := range stuck.Paths {
		final = append(final, File{Path: p})
	}
	err := s.saveManifest(final, &from)
	if err == nil && stuck.Paths != nil {
		err = stuck
	}
	return c, err
}

// Gone are the files of ours that do not stay, sorted. One that is the same file as
// one that stays, as the disk does not tell their names apart, is none of them.
func (s *Stage) Gone() (list []string) {
	for i, f := range s.listed {
		if _, made := s.files[f.Path]; !made && !s.kept[i] {
			list = append(list, f.Path)
		}
	}
	if len(list) > 0 {
		stays := map[string]string{} // the paths that are not written anew
		for _, f := range s.final() {
			if _, moves := s.moves[f.Path]; !moves {
				stays[strings.ToLower(f.Path)] = f.Path
			}
		}
		list = slices.DeleteFunc(list, func(p string) bool { return s.same(p, stays[strings.ToLower(p)]) })
	}
	slices.Sort(list)
	return list
}

// same reports whether two paths lead to one file.
func (s *Stage) same(p, other string) bool {
	one, err := s.stat(p)
	if err != nil || other == "" {
		return false
	}
	two, err := s.stat(other)
	return err == nil && os.SameFile(one, two)
}

// foreseen reports whether the manifest of the last build is true at each moment
// of this one's publishing: all files that will be moved are ours already, and
// their times tell whether that has been done.
func (s *Stage) foreseen(gone []string) bool {
	for p := range s.moves {
		if old, ok := s.Our(p); !ok || old.ModTime == 0 || old.ModTime == s.files[p].ModTime {
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
		if err := os.Rename(s.staged(p), s.target(p)); err != nil {
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

// remove deletes a file of ours and the folders that are empty without it. The
// error says that it is still there; something else in its place is not ours.
func (s *Stage) remove(p string) (deleted bool, err error) {
	if s.root == nil {
		return false, nil
	}
	info, err := s.stat(p)
	missing := errors.Is(err, fs.ErrNotExist) // a build was killed before it took the folder away, too
	switch {
	case missing:
	case errors.Is(err, fs.ErrPermission):
		return false, err
	case err != nil: // what leads there is a link now
		return false, nil
	case !info.Mode().IsRegular():
		return false, nil
	default:
		if err := s.root.Remove(filepath.FromSlash(p)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if s.root.Remove(filepath.FromSlash(dir)) != nil {
			break
		}
	}
	return !missing, nil
}
