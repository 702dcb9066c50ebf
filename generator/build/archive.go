package build

import (
	"slices"
	"strings"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/publish"
	"biandan/generator/source"
)

// archive remembers what content files say from one build to the next: their
// records in memory, the bodies of their documents in a file of blobs. A file
// depends on nothing but its bytes and the tool.
type archive struct {
	dir   *cache.Dir   // nil: no cache
	blobs *cache.Blobs // nil: bodies stay in memory
	known map[string]entry
	last  []entry // of the last build, sorted by path
	next  []entry // of this build, by number of the file
	// decoded are the files as they are known; nil: they are not kept in memory.
	decoded map[string]*ledger.File

	changed bool // what is known is no longer what is on disk
}

// entry is what is remembered of a content file.
type entry struct {
	Path    string
	Size    int64
	ModTime int64 // nanoseconds; 0: written too lately to tell
	Source  digest.Sum
	Data    string // see [ledger.File.Encode]
	Body    cache.Ref
}

// index is the archive on disk.
type index struct {
	Blobs   string
	Entries []entry
}

const (
	indexName  = "files"
	wasteLimit = 1 << 20 // bytes of blobs nobody refers to, beside as much as is used
)

func openArchive(dir *cache.Dir) *archive {
	l := &archive{dir: dir, known: map[string]entry{}}
	if dir == nil {
		return l
	}
	var x index
	live := int64(0)
	if dir.Load(indexName, &x) {
		for _, e := range x.Entries {
			l.known[e.Path] = e
			live += int64(e.Body.Size)
		}
		l.last = x.Entries
	}
	blobs, err := dir.Blobs(x.Blobs)
	if err != nil {
		return l
	}
	if blobs.Name != x.Blobs || blobs.Size() > 2*live+wasteLimit {
		blobs.Close()
		l.known, l.last = map[string]entry{}, nil
		if blobs, err = dir.Blobs(""); err != nil {
			return l
		}
	}
	l.blobs = blobs
	return l
}

// file returns what a content file says; parsed reports that it had to be read
// and parsed for that.
func (l *archive) file(n int, f source.File, s *source.Snapshot, md *markup.Parser, verify bool, bag *diag.Bag) (file *ledger.File, parsed bool) {
	old, known := l.known[f.Path]
	e := entry{Path: f.Path, Size: f.Size}
	if l.dir != nil && l.dir.Settled(f.ModTime) {
		e.ModTime = f.ModTime.UnixNano()
	}
	if known && !verify && old.ModTime != 0 && old.ModTime == f.ModTime.UnixNano() && old.Size == f.Size {
		if file, ok := l.decode(old); ok {
			l.next[n] = old
			return file, false
		}
	}
	data, ok := s.Bytes(f.Path, bag)
	if !ok {
		return &ledger.File{Path: f.Path, Broken: true}, true
	}
	e.Source = digest.Bytes(data)
	if known && !verify && old.Source == e.Source {
		if file, ok := l.decode(old); ok {
			e.Data, e.Body = old.Data, old.Body
			l.next[n] = e
			return file, false
		}
	}
	file = parseFile(f.Path, data, md)
	if l.blobs != nil {
		e.Data = file.Encode()
		if l.shelve(file, &e) {
			l.next[n] = e
		}
		if verify && known && old.Source == e.Source && old.Data != e.Data {
			bag.Addf(ruleStale, diag.Pos{File: f.Path}, "“%s”的缓存与重新解析的结果不一致", f.Path)
		}
	}
	return file, true
}

func parseFile(path string, data []byte, md *markup.Parser) *ledger.File {
	found := &diag.Bag{}
	if t, ok := source.NewText(path, data, found); ok {
		return ledger.ParseFile(t, md)
	}
	return &ledger.File{Path: path, Diags: found.List(), Broken: true}
}

// decode returns the file of a known entry.
func (l *archive) decode(e entry) (*ledger.File, bool) {
	if f := l.decoded[e.Path]; f != nil {
		return f, true
	}
	return ledger.DecodeFile(e.Path, e.Data)
}

// maxLength is the number of bytes in which the length of a text is encoded, at most.
const maxLength = 10

// shelve moves the body of a file's document from memory to the blobs.
func (l *archive) shelve(f *ledger.File, e *entry) bool {
	d := f.Doc()
	if d == nil {
		return true
	}
	room := make([]byte, 0, len(d.Body.HTML)+len(d.Body.Text)+2*maxLength)
	ref, err := l.blobs.Put(digest.Append(room, d.Body))
	if err != nil {
		return false
	}
	e.Body = ref
	d.Body = markup.Body{}
	return true
}

// refs are the places of the bodies, by file.
func (l *archive) refs() map[string]cache.Ref {
	refs := make(map[string]cache.Ref, len(l.last))
	for _, e := range l.last {
		refs[e.Path] = e.Body
	}
	return refs
}

// body returns the body of a document: from memory, from the blobs, or from the
// file itself once more.
func (l *archive) body(ref cache.Ref, d *markup.Document, again func() *markup.Document) markup.Body {
	if d.Body.HTML != "" || l.blobs == nil {
		return d.Body
	}
	var body markup.Body
	if data, ok := l.blobs.Get(ref); ok {
		if _, err := digest.Decode(data, &body); err == nil && digest.Of(body) == d.Digest {
			return body
		}
	}
	if d = again(); d != nil {
		return d.Body
	}
	return markup.Body{}
}

// settle makes the entries of this build those that are known. It returns the
// files of which only the text has changed, and whether nothing else has.
func (l *archive) settle(files []*ledger.File) (edited []string, onlyText bool) {
	known := make(map[string]entry, len(l.next))
	onlyText = true
	for i, e := range l.next {
		if e.Path == "" {
			onlyText = false // not read, or the build was interrupted
			continue
		}
		known[e.Path] = e
		old, ok := l.known[e.Path]
		l.changed = l.changed || !ok || old.Source != e.Source || old.ModTime != e.ModTime || old.Body != e.Body
		if ok && old.Source == e.Source {
			continue
		}
		if was, decoded := l.decode(old); ok && decoded && was.SameButText(files[i]) {
			edited = append(edited, e.Path)
		} else {
			onlyText = false
		}
	}
	l.changed = l.changed || len(known) != len(l.known)
	onlyText = onlyText && len(known) == len(l.known)
	l.known, l.last = known, l.next
	if l.decoded != nil {
		l.decoded = make(map[string]*ledger.File, len(files))
		for i, e := range l.next {
			if e.Path != "" && files[i] != nil {
				l.decoded[e.Path] = files[i]
			}
		}
	}
	return edited, onlyText
}

// reread parses a file again, of which the text may have been edited; ok is
// false when anything else of it has changed, too.
func (l *archive) reread(f source.File, s *source.Snapshot, md *markup.Parser) (d *markup.Document, ok bool) {
	n, found := slices.BinarySearchFunc(l.last, f.Path, func(e entry, p string) int { return strings.Compare(e.Path, p) })
	if !found || l.blobs == nil {
		return nil, false
	}
	old, e := l.last[n], entry{Path: f.Path, Size: f.Size}
	was, ok := l.decode(old)
	data, read := s.Bytes(f.Path, &diag.Bag{})
	if !ok || !read {
		return nil, false
	}
	if l.dir.Settled(f.ModTime) {
		e.ModTime = f.ModTime.UnixNano()
	}
	file := parseFile(f.Path, data, md)
	if e.Source = digest.Bytes(data); !was.SameButText(file) {
		return nil, false
	}
	e.Data = file.Encode()
	if !l.shelve(file, &e) {
		return nil, false
	}
	l.last, l.changed = slices.Clone(l.last), true
	l.last[n], l.known[f.Path], l.decoded[f.Path] = e, e, file
	return file.Doc(), true
}

// save writes the archive for the next build, also for one that will mend what
// is wrong in this. A failure costs only time.
func (l *archive) save() {
	if l.blobs == nil {
		return
	}
	if l.changed {
		x := index{Blobs: l.blobs.Name}
		for _, e := range l.last {
			if e.Path != "" {
				x.Entries = append(x.Entries, e)
			}
		}
		l.dir.Save(indexName, x)
	}
	l.dir.Trim(l.blobs.Name, publish.ManifestPrefix)
}

func (l *archive) close() {
	if l.blobs != nil {
		l.blobs.Close()
	}
}
