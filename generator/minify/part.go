package minify

import (
	"strings"
	"sync"
)

// kind is what a tag means for the white space around it.
type kind uint8

const (
	inlineStart kind = iota
	phraseStart
	inlineEnd
	block  // beside it white space is not shown
	object // beside it white space is always shown
)

// op is a step of writing a part.
type op struct {
	what byte // 'c' content, 's' space, 't' tag, 'r' raw
	kind kind
	text string // of a space, the one character
}

// Part is a piece of HTML, from a template, that was prepared to be written often.
type Part struct {
	first []op   // until it is known what the white space depends on
	rest  string // minimal; then it is in the state end
	known bool   // first decides; rest and end count
	end   state  // at counts from the end of rest
}

// WriteTo adds the part to a page.
func (p *Part) WriteTo(w *Writer) {
	for i := range p.first {
		p.first[i].writeTo(w)
	}
	if p.known {
		w.Bytes = append(w.Bytes, p.rest...)
		w.state = p.end
		w.at += len(w.Bytes)
	}
}

func (o *op) writeTo(w *Writer) {
	switch o.what {
	case 'c':
		w.content()
	case 's':
		w.space(o.text[0])
		return
	case 't':
		w.tag(o.kind)
	}
	w.Bytes = append(w.Bytes, o.text...)
}

// decides reports whether what follows depends on nothing before this step.
func (o *op) decides() bool {
	return o.what == 'c' || o.what == 't' && (o.kind == block || o.kind == object)
}

// prepare makes a part of steps.
func prepare(ops []op) Part {
	for i := range ops {
		if !ops[i].decides() {
			continue
		}
		p := Part{first: ops[:i:i], known: true}
		var w Writer
		w.Reset()
		if ops[i].what == 't' && ops[i].kind == object || ops[i].what == 'c' {
			w.omit = false
		}
		// The deciding step has an effect on what stands before it: it is taken
		// without its text.
		decision := ops[i]
		decision.text = ""
		p.first = append(p.first, decision)
		w.Raw(ops[i].text)
		for j := i + 1; j < len(ops); j++ {
			ops[j].writeTo(&w)
		}
		p.rest, p.end = string(w.Bytes), w.state
		p.end.at -= len(w.Bytes)
		return p
	}
	return Part{first: ops}
}

// Context is the place in HTML that a template has come to.
type Context struct {
	in    byte   // 0 text, 't' tag, 'r' element whose content is raw
	quote byte   // of the attribute's value, in a tag; 0 outside
	name  string // of the element that is raw, or will be when the tag ends
}

// InText reports whether a text that is added now is visible text.
func (c Context) InText() bool { return c.in == 0 }

// Quoted reports whether a text that is added now is in a quoted attribute.
func (c Context) Quoted() bool { return c.in == 't' && c.quote != 0 }

// Raw reports whether a text that is added now is in an element whose white
// space counts.
func (c Context) Raw() bool { return c.in == 'r' }

// Lexer follows HTML through the pieces of a template.
type Lexer struct {
	Context
	ops []op
	to  *Writer // if set, it is written at once
}

// Part prepares the next piece.
func (l *Lexer) Part(s string) Part {
	l.ops = nil
	l.read(s)
	return prepare(l.ops)
}

func (l *Lexer) read(s string) {
	for s != "" {
		switch l.in {
		case 't':
			s = l.tag(s)
		case 'r':
			s = l.raw(s)
		default:
			s = l.text(s)
		}
	}
}

func (l *Lexer) add(o op) {
	if l.to != nil {
		o.writeTo(l.to)
		return
	}
	if n := len(l.ops); o.text != "" && o.what == 'r' && n > 0 && l.ops[n-1].what != 's' {
		l.ops[n-1].text += o.text
		return
	}
	l.ops = append(l.ops, o)
}

// text reads visible text and the beginning of the tag that ends it.
func (l *Lexer) text(s string) string {
	i := 0
	for i < len(s) && !(s[i] == '<' && i+1 < len(s) && opensTag(s[i+1])) {
		i++
	}
	l.words(s[:i])
	if i == len(s) {
		return ""
	}
	s = s[i:]
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return s[end+3:]
		}
		return ""
	}
	if s[1] == '!' {
		l.add(op{what: 'r', text: "<!"})
		l.in, l.quote, l.name = 't', 0, ""
		return s[2:]
	}
	name, closing := tagName(s)
	n := len(name) + 1
	if closing {
		n++
	}
	lower := strings.ToLower(name)
	l.add(op{what: 't', kind: kindOf(lower, closing), text: s[:n]})
	l.in, l.quote, l.name = 't', 0, ""
	if !closing && rawElements[lower] {
		l.name = lower
	}
	return s[n:]
}

func opensTag(c byte) bool { return c == '/' || c == '!' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func tagName(s string) (name string, closing bool) {
	s = s[1:]
	if s[0] == '/' {
		s, closing = s[1:], true
	}
	n := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	})
	if n < 0 {
		n = len(s)
	}
	return s[:n], closing
}

var spaces = map[byte]string{' ': " ", '\n': "\n"}

// words splits visible text at white space.
func (l *Lexer) words(s string) {
	for s != "" {
		n := 0
		c := byte(' ')
		for n < len(s) && isSpace(s[n]) {
			if spaceOf(s[n]) == '\n' {
				c = '\n'
			}
			n++
		}
		if n > 0 {
			l.add(op{what: 's', text: spaces[c]})
			s = s[n:]
			continue
		}
		for n < len(s) && !isSpace(s[n]) {
			n++
		}
		l.add(op{what: 'c', text: s[:n]})
		s = s[n:]
	}
}

// tag reads to the end of a tag.
func (l *Lexer) tag(s string) string {
	for i := range len(s) {
		switch c := s[i]; {
		case l.quote != 0:
			if c == l.quote {
				l.quote = 0
			}
		case c == '"' || c == '\'':
			l.quote = c
		case c == '>':
			l.add(op{what: 'r', text: s[:i+1]})
			l.in = 0
			if l.name != "" {
				l.in = 'r'
			}
			return s[i+1:]
		}
	}
	l.add(op{what: 'r', text: s})
	return ""
}

// raw reads to the end of an element whose white space counts.
func (l *Lexer) raw(s string) string {
	end := indexFold(s, "</"+l.name)
	if end < 0 {
		l.add(op{what: 'r', text: s})
		return ""
	}
	l.add(op{what: 'r', text: s[:end]})
	l.in, l.name = 0, ""
	return s[end:]
}

func indexFold(s, lower string) int {
	for i := 0; i+len(lower) <= len(s); i++ {
		if s[i] == '<' && strings.EqualFold(s[i:i+len(lower)], lower) {
			return i
		}
	}
	return -1
}

// blockAtEdges reports whether HTML begins and ends with the tag of a block.
func blockAtEdges(s string) bool {
	if len(s) < 4 || s[0] != '<' || !opensTag(s[1]) || s[len(s)-1] != '>' {
		return false
	}
	first, closing := tagName(s)
	last := s[strings.LastIndexByte(s, '<'):]
	if kindOf(first, closing) != block || len(last) < 3 || !opensTag(last[1]) {
		return false
	}
	name, closing := tagName(last)
	return kindOf(name, closing) == block
}

var writers = sync.Pool{New: func() any { return &Writer{} }}

// Markup returns HTML without superfluous white space. The marks are places in
// it, in order, outside of texts; they are moved along.
func Markup(html string, marks []*int) string {
	w := writers.Get().(*Writer)
	defer writers.Put(w)
	w.Reset()
	l := Lexer{to: w}
	from := 0
	for _, m := range marks {
		l.read(html[from:*m])
		from, *m = *m, len(w.Bytes)
	}
	l.read(html[from:])
	return string(w.Bytes)
}
