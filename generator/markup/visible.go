package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// visible returns the text below a node as a reader sees it: with escapes and
// entities resolved, numbers and addresses in their places, and lines joined as on
// the page. Pictures have no text here, and neither has what is quoted from records.
func visible(n ast.Node, body []byte) string {
	var b strings.Builder
	writeVisible(&b, n, body, false)
	return strings.TrimSpace(b.String())
}

// writeVisible writes what visible returns; with pictures, what is said in their place, too.
func writeVisible(b *strings.Builder, n ast.Node, body []byte, pictures bool) {
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			writeText(b, n, body)
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(body))
		case *inlineShortcodeNode:
			b.WriteString(n.shown())
		case *ast.Image:
			if !pictures {
				return ast.WalkSkipChildren, nil
			}
		case *extast.FootnoteLink, *extast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// writeText writes a text with the break behind it.
func writeText(b *strings.Builder, n *ast.Text, body []byte) {
	value := n.Segment.Value(body)
	if n.IsRaw() {
		b.Write(value)
	} else {
		b.Write(unescaped(value))
	}
	switch {
	case n.HardLineBreak(), n.SoftLineBreak() && breakOf(n, body) != "":
		b.WriteByte(' ')
	}
}

// breakOf returns what a soft line break becomes on the page: nothing between two
// letters of Chinese, a line break before a line that is numbered by hand, else a
// line feed, which is a blank.
func breakOf(n *ast.Text, body []byte) string {
	before, after := lastRuneOf(n, body), rune(0)
	if next := n.NextSibling(); next != nil {
		after = firstRuneOf(next, body)
		if t, ok := next.(*ast.Text); ok && byHand.Match(t.Segment.Value(body)) {
			return "<br>\n"
		}
	}
	switch {
	case after == 0:
		return "\n"
	case isWide(before) || isWide(after):
		return ""
	case isHan(before) && isQuote(after) || isQuote(before) && isHan(after) || isHan(before) && isHan(after):
		return ""
	}
	return "\n"
}

// isWide reports whether r is punctuation that brings its own blank along: 。，：（.
func isWide(r rune) bool {
	return r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF0F || r >= 0xFF1A && r <= 0xFF20 || r >= 0xFF3B && r <= 0xFF40 || r >= 0xFF5B && r <= 0xFF65
}

// isHan reports whether r is a letter of a script that is written without blanks.
func isHan(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// isQuote reports whether r is punctuation that Chinese shares with other scripts.
func isQuote(r rune) bool { return strings.ContainsRune("“”‘’…—·", r) }

func firstRune(s []byte) rune {
	r, size := utf8.DecodeRune(s)
	if size == 0 {
		return 0
	}
	return r
}

// firstRuneOf is the first letter that an inline node shows, 0 for none.
func firstRuneOf(n ast.Node, body []byte) rune {
	switch n := n.(type) {
	case *ast.Text:
		return firstRune(n.Segment.Value(body))
	case *ast.String:
		return firstRune(n.Value)
	case *ast.AutoLink:
		return firstRune(n.Label(body))
	case *inlineShortcodeNode:
		return firstRune([]byte(n.shown()))
	}
	if n.FirstChild() == nil {
		return 0
	}
	return firstRuneOf(n.FirstChild(), body)
}

// lastRuneOf is the last letter that is shown before the end of an inline node.
func lastRuneOf(n ast.Node, body []byte) rune {
	var s []byte
	switch n := n.(type) {
	case *ast.Text:
		s = n.Segment.Value(body)
	case *ast.String:
		s = n.Value
	case *ast.AutoLink:
		s = n.Label(body)
	case *inlineShortcodeNode:
		s = []byte(n.shown())
	default:
		if n.LastChild() == nil {
			return 0
		}
		return lastRuneOf(n.LastChild(), body)
	}
	if len(s) > 0 {
		return util.ToRune(s, len(s)-1)
	}
	if n.PreviousSibling() == nil {
		return 0
	}
	return lastRuneOf(n.PreviousSibling(), body)
}
