package source

import (
	"bytes"
	"path"
	"sort"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"biandan/generator/diag"
)

// Text is a text file: UTF-8 without byte order mark, lines ended by a line
// feed only. Lines and columns are those of the file on disk, because what was
// taken away stood at the very beginning or at the ends of lines.
type Text struct {
	Path  string
	Data  []byte
	lines []int // offset of the first byte of each line

	// The place that was asked for last: places mostly rise, also within one
	// very long line.
	last   int
	column int
}

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
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		bag.Addf(ruleNotUTF8, diag.Pos{File: p, Line: 1, Column: 1}, "这个文件是 UTF-16 编码（记事本里叫 Unicode）")
		return nil, false
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		bag.Add(ruleNUL, diag.Pos{File: p, Line: 1, Column: 1}, "这个文件是 WPS 或 Word 的文档（或者压缩包），只是名字改成了“"+path.Base(p)+"”",
			"运行 biandan new 新建一篇，再把文档里的文字复制进去")
		return nil, false
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.Contains(data, []byte("\r\n")) {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	t = &Text{Path: p, Data: data}
	if !utf8.Valid(data) {
		message := "这里有不是 UTF-8 编码的字节"
		if _, ok := fromGB(data); ok {
			message = "这个文件不是 UTF-8 编码，看起来是 GBK（记事本里叫 ANSI）"
		}
		bag.Addf(ruleNotUTF8, t.Pos(invalidAt(data)), "%s", message)
		return nil, false
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		bag.Addf(ruleNUL, t.Pos(i), "这里有一个空字符（NUL）")
		return nil, false
	}
	return t, true
}

// fromGB decodes the encoding that Chinese Windows had before UTF-8.
func fromGB(data []byte) (utf8Text []byte, ok bool) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// Legible returns the bytes of a file to be looked at, which need be no text that
// [NewText] would take: what seems to be GBK is decoded. Lines and columns are
// those of the diagnostics.
func Legible(data []byte) string {
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	if !utf8.Valid(data) {
		if text, ok := fromGB(data); ok {
			data = text
		}
	}
	return string(data)
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// Pos returns the line and column of the byte at offset. A text is used by one
// goroutine at a time.
func (t *Text) Pos(offset int) diag.Pos {
	if t.lines == nil {
		t.lines = []int{0}
		for i, c := range t.Data {
			if c == '\n' {
				t.lines = append(t.lines, i+1)
			}
		}
	}
	offset = max(0, min(offset, len(t.Data)))
	line := sort.SearchInts(t.lines, offset+1) - 1
	if from := t.lines[line]; t.column == 0 || t.last < from || t.last > offset {
		t.last, t.column = from, 1
	}
	t.column += utf8.RuneCount(t.Data[t.last:offset])
	t.last = offset
	return diag.Pos{File: t.Path, Line: line + 1, Column: t.column}
}
