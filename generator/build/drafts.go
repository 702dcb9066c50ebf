package build

import (
	"slices"
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
	index draftIndex // of the last build
	name  string     // of the index
	blobs *cache.Blobs
	known bool // the index is true of all that is published
	begun bool // the blobs are new, and no index on disk refers to them

	mu       sync.Mutex
	next     []draft          // of pages that were made by this build
	replaced map[[8]byte]bool // these pages
	gaps     bool             // a page was kept of which nothing is known
}

// draft says that a page shows a text. Both are named by the beginning of the
// digest of their path, so that the list is short.
type draft struct {
	Page, Text [8]byte
	Place      cache.Ref // of the draft; size 0: it shows more than that, and needs a plan
}

// draftIndex is the list on disk.
type draftIndex struct {
	Model digest.Sum
	Blobs string
	List  []draft
}

const (
	draftPrefix = "drafts-" // of the names of lists
	draftKind   = "draft"   // of their blobs
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
	}
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
	for i := range d.index.List {
		used += int64(d.index.List[i].Place.Size)
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
	if !d.known {
		return nil, false
	}
	text := shortName(file)
	for i := range d.index.List {
		known := &d.index.List[i]
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
	if d.blobs == nil || !d.known && len(shown)+len(o.More) == 0 {
		return
	}
	page := shortName(o.Path)
	var list []draft
	if kept, ok := o.Draft(encoded, shown); ok {
		room := rooms.Get().(*[]byte)
		defer rooms.Put(room)
		*room = digest.Append((*room)[:0], kept)
		place, err := d.blobs.Put(*room)
		if err != nil {
			place = cache.Ref{}
		}
		list = append(list, draft{page, shortName(kept.File), place})
	} else if len(shown)+len(o.More) > 0 {
		list = append(list, draft{Page: page, Text: shortName(o.File)})
		for _, file := range o.More {
			list = append(list, draft{Page: page, Text: shortName(file)})
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
	list := d.next
	if d.known {
		list = slices.DeleteFunc(d.index.List, func(p draft) bool { return d.replaced[p.Page] })
		list = append(list, d.next...)
	}
	if d.dir.Save(d.name, draftIndex{model, d.blobs.Name, list}) != nil {
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
