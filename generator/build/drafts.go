package build

import (
	"encoding/binary"
	"iter"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/digest"
	"biandan/generator/plan"
)

// drafts are the pages of a site that show the text of a content file, kept
// without it from one build to the next: see [plan.Draft]. They belong to what
// was published to a folder, and are only believed as long as that was made from
// the same records.
type drafts struct {
	dir   *cache.Dir // nil: none are kept
	name  string     // of the index
	index draftIndex // of the last build
	list  draftList
	blobs *cache.Blobs
	known bool // the list is true of all that is published
	begun bool // the blobs are new, and no index on disk refers to them

	mu       sync.Mutex
	next     []byte           // of pages that were made by this build
	replaced map[[8]byte]bool // these pages
	gaps     bool             // a page was kept of which nothing is known
}

// draft says that a page shows a text. Both are named by the beginning of the
// digest of their path, so that the list is short.
type draft struct {
	Page, Text [8]byte
	Place      cache.Ref // of the draft; size 0: it shows more than that, and needs a plan
}

// draftSize is the number of bytes of a draft in a list.
const draftSize = 8 + 8 + 8 + 4 + 4

func (p draft) append(list []byte) []byte {
	list = append(append(list, p.Page[:]...), p.Text[:]...)
	list = binary.LittleEndian.AppendUint64(list, uint64(p.Place.Offset))
	list = binary.LittleEndian.AppendUint32(list, uint32(p.Place.Size))
	return binary.LittleEndian.AppendUint32(list, p.Place.Checksum)
}

// draftList is a list as it is on disk: it is long, and most of it is never
// looked at.
type draftList string

func (l draftList) all() iter.Seq[draft] {
	return func(yield func(draft) bool) {
		for ; len(l) >= draftSize; l = l[draftSize:] {
			var p draft
			at := copy(p.Page[:], l)
			at += copy(p.Text[:], l[at:])
			number := []byte(l[at:draftSize])
			p.Place = cache.Ref{Offset: int64(binary.LittleEndian.Uint64(number)), Size: int(binary.LittleEndian.Uint32(number[8:])), Checksum: binary.LittleEndian.Uint32(number[12:])}
			if !yield(p) {
				return
			}
		}
	}
}

// draftIndex says what the drafts of a site are made from and where they are.
// An edit of a text changes only the model, not the list.
type draftIndex struct {
	Model  digest.Sum
	Blobs  string
	Listed digest.Sum // the model of the list
}

// listedDrafts is the list on disk. Another build may have written it last.
type listedDrafts struct {
	Model digest.Sum
	Blobs string
	List  draftList
}

const (
	draftPrefix = "drafts-" // of the names of indexes
	listPrefix  = "list-"   // of the names of lists, before that of the index
	draftKind   = "draft"   // of blobs
)

func shortName(path string) [8]byte {
	sum := digest.Bytes([]byte(path))
	return [8]byte(sum[:8])
}

// openDrafts opens the drafts of the site with the manifest of that name.
func openDrafts(dir *cache.Dir, manifest string) *drafts {
	d := &drafts{dir: dir, name: draftPrefix + manifest, replaced: map[[8]byte]bool{}}
	if dir == nil || !dir.Load(d.name, &d.index) {
		d.index = draftIndex{}
		return d
	}
	var l listedDrafts
	if !dir.Load(listPrefix+d.name, &l) || l.Model != d.index.Listed || l.Blobs != d.index.Blobs {
		d.index.Model = digest.Sum{}
		return d
	}
	d.list = l.List
	return d
}

// believe takes the drafts for those of a site that was made from the model.
// Where they are of another one, or more than half of their file is waste, new
// ones are begun.
func (d *drafts) believe(model digest.Sum) {
	if d.dir == nil {
		return
	}
	var used int64
	for p := range d.list.all() {
		used += int64(p.Place.Size)
	}
	name := d.index.Blobs
	if model == (digest.Sum{}) || d.index.Model != model {
		name = ""
	}
	d.blobs, _ = d.dir.Blobs(draftKind, name)
	if d.blobs != nil && d.blobs.Name == name && d.blobs.Size() > 2*used+wasteLimit {
		d.blobs.Close()
		d.blobs, _ = d.dir.Blobs(draftKind, "")
	}
	d.known = d.blobs != nil && d.blobs.Name == name
	d.begun = !d.known
}

// of returns the drafts of the pages that show the text of a file and are still
// owned; ok is false when one of them needs a plan.
func (d *drafts) of(file string, owns func(page string) bool) (pages []plan.Draft, ok bool) {
	text := shortName(file)
	for known := range d.list.all() {
		if known.Text != text {
			continue
		}
		var p plan.Draft
		data, ok := d.blobs.Get(known.Place)
		if !ok || known.Place.Size == 0 {
			return nil, false
		}
		if rest, err := digest.Decode(data, &p); err != nil || rest != "" || p.File != file {
			return nil, false
		}
		if owns(p.Path) { // it may be gone
			pages = append(pages, p)
		}
	}
	return pages, true
}

// expect makes room for the drafts of so many outputs, when all are to be kept.
func (d *drafts) expect(outputs int) {
	if d.blobs != nil && !d.known {
		d.next = make([]byte, 0, outputs*draftSize)
	}
}

// skip says that a page was kept unseen.
func (d *drafts) skip() {
	if !d.known {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.gaps = true
	}
}

// put keeps a page, of which the encoded view is given, and the texts it shows.
func (d *drafts) put(o *plan.Output, encoded []byte, shown []plan.Shown) {
	if d.blobs == nil || !d.known && len(shown) == 0 && o.Board == nil {
		return
	}
	page := shortName(o.Path)
	var list []byte
	if kept, ok := o.Draft(encoded, shown); ok {
		room := rooms.Get().(*[]byte)
		defer rooms.Put(room)
		*room = digest.Append((*room)[:0], kept)
		place, err := d.blobs.Put(*room)
		if err != nil {
			place = cache.Ref{}
		}
		list = draft{page, shortName(kept.File), place}.append(list)
	} else if len(shown) > 0 || o.Board != nil {
		for _, file := range append([]string{o.File}, o.Others()...) {
			list = draft{Page: page, Text: shortName(file)}.append(list)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next = append(d.next, list...)
	if d.known {
		d.replaced[page] = true
	}
}

// save keeps the drafts for the next build, after the site was made from the
// model and published. A failure costs only time.
func (d *drafts) save(model digest.Sum) {
	if d.blobs == nil || d.gaps || model == (digest.Sum{}) || d.known && model == d.index.Model && len(d.replaced) == 0 {
		return
	}
	if d.blobs.Flush() != nil {
		return
	}
	now := draftIndex{model, d.blobs.Name, d.index.Listed}
	if !d.known || len(d.replaced) > 0 {
		list := d.next
		if d.known {
			for p := range d.list.all() {
				if !d.replaced[p.Page] {
					list = p.append(list)
				}
			}
		}
		now.Listed = model
		if d.dir.Save(listPrefix+d.name, listedDrafts{now.Listed, now.Blobs, draftList(list)}) != nil {
			return
		}
	}
	if d.dir.Save(d.name, now) != nil {
		return
	}
	if d.begun = false; d.index.Blobs != "" && d.index.Blobs != d.blobs.Name {
		d.dir.Remove(d.index.Blobs)
	}
}

// close gives up what was not saved.
func (d *drafts) close() {
	if d == nil || d.blobs == nil {
		return
	}
	d.blobs.Close()
	if d.begun {
		d.dir.Remove(d.blobs.Name)
	}
	d.blobs = nil
}
