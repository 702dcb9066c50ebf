package publish

import (
	"bytes"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// generatorMark stands in every page that the default theme makes.
const generatorMark = `name="generator" content="biandan"`

// ownNames are the files beside pages that only a build of ours writes.
var ownNames = regexp.MustCompile(`^(assets/.*\.[0-9a-f]{12}\.[a-z0-9]+|data/[a-z0-9_-]+\.(csv|json)|search/[sd]/[0-9a-f]+\.(js|bin)|sitemap\.xml|robots\.txt|sw\.js)$`)

// recognise finds the files of a site of ours that the manifest does not know, as
// it was lost or is another's: pages that name this tool, the pictures and
// attachments that these refer to, and what a build writes beside pages. Others
// are left alone.
func (s *Stage) recognise() {
	if !isOurs(filepath.Join(s.dest, "index.html")) {
		return
	}
	s.walk(func(p string) {
		switch {
		case ownNames.MatchString(p):
			s.adopt(p)
		case strings.HasSuffix(p, ".html") && isOurs(s.target(p)):
			s.adopt(p)
			for _, q := range s.references(p) {
				s.adopt(q)
			}
		}
	})
}

// recogniseMarked finds the files whose beginning bears a mark.
func (s *Stage) recogniseMarked(ext, mark string) {
	s.walk(func(p string) {
		if strings.HasSuffix(p, ext) && bears(s.target(p), mark) {
			s.adopt(p)
		}
	})
}

// walk calls f with the path of every plain file in the folder.
func (s *Stage) walk(f func(p string)) {
	if s.root == nil {
		return
	}
	fs.WalkDir(s.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
		case d.IsDir() && strings.HasPrefix(d.Name(), stagingPrefix):
			return fs.SkipDir
		case d.Type().IsRegular():
			f(p)
		}
		return nil
	})
}

// adopt takes a file for ours, unless it is known as such.
func (s *Stage) adopt(p string) {
	if _, known := s.Our(p); !known {
		s.own(File{Path: p})
	}
}

// references returns the plain files of the folder that a page of ours refers to:
// a build writes them, as a link to a file that it does not write is an error.
func (s *Stage) references(page string) (list []string) {
	data, err := s.root.ReadFile(filepath.FromSlash(page))
	if err != nil {
		return nil
	}
	address, _ := strings.CutSuffix(page, "index.html")
	base := "/"
	seen := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(data))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		canonical := false
		for _, a := range t.Attr {
			canonical = canonical || a.Key == "rel" && a.Val == "canonical"
		}
		for _, to := range addressesOf(t.Attr) {
			u, err := url.Parse(to)
			switch {
			case err != nil:
			case canonical:
				base = strings.TrimSuffix(u.Path, address)
			case u.Scheme == "" && u.Host == "" && u.Path != "":
				p := path.Join("/", address, u.Path)
				if strings.HasPrefix(u.Path, "/") {
					p = "/" + strings.TrimPrefix(u.Path, base)
				}
				p = strings.TrimPrefix(path.Clean(p), "/")
				if !seen[p] && !strings.HasSuffix(p, ".html") {
					seen[p] = true
					if info, err := s.stat(p); err == nil && info.Mode().IsRegular() {
						list = append(list, p)
					}
				}
			}
		}
	}
	return list
}

// addressesOf returns what the attributes of an element refer to.
func addressesOf(attributes []html.Attribute) (list []string) {
	for _, a := range attributes {
		switch a.Key {
		case "href", "src":
			list = append(list, a.Val)
		case "srcset":
			for one := range strings.SplitSeq(a.Val, ", ") {
				to, _, _ := strings.Cut(one, " ")
				list = append(list, to)
			}
		}
	}
	return list
}

// isOurs reports whether a page names this tool in its head.
func isOurs(name string) bool { return bears(name, generatorMark) }

// bears reports whether a file has a mark near its beginning.
func bears(name, mark string) bool {
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return false // a pipe would keep its reader waiting for ever
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4<<10)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(head[:n], []byte(mark))
}
