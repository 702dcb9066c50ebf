// Package markup turns Markdown into a [Document]: GitHub-flavoured Markdown
// with footnotes and definition lists, set up for Chinese.
//
// It differs from CommonMark on purpose in five things:
//
//   - Emphasis works beside full-width punctuation: **《条例》** and
//     落实**“三会一课”**制度 are bold (the CJK-friendly rule).
//   - A line break between two Han characters is no space.
//   - A heading's id is made from its text, so that links to it can be read.
//   - Raw HTML is a diagnostic with its position; nothing vanishes silently.
//     Comments are allowed, and are not published.
//   - Shortcodes stand between double braces; see below.
//
// A Document depends on its own file only. Links to other content, pictures and
// tables of ledgers are left open in it, as [Hole] values, until the site knows
// where they lead: [Document.Fill] puts it together.
//
// # Shortcodes
//
// On lines of their own, around any Markdown; kind is 提示, 注意 or 重要:
//
//	{{ notice title="请带好证件" kind="注意" }}
//	办理时请带**身份证**。
//	{{ /notice }}
//
// Within a sentence, a number that can be dialled:
//
//	{{ phone "0357-0000000" }}
//
// On a line of its own, rows of a ledger; columns names the keys, limit the
// greatest number of rows:
//
//	{{ table ledger="stations" kind="function" columns="no,name,when" limit=10 }}
package markup

import (
	"strings"

	"biandan/generator/diag"
	"biandan/generator/digest"
)

// Document is the text of one Markdown file.
type Document struct {
	Headings Headings
	Holes    []Hole     // in the order of the text
	Lead     string     // the plain text of the first paragraph
	Digest   digest.Sum // of the body
	Body     string     `digest:"-"` // HTML with nothing in the holes, the bulk of a document, which only its own page needs; empty when it is kept elsewhere
	Text     string     `digest:"-"` // without markup; only what was just parsed has it
}

// HoleKind says what belongs into a hole.
type HoleKind uint8

// The kinds of holes.
const (
	LinkHole  HoleKind = iota // an address, within a href
	ImageHole                 // an address, within a src, and attributes but for the last quote
	TableHole                 // rows of a ledger
	ValueHole                 // a value of the records, as text
)

// Hole is a place in a document that is filled when the whole site is known.
type Hole struct {
	Kind         HoleKind
	At           int    // offset in the body's HTML
	Dest         string // as written, of links and pictures
	Call         *Call  // of tables and values; else nil
	Line, Column int32  // in the document's file
}

// Pos is the place of the hole, in the document's file.
func (h Hole) Pos(file string) diag.Pos {
	return diag.Pos{File: file, Line: int(h.Line), Column: int(h.Column)}
}

// Quotes reports whether what belongs into the hole is said by records.
func (h Hole) Quotes() bool { return h.Kind == TableHole || h.Kind == ValueHole }

// Call is a use of a shortcode with its arguments, checked against its declaration.
type Call struct {
	Name string
	Args map[string]string
	At   map[string]diag.Pos // where each argument stands
}

// Heading is a heading of level 1 to 6.
type Heading struct {
	Level    int
	ID, Text string
}

// Headings are the headings of a document in its order, as one string: a site
// keeps those of all its pages, and asks for few.
type Headings string

func packed(list []Heading) Headings {
	if len(list) == 0 {
		return ""
	}
	for i, h := range list {
		if h.ID == h.Text { // nearly always
			list[i].ID = ""
		}
	}
	return Headings(digest.Append(nil, list))
}

// All returns the headings.
func (s Headings) All() (list []Heading) {
	if s == "" {
		return nil
	}
	digest.Decode(string(s), &list) // what was not packed here has none
	for i, h := range list {
		if h.ID == "" {
			list[i].ID = h.Text
		}
	}
	return list
}

// Fill puts html, the body of the document, together with a text for each of
// its holes.
func (d *Document) Fill(html string, fills []string) string {
	if len(d.Holes) == 0 {
		return html
	}
	var b strings.Builder
	b.Grow(len(html) + 64*len(d.Holes))
	from := 0
	for i, h := range d.Holes {
		b.WriteString(html[from:h.At])
		b.WriteString(fills[i])
		from = h.At
	}
	b.WriteString(html[from:])
	return b.String()
}

// HasAnchor reports whether a heading of the document has that id.
func (d *Document) HasAnchor(id string) bool {
	for _, h := range d.Headings.All() {
		if h.ID == id {
			return true
		}
	}
	return false
}

// holeWriter collects the renderer's output and remembers the holes in it.
type holeWriter struct {
	strings.Builder
	holes []Hole
}

func (w *holeWriter) leave(h Hole, at diag.Pos) {
	h.At, h.Line, h.Column = w.Len(), int32(at.Line), int32(at.Column)
	w.holes = append(w.holes, h)
}

// The rest of goldmark's util.BufWriter.
func (w *holeWriter) Available() int { return 1 << 16 }
func (w *holeWriter) Buffered() int  { return 0 }
func (w *holeWriter) Flush() error   { return nil }
