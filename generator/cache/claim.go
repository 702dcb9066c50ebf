package cache

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// NotOurs is a folder that a cache may not use, as nobody can tell what in it
// may be deleted.
type NotOurs struct{ Path, Reason string }

func (e NotOurs) Error() string { return fmt.Sprintf("“%s”%s", e.Path, e.Reason) }

// tagName is the file by which programs that make copies know a folder that is
// not worth one (the Cache Directory Tagging Specification).
const tagName = "CACHEDIR.TAG"

// tag is the mark of the folder at a path: one that was copied, or came with a
// repository, bears that of another.
func tag(path string) []byte {
	return fmt.Appendf(nil, "Signature: 8a477f597d28d172789f06886806bc55\n# 红扁担（biandan）的缓存，可以整个删掉。\n# %s\n", filepath.ToSlash(path))
}

// Claim makes a folder when it is missing, and marks it when it is empty. In a
// folder that bears the mark already everything is ours. The error is [NotOurs]
// for a link, and for a folder with other things in it.
func Claim(path string) (*os.Root, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, NotOurs{path, "是一个链接"}
	}
	real, err := filepath.Abs(path)
	if err == nil {
		real, err = filepath.EvalSymlinks(real)
	}
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(real)
	if err != nil {
		return nil, err
	}
	if err := mark(root); err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

// Claimed reports whether everything in a folder is ours.
func Claimed(root *os.Root) bool {
	want := tag(root.Name())
	info, err := root.Lstat(tagName)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(want)) {
		return false
	}
	got, err := root.ReadFile(tagName)
	return err == nil && bytes.Equal(got, want)
}

// mark marks an empty folder, or sees that it is marked. It looks at what is there
// before it looks at the mark: another build may be marking the folder now.
func mark(root *os.Root) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return err
	}
	if Claimed(root) {
		return nil
	}
	empty := len(entries) == 0 || len(entries) == 1 && entries[0].Name() == tagName && entries[0].Type().IsRegular()
	if _, err := root.Lstat(tagName); !empty && errors.Is(err, fs.ErrNotExist) {
		return NotOurs{root.Name(), "里有别的东西"}
	}
	if !empty {
		return NotOurs{root.Name(), "是从别处来的缓存"}
	}
	// Others may read it at this moment: what they find is never less than it was.
	want := tag(root.Name())
	f, err := root.OpenFile(tagName, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(want)
	return errors.Join(err, f.Truncate(int64(len(want))), f.Close())
}
