package plan

import (
	"maps"
	"path"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

// planArticles plans news, the parts of the programme and all plain pages, and
// a list for each folder of them.
func planArticles(b *builder) {
	lists := map[string][]*site.Page{}
	for _, pg := range b.Pages {
		switch pg.Entry.(type) {
		case *ledger.News, *ledger.Part, *ledger.PlainPage:
			b.addPage(pg.Path, "article", pg.Title, pg, func(p *page) any { return p.article(pg) })
			lists[pg.Section] = append(lists[pg.Section], pg)
		}
	}
	for _, folder := range b.Sections() {
		if _, ok := lists[folder]; !ok && (ledger.Lookup(folder) == nil || folder == "news" || folder == "programme") {
			lists[folder] = b.below(folder)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(lists)) {
		pages := lists[folder]
		l := ledger.Lookup(folder)
		own := folder == "news" || folder == "programme" || l == nil
		if folder == "" || !own {
			continue
		}
		b.custom[folder] = true
		slices.SortFunc(pages, articleOrder)
		b.planShelf(sectionPath(folder), "list", b.sectionTitle(folder), len(pages), func(p *page, s shelf, n int) any {
			return p.list(folder, pages, s, n)
		})
	}
}

// below returns the pages right below a folder.
func (b *builder) below(folder string) []*site.Page {
	var pages []*site.Page
	for _, pg := range b.Pages {
		if path.Dir(strings.TrimSuffix(pg.Path, "/")) == folder {
			pages = append(pages, pg)
		}
	}
	return pages
}

// articleOrder puts parts in the order of the programme, weighted pages by
// weight, and everything else by date.
func articleOrder(a, b *site.Page) int {
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return site.NewestFirst(a, b)
}

func rank(p *site.Page) int {
	switch e := p.Entry.(type) {
	case *ledger.Part:
		return e.No
	case *ledger.PlainPage:
		return e.Weight
	}
	return 0
}

func (p *page) list(folder string, pages []*site.Page, s shelf, n int) view.List {
	v := view.List{Page: p.sectionHead(folder), Pager: p.pager(sectionPath(folder), s, n), Empty: "这里还没有内容，发布后会出现在这一页"}
	if n == s.archived()+1 {
		v.Intro = p.intro(folder)
	} else {
		v.Crumbs = append(v.Crumbs, p.crumb(folder))
	}
	for _, pg := range newest(pages, s, n) {
		v.Items = append(v.Items, p.item(pg))
	}
	return v
}

// item is a page as a line of a list.
func (p *page) item(pg *site.Page) view.Item {
	it := view.Item{Link: p.link(pg.Title, pg.Path), Date: date(pg.Date), Summary: summary(pg)}
	switch e := pg.Entry.(type) {
	case *ledger.News:
		it.Tag = e.Source
	case *ledger.Notice:
		it.Tag = string(e.Kind)
	}
	return it
}

// summary returns the written summary of a page, or the beginning of its text.
func summary(pg *site.Page) string {
	if pe, ok := pg.Entry.(ledger.PageEntry); ok {
		if s := ledger.PageOf(pe).Summary; s != "" {
			return s
		}
	}
	if pg.Doc != nil {
		return clip(pg.Doc.Lead, 90)
	}
	return ""
}

func (p *page) article(pg *site.Page) view.Article {
	entry := pg.Entry.(ledger.PageEntry)
	common := ledger.PageOf(entry)
	var crumbs []view.Link
	if pg.Section != "" && p.paths[sectionPath(pg.Section)] {
		crumbs = append(crumbs, p.crumb(pg.Section))
	}
	v := view.Article{Page: p.head(pg.Section, pg.Title, summary(pg), crumbs...), Date: date(pg.Date)}
	v.Body, v.BodyKey = p.body(entry.File(), pg.Doc)
	v.Facts = fields(view.Field{Name: "来源", Value: common.Source})
	switch e := entry.(type) {
	case *ledger.News:
		v.Facts = append(v.Facts, fields(view.Field{Name: "作者", Value: e.Author})...)
		if l := refLink(p, e.Branch); l.Text != "" {
			v.Facts = append(v.Facts, view.Field{Name: "党组织", Value: l.Text, URL: l.URL})
		}
		v.Newer, v.Older = p.neighbours(pg)
	case *ledger.Part:
		v.Topics, v.Figure = e.Topics, p.figure(e.Figure)
	}
	for _, h := range pg.Doc.Headings.All() {
		if h.Level == 2 {
			v.Outline = append(v.Outline, view.Link{Text: h.Text, URL: "#" + h.ID})
		}
	}
	if len(v.Outline) < 3 {
		v.Outline = nil
	}
	return v
}

// sectionPos is the place of the _index.md of an address, for messages.
func (b *builder) sectionPos(address string) diag.Pos {
	folder := strings.TrimSuffix(address, "/")
	if s := b.Section(folder); s != nil {
		return s.At()
	}
	return diag.Pos{File: source.ContentDir + "/" + folder}
}
