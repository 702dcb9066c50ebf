package plan

import (
	"path"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

var ruleEmptySection = diag.Define(diag.Rule{Code: "E0509", Name: "栏目没有内容", Severity: diag.Warning, Tunable: true,
	Why: "检查政府网站时，点开是空的栏目要扣分，居民也会以为页面坏了", Mend: "补上文章，或者把栏目的文件夹整个拿掉，等有了内容再放回来"})

// planPlainPages plans the pages that are no ledger's, and a list for each folder
// of them.
func planPlainPages(b *Builder) {
	lists := map[string][]*site.Page{}
	for _, pg := range b.Pages {
		if e, ok := pg.Entry.(*ledger.PlainPage); ok {
			b.PlanArticle(pg, func(p *Page) view.Article { return p.Article(pg, e) })
			lists[pg.Section] = append(lists[pg.Section], pg)
		}
	}
	for _, folder := range b.Sections() {
		if _, ok := lists[folder]; !ok {
			lists[folder] = b.below(folder)
		}
	}
	for folder, pages := range lists {
		if folder != "" && ledger.Lookup(folder) == nil {
			b.PlanArticles(folder, pages)
		}
	}
}

// PlanArticle plans the page of a text.
func (b *Builder) PlanArticle(pg *site.Page, make func(p *Page) view.Article) {
	articleLayout.Page(b, pg.Path, pg.Title, pg, make)
}

// PlanArticles plans the list of the texts in a folder.
func (b *Builder) PlanArticles(folder string, pages []*site.Page) {
	slices.SortFunc(pages, ArticleOrder)
	base := SectionPath(folder)
	if s := b.Section(folder); s != nil && (s.Doc == nil || s.Doc.Lead == "") && len(pages) == 0 && !b.anyBelow(base) {
		b.Bag.Addf(ruleEmptySection, s.At(), "栏目“%s”没有内容", s.Title)
	}
	listLayout.List(b, base, b.SectionTitle(folder), len(pages), b.SectionPos(base), func(p *Page, o Portion) view.List {
		return list(p, folder, pages, o)
	})
}

// below returns the pages right below a folder.
func (b *Builder) below(folder string) []*site.Page {
	var pages []*site.Page
	for _, pg := range b.Pages {
		if path.Dir(strings.TrimSuffix(pg.Path, "/")) == folder {
			pages = append(pages, pg)
		}
	}
	return pages
}

// anyBelow reports whether a page lies anywhere below an address.
func (b *Builder) anyBelow(base string) bool {
	return slices.ContainsFunc(b.Pages, func(pg *site.Page) bool { return pg.Path != base && strings.HasPrefix(pg.Path, base) })
}

// ArticleOrder orders pages by their rank, and those of one rank by date, the
// newest first.
func ArticleOrder(a, b *site.Page) int {
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return site.NewestFirst(a, b)
}

func rank(p *site.Page) int {
	if r, ok := p.Entry.(ledger.Ranked); ok {
		return r.Rank()
	}
	return 0
}

func list(p *Page, folder string, pages []*site.Page, o Portion) view.List {
	v := view.List{Page: p.SectionHead(folder), Pager: p.Pager(SectionPath(folder), o), Empty: "这里还没有内容，发布后会出现在这一页"}
	if o.IsFront() {
		v.Intro = p.Intro(folder)
	} else {
		v.Page = p.PartHead(folder, v.PageTitle)
	}
	for _, pg := range Newest(pages, o) {
		v.Items = append(v.Items, p.Item(pg))
	}
	return v
}

// Item is a page as a line of a list.
func (p *Page) Item(pg *site.Page) view.Item {
	it := view.Item{Link: p.Link(pg.Title, pg.Path), Date: Date(pg.Date), Summary: Summary(pg)}
	if e, ok := pg.Entry.(ledger.Tagged); ok {
		it.Tag = e.Tag()
	}
	return it
}

// Summary returns the written summary of a page, or the beginning of its text.
func Summary(pg *site.Page) string {
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

// Article is the view of a text, without what only its ledger knows of it.
func (p *Page) Article(pg *site.Page, e ledger.PageEntry) view.Article {
	var crumbs []view.Link
	if pg.Section != "" && p.Has(SectionPath(pg.Section)) {
		crumbs = append(crumbs, p.Crumb(pg.Section))
	}
	v := view.Article{Page: p.Head(pg.Section, pg.Title, Summary(pg), crumbs...), Date: Date(pg.Date)}
	v.Body, v.BodyKey = p.Body(e.File(), pg.Doc)
	v.Facts = Fields(view.Field{Name: "来源", Value: ledger.PageOf(e).Source})
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

// SectionPos is the place of the _index.md of an address, for messages.
func (b *Builder) SectionPos(address string) diag.Pos {
	folder := strings.TrimSuffix(address, "/")
	if s := b.Section(folder); s != nil {
		return s.At()
	}
	return diag.Pos{File: source.ContentDir + "/" + folder}
}
