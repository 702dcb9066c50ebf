package watch

import (
	"io/fs"
	"os"
	"time"
)

// linksEvery is how often what links lead to is looked at. A link may lead through
// others and through folders that are replaced; looking is the same for all.
const linksEvery = 250 * time.Millisecond

// links are the symbolic links of a site, with what their targets were when they
// were looked at last; nil: there was none.
type links map[string]fs.FileInfo

// add looks at the file p, if it is a link.
func (l links) add(p string) {
	if info, err := os.Lstat(p); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		l[p], _ = os.Stat(p)
	}
}

// changed looks at all targets, and returns the links of which another one is
// there or is not what it was. What is no link any more is told by its folder.
func (l links) changed() (list []string) {
	for p, was := range l {
		info, err := os.Lstat(p)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			delete(l, p)
			continue
		}
		now, _ := os.Stat(p)
		if (was == nil) != (now == nil) || now != nil && (now.Size() != was.Size() || !now.ModTime().Equal(was.ModTime()) || !os.SameFile(was, now)) {
			l[p] = now
			list = append(list, p)
		}
	}
	return list
}
