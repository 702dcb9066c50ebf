package ledger

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
)

// Column is a field of a kind that can stand in one cell of a table: texts,
// numbers, dates, references and lists of these.
type Column struct {
	*datafile.Field
}

// internal are the keys of the common part that no table shows.
var internal = map[string]bool{"scope": true, "draft": true, "slug": true, "publish_date": true, "expiry_date": true}

// Columns returns the columns of a kind in the order of its struct.
func Columns(k *Kind) []Column {
	var cols []Column
	for _, f := range datafile.FieldsOf(k.Type).List {
		if !internal[f.Key] && !k.hidden[f.Key] && cellular(f.Type) {
			cols = append(cols, Column{f})
		}
	}
	return cols
}

// cellular reports whether a value of type t fits into one cell.
func cellular(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		return t == reflect.TypeFor[calendar.Date]() || t == reflect.TypeFor[calendar.Month]() || t.Implements(reflect.TypeFor[reference]())
	}
	return t.Kind() != reflect.Map && t.Kind() != reflect.Pointer
}

// Cell returns a record's value in a column as text, "" when it is unknown; references show the title
// of what they refer to, as far as b holds it.
func (c Column) Cell(b *Book, e Entry) string {
	if c.IsUnknown(e) {
		return ""
	}
	return cell(b, c.value(e))
}

func (c Column) value(e Entry) reflect.Value { return reflect.ValueOf(e).Elem().FieldByIndex(c.Index) }

// IsPlain reports whether a record's value is a number or a truth, which JSON
// writes without quotation marks.
func (c Column) IsPlain(e Entry) bool {
	switch c.value(e).Kind() {
	case reflect.Int, reflect.Float64, reflect.Bool:
		return true
	}
	return false
}

// IsUnknown reports whether a record leaves out a number or a truth: then 0 is
// not what is known.
func (c Column) IsUnknown(e Entry) bool { return c.IsPlain(e) && !c.Required && c.value(e).IsZero() }

func cell(b *Book, v reflect.Value) string {
	switch x := v.Interface().(type) {
	case reference:
		id, to := x.reference()
		t := b.tables[to]
		if i, ok := t.byID[id]; ok {
			return TitleOf(t.rows[i])
		}
		return ""
	case fmt.Stringer:
		return x.String()
	}
	switch v.Kind() {
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return Score(v.Float())
	case reflect.Bool:
		return map[bool]string{true: "是", false: "否"}[v.Bool()]
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = cell(b, v.Index(i))
		}
		return strings.Join(parts, "、")
	}
	return v.String()
}

// TitleOf returns what a record is called: its title, its name, or its id.
func TitleOf(e Entry) string {
	v := reflect.ValueOf(e).Elem()
	fields, ok := titleFields.Load(v.Type())
	if !ok {
		fields, _ = titleFields.LoadOrStore(v.Type(), titleFieldsOf(v.Type()))
	}
	for _, index := range fields.([][]int) {
		if title := v.FieldByIndex(index).String(); title != "" {
			return title
		}
	}
	return IDOf(e)
}

// titleFields are the fields that TitleOf looks at, by type of record; looking
// them up by name for each link would be much of the work of a plan.
var titleFields sync.Map

func titleFieldsOf(t reflect.Type) (fields [][]int) {
	for _, name := range []string{"Title", "Name"} {
		if f, ok := t.FieldByName(name); ok && f.Type.Kind() == reflect.String {
			fields = append(fields, f.Index)
		}
	}
	return fields
}
