package scaffold

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/ledger"
	"biandan/generator/schema"
)

// archetype is one being written.
type archetype struct {
	fill  map[string]string // values of fields of the record itself, in TOML
	asked []string          // its optional fields that are written out
	day   calendar.Date     // in samples
	table string            // of the record: the key of rows, "" in a front matter
	out   strings.Builder
}

const legend = "# 号后面是说明；行首有 # 的是可选的，要用就删掉行首的 # 和空格"

func (a *archetype) page(t reflect.Type, body string) {
	a.print("+++\n", legend, "\n")
	a.fields(t, "", false)
	a.print("+++\n", body, "\n")
}

func (a *archetype) row(k *ledger.Kind, title string) {
	a.print("# ", strings.TrimSpace(k.Title+" "+title), "\n", legend, "\n\n")
	a.table = k.Key
	a.print("[[", k.Key, "]]\n")
	a.fields(k.Type, k.Key, false)
}

// below writes after the record of that id a row that refers to it.
func (a *archetype) below(k, to *ledger.Kind, id string) {
	a.table, a.asked, a.fill = k.Key, nil, map[string]string{}
	for _, f := range datafile.FieldsOf(k.Type).List {
		if schema.Target(f.Type) == to {
			a.fill[f.Key] = strconv.Quote(id)
		}
	}
	a.print("\n# ", k.Title, "\n[[", k.Key, "]]\n")
	a.fields(k.Type, k.Key, false)
}

func (a *archetype) print(parts ...string) {
	for _, p := range parts {
		a.out.WriteString(p)
	}
}

// fields writes the fields of the struct t, whose table has that name: first
// those with a value, then the optional ones, and the tables at the end, as what
// stands below the header of a table belongs to it. off makes comments of all.
func (a *archetype) fields(t reflect.Type, table string, off bool) {
	var wanted, optional, tables, spare []*datafile.Field
	for _, f := range a.inOrder(t, table) {
		w := f.Required || table == a.table && slices.Contains(a.asked, f.Key)
		switch {
		case schema.IsTable(f.Type) && w:
			tables = append(tables, f)
		case schema.IsTable(f.Type):
			spare = append(spare, f)
		case w:
			wanted = append(wanted, f)
		default:
			optional = append(optional, f)
		}
	}
	for _, f := range wanted {
		a.line(f, t, table, off)
	}
	for _, f := range optional {
		a.line(f, t, table, true)
	}
	for _, f := range tables {
		a.header(f, table, off)
	}
	for _, f := range spare {
		a.header(f, table, true)
	}
}

// inOrder returns the fields in the order of reading: what names the record,
// its own fields, what all records have.
func (a *archetype) inOrder(t reflect.Type, table string) []*datafile.Field {
	rank := func(f *datafile.Field) int {
		switch {
		case table != a.table:
			return 0
		case f.Key == "id" || f.Key == "title" || f.Key == "date":
			return 0
		case !schema.IsCommon(f):
			return 1
		}
		return 2
	}
	list := slices.Clone(datafile.FieldsOf(t).List)
	if table == "" { // the name of a page's file is its id and its place in the address
		list = slices.DeleteFunc(list, func(f *datafile.Field) bool { return f.Key == "id" || f.Key == "slug" })
	}
	slices.SortStableFunc(list, func(x, y *datafile.Field) int { return rank(x) - rank(y) })
	return list
}

func (a *archetype) line(f *datafile.Field, t reflect.Type, table string, off bool) {
	value, known := a.fill[f.Key]
	if !known || table != a.table {
		value = a.sample(f, t.FieldByIndex(f.Index).Tag.Get("check"))
	}
	a.comment(off)
	a.print(f.Key, " = ", value, "  # ", schema.Remark(f), "\n")
}

// header writes the table of a field, [name] or [[name]], and what is in it.
func (a *archetype) header(f *datafile.Field, table string, off bool) {
	name, t := strings.TrimPrefix(table+"."+f.Key, "."), f.Type
	open, shut := "[", "]"
	if t.Kind() == reflect.Slice {
		t, open, shut = t.Elem(), "[[", "]]"
	}
	a.print("\n")
	a.comment(off)
	a.print(open, name, shut, "  # ", schema.Remark(f), "\n")
	a.fields(t, name, off)
}

func (a *archetype) comment(off bool) {
	if off {
		a.print("# ")
	}
}
