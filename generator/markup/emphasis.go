package markup

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasis parses *, _ and ~ with the CJK-friendly rule of commonmark-spec
// PR #839: punctuation that belongs to the East Asian scripts hinders emphasis
// no more than a Han character would, and other punctuation does not hinder it
// beside one. For text without such characters it is CommonMark's own rule.
type emphasis struct{ delimiters string }

func (e emphasis) Trigger() []byte { return []byte(e.delimiters) }

func (e emphasis) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

func (e emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (e emphasis) OnMatch(consumes int) ast.Node {
	if e.delimiters == "~" {
		return extast.NewStrikethrough()
	}
	return ast.NewEmphasis(consumes)
}

func (e emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	c, n := line[0], 1
	for n < len(line) && line[n] == c {
		n++
	}
	if c == '~' && (n != 2 || before == '~') { // one is a range: 8:30~12:00
		return nil
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	if c == '*' && n == 1 && unicode.IsDigit(before) && unicode.IsDigit(after) { // 120*240cm
		block.Advance(n)
		return ast.NewTextSegment(segment.WithStop(segment.Start + n))
	}
	if in, _ := pc.Get(inputKey).(*input); in != nil {
		if in.delimiters++; in.delimiters > maxDelimiters {
			block.Advance(n)
			return ast.NewTextSegment(segment.WithStop(segment.Start + n))
		}
	}
	canOpen, canClose := flanks(c, before, after)
	d := parser.NewDelimiter(canOpen, canClose, n, c, e)
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// maxDelimiters is how many runs of * _ ~ in one text may be emphasis. Matching
// them takes time that grows with the square of their number; no page has as many.
const maxDelimiters = 5000

// flanks tells whether a run of the delimiter c between two characters may
// open and may close emphasis.
func flanks(c byte, before, after rune) (canOpen, canClose bool) {
	beforePunct, afterPunct := util.IsPunctRune(before), util.IsPunctRune(after)
	beforeSpace, afterSpace := util.IsSpaceRune(before), util.IsSpaceRune(after)
	left := !afterSpace && (!afterPunct || isCJK(after) || beforeSpace || beforePunct || isCJK(before))
	right := !beforeSpace && (!beforePunct || isCJK(before) || afterSpace || afterPunct || isCJK(after))
	// Nothing begins with a comma: 王**、李** are names of which a part is hidden.
	left = left && !strings.ContainsRune("、，。；：！？）】》”’", after)
	if c == '_' {
		return left && (!right || beforePunct), right && (!left || afterPunct)
	}
	return left, right
}

// isCJK reports whether r is a letter or punctuation of the East Asian scripts.
func isCJK(r rune) bool {
	return r >= 0x2E80 && (r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || r >= 0xFE30 && r <= 0xFE4F ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo))
}
