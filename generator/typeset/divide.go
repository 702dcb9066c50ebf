package typeset

import (
	"math"
	"strings"
	"unicode/utf8"
)

// leastLines is how many lines of what is divided stay together, on a page that
// has something else, too.
const leastLines = 2

// divide divides a part after the last line that still fits.
func (s *spreader) divide(p *part) (before, after *part, ok bool) {
	fresh := s.isFresh() // a new page would be no better
	// A heading, and a short row, are better moved than torn.
	if fresh || p.kind != heading && (p.kind != row || p.high+p.whole > s.room.Next/2) {
		before, after, ok = s.divideAt(p, leastLines)
	}
	if !ok && fresh {
		return s.divideAt(p, 1)
	}
	return before, after, ok
}

// divideAt divides a part so that so many lines stay together.
func (s *spreader) divideAt(p *part, least int) (before, after *part, ok bool) {
	if p.kind == row {
		return s.divideRow(p, least)
	}
	x := p.setting(s.measures)
	n := min(int((s.left-s.above(p)-x.around)/x.line+1e-9), p.set.Lines(x.width, x.indent)-least)
	return s.cutLines(p, n, least)
}

// isFresh reports whether a page has nothing but headings.
func (s *spreader) isFresh() bool {
	for _, p := range s.pages[len(s.pages)-1] {
		if p.kind != heading {
			return false
		}
	}
	return true
}

// cutLast divides a part before its last lines, a row in its middle when nothing
// else is on the page.
func (s *spreader) cutLast(p *part) (before, after *part, ok bool) {
	if p.kind == row {
		if len(s.pages[len(s.pages)-1]) > 1 {
			return nil, nil, false
		}
		s.left = p.whole + p.high/2
		return s.divideRow(p, 1)
	}
	x := p.setting(s.measures)
	return s.cutLines(p, p.set.Lines(x.width, x.indent)-leastLines, leastLines)
}

// cutLines divides a part after n lines, which are to be no fewer than least.
func (s *spreader) cutLines(p *part, n, least int) (before, after *part, ok bool) {
	if n < least || p.pictures > 0 || p.kind == row || p.kind == rule {
		return nil, nil, false
	}
	x := p.setting(s.measures)
	head, tail, full := s.flow.cutAfter(p.html, n, x.width, x.indent, p.kind == lines)
	if tail == "" {
		return nil, nil, false
	}
	if full && p.in == nil && p.tag == "p" {
		head = "<p" + ` style="text-align-last:justify"` + head[len("<p"):] // the paragraph does not end here
	}
	b, a := *p, *p
	b.html, a.html, a.rest = head, tail, true
	b.more, a.more = true, p.more
	for _, q := range []*part{&b, &a} {
		q.set = s.flow.text(textOf(q.html, p.kind == lines).text)
		q.measure(s.measures)
	}
	b.top, a.top = p.top, 0
	return &b, &a, len(a.set) > 0
}

// divideRow divides the cells of a row after as many lines as fit.
func (s *spreader) divideRow(p *part, least int) (before, after *part, ok bool) {
	m, g := s.measures, p.in
	size := m.Size * tableSize
	n := int((s.left-s.above(p)-rowPadding*size)/(size*rowLine) + 1e-9)
	if n < least {
		return nil, nil, false
	}
	t := (&scanner{body: p.html}).next()
	b, a := *p, *p
	b.cells, a.cells, a.rest = nil, nil, true
	var head, tail strings.Builder
	head.WriteString(p.html[:t.to])
	tail.WriteString(again(p.html[:t.to]))
	for i, c := range p.cells {
		if c.pictures > 0 || i >= len(g.table.widths) {
			return nil, nil, false
		}
		x, y, _ := s.flow.cutAfter(c.html, n, g.column(m, g.table.widths[i]), 0, false)
		if y == "" {
			t := (&scanner{body: c.html}).next()
			y = again(c.html[:t.to]) + "</" + t.name + ">"
		} else {
			ok = true
		}
		head.WriteString(x)
		tail.WriteString(y)
		b.cells = append(b.cells, cell{html: x, set: s.flow.text(textOf(x, false).text)})
		a.cells = append(a.cells, cell{html: y, set: s.flow.text(textOf(y, false).text)})
	}
	b.html, a.html = head.String()+"</tr>", tail.String()+"</tr>"
	b.measure(m)
	a.measure(m)
	b.top, a.top = p.top, 0
	return &b, &a, ok
}

// glyph is a character of a stretch of HTML, or the end of a line.
type glyph struct {
	r    rune
	from int  // where it begins in the HTML; the end of a line: where the next one does
	tied bool // it is part of a mark, such as that of a footnote, which stays with what it is set to
}

const endOfLine = '\n'

// cutAfter divides HTML after n lines of that width. The elements that are open
// there are closed, and opened again. full is set when the last line before is
// filled to its end. tail is empty when there are no more lines.
func (f *Flow) cutAfter(html string, n int, width, indent float64, pre bool) (head, tail string, full bool) {
	at, full := lineEnd(f.glyphsOf(html, pre), n, width, indent)
	if at < 0 {
		return html, "", false
	}
	var open []string
	s := &scanner{body: html}
	for s.at < at {
		t := s.next()
		switch {
		case t.kind == noToken || t.from >= at:
			s.at = len(html)
		case t.kind == endTag && len(open) > 0:
			open = open[:len(open)-1]
		case t.kind == startTag && !isVoid(t.name):
			open = append(open, html[t.from:t.to])
		}
	}
	var b, a strings.Builder
	b.WriteString(html[:at])
	for i := len(open) - 1; i >= 0; i-- {
		t := (&scanner{body: open[i]}).next()
		b.WriteString("</" + t.name + ">")
	}
	for _, tag := range open {
		a.WriteString(again(tag))
	}
	a.WriteString(html[at:])
	return b.String(), a.String(), full
}

// glyphsOf reads a stretch of HTML; they are good until the next call.
func (f *Flow) glyphsOf(html string, pre bool) []glyph {
	list := f.glyphs[:0]
	s := &scanner{body: html}
	marks := 0
	for t := s.next(); t.kind != noToken; t = s.next() {
		switch {
		case t.kind == textToken:
			for i := t.from; i < t.to; {
				r, size := utf8.DecodeRuneInString(html[i:t.to])
				if end := strings.IndexByte(html[i:t.to], ';'); r == '&' && end > 0 {
					if text := unescape(html[i : i+end+1]); text != html[i:i+end+1] {
						r, _ = utf8.DecodeRuneInString(text)
						size = end + 1
					}
				}
				switch {
				case pre && r == '\n':
					list = append(list, glyph{endOfLine, i + size, false})
				case pre && r == '\t':
					for range tabWidth {
						list = append(list, glyph{preSpace, i, false})
					}
				case pre && r == ' ':
					list = append(list, glyph{preSpace, i, false})
				case r == '\n':
					list = append(list, glyph{' ', i, false})
				default:
					list = append(list, glyph{r, i, marks > 0})
				}
				i += size
			}
		case t.kind == startTag && t.name == "br":
			list = append(list, glyph{endOfLine, t.to, false})
		case t.kind == startTag && isBlock(t.name) && len(list) > 0:
			list = append(list, glyph{endOfLine, t.from, false})
		case t.name == "sup" && t.kind == startTag:
			marks++
		case t.name == "sup":
			marks--
		}
	}
	f.glyphs = list
	return list
}

// lineEnd finds where line n ends, as [Text.Lines] counts: what comes first on the
// next line. It is negative when there are no more lines; full is set when the
// line is filled, and not ended by a break.
func lineEnd(list []glyph, n int, width, indent float64) (at int, full bool) {
	most := int(math.Floor(width*em + 1e-6))
	used, space, lines := int(indent*em), 0, 1
	for i := 0; i < len(list); {
		switch list[i].r {
		case endOfLine:
			if lines == n {
				return list[i].from, false
			}
			lines, used, space = lines+1, 0, 0
			i++
			continue
		case ' ':
			space, _ = measure(' ')
			i++
			continue
		}
		word, end := wordAtGlyph(list, i)
		if used > 0 && used+space+word > most {
			if lines == n {
				return list[i].from, true
			}
			lines, used, space = lines+1, 0, 0
		}
		if used += space; used+word > most { // a word that no line holds is broken anywhere
			for k := i; k < end; k++ {
				w, _ := measure(list[k].r)
				if used > 0 && used+w > most {
					if lines == n {
						return list[k].from, true
					}
					lines, used = lines+1, 0
				}
				used += w
			}
		} else {
			used += word
		}
		i, space = end, 0
	}
	return -1, false
}

// wordAtGlyph is what no line break divides, from a glyph on: how wide it is, and
// where the next begins.
func wordAtGlyph(list []glyph, i int) (width, end int) {
	width, before := measure(list[i].r)
	for end = i + 1; end < len(list) && list[end].r != ' ' && list[end].r != endOfLine; end++ {
		w, c := measure(list[end].r)
		if !cling(before, c) && !list[end].tied {
			break
		}
		width, before = width+w, c
	}
	return width, end
}
