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

// standsAlone reports whether an element is a block, or holds some.
func standsAlone(name string) bool {
	switch name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "pre", "blockquote", "aside", "div", "section", "article", "figure", "figcaption", "details", "summary", "hr":
		return true
	}
	return false
}

// writer collects the text of elements; blocks in it are lines.
type writer struct {
	strings.Builder
	pre   bool // spaces and ends of lines are as they are written
	begun bool // the line has something on it
}

func (w *writer) add(body string, t token) {
	switch {
	case t.kind == textToken:
		text := unescape(body[t.from:t.to])
		if w.pre {
			w.WriteString(preformatted.Replace(text))
			return
		}
		if text = spaced(text); !w.begun {
			text = strings.TrimLeft(text, " ")
		}
		w.begun = w.begun || text != ""
		w.WriteString(text)
	case t.kind == startTag && isBlock(t.name) && (w.Len() > 0 || t.name == "br"):
		w.WriteByte('\n')
		w.begun = false
	}
}

// preformatted writes spaces so that each is measured.
var preformatted = strings.NewReplacer(" ", string(preSpace), "\t", strings.Repeat(string(preSpace), tabWidth), "\r", "")

const (
	preSpace = '\u2005'
	tabWidth = 8
)

// spaced has a space where the HTML goes on on another line.
func spaced(text string) string {
	if strings.IndexByte(text, '\n') < 0 {
		return text
	}
	return strings.ReplaceAll(text, "\n", " ")
}

func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// content is what an element holds.
type content struct {
	text     string
	pictures int
}

// element reads on to the end of an element whose start tag was read.
func (s *scanner) element(t token) (c content) {
	if isVoid(t.name) {
		return textOf(s.body[t.from:t.to], false)
	}
	if text, ok := s.plain(t); ok {
		return content{text: text}
	}
	from := s.at
	for depth := 1; depth > 0; {
		switch t := s.next(); {
		case t.kind == noToken:
			depth = 0
		case t.kind == endTag:
			depth--
		case t.kind == startTag && !isVoid(t.name):
			depth++
		}
	}
	return textOf(s.body[from:s.at], false)
}

// textOf is the text of a stretch of HTML.
func textOf(html string, pre bool) (c content) {
	s, w := &scanner{body: html}, writer{pre: pre}
	for t := s.next(); t.kind != noToken; t = s.next() {
		w.add(html, t)
		if t.kind == startTag && t.name == "img" {
			c.pictures++
		}
	}
	if c.text = w.String(); pre {
		c.text = strings.TrimRight(c.text, "\n")
	} else {
		c.text = strings.TrimSpace(c.text)
	}
	return c
}

// plain reads an element that has nothing in it but text, as most have.
func (s *scanner) plain(t token) (text string, ok bool) {
	n := strings.IndexByte(s.body[s.at:], '<')
	if n < 0 || !strings.HasPrefix(s.body[s.at+n:], "</"+t.name) {
		return "", false
	}
	text = strings.TrimSpace(spaced(unescape(s.body[s.at : s.at+n])))
	s.at += n
	s.next()
	return text, true
}
