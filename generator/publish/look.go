package publish

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// look is one look at each file of a manifest, whether it stands as it was
// written. It begins with the build and goes on beside it: nearly every build
// needs the answers, and has a core to spare while it plans.
type look struct {
	done sync.WaitGroup
	mu   sync.Mutex
	bad  map[string]bool
}

// manyFiles are looked at before another goroutine is asked whether there is more.
const manyFiles = 256

func startLook(dir string, files []File) *look {
	l := &look{bad: map[string]bool{}}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)/manyFiles+1) {
		l.done.Go(func() {
			where := openFolder(dir)
			defer where.close()
			for {
				to := int(next.Add(manyFiles))
				from := to - manyFiles
				if from >= len(files) {
					return
				}
				for _, f := range files[from:min(to, len(files))] {
					if !where.stands(f) {
						l.mu.Lock()
						l.bad[f.Path] = true
						l.mu.Unlock()
					}
				}
			}
		})
	}
	return l
}

// stands reports whether a file stands as it was written.
func (d folder) stands(f File) bool {
	size, modTime, ok := d.regular(f.Path)
	return ok && f.ModTime != 0 && size == f.Size && modTime == f.ModTime
}

// touched returns the files that do not stand as they were written.
func (l *look) touched() map[string]bool {
	l.done.Wait()
	return l.bad
}
