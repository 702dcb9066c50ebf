package plan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"

	"biandan/generator/calendar"
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
}

// feedEntry is an entry of a feed.
type feedEntry struct {
	id, url, title, summary, author string
	day                             calendar.Date
}

// mostEntries is the length of a feed.
const mostEntries = 30

// planFeeds plans the feeds of a site that has an address; all are its events. It comes
// first, so that each page knows to which feed it belongs.
func planFeeds(b *Builder, all []dated) {
	if b.Config.BaseURL == "" {
		return
	}
	for _, f := range b.newest(all) {
		b.feeds[f.address] = f.entries[0].day
		b.addBytes(f.address+"feed.xml", f.file, func() []byte { return b.atom(f) })
		b.addBytes(f.address+"feed.json", f.file, func() []byte { return b.jsonFeed(f) })
	}
}

// newest gathers the feeds, each with its newest entries.
func (b *Builder) newest(all []dated) (feeds []*feed) {
	byAddress := map[string]*feed{}
	of := func(address, title, file string) *feed {
		f := byAddress[address]
		if f == nil {
			f = &feed{address: address, title: title, file: file}
			byAddress[address] = f
			feeds = append(feeds, f)
		}
		return f
	}
	about := func(e ledger.Entry) *feed {
		pg := b.PageOf(e)
		if e == nil || pg == nil {
			return &feed{} // nobody reads it
		}
		return of(pg.Path, pg.Title+" - "+b.Config.Title, e.File())
	}
	for _, pg := range b.published() {
		folder := SectionPath(pg.Section)
		whole, section := of("", b.Config.Title, source.ContentDir), of(folder, b.SectionTitle(pg.Section)+" - "+b.Config.Title, source.ContentDir+"/"+pg.Section)
		var subjects []ledger.Entry
		if s, ok := pg.Entry.(ledger.Concerning); ok {
			subjects = s.Subjects(b.Book)
		}
		if len(subjects) == 0 && whole.isFull(pg.Date) && section.isFull(pg.Date) {
			continue
		}
		entry := b.feedEntry(pg)
		whole.add(entry)
		section.add(entry)
		for _, e := range subjects {
			about(e).add(entry)
		}
	}
	for _, ev := range all {
		if ev.page != nil && !ev.page.Date.IsZero() {
			for _, e := range ev.Of {
				f := about(e)
				f.entries = append(f.entries, b.feedEntryOf(ev))
			}
		}
	}
	for _, f := range feeds {
		slices.SortStableFunc(f.entries, func(x, y feedEntry) int { return cmp.Or(y.day.Compare(x.day), strings.Compare(x.id, y.id)) })
		f.entries = slices.CompactFunc(f.entries, func(x, y feedEntry) bool { return x.id == y.id })
		f.entries = f.entries[:min(len(f.entries), mostEntries)]
	}
	return feeds
}

// published are the texts that were published on a day, the newest first.
func (b *Builder) published() (list []*site.Page) {
	for _, pg := range b.Pages {
		if e, ok := pg.Entry.(ledger.PageEntry); ok && pg.Section != "" && !pg.Date.IsZero() && !ledger.PageOf(e).Lasting {
			list = append(list, pg)
		}
	}
	slices.SortFunc(list, site.NewestFirst)
	return list
}

// isFull reports whether a text of a day has no room any more: newer ones came first.
func (f *feed) isFull(d calendar.Date) bool {
	return len(f.entries) >= mostEntries && d.Before(f.entries[len(f.entries)-1].day)
}

func (f *feed) add(e feedEntry) {
	if !f.isFull(e.day) {
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
	var out bytes.Buffer
	put := func(markup, text string) { // markup has one %
		before, after, _ := strings.Cut(markup, "%")
		out.WriteString(before)
		xml.EscapeText(&out, []byte(text))
		out.WriteString(after)
	}
	out.WriteString(xml.Header + `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">` + "\n")
	put("<title>%</title>\n", f.title)
	put("<id>%</id>\n", b.full(f.address+"feed.xml"))
	put("<updated>%</updated>\n", midnight(f.entries[0].day))
	put(`<link rel="self" type="application/atom+xml" href="%"/>`+"\n", b.full(f.address+"feed.xml"))
	put(`<link rel="alternate" type="text/html" href="%"/>`+"\n", b.full(f.address))
	put("<author><name>%</name></author>\n", b.Config.Publisher)
	for _, e := range f.entries {
		put("<entry>\n<title>%</title>\n", e.title)
		put("<id>%</id>\n", e.id)
		put(`<link rel="alternate" type="text/html" href="%"/>`+"\n", e.url)
		put("<updated>%</updated>\n", midnight(e.day))
		put("<published>%</published>\n", midnight(e.day))
		put("<author><name>%</name></author>\n", e.author)
		put("<summary>%</summary>\n</entry>\n", e.summary)
	}
	out.WriteString("</feed>\n")
	return out.Bytes()
}

// jsonFeed is the feed as https://www.jsonfeed.org/version/1.1/ has it.
func (b *Builder) jsonFeed(f *feed) []byte {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Authors   []author `json:"authors"`
	}
	v := struct {
		Version  string   `json:"version"`
		Title    string   `json:"title"`
		Home     string   `json:"home_page_url"`
		Self     string   `json:"feed_url"`
		Language string   `json:"language"`
		Authors  []author `json:"authors"`
		Items    []item   `json:"items"`
	}{"https://jsonfeed.org/version/1.1", f.title, b.full(f.address), b.full(f.address + "feed.json"), "zh-CN", []author{{b.Config.Publisher}}, nil}
	for _, e := range f.entries {
		v.Items = append(v.Items, item{e.id, e.url, e.title, e.summary, midnight(e.day), []author{{e.author}}})
	}
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err) // strings can always be written
	}
	return append(data, '\n')
}

// feedAt is the feed that belongs to the page at an address, as links to it; nil: none.
func (p *Page) feedAt(address, title string) *view.Feed {
	if _, ok := p.feeds[address]; !ok {
		return nil
	}
	return &view.Feed{Title: title, Atom: p.URL(address + "feed.xml"), JSON: p.URL(address + "feed.json")}
}
