package publish

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
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

// ManifestPrefix begins the names of manifests in the cache. Format is the
// identity under which they are kept: that of their form, not of the tool, as
// which files are ours does not depend on its version.
const ManifestPrefix = "public-"

// Format is the identity of the manifest's form.
var Format = digest.Of("biandan manifest 3")

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
	s.owned = map[string]File{}
	var m Manifest
	if s.cache.Load(s.name, &m) {
		s.from, s.last = m.From, m.Writer
		for _, f := range m.Files {
			if f.Path != "." && filepath.IsLocal(filepath.FromSlash(f.Path)) {
				s.owned[f.Path] = f
			}
		}
		s.known = true
	}
	s.look = startLook(m.Files, s.target)
}

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
			s.owned[p] = File{Path: p}
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

// saveManifest writes the manifest: files, and what it says of others by now;
// from is nil before the files are moved.
// Another build may be publishing to the same folder at this moment; what it
// wrote is ours too, and must not be forgotten. When one has written since this
// began to move its files, at the end nobody knows whose file stands where, as
// two files of one moment may have the same size and time: then none of them is
// taken for untouched.
func (s *Stage) saveManifest(files map[string]File, from *digest.Sum) error {
	defer s.lock()()
	me := filepath.Base(s.dir)
	var latest Manifest
	s.cache.Load(s.name, &latest)
	all := maps.Clone(files)
	var made digest.Sum
	alone := latest.Writer == me || latest.Writer == s.last
	if from != nil && alone {
		made = *from
	}
	if from != nil && !alone {
		for p, f := range all {
			f.ModTime = 0
			all[p] = f
		}
	}
	for _, f := range latest.Files {
		if _, ok := all[f.Path]; !ok && filepath.IsLocal(filepath.FromSlash(f.Path)) {
			all[f.Path] = File{Path: f.Path}
		}
	}
	maps.DeleteFunc(all, func(_ string, f File) bool { return f.Path == "" })
	list := slices.Collect(maps.Values(all))
	slices.SortFunc(list, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return s.cache.Save(s.name, Manifest{me, made, list})
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
func (s *Stage) union() map[string]File {
	all := maps.Clone(s.owned)
	maps.Copy(all, s.files)
	for p := range s.moves {
		all[p] = File{Path: p}
	}
	return all
}
