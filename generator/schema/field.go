package schema

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/ledger"
)

var (
	dateType    = reflect.TypeFor[calendar.Date]()
	monthType   = reflect.TypeFor[calendar.Month]()
	quarterType = reflect.TypeFor[calendar.Quarter]()
)

// notes say of the fields that all records have what their titles do not.
var notes = map[string]string{
	"id":           "别处用它来引用这一条，定了就不要改",
	"scope":        "不写就是 society（向社会公开）；party、unit、specific 都不会出现在网站上",
	"draft":        "写好后删掉这一行，网站上才看得到",
	"summary":      "一两句话，显示在列表里",
	"publish_date": "到这一天才出现在网站上",
	"aliases":      "这一页从前的网址，如 \"/notices/jiu/\"；贴出去的二维码还能找到这里",
	"expiry_date":  "到这一天就从网站上撤下",
}

// IsCommon reports whether a field belongs to all records or to all pages.
func IsCommon(f *datafile.Field) bool { return len(f.Index) > 1 }

// IsTable reports whether a field is written as a table or as several.
func IsTable(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && t != dateType && t != monthType && !isScalar(t)
}

func isScalar(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[datafile.Scalar]())
}

// Options lists the values that a type allows, or nothing.
func Options(t reflect.Type) []string {
	if o, ok := reflect.Zero(t).Interface().(interface{ Options() []string }); ok {
		return o.Options()
	}
	return nil
}

// Target returns the kind of records that a type of references leads to: what
// its method In returns. It is nil for other types.
func Target(t reflect.Type) *ledger.Kind {
	in, ok := t.MethodByName("In")
	if !ok || in.Type.NumOut() != 1 || in.Type.Out(0).Kind() != reflect.Pointer {
		return nil
	}
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			if l.Kinds[i].Type == in.Type.Out(0).Elem() {
				return &l.Kinds[i]
			}
		}
	}
	return nil
}

// Remark says in Chinese what belongs into a field: the comment beside it in an
// archetype, and what an editor shows.
func Remark(f *datafile.Field) string {
	b := strings.Builder{}
	b.WriteString(f.Title)
	if f.Required {
		b.WriteString("（必填）")
	}
	if note := notes[f.Key]; note != "" && IsCommon(f) {
		return b.String() + "：" + note
	}
	t := f.Type
	several := t.Kind() == reflect.Slice
	if several {
		t = t.Elem()
	}
	if k := Target(t); k != nil {
		fmt.Fprintf(&b, "：写%s的编号，见 content/%s/", k.Title, k.Ledger)
	} else if options := Options(t); len(options) > 0 {
		fmt.Fprintf(&b, "，可写：%s", strings.Join(options, "、"))
	} else if !math.IsInf(f.Min, -1) && !math.IsInf(f.Max, 1) {
		fmt.Fprintf(&b, "，%g 到 %g", f.Min, f.Max)
	}
	switch {
	case several && IsTable(f.Type):
		b.WriteString("：一条一段，可以有多段")
	case several:
		b.WriteString("，可以写多个")
	}
	return b.String()
}
