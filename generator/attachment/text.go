package attachment

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	xunicode "golang.org/x/text/encoding/unicode"

	"biandan/generator/source"
)

// readText reads a text, or a table that is written as text.
func (r *reader) readText(name string, data []byte) {
	if int64(len(data)) > r.left {
		r.unread("", whyTooLarge)
		return
	}
	r.left -= int64(len(data))
	text, ok := decode(data)
	if !ok {
		r.unread("", whyBinary)
		return
	}
	if comma, ok := separator(name, text); ok && r.readRows(text, comma) {
		return
	}
	r.text.Parts = append(r.text.Parts, Part{Where: r.within, Lines: strings.Split(text, "\n"), Numbered: true})
}

// decode returns the characters of a text: UTF-8, GBK, or the UTF-16 that Excel
// calls Unicode text. ok is false when the bytes are none.
func decode(data []byte) (text string, ok bool) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		plain, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		data = plain
	}
	text = strings.ReplaceAll(source.Legible(data), "\r", "\n")
	binary := func(c rune) bool { return unicode.Is(unicode.Cc, c) && !unicode.IsSpace(c) && c != 0x1A && c != 0x1B }
	return text, utf8.ValidString(text) && !strings.ContainsFunc(text, binary)
}

// separator returns what stands between the cells of a table that is written as text.
func separator(name, text string) (comma rune, ok bool) {
	first, _, _ := strings.Cut(text, "\n")
	if strings.ToLower(path.Ext(name)) != ".csv" {
		return '\t', strings.Contains(first, "\t")
	}
	best := ','
	for _, c := range ";\t" {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best, true
}

// readRows reads a table; false when it is none.
func (r *reader) readRows(text string, comma rune) bool {
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = comma, true, -1
	var rows [][]Cell
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return false
		}
		row := make([]Cell, 0, len(fields))
		for i, field := range fields {
			line, _ := c.FieldPos(i)
			if strings.TrimSpace(field) == "" {
				continue
			}
			if r.count() != nil {
				r.unread(fmt.Sprintf("第 %d 行以后", line), whyTooLarge)
				r.addTable("", rows)
				return true
			}
			row = append(row, Cell{fmt.Sprintf("%s第 %d 行第 %d 列", r.within, line, i+1), i, field})
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	r.addTable("", rows)
	return true
}

// readDrawing reads the texts of a drawing (SVG); its lines and curves are numbers.
func (r *reader) readDrawing(data []byte) {
	depth := 0
	var line strings.Builder
	is := func(name string) bool { return name == "text" || name == "title" || name == "desc" }
	err := walk(r.limit(bytes.NewReader(data)), walker{
		open: func(e xml.StartElement) error {
			if depth > 0 || is(e.Name.Local) {
				depth++
			}
			return nil
		},
		close: func(string) error {
			if depth == 0 {
				return nil
			}
			if depth--; depth == 0 {
				r.add("图里", line.String())
				line.Reset()
			}
			return nil
		},
		text: func(s string) {
			if depth > 0 {
				line.WriteString(s)
			}
		},
	})
	if err != nil {
		r.failed("", err)
	}
}
