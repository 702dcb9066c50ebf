package source

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// site is the file system of a site. It keeps the folder open from which it read last: to open
// a file by its path, a root opens each folder that leads to it, and files are read in the order
// of their paths.
type site struct {
	tree
	root *os.Root

	mu     sync.Mutex
	dir    string
	folder *os.Root // dir; nil: none is open
}

// tree is what the file system of a root can do beside reading files.
type tree interface {
	fs.ReadDirFS
	fs.StatFS
	fs.ReadLinkFS
}

func openSite(dir string) (*site, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &site{tree: root.FS().(tree), root: root}, nil
}

// ReadFile reads a file. What cannot be read from its folder is read by its path, which tells
// why; a link may lead out of a folder and not out of the site.
func (s *site) ReadFile(name string) ([]byte, error) {
	dir, base := path.Split(name)
	if folder := s.in(dir); folder != nil {
		if data, err := folder.ReadFile(base); err == nil {
			return data, nil
		}
	}
	return fs.ReadFile(s.tree, name)
}

// in returns a folder that is open, or nil. Who still reads from the one before goes on.
func (s *site) in(dir string) *os.Root {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dir != dir {
		s.close()
		if folder, err := s.root.OpenRoot(filepath.FromSlash(dir)); err == nil {
			s.dir, s.folder = dir, folder
		}
	}
	return s.folder
}

func (s *site) close() {
	if s.folder != nil {
		s.folder.Close()
	}
	s.dir, s.folder = "", nil
}

// Close closes all that is open.
func (s *site) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.close()
	return s.root.Close()
}
