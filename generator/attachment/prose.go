package attachment

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// prose reads paragraphs and tables, which are written in nearly the same way in all
// formats of office programs: elements within elements, known by their names.
type prose struct {
	*reader
	where string // all of it: 页眉; "" where paragraphs are counted
	bare  bool   // characters stand in the paragraph itself (OpenDocument), not only in elements of text

	paragraphs []*paragraph // that are open: a text box lies in a paragraph
	tables     []*grid      // that are open
	seen, of   int          // paragraphs and tables so far
	inText     int          // elements of text that are open
	deleted    int          // and of text that somebody has deleted
	inserted   int          // and of text that somebody has inserted, when changes are tracked
	skipped    int          // and of what says the same once more
}

// paragraph is a paragraph as it is read now, and as it was before the changes that
// are tracked in it.
type paragraph struct{ now, before strings.Builder }

// grid is a table that is being read.
type grid struct {
	where  string
	rows   [][]Cell
	column int
	cell   []string // the paragraphs of the cell that is open
}

// readProse reads an XML file. counted says that people find a paragraph by its number.
func (r *reader) readProse(where string, bare bool, from io.Reader) {
	if from == nil {
		return
	}
	p := &prose{reader: r, where: where, bare: bare}
	if err := walk(from, walker{p.start, p.end, p.chars}); err != nil {
		r.failed(where, err)
	}
	for len(p.tables) > 0 { // it broke off
		p.endTable()
	}
}

func (p *prose) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "Fallback": // for programs that do not understand what stands before it
		p.skipped++
	case "p", "h":
		p.paragraphs = append(p.paragraphs, &paragraph{})
	case "t":
		p.inText++
	case "delText":
		p.inText, p.deleted = p.inText+1, p.deleted+1
	case "moveFrom":
		p.deleted++
	case "ins", "moveTo":
		p.inserted++
	case "tab":
		p.write("\t")
	case "br", "cr", "line-break":
		p.write("\n")
	case "s": // blanks of OpenDocument
		p.write(" ")
	case "noBreakHyphen":
		p.write("-")
	case "tbl", "table":
		p.of++
		p.tables = append(p.tables, &grid{where: p.tableName(attr(e, "name"))})
	case "tr", "table-row":
		if t := p.table(); t != nil {
			t.rows, t.column = append(t.rows, nil), 0
		}
	case "tc", "table-cell", "covered-table-cell":
		if t := p.table(); t != nil {
			t.cell = nil
		}
	case "gridSpan": // of a cell of Word that takes several columns
		if t := p.table(); t != nil {
			t.column += span(attr(e, "val"))
		}
	}
	p.cellSpan(e)
	return nil
}

// cellSpan counts the columns that a cell of OpenDocument stands for.
func (p *prose) cellSpan(e xml.StartElement) {
	if n := span(attr(e, "number-columns-repeated")); n > 0 && p.table() != nil {
		p.table().column += n
	}
}

// span is the number of columns that a cell takes beside its own.
func span(n string) int {
	wide, err := strconv.Atoi(n)
	if err != nil || wide < 1 || wide > 1<<14 {
		return 0
	}
	return wide - 1
}

func (p *prose) end(name string) error {
	switch name {
	case "Fallback":
		p.skipped--
	case "p", "h":
		return p.endParagraph()
	case "t":
		p.inText--
	case "delText":
		p.inText, p.deleted = p.inText-1, p.deleted-1
	case "moveFrom":
		p.deleted--
	case "ins", "moveTo":
		p.inserted--
	case "tc", "table-cell", "covered-table-cell":
		return p.endCell()
	case "tbl", "table":
		p.endTable()
	}
	return nil
}

func (p *prose) chars(s string) {
	if p.inText > 0 || p.bare && len(p.paragraphs) > 0 {
		p.write(s)
	}
}

// write adds characters to the paragraph that is open.
func (p *prose) write(s string) {
	if len(p.paragraphs) == 0 || p.skipped > 0 {
		return
	}
	last := p.paragraphs[len(p.paragraphs)-1]
	if p.deleted <= 0 {
		last.now.WriteString(s)
	}
	if p.inserted <= 0 {
		last.before.WriteString(s)
	}
}

func (p *prose) endParagraph() error {
	if len(p.paragraphs) == 0 {
		return nil
	}
	last := p.paragraphs[len(p.paragraphs)-1]
	p.paragraphs = p.paragraphs[:len(p.paragraphs)-1]
	now, before := last.now.String(), last.before.String()
	texts := []string{now}
	if before != now {
		texts = append(texts, before)
	}
	for i, s := range texts {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if t := p.table(); t != nil {
			t.cell = append(t.cell, s)
			continue
		}
		if i == 0 {
			p.seen++
		}
		if err := p.count(); err != nil {
			return err
		}
		where := p.where
		if where == "" {
			where = fmt.Sprintf("第 %d 段", max(p.seen, 1))
		}
		p.add(where, strings.Split(s, "\n")...)
	}
	return nil
}

func (p *prose) table() *grid {
	if len(p.tables) == 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

// tableName names a table, which in a spreadsheet has a name.
func (p *prose) tableName(name string) string {
	if name != "" && p.bare {
		return p.where + "表格“" + name + "”"
	}
	return fmt.Sprintf("%s第 %d 个表格", p.where, p.of)
}

func (p *prose) endCell() error {
	t := p.table()
	if t == nil || len(t.rows) == 0 {
		return nil
	}
	t.column++
	if text := strings.Join(t.cell, "\n"); strings.TrimSpace(text) != "" {
		if err := p.count(); err != nil {
			return err
		}
		n := len(t.rows)
		t.rows[n-1] = append(t.rows[n-1], Cell{fmt.Sprintf("%s%s第 %d 行第 %d 列", p.within, t.where, n, t.column), t.column - 1, text})
	}
	t.cell = nil
	return nil
}

func (p *prose) endTable() {
	if t := p.table(); t != nil {
		p.tables = p.tables[:len(p.tables)-1]
		p.addTable(t.where, t.rows)
	}
}

// readWord reads a document of Word.
func (p *pack) readWord() {
	p.readProse("", false, p.open("", "word/document.xml"))
	for _, other := range []struct{ pattern, where string }{
		{"word/header*.xml", "页眉"}, {"word/footer*.xml", "页脚"}, {"word/comments.xml", "批注"},
		{"word/footnotes.xml", "脚注"}, {"word/endnotes.xml", "尾注"},
		{"word/charts/chart*.xml", "图表"}, {"word/diagrams/data*.xml", "图形"}, {"word/glossary/document.xml", "自动图文集"},
	} {
		for _, name := range p.like(other.pattern) {
			p.readProse(other.where, false, p.open(other.where, name))
		}
	}
	p.embedded("word/embeddings/*")
}

// readSlides reads a presentation.
func (p *pack) readSlides() {
	number := 0
	for _, name := range p.like("ppt/slides/slide*.xml") {
		number++
		where := fmt.Sprintf("第 %d 张幻灯片", number)
		p.readProse(where, false, p.open(where, name))
	}
	for _, other := range []struct{ pattern, where string }{
		{"ppt/notesSlides/notesSlide*.xml", "备注"}, {"ppt/comments/*.xml", "批注"}, {"ppt/diagrams/data*.xml", "图形"},
		{"ppt/slideMasters/slideMaster*.xml", "母版"}, {"ppt/slideLayouts/slideLayout*.xml", "版式"},
	} {
		for _, name := range p.like(other.pattern) {
			p.readProse(other.where, false, p.open(other.where, name))
		}
	}
	p.embedded("ppt/embeddings/*")
}

// readOpenDocument reads a document of LibreOffice.
func (p *pack) readOpenDocument() {
	p.readProse("", true, p.open("", "content.xml"))
	p.readProse("页眉和页脚", true, p.open("页眉和页脚", "styles.xml"))
}

// embedded says of the files that lie in a document, such as a table of Excel behind
// a chart, that nobody has looked at them.
func (p *pack) embedded(pattern string) {
	if len(p.like(pattern)) > 0 {
		p.unread("文档里嵌入的文件", whyEmbedded)
	}
}
