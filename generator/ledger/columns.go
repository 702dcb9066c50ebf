package ledger

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"biandan/generator/datafile"
)

// Column is a field of a kind that can stand in one cell of a table: texts,
// numbers, dates, references and lists of these.
type Column struct {
	*datafile.Field
	IsPlain bool // a number or a truth, which JSON writes without quotation marks
	text    texter
	state   func(b *Book, e Entry) string // of the column that no field fills; nil: a field does
}

// texter writes a value of one type as text.
type texter func(b *Book, v reflect.Value) string

// internal are the keys of the common part that no table shows.
var internal = map[string]bool{"scope": true, "draft": true, "slug": true, "publish_date": true, "expiry_date": true}

// Columns returns the columns of a kind in the order of its struct.
func Columns(k *Kind) []Column {
	var cols []Column
	for _, f := range datafile.FieldsOf(k.Type).List {
		if !internal[f.Key] && !k.hidden[f.Key] && cellular(f.Type) {
			cols = append(cols, Column{Field: f, IsPlain: isPlain(f.Type), text: texterOf(f.Type)})
		}
	}
	if k.standing != nil {
		cols = append(cols, Column{Field: stateField, state: func(b *Book, e Entry) string { return k.standing(b, e).State }})
	}
	return cols
}

// stateField is the column of what a record is on the day.
var stateField = &datafile.Field{Key: "state", Title: "状态", Type: reflect.TypeFor[string]()}

// OfTheDay reports whether the column says what a record is on the day of the book.
func (c Column) OfTheDay() bool { return c.state != nil }

// cellular reports whether a value of type t fits into one cell.
func cellular(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		return t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[reference]())
	}
	return t.Kind() != reflect.Map && t.Kind() != reflect.Pointer
}

func isPlain(t reflect.Type) bool {
	return t.Kind() == reflect.Int || t.Kind() == reflect.Float64 || t.Kind() == reflect.Bool
}

// Cell returns a record's value in a column as text, "" when it is unknown: a
// number or a truth that the record leaves out is not 0. References show the title
// of what they refer to, as far as b holds it.
func (c Column) Cell(b *Book, e Entry) string {
	if c.state != nil {
		return c.state(b, e)
	}
	return c.cell(b, reflect.ValueOf(e).Elem())
}

// cell is the column's value in a struct.
func (c Column) cell(b *Book, of reflect.Value) string {
	v := of.FieldByIndex(c.Index)
	if c.IsPlain && !c.Required && v.IsZero() {
		return ""
	}
	return c.text(b, v)
}

func texterOf(t reflect.Type) texter {
	switch {
	case t.Implements(reflect.TypeFor[reference]()):
		return func(b *Book, v reflect.Value) string { return b.titleOf(v.Interface().(reference)) }
	case t.Implements(reflect.TypeFor[fmt.Stringer]()):
		return func(_ *Book, v reflect.Value) string { return v.Interface().(fmt.Stringer).String() }
	}
	switch t.Kind() {
	case reflect.Int:
		return func(_ *Book, v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) }
	case reflect.Float64:
		return func(_ *Book, v reflect.Value) string { return Decimal(v.Float()) }
	case reflect.Bool:
		return func(_ *Book, v reflect.Value) string { return map[bool]string{true: "是", false: "否"}[v.Bool()] }
	case reflect.Slice:
		item := texterOf(t.Elem())
		return func(b *Book, v reflect.Value) string {
			parts := make([]string, v.Len())
			for i := range parts {
				parts[i] = item(b, v.Index(i))
			}
			return strings.Join(parts, "、")
		}
	}
	return func(_ *Book, v reflect.Value) string { return v.String() }
}

// Decimal writes a number with at most two decimals, and without needless zeros.
func Decimal(f float64) string { return fmt.Sprintf("%g", float64(int64(f*100+0.5))/100) }

// titleOf returns the title of what a reference refers to, "" when b does not hold it.
func (b *Book) titleOf(r reference) string {
	id, to := r.reference()
	t := b.tables[to]
	if i, ok := t.byID[id]; ok {
		return b.Title(t.rows[i])
	}
	return ""
}

// TitleOf returns what a record is called: its title, its name, or its id.
func TitleOf(e Entry) string {
	if p, ok := e.(PageEntry); ok && p.page().Title != "" { // as most are
		return p.page().Title
	}
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
