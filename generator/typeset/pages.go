package typeset

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
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

// Pages spreads the flow over pages at natural places: between paragraphs,
// items and rows, and in a long paragraph at the end of a sentence. ok is false
// when a part fits on no page, or there are too many.
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
	if f.fitsOne(m, r) {
		return true
	}
	if n == 1 || f.height() > r.First+float64(n-1)*r.Next-r.End {
		return false // whatever is where
	}
	pages, ok := f.spread(m, r)
	return ok && len(pages) <= n
}

// fitsOne measures the parts, and reports whether one page holds them.
func (f *Flow) fitsOne(m Measures, r Room) bool {
	for i := range f.atoms {
		f.atoms[i].measure(m)
	}
	return f.height() <= r.First-r.End+1e-9
}

// height is that of the flow on one page.
func (f *Flow) height() (h float64) {
	for i := range f.atoms {
		p := &f.atoms[i]
		if h += p.high; p.number == 0 {
			h += p.top
		}
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
			return nil, false
		}
	}
	if s.left < r.End-1e-9 && !s.turnForEnd() {
		return nil, false
	}
	return s.pages, true
}

type spreader struct {
	flow     *Flow
	measures Measures
	room     Room
	left     float64
	pages    [][]*part
}

// turnForEnd begins a page for what follows the flow, with its last part: an end
// alone on a page belongs to nothing.
func (s *spreader) turnForEnd() bool {
	page := s.pages[len(s.pages)-1]
	if len(page) < 2 {
		return s.turn()
	}
	p := page[len(page)-1]
	s.pages[len(s.pages)-1] = page[:len(page)-1]
	return s.turn() && s.place(p) && s.left >= s.room.End
}

// turn begins a new page. A heading at the foot of the page goes along. It fails
// when the page is empty, for then a new one is no better.
func (s *spreader) turn() bool {
	last := len(s.pages) - 1
	page := s.pages[last]
	n := len(page)
	for n > 0 && page[n-1].kind == heading {
		n--
	}
	along := page[n:]
	s.pages[last] = page[:n]
	if n == 0 && s.room.of(last) >= s.room.Next || len(s.pages) >= maxPages {
		return false
	}
	s.begin()
	s.left = s.room.of(last + 1)
	for _, p := range along {
		s.pages[last+1] = append(s.pages[last+1], p)
		s.left -= p.high
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

func (s *spreader) place(p *part) bool {
	for {
		page := s.pages[len(s.pages)-1]
		need := p.high
		if !s.continues(p) {
			need += p.top
		}
		if need <= s.left+1e-9 {
			s.pages[len(s.pages)-1] = append(page, p)
			s.left -= need
			return true
		}
		if before, after, ok := s.divide(p); ok {
			s.pages[len(s.pages)-1] = append(page, before)
			s.left = 0
			p = after
		}
		if !s.turn() {
			return false
		}
	}
}

// continues reports whether a part goes on with the group of the one before it
// on its page.
func (s *spreader) continues(p *part) bool {
	page := s.pages[len(s.pages)-1]
	return len(page) > 0 && page[len(page)-1].group == p.group && p.group != nil
}

// leastLines is how many lines of a divided paragraph stay together.
const leastLines = 2

// divide divides a paragraph or an item at the end of the last sentence that
// still fits.
func (s *spreader) divide(p *part) (before, after *part, ok bool) {
	if p.tag == "" || p.kind == picture {
		return nil, nil, false
	}
	left := s.left
	if !s.continues(p) {
		left -= p.top
	}
	stops, text := s.flow.stops(p)
	for _, stop := range slices.Backward(stops) {
		head, tail := *p, *p
		head.to, head.after, head.text = stop.at, "</"+p.tag+">", strings.TrimSpace(text[:stop.text])
		head.set = NewText(head.text)
		head.measure(s.measures)
		if head.high > left {
			continue
		}
		if head.set.Lines(s.measures.Width/s.measures.Size, 0) < leastLines {
			break
		}
		tail.from, tail.before, tail.text = stop.at, "<"+p.tag+` class="cont">`, strings.TrimSpace(text[stop.text:])
		tail.set = NewText(tail.text)
		tail.measure(s.measures)
		if tail.text != "" {
			return &head, &tail, true
		}
	}
	return nil, nil, false
}

// stop is the end of a sentence in a paragraph: its place in the body, and in
// the text.
type stop struct{ at, text int }

// stops finds the ends of sentences in a paragraph, but not in what is marked
// up; text is all that the paragraph says.
func (f *Flow) stops(p *part) (list []stop, text string) {
	s := &scanner{body: f.body[:p.to], at: p.from}
	var w writer
	depth := 0 // within the paragraph
	if p.before != "" {
		depth = 1 // its tag stands before it
	}
	for t := s.next(); t.kind != noToken; t = s.next() {
		if t.kind == textToken && depth == 1 {
			from := t.from
			for i, r := range f.body[t.from:t.to] {
				end := t.from + i + utf8.RuneLen(r)
				if strings.ContainsRune("。！？；", r) && !strings.HasPrefix(f.body[end:], "”") {
					w.add(f.body, token{kind: textToken, from: from, to: end})
					list = append(list, stop{end, w.Len()})
					from = end
				}
			}
			t.from = from
		}
		w.add(f.body, t)
		switch {
		case t.kind == endTag:
			depth--
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
	return list, w.String()
}

// write writes the parts of a page; the items of one list, the paragraphs of one
// box and the rows of one table under its head are put together again.
func (f *Flow) write(parts []*part) string {
	var b strings.Builder
	if len(parts) > 0 {
		b.Grow(parts[len(parts)-1].to - parts[0].from + 256)
	}
	for i, p := range parts {
		if p.group != nil && (i == 0 || parts[i-1].group != p.group) {
			p.begin(&b)
		}
		b.WriteString(p.before)
		b.WriteString(f.body[p.from:p.to])
		b.WriteString(p.after)
		if p.group != nil && (i+1 == len(parts) || parts[i+1].group != p.group) {
			b.WriteString(p.group.end)
		}
	}
	return b.String()
}

// begin writes what stands before the first part of a group on a page.
func (p *part) begin(b *strings.Builder) {
	g := p.group
	if p.kind == row {
		b.WriteString(g.start)
		b.WriteString(g.caption)
		b.WriteString("<colgroup>")
		for _, w := range g.widths {
			fmt.Fprintf(b, `<col style="width:%.1f%%">`, 100*w)
		}
		b.WriteString("</colgroup>")
		b.WriteString(g.head)
		b.WriteString("<tbody>")
		return
	}
	if p.number == 0 || !strings.HasPrefix(g.start, "<ol") {
		b.WriteString(g.start)
		return
	}
	first := 1
	if m := startNumber.FindStringSubmatch(g.start); m != nil {
		first, _ = strconv.Atoi(m[1])
	}
	// Of two attributes of one name the first counts.
	fmt.Fprintf(b, `<ol start="%d"%s`, first+p.number, g.start[len("<ol"):])
}

var startNumber = regexp.MustCompile(`\sstart="?(\d+)`)
