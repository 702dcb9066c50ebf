package plan

import (
	"cmp"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

// What inspectors read: the meta tags of 国办发〔2017〕47号. A page says to which column
// it belongs; one that was published on a day says when, and from whom it is.

var ruleColumnType = diag.Define(diag.Rule{Code: "E0510", Name: "栏目类别少见", Severity: diag.Warning, Tunable: true,
	Why: "网页标签里的栏目类别（ColumnType）有通行的写法，检查网站的程序按它归类", Mend: "改成通行的写法；不写就用栏目自己的名称"})

// columnTypes are the kinds of columns that the tags of real sites name.
var columnTypes = []string{"首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报", "依申请公开",
	"数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈", "通知公告"}

// checkColumns reports the kinds of columns that nobody knows.
func (b *Builder) checkColumns() {
	for _, folder := range b.Sections() {
		s := b.Section(folder)
		for i, t := range s.ColumnType {
			if !slices.Contains(columnTypes, t) {
				b.Bag.Add(ruleColumnType, s.At("column_type", i), "没有通行的栏目类别叫“"+t+"”", diag.DidYouMean(t, columnTypes, "通行的："+strings.Join(columnTypes, "、")))
			}
		}
	}
}

// tag fills what the head of a page says to machines.
func (p *Page) tag(h *view.Page) {
	if p.layout == notFoundLayout.name || p.layout == redirectLayout.name {
		return // it is no page that anybody looks for
	}
	pg := p.AtAddress(p.Path)
	switch {
	case p.Path == "":
		h.Feed = p.feedAt("", p.Config.Title)
	case h.Section != "":
		c := p.column(h.Section)
		h.Column, h.Feed = c.view, c.feed
	default: // a page that lies in no folder is its own column
		h.Column = &view.Column{Name: h.PageTitle, Description: h.Description, Keywords: h.PageTitle + "," + p.Config.County, Type: h.PageTitle}
	}
	h.Share = h.Site.Share
	if pg != nil && !pg.Date.IsZero() {
		h.Published = p.publishedOn(pg)
		if image := h.Published.Image; image != "" && !strings.HasSuffix(image, ".svg") { // which no program shows
			h.Share = image
		}
	}
	if pg != nil {
		h.Feed = cmp.Or(p.feedAt(pg.Path, pg.Title), h.Feed)
	}
	p.graph(h, pg)
}

// column is what all pages of a folder say of it, from one distance to the root.
type column struct {
	view *view.Column
	feed *view.Feed
}

type place struct{ root, folder string }

// column describes a folder, once for all its pages.
func (p *Page) column(folder string) column {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := place{p.root, folder}
	if c, ok := p.columns[at]; ok {
		return c
	}
	title := p.SectionTitle(folder)
	v := &view.Column{Name: title, Description: title + "，" + p.Config.Title, Keywords: title + "," + p.Config.County, Type: title}
	if s := p.Section(folder); s != nil {
		v.Description = clip(cmp.Or(s.Summary, v.Description), mostDescription)
		if len(s.Tags) > 0 {
			v.Keywords = strings.Join(s.Tags, ",")
		}
		if len(s.ColumnType) > 0 {
			v.Type = strings.Join(s.ColumnType, ",")
		}
	}
	p.columns[at] = column{v, p.feedAt(SectionPath(folder), title)}
	return p.columns[at]
}

// sourceOf says from whom a page is.
func (b *Builder) sourceOf(pg *site.Page) string {
	if e, ok := pg.Entry.(ledger.PageEntry); ok && ledger.PageOf(e).Source != "" {
		return ledger.PageOf(e).Source
	}
	if e, ok := pg.Entry.(ledger.Issued); ok && e.IssuedBy() != "" {
		return e.IssuedBy()
	}
	return b.Config.Publisher
}

// publishedOn is what the tags say of a text.
func (p *Page) publishedOn(pg *site.Page) *view.Published {
	v := &view.Published{At: pg.Date.String() + " 00:00", Source: p.sourceOf(pg), Author: p.Config.Editor}
	if e, ok := pg.Entry.(ledger.Written); ok {
		v.Author = cmp.Or(e.WrittenBy(), v.Author)
	}
	if e, ok := pg.Entry.(ledger.PageEntry); ok {
		v.Keywords = strings.Join(ledger.PageOf(e).Tags, ",")
	}
	if pg.Doc != nil {
		v.Image = p.firstPicture(pg)
	}
	return v
}

// firstPicture is the full address of the first picture in a text.
func (p *Page) firstPicture(pg *site.Page) string {
	for _, h := range pg.Doc.Holes {
		if h.Kind != markup.ImageHole {
			continue
		}
		if plain, ok := ContentPath(pg.Entry.File(), h.Dest); ok {
			return p.full(strings.TrimPrefix(plain, source.ContentDir+"/"))
		}
	}
	return ""
}
