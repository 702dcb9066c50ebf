package typeset

import (
	"fmt"
	"strings"
)

// Room is the height that pages have for a flow.
type Room struct {
	First, Next float64 // of the first page, and of those after it
	End         float64 // what the last page has less
}

func (r Room) of(page int) float64 {
	if page == 0 {
		return r.First
	}
	return r.Next
}

// maxPages is how many pages a flow may have; more is a book, not a notice.
const maxPages = 60

// Pages spreads the flow over pages: between paragraphs, items and rows, and where
// a page ends between two lines of one, whatever it is part of. ok is false when a
// part fits on no page, as a picture may, or there are too many.
func (f *Flow) Pages(m Measures, r Room) (pages []string, ok bool) {
	if f.fitsOne(m, r) && !f.tables {
		return []string{f.body}, true
	}
	spread, ok := f.spread(m, r)
	for _, p := range spread {
		pages = append(pages, f.write(p))
	}
	return pages, ok
}

// Count is the number of pages, 0 when the flow does not fit.
func (f *Flow) Count(m Measures, r Room) int {
	if f.fitsOne(m, r) {
		return 1
	}
	pages, _ := f.spread(m, r)
	return len(pages)
}

// Within reports whether no more than n pages hold the flow.
func (f *Flow) Within(n int, m Measures, r Room) bool {
	if n == 1 {
		return f.fillsLess(m, r.First-r.End+1e-9)
	}
	if f.fitsOne(m, r) {
		return true
	}
	if f.height() > r.First+float64(n-1)*r.Next-r.End {
		return false // whatever is where
	}
	pages, ok := f.spread(m, r)
	return ok && len(pages) <= n
}

// fitsOne measures the parts, and reports whether one page holds them.
func (f *Flow) fitsOne(m Measures, r Room) bool {
	for _, g := range f.frames {
		g.measure(m)
	}
	for i := range f.atoms {
		f.atoms[i].measure(m)
	}
	return f.height() <= r.First-r.End+1e-9
}

// fillsLess measures the parts up to the first that has no room.
func (f *Flow) fillsLess(m Measures, room float64) bool {
	for _, g := range f.frames {
		g.measure(m)
	}
	h := 0.0
	for i := 0; i < len(f.atoms) && h <= room; i++ {
		p := &f.atoms[i]
		p.measure(m)
		h += p.high + p.top
	}
	return h <= room
}

// height is that of the flow on one page.
func (f *Flow) height() (h float64) {
	for i := range f.atoms {
		h += f.atoms[i].high + f.atoms[i].top
	}
	return h
}

// spread places the parts, which are measured. The pages are good until the next call.
func (f *Flow) spread(m Measures, r Room) (pages [][]*part, ok bool) {
	s := &spreader{flow: f, measures: m, room: r, left: r.of(0), pages: f.pages[:0]}
	s.begin()
	defer func() { f.pages = s.pages }()
	for i := range f.atoms {
		if !s.place(&f.atoms[i]) {
			return nil, s.stick(f.atoms[i].html)
		}
	}
	if s.left < r.End-1e-9 && !s.turnForEnd() {
		return nil, s.stick("")
	}
	return s.pages, true
}

// Stuck says why the flow had no room when it was spread last, in words that go
// on after the name of a sheet.
func (f *Flow) Stuck() string { return f.stuck }

func (s *spreader) stick(html string) bool {
	const some = 12
	text := []rune(strings.Join(strings.Fields(textOf(html, false).text), ""))
	switch {
	case len(s.pages) >= maxPages:
		s.flow.stuck = fmt.Sprintf("超过 %d 张", maxPages)
	case len(text) > some:
		s.flow.stuck = "从“" + string(text[:some]) + "……”起放不下"
	case len(text) > 0:
		s.flow.stuck = "从“" + string(text) + "”起放不下"
	default:
		s.flow.stuck = "放不下"
	}
	return false
}

type spreader struct {
	flow     *Flow
	measures Measures
	room     Room
	left     float64
	pages    [][]*part
}

// turnForEnd begins a page for what follows the flow, with the last lines of its
// last part: an end alone on a page belongs to nothing.
func (s *spreader) turnForEnd() bool {
	last := len(s.pages) - 1
	page := s.pages[last]
	if len(page) == 0 {
		return s.turn()
	}
	p := page[len(page)-1]
	if before, after, ok := s.cutLast(p); ok {
		s.pages[last] = append(page[:len(page)-1], before)
		p = after
	} else if len(page) == 1 {
		return s.turn()
	} else {
		s.pages[last] = page[:len(page)-1]
	}
	return s.turn() && s.place(p) && s.left >= s.room.End
}

// turn begins a new page. A heading at the foot of the page goes along. It fails
// when the page is empty, for then a new one is no better.
func (s *spreader) turn() bool {
	last := len(s.pages) - 1
	page := s.pages[last]
	n := len(page)
	for n > 0 && page[n-1].kind == heading && !page[n-1].more {
		n--
	}
	if n == 0 && len(page) > 0 && s.room.of(last) >= s.room.Next {
		n = len(page) // headings alone fill it
	}
	along := page[n:]
	s.pages[last] = page[:n]
	if n == 0 && s.room.of(last) >= s.room.Next || len(s.pages) >= maxPages {
		return false
	}
	s.begin()
	s.left = s.room.of(last + 1)
	for _, p := range along {
		s.put(p)
	}
	return true
}

// begin adds an empty page, in the room of one that was made before.
func (s *spreader) begin() {
	if n := len(s.pages); n < cap(s.pages) {
		s.pages = s.pages[:n+1]
		s.pages[n] = s.pages[n][:0]
		return
	}
	s.pages = append(s.pages, nil)
}

// need is the height of a part on the page as it is now.
func (s *spreader) need(p *part) float64 { return p.high + s.above(p) }

// above is what frames need above a part.
func (s *spreader) above(p *part) float64 {
	if len(s.pages[len(s.pages)-1]) == 0 {
		return p.whole
	}
	return p.top
}

func (s *spreader) put(p *part) {
	s.left -= s.need(p)
	last := len(s.pages) - 1
	s.pages[last] = append(s.pages[last], p)
}

func (s *spreader) place(p *part) bool {
	for {
		if s.need(p) <= s.left+1e-9 {
			s.put(p)
			return true
		}
		if before, after, ok := s.divide(p); ok {
			s.put(before)
			s.left = 0
			p = after
		}
		if !s.turn() {
			return false
		}
	}
}

// write writes the parts of a page, each within its frames.
func (f *Flow) write(parts []*part) string {
	size := 0
	for _, p := range parts {
		size += len(p.html)
	}
	var b strings.Builder
	b.Grow(size + size/4) // for the frames
	var open, path []*frame
	finish := func(n int) {
		for i := len(open) - 1; i >= n; i-- {
			open[i].finish(&b)
		}
		open = open[:n]
	}
	for _, p := range parts {
		path = p.in.path(path)
		n := 0
		for n < len(open) && n < len(path) && open[n] == path[n] {
			n++
		}
		finish(n)
		for i, g := range path[n:] {
			item := 0
			if n+i+1 < len(path) {
				item = path[n+i+1].number
			}
			g.begin(&b, item, p.rest || g.first != p.number)
			open = append(open, g)
		}
		b.WriteString(p.html)
	}
	finish(0)
	return b.String()
}
