package plan

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/search"
	"biandan/generator/source"
	"biandan/generator/view"
)

// Grams are the grams of the pages that content files make, as a build has them.
type Grams struct {
	Reader func() func(file string) []search.Gram
	Key    func(file string) digest.Sum // identity of what the file says
	Before func(key digest.Sum) (grams []search.Gram, ok bool)
	Memory *search.Memory
	// Written returns an output as it was published last; ok is false when it does not
	// stand as it was written. Nil: nothing is published.
	Written func(path string) (data []byte, ok bool)
}

const (
	searchFolder = "search/"
	blockDocs    = 16 // docs of a block
)

// planSearch plans the page on which readers search, and the index that its script reads.
// It comes when all pages are planned.
func planSearch(b *Builder) {
	found := b.findable()
	all := slices.DeleteFunc(slices.Clone(found.records), b.hasNoPage)
	records := len(all)
	all = append(all, found.dated...)
	b.found = all
	for i := range all {
		if k := all[i].kind; !slices.Contains(b.foundKinds, k) {
			b.foundKinds = append(b.foundKinds, k)
		}
	}
	bits := search.ShardBits(len(all))
	shards, asScripts := 1<<bits, b.Config.Links == config.Relative
	searchLayout.Page(b, searchFolder, "搜索", b.SectionPos(""), func(p *Page) view.Search {
		v := view.Search{Page: p.Head("", "搜索", "按几个字、拼音或者首字母，找服务、驿站、公示、活动和党组织")}
		v.Index = view.SearchIndex{Docs: len(all), Limit: search.Limit(len(all)), Records: records, Bits: int(bits), Block: blockDocs, At: p.folder(searchFolder), Root: p.folder(""), Version: b.searchVersion(), Kinds: strings.Join(b.kindNames(), ";")}
		if asScripts {
			v.Index.File = indexFile
		}
		v.Script = p.asset(b.searcher)
		for _, l := range nameLists {
			v.Lists = append(v.Lists, p.Link(l.title, l.address))
		}
		v.Kinds = p.kindsFound()
		return v
	})
	planNames(b, records)
	for i := range shards {
		o := b.addBytes(shardPath(i, asScripts), source.ContentDir, nil)
		o.texts = &made{
			bytes: func(t *Texts) []byte {
				shard := t.indexOf(b).index.Shard(i)
				if asScripts {
					return script("s", i, strconv.AppendQuote(nil, base64.StdEncoding.EncodeToString(shard)))
				}
				return shard
			},
			key: func(t *Texts) digest.Sum { return t.indexOf(b).index.Key(i) },
		}
	}
	for i := range (len(all) + blockDocs - 1) / blockDocs {
		b.addBytes(fmt.Sprintf("%sd/%d.js", searchFolder, i), source.ContentDir, func() []byte { return script("d", i, b.block(all[i*blockDocs:min(len(all), (i+1)*blockDocs)])) })
	}
}

// folder is what stands before the addresses of files in a folder.
func (p *Page) folder(address string) string {
	const file = "x"
	return strings.TrimSuffix(p.URL(address+file), file)
}

// shardPath sorts as the number does.
func shardPath(i int, asScripts bool) string {
	if asScripts {
		return fmt.Sprintf("%ss/%04x.js", searchFolder, i)
	}
	return fmt.Sprintf("%ss/%04x.bin", searchFolder, i)
}

// script gives a part of the index to the script that asked for it. Shards are scripts where
// a site may be opened from a disk, from which nothing else can be read; others are bytes.
func script(what string, i int, value []byte) []byte {
	out := append([]byte("biandan."+what+"("), strconv.Itoa(i)...)
	out = append(append(out, ','), value...)
	return append(out, ");\n"...)
}

// made is how a file is made that depends on the texts of many pages.
type made struct {
	bytes func(t *Texts) []byte
	key   func(t *Texts) digest.Sum
}

// indexed is the index of a site with its texts.
type indexed struct {
	index *search.Index
	keys  []digest.Sum // of its docs
}

// indexOf returns the index, which is begun when it is asked for first.
func (t *Texts) indexOf(b *Builder) *indexed {
	t.indexing.Do(func() {
		rows := make([][]search.Gram, len(b.found)) // of those that are no texts
		x := &indexed{keys: make([]digest.Sum, len(b.found))}
		by := map[*ledger.Kind]fields{}
		for i := range b.found {
			f := &b.found[i]
			if f.isText() {
				x.keys[i] = t.Grams.Key(f.entry.File())
				continue
			}
			if _, known := by[f.kind]; !known {
				by[f.kind] = fieldsOf(f.kind)
			}
			texts := b.textsOf(f, by[f.kind])
			x.keys[i], rows[i] = digest.Of(texts), search.Grams(texts)
		}
		x.index = search.New(len(b.found), func() func(doc int) []search.Gram {
			reader := t.Grams.Reader()
			return func(doc int) []search.Gram {
				if f := &b.found[doc]; f.isText() {
					return reader(f.entry.File())
				}
				return rows[doc]
			}
		})
		x.index.Recall(t.Grams.Memory, x.keys, t.Grams.Before, t.Grams.shards(b.Config.Links == config.Relative))
		t.index = x
	})
	return t.index
}

// shards are those that were published.
func (g *Grams) shards(asScripts bool) search.Published {
	if g.Written == nil {
		return nil
	}
	return func(i int) (shard []byte, ok bool) {
		data, ok := g.Written(shardPath(i, asScripts))
		if !ok || !asScripts {
			return data, ok
		}
		quoted := bytes.Split(data, []byte{'"'})
		if len(quoted) != 3 {
			return nil, false
		}
		shard, err := base64.StdEncoding.DecodeString(string(quoted[1]))
		return shard, err == nil
	}
}

// Remember keeps what the next build has to know of the index, when it was made.
func (t *Texts) Remember() {
	if t.index != nil {
		t.index.index.Remember(t.Grams.Memory, t.index.keys)
	}
}

// block is what is shown of some docs: of each a list, which ends where nothing more is
// known: title, address, kind by its number, day, note, phone, first day, last day, hours.
func (b *Builder) block(docs []found) []byte {
	w := graphWriter("[")
	for i := range docs {
		f := &docs[i]
		day, known := iso(f.day), f.kind.HitOf(b.Book, f.entry)
		first, last := iso(known.From), iso(known.To)
		if f.event != nil {
			known = ledger.Hit{Note: strings.TrimSpace(f.event.Hours + " " + f.event.Place)}
			first, last = day, day
		}
		if i > 0 {
			w.raw(",")
		}
		w = appendJSON(append(w, '['), b.titleOf(f))
		w = appendJSON(append(w, ','), b.addressOf(f)+f.inPage())
		w = strconv.AppendInt(append(w, ','), int64(slices.Index(b.foundKinds, f.kind)), 10)
		rest := append([]string{day, known.Note, known.Phone, first, last}, known.Open...)
		for len(rest) > 0 && rest[len(rest)-1] == "" {
			rest = rest[:len(rest)-1]
		}
		for _, s := range rest {
			w = appendJSON(append(w, ','), s)
		}
		w.raw("]")
	}
	w.raw("]")
	return w
}

// iso is a day as it is written in data; "" for none.
func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// kindNames are the names of the kinds of what is found, by their numbers.
func (b *Builder) kindNames() (names []string) {
	for _, k := range b.foundKinds {
		names = append(names, k.Title)
	}
	return names
}

// searchVersion is the identity of the numbers of docs: what a browser has kept of an index
// with other numbers is not to be used.
func (b *Builder) searchVersion() string {
	addresses := make([]string, len(b.found))
	for i := range b.found {
		addresses[i] = b.addressOf(&b.found[i])
	}
	return digest.Of(addresses, b.kindNames()).String()[:8]
}

// kindsFound are the ledgers and what of them has a name, for readers without a script.
func (p *Page) kindsFound() (groups []view.LinkGroup) {
	at := map[string]int{}
	for i := range p.found {
		f := &p.found[i]
		folder := f.kind.Ledger
		if folder == "" || f.event != nil || !f.day.IsZero() {
			continue
		}
		n, ok := at[folder]
		if !ok {
			n = len(groups)
			at[folder] = n
			groups = append(groups, view.LinkGroup{Title: p.SectionTitle(folder), URL: p.URL(SectionPath(folder))})
		}
		groups[n].Links = append(groups[n].Links, p.linkToFound(f))
	}
	return groups
}

var searchLayout = Layout[view.Search]("search")
