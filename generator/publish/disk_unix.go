//go:build unix

package publish

import (
	"os"
	"syscall"
)

// sameDisk reports whether what is in one folder can be moved to the other, which
// may be missing still.
func sameDisk(a, b string) bool {
	x, err1 := os.Stat(existing(a))
	y, err2 := os.Stat(existing(b))
	if err1 != nil || err2 != nil {
		return true // what comes next will say why
	}
	s, ok1 := x.Sys().(*syscall.Stat_t)
	t, ok2 := y.Sys().(*syscall.Stat_t)
	return !ok1 || !ok2 || s.Dev == t.Dev
}
