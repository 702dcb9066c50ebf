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

// regular returns the size and the time, in nanoseconds, of what is a plain file.
func (d folder) regular(p string) (size, modTime int64, ok bool) {
	if d.dir == nil {
		return 0, 0, false
	}
	var s unix.Stat_t
	err := unix.Fstatat(int(d.dir.Fd()), p, &s, unix.AT_SYMLINK_NOFOLLOW)
	return s.Size, s.Mtim.Nano(), err == nil && s.Mode&unix.S_IFMT == unix.S_IFREG
}

func (d folder) close() { d.dir.Close() }
