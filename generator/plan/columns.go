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

// tag fills what the meta tags of a page say.
func (p *Page) tag(h *view.Page) {
	pg := p.AtAddress(p.Path)
	switch {
	case p.Path == "", p.layout == notFoundLayout.name:
	case h.Section != "":
		h.Column = p.column(h.Section)
	default: // a page that lies in no folder is its own column
		h.Column = &view.Column{Name: h.PageTitle, Description: h.Description, Keywords: h.PageTitle + "," + p.Config.County, Type: h.PageTitle}
	}
	if pg != nil && !pg.Date.IsZero() {
		h.Published = p.published(pg)
	}
}

// column describes a folder, once for all its pages.
func (b *Builder) column(folder string) *view.Column {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.columns[folder]; c != nil {
		return c
	}
	title := b.SectionTitle(folder)
	c := &view.Column{Name: title, Description: title + "，" + b.Config.Title, Keywords: title + "," + b.Config.County, Type: title}
	if s := b.Section(folder); s != nil {
		c.Description = clip(cmp.Or(s.Summary, c.Description), mostDescription)
		if len(s.Tags) > 0 {
			c.Keywords = strings.Join(s.Tags, ",")
		}
		if len(s.ColumnType) > 0 {
			c.Type = strings.Join(s.ColumnType, ",")
		}
	}
	b.columns[folder] = c
	return c
}

func (p *Page) published(pg *site.Page) *view.Published {
	v := &view.Published{At: pg.Date.String() + " 00:00", Source: p.Config.Publisher, Author: p.Config.Editor}
	if e, ok := pg.Entry.(ledger.Issued); ok {
		v.Source = cmp.Or(e.IssuedBy(), v.Source)
	}
	if e, ok := pg.Entry.(ledger.PageEntry); ok {
		page := ledger.PageOf(e)
		v.Source = cmp.Or(page.Source, v.Source)
		v.Keywords = strings.Join(page.Tags, ",")
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
