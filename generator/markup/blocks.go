package markup

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParsers are goldmark's, with those that take Chinese text for something else
// held back, and two more.
func blockParsers() []util.PrioritizedValue {
	list := parser.DefaultBlockParsers()
	for i := range list {
		switch list[i].Value {
		case parser.NewListParser():
			list[i].Value = listParser{parser.NewListParser()}
		}
		if list[i].Priority == setextPriority {
			list[i].Value = setextParser{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}
		}
	}
	return append(list, util.Prioritized(tightHeading{}, 590), util.Prioritized(indentedParagraph{parser.NewParagraphParser()}, 490))
}

// setextPriority is that of headings by a line below them, in goldmark.
const setextPriority = 100

// listParser takes no date for the beginning of a list: 2026. 11. 23 and 11. 23 是.
type listParser struct{ parser.BlockParser }

// numbered is what may be the first line of a list: its number, and what follows.
var (
	numbered  = regexp.MustCompile(`^\s{0,3}(\d{1,9})[.)][ \t]+(.*)`)
	monthDay  = regexp.MustCompile(`^\d{1,2}[.．]\s*\d{1,2}(\D|$)`)
	dayOf     = regexp.MustCompile(`^([12]?\d|3[01])(\s|[是日号至到—~，。-]|$)`)
	leastYear = 1000
)

func (p listParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if m := numbered.FindSubmatch(line); m != nil {
		n, _ := strconv.Atoi(string(m[1]))
		if n >= leastYear || monthDay.Match(m[2]) || n > 1 && n <= 12 && dayOf.Match(m[2]) {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// setextParser takes text above a line of hyphens for a heading when it looks meant:
// one short line that does not end as a sentence does.
type setextParser struct{ parser.BlockParser }

// maxUnderlined is the number of letters that a heading above a line may have.
const maxUnderlined = 30

func (p setextParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if para, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph); ok {
		first := para.Lines().At(0)
		line := bytes.TrimSpace(first.Value(reader.Source()))
		end, _ := utf8.DecodeLastRune(line)
		han := bytes.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		if han && (para.Lines().Len() > 1 || utf8.RuneCount(line) > maxUnderlined || bytes.ContainsRune([]byte("。！？；，：、"), end)) {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// tightHeading is a heading whose sign is full-width, or has no blank behind it, or
// one that is not Markdown's: ##办理流程, ＃＃ 办理流程. One number sign alone before a
// word may be a topic (#学习#), and is left.
type tightHeading struct{}

func (tightHeading) Trigger() []byte { return []byte{'#', "＃"[0]} }

var tight = regexp.MustCompile(`^[ ]{0,3}((?:#|＃){1,6})([\x{00A0}\x{3000} \t]*)(\S.*?)[ \t]*(?:#|＃)*\s*$`)

func (tightHeading) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if signs := bytes.TrimLeft(bytes.TrimLeft(line, " "), "#"); len(signs) > 0 && (signs[0] == ' ' || signs[0] == '\t') {
		return nil, parser.NoChildren // Markdown's own, nearly always
	}
	m := tight.FindSubmatchIndex(line)
	if m == nil {
		return nil, parser.NoChildren
	}
	level := utf8.RuneCount(line[m[2]:m[3]])
	wide := m[3]-m[2] > level
	first, _ := utf8.DecodeRune(line[m[6]:m[7]])
	blank := m[5] > m[4]
	if !blank && (level == 1 || !isCJK(first)) || blank && !wide && line[m[4]] < utf8.RuneSelf || first == '#' || first == '＃' {
		return nil, parser.NoChildren
	}
	node := ast.NewHeading(level)
	at := segment.Start - segment.Padding
	node.Lines().Append(text.NewSegment(at+m[6], at+m[7]))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (tightHeading) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (tightHeading) Close(ast.Node, text.Reader, parser.Context)                 {}
func (tightHeading) CanInterruptParagraph() bool                                 { return true }
func (tightHeading) CanAcceptIndentedLine() bool                                 { return false }

// indentedParagraph is a paragraph that begins with four blanks or a tab, as people
// indent who were taught so at school. It is code only when it does not begin with a
// Chinese letter.
type indentedParagraph struct{ parser.BlockParser }

func (p indentedParagraph) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || at >= len(line) || pc.BlockIndent() < 4 {
		return nil, parser.NoChildren
	}
	if first, _ := utf8.DecodeRune(line[at:]); !isCJK(first) {
		return nil, parser.NoChildren
	}
	node := ast.NewParagraph()
	node.Lines().Append(segment.TrimLeftSpace(reader.Source()))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (indentedParagraph) CanAcceptIndentedLine() bool { return true }
