package typeset

import (
	"html"
	"strings"
)

// token is a tag or a text of a body.
type token struct {
	kind     tokenKind
	name     string // of a tag
	from, to int    // in the body
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	startTag
	endTag
	noToken // the end
)

// scanner reads the HTML that package markup writes: every element is closed,
// but those that hold nothing, and < stands nowhere but in tags.
type scanner struct {
	body string
	at   int
}

func (s *scanner) next() token {
	from := s.at
	if from >= len(s.body) {
		return token{noToken, "", from, from}
	}
	if s.body[from] != '<' {
		n := strings.IndexByte(s.body[from:], '<')
		if n < 0 {
			n = len(s.body) - from
		}
		s.at += n
		return token{textToken, "", from, s.at}
	}
	n := from + 1
	kind := startTag
	if n < len(s.body) && s.body[n] == '/' {
		kind, n = endTag, n+1
	}
	name := n
	for n < len(s.body) && isNameByte(s.body[n]) {
		n++
	}
	t := token{kind, s.body[name:n], from, 0}
	for quote := byte(0); n < len(s.body); n++ {
		switch c := s.body[n]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			s.at, t.to = n+1, n+1
			return t
		}
	}
	s.at, t.to = n, n
	return t
}

func isNameByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// isVoid reports whether an element holds nothing and has no end tag.
func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "wbr", "col":
		return true
	}
	return false
}

// isBlock reports whether an element stands on lines of its own.
func isBlock(name string) bool {
	switch name {
	case "p", "li", "div", "dt", "dd", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br":
		return true
	}
	return false
}

// writer collects the text of elements; blocks in it are lines.
type writer struct{ strings.Builder }

func (w *writer) add(body string, t token) {
	switch {
	case t.kind == textToken:
		w.WriteString(unescape(body[t.from:t.to]))
	case t.kind == startTag && isBlock(t.name) && (w.Len() > 0 || t.name == "br"):
		w.WriteByte('\n')
	}
}

func (w *writer) text() string { return strings.TrimSpace(w.String()) }

func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// content is what an element holds.
type content struct {
	text    string
	picture bool
	lists   int // how deep lists are within it
	items   int // of these lists
}

// element reads on to the end of an element whose start tag was read.
func (s *scanner) element(t token) (c content) {
	if t.name == "img" {
		return content{picture: true}
	}
	if isVoid(t.name) {
		return c
	}
	if text, ok := s.plain(t); ok {
		return content{text: text}
	}
	var w writer
	lists := 0
	for depth := 1; depth > 0; {
		t := s.next()
		if t.kind == noToken {
			break
		}
		w.add(s.body, t)
		isList := t.name == "ul" || t.name == "ol"
		switch {
		case t.kind == endTag:
			depth--
			if isList {
				lists--
			}
		case t.kind == startTag && !isVoid(t.name):
			depth++
			if isList {
				lists++
				c.lists = max(c.lists, lists)
			} else if t.name == "li" {
				c.items++
			}
		case t.kind == startTag && t.name == "img":
			c.picture = true
		}
	}
	c.text = w.text()
	return c
}

// plain reads an element that has nothing in it but text, as most have.
func (s *scanner) plain(t token) (text string, ok bool) {
	n := strings.IndexByte(s.body[s.at:], '<')
	if n < 0 || !strings.HasPrefix(s.body[s.at+n:], "</"+t.name) {
		return "", false
	}
	text = strings.TrimSpace(unescape(s.body[s.at : s.at+n]))
	s.at += n
	s.next()
	return text, true
}
