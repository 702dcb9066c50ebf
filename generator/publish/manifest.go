package publish

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

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

// generatorMark stands in every page that the default theme makes.
const generatorMark = `name="generator" content="biandan"`

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
	s.look = startLook(s.listed, s.target)
}

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

// ownNames are the files beside pages that only a build of ours writes.
var ownNames = regexp.MustCompile(`^(assets/.*\.[0-9a-f]{12}\.[a-z0-9]+|data/[a-z0-9-]+\.(csv|json)|sitemap\.xml|robots\.txt)$`)

// recognise finds the files of a site of ours whose manifest was lost: pages that
// name this tool, and what stands beside them. Others are left alone.
func (s *Stage) recognise() {
	if !isOurs(filepath.Join(s.dest, "index.html")) {
		return
	}
	filepath.WalkDir(s.dest, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		rel, err := filepath.Rel(s.dest, name)
		if p := filepath.ToSlash(rel); err == nil && (ownNames.MatchString(p) || strings.HasSuffix(p, ".html") && isOurs(name)) {
			s.own(File{Path: p})
		}
		return nil
	})
}

// isOurs reports whether a page names this tool in its head.
func isOurs(name string) bool { return bears(name, generatorMark) }

// bears reports whether a file has a mark near its beginning.
func bears(name, mark string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4<<10)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(head[:n], []byte(mark))
}

// saveManifest writes the manifest: a list of files, and what it says of others by
// now; from is nil before the files are moved.
// Another build may be publishing to the same folder at this moment; what it
// wrote is ours too, and must not be forgotten. When one has written since this
// began to move its files, at the end nobody knows whose file stands where, as
// two files of one moment may have the same size and time: then none of them is
// taken for untouched.
func (s *Stage) saveManifest(list []File, from *digest.Sum) error {
	defer s.lock()()
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
		_, stays := s.files[f.Path]
		_, ours := s.our(f.Path)
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
func (s *Stage) writer() string { return filepath.Base(s.dir) }

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

// staleLock is the age of a lock that nobody can be holding any more.
const staleLock = 2 * time.Second

// lock keeps others from the manifest for the moment that it takes to write it;
// the lock of a build that was killed then is broken after some seconds.
func (s *Stage) lock() (unlock func()) {
	const patience, step = 5 * time.Second, 10 * time.Millisecond
	name := filepath.Join(filepath.Dir(filepath.Dir(s.dir)), "lock-"+s.name)
	for waited := time.Duration(0); waited < patience; waited += step {
		if os.Mkdir(name, 0o755) == nil {
			return func() { os.Remove(name) }
		}
		// It is held for a moment only: one from before this build began is what
		// a killed build has left.
		mine, err1 := os.Stat(s.dir)
		lock, err2 := os.Stat(name)
		if err1 == nil && err2 == nil && lock.ModTime().Add(staleLock).Before(mine.ModTime()) {
			os.Remove(name)
			continue
		}
		time.Sleep(step)
	}
	return func() {}
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
	for _, p := range s.gone() {
		f, _ := s.our(p)
		list = append(list, f)
	}
	return list
}

// final lists the files of this build, those that were listed before in their order.
func (s *Stage) final() []File {
	list := make([]File, 0, max(len(s.files), len(s.listed)))
	made := 0 // of those that were listed
	for _, f := range s.listed {
		if now, again := s.files[f.Path]; again {
			list = append(list, now)
			made++
		}
	}
	if made == len(s.files) {
		return list
	}
	for p, f := range s.files {
		if _, ours := s.our(p); !ours {
			list = append(list, f)
		}
	}
	return list
}
