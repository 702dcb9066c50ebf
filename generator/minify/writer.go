// Package minify writes HTML without the white space that no browser shows.
//
// What may go is decided as the well-known minifiers decide it: white space
// beside a block is not shown, several characters of it are shown as one. Tags
// stay as they are. So a page may be written minimal from the beginning, from
// parts that were prepared once ([Part]) and from texts, and nothing needs to
// look at the whole page again. A test holds the result against a minifier's.
package minify

// Writer collects a page. The zero value is ready.
type Writer struct {
	Bytes []byte
	state
}

// state is what the white space that comes next depends on.
type state struct {
	omit   bool // it is not shown: a block begins or has ended, or a space stands already
	gap    byte // white space that is shown if anything but a block follows: ' ', '\n' or 0
	closed bool // since then only ends of inline elements have come
	at     int  // where in Bytes the gap belongs
	opened bool // the start of a phrase element stands last: one that is empty is seen as an icon
}

// Reset empties the writer for the next page.
func (w *Writer) Reset() {
	w.Bytes = w.Bytes[:0]
	w.state = state{omit: true}
}

// Raw adds what is inside a tag or an element whose white space counts.
func (w *Writer) Raw(s string) { w.Bytes = append(w.Bytes, s...) }

// space adds white space, ' ' or '\n', between elements or within a text.
func (w *Writer) space(c byte) {
	w.opened = false
	switch {
	case w.gap != 0 && !w.closed:
		if c == '\n' {
			w.gap = c
		}
	case w.gap == 0 && !w.omit:
		w.gap, w.closed, w.at = c, false, len(w.Bytes)
	}
}

// show writes the gap that turned out to be shown.
func (w *Writer) show() {
	if w.gap == 0 {
		return
	}
	w.Bytes = append(w.Bytes, 0)
	copy(w.Bytes[w.at+1:], w.Bytes[w.at:])
	w.Bytes[w.at] = w.gap
	w.gap = 0
}

// content is called before visible text is added.
func (w *Writer) content() {
	if w.gap != 0 {
		w.show()
	}
	w.omit, w.opened = false, false
}

// tag is called before a tag is added.
func (w *Writer) tag(k kind) {
	switch k {
	case block:
		w.gap, w.omit = 0, true
	case object:
		w.show()
		w.omit = false
	case phraseStart, inlineStart:
		if w.gap != 0 {
			w.show()
			w.omit = true
		}
	case inlineEnd:
		w.closed = true
		if w.opened {
			w.omit = false
		}
	}
	w.opened = k == phraseStart
}

// Text adds a text, which is not HTML, as visible text.
func (w *Writer) Text(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if plain[c] {
			continue
		}
		if from < i {
			w.content()
			w.Bytes = append(w.Bytes, s[from:i]...)
		}
		from = i + 1
		if e := escapes[c]; e != "" {
			w.content()
			w.Bytes = append(w.Bytes, e...)
		} else {
			w.space(spaceOf(c))
		}
	}
	if from < len(s) {
		w.content()
		w.Bytes = append(w.Bytes, s[from:]...)
	}
}

// Attr adds a text, which is not HTML, within a quoted attribute.
func (w *Writer) Attr(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if e := escapes[s[i]]; e != "" {
			w.Bytes = append(append(w.Bytes, s[from:i]...), e...)
			from = i + 1
		}
	}
	w.Bytes = append(w.Bytes, s[from:]...)
}

// HTML adds HTML that is minimal by itself, such as the text of a document.
func (w *Writer) HTML(s string) {
	if s == "" {
		return
	}
	if blockAtEdges(s) {
		w.Bytes = append(w.Bytes, s...)
		w.gap, w.omit, w.opened = 0, true, false
		return
	}
	l := Lexer{to: w}
	l.read(s)
}

// escapes are those of html/template.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// plain are the bytes that stand for themselves in a text.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = escapes[c] == "" && !isSpace(byte(c))
	}
	return t
}()

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

// spaceOf is the character that stands for white space: line breaks stay.
func spaceOf(c byte) byte {
	if c == '\n' || c == '\r' {
		return '\n'
	}
	return ' '
}
