package source

import (
	"io/fs"
	"syscall"
)

// identity returns the number of a file and when it was last changed, in
// nanoseconds; zeros for a file that is not on disk.
func identity(info fs.FileInfo) (node uint64, changed int64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ino, s.Ctimespec.Nano()
	}
	return 0, 0
}
