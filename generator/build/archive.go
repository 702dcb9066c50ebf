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
// records, which are read at the beginning, and the bodies of their documents,
// which are read one by one. A file depends on nothing but its bytes and the tool.
type archive struct {
	dir     *cache.Dir   // nil: no cache
	records *cache.Blobs // nil: they stay in memory, and the bodies, too
	bodies  *cache.Blobs
	known   map[string]entry
	last    []entry // of the last build, sorted by path
	next    []entry // of this build, by number of the file
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
	Record  cache.Ref
	Body    cache.Ref
	Data    string `digest:"-"` // the record: see [ledger.File.Encode]
}

// index is the archive on disk.
type index struct {
	Records, Bodies string
	Entries         []entry
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
	if !dir.Load(indexName, &x) || !l.open(x) {
		l.open(index{})
	}
	return l
}

// open opens the files of an index, new ones for an empty one. It reports whether
// they are what the index says, and worth to be kept.
func (l *archive) open(x index) bool {
	records, err1 := l.dir.Blobs(x.Records)
	bodies, err2 := l.dir.Blobs(x.Bodies)
	var inRecords, inBodies int64
	for _, e := range x.Entries {
		inRecords, inBodies = inRecords+int64(e.Record.Size), inBodies+int64(e.Body.Size)
	}
	if err1 != nil || err2 != nil || len(x.Entries) > 0 && (records.Name != x.Records || bodies.Name != x.Bodies ||
		records.Size() > 2*inRecords+wasteLimit || bodies.Size() > 2*inBodies+wasteLimit) {
		records.Close()
		bodies.Close()
		return false
	}
	all, ok := records.All()
	for i := range x.Entries {
		if e := &x.Entries[i]; ok {
			if e.Data, ok = e.Record.In(all); ok {
				l.known[e.Path] = *e
			}
		}
	}
	if !ok {
		records.Close()
		bodies.Close()
		clear(l.known)
		return false
	}
	l.records, l.bodies, l.last = records, bodies, x.Entries
	return true
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
			e.Record, e.Body, e.Data = old.Record, old.Body, old.Data
			l.next[n] = e
			return file, false
		}
	}
	file = parseFile(f.Path, data, md)
	if l.records == nil {
		return file, true
	}
	if stored, ok := l.shelve(file, &e); ok {
		file, l.next[n] = stored, e
	}
	if verify && known && old.Source == e.Source && old.Data != e.Data {
		bag.Addf(ruleStale, diag.Pos{File: f.Path}, "“%s”的缓存与重新解析的结果不一致", f.Path)
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

// shelve writes what a file says to the blobs and fills its entry. It returns the
// file as it will be read again, which needs less memory than as it was parsed.
func (l *archive) shelve(f *ledger.File, e *entry) (stored *ledger.File, ok bool) {
	var err error
	e.Data = f.Encode()
	if e.Record, err = l.records.Put([]byte(e.Data)); err != nil {
		return nil, false
	}
	if d := f.Doc(); d != nil {
		room := make([]byte, 0, len(d.Body.HTML)+len(d.Body.Text)+2*maxLength)
		if e.Body, err = l.bodies.Put(digest.Append(room, d.Body)); err != nil {
			return nil, false
		}
	}
	return ledger.DecodeFile(f.Path, e.Data)
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
	if d.Body.HTML != "" || l.bodies == nil {
		return d.Body
	}
	var body markup.Body
	if data, ok := l.bodies.Get(ref); ok {
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
	l.known, l.last = nil, l.next
	if l.decoded != nil { // there will be another build
		l.known = known
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
	if !found || l.records == nil {
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
	if file, ok = l.shelve(file, &e); !ok {
		return nil, false
	}
	l.last, l.changed = slices.Clone(l.last), true
	l.last[n], l.known[f.Path], l.decoded[f.Path] = e, e, file
	return file.Doc(), true
}

// save writes the archive for the next build, also for one that will mend what
// is wrong in this. A failure costs only time.
func (l *archive) save() {
	if l.records == nil {
		return
	}
	if l.changed {
		x := index{Records: l.records.Name, Bodies: l.bodies.Name}
		for _, e := range l.last {
			if e.Path != "" {
				x.Entries = append(x.Entries, e)
			}
		}
		l.dir.Save(indexName, x)
	}
	l.dir.Trim(publish.ManifestPrefix, indexName, l.records.Name, l.bodies.Name)
}

func (l *archive) close() {
	if l.records != nil {
		l.records.Close()
		l.bodies.Close()
	}
}
