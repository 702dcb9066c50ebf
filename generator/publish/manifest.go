package publish

import (
	"path/filepath"
	"slices"
	"strings"

	"biandan/generator/digest"
)

// File is what the manifest knows of a file of ours: what it was rendered from,
// and how to see that nobody has touched it since.
type File struct {
	Path    string
	Key     digest.Sum
	Size    int64
	ModTime int64 // nanoseconds
}

// Manifest lists the files in a folder that are ours. Writer is the build that
// wrote it last; From is what it made them from, zero while it moves them.
type Manifest struct {
	Writer string
	From   digest.Sum
	Files  []File
}

// ManifestPrefix begins the names of manifests in the cache.
const ManifestPrefix = "public-"

// ManifestOf is the name of the manifest of the site in the folder dest.
func ManifestOf(dest, cacheDir string) string { return manifestOf("", dest, cacheDir) }

func manifestOf(kind, dest, cacheDir string) string {
	if abs, err := filepath.Abs(dest); err == nil {
		dest = abs
	}
	return ManifestPrefix + kind + folderName(dest, cacheDir)
}

// Format is the identity under which manifests are kept: that of their form, not
// of the tool, as which files are ours does not depend on its version.
var Format = digest.Of("biandan manifest 4")

// folderName names the folder dest as seen from the cache, so that both may be
// moved together.
func folderName(dest, cacheDir string) string {
	if abs, err := filepath.Abs(cacheDir); err == nil {
		if rel, err := filepath.Rel(abs, dest); err == nil {
			dest = filepath.ToSlash(rel)
		}
	}
	return digest.Bytes([]byte(dest)).String()
}

// readManifest loads the list of files that are ours. A missing or damaged one
// is no error: then those of a site are known by what they hold.
func (s *Stage) readManifest() {
	var m Manifest
	s.seen = s.cache.Mark(s.name)
	if s.known = s.cache.Load(s.name, &m); !s.known {
		m = Manifest{}
	}
	s.from, s.last = m.From, m.Writer
	s.files = map[string]File{}
	s.listed = slices.DeleteFunc(m.Files, func(f File) bool { return f.Path == "." || !filepath.IsLocal(filepath.FromSlash(f.Path)) })
	if !slices.IsSortedFunc(s.listed, byPath) {
		slices.SortFunc(s.listed, byPath)
	}
	s.kept = make([]bool, len(s.listed))
	s.look = startLook(s.dest, s.listed)
}

// learn looks for files that are ours by now though they were not when this build
// began: those that another one has listed, and those that look like ours.
func (s *Stage) learn() {
	if others := s.written(); others != nil {
		for _, f := range others.Files {
			if filepath.IsLocal(filepath.FromSlash(f.Path)) {
				s.adopt(f.Path)
			}
		}
	}
	if s.name == manifestOf("", s.dest, s.cacheDir) {
		s.recognise()
	}
}

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

// saveManifest writes the manifest: a list of files, and what it says of others by
// now; from is nil before the files are moved.
// Another build may be publishing to the same folder at this moment; what it
// wrote is ours too, and must not be forgotten. When one has written since this
// began to move its files, at the end nobody knows whose file stands where, as
// two files of one moment may have the same size and time: then none of them is
// taken for untouched.
func (s *Stage) saveManifest(list []File, from *digest.Sum) error {
	defer s.cache.Lock(s.name)()
	m := Manifest{Writer: s.writer()}
	others := s.written()
	if others != nil {
		s.others = others.Files
	}
	switch {
	case from == nil:
	case others == nil:
		m.From = *from
	default:
		for i := range list {
			list[i].ModTime = 0
		}
	}
	for _, f := range s.others {
		_, stays := s.made(f.Path)
		_, ours := s.Our(f.Path)
		if !stays && !ours && filepath.IsLocal(filepath.FromSlash(f.Path)) {
			list = append(list, File{Path: f.Path})
		}
	}
	// It was sorted when it was read, and most of it is as it was.
	slices.SortFunc(list, byPath)
	m.Files = list
	err := s.cache.Save(s.name, m)
	s.seen = s.cache.Mark(s.name)
	return err
}

// writer names this build in the manifest.
func (s *Stage) writer() string { return filepath.Base(s.dir.Name()) }

// written returns the manifest that another build has written since this one read
// or wrote it last, or nil.
func (s *Stage) written() *Manifest {
	if s.cache.Mark(s.name) == s.seen {
		return nil
	}
	var m Manifest
	if s.cache.Load(s.name, &m) && (m.Writer == s.last || m.Writer == s.writer()) {
		return nil
	}
	return &m
}

// union lists all files that are or were ours. Those that are about to change
// carry no time, so that nobody takes them for fresh.
func (s *Stage) union() []File {
	list := s.final()
	for i, f := range list {
		if _, moves := s.moves[f.Path]; moves {
			list[i] = File{Path: f.Path}
		}
	}
	for _, p := range s.Gone() {
		f, _ := s.Our(p)
		list = append(list, f)
	}
	return list
}

// final lists the files of this build, those that were listed before in their order.
func (s *Stage) final() []File {
	list := make([]File, 0, len(s.listed)+len(s.files))
	for i, f := range s.listed {
		if now, again := s.files[f.Path]; again {
			list = append(list, now)
		} else if s.kept[i] {
			list = append(list, f)
		}
	}
	for p, f := range s.files {
		if _, ours := s.find(p); !ours {
			list = append(list, f)
		}
	}
	return list
}
