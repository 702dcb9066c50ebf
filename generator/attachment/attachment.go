// Package attachment tells what is written in a file that a page offers: a
// document of Word, Excel, PowerPoint or WPS, a PDF, a table or a text, also in an
// archive. A reader of the site will open the file; so somebody must have looked at
// what stands in it, in hidden sheets, comments and deleted text as well.
//
// [Read] goes by what the bytes are, not by the name of the file: what is called
// .xls is often a web page, and what is called .doc may be a .docx. It never fails.
// What it cannot read it says ([Text.Unread]), so that nobody takes silence for
// "nothing found": old binary documents, encrypted ones, scans, what is larger than
// anybody reads. The properties of a document (author, company) are not looked at.
//
// A file may be hostile. What is unpacked of it is counted and ends at a limit,
// XML may be so deep and no deeper, and a panic of a library is one more reason why
// something was not read.
package attachment

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// The limits of one attachment.
const (
	maxPages = 1000    // of a PDF
	maxDepth = 500     // of XML
	maxFiles = 10000   // of an archive
	maxCells = 1 << 21 // of all tables
)

// maxText is how many bytes of an attachment are unpacked; tests need not unpack as many.
var maxText int64 = 64 << 20

// Text is what is written in an attachment.
type Text struct {
	Parts  []Part
	Tables []Table
	Unread []Unread
}

// Part is running text: a paragraph, a page, a file of text.
type Part struct {
	Where    string // 第 3 段; "" where the lines say enough
	Lines    []string
	Numbered bool // people find a line by its number
}

// Table is a table with its rows from the top. All text of it is in its cells.
type Table struct {
	Where string // 工作表“名单”
	Rows  [][]Cell
}

// Cell is a cell of a table that holds something.
type Cell struct {
	Where  string // 工作表“名单”的 B3 格
	Column int    // from 0
	Text   string
}

// Unread is a part of an attachment, or all of it, that could not be read.
type Unread struct {
	Where string // "": all of it
	Why   string // 加了密码
}

// Reasons why something is not read. They follow “没有查过，因为它”.
const (
	whyBinary    = "是旧格式的文档，或者不是文档"
	whyEncrypted = "加了密码"
	whyBroken    = "已经损坏，或者写法特别"
	whyTooLarge  = "里面的内容太多"
	whyScan      = "没有文字，多半是扫描的图片"
	whyGlyphs    = "用的字体没有说明哪个字形是哪个字"
	whyNested    = "是压缩包里的压缩包"
	whyEmbedded  = "要在文档里双击才打得开"
)

// errTooLarge ends the reading of what is larger than the limits.
var errTooLarge = errors.New("attachment: too large")

// IsMedia reports whether a name is that of a film or a sound, in which there is no
// text to be found.
func IsMedia(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".m4v", ".mov", ".webm", ".avi", ".mkv", ".wmv":
		return true
	}
	return false
}

// Read returns what is written in the attachment with that name.
func Read(name string, data []byte) *Text {
	r := &reader{text: &Text{}, left: maxText}
	r.read(name, data)
	return r.text
}

// reader reads an attachment, with the files in it.
type reader struct {
	text   *Text
	within string // of a file in an archive: 压缩包里的“名单.xlsx”
	left   int64  // bytes that may still be unpacked
	cells  int    // that were read
	pages  int    // that were read
}

// read adds the text of a file.
func (r *reader) read(name string, data []byte) {
	defer func() {
		if p := recover(); p != nil { // of a library, on what nobody has thought of
			r.unread("", whyBroken)
		}
	}()
	switch {
	case len(data) == 0:
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		r.readZip(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		r.readPDF(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		r.readCompound(data)
	case bytes.HasPrefix(data, []byte(`{\rtf`)), bytes.HasPrefix(data, []byte("MIME-Version:")):
		r.unread("", whyBinary) // Chinese is written in numbers there
	case strings.EqualFold(path.Ext(name), ".svg"):
		r.readDrawing(data)
	default:
		r.readText(name, data)
	}
}

// readCompound says what a file of Microsoft's old container is: a document before
// 2007, or one that is encrypted.
func (r *reader) readCompound(data []byte) {
	if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		r.unread("", whyEncrypted)
		return
	}
	r.unread("", whyBinary)
}

// unread says that a place, or all of the file, was not read.
func (r *reader) unread(where, why string) {
	u := Unread{r.within + where, why}
	if n := len(r.text.Unread); n == 0 || r.text.Unread[n-1] != u {
		r.text.Unread = append(r.text.Unread, u)
	}
}

// failed says why a place was not read to its end.
func (r *reader) failed(where string, err error) {
	if errors.Is(err, errTooLarge) {
		r.unread(where, whyTooLarge)
		return
	}
	r.unread(where, whyBroken)
}

// add adds running text, unless it is empty.
func (r *reader) add(where string, lines ...string) {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			r.text.Parts = append(r.text.Parts, Part{Where: r.within + where, Lines: lines})
			return
		}
	}
}

// addTable adds a table, unless it is empty.
func (r *reader) addTable(where string, rows [][]Cell) {
	if len(rows) > 0 {
		r.text.Tables = append(r.text.Tables, Table{r.within + where, rows})
	}
}

// count counts a cell, of which there may be so many.
func (r *reader) count() error {
	if r.cells++; r.cells > maxCells {
		return errTooLarge
	}
	return nil
}

// limit returns a reader that counts what is unpacked.
func (r *reader) limit(from io.Reader) io.Reader { return &limited{r, from} }

type limited struct {
	*reader
	from io.Reader
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLarge
	}
	n, err := l.from.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
