package plan

import (
	"path"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/site"
	"biandan/generator/view"
)

// LayoutOf is a layout that shows views of type V.
type LayoutOf[V any] struct{ name string }

// Layout declares the layout of that name, layouts/NAME.html of the theme, and the
// type of its views. It is called while the program starts, beside the views.
func Layout[V any](name string) LayoutOf[V] {
	view.Declare[V](name)
	return LayoutOf[V]{name}
}

// Page plans the page at an address, made from what is written at src; make fills
// its view.
func (l LayoutOf[V]) Page(b *Builder, address, title string, src diag.Placed, make func(p *Page) V) {
	l.page(b, address, title, src, make)
}

// PageOf plans the page of a record that has a file of its own. Beside what its text
// quotes, the view says of others of the same kind only what its neighbours are called: an
// edit of a title leaves most of these pages alone.
func (l LayoutOf[V]) PageOf(b *Builder, pg *site.Page, make func(p *Page) V) {
	l.page(b, pg.Path, pg.Title, pg, make).record = pg
}

func (l LayoutOf[V]) page(b *Builder, address, title string, src diag.Placed, make func(p *Page) V) *Output {
	return b.addPage(address, l.name, title, src, func(p *Page) any { return make(p) })
}

// Trial is a page at an address that is not planned, to measure what would stand
// on it.
func (l LayoutOf[V]) Trial(b *Builder, address string) *Page {
	p := b.page(address, l.name)
	p.Full = true
	return p
}

// Wall plans a page that shows sheets, those that hang on a wall.
func (l LayoutOf[V]) Wall(b *Builder, address, title string, src diag.Placed, hanging []*Sheet, make func(p *Page) V) {
	o := b.addPage(address, l.name, title, src, func(p *Page) any { return make(p) })
	for _, s := range hanging {
		o.Wall = append(o.Wall, FileOf(s.Address))
		if s.Text != "" {
			o.others = append(o.others, s.Text)
		}
	}
}

// isSheet reports whether a layout is for paper.
func isSheet(layout string) bool { return strings.HasPrefix(path.Base(layout), "sheet-") }

// The layouts that are nobody's own.
var (
	listLayout     = Layout[view.List]("list")
	articleLayout  = Layout[view.Article]("article")
	tableLayout    = Layout[view.Table]("table")
	recordLayout   = Layout[view.Record]("record")
	sitemapLayout  = Layout[view.Sitemap]("sitemap")
	notFoundLayout = Layout[view.NotFound]("404")
	redirectLayout = Layout[view.Redirect]("redirect")
)
