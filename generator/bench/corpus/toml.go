package corpus

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"biandan/generator/calendar"
)

// table is a TOML table: keys and values in order. A value is a string, an int,
// a float64, a bool, a date, a table, or a list of strings, dates or tables.
type table []struct {
	key   string
	value any
}

// text returns the string of that key, or "".
func (t table) text(key string) string {
	for _, kv := range t {
		if s, ok := kv.value.(string); ok && kv.key == key {
			return s
		}
	}
	return ""
}

// lines writes the table with a line for each key.
func (t table) lines(b *bytes.Buffer) {
	for _, kv := range t {
		fmt.Fprintf(b, "%s = %s\n", kv.key, encode(kv.value))
	}
}

func encode(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case calendar.Date:
		return v.String()
	case []string:
		return list(v)
	case []table:
		return list(v)
	case []calendar.Date:
		return list(v)
	case table:
		parts := make([]string, len(v))
		for i, kv := range v {
			parts[i] = kv.key + " = " + encode(kv.value)
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	return fmt.Sprint(v)
}

func list[T any](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = encode(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// page is a Markdown file.
type page struct {
	path string // below content/
	head table
	more table // computed by biandan, written down for the peer
	body string
}

// site is the page in the schema of biandan.
func (p page) site() []byte {
	var b bytes.Buffer
	b.WriteString("+++\n")
	p.head.lines(&b)
	b.WriteString("+++\n" + p.body)
	return b.Bytes()
}

// peer is the page for Hugo: what Hugo has no name for goes to its params.
func (p page) peer() []byte {
	var known, params table
	for _, kv := range append(p.head[:len(p.head):len(p.head)], p.more...) {
		switch kv.key {
		case "title", "date", "summary", "layout":
			known = append(known, kv)
		default:
			params = append(params, kv)
		}
	}
	var b bytes.Buffer
	b.WriteString("+++\n")
	known.lines(&b)
	b.WriteString("[params]\n")
	params.lines(&b)
	b.WriteString("+++\n" + p.body)
	return b.Bytes()
}

// rows are the records of one kind.
type rows struct {
	folder, kind string
	paged        bool  // each has a page
	more         table // of each, computed by biandan, written down for the peer
	list         []table
}

// ledger is the TOML file of the rows.
func (r rows) ledger() []byte {
	var b bytes.Buffer
	for _, t := range r.list {
		fmt.Fprintf(&b, "[[%s]]\n", r.kind)
		t.lines(&b)
		b.WriteByte('\n')
	}
	return b.Bytes()
}
