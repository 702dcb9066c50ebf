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
// tables of ledgers are left open in it, as [Piece] values, until the site knows
// where they lead: [Document.HTML] puts it together.
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
)

// Document is the text of one Markdown file.
type Document struct {
	Pieces   []Piece
	Headings []Heading
	Text     string // without markup, for summaries and searching
	Lead     string // the text of the first paragraph
}

// Piece is a stretch of HTML, followed by something that the site decides.
type Piece struct {
	HTML string
	Hole Hole
}

// HoleKind says what belongs into a hole.
type HoleKind uint8

// The kinds of holes.
const (
	NoHole    HoleKind = iota
	LinkHole           // an address, within a href
	ImageHole          // an address, within a src, and the picture's size
	TableHole          // rows of a ledger
)

// Hole is a place in a document that is filled when the whole site is known.
type Hole struct {
	Kind HoleKind
	Dest string // as written, of links and pictures
	Call Call   // of tables
	Pos  diag.Pos
}

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

// HTML puts the document together; fill returns the HTML for a hole.
func (d *Document) HTML(fill func(Hole) string) string {
	var b strings.Builder
	n := 0
	for i := range d.Pieces {
		n += len(d.Pieces[i].HTML) + 64
	}
	b.Grow(n)
	for i := range d.Pieces {
		b.WriteString(d.Pieces[i].HTML)
		if d.Pieces[i].Hole.Kind != NoHole {
			b.WriteString(fill(d.Pieces[i].Hole))
		}
	}
	return b.String()
}

// Holes returns the holes of the document in order.
func (d *Document) Holes() []Hole {
	var holes []Hole
	for i := range d.Pieces {
		if d.Pieces[i].Hole.Kind != NoHole {
			holes = append(holes, d.Pieces[i].Hole)
		}
	}
	return holes
}

// HasAnchor reports whether a heading of the document has that id.
func (d *Document) HasAnchor(id string) bool {
	for _, h := range d.Headings {
		if h.ID == id {
			return true
		}
	}
	return false
}

// pieceWriter collects the renderer's output and cuts it at the holes.
type pieceWriter struct {
	strings.Builder
	pieces []Piece
}

func (w *pieceWriter) cut(h Hole) {
	w.pieces = append(w.pieces, Piece{HTML: w.String(), Hole: h})
	w.Reset()
}

func (w *pieceWriter) finish() []Piece {
	if w.Len() > 0 || len(w.pieces) == 0 {
		w.pieces = append(w.pieces, Piece{HTML: w.String()})
	}
	return w.pieces
}

// The rest of goldmark's util.BufWriter.
func (w *pieceWriter) Available() int { return 1 << 16 }
func (w *pieceWriter) Buffered() int  { return 0 }
func (w *pieceWriter) Flush() error   { return nil }
