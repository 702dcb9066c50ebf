package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"biandan/generator/cache"
)

const (
	stagingPrefix = ".biandan-stage-"
	// staleAfter is the age at which the staged files of another build are taken
	// to be those of one that was killed.
	staleAfter = time.Hour
)

var stagings atomic.Int64

// newStaging makes a folder for the staged files of a build: in the cache or, where
// that lies on another disk, to which no file is moved by a rename, in the
// destination itself.
func newStaging(dest, cacheDir string) (*os.Root, error) {
	parent := cacheDir
	if !sameDisk(dest, cacheDir) {
		if err := os.MkdirAll(dest, 0o755); err != nil {
			return nil, err
		}
		parent = dest
	}
	removeStale(parent)
	name := fmt.Sprintf("%s%d-%d-%x", stagingPrefix, os.Getpid(), stagings.Add(1), time.Now().UnixNano())
	return cache.Claim(filepath.Join(parent, name))
}

func removeStaging(dir *os.Root) {
	name := dir.Name()
	dir.Close()
	os.RemoveAll(name)
}

// removeStale deletes what killed builds have left, where it bears our mark.
func removeStale(parent string) {
	root, err := os.OpenRoot(parent)
	if err != nil {
		return
	}
	defer root.Close()
	entries, _ := fs.ReadDir(root.FS(), ".")
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() || !strings.HasPrefix(e.Name(), stagingPrefix) || time.Since(info.ModTime()) < staleAfter {
			continue
		}
		if left, err := os.OpenRoot(filepath.Join(root.Name(), e.Name())); err == nil {
			if cache.Claimed(left) {
				removeStaging(left)
			} else {
				left.Close()
			}
		}
	}
}

// existing returns the folder itself, or the nearest one above it that is there.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
