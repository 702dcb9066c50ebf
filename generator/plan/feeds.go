package plan

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"iter"
	"slices"
	"strings"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

// What readers subscribe to: the newest of the site, of each folder whose pages have
// their days, and of each record that texts and events are about. A feed tells titles
// and summaries; its dates are those of the records, so another day changes none.

// feed is what stands in one; address is that of the page that it belongs to.
type feed struct {
	address, title string
	file           string // content file or folder
	entries        []feedEntry

	kind *ledger.Kind // of the last text that was added
	from int          // the first entry of this kind
}

// feedEntry is an entry of a feed.
type feedEntry struct {
	id, url, title, summary, author string
	day                             calendar.Date
}

// mostEntries is the length of a feed.
const mostEntries = 30

// planFeeds plans the feeds.
func planFeeds(b *Builder) {
	for _, f := range b.feeds().list {
		key := sync.OnceValue(func() digest.Sum { return digest.Bytes(b.jsonFeed(f)) }) // both tell the same
		b.addBytes(f.address+"feed.xml", f.file, func() []byte { return b.atom(f) }).key = key
		b.addBytes(f.address+"feed.json", f.file, func() []byte { return b.jsonFeed(f) }).key = key
	}
}

// feeds are those of a site, also by the addresses of their pages.
type feeds struct {
	list []*feed
	of   map[string]*feed
}

// feedDay is the day of the newest entry of the feed of a page.
func (b *Builder) feedDay(address string) (day calendar.Date, ok bool) {
	f, ok := b.feeds().of[address]
	if ok {
		day = f.entries[0].day
	}
	return day, ok
}

// findFeeds returns the feeds of a site that has an address; all are its events.
func (b *Builder) findFeeds(all []dated) (found feeds) {
	if b.Config.BaseURL == "" {
		return found
	}
	list := b.newest(all)
	found.list, found.of = list, make(map[string]*feed, len(list))
	for _, f := range list {
		found.of[f.address] = f
	}
	return found
}

// gathered are feeds while they are gathered; what each belongs to is looked up once.
type gathered struct {
	*Builder
	list      []*feed
	byAddress map[string]*feed
	sections  map[string]*feed
	subjects  map[ledger.Entry]*feed
}

// at returns the feed of the page at an address, a new one with a title before that of the
// site when it is asked for first.
func (g *gathered) at(address, title, file string) *feed {
	f := g.byAddress[address]
	if f == nil {
		f = &feed{address: address, title: title + g.Config.Title, file: file}
		g.byAddress[address] = f
		g.list = append(g.list, f)
	}
	return f
}

// in returns the feed of a folder.
func (g *gathered) in(folder string) *feed {
	f := g.sections[folder]
	if f == nil {
		f = g.at(SectionPath(folder), g.SectionTitle(folder)+" - ", source.ContentDir+"/"+folder)
		g.sections[folder] = f
	}
	return f
}

// about returns the feed of a record; one that nobody reads, when it has no page.
func (g *gathered) about(e ledger.Entry) *feed {
	f := g.subjects[e]
	if f == nil {
		f = &feed{}
		if pg := g.PageOf(e); pg != nil {
			f = g.at(pg.Path, pg.Title+" - ", e.File())
		}
		g.subjects[e] = f
	}
	return f
}

// newest gathers the feeds, each with its newest entries.
func (b *Builder) newest(all []dated) []*feed {
	g := &gathered{Builder: b, byAddress: map[string]*feed{}, sections: map[string]*feed{}, subjects: map[ledger.Entry]*feed{}}
	var to []*feed
	for k, pg := range b.published() {
		to = append(to[:0], g.at("", "", source.ContentDir), g.in(pg.Section))
		if s, ok := pg.Entry.(ledger.Concerning); ok {
			for _, e := range s.Subjects(b.Book) {
				to = append(to, g.about(e))
			}
		}
		if to = slices.DeleteFunc(to, func(f *feed) bool { return f.isFull(k, pg.Date) }); len(to) == 0 {
			continue
		}
		entry := b.feedEntry(pg)
		for _, f := range to {
			f.add(k, entry)
		}
	}
	for _, ev := range all {
		if ev.page != nil && !ev.page.Date.IsZero() {
			for _, e := range ev.Of {
				f := g.about(e)
				f.entries = append(f.entries, b.feedEntryOf(ev))
			}
		}
	}
	for _, f := range g.list {
		slices.SortStableFunc(f.entries, func(x, y feedEntry) int { return cmp.Or(y.day.Compare(x.day), strings.Compare(x.id, y.id)) })
		f.entries = slices.CompactFunc(f.entries, func(x, y feedEntry) bool { return x.id == y.id })
		f.entries = f.entries[:min(len(f.entries), mostEntries)]
	}
	return g.list
}

// published are the texts that were published on a day, of each kind the newest first.
func (b *Builder) published() iter.Seq2[*ledger.Kind, *site.Page] {
	return func(yield func(*ledger.Kind, *site.Page) bool) {
		for _, l := range ledger.Ledgers() {
			for i := range l.Kinds {
				for _, pg := range b.Newest(&l.Kinds[i]) {
					e, ok := pg.Entry.(ledger.PageEntry)
					if !ok || pg.Date.IsZero() {
						break // those without a day come last
					}
					if pg.Section != "" && !ledger.PageOf(e).Lasting && !yield(&l.Kinds[i], pg) {
						return
					}
				}
			}
		}
	}
}

// isFull reports whether a text of a day has no room any more: newer ones of its kind
// came first.
func (f *feed) isFull(k *ledger.Kind, d calendar.Date) bool {
	return f.kind == k && len(f.entries)-f.from >= mostEntries && d.Before(f.entries[len(f.entries)-1].day)
}

func (f *feed) add(k *ledger.Kind, e feedEntry) {
	if f.kind != k {
		f.kind, f.from = k, len(f.entries)
	}
	if !f.isFull(k, e.day) {
		f.entries = append(f.entries, e)
	}
}

func (b *Builder) feedEntry(pg *site.Page) feedEntry {
	to := b.full(pg.Path)
	return feedEntry{id: to, url: to, title: pg.Title, summary: cmp.Or(Summary(pg), pg.Title), author: b.sourceOf(pg), day: pg.Date}
}

// feedEntryOf tells of an event on the day on which it was announced.
func (b *Builder) feedEntryOf(ev dated) feedEntry {
	title := ev.Title
	if ev.Off != "" {
		title = "（取消）" + title
	}
	parts := []string{ev.Day.Chinese() + "（" + ev.Day.ChineseWeekday() + "）" + ev.Hours}
	if ev.Place != "" {
		parts = append(parts, ev.Place)
	}
	return feedEntry{id: "tag:" + b.Config.Domain() + ",2026:" + strings.TrimSuffix(ev.uid, "@biandan"), url: b.full(ev.page.Path),
		title: title, summary: strings.Join(parts, "，"), author: b.Config.Publisher, day: ev.page.Date}
}

// midnight is a day as feeds write it.
func midnight(d calendar.Date) string { return d.String() + "T00:00:00+08:00" }

func (b *Builder) atom(f *feed) []byte {
	w := make(graphWriter, 0, usualEntry*(1+len(f.entries)))
	w.raw(xml.Header + `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">` + "\n<title>")
	w.xml(f.title, "</title>\n<id>")
	w.xml(b.full(f.address+"feed.xml"), "</id>\n<updated>")
	w.raw(midnight(f.entries[0].day) + "</updated>\n" + `<link rel="self" type="application/atom+xml" href="`)
	w.xml(b.full(f.address+"feed.xml"), `"/>`+"\n"+`<link rel="alternate" type="text/html" href="`)
	w.xml(b.full(f.address), `"/>`+"\n<author><name>")
	w.xml(b.Config.Publisher, "</name></author>\n")
	for _, e := range f.entries {
		day := midnight(e.day)
		w.raw("<entry>\n<title>")
		w.xml(e.title, "</title>\n<id>")
		w.xml(e.id, "</id>\n"+`<link rel="alternate" type="text/html" href="`)
		w.xml(e.url, `"/>`+"\n<updated>"+day+"</updated>\n<published>"+day+"</published>\n<author><name>")
		w.xml(e.author, "</name></author>\n<summary>")
		w.xml(e.summary, "</summary>\n</entry>\n")
	}
	w.raw("</feed>\n")
	return w
}

// usualEntry is how many bytes an entry takes.
const usualEntry = 640

// xml writes a text, and markup behind it.
func (w *graphWriter) xml(text, markup string) {
	if strings.ContainsFunc(text, needsEscape) || strings.Contains(text, "'") {
		var out bytes.Buffer
		xml.EscapeText(&out, []byte(text))
		text = out.String()
	}
	w.raw(text)
	w.raw(markup)
}

// jsonFeed is the feed as https://www.jsonfeed.org/version/1.1/ has it.
func (b *Builder) jsonFeed(f *feed) []byte {
	w := make(graphWriter, 0, usualEntry*(1+len(f.entries)))
	w.raw(`{"version":"https://jsonfeed.org/version/1.1","language":"zh-CN"`)
	w.field(`,"title":`, f.title)
	w.field(`,"home_page_url":`, b.full(f.address))
	w.field(`,"feed_url":`, b.full(f.address+"feed.json"))
	w.field(`,"authors":[{"name":`, b.Config.Publisher)
	w.raw(`}],"items":[`)
	for i, e := range f.entries {
		if i > 0 {
			w.raw(",")
		}
		w.field("\n"+`{"id":`, e.id)
		w.field(`,"url":`, e.url)
		w.field(`,"title":`, e.title)
		w.field(`,"content_text":`, e.summary)
		w.field(`,"date_published":`, midnight(e.day))
		w.field(`,"authors":[{"name":`, e.author)
		w.raw("}]}")
	}
	w.raw("\n]}\n")
	return w
}

// feedAt is the feed that belongs to the page at an address, as links to it; nil: none.
func (p *Page) feedAt(address, title string) *view.Feed {
	if _, ok := p.feedDay(address); !ok {
		return nil
	}
	return &view.Feed{Title: title, Atom: p.URL(address + "feed.xml"), JSON: p.URL(address + "feed.json")}
}
