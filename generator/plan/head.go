package plan

import (
	"html/template"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/site"
	"biandan/generator/view"
)

// Head makes the part of a view that every page has. crumbs lead from the home
// page, which is added here, to the parent.
func (p *Page) Head(section, title, description string, crumbs ...view.Link) view.Page {
	if description == "" {
		description = title + "，" + p.Config.Title
	}
	site := p.site()
	h := view.Page{Site: site.view, SiteKey: site.key, Layout: path.Base(p.layout), Section: section, PageTitle: title, Description: clip(description, mostDescription), Canonical: p.full(p.Path)}
	longest := 0
	for i, item := range p.Config.Menu {
		if at := strings.TrimPrefix(item.URL, "/"); len(at) > longest && strings.HasPrefix(p.Path, at) {
			longest, h.MenuURL = len(at), h.Site.Menu[i].URL
		}
	}
	if p.Path != "" {
		h.Crumbs = append([]view.Link{p.Link("首页", "")}, crumbs...)
	}
	if !isSheet(p.layout) {
		p.tag(&h)
	}
	return h
}

// mostDescription is the number of characters of a page's description.
const mostDescription = 120

// common is what all pages with the same way to the root share, and its identity.
type common struct {
	view *view.Site
	key  string
}

func (p *Page) site() common {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.sites[p.root]; ok {
		return s
	}
	c := p.Config
	s := &view.Site{Title: c.Title, County: c.County, Slogan: c.Slogan, Domain: c.Domain(), ID: c.SiteID, Publisher: c.Publisher, Operator: c.Operator,
		Phone: c.Phone, Supervise: c.Supervise, Address: c.Address, ICP: c.ICP, Police: c.Police, PoliceURL: c.PoliceURL(), Conac: c.ConacURL(), Mistakes: c.MistakesURL(),
		Mourning: slices.Contains(c.Mourning, p.AsOf), Sample: c.Sample, About: p.about(), Home: p.URL(""), Sitemap: p.URL("sitemap/"), Search: p.URL(searchFolder), Style: p.asset(p.style), SheetStyle: p.asset(p.sheetStyle), Script: p.asset(p.script)}
	if p.share != "" {
		s.Share = p.full(p.share)
	}
	if c.Links == config.Relative {
		s.Disk = " file:"
	}
	if p.hasWorker() && c.Offline {
		s.Worker = p.URL(workerFile)
	}
	if p.emblem != "" {
		s.Emblem, s.EmblemGold = p.URL(p.emblem), p.golden
	}
	for _, item := range c.Menu {
		link := view.MenuItem{Link: view.Link{Text: item.Name, URL: item.URL}, Outside: markup.IsExternal(item.URL)}
		if !link.Outside {
			link.URL = p.URL(strings.TrimPrefix(item.URL, "/"))
		}
		s.Menu = append(s.Menu, link)
	}
	p.sites[p.root] = common{s, digest.Of(s).String()}
	return p.sites[p.root]
}

// about are the links at the foot to the pages about the site itself.
func (p *Page) about() (list []view.Link) {
	for _, address := range []string{"about/", "contact/", "accessibility/"} {
		if pg := p.AtAddress(address); pg != nil {
			list = append(list, p.Link(pg.Title, address))
		}
	}
	return list
}

// SectionTitle returns the title of a folder: that of its _index.md, or its ledger's or
// room's.
func (b *Builder) SectionTitle(folder string) string {
	if s := b.Section(folder); s != nil {
		return s.Title
	}
	if l := ledger.Lookup(folder); l != nil {
		return l.Title
	}
	if i := slices.IndexFunc(rooms, func(r Room) bool { return r.Folder == folder && r.Title != "" }); i >= 0 {
		return rooms[i].Title
	}
	return folder
}

// SectionHead makes the head of a folder's index.
func (p *Page) SectionHead(folder string) view.Page {
	return p.Head(folder, p.SectionTitle(folder), p.summaryOf(folder))
}

// PartHead makes the head of a further page of a folder's index: of older texts, of
// another year.
func (p *Page) PartHead(folder, title string) view.Page {
	return p.Head(folder, title, p.summaryOf(folder), p.Crumb(folder))
}

func (b *Builder) summaryOf(folder string) string {
	if s := b.Section(folder); s != nil {
		return s.Summary
	}
	return ""
}

// Crumb is the link to a folder's index.
func (p *Page) Crumb(folder string) view.Link {
	return p.Link(p.SectionTitle(folder), SectionPath(folder))
}

// LinkTo returns a record's title with the link to its page, if it has one.
func (p *Page) LinkTo(e ledger.Entry) view.Link {
	l := view.Link{Text: ledger.TitleOf(e)}
	if to := p.PageOf(e); to != nil {
		l.URL = p.URL(to.Path)
	}
	return l
}

// RefLink is linkTo for a reference; empty when the book does not hold it.
func RefLink[T any](p *Page, r ledger.Ref[T]) view.Link {
	if t := r.In(p.Book); t != nil {
		return p.LinkTo(any(t).(ledger.Entry))
	}
	return view.Link{}
}

// RefTitle is the title of what a reference leads to, "" when the book does not
// hold it.
func RefTitle[T any](b *Builder, r ledger.Ref[T]) string {
	if t := r.In(b.Book); t != nil {
		return ledger.TitleOf(any(t).(ledger.Entry))
	}
	return ""
}

// Date is a day in the forms that views have.
func Date(d calendar.Date) view.Date {
	if d.IsZero() {
		return view.Date{}
	}
	return view.Date{ISO: d.String(), Text: d.Chinese(), Weekday: d.ChineseWeekday()}
}

// clip shortens a text to n characters, with a dash for the rest.
func clip(s string, n int) string {
	if !isTidy(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// isTidy reports whether words are parted by single blanks only, as in most texts.
func isTidy(s string) bool {
	after := ' ' // a blank may not stand at an end either
	for _, r := range s {
		if unicode.IsSpace(r) && (r != ' ' || after == ' ') {
			return false
		}
		after = r
	}
	return after != ' ' || s == ""
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// Fields keeps those that have a value.
func Fields(list ...view.Field) []view.Field {
	return slices.DeleteFunc(list, func(f view.Field) bool { return f.Value == "" })
}

// Neighbours returns the links to the next newer and the next older page.
func (p *Page) Neighbours(of *site.Page) (newer, older *view.Link) {
	if of.Newer != nil {
		newer = Ptr(p.Link(of.Newer.Title, of.Newer.Path))
	}
	if of.Older != nil {
		older = Ptr(p.Link(of.Older.Title, of.Older.Path))
	}
	return newer, older
}

// Ptr returns a pointer to a value.
func Ptr[T any](v T) *T { return &v }

// Existing is the link to an address, or "" when the site has no such page.
func (p *Page) Existing(to string) string {
	if !p.Has(to) {
		return ""
	}
	return p.URL(to)
}

// Intro is the text of a folder's _index.md.
func (p *Page) Intro(folder string) template.HTML {
	s := p.Section(folder)
	if s == nil || s.Doc == nil {
		return ""
	}
	html, _ := p.body(s.File(), s.Doc, true) // short, and a part of its view, so it is always there
	return html
}

// Figure is a number that is computed from the records, with its name; nil when
// there is none.
func (p *Page) Figure(name ledger.FigureName) *view.Figure {
	n := name.In(p.Book)
	if n.Value == "" {
		return nil
	}
	return &view.Figure{Value: n.Value, Unit: n.Unit, Text: string(name), URL: p.Existing(SectionPath(n.Folder))}
}

// Positive is a number with its unit, or "" for none.
func Positive(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return Count(n, unit)
}

// ScreenScript is the script that turns the sheets of a screen.
func (p *Page) ScreenScript() view.Asset { return p.asset(p.turner) }

// asset is a file of the theme by its path.
func (p *Page) asset(path string) view.Asset {
	a := view.Asset{URL: p.URL(path)}
	if p.Config.Links == config.Absolute {
		a.Digest = p.integrity[path]
	}
	return a
}
