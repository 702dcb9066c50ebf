package typeset

import (
	"math"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Flow is a text of several paragraphs, lists and tables, as Markdown makes
// them, that is spread over pages.
type Flow struct{ atoms []part }

// Measures say how a flow is set. Lengths are in the unit of the page.
type Measures struct {
	Size    float64 // of the letters
	Width   float64 // of a line
	Leading float64 // of a line, in em
	Gap     float64 // between paragraphs, in em
}

// part is what stays on one page: a paragraph, a row, an item of a list.
type part struct {
	node   *html.Node
	parent *html.Node // the list or table that is continued on the next page; nil
	first  bool       // of its parent
	kind   kind
	text   string
	indent float64   // in em
	cells  []string  // of a row
	widths []float64 // of the columns, shares of the whole
	keep   bool      // stays with the next part: a heading
	number int       // of an item in its list, from 0
}

type kind uint8

const (
	paragraph kind = iota
	heading
	item
	row
	picture
	lines // preformatted
)

// ParseFlow reads the HTML of a body.
func ParseFlow(body string) *Flow {
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(body), context)
	if err != nil {
		return &Flow{} // never: a string can be read
	}
	f := &Flow{}
	for _, n := range nodes {
		f.add(n, 0)
	}
	return f
}

func (f *Flow) add(n *html.Node, indent float64) {
	if n.Type != html.ElementNode {
		if t := strings.TrimSpace(n.Data); n.Type == html.TextNode && t != "" {
			f.atoms = append(f.atoms, part{node: n, text: t})
		}
		return
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		i := 0
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.Li {
				f.atoms = append(f.atoms, part{node: c, parent: n, first: i == 0, kind: item, text: textOf(c), indent: indent + 1.6, number: i})
				i++
			}
		}
	case atom.Table:
		f.addTable(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.atoms = append(f.atoms, part{node: n, kind: heading, text: textOf(n), keep: true})
	case atom.Pre:
		f.atoms = append(f.atoms, part{node: n, kind: lines, text: textOf(n)})
	default:
		if img := find(n, atom.Img); img != nil {
			f.atoms = append(f.atoms, part{node: n, kind: picture})
			return
		}
		f.atoms = append(f.atoms, part{node: n, text: textOf(n), indent: boxIndent(n)})
	}
}

// boxIndent is how much narrower the text of a box is: it has a frame.
func boxIndent(n *html.Node) float64 {
	if n.DataAtom == atom.P {
		return 0
	}
	return 2
}

func (f *Flow) addTable(t *html.Node) {
	var rows []part
	for tr := range t.Descendants() {
		if tr.DataAtom != atom.Tr || tr.Parent.DataAtom == atom.Thead {
			continue
		}
		rows = append(rows, part{node: tr, parent: t, kind: row, cells: cellsOf(tr)})
	}
	heads := headOf(t)
	widths := columnWidths(append([]part{{cells: heads}}, rows...))
	for i := range rows {
		rows[i].first, rows[i].widths = i == 0, widths
	}
	f.atoms = append(f.atoms, rows...)
}

func headOf(t *html.Node) []string {
	if h := find(t, atom.Thead); h != nil {
		return cellsOf(h)
	}
	return nil
}

func cellsOf(n *html.Node) (cells []string) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, textOf(c))
		}
	}
	return cells
}

// columnWidths shares the width between columns: as much as their texts ask
// for, but a long text is broken before a short one.
func columnWidths(rows []part) []float64 {
	var want []float64
	for _, r := range rows {
		for i, c := range r.cells {
			if i == len(want) {
				want = append(want, 3)
			}
			want[i] = math.Max(want[i], cellPadding+0.2+math.Min(Width(c), 5+2*math.Sqrt(Width(c))))
		}
	}
	sum := 0.0
	for _, w := range want {
		sum += w
	}
	for i := range want {
		want[i] = math.Round(1000*want[i]/sum) / 1000
	}
	return want
}

func find(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return d
		}
	}
	return nil
}

// textOf is the text of an element; paragraphs and items in it are lines.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if d.DataAtom == atom.Br || (d.DataAtom == atom.P || d.DataAtom == atom.Li || d.DataAtom == atom.Div) && b.Len() > 0 {
			b.WriteByte('\n')
		}
	}
	return strings.TrimSpace(b.String())
}

// The measures of the parts, in em; style sheets have the same.
const (
	headingSize = 1.15
	cellPadding = 1.2  // left and right of a cell's text together
	rowPadding  = 0.75 // above and below it
	tableSize   = 0.92
	maxPicture  = 60 // of the height of a picture, in units of the page
	boxPadding  = 1.4
)

// height is the height of a part with the gap after it.
func (p *part) height(m Measures) float64 {
	em := m.Width / m.Size // of a line
	line := m.Size * m.Leading
	gap := m.Gap * m.Size
	switch p.kind {
	case heading:
		return float64(Lines(p.text, em/headingSize))*m.Size*headingSize*math.Min(m.Leading, 1.4) + gap*1.6
	case item:
		return float64(Lines(p.text, em-p.indent))*line + gap*0.3
	case row:
		return m.rowHeight(p.cells, p.widths)
	case picture:
		return maxPicture + gap
	case lines:
		return float64(strings.Count(p.text, "\n")+1)*line + gap + boxPadding*m.Size
	}
	if p.indent > 0 {
		return float64(Lines(p.text, em-p.indent))*line + gap + boxPadding*m.Size
	}
	return float64(Lines("　　"+p.text, em))*line + gap
}

func (m Measures) rowHeight(cells []string, widths []float64) float64 {
	size := m.Size * tableSize
	n := 1
	for i, c := range cells {
		if i < len(widths) {
			n = max(n, Lines(c, widths[i]*m.Width/size-cellPadding))
		}
	}
	return float64(n)*size*1.45 + rowPadding*size
}

// headHeight is what a table needs beside the rows of its body, on each page.
func (p *part) headHeight(m Measures) float64 {
	if p.kind != row {
		return 0
	}
	h := 1.2 * m.Size
	if heads := headOf(p.parent); heads != nil {
		h += m.rowHeight(heads, p.widths)
	}
	if c := find(p.parent, atom.Caption); c != nil {
		h += 1.6 * m.Size
	}
	return h
}
