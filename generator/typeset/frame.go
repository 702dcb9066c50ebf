package typeset

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// frame is an element around parts: a list, an item of it, a box, a table. Where
// its parts go on on another page, it is opened again.
type frame struct {
	name, start string
	in          *frame  // the next around it; nil: none
	indent      float64 // of what is in it, in em
	item        bool    // it is an item, or in one
	first       int     // the number of its first part
	number      int     // of an item: how many are before it
	items       int     // of a list
	table       *table  // nil for all else

	top, tops float64 // what stands above its parts, and above those of all around it
}

// table is what the rows of a table share.
type table struct {
	caption, head string
	heads         []cell    // of the head
	widths        []float64 // of the columns, shares of the whole
	words         []float64 // the widest word of each column, in em
}

func (f *Flow) newFrame(t token, in *frame) *frame {
	n := len(f.frames)
	if n == cap(f.frames) {
		f.frames = slices.Grow(f.frames, 1)
	}
	f.frames = f.frames[:n+1]
	if f.frames[n] == nil {
		f.frames[n] = &frame{}
	}
	g := f.frames[n] // that of a flow before, perhaps
	*g = frame{name: t.name, start: f.body[t.from:t.to], first: len(f.atoms), in: in}
	if in != nil {
		g.indent, g.item = in.indent, in.item
	}
	switch {
	case g.isList():
		g.indent += listIndent
	case t.name == "li":
		g.item = true
		if in != nil {
			g.number = in.items
			in.items++
		}
	case g.isBox():
		g.indent += boxIndent
	}
	return g
}

// path returns the frames from the outermost to g, in the room given; none for nil.
func (g *frame) path(room []*frame) []*frame {
	path := room[:0]
	for ; g != nil; g = g.in {
		path = append(path, g)
	}
	slices.Reverse(path)
	return path
}

func (g *frame) isList() bool { return g.name == "ul" || g.name == "ol" }

// isBox reports whether a frame has lines or a ground around it.
func (g *frame) isBox() bool {
	switch g.name {
	case "blockquote", "aside", "details", "figure":
		return true
	}
	return false
}

// measure finds what a frame needs above its parts, on each page.
func (g *frame) measure(m Measures) {
	g.top = 0
	switch {
	case g.table != nil:
		g.top = 1.2 * m.Size
		if g.table.heads != nil {
			g.top += g.rowHeight(m, g.table.heads)
		}
		if g.table.caption != "" {
			g.top += 1.6 * m.Size
		}
	case g.isList():
		g.top = (1 - itemGap) * m.Gap * m.Size
	case g.isBox():
		g.top = boxPadding * m.Size
	}
	g.tops = g.top
	if g.in != nil {
		g.tops += g.in.tops
	}
}

var (
	startNumber = regexp.MustCompile(`\bstart="(\d+)"`)
	idOf        = regexp.MustCompile(` id="[^"]*"`)
)

// begin writes the start of a frame; again is set when a page before has it.
func (g *frame) begin(b *strings.Builder, item int, repeated bool) {
	switch {
	case g.table != nil:
		b.WriteString(g.start)
		b.WriteString(g.table.caption)
		b.WriteString("<colgroup>")
		for _, w := range g.table.widths {
			fmt.Fprintf(b, `<col style="width:%.1f%%">`, 100*w)
		}
		b.WriteString("</colgroup>")
		b.WriteString(g.table.head)
		b.WriteString("<tbody>")
	case !repeated:
		b.WriteString(g.start)
	case g.name == "ol":
		first := 1
		if m := startNumber.FindStringSubmatch(g.start); m != nil {
			first, _ = strconv.Atoi(m[1])
		}
		// Of two attributes of one name the first counts.
		fmt.Fprintf(b, `<ol start="%d"%s`, first+item, g.start[len("<ol"):])
	default:
		b.WriteString(again(g.start))
	}
}

func (g *frame) finish(b *strings.Builder) {
	if g.table != nil {
		b.WriteString("</tbody>")
	}
	b.WriteString("</" + g.name + ">")
}

// again is the start tag of an element that goes on after a break: its id stays
// with its beginning, and style sheets know by its class that it has no mark and
// no indent.
func again(start string) string {
	start = idOf.ReplaceAllString(start, "")
	if !strings.HasPrefix(start, "<p") && !strings.HasPrefix(start, "<li") {
		return start
	}
	if strings.Contains(start, ` class="`) {
		if strings.Contains(start, `"cont`) {
			return start
		}
		return strings.Replace(start, ` class="`, ` class="cont `, 1)
	}
	return strings.Replace(start, ">", ` class="cont">`, 1)
}
