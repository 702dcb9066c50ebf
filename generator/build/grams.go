package build

import (
	"encoding/binary"
	"slices"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/plan"
	"biandan/generator/search"
)

// The grams by which a search finds a page are found when its file is parsed, and lie
// beside the bodies, in a file of their own: an index asks for those of all pages, one
// after the other, and for nothing else.

// gramsOf returns the grams of the page that a file makes, which has its body; none when
// it makes no page.
func gramsOf(f *ledger.File) []search.Gram {
	if len(f.Entries) != 1 {
		return nil
	}
	pe, ok := f.Entries[0].(ledger.PageEntry)
	if !ok || ledger.PageOf(pe).Doc == nil {
		return nil
	}
	p := ledger.PageOf(pe)
	t := search.Texts{Title: p.Title, Text: append([]string{p.Summary, p.Doc.Text}, p.Tags...)}
	for _, h := range p.Doc.Headings.All() {
		t.Headings = append(t.Headings, h.Text)
	}
	return search.Grams(t)
}

// putGrams stores grams.
func putGrams(b *cache.Blobs, grams []search.Gram) (cache.Ref, error) {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = slices.Grow((*room)[:0], 4*len(grams))
	for _, g := range grams {
		*room = binary.LittleEndian.AppendUint32(*room, uint32(g))
	}
	return b.Put(*room)
}

// gramReader reads stored grams, one doc after the other.
type gramReader struct {
	blobs *cache.Reader
	grams []search.Gram
}

func (r *gramReader) get(ref cache.Ref) (grams []search.Gram, ok bool) {
	data, ok := r.blobs.Get(ref)
	if !ok {
		return nil, false
	}
	r.grams = slices.Grow(r.grams[:0], len(data)/4)[:len(data)/4]
	for i := range r.grams {
		r.grams[i] = search.Gram(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return r.grams, true
}

// grams returns the grams of the pages of this build, beside what was known before it.
func (b *build) grams() *plan.Grams {
	known, was, l := b.archive.last, b.was, b.archive
	places := sync.OnceValue(func() map[string]int { // all are asked for, several times
		m := make(map[string]int, len(known))
		for n := range known {
			m[known[n].Path] = n
		}
		return m
	})
	ref := func(file string) (e entry) {
		if n, ok := places()[file]; ok {
			e = known[n]
		}
		return e
	}
	again := func(file string) []search.Gram { // the cache has lost it
		if t, ok := b.snapshot.Text(file, b.bag); ok {
			return gramsOf(ledger.ParseFile(t, b.markdown))
		}
		return nil
	}
	g := &plan.Grams{Memory: &l.index, Key: func(file string) digest.Sum { return ref(file).Source }}
	g.Reader = func() func(file string) []search.Gram {
		if l.grams == nil {
			return func(file string) []search.Gram {
				if grams, ok := l.loose.Load(file); ok {
					return grams.(func() []search.Gram)()
				}
				return again(file)
			}
		}
		r := &gramReader{blobs: l.grams.Reader()}
		return func(file string) []search.Gram {
			if grams, ok := r.get(ref(file).Grams); ok {
				return grams
			}
			return again(file)
		}
	}
	g.Before = func(key digest.Sum) ([]search.Gram, bool) {
		n := slices.IndexFunc(was, func(e entry) bool { return e.Source == key })
		if n < 0 || l.grams == nil {
			return nil, false
		}
		return (&gramReader{blobs: l.grams.Reader()}).get(was[n].Grams)
	}
	return g
}
