package datafile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/source"
)

var (
	ruleSheet = diag.Define(diag.Rule{Code: "E0219", Name: "表格读不下去", Severity: diag.Error,
		Why: "表格的第一行是列名，下面一行一条；少了列名，或者引号不成对，就不知道哪一格是什么", Mend: "用 WPS 打开，看看那一行，另存为 CSV（逗号分隔）"})
	ruleHole = diag.Define(diag.Rule{Code: "E0220", Name: "按月填的空了一格", Severity: diag.Error,
		Why: "从一月起一个月一格；中间空着，后面的就不知道是哪个月的", Mend: "没有的填 0，还没有到的月份留空"})
)

// ParseSheet reads a table that a spreadsheet program saved as CSV as rows of the struct
// type t, equal to those of a TOML file. The first row names the columns, by key or by
// Chinese title; a list that is kept by months has a column for each (党员大会1月). The
// places of cells are their rows and the numbers of their columns.
func ParseSheet(text *source.Text, t reflect.Type, bag *diag.Bag) (rows []*Table, ok bool) {
	r := csv.NewReader(bytes.NewReader(text.Data))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, false
	p := &sheetParser{file: text.Path, bag: bag, fields: FieldsOf(t)}
	for n := 1; ; n++ {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			if p.columns == nil {
				bag.Addf(ruleSheet, diag.Pos{File: text.Path}, "表格是空的")
				return nil, false
			}
			return rows, true
		case err != nil:
			bag.Addf(ruleSheet, diag.Pos{File: text.Path, Line: n}, "第 %d 行读不下去", n)
			return nil, false
		case strings.TrimSpace(strings.Join(cells, "")) == "":
		case p.columns == nil:
			if !p.head(cells, n) {
				return nil, false
			}
		default:
			rows = append(rows, p.row(cells, n))
		}
	}
}

type sheetParser struct {
	file    string
	bag     *diag.Bag
	fields  *Fields
	columns []sheetColumn
}

// sheetColumn is what stands in a column: a field, or its element of a month.
type sheetColumn struct {
	*Field
	month int // from 1; 0: the column is the whole field
}

var monthly = regexp.MustCompile(`^(.+?)[ ._]?(\d{1,2})\s*月?(?:份)?$`)

// head reads the names of the columns.
func (p *sheetParser) head(cells []string, line int) (ok bool) {
	ok = true
	known := map[string]*Field{}
	var names []string
	for _, f := range p.fields.List {
		known[f.Key], known[norm.NFKC.String(f.Title)] = f, f
		names = append(names, f.name())
	}
	seen := map[sheetColumn]bool{}
	for i, cell := range cells {
		name := strings.Join(strings.Fields(norm.NFKC.String(cell)), "")
		c := sheetColumn{Field: known[name]}
		if m := monthly.FindStringSubmatch(name); c.Field == nil && m != nil {
			c.Field = known[m[1]]
			c.month, _ = strconv.Atoi(m[2])
		}
		at := Mark{int32(line), int32(i + 1)}
		switch {
		case name == "" && i == len(cells)-1:
			continue // a comma at the end
		case c.Field == nil || c.month > 12 || c.month > 0 && c.Type.Kind() != reflect.Slice || elementOf(c.Type).Kind() == reflect.Struct && !isScalarType(elementOf(c.Type)):
			d := &decoder{file: p.file, bag: p.bag}
			d.unknownKey(Key{Name: cell, Mark: at}, p.fields.keys, names)
			ok = false
		case seen[c]:
			p.bag.Addf(ruleSheet, p.pos(at), "“%s”这一列有两列", cell)
			ok = false
		}
		seen[c] = true
		p.columns = append(p.columns, c)
	}
	return ok
}

func (p *sheetParser) pos(m Mark) diag.Pos {
	return diag.Pos{File: p.file, Line: int(m.Line), Column: int(m.Column)}
}

func elementOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice {
		return t.Elem()
	}
	return t
}

// isScalarType reports whether a struct is written as one value.
func isScalarType(t reflect.Type) bool {
	return t == dateType || t == monthType || reflect.PointerTo(t).Implements(reflect.TypeFor[Scalar]())
}

// row reads a row of cells; those that are empty are left out.
func (p *sheetParser) row(cells []string, line int) *Table {
	t := &Table{Mark: Mark{int32(line), 1}}
	lists := map[string]*Value{}
	for i, cell := range cells[:min(len(cells), len(p.columns))] {
		c, text := p.columns[i], strings.TrimSpace(cell)
		if text == "" {
			continue
		}
		at := Mark{int32(line), int32(i + 1)}
		if c.Type.Kind() != reflect.Slice {
			t.put(Key{c.Key, at, cellValue(text, c.Type, at)})
			continue
		}
		list := lists[c.Key]
		if list == nil {
			list = &Value{Kind: Array, Mark: at}
			lists[c.Key] = list
			t.put(Key{c.Key, at, list})
		}
		if c.month == 0 {
			for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '、' || r == ';' || r == '；' }) {
				list.Items = append(list.Items, cellValue(strings.TrimSpace(part), c.Type.Elem(), at))
			}
			continue
		}
		if have := len(list.Items); c.month != have+1 {
			p.bag.Addf(ruleHole, p.pos(at), "%s %d 月有数，前面只填到 %d 月", c.Title, c.month, have)
		}
		list.Items = append(list.Items, cellValue(text, c.Type.Elem(), at))
	}
	t.seal()
	return t
}

var (
	wholeNumber = regexp.MustCompile(`^[+-]?\d+$`)
	decimal     = regexp.MustCompile(`^[+-]?\d+\.\d+$`)
	anyDate     = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	grouping    = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`)
)

// cellValue is what a cell says, as the field takes it: spreadsheet programs write dates
// in their own way, and parts of a thousand.
func cellValue(text string, t reflect.Type, at Mark) *Value {
	v := &Value{Kind: String, Mark: at, Text: text}
	plain := norm.NFKC.String(text)
	if grouping.MatchString(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	switch {
	case t == dateType:
		if m := anyDate.FindStringSubmatch(plain); m != nil {
			y, _ := strconv.Atoi(m[1])
			mo, _ := strconv.Atoi(m[2])
			d, _ := strconv.Atoi(m[3])
			if day, ok := calendar.NewDate(y, mo, d); ok {
				v.Kind, v.Text = Date, day.String()
			}
		}
	case t.Kind() == reflect.Bool:
		if said, ok := map[string]string{"是": "true", "true": "true", "TRUE": "true", "√": "true", "否": "false", "false": "false", "FALSE": "false", "×": "false"}[plain]; ok {
			v.Kind, v.Text = Bool, said
		}
	case t.Kind() == reflect.Int || t.Kind() == reflect.Float64:
		switch {
		case wholeNumber.MatchString(plain):
			v.Kind, v.Text = Integer, strings.TrimPrefix(plain, "+")
		case decimal.MatchString(plain):
			v.Kind, v.Text = Float, strings.TrimPrefix(plain, "+")
		}
	}
	return v
}
