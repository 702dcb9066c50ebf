//go:build linux || darwin

package publish

import (
	"os"

	"golang.org/x/sys/unix"
)

// folder is a folder at whose files somebody looks. From within, the system is spared
// the way to it, and the program the making of whole paths.
type folder struct{ dir *os.File } // nil: there is none

func openFolder(path string) folder {
	dir, _ := os.Open(path)
	return folder{dir}
}

// stands reports whether a file stands as it was written.
func (d folder) stands(f File) bool {
	if d.dir == nil {
		return false
	}
	var s unix.Stat_t
	err := unix.Fstatat(int(d.dir.Fd()), f.Path, &s, unix.AT_SYMLINK_NOFOLLOW)
	return f.ModTime != 0 && err == nil && s.Mode&unix.S_IFMT == unix.S_IFREG && s.Size == f.Size && s.Mtim.Nano() == f.ModTime
}

func (d folder) close() { d.dir.Close() }
