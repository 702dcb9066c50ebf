package plan

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/generator/view"
)

// planData plans the open data: each open kind as CSV, which Excel opens, and
// as JSON. The columns are those of the declaration.
func planData(b *Builder) {
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			if !k.IsOpen || len(b.Book.Entries(k)) == 0 {
				continue
			}
			folder := source.ContentDir + "/" + l.Folder
			b.addBytes(dataPath(k)+".csv", folder, func() []byte { return b.csv(k) })
			b.addBytes(dataPath(k)+".json", folder, func() []byte { return b.json(k) })
			for _, n := range b.nests(k) {
				b.addBytes(nestPath(k, n)+".csv", folder, func() []byte { return b.nestCSV(k, n) })
			}
		}
	}
}

func dataPath(k *ledger.Kind) string {
	if k.Key == "" {
		return "data/" + k.Ledger
	}
	return fmt.Sprintf("data/%s-%s", k.Ledger, k.Key)
}

// nestPath is where the rows lie that records of a kind hold in a field.
func nestPath(k *ledger.Kind, n ledger.Nest) string { return dataPath(k) + "-" + n.Key }

// nests are the fields of a kind in which any record of the book holds rows.
func (b *Builder) nests(k *ledger.Kind) []ledger.Nest {
	return slices.DeleteFunc(ledger.Nests(k), func(n ledger.Nest) bool {
		return !slices.ContainsFunc(b.Book.Entries(k), func(e ledger.Entry) bool { return len(n.Rows(b.Book, e)) > 0 })
	})
}

// DataLinks are the links to the open data of a ledger, and to the calendar where it has
// events.
func (p *Page) DataLinks(folder string) []view.Link {
	var links []view.Link
	for i := range ledger.Lookup(folder).Kinds {
		k := &ledger.Lookup(folder).Kinds[i]
		if k.IsOpen && len(p.Book.Entries(k)) > 0 {
			links = append(links, p.Link(k.Title+"（CSV）", dataPath(k)+".csv"), p.Link(k.Title+"（JSON）", dataPath(k)+".json"))
			for _, n := range p.nests(k) {
				links = append(links, p.Link(k.Title+"的"+n.Title+"（CSV）", nestPath(k, n)+".csv"))
			}
		}
	}
	if slices.ContainsFunc(ledger.Lookup(folder).Kinds, func(k ledger.Kind) bool { return k.HasEvents() }) {
		links = append(links, p.CalendarLinks(nil)...)
	}
	return links
}

func (b *Builder) csv(k *ledger.Kind) []byte {
	var out bytes.Buffer
	cols, rows := ledger.DataColumns(k), b.Book.Entries(k)
	w := spreadsheet(&out)
	row := make([]string, len(cols))
	for i, c := range cols {
		row[i] = c.Title
	}
	w.Write(row)
	for r, e := range rows {
		for i, c := range cols {
			row[i] = spreadsheetSafe(c.Cell(b.Book, e))
		}
		w.Write(row)
		foretell(&out, r+1, len(rows))
	}
	w.Flush() // a bytes.Buffer never fails
	return out.Bytes()
}

// spreadsheet begins a CSV that Excel opens.
func spreadsheet(out *bytes.Buffer) *csv.Writer {
	out.WriteString("\uFEFF") // without it Excel reads another encoding
	w := csv.NewWriter(out)
	w.UseCRLF = true
	return w
}

// nestCSV has a line for each row that a record holds in a field, with the record's id
// and title before it.
func (b *Builder) nestCSV(k *ledger.Kind, n ledger.Nest) []byte {
	var out bytes.Buffer
	w := spreadsheet(&out)
	heads := []string{k.Title + "编号", k.Title}
	for _, c := range n.Columns {
		heads = append(heads, c.Title)
	}
	w.Write(heads)
	for _, e := range b.Book.Entries(k) {
		for _, row := range n.Rows(b.Book, e) {
			line := append([]string{ledger.IDOf(e), b.Book.Title(e)}, row...)
			for i := range line {
				line[i] = spreadsheetSafe(line[i])
			}
			w.Write(line)
		}
	}
	w.Flush() // a bytes.Buffer never fails
	return out.Bytes()
}

// foretell makes room for all n parts of a file when the first ones are written.
func foretell(out *bytes.Buffer, written, n int) {
	const first = 64
	if written == first {
		out.Grow(out.Len() / first * (n - first) * 9 / 8)
	}
}

// spreadsheetSafe keeps a spreadsheet from running a cell as a formula. Some take
// full-width signs for the narrow ones, and drop blanks before them.
func spreadsheetSafe(s string) string {
	if s == "" || plainStart(s[0]) {
		return s
	}
	rest := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	if len(rest) < len(s) && (s[0] == '\t' || s[0] == '\r') || strings.ContainsAny(firstRune(rest), "=+-@＝＋－＠﹣﹢﹦﹫") {
		return "'" + s
	}
	return s
}

// plainStart reports whether a byte begins no formula: most cells begin so.
func plainStart(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || 0xE4 <= c && c <= 0xE9 // Han
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// writeJSON writes numbers and truths as such, all else as a string.
func writeJSON(out *bytes.Buffer, c ledger.Column, text string) {
	switch {
	case c.IsPlain && text == "是":
		out.WriteString("true")
	case c.IsPlain && text == "否":
		out.WriteString("false")
	case c.IsPlain:
		out.WriteString(text)
	default:
		out.Write(appendJSON(out.AvailableBuffer(), text))
	}
}

// appendJSON appends a text as JSON has it, and as it may stand in a page: nothing in it
// ends an element. Most texts need no escape.
func appendJSON(to []byte, text string) []byte {
	if !strings.ContainsFunc(text, needsEscape) {
		return append(append(append(to, '"'), text...), '"')
	}
	value, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be written
	}
	return append(to, value...)
}

// needsEscape reports whether JSON, or HTML around it, gives a character another
// meaning.
func needsEscape(r rune) bool {
	switch r {
	case '"', '\\', '<', '>', '&', '\u2028', '\u2029', '\uFFFD':
		return true
	}
	return r < ' '
}

func (b *Builder) json(k *ledger.Kind) []byte {
	var out bytes.Buffer
	cols, rows, nests := ledger.DataColumns(k), b.Book.Entries(k), b.nests(k)
	out.WriteString("[")
	for i, e := range rows {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n{")
		o := object{out: &out}
		for _, c := range cols {
			o.field(c, c.Cell(b.Book, e))
		}
		for _, n := range nests {
			o.rows(n, n.Rows(b.Book, e))
		}
		out.WriteString("}")
		foretell(&out, i+1, len(rows))
	}
	out.WriteString("\n]\n")
	return out.Bytes()
}

// object writes the fields of a JSON object; those without a value are left out.
type object struct {
	out  *bytes.Buffer
	more bool // it has a field
}

func (o *object) key(key string) {
	if o.more {
		o.out.WriteString(",")
	}
	o.more = true
	o.out.WriteString(`"`)
	o.out.WriteString(key)
	o.out.WriteString(`":`)
}

func (o *object) field(c ledger.Column, text string) {
	if text != "" {
		o.key(c.Key)
		writeJSON(o.out, c, text)
	}
}

// rows writes rows that the record holds as a list of objects.
func (o *object) rows(n ledger.Nest, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	o.key(n.Key)
	for i, row := range rows {
		o.out.WriteString(map[bool]string{true: "[{", false: ",{"}[i == 0])
		inner := object{out: o.out}
		for j, c := range n.Columns {
			inner.field(c, row[j])
		}
		o.out.WriteString("}")
	}
	o.out.WriteString("]")
}
