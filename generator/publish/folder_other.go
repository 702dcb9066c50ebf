//go:build !linux && !darwin

package publish

import (
	"os"
	"path/filepath"
)

// folder is a folder at whose files somebody looks.
type folder struct{ path string }

func openFolder(path string) folder { return folder{path} }

// stands reports whether a file stands as it was written.
func (d folder) stands(f File) bool {
	info, err := os.Lstat(filepath.Join(d.path, filepath.FromSlash(f.Path)))
	return f.ModTime != 0 && err == nil && info.Mode().IsRegular() && info.Size() == f.Size && info.ModTime().UnixNano() == f.ModTime
}

func (folder) close() {}
