package typeset

import (
	"slices"
	"strings"
	"sync"
)

// flows are those that are done with, for the room that they have.
var flows = sync.Pool{New: func() any { return &Flow{} }}

// ParseFlow reads the HTML of a body, as package markup writes it.
func ParseFlow(body string) *Flow {
	f := flows.Get().(*Flow)
	f.body = body
	f.addAll(&scanner{body: body}, nil)
	return f
}

// Release says that nobody needs the flow any more; what was made of it stays.
func (f *Flow) Release() {
	clear(f.atoms) // they hold on to the body
	clear(f.cells)
	*f = Flow{atoms: f.atoms[:0], frames: f.frames[:0], texts: f.texts[:0], cells: f.cells[:0], glyphs: f.glyphs[:0], pages: f.pages[:0]}
	flows.Put(f)
}

// addAll adds what stands within a frame, up to its end: blocks, and what stands
// between them.
func (f *Flow) addAll(s *scanner, in *frame) {
	from, depth := s.at, 0 // of what stands between blocks, and how deep it is marked up
	for {
		t := s.next()
		switch {
		case t.kind == noToken || t.kind == endTag && depth == 0:
			f.addInline(in, "", f.body[from:t.from])
			if t.kind == endTag && in == nil {
				from = s.at
				continue // of nothing: markup writes none
			}
			return
		case t.kind == endTag:
			depth--
		case t.kind == startTag && depth == 0 && standsAlone(t.name):
			f.addInline(in, "", f.body[from:t.from])
			f.addBlock(s, t, in)
			from = s.at
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
}

// addBlock adds an element whose start tag was read.
func (f *Flow) addBlock(s *scanner, t token, in *frame) {
	switch t.name {
	case "hr":
		f.put(part{kind: rule, html: f.body[t.from:s.at], in: in})
	case "table":
		f.addTable(s, t, in)
	case "p":
		if c := s.element(t); c.pictures > 0 {
			f.addInline(in, "p", f.body[t.from:s.at])
		} else {
			f.put(part{html: f.body[t.from:s.at], tag: "p", set: f.text(c.text), in: in})
		}
	case "h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "figcaption":
		c := s.element(t)
		f.put(part{kind: heading, html: f.body[t.from:s.at], tag: t.name, set: f.text(c.text), pictures: c.pictures, in: in})
	case "pre":
		s.element(t)
		html := f.body[t.from:s.at]
		f.put(part{kind: lines, html: html, tag: t.name, set: f.text(textOf(html, true).text), in: in})
	default:
		g := f.newFrame(t, in)
		known := len(f.atoms)
		f.addAll(s, g)
		if len(f.atoms) == known { // an item, say, that is still empty
			f.put(part{in: g})
		}
	}
}

// addInline adds what stands in a paragraph, or between blocks: a picture that is
// in no other element is a part of its own.
func (f *Flow) addInline(in *frame, tag, html string) {
	if strings.TrimSpace(html) == "" {
		return
	}
	c := textOf(html, false)
	if c.text == "" && c.pictures == 0 && tag == "" {
		if strings.Contains(html, "<") {
			f.put(part{html: html, in: in})
		}
		return
	}
	if c.pictures == 0 || c.pictures == 1 && c.text == "" {
		f.put(part{html: html, tag: tag, set: f.text(c.text), pictures: c.pictures, in: in})
		return
	}
	start, end := "", ""
	s := &scanner{body: html}
	if tag != "" {
		t := s.next()
		start, end = html[:t.to], "</"+tag+">"
		html = html[:len(html)-len(end)]
	}
	s.body = html
	from, depth := s.at, 0
	piece := func(to int) {
		if strings.TrimSpace(html[from:to]) != "" {
			c := textOf(html[from:to], false)
			f.put(part{html: start + html[from:to] + end, tag: tag, set: f.text(c.text), pictures: c.pictures, in: in})
			start = again(start)
		}
		from = to
	}
	for t := s.next(); t.kind != noToken; t = s.next() {
		switch {
		case t.kind == endTag:
			depth--
		case t.kind == startTag && t.name == "img" && depth == 0:
			piece(t.from)
			piece(t.to)
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
	piece(len(html))
}

// text measures a text of the flow.
func (f *Flow) text(s string) Text {
	from := len(f.texts)
	f.texts = measured(f.texts, s)
	return slices.Clip(f.texts[from:])
}

func (f *Flow) put(p part) {
	p.number = len(f.atoms)
	f.atoms = append(f.atoms, p)
}

func (f *Flow) addTable(s *scanner, t token, in *frame) {
	from := t.from
	g := f.newFrame(t, in)
	g.table = &table{}
	rows := [][]cell{nil}
	for t := s.next(); t.kind != noToken && (t.kind != endTag || t.name != "table"); t = s.next() {
		switch {
		case t.kind != startTag:
		case t.name == "caption":
			s.element(t)
			g.table.caption = f.body[t.from:s.at]
		case t.name == "thead":
			g.table.heads = f.rowOf(s)
			rows[0], g.table.head = g.table.heads, f.body[t.from:s.at]
		case t.name == "tr":
			cells := f.rowOf(s)
			f.put(part{kind: row, html: f.body[t.from:s.at], cells: cells, in: g})
			rows = append(rows, cells)
		}
	}
	f.tables = true
	if g.table.widths, g.table.words = columnWidths(rows); len(rows) == 1 { // nothing but its head
		f.frames = f.frames[:len(f.frames)-1]
		f.put(part{kind: rule, html: f.body[from:s.at], in: in})
	}
}

// rowOf measures the cells of a row, or of the head, up to its end.
func (f *Flow) rowOf(s *scanner) []cell {
	from := len(f.cells)
	for depth := 1; depth > 0; {
		switch t := s.next(); {
		case t.kind == noToken:
			return slices.Clip(f.cells[from:])
		case t.kind == endTag:
			depth--
		case t.name == "td" || t.name == "th":
			c := s.element(t)
			f.cells = append(f.cells, cell{s.body[t.from:s.at], f.text(c.text), c.pictures})
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
	return slices.Clip(f.cells[from:])
}
