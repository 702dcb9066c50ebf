package build

import (
	"slices"
	"strings"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/search"
	"biandan/generator/source"
)

// archive remembers what content files say from one build to the next: their
// records, which are read together when the first is asked for, and the bodies of
// their documents, which are read one by one. A file depends on nothing but its bytes and the tool.
type archive struct {
	dir     *cache.Dir   // nil: no cache
	records *cache.Blobs // nil: they stay in memory, and the bodies, too
	bodies  *cache.Blobs
	grams   *cache.Blobs  // of the pages: see grams.go
	loose   sync.Map      // the grams of pages by their files, where there is no cache: func() []search.Gram
	stored  func() string // the records as they were on disk when one was asked for first
	last    []entry       // of the last build, sorted by path
	next    []entry       // of this build, by number of the file
	// files are those of last as they were decoded; nil: they are not kept in memory.
	files []*ledger.File
	keeps bool // whether they are to be kept, as there will be another build

	changed bool // what is known is no longer what is on disk

	looked plan.Looked   // what was found in attachments
	index  search.Memory // what is known of the index of the search
}

// entry is what is remembered of a content file.
type entry struct {
	Path   string
	Size   int64
	Stamp  uint64 // 0: written too lately to tell
	Source digest.Sum
	Record cache.Ref
	Body   cache.Ref
	Grams  cache.Ref
	Data   string `digest:"-"` // the record, if it was made by this process: see [ledger.File.Encode]
}

// index is the archive on disk.
type index struct {
	Records, Bodies, Grams string
	Entries                []entry
}

const (
	indexName  = "files"
	lookedName = "attachments"
	searchName = "search"
	wasteLimit = 1 << 20 // bytes of blobs nobody refers to, beside as much as is used
)

func openArchive(dir *cache.Dir) *archive {
	l := &archive{dir: dir}
	if dir == nil {
		return l
	}
	dir.Load(lookedName, &l.looked.Seen)
	dir.Load(searchName, &l.index)
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
	grams, err3 := l.dir.Blobs(x.Grams)
	var inRecords, inBodies, inGrams int64
	for _, e := range x.Entries {
		inRecords, inBodies, inGrams = inRecords+int64(e.Record.Size), inBodies+int64(e.Body.Size), inGrams+int64(e.Grams.Size)
	}
	kept := func(b *cache.Blobs, name string, used int64) bool {
		return b.Name == name && b.Size() <= 2*used+wasteLimit
	}
	good := err1 == nil && err2 == nil && err3 == nil &&
		(len(x.Entries) == 0 || kept(records, x.Records, inRecords) && kept(bodies, x.Bodies, inBodies) && kept(grams, x.Grams, inGrams))
	if !good {
		records.Close()
		bodies.Close()
		grams.Close()
		return false
	}
	l.records, l.bodies, l.grams, l.last = records, bodies, grams, x.Entries
	l.stored = sync.OnceValue(func() string {
		all, _ := records.All() // what is missing is a miss
		return all
	})
	return true
}

// entryOf begins the entry of a content file, with what the disk tells of it.
func (l *archive) entryOf(f source.File) entry {
	e := entry{Path: f.Path, Size: f.Size}
	if l.dir != nil && l.dir.Settled(f.ModTime) {
		e.Stamp = f.Stamp
	}
	return e
}

// isOf reports whether the disk tells that nobody has written the file since.
func (e *entry) isOf(f source.File) bool {
	return e.Stamp != 0 && e.Stamp == f.Stamp && e.Size == f.Size
}

// find returns the number of a content file in what is known.
func find(known []entry, path string) (n int, ok bool) {
	return slices.BinarySearchFunc(known, path, func(e entry, p string) int { return strings.Compare(e.Path, p) })
}

// record returns the record of a known entry; ok is false when the disk has it no more.
func (l *archive) record(e entry) (data string, ok bool) {
	if e.Data != "" {
		return e.Data, true
	}
	return e.Record.In(l.stored())
}

// contradicts reports whether what is remembered of an entry, if the disk still
// has it, is not the record given.
func (l *archive) contradicts(e entry, record string) bool {
	data, ok := l.record(e)
	return ok && data != record
}

// file returns what a content file says; parsed reports that it had to be read
// and parsed for that.
func (l *archive) file(n int, f source.File, s *source.Snapshot, md *markup.Parser, verify bool, bag *diag.Bag) (file *ledger.File, parsed bool) {
	place, known := n, n < len(l.last) && l.last[n].Path == f.Path // nearly always
	if !known {
		place, known = find(l.last, f.Path)
	}
	var old entry
	if known {
		old = l.last[place]
	}
	e := l.entryOf(f)
	if known && !verify && old.isOf(f) {
		if file, ok := l.decode(place); ok {
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
		if file, ok := l.decode(place); ok {
			e.Record, e.Body, e.Grams, e.Data = old.Record, old.Body, old.Grams, old.Data
			l.next[n] = e
			return file, false
		}
	}
	file = parseFile(f.Path, data, md)
	if l.records == nil {
		l.loose.Store(f.Path, sync.OnceValue(func() []search.Gram { return gramsOf(file) }))
		return file, true
	}
	if stored, ok := l.store(file, &e); ok {
		file, l.next[n] = stored, e
	}
	if known && verify && old.Source == e.Source && l.contradicts(old, e.Data) {
		bag.Addf(ruleStale, diag.Pos{File: f.Path}, "“%s”的缓存与重新解析的结果不一致", f.Path)
	}
	return file, true
}

func parseFile(path string, data []byte, md *markup.Parser) *ledger.File {
	found := &diag.Bag{}
	t, ok := source.NewText(path, data, found)
	if !ok {
		return &ledger.File{Path: path, Diags: found.List(), Broken: true}
	}
	f := ledger.ParseFile(t, md)
	f.Diags = append(found.List(), f.Diags...).Sort()
	return f
}

// decode returns the file of the known entry with that number.
func (l *archive) decode(n int) (*ledger.File, bool) {
	if l.files != nil {
		return l.files[n], true
	}
	data, ok := l.record(l.last[n])
	if !ok {
		return nil, false
	}
	return ledger.DecodeFile(l.last[n].Path, data)
}

// rooms are for bodies that are being encoded.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// store writes what a file says to the blobs and fills its entry. It returns the
// file as it will be read again, which needs less memory than as it was parsed.
func (l *archive) store(f *ledger.File, e *entry) (stored *ledger.File, ok bool) {
	var err error
	e.Data = f.Encode()
	if e.Record, err = l.records.PutString(e.Data); err != nil {
		return nil, false
	}
	if d := f.Doc(); d != nil {
		if e.Body, err = l.bodies.PutString(d.Body); err != nil {
			return nil, false
		}
		if e.Grams, err = putGrams(l.grams, gramsOf(f)); err != nil {
			return nil, false
		}
	}
	return ledger.DecodeFile(f.Path, e.Data)
}

// body returns the body of a document: from memory, from the blobs, or from the
// file itself once more.
func (l *archive) body(ref cache.Ref, d *markup.Document, again func() *markup.Document) string {
	if d.Body != "" || l.bodies == nil {
		return d.Body
	}
	if body, ok := l.bodies.Get(ref); ok {
		return body
	}
	if d = again(); d != nil {
		return d.Body
	}
	return ""
}

// edits are how the content differs from what was known of it.
type edits struct {
	texts []string // files of which only the text has changed
	words []string // files of which the text, the title and the summary may have changed
	rest  bool     // more has changed
}

// settle makes the entries of this build those that are known, and returns how they
// differ from those that were.
func (l *archive) settle(files []*ledger.File) (since edits) {
	was, now := 0, 0
	var kept []*ledger.File
	for i, e := range l.next {
		if e.Path == "" {
			since.rest = true // not read, or the build was interrupted
			continue
		}
		for was < len(l.last) && l.last[was].Path < e.Path {
			was, since.rest, l.changed = was+1, true, true // it is gone
		}
		known := was < len(l.last) && l.last[was].Path == e.Path
		switch {
		case !known:
			since.rest, l.changed = true, true
		case l.last[was].Source == e.Source:
			l.changed = l.changed || l.last[was].Stamp != e.Stamp || l.last[was].Body != e.Body
		default:
			l.changed = true
			switch old, ok := l.decode(was); {
			case ok && old.SameButText(files[i]):
				since.texts = append(since.texts, e.Path)
			case ok && old.SameButWords(files[i]):
				since.words = append(since.words, e.Path)
			default:
				since.rest = true
			}
		}
		if known {
			was++
		}
		l.next[now] = e
		now++
		if l.keeps {
			kept = append(kept, files[i])
		}
	}
	since.rest, l.changed = since.rest || was < len(l.last), l.changed || was < len(l.last)
	l.last, l.next, l.files = l.next[:now], nil, kept
	return since
}

// edit is a content file that was written since the archive knew it.
type edit struct {
	place int // in last
	entry entry
	file  *ledger.File
	doc   *markup.Document // nil: the file was touched, and says what it said
}

// reread reads a file again that was written; ok is false when more of it has
// changed than its text.
func (l *archive) reread(f source.File, s *source.Snapshot, md *markup.Parser) (e edit, ok bool) {
	place, found := find(l.last, f.Path)
	if !found || l.records == nil {
		return e, false
	}
	data, read := s.Bytes(f.Path, &diag.Bag{})
	if !read {
		return e, false
	}
	was := l.last[place]
	e = edit{place: place, entry: l.entryOf(f)}
	if e.entry.Source = digest.Bytes(data); was.Source == e.entry.Source {
		e.entry.Record, e.entry.Body, e.entry.Grams, e.entry.Data = was.Record, was.Body, was.Grams, was.Data
		if l.files != nil {
			e.file = l.files[place]
		}
		return e, true
	}
	old, ok := l.single(place)
	file := parseFile(f.Path, data, md)
	if !ok || !old.SameButText(file) {
		return e, false
	}
	e.doc = file.Doc()
	e.file, ok = l.store(file, &e.entry)
	return e, ok
}

// single is decode where no other files are asked for.
func (l *archive) single(n int) (*ledger.File, bool) {
	if l.files != nil || l.last[n].Data != "" {
		return l.decode(n)
	}
	data, ok := l.records.Get(l.last[n].Record)
	if !ok {
		return nil, false
	}
	return ledger.DecodeFile(l.last[n].Path, data)
}

// with returns what is known with the edits; bodies of the build before are found
// with what was known.
func (l *archive) with(edits []edit) []entry {
	known := slices.Clone(l.last)
	for _, e := range edits {
		known[e.place] = e.entry
	}
	return known
}

// replace takes what with has returned for what is known.
func (l *archive) replace(known []entry, edits []edit) {
	for _, e := range edits {
		l.changed = l.changed || l.last[e.place] != e.entry
		if l.files != nil {
			l.files[e.place] = e.file
		}
	}
	l.last = known
}

// save writes the archive for the next build, also for one that will mend what
// is wrong in this. A failure costs only time.
func (l *archive) save() {
	if l.records == nil {
		return
	}
	if l.changed && l.records.Flush() == nil && l.bodies.Flush() == nil && l.grams.Flush() == nil {
		x := index{Records: l.records.Name, Bodies: l.bodies.Name, Grams: l.grams.Name, Entries: l.last}
		l.dir.Save(indexName, x)
	}
	if l.looked.Changed && l.dir.Save(lookedName, l.looked.Seen) == nil {
		l.looked.Changed = false
	}
	l.dir.Trim(publish.ManifestPrefix, indexName, l.records.Name, l.bodies.Name, l.grams.Name)
}

// saveIndex writes what is known of the index of the search, for the next build.
func (l *archive) saveIndex() {
	if l.dir != nil && l.index.Changed && l.dir.Save(searchName, &l.index) == nil {
		l.index.Changed = false
	}
}

func (l *archive) close() {
	if l.records != nil {
		l.records.Close()
		l.bodies.Close()
		l.grams.Close()
	}
}
