//go:build !linux && !darwin

package publish

import (
	"os"
	"path/filepath"
)

// folder is a folder at whose files somebody looks.
type folder struct{ path string }

func openFolder(path string) folder { return folder{path} }

// regular returns the size and the time, in nanoseconds, of what is a plain file.
func (d folder) regular(p string) (size, modTime int64, ok bool) {
	info, err := os.Lstat(filepath.Join(d.path, filepath.FromSlash(p)))
	if err != nil || !info.Mode().IsRegular() {
		return 0, 0, false
	}
	return info.Size(), info.ModTime().UnixNano(), true
}

func (folder) close() {}
