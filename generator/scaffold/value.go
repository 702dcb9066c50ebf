package scaffold

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
)

var (
	dateType  = reflect.TypeFor[calendar.Date]()
	monthType = reflect.TypeFor[calendar.Month]()
)

// noID stands where the id of a record belongs. No record has it, so the build
// names every place where it was left.
const noID = "（编号）"

// samples are texts of the forms that the tag check asks for.
var samples = map[string]string{
	"slug":  "shili",
	"phone": "0357-0000000",
	"hours": "08:30—17:30",
	"color": "#b71c1c",
	"url":   "https://example.org/",
}

// sample is a value that the field takes, in TOML.
func (a *archetype) sample(f *datafile.Field, check string) string {
	t := f.Type
	if t.Kind() == reflect.Slice {
		return "[" + a.scalar(t.Elem(), f, check) + "]"
	}
	return a.scalar(t, f, check)
}

func (a *archetype) scalar(t reflect.Type, f *datafile.Field, check string) string {
	switch {
	case t == dateType:
		return a.day.String()
	case t == monthType:
		return strconv.Quote(a.day.YearMonth().String())
	case target(t) != nil:
		return strconv.Quote(noID)
	case len(optionsOf(t)) > 0:
		return strconv.Quote(optionsOf(t)[0])
	case samples[check] != "":
		return strconv.Quote(samples[check])
	}
	switch t.Kind() {
	case reflect.Int, reflect.Float64:
		n := math.Min(math.Max(max(1, usual[f.Key]), f.Min), f.Max)
		if f.Key == "year" {
			n = float64(a.day.Year)
		}
		return strconv.FormatFloat(n, 'f', -1, 64)
	case reflect.Bool:
		return "true"
	}
	return strconv.Quote("（" + f.Title + "）")
}

// isTable reports whether a field is written as a table or as several.
func isTable(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && t != dateType && t != monthType && !reflect.PointerTo(t).Implements(reflect.TypeFor[datafile.Scalar]())
}

// optionsOf lists the values that a type allows, or nothing.
func optionsOf(t reflect.Type) []string {
	if o, ok := reflect.Zero(t).Interface().(interface{ Options() []string }); ok {
		return o.Options()
	}
	return nil
}

// formsOf lists the values of the field kind: 公示、公告、通知.
func formsOf(t reflect.Type) []string {
	for _, f := range datafile.FieldsOf(t).List {
		if f.Key == "kind" {
			return optionsOf(f.Type)
		}
	}
	return nil
}

// target returns the kind of records that a type of references leads to: what
// its method In returns. It is nil for other types.
func target(t reflect.Type) *Kind {
	in, ok := t.MethodByName("In")
	if !ok || in.Type.NumOut() != 1 || in.Type.Out(0).Kind() != reflect.Pointer {
		return nil
	}
	for _, k := range Kinds() {
		if k.declared.Type == in.Type.Out(0).Elem() {
			return &k
		}
	}
	return nil
}

// remark says in Chinese what belongs into a field.
func remark(f *datafile.Field) string {
	b := strings.Builder{}
	b.WriteString(f.Title)
	if f.Required {
		b.WriteString("（必填）")
	}
	if note := notes[f.Key]; note != "" && isCommon(f) {
		return b.String() + "：" + note
	}
	t := f.Type
	several := t.Kind() == reflect.Slice
	if several {
		t = t.Elem()
	}
	if k := target(t); k != nil {
		fmt.Fprintf(&b, "：写%s的编号，见 content/%s/", k.Title, k.declared.Ledger)
	} else if options := optionsOf(t); len(options) > 0 {
		fmt.Fprintf(&b, "，可写：%s", strings.Join(options, "、"))
	} else if !math.IsInf(f.Min, -1) && !math.IsInf(f.Max, 1) {
		fmt.Fprintf(&b, "，%g 到 %g", f.Min, f.Max)
	}
	switch {
	case several && isTable(f.Type):
		b.WriteString("：一条一段，可以有多段")
	case several:
		b.WriteString("，可以写多个")
	}
	return b.String()
}
