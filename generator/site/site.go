// Package site makes the [Model] of a site from the book of its public records:
// its pages with their addresses, its sections, what belongs to what.
//
// An address ([Page.Path]) has no slash at the front and one at the end:
// notices/2026-qiyi/. It follows from where the page is written:
//
//	content/about.md              about/
//	content/news/2026/spring.md   news/2026/spring/
//	content/news/_index.md        news/
//	[[branch]] id = "dongjie"     branches/dongjie/
//
// slug in the head of a page replaces the last part. No address leaves the
// site, two pages never share one, and every address can be a folder on every
// system ([CheckPath]).
package site

import (
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/markup"
)

// Model is a site as a whole. It is not changed once it is made.
type Model struct {
	Config *config.Config
	Book   *ledger.Book // public records only
	AsOf   calendar.Date

	Pages    []*Page                  // all pages of records, sorted by address
	newest   map[*ledger.Kind][]*Page // of each kind, the newest first
	sections map[string]*ledger.Section
	byFile   func() map[string]*Page // made when it is asked for
	byEntry  map[ledger.Entry]*Page
}

// Page is the page of a record.
type Page struct {
	Path    string // address
	Index   int    // in the list of all pages
	Section string // first folder of content/, "" at the top
	Title   string
	Date    calendar.Date
	Entry   ledger.Entry
	Doc     *markup.Document // nil for rows
	Newer   *Page            // neighbours by date in the same section
	Older   *Page
}

// New makes the model. Addresses that cannot be go to bag.
func New(c *config.Config, b *ledger.Book, bag *diag.Bag) *Model {
	room := 0
	for k := range paged() {
		room += len(b.Entries(k))
	}
	m := &Model{Config: c, Book: b, AsOf: b.AsOf, sections: map[string]*ledger.Section{}, newest: map[*ledger.Kind][]*Page{},
		Pages: make([]*Page, 0, room), byEntry: make(map[ledger.Entry]*Page, room)}
	m.byFile = sync.OnceValue(m.files)
	for _, s := range ledger.All[ledger.Section](b) {
		m.sections[strings.TrimSuffix(strings.TrimSuffix(s.ID, "_index"), "/")] = s
	}
	var sorting sync.WaitGroup
	for k := range paged() {
		pages := m.addKind(k, bag)
		m.newest[k] = pages
		sorting.Go(func() { bind(pages) })
	}
	slices.SortFunc(m.Pages, func(a, b *Page) int { return strings.Compare(a.Path, b.Path) })
	for i, p := range m.Pages {
		p.Index = i
	}
	sorting.Wait()
	return m
}

// paged are the kinds whose records have pages.
func paged() iter.Seq[*ledger.Kind] {
	return func(yield func(*ledger.Kind) bool) {
		for _, l := range ledger.Ledgers() {
			for i := range l.Kinds {
				if k := &l.Kinds[i]; k.Paged && !yield(k) {
					return
				}
			}
		}
	}
}

// addKind adds the pages of a kind, and returns them once more.
func (m *Model) addKind(k *ledger.Kind, bag *diag.Bag) []*Page {
	first := len(m.Pages)
	for _, e := range m.Book.Entries(k) {
		if ledger.IDOf(e) == "" {
			continue // reported as missing
		}
		p := newPage(k, e)
		if !CheckPath(p.Path, p, bag) {
			continue
		}
		m.Pages = append(m.Pages, p)
		m.byEntry[e] = p
	}
	return slices.Clone(m.Pages[first:])
}

// bind sorts pages, the newest first, and makes them neighbours.
func bind(pages []*Page) {
	slices.SortFunc(pages, NewestFirst)
	for i := 1; i < len(pages) && !pages[i].Date.IsZero(); i++ {
		pages[i].Newer, pages[i-1].Older = pages[i-1], pages[i]
	}
}

func newPage(k *ledger.Kind, e ledger.Entry) *Page {
	p := &Page{Section: k.Ledger, Entry: e, Title: ledger.TitleOf(e)}
	id := ledger.IDOf(e)
	if pe, ok := e.(ledger.PageEntry); ok {
		page := ledger.PageOf(pe)
		p.Date, p.Doc = page.Date, page.Doc
		if page.Slug != "" {
			id = path.Join(path.Dir(id), page.Slug)
		}
	}
	if k.Ledger == "" {
		p.Section, _, _ = strings.Cut(id, "/")
		if p.Section == id {
			p.Section = ""
		}
		p.Path = id + "/"
		return p
	}
	p.Path = k.Ledger + "/" + id + "/"
	return p
}

// Address is the address of the page of a record, be it public or not.
func Address(k *ledger.Kind, e ledger.Entry) string { return newPage(k, e).Path }

// Pos returns the place that gives the page its address, for messages.
func (p *Page) Pos() diag.Pos {
	if _, ok := p.Entry.(ledger.PageEntry); ok {
		return p.Entry.At("slug")
	}
	return p.Entry.At("id")
}

// NewestFirst orders pages by date, the newest first and those without one last,
// then by address.
func NewestFirst(a, b *Page) int {
	if c := b.Date.Compare(a.Date); c != 0 {
		return c
	}
	return strings.Compare(a.Path, b.Path)
}

// Section returns the head of a folder's list, or nil.
func (m *Model) Section(folder string) *ledger.Section { return m.sections[folder] }

// Sections returns the folders that have a head of their own, sorted.
func (m *Model) Sections() []string {
	names := make([]string, 0, len(m.sections))
	for n := range m.sections {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// PageOf returns the page of a record, or nil when it has none.
func (m *Model) PageOf(e ledger.Entry) *Page { return m.byEntry[e] }

// PageAt returns the page of the record of a kind with that id, or nil.
func (m *Model) PageAt(k *ledger.Kind, id string) *Page {
	e := m.Book.Entry(k, id)
	if e == nil {
		return nil
	}
	return m.byEntry[e]
}

// DocOfFile returns the document of a Markdown file that is published, or nil.
func (m *Model) DocOfFile(file string) *markup.Document {
	if p := m.byFile()[file]; p != nil {
		return p.Doc
	}
	for _, s := range m.sections {
		if s.File() == file {
			return s.Doc
		}
	}
	return nil
}

// DocAt returns the document that the page at an address shows, or nil.
func (m *Model) DocAt(address string) *markup.Document {
	if p := m.AtAddress(address); p != nil {
		return p.Doc
	}
	if s := m.sections[strings.TrimSuffix(address, "/")]; s != nil {
		return s.Doc
	}
	return nil
}

// AtAddress returns the page of the record at an address, or nil.
func (m *Model) AtAddress(address string) *Page {
	if i, ok := slices.BinarySearchFunc(m.Pages, address, func(p *Page, a string) int { return strings.Compare(p.Path, a) }); ok {
		return m.Pages[i]
	}
	return nil
}

// PageOfFile returns the page that a content file makes, or nil.
func (m *Model) PageOfFile(file string) *Page { return m.byFile()[file] }

// files are the pages by the content file that makes them.
func (m *Model) files() map[string]*Page {
	files := make(map[string]*Page, len(m.Pages))
	for _, p := range m.Pages {
		if p.Doc != nil {
			files[p.Entry.File()] = p
		}
	}
	return files
}

// Newest returns the pages of a kind, the newest first; do not change it.
func (m *Model) Newest(k *ledger.Kind) []*Page { return m.newest[k] }

// In returns the pages of a section, sorted by address.
func (m *Model) In(section string) []*Page {
	var pages []*Page
	for _, p := range m.Pages {
		if p.Section == section {
			pages = append(pages, p)
		}
	}
	return pages
}
