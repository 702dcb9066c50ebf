package plan

import (
	"fmt"

	"biandan/generator/view"
)

// shelf divides a list into pages that never move: page 1 holds the oldest
// items, and a full page is never touched again. The front, at the list's own
// address, holds the newest ones: from half a page to one and a half.
type shelf struct{ items, size int }

// archived returns the number of full pages behind the front.
func (s shelf) archived() int { return max(0, (s.items-s.size/2)/s.size) }

// span returns the items of page n, counted from the oldest at 0; the front is
// page archived()+1.
func (s shelf) span(n int) (from, to int) {
	if n > s.archived() {
		return s.archived() * s.size, s.items
	}
	return (n - 1) * s.size, n * s.size
}

// newest returns the items of page n of a list that begins with the newest.
func newest[T any](list []T, s shelf, n int) []T {
	from, to := s.span(n)
	return list[s.items-to : s.items-from]
}

func archivePath(base string, n int) string { return fmt.Sprintf("%spage/%d/", base, n) }

// pager makes the links of page n of a list at the address base.
func (p *page) pager(base string, s shelf, n int) *view.Pager {
	last := s.archived() + 1
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
		g.Newer = ptr(p.link("较新的", at(n+1)))
	}
	if n > 1 {
		g.Older = ptr(p.link("较早的", at(n-1)))
	}
	// An old page does not say how many there are, so that it stays as it is
	// when another is added.
	g.Pages = append(g.Pages, view.PageLink{Link: p.link("最新", base), Current: n == last})
	for k := min(n+2, last-1); k >= 1; k-- {
		if k == 1 || k >= n-2 {
			g.Pages = append(g.Pages, view.PageLink{Link: p.link(fmt.Sprint(k), at(k)), Current: k == n})
		}
	}
	return g
}

// planShelf plans the pages of a list at the address base.
func (b *builder) planShelf(base, layout, title string, items int, view func(p *page, s shelf, n int) any) {
	s := shelf{items, b.Config.PageSize}
	for n := 1; n <= s.archived(); n++ {
		b.addPage(archivePath(base, n), layout, fmt.Sprintf("%s（第 %d 页）", title, n), b.sectionPos(base), func(p *page) any { return view(p, s, n) })
	}
	b.addPage(base, layout, title, b.sectionPos(base), func(p *page) any { return view(p, s, s.archived()+1) })
}
