package ledger

import (
	"reflect"
	"slices"

	"biandan/generator/datafile"
)

// DataColumns returns the columns of the open data of a kind: those of its tables, and
// those of what a record holds once, such as where a notice is answered.
func DataColumns(k *Kind) []Column {
	cols := Columns(k)
	for _, f := range nested(k) {
		if f.Type.Kind() != reflect.Struct {
			continue
		}
		for _, c := range columnsOf(f.Type) {
			inner := *c.Field
			inner.Key, inner.Title, inner.Required = f.Key+"_"+inner.Key, f.Title+"："+inner.Title, false
			inner.Index = append(slices.Clip(f.Index), inner.Index...)
			c.Field = &inner
			cols = append(cols, c)
		}
	}
	return cols
}

// Nest is a field of a kind that holds rows of its own: the hours of a station, the
// activities of a month.
type Nest struct {
	*datafile.Field
	Columns []Column
}

// Nests returns the fields of a kind that hold rows and are not hidden.
func Nests(k *Kind) (all []Nest) {
	for _, f := range nested(k) {
		if f.Type.Kind() == reflect.Slice {
			all = append(all, Nest{f, columnsOf(f.Type.Elem())})
		}
	}
	return all
}

// Rows returns the cells of the rows that a record holds.
func (n Nest) Rows(b *Book, e Entry) [][]string {
	list := reflect.ValueOf(e).Elem().FieldByIndex(n.Index)
	rows := make([][]string, list.Len())
	for i := range rows {
		for _, c := range n.Columns {
			rows[i] = append(rows[i], c.cell(b, list.Index(i)))
		}
	}
	return rows
}

// nested are the fields of a kind that are not hidden and fit in no cell.
func nested(k *Kind) (all []*datafile.Field) {
	for _, f := range datafile.FieldsOf(k.Type).List {
		elem := f.Type
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		if !internal[f.Key] && f.Key != "allow" && !k.hidden[f.Key] && !cellular(f.Type) && elem.Kind() == reflect.Struct {
			all = append(all, f)
		}
	}
	return all
}

// columnsOf are the columns of a struct in a record.
func columnsOf(t reflect.Type) (cols []Column) {
	for _, f := range datafile.FieldsOf(t).List {
		if cellular(f.Type) {
			cols = append(cols, Column{Field: f, IsPlain: isPlain(f.Type), text: texterOf(f.Type)})
		}
	}
	return cols
}
