package ledger

import "fmt"

// Withheld says why the page of a content file is not published: that only its day
// is against it, and the reason in Chinese, after the page's title; "" when it is
// published or no page.
func (b *Book) Withheld(file string, v Visible) (byDay bool, why string) {
	e := written.Of(b)[file]
	if e == nil || b.Publishes(KindOf(e), e, v) {
		return false, ""
	}
	p := e.page()
	switch {
	case !p.IsPublic():
		return false, "不向社会公开"
	case p.Draft:
		return false, "还是草稿"
	case p.IsFuture(b.AsOf) && !p.PublishDate.IsZero():
		return true, fmt.Sprintf("%s 才上线", p.PublishDate)
	case p.IsFuture(b.AsOf):
		return true, fmt.Sprintf("%s 才上线", p.Date)
	case p.IsExpired(b.AsOf):
		return true, fmt.Sprintf("%s 已经下线", p.ExpiryDate)
	}
	return false, "没有公开"
}

// written are the pages of all content files.
var written = Derive(func(b *Book) map[string]PageEntry {
	pages := map[string]PageEntry{}
	for _, t := range b.tables {
		for _, e := range t.rows {
			if p, ok := e.(PageEntry); ok {
				pages[e.File()] = p
			}
		}
	}
	return pages
})
