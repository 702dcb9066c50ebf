package typeset

import "math"

// Flow is a text of several paragraphs, lists and tables, as Markdown makes
// them, that is spread over pages. Its parts are stretches of the HTML, each
// within the elements around it, its frames. It is for one goroutine.
type Flow struct {
	body   string
	atoms  []part
	frames []*frame // each behind those around it
	texts  Text     // of all parts
	cells  []cell   // of all rows
	tables bool     // it has some: they are given columns
	stuck  string   // see [Flow.Stuck]

	// Room for what is made again and again.
	glyphs []glyph
	pages  [][]*part // see [Flow.spread]
}

// Measures say how a flow is set. Lengths are in the unit of the page.
type Measures struct {
	Size    float64 // of the letters
	Width   float64 // of a line
	Leading float64 // of a line, in em
	Gap     float64 // between paragraphs, in em
}

// part is a paragraph, a row, the text of an item: what stands on one page, or is
// divided between two lines.
type part struct {
	kind     kind
	html     string
	tag      string // of a paragraph; it may be divided
	set      Text   // the text, measured
	pictures int    // in it
	cells    []cell // of a row
	in       *frame // the innermost around it; nil
	number   int    // in the flow
	rest     bool   // it is the end of a divided one
	more     bool   // it is the beginning of one

	high, top, whole float64 // see [part.measure]
}

// cell is that of a table's row.
type cell struct {
	html     string
	set      Text
	pictures int
}

type kind uint8

const (
	paragraph kind = iota
	heading        // it stays with the next part
	row
	lines // preformatted
	rule  // what has no text
)

// narrowest is how wide most tables are at least, in em. On a wider one a column
// has room for its words, however long the texts of the others are.
const narrowest = 27.0

// widestWord is how wide a word is at most, in em, that others make room for; an
// address of a page, say, is broken.
const widestWord = 12.0

// columnWidths shares the width between columns: as much as their texts ask
// for, but a long text is broken before a short one. words are the widths that
// columns need so that no word in them is broken.
func columnWidths(rows [][]cell) (shares, words []float64) {
	for _, cells := range rows {
		for i, c := range cells {
			if i == len(shares) {
				shares, words = append(shares, 3), append(words, 0)
			}
			all, line, word := c.set.widths()
			shares[i] = math.Max(shares[i], cellPadding+0.2+math.Min(line, math.Max(word, 5+2*math.Sqrt(all))))
			words[i] = math.Max(words[i], word)
		}
	}
	least := make([]float64, len(words))
	sum, need := 0.0, 0.0
	for i, w := range shares {
		least[i] = math.Min(words[i], widestWord) + cellPadding + 0.2
		sum, need = sum+w, need+least[i]
	}
	for i, w := range shares {
		whole := sum
		switch {
		case sum <= narrowest: // all have what they ask for
		case need >= narrowest: // their words are all that can be hoped for
			w, whole = least[i], need
		default:
			w, whole = least[i]+(narrowest-need)*math.Max(0, w-least[i])/(sum-need), narrowest
		}
		shares[i] = math.Round(1000*w/whole) / 1000
	}
	return shares, words
}

// Breaks reports whether a word of a table, or a short line, is wider than its
// column, so that it would be broken where it should not be.
func (f *Flow) Breaks(m Measures) bool {
	for _, g := range f.frames {
		if g.table == nil {
			continue
		}
		for c, share := range g.table.widths {
			if g.table.words[c] > g.column(m, share) {
				return true
			}
		}
	}
	return false
}

// The measures of the parts, in em; style sheets have the same.
const (
	headingSize = 1.15
	headingLine = 1.4
	itemGap     = 0.6  // between items, in gaps
	cellPadding = 1.2  // left and right of a cell's text together
	rowPadding  = 0.75 // above and below it
	rowLine     = 1.45
	tableSize   = 0.92
	maxPicture  = 60 // of the height of a picture, in units of the page
	boxPadding  = 1.4
	firstIndent = 2   // of a paragraph
	listIndent  = 1.6 // of an item
	boxIndent   = 2.0 // of a box: its text is narrower, as it has a frame
)

// measure finds the height of a part, and what frames need above it: those that
// begin with it, and all around it, which a new page has.
func (p *part) measure(m Measures) {
	p.high, p.top, p.whole = p.height(m), 0, 0
	if p.in == nil {
		return
	}
	p.whole = p.in.tops
	for g := p.in; g != nil && g.first == p.number; g = g.in {
		p.top += g.top
	}
}

// setting is how the lines of a part are set.
type setting struct {
	line          float64 // the height of one
	around        float64 // above and below them together
	width, indent float64 // of the lines, and of the first, in em
}

func (p *part) setting(m Measures) setting {
	gap := m.Gap * m.Size
	x := setting{line: m.Size * m.Leading, around: gap, width: m.Width / m.Size}
	if p.in != nil {
		x.width -= p.in.indent
		if p.in.item {
			x.around = gap * itemGap
		}
	}
	switch {
	case p.kind == heading:
		x.line, x.around, x.width = m.Size*headingSize*math.Min(m.Leading, headingLine), gap*1.6, x.width/headingSize
	case p.kind == lines:
		x.around, x.width = x.around+boxPadding*m.Size, x.width-boxIndent
	case p.kind == rule:
		x.around += boxPadding * m.Size
	case p.in == nil && p.tag == "p" && !p.rest:
		x.indent = firstIndent
	}
	return x
}

// height is the height of a part with the gap after it.
func (p *part) height(m Measures) float64 {
	if p.kind == row {
		return p.in.rowHeight(m, p.cells)
	}
	x := p.setting(m)
	h := x.around + float64(p.pictures)*maxPicture
	if p.pictures == 0 || len(p.set) > 0 {
		h += x.line * float64(p.set.Lines(x.width, x.indent))
	}
	return h
}

// column is how wide the text of a column with such a share is, in em.
func (g *frame) column(m Measures, share float64) float64 {
	return share*(m.Width-g.indent*m.Size)/(m.Size*tableSize) - cellPadding
}

func (g *frame) rowHeight(m Measures, cells []cell) float64 {
	size := m.Size * tableSize
	h := 0.0
	for i, c := range cells {
		if i < len(g.table.widths) {
			h = math.Max(h, float64(c.set.Lines(g.column(m, g.table.widths[i]), 0))*size*rowLine+float64(c.pictures)*maxPicture)
		}
	}
	return math.Max(h, size*rowLine) + rowPadding*size
}
