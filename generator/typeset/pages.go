package typeset

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	s := &spreader{measures: m, room: r, left: r.of(0), pages: [][]part{nil}}
	for i := range f.atoms {
		if !s.place(f.atoms[i]) {
			return nil, false
		}
	}
	if s.left < r.End && !s.turnForEnd() {
		return nil, false
	}
	for _, p := range s.pages {
		pages = append(pages, render(p))
	}
	return pages, true
}

// Count is the number of pages, 0 when the flow does not fit.
func (f *Flow) Count(m Measures, r Room) int {
	pages, _ := f.Pages(m, r)
	return len(pages)
}

type spreader struct {
	measures Measures
	room     Room
	left     float64
	pages    [][]part
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
	var along []part
	for n := len(s.pages[last]); n > 0 && s.pages[last][n-1].keep; n-- {
		along = append([]part{s.pages[last][n-1]}, along...)
		s.pages[last] = s.pages[last][:n-1]
	}
	if len(s.pages[last]) == 0 && s.room.of(last) >= s.room.Next || len(s.pages) >= maxPages {
		return false
	}
	s.pages = append(s.pages, along)
	s.left = s.room.of(last + 1)
	for _, p := range along {
		s.left -= p.height(s.measures)
	}
	return true
}

func (s *spreader) place(p part) bool {
	for {
		page := s.pages[len(s.pages)-1]
		need := p.height(s.measures)
		continued := len(page) > 0 && page[len(page)-1].parent == p.parent && p.parent != nil
		if !continued {
			need += p.headHeight(s.measures)
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

// leastLines is how many lines of a divided paragraph stay together.
const leastLines = 2

// divide divides a paragraph at the end of the last sentence that still fits.
func (s *spreader) divide(p part) (before, after part, ok bool) {
	if p.kind != paragraph || p.node.DataAtom != atom.P {
		return p, p, false
	}
	var cut cutting
	for c := range p.node.ChildNodes() {
		if c.Type != html.TextNode {
			continue
		}
		for i, r := range c.Data {
			end := i + len(string(r))
			if !strings.ContainsRune("。！？；", r) || strings.HasPrefix(c.Data[end:], "”") {
				continue
			}
			head, tail := cutParagraph(p, c, end)
			if tail.text == "" || Lines(head.text, s.measures.Width/s.measures.Size) < leastLines || head.height(s.measures) > s.left {
				continue
			}
			cut = cutting{head, tail, true}
		}
	}
	return cut.before, cut.after, cut.ok
}

type cutting struct {
	before, after part
	ok            bool
}

// cutParagraph makes two paragraphs of one, divided within a text in it.
func cutParagraph(p part, within *html.Node, at int) (before, after part) {
	head, tail := shell(p.node), shell(p.node)
	tail.Attr = append(tail.Attr, html.Attribute{Key: "class", Val: "cont"})
	target := head
	for c := range p.node.ChildNodes() {
		if c == within {
			head.AppendChild(&html.Node{Type: html.TextNode, Data: c.Data[:at]})
			tail.AppendChild(&html.Node{Type: html.TextNode, Data: c.Data[at:]})
			target = tail
			continue
		}
		target.AppendChild(clone(c))
	}
	before, after = p, p
	before.node, before.text = head, textOf(head)
	after.node, after.text = tail, textOf(tail)
	return before, after
}

// shell is an element without what is in it.
func shell(n *html.Node) *html.Node {
	return &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: append([]html.Attribute{}, n.Attr...)}
}

func clone(n *html.Node) *html.Node {
	c := shell(n)
	for child := range n.ChildNodes() {
		c.AppendChild(clone(child))
	}
	return c
}

// render writes the parts of a page; the items of one list, and the rows of one
// table under its head, are put together again.
func render(parts []part) string {
	root := &html.Node{Type: html.DocumentNode}
	for i := 0; i < len(parts); {
		p := parts[i]
		if p.parent == nil {
			root.AppendChild(clone(p.node))
			i++
			continue
		}
		n := i
		for n < len(parts) && parts[n].parent == p.parent {
			n++
		}
		if p.kind == row {
			root.AppendChild(tableOf(parts[i:n]))
		} else {
			root.AppendChild(listOf(parts[i:n]))
		}
		i = n
	}
	var b strings.Builder
	html.Render(&b, root)
	return b.String()
}

func listOf(items []part) *html.Node {
	list := shell(items[0].parent)
	if list.DataAtom == atom.Ol && items[0].number > 0 {
		list.Attr = append(list.Attr, html.Attribute{Key: "start", Val: strconv.Itoa(items[0].number + 1)})
	}
	for _, p := range items {
		list.AppendChild(clone(p.node))
	}
	return list
}

func tableOf(rows []part) *html.Node {
	t := rows[0].parent
	table := shell(t)
	if c := find(t, atom.Caption); c != nil {
		table.AppendChild(clone(c))
	}
	columns := &html.Node{Type: html.ElementNode, Data: "colgroup", DataAtom: atom.Colgroup}
	for _, w := range rows[0].widths {
		columns.AppendChild(&html.Node{Type: html.ElementNode, Data: "col", DataAtom: atom.Col,
			Attr: []html.Attribute{{Key: "style", Val: fmt.Sprintf("width:%.1f%%", 100*w)}}})
	}
	table.AppendChild(columns)
	if h := find(t, atom.Thead); h != nil {
		table.AppendChild(clone(h))
	}
	body := &html.Node{Type: html.ElementNode, Data: "tbody", DataAtom: atom.Tbody}
	for _, p := range rows {
		body.AppendChild(clone(p.node))
	}
	table.AppendChild(body)
	return table
}
