package typeset

import (
	"math"
	"strings"
)

// Flow is a text of several paragraphs, lists and tables, as Markdown makes
// them, that is spread over pages. Its parts are stretches of the HTML. It is for
// one goroutine.
type Flow struct {
	body   string
	atoms  []part
	tables bool      // it has some: they are given columns
	pages  [][]*part // room for them; see [Flow.spread]
}

// Measures say how a flow is set. Lengths are in the unit of the page.
type Measures struct {
	Size    float64 // of the letters
	Width   float64 // of a line
	Leading float64 // of a line, in em
	Gap     float64 // between paragraphs, in em
}

// part is what stays on one page: a paragraph, a row, an item of a list.
type part struct {
	kind     kind
	from, to int    // in the body
	tag      string // of a paragraph or an item: it may be divided
	before   string // what a part of a divided one begins with
	after    string // and ends with
	text     string
	set      Text    // the text, measured
	indent   float64 // in em
	inner    int     // items of the lists within an item
	cells    []Text  // of a row
	group    *group  // the list, table or box that is continued on the next page; nil
	number   int     // in its group, from 0

	high, top float64 // see [part.measure]
}

// group is what the items of a list, the rows of a table or the paragraphs of a
// box share.
type group struct {
	start, end    string    // tags
	caption, head string    // of a table
	heads         []Text    // the cells of the head
	widths        []float64 // of the columns, shares of the whole
	words         []float64 // the widest word of each column, in em
}

type kind uint8

const (
	paragraph kind = iota
	heading        // it stays with the next part
	item
	row
	picture
	lines // preformatted
)

// ParseFlow reads the HTML of a body, as package markup writes it.
func ParseFlow(body string) *Flow {
	f := &Flow{body: body, atoms: make([]part, 0, strings.Count(body, "<p")+strings.Count(body, "<li")+strings.Count(body, "<tr")+strings.Count(body, "<h")+1)}
	s := &scanner{body: body}
	for t := s.next(); t.kind != noToken; t = s.next() {
		f.add(s, t)
	}
	return f
}

func (f *Flow) add(s *scanner, t token) {
	if t.kind == textToken {
		if text := strings.TrimSpace(unescape(f.body[t.from:t.to])); text != "" {
			f.put(part{from: t.from, to: t.to, text: text})
		}
		return
	}
	if t.kind == endTag {
		return // of nothing: markup writes none
	}
	p := part{from: t.from}
	switch t.name {
	case "ul", "ol":
		f.addList(s, t)
		return
	case "table":
		f.addTable(s, t)
		return
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.kind = heading
	case "pre":
		p.kind = lines
	case "p":
		p.tag = t.name
	default:
		if f.addBox(s, t) {
			return
		}
		p.indent = boxIndent
	}
	inside := s.element(t)
	p.text, p.to = inside.text, s.at
	if inside.picture {
		p.kind = picture
	}
	f.put(p)
}

func (f *Flow) put(p part) {
	p.set = NewText(p.text)
	f.atoms = append(f.atoms, p)
}

func (f *Flow) addList(s *scanner, list token) {
	g := &group{start: f.body[list.from:list.to], end: "</" + list.name + ">"}
	for n := 0; ; {
		t := s.next()
		switch {
		case t.kind == endTag || t.kind == noToken:
			return
		case t.kind == startTag:
			inside := s.element(t)
			f.put(part{kind: item, from: t.from, to: s.at, tag: t.name, text: inside.text, indent: listIndent * float64(1+inside.lists),
				inner: inside.items, group: g, number: n})
			n++
		}
	}
}

// addBox adds the paragraphs of a box, a quotation say, when it holds nothing
// else: then it can be continued on another page. Else it reads nothing.
func (f *Flow) addBox(s *scanner, box token) bool {
	at, known := s.at, len(f.atoms)
	g := &group{start: f.body[box.from:box.to], end: "</" + box.name + ">"}
	for n := 0; !isVoid(box.name); {
		t := s.next()
		switch {
		case t.kind == startTag && t.name == "p":
			if inside := s.element(t); !inside.picture {
				f.put(part{from: t.from, to: s.at, tag: t.name, text: inside.text, indent: boxIndent, group: g, number: n})
				n++
				continue
			}
		case t.kind == textToken && strings.TrimSpace(f.body[t.from:t.to]) == "":
			continue
		case t.kind == endTag && n > 0:
			return true
		}
		break
	}
	s.at, f.atoms = at, f.atoms[:known]
	return false
}

func (f *Flow) addTable(s *scanner, table token) {
	g := &group{start: f.body[table.from:table.to], end: "</tbody></table>"}
	rows := [][]Text{nil}
	for t := s.next(); t.kind != noToken && (t.kind != endTag || t.name != "table"); t = s.next() {
		switch {
		case t.kind != startTag:
		case t.name == "caption":
			s.element(t)
			g.caption = f.body[t.from:s.at]
		case t.name == "thead":
			g.heads = cellsOf(s, t)
			rows[0], g.head = g.heads, f.body[t.from:s.at]
		case t.name == "tr":
			cells := cellsOf(s, t)
			f.atoms = append(f.atoms, part{kind: row, from: t.from, to: s.at, cells: cells, group: g, number: len(rows) - 1})
			rows = append(rows, cells)
		}
	}
	f.tables = true
	if g.widths, g.words = columnWidths(rows); len(rows) == 1 { // nothing but its head
		f.put(part{from: table.from, to: s.at, indent: boxIndent})
	}
}

// cellsOf measures the cells of a row, or of the head.
func cellsOf(s *scanner, t token) []Text {
	cells := make([]Text, 0, 4)
	for depth := 1; depth > 0; {
		switch t := s.next(); {
		case t.kind == noToken:
			return cells
		case t.kind == endTag:
			depth--
		case t.name == "td" || t.name == "th":
			cells = append(cells, NewText(s.element(t).text))
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
	return cells
}

// columnWidths shares the width between columns: as much as their texts ask
// for, but a long text is broken before a short one. words are the widths that
// columns need so that no word in them is broken.
func columnWidths(rows [][]Text) (shares, words []float64) {
	for _, cells := range rows {
		for i, c := range cells {
			if i == len(shares) {
				shares, words = append(shares, 3), append(words, 0)
			}
			all, line, word := c.widths()
			shares[i] = math.Max(shares[i], cellPadding+0.2+math.Min(line, math.Max(word, 5+2*math.Sqrt(all))))
			words[i] = math.Max(words[i], word)
		}
	}
	sum := 0.0
	for _, w := range shares {
		sum += w
	}
	for i := range shares {
		shares[i] = math.Round(1000*shares[i]/sum) / 1000
	}
	return shares, words
}

// Breaks reports whether a word of a table, or a short line, is wider than its
// column, so that it would be broken where it should not be.
func (f *Flow) Breaks(m Measures) bool {
	for i := range f.atoms {
		if p := &f.atoms[i]; p.kind == row && p.number == 0 {
			for c, share := range p.group.widths {
				if p.group.words[c] > share*m.Width/(m.Size*tableSize)-cellPadding {
					return true
				}
			}
		}
	}
	return false
}

// The measures of the parts, in em; style sheets have the same.
const (
	headingSize = 1.15
	itemGap     = 0.6  // between items, in gaps
	cellPadding = 1.2  // left and right of a cell's text together
	rowPadding  = 0.75 // above and below it
	tableSize   = 0.92
	maxPicture  = 60 // of the height of a picture, in units of the page
	boxPadding  = 1.4
	firstIndent = 2   // of a paragraph
	listIndent  = 1.6 // of an item
	boxIndent   = 2.0 // of a box: its text is narrower, as it has a frame
)

// measure finds the height of a part, and what stands before the first of its
// group on a page.
func (p *part) measure(m Measures) { p.high, p.top = p.height(m), p.headHeight(m) }

// height is the height of a part with the gap after it.
func (p *part) height(m Measures) float64 {
	em := m.Width / m.Size // of a line
	line := m.Size * m.Leading
	gap := m.Gap * m.Size
	switch p.kind {
	case heading:
		return float64(p.set.Lines(em/headingSize, 0))*m.Size*headingSize*math.Min(m.Leading, 1.4) + gap*1.6
	case item:
		return float64(p.set.Lines(em-p.indent, 0))*line + gap*itemGap*float64(1+p.inner)
	case row:
		return m.rowHeight(p.cells, p.group.widths)
	case picture:
		return maxPicture + gap
	case lines:
		return float64(strings.Count(p.text, "\n")+1)*line + gap + boxPadding*m.Size
	}
	if p.group != nil { // within a box
		return float64(p.set.Lines(em-p.indent, 0))*line + gap
	}
	if p.indent > 0 {
		return float64(p.set.Lines(em-p.indent, 0))*line + gap + boxPadding*m.Size
	}
	return float64(p.set.Lines(em, firstIndent))*line + gap
}

func (m Measures) rowHeight(cells []Text, widths []float64) float64 {
	size := m.Size * tableSize
	n := 1
	for i, c := range cells {
		if i < len(widths) {
			n = max(n, c.Lines(widths[i]*m.Width/size-cellPadding, 0))
		}
	}
	return float64(n)*size*1.45 + rowPadding*size
}

// headHeight is what a table needs beside the rows of its body, a box beside its
// paragraphs and a list beside its items, on each page.
func (p *part) headHeight(m Measures) float64 {
	switch {
	case p.group == nil:
		return 0
	case p.kind == item:
		return (1 - itemGap) * m.Gap * m.Size
	case p.kind == paragraph:
		return boxPadding * m.Size
	}
	h := 1.2 * m.Size
	if p.group.heads != nil {
		h += m.rowHeight(p.group.heads, p.group.widths)
	}
	if p.group.caption != "" {
		h += 1.6 * m.Size
	}
	return h
}
