package plan

import (
	"slices"
	"strings"
	"unicode"

	"biandan/generator/calendar"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/site"
	"biandan/generator/view"
)

// head makes the part of a view that every page has. crumbs lead from the home
// page, which is added here, to the parent.
func (p *page) head(section, title, description string, crumbs ...view.Link) view.Page {
	if description == "" {
		description = title + "，" + p.Config.Title
	}
	site := p.site()
	h := view.Page{Site: site.view, SiteKey: site.key, Kind: p.layout, Section: section, PageTitle: title, Description: clip(description, 120), Canonical: p.full(p.path)}
	longest := 0
	for i, item := range p.Config.Menu {
		if at := strings.TrimPrefix(item.URL, "/"); len(at) > longest && strings.HasPrefix(p.path, at) {
			longest, h.MenuURL = len(at), h.Site.Menu[i].URL
		}
	}
	if p.path != "" {
		h.Crumbs = append([]view.Link{p.link("首页", "")}, crumbs...)
	}
	return h
}

// common is what all pages with the same way to the root share, and its identity.
type common struct {
	view *view.Site
	key  string
}

func (p *page) site() common {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.sites[p.root]; ok {
		return s
	}
	c := p.Config
	s := &view.Site{Title: c.Title, County: c.County, Slogan: c.Slogan, Publisher: c.Publisher, Phone: c.Phone, Supervise: c.Supervise,
		Address: c.Address, ICP: c.ICP, Police: c.Police, Sample: c.Sample,
		Home: p.url(""), Sitemap: p.url("sitemap/"), Style: p.url(p.style), SheetStyle: p.url(p.sheetStyle), Script: p.url(p.script)}
	if p.emblem != "" {
		s.Emblem, s.EmblemGold = p.url(p.emblem), p.golden
	}
	for _, item := range c.Menu {
		link := view.Link{Text: item.Name, URL: item.URL}
		if !markup.IsExternal(item.URL) {
			link.URL = p.url(strings.TrimPrefix(item.URL, "/"))
		}
		s.Menu = append(s.Menu, link)
	}
	p.sites[p.root] = common{s, digest.Of(s).String()}
	return p.sites[p.root]
}

// sectionTitle returns the title of a folder: that of its _index.md, or its ledger's.
func (b *builder) sectionTitle(folder string) string {
	if s := b.Section(folder); s != nil {
		return s.Title
	}
	if l := ledger.Lookup(folder); l != nil {
		return l.Title
	}
	return folder
}

// sectionHead makes the head of a folder's index.
func (p *page) sectionHead(folder string) view.Page {
	summary := ""
	if s := p.Section(folder); s != nil {
		summary = s.Summary
	}
	return p.head(folder, p.sectionTitle(folder), summary)
}

// crumb is the link to a folder's index.
func (p *page) crumb(folder string) view.Link {
	return p.link(p.sectionTitle(folder), sectionPath(folder))
}

// linkTo returns a record's title with the link to its page, if it has one.
func (p *page) linkTo(e ledger.Entry) view.Link {
	l := view.Link{Text: ledger.TitleOf(e)}
	if to := p.PageOf(e); to != nil {
		l.URL = p.url(to.Path)
	}
	return l
}

// refLink is linkTo for a reference; empty when the book does not hold it.
func refLink[T any](p *page, r ledger.Ref[T]) view.Link {
	if t := r.In(p.Book); t != nil {
		return p.linkTo(any(t).(ledger.Entry))
	}
	return view.Link{}
}

func refTitle[T any](b *builder, r ledger.Ref[T]) string {
	if t := r.In(b.Book); t != nil {
		return ledger.TitleOf(any(t).(ledger.Entry))
	}
	return ""
}

func date(d calendar.Date) view.Date {
	if d.IsZero() {
		return view.Date{}
	}
	return view.Date{ISO: d.String(), Text: d.Chinese(), Weekday: d.ChineseWeekday()}
}

// clip shortens a text to n characters, with a dash for the rest.
func clip(s string, n int) string {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// fields keeps those that have a value.
func fields(list ...view.Field) []view.Field {
	return slices.DeleteFunc(list, func(f view.Field) bool { return f.Value == "" })
}

// neighbours returns the links to the next newer and the next older page.
func (p *page) neighbours(of *site.Page) (newer, older *view.Link) {
	if of.Newer != nil {
		newer = ptr(p.link(of.Newer.Title, of.Newer.Path))
	}
	if of.Older != nil {
		older = ptr(p.link(of.Older.Title, of.Older.Path))
	}
	return newer, older
}

func ptr[T any](v T) *T { return &v }
