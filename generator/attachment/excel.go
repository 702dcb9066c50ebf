package attachment

import (
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// readExcel reads a workbook: all sheets, hidden rows and columns as well, and
// comments.
func (p *pack) readExcel() {
	b := &book{pack: p, sheets: map[string]string{}}
	b.readSheets()
	b.readShared()
	b.readStyles()
	for _, name := range p.like("xl/worksheets/*.xml") {
		b.readSheet(name)
	}
	for _, other := range []struct{ pattern, where string }{
		{"xl/drawings/drawing*.xml", "文本框"}, {"xl/charts/chart*.xml", "图表"}, {"xl/diagrams/data*.xml", "图形"},
	} {
		for _, name := range p.like(other.pattern) {
			p.readProse(other.where, false, p.open(other.where, name))
		}
	}
	b.readComments()
	p.embedded("xl/embeddings/*")
}

// book is a workbook that is being read.
type book struct {
	*pack
	sheets map[string]string // their names, by file
	shared []string          // texts that cells refer to
	dates  map[int]bool      // numbers of styles that show a number as a date
}

// parse reads a file of the workbook; one that is not there is none.
func (b *book) parse(where, name string, w walker) {
	from := b.open(where, name)
	if from == nil {
		return
	}
	if w.close == nil {
		w.close = func(string) error { return nil }
	}
	if w.text == nil {
		w.text = func(string) {}
	}
	if err := walk(from, w); err != nil {
		b.failed(where, err)
	}
}

// readSheets reads what the sheets are called.
func (b *book) readSheets() {
	files := map[string]string{}
	b.parse("", "xl/_rels/workbook.xml.rels", walker{open: func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/xl", target)
			}
			files[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	}})
	b.parse("", "xl/workbook.xml", walker{open: func(e xml.StartElement) error {
		if e.Name.Local == "sheet" {
			name := attr(e, "name")
			if attr(e, "state") != "" && attr(e, "state") != "visible" {
				name += "（隐藏）"
			}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					b.sheets[files[a.Value]] = name
				}
			}
		}
		return nil
	}})
}

// readShared reads the texts that cells refer to, each perhaps of several runs.
func (b *book) readShared() {
	var text strings.Builder
	inText, phonetic := false, false
	b.parse("", "xl/sharedStrings.xml", walker{
		open: func(e xml.StartElement) error {
			switch e.Name.Local {
			case "si":
				text.Reset()
			case "rPh": // how it is pronounced
				phonetic = true
			case "t":
				inText = !phonetic
			}
			return nil
		},
		close: func(name string) error {
			switch name {
			case "si":
				b.shared = append(b.shared, text.String())
				return b.count()
			case "rPh":
				phonetic = false
			case "t":
				inText = false
			}
			return nil
		},
		text: func(s string) {
			if inText {
				text.WriteString(s)
			}
		},
	})
}

// readStyles finds the styles that show a number as a date.
func (b *book) readStyles() {
	b.dates = map[int]bool{}
	own := map[string]bool{}
	inFormats, number := false, 0
	b.parse("", "xl/styles.xml", walker{open: func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = isDateFormat(attr(e, "formatCode"))
		case "cellXfs":
			inFormats = true
		case "xf":
			if inFormats {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				if own[attr(e, "numFmtId")] || 14 <= id && id <= 17 || id == 22 || 27 <= id && id <= 36 || 50 <= id && id <= 58 {
					b.dates[number] = true
				}
				number++
			}
		}
		return nil
	}, close: func(name string) error {
		inFormats = inFormats && name != "cellXfs"
		return nil
	}})
}

// isDateFormat reports whether a format of Excel shows the day of a date.
func isDateFormat(code string) bool {
	quoted := false
	for _, c := range code {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted && (c == 'y' || c == 'd' || c == 'Y' || c == 'D') {
			return true
		}
	}
	return false
}

// sheet is a sheet that is being read.
type sheet struct {
	*book
	where  string
	rows   [][]Cell
	row    int
	column int
	kind   string // of the cell that is open
	style  int
	inText bool
	value  strings.Builder
}

func (b *book) readSheet(file string) {
	s := &sheet{book: b, where: b.nameOf(file)}
	b.parse(s.where, file, walker{s.start, s.end, func(text string) {
		if s.inText {
			s.value.WriteString(text)
		}
	}})
	b.addTable(s.where, s.rows)
}

func (b *book) nameOf(file string) string {
	name := b.sheets[file]
	if name == "" {
		name = path.Base(file)
	}
	return "工作表“" + name + "”"
}

func (s *sheet) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.rows, s.column = append(s.rows, nil), -1
		if n, err := strconv.Atoi(attr(e, "r")); err == nil {
			s.row = n
		} else {
			s.row++
		}
	case "c":
		s.column++
		if n := columnOf(attr(e, "r")); n >= 0 {
			s.column = n
		}
		s.kind = attr(e, "t")
		s.style, _ = strconv.Atoi(attr(e, "s"))
		s.value.Reset()
	case "v", "t", "oddHeader", "oddFooter", "firstHeader", "firstFooter":
		s.inText = true
	}
	return nil
}

func (s *sheet) end(name string) error {
	switch name {
	case "v", "t":
		s.inText = false
	case "oddHeader", "oddFooter", "firstHeader", "firstFooter":
		s.inText = false
		s.add(s.where+"的页眉页脚", s.value.String())
		s.value.Reset()
	case "c":
		text := s.shown(s.value.String())
		if strings.TrimSpace(text) == "" || len(s.rows) == 0 {
			return nil
		}
		n := len(s.rows) - 1
		s.rows[n] = append(s.rows[n], Cell{fmt.Sprintf("%s%s的 %s%d 格", s.within, s.where, columnName(s.column), s.row), s.column, text})
		return s.count()
	}
	return nil
}

// shown returns the value of the cell as a person sees it. A long number is
// written out: Excel shows 1.1E+17, and the whole number when one clicks on it.
func (s *sheet) shown(value string) string {
	switch s.kind {
	case "s":
		if n, err := strconv.Atoi(value); err == nil && 0 <= n && n < len(s.shared) {
			return s.shared[n]
		}
		return ""
	case "", "n":
		n, err := strconv.ParseFloat(value, 64)
		switch {
		case err != nil:
			return value
		case s.dates[s.style] && 1 <= n && n < 1<<21:
			return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("2006-01-02")
		case strings.ContainsAny(value, "eE") && n < 1e20 && n > -1e20:
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	return value
}

// columnOf returns the number of the column of an address: 1 for B3; -1 for none.
func columnOf(address string) int {
	n := 0
	for _, c := range address {
		if c < 'A' || 'Z' < c || n > 1<<14 {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

// columnName is the reverse of columnOf.
func columnName(n int) string {
	if n < 0 {
		return ""
	}
	return columnName(n/26-1) + string(rune('A'+n%26))
}

// readComments reads the comments beside cells, of the old and the new kind.
func (b *book) readComments() {
	for _, name := range b.like("xl/comments*.xml", "xl/threadedComments/*.xml") {
		b.readComment(name)
	}
}

func (b *book) readComment(name string) {
	where := "批注"
	var text strings.Builder
	inText := false
	b.parse(where, name, walker{
		open: func(e xml.StartElement) error {
			switch e.Name.Local {
			case "comment", "threadedComment":
				where = attr(e, "ref") + " 的批注"
				text.Reset()
			case "t", "text":
				inText = true
			}
			return nil
		},
		close: func(name string) error {
			switch name {
			case "comment", "threadedComment":
				b.add(where, strings.Split(text.String(), "\n")...)
				return b.count()
			case "text":
				inText = false
			}
			return nil
		},
		text: func(s string) {
			if inText {
				text.WriteString(s)
			}
		},
	})
}
