package markup

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"biandan/generator/diag"
)

var ruleTable = diag.Define(diag.Rule{Code: "E0416", Name: "表格对不齐", Severity: diag.Warning, Tunable: true,
	Why:     "表头、分隔行、各行的格数要一样：多出来的格不会显示，格数不对的整个表格认不出来",
	Mend:    "数一数每一行的竖线；格里要写竖线本身，用 \\|",
	Example: "| 名称 | 电话 |\n| --- | --- |\n| 甲站 | 0357-0000000 |"})

// paragraphs looks at each paragraph before its text is read: how people separate
// paragraphs and tables who write for no machine.
type paragraphs struct{}

func (paragraphs) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	in, _ := pc.Get(inputKey).(*input)
	if in == nil || node.Lines().Len() == 0 {
		return
	}
	in.checkTable(node, reader.Source())
	if tabular(node, reader.Source()) {
		return
	}
	divide(node, reader.Source())
}

// unindent takes the blanks away by which a writer indents a paragraph of Chinese:
// every paragraph of ours is indented where it should be.
func unindent(s text.Segment, source []byte) text.Segment {
	rest := s.Value(source)
	for {
		n := 0
		for _, blank := range []string{"\u3000", "\u00a0", "&emsp;", "&nbsp;", "&ensp;", "\u2003", "\t", " "} {
			if bytes.HasPrefix(rest, []byte(blank)) {
				n = len(blank)
			}
		}
		if n == 0 {
			break
		}
		rest = rest[n:]
	}
	if first := firstRune(rest); !isCJK(first) && !isQuote(first) {
		return s
	}
	return text.NewSegment(s.Stop-len(rest), s.Stop)
}

// byHand is a line that begins with a number or a point that people write themselves:
// such lines do not run together.
var byHand = regexp.MustCompile(`^(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[)）]|\d{1,2}(?:、|[.．]\s*\p{Han}|[)）]\s*\p{Han})|[（(]\d{1,2}[)）]|[①-⑳]|\d\x{FE0F}?\x{20E3}|第[一二三四五六七八九十百]{1,4}[条章节款]|[•●○■◆▪➤►※·-][\s\x{200B}]*\p{Han})`)

// divide makes paragraphs of the lines of one: those that are indented, those that
// are numbered by hand, and those that say to whom or of what the next ones are
// (各党支部：). Within a list the lines stay in their item.
func divide(node *ast.Paragraph, source []byte) {
	lines := node.Lines()
	lines.Set(0, unindent(lines.At(0), source))
	if node.Parent() == nil || node.Parent().Kind() == ast.KindListItem {
		return
	}
	for i := 1; i < lines.Len(); i++ {
		if !begins(lines.At(i), source) && !announces(lines.At(i-1), source) && !labelled(lines.At(i), lines.At(i-1), source) {
			continue
		}
		next := ast.NewParagraph()
		rest := text.NewSegments()
		rest.AppendAll(lines.Sliced(i, lines.Len()))
		next.SetLines(rest)
		lines.SetSliced(0, i)
		node.Parent().InsertAfter(node.Parent(), node, next)
		first := rest.At(0)
		rest.Set(0, first.TrimLeftSpace(source))
		next.SetPos(rest.At(0).Start)
		divide(next, source)
		break
	}
	trim(lines, source)
}

// trim takes the blanks before lines and behind the last away, as goldmark does for
// the paragraphs that it makes itself.
func trim(lines *text.Segments, source []byte) {
	for i := range lines.Len() {
		line := lines.At(i)
		lines.Set(i, line.TrimLeftSpace(source))
	}
	last := lines.At(lines.Len() - 1)
	lines.Set(lines.Len()-1, last.TrimRightSpace(source))
}

// begins reports whether a line within a paragraph begins another.
func begins(line text.Segment, source []byte) bool {
	written := line.Value(source)
	words := bytes.TrimLeft(written, " \t")
	if bytes.HasPrefix(words, []byte("\u3000\u3000")) || bytes.HasPrefix(words, []byte("&emsp;&emsp;")) || byHand.Match(words) {
		return true
	}
	blanks := written[:len(written)-len(words)]
	deep := bytes.ContainsRune(blanks, '\t') || len(blanks) >= 4
	first := firstRune(words)
	return deep && (isCJK(first) || first >= '0' && first <= '9') || announces(line, source)
}

// label is what a line begins with that says one thing of several: 时间：, 联系人：.
var label = regexp.MustCompile(`^\s*\p{Han}{2,4}：\S`)

// labelled reports whether a line says one thing of several, and does not go on with
// the sentence above it.
func labelled(line, above text.Segment, source []byte) bool {
	over := bytes.TrimSpace(above.Value(source))
	end, _ := utf8.DecodeLastRune(over)
	return label.Match(line.Value(source)) && (label.Match(over) || bytes.ContainsRune([]byte("。！？；："), end))
}

// maxAnnouncement is the number of letters of a line that says to whom the next are.
const maxAnnouncement = 20

// announces reports whether a line is a short one that ends with a colon.
func announces(line text.Segment, source []byte) bool {
	words := bytes.TrimSpace(line.Value(source))
	return bytes.HasSuffix(words, []byte("：")) && utf8.RuneCount(words) <= maxAnnouncement && !bytes.ContainsAny(words, "，。；")
}

// cells counts the cells of a row of a table.
func cells(row []byte) int {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	if bytes.HasSuffix(row, []byte("|")) && !bytes.HasSuffix(row, []byte(`\|`)) {
		row = row[:len(row)-1]
	}
	n := 1
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			n++
		}
	}
	return n
}

var (
	delimiterRow = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
	dashedRow    = regexp.MustCompile(`^\s*[|｜]?\s*[-—–－]{2,}\s*([|｜]\s*[-—–－]{2,}\s*)+[|｜]?\s*$`)
)

// mayRule reports whether a line may be the one below the head of a table: nearly all of
// the others begin with something else.
func mayRule(row []byte) bool {
	if bytes.IndexByte(row, '|') < 0 {
		return false
	}
	row = bytes.TrimLeft(row, " \t\r\n\f\v|")
	return len(row) > 0 && (row[0] == '-' || row[0] == ':' || row[0] == "—"[0] || row[0] == "－"[0])
}

// checkTable reports what a table loses, and tables that are none because of a sign.
func (in *input) checkTable(node *ast.Paragraph, source []byte) {
	lines := node.Lines()
	wide, head := 0, 0
	for i := range lines.Len() {
		line := lines.At(i)
		row := line.Value(source)
		switch {
		case bytes.Count(row, []byte("｜")) > 1 && bytes.Count(row, []byte("|")) == 0:
			if wide++; wide == 2 {
				in.bag.Add(ruleTable, in.pos(line.Start), "这几行像是表格，竖线却是全角的 ｜", "换成半角的 |，第二行写 | --- | --- |")
			}
		case i > 0 && mayRule(row) && dashedRow.Match(row) && !delimiterRow.Match(row):
			in.bag.Add(ruleTable, in.pos(line.Start), "表格的分隔行写的不是半角的短横线", "写成 | --- | --- |")
		case head == 0 && i > 0 && mayRule(row) && delimiterRow.Match(row):
			above := lines.At(i - 1)
			if head = cells(row); cells(above.Value(source)) != head {
				in.bag.Addf(ruleTable, in.pos(line.Start), "表头有 %d 格，分隔行有 %d 格，表格认不出来", cells(above.Value(source)), head)
				return
			}
		case head > 0:
			if n := cells(row); n > head {
				in.bag.Addf(ruleTable, in.pos(line.Start), "这一行有 %d 格，表头只有 %d 格，多出来的不会显示", n, head)
			}
		}
	}
}

// tabular makes a table of lines whose cells are divided by tabs, as a copy from Excel
// or Word gives them; it reports whether it did.
func tabular(node *ast.Paragraph, source []byte) bool {
	lines := node.Lines()
	columns := 0
	for i := range lines.Len() {
		line := lines.At(i)
		n := bytes.Count(bytes.TrimRight(line.Value(source), "\t \r\n"), []byte("\t"))
		if n == 0 || i == 0 && lines.Len() < 2 || columns > 0 && n+1 > columns {
			return false
		}
		columns = max(columns, n+1)
	}
	if columns > maxNesting || columns*lines.Len() > maxFilled {
		return false
	}
	table := extast.NewTable()
	table.SetPos(node.Pos())
	table.Alignments = make([]extast.Alignment, columns)
	for i := range columns {
		table.Alignments[i] = extast.AlignNone
	}
	for i := range lines.Len() {
		line := lines.At(i)
		row := extast.NewTableRow(table.Alignments)
		row.SetPos(line.Start)
		at := line.Start
		for n := range columns {
			rest := source[at:line.Stop]
			end := bytes.IndexByte(rest, '\t')
			if end < 0 || n == columns-1 {
				end = len(rest)
			}
			cell := extast.NewTableCell()
			cell.SetPos(at)
			cell.Alignment = extast.AlignNone
			s := text.NewSegment(at, at+end)
			s = s.TrimLeftSpace(source)
			cell.Lines().Append(s.TrimRightSpace(source))
			row.AppendChild(row, cell)
			at = min(at+end+1, line.Stop)
		}
		if i == 0 {
			table.AppendChild(table, extast.NewTableHeader(row))
		} else {
			table.AppendChild(table, row)
		}
	}
	node.Parent().InsertAfter(node.Parent(), node, table)
	node.Parent().RemoveChild(node.Parent(), node)
	return true
}
