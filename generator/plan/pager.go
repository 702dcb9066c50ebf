package plan

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/view"
)

// Portion is what one page shows of a long list. The pages of a list never move:
// page 1 holds the oldest items, and a full page is never touched again. The
// front, at the list's own address, holds the newest ones: from half a page to one
// and a half.
type Portion struct {
	items, size int
	number      int // of the page
}

// archived returns the number of full pages behind the front.
func (o Portion) archived() int { return max(0, (o.items-o.size/2)/o.size) }

// IsFront reports whether the portion is that of the list's own address.
func (o Portion) IsFront() bool { return o.number == o.archived()+1 }

// span returns the items of the portion, counted from the oldest at 0.
func (o Portion) span() (from, to int) {
	if o.IsFront() {
		return o.archived() * o.size, o.items
	}
	return (o.number - 1) * o.size, o.number * o.size
}

// Newest returns the items of a portion of a list that begins with the newest.
func Newest[T any](list []T, o Portion) []T {
	from, to := o.span()
	return list[o.items-to : o.items-from]
}

func archivePath(base string, n int) string { return fmt.Sprintf("%spage/%d/", base, n) }

// Pager makes the links between the portions of a list at the address base; nil
// when there is but one.
func (p *Page) Pager(base string, o Portion) *view.Pager {
	last, n := o.archived()+1, o.number
	if last == 1 {
		return nil
	}
	at := func(k int) string {
		if k == last {
			return base
		}
		return archivePath(base, k)
	}
	g := &view.Pager{Number: n}
	if n < last {
		g.Newer = Ptr(p.Link("较新的", at(n+1)))
	}
	if n > 1 {
		g.Older = Ptr(p.Link("较早的", at(n-1)))
	}
	// An old page does not say how many there are, so that it stays as it is
	// when another is added.
	g.Pages = append(g.Pages, view.PageLink{Link: p.Link("最新", base), Current: n == last})
	for k := min(n+2, last-1); k >= 1; k-- {
		if k == 1 || k >= n-2 {
			g.Pages = append(g.Pages, view.PageLink{Link: p.Link(fmt.Sprint(k), at(k)), Current: k == n})
		}
	}
	return g
}

// List plans the pages of a list at the address base, of so many items.
func (l LayoutOf[V]) List(b *Builder, base, title string, items int, src diag.Placed, make func(p *Page, o Portion) V) {
	o := Portion{items: items, size: b.Config.PageSize}
	for o.number = 1; o.number <= o.archived(); o.number++ {
		part := o
		l.page(b, archivePath(base, o.number), fmt.Sprintf("%s（第 %d 页）", title, o.number), src, func(p *Page) V { return make(p, part) }).older = true
	}
	l.Page(b, base, title, src, func(p *Page) V { return make(p, o) })
}
