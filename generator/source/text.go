package source

import (
	"bytes"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"biandan/generator/diag"
)

// Text is a text file: UTF-8 without byte order mark, lines ended by a line feed
// only, letters with their accents as one character (NFC), nothing in it that
// nobody sees. Lines and columns are those of the file on disk, though: cuts
// says what was taken away within its lines.
type Text struct {
	Path  string
	Data  []byte
	whole string // see String
	lines []int  // offset of the first byte of each line
	cuts  []cut  // rising

	// The place that was asked for last: places mostly rise, also within one
	// very long line.
	last   int
	column int
}

// cut says that characters were taken away before the byte at an offset.
type cut struct{ at, characters int }

var (
	ruleNotUTF8 = diag.Define(diag.Rule{Code: "E0106", Name: "不是 UTF-8 编码", Severity: diag.Error,
		Why:  "网站统一用 UTF-8 编码；别的编码会显示成乱码",
		Mend: "用记事本打开，“另存为”时选 UTF-8 编码（VS Code：点右下角的编码名，先“通过编码重新打开”选 GBK，看清不是乱码，再“通过编码保存”选 UTF-8）"})
	ruleNUL = diag.Define(diag.Rule{Code: "E0107", Name: "含有空字符", Severity: diag.Error,
		Why: "空字符（NUL）不会出现在文字里，文件多半已经损坏，或者不是文字文件", Mend: "从上一个版本恢复这个文件，或者把内容重新粘贴到新文件里"})
)

// NewText checks and normalises the bytes of the file p. Findings go to bag;
// ok is false when data is no text that can be used.
func NewText(p string, data []byte, bag *diag.Bag) (t *Text, ok bool) {
	if isUTF16(data) {
		bag.Add(ruleNotUTF8, diag.Pos{File: p, Line: 1, Column: 1}, "这个文件是 UTF-16 编码（记事本里叫 Unicode）", "用记事本打开，“另存为”时编码选 UTF-8")
		return nil, false
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		bag.Add(ruleNUL, diag.Pos{File: p, Line: 1, Column: 1}, "这个文件是 WPS 或 Word 的文档（或者压缩包），只是名字改成了“"+path.Base(p)+"”",
			"运行 biandan new 新建一篇，再把文档里的文字复制进去")
		return nil, false
	}
	if isSheet(p) && !utf8.Valid(data) {
		if text, ok := fromGB(data); ok {
			data = text // as spreadsheet programs save it on a Chinese Windows
		}
	}
	t = &Text{Path: p, Data: withLineFeeds(data)}
	if !utf8.Valid(t.Data) {
		t.reportNotUTF8(bag)
		return nil, false
	}
	if i := bytes.IndexByte(t.Data, 0); i >= 0 {
		bag.Addf(ruleNUL, t.Pos(i), "这里有一个空字符（NUL）")
		return nil, false
	}
	if suspect(t.Data) {
		t.tidy(bag)
		t.reportMojibake(bag)
	}
	return t, true
}

// withLineFeeds takes away byte order marks (a file that two programs have written has
// two), and ends lines as Unix does: those of Windows, and of old Macs.
func withLineFeeds(data []byte) []byte {
	for bytes.HasPrefix(data, []byte("\uFEFF")) {
		data = data[len("\uFEFF"):]
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data
}

// Legible returns the bytes of a file to be looked at, which need be no text that
// [NewText] would take: what seems to be GBK is decoded. Lines are those of the
// diagnostics.
func Legible(data []byte) string {
	data = withLineFeeds(data)
	if !utf8.Valid(data) {
		if text, ok := fromGB(data); ok {
			data = text
		}
	}
	return string(data)
}

// String is all of the text.
func (t *Text) String() string {
	if len(t.whole) != len(t.Data) {
		t.whole = string(t.Data)
	}
	return t.whole
}

// Intact reports whether the columns of Data are those of the file.
func (t *Text) Intact() bool { return len(t.cuts) == 0 }

// starts returns the offset of the first byte of each line.
func (t *Text) starts() []int {
	if t.lines == nil {
		t.lines = make([]int, 1, 1+bytes.Count(t.Data, []byte("\n")))
		for at := bytes.IndexByte(t.Data, '\n'); at >= 0; {
			last := t.lines[len(t.lines)-1] + at + 1
			t.lines = append(t.lines, last)
			at = bytes.IndexByte(t.Data[last:], '\n')
		}
	}
	return t.lines
}

// PosInLine returns the place of a byte of a line, which is counted from 1.
func (t *Text) PosInLine(line, offset int) diag.Pos {
	return t.Pos(t.starts()[line-1] + offset)
}

// Pos returns the line and column of the byte at offset. A text is used by one
// goroutine at a time.
func (t *Text) Pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(t.Data)))
	line := sort.SearchInts(t.starts(), offset+1) - 1
	if isSheet(t.Path) { // of a table: the number of the cell
		return diag.Pos{File: t.Path, Line: line + 1, Column: cellsTo(t.Data[t.lines[line]:offset])}
	}
	if from := t.lines[line]; t.column == 0 || t.last < from || t.last > offset {
		t.last, t.column = from, 1
	}
	t.column += utf8.RuneCount(t.Data[t.last:offset])
	t.last = offset
	return diag.Pos{File: t.Path, Line: line + 1, Column: t.column + t.cutBetween(t.lines[line], offset)}
}

// isSheet reports whether a file is a table of a spreadsheet program.
func isSheet(p string) bool { return strings.EqualFold(path.Ext(p), ".csv") }

// cellsTo is the number of the cell of a row at the end of a part of it.
func cellsTo(part []byte) int {
	n, quoted := 1, false
	for _, c := range part {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			n++
		}
	}
	return n
}

// cutBetween returns the number of characters that were taken away between the
// beginning of a line and an offset in it.
func (t *Text) cutBetween(begin, offset int) (n int) {
	first := sort.Search(len(t.cuts), func(i int) bool { return t.cuts[i].at >= begin })
	for _, c := range t.cuts[first:] {
		if c.at > offset {
			break
		}
		n += c.characters
	}
	return n
}
