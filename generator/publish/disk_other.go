//go:build !unix

package publish

import (
	"path/filepath"
	"strings"
)

// sameDisk reports whether what is in one folder can be moved to the other, which
// may be missing still.
func sameDisk(a, b string) bool {
	volume := func(dir string) string {
		if real, err := filepath.EvalSymlinks(existing(dir)); err == nil {
			dir = real
		}
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
		return filepath.VolumeName(dir)
	}
	return strings.EqualFold(volume(a), volume(b))
}
