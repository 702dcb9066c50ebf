package attachment

import (
	"math"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"
)

// canvas is a page of a PDF on which texts are put.
type canvas struct {
	*document
	gs       state
	stack    []state
	pieces   []piece // in the order in which they are drawn
	pictures int
	unknown  int // glyphs of which nothing tells the character
}

// piece is a text that is drawn in one go.
type piece struct {
	text       string
	x, y       float64 // where it begins
	toX, toY   float64 // where it ends
	size       float64 // of its letters
	alone      bool    // a note: it stands nowhere
	horizontal bool
}

// matrix is a b c d e f of the six numbers of PDF.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// then returns the matrix that does m first.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// state is what operators change.
type state struct {
	page, text, line    matrix
	font                *font
	size, leading, rise float64
	apart, blank, wide  float64 // between letters, at blanks; the width of letters
}

// fresh is the state in which a page begins.
var fresh = state{page: identity, text: identity, line: identity, wide: 1}

// run runs the operators of a page or of a form that it shows.
func (c *canvas) run(content, resources pdf.Value, depth int) {
	const deepest = 8
	if depth > deepest || content.Kind() == pdf.Null {
		return
	}
	if err := c.weigh(content); err != nil {
		panic(err)
	}
	if depth == 0 {
		c.gs = fresh
	}
	outside, saved := c.gs, c.stack
	pdf.Interpret(content, func(stk *pdf.Stack, op string) {
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		if op == "Do" && len(args) == 1 {
			c.show(resources.Key("XObject").Key(args[0].Name()), resources, depth)
			return
		}
		if op == "Tf" && len(args) == 2 {
			c.gs.font, c.gs.size = c.fontOf(resources.Key("Font"), args[0].Name()), args[1].Float64()
			return
		}
		c.operate(op, args)
	})
	c.gs, c.stack = outside, saved
}

// show shows a form or a picture.
func (c *canvas) show(x, resources pdf.Value, depth int) {
	switch x.Key("Subtype").Name() {
	case "Image":
		c.pictures++
	case "Form":
		if own := x.Key("Resources"); own.Kind() == pdf.Dict {
			resources = own
		}
		before := c.gs
		if m := x.Key("Matrix"); m.Len() == 6 {
			var n matrix
			for i := range n {
				n[i] = m.Index(i).Float64()
			}
			c.gs.page = n.then(c.gs.page)
		}
		c.run(x, resources, depth+1)
		c.gs = before
	}
}

// operate does what an operator says.
func (c *canvas) operate(op string, args []pdf.Value) {
	number := func(i int) float64 {
		if i < len(args) {
			return args[i].Float64()
		}
		return 0
	}
	var m matrix
	for i := range m {
		m[i] = number(i)
	}
	gs := &c.gs
	switch op {
	case "q":
		c.stack = append(c.stack, *gs)
	case "Q":
		if n := len(c.stack); n > 0 {
			*gs, c.stack = c.stack[n-1], c.stack[:n-1]
		}
	case "cm":
		gs.page = m.then(gs.page)
	case "BT":
		gs.text, gs.line = identity, identity
	case "Tm":
		gs.text, gs.line = m, m
	case "TD", "Td":
		if op == "TD" {
			gs.leading = -number(1)
		}
		c.move(number(0), number(1))
	case "T*":
		c.move(0, -gs.leading)
	case "Tc":
		gs.apart = number(0)
	case "Tw":
		gs.blank = number(0)
	case "Tz":
		gs.wide = number(0) / 100
	case "TL":
		gs.leading = number(0)
	case "Ts":
		gs.rise = number(0)
	default:
		c.write(op, args)
	}
}

// move goes to another line.
func (c *canvas) move(x, y float64) {
	c.gs.line = matrix{1, 0, 0, 1, x, y}.then(c.gs.line)
	c.gs.text = c.gs.line
}

// write does the operators that draw text.
func (c *canvas) write(op string, args []pdf.Value) {
	if len(args) == 0 {
		return
	}
	last := args[len(args)-1]
	switch op {
	case `"`:
		if len(args) == 3 {
			c.gs.blank, c.gs.apart = args[0].Float64(), args[1].Float64()
		}
		fallthrough
	case "'":
		c.move(0, -c.gs.leading)
		fallthrough
	case "Tj":
		c.put(last.RawString())
	case "TJ":
		for i := range last.Len() {
			if x := last.Index(i); x.Kind() == pdf.String {
				c.put(x.RawString())
			} else {
				c.advance(-x.Float64() / 1000 * c.gs.size * c.gs.wide)
			}
		}
	}
}

func (c *canvas) advance(x float64) { c.gs.text = matrix{1, 0, 0, 1, x, 0}.then(c.gs.text) }

// put draws a text where the last ended.
func (c *canvas) put(codes string) {
	gs := &c.gs
	if gs.font == nil || codes == "" {
		return
	}
	begin := matrix{1, 0, 0, 1, 0, gs.rise}.then(gs.text).then(gs.page)
	var text strings.Builder
	for codes != "" {
		code := codes[:gs.font.length(codes)]
		codes = codes[len(code):]
		s, ok := gs.font.decode(code)
		if !ok {
			c.unknown++
		}
		text.WriteString(s)
		wide := gs.font.width(code)*gs.size + gs.apart
		if code == " " {
			wide += gs.blank
		}
		c.advance(wide * gs.wide)
	}
	end := matrix{1, 0, 0, 1, 0, gs.rise}.then(gs.text).then(gs.page)
	c.pieces = append(c.pieces, piece{text: text.String(), x: begin[4], y: begin[5], toX: end[4], toY: end[5],
		size: math.Abs(gs.size) * math.Hypot(begin[2], begin[3]), horizontal: math.Abs(begin[1]) < 1e-3*math.Abs(begin[0])})
}

// lines joins what was drawn one after the other in one line.
func (c *canvas) lines() []string { return join(c.pieces) }

// rows joins what stands side by side, whenever it was drawn; lines that are known
// already are left out.
func (c *canvas) rows(known []string) []string {
	var all []piece
	for _, p := range c.pieces {
		if p.horizontal && !p.alone {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b piece) int {
		switch {
		case a.y > b.y:
			return -1
		case a.y < b.y:
			return 1
		}
		return 0
	})
	for from := 0; from < len(all); { // a row is as high as half its first letter
		to := from + 1
		for to < len(all) && all[from].y-all[to].y < all[from].size/2 {
			to++
		}
		slices.SortStableFunc(all[from:to], func(a, b piece) int { return int(math.Copysign(1, a.x-b.x)) })
		from = to
	}
	is := make(map[string]bool, len(known))
	for _, s := range known {
		is[s] = true
	}
	return slices.DeleteFunc(join(all), func(s string) bool { return is[s] })
}

// join writes pieces that go on from each other as lines. A small gap is none, as
// letters are often set one by one; a larger one is a blank; what stands farther off
// is another column.
func join(pieces []piece) (lines []string) {
	var line strings.Builder
	finish := func() {
		if s := line.String(); strings.TrimSpace(s) != "" {
			lines = append(lines, s)
		}
		line.Reset()
	}
	var last piece
	for i, p := range pieces {
		if i > 0 {
			gap, same := last.gap(p)
			switch {
			case !same:
				finish()
			case math.Abs(gap) < 0.2:
			case 0 < gap && gap < 1:
				line.WriteByte(' ')
			default:
				line.WriteByte('\t')
			}
		}
		line.WriteString(p.text)
		last = p
	}
	finish()
	return lines
}

// gap returns how far another piece begins from the end of p, in sizes of letters;
// same reports whether it stands in the same line.
func (p piece) gap(q piece) (gap float64, same bool) {
	if p.alone || q.alone || p.size == 0 {
		return 0, false
	}
	dx, dy := p.toX-p.x, p.toY-p.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, dy, length = 1, 0, 1
	}
	x, y := q.x-p.toX, q.y-p.toY
	across := math.Abs(x*dy-y*dx) / length
	return (x*dx + y*dy) / length / p.size, across < p.size/2
}
