package datafile

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

var (
	ruleUnknownKey = diag.Define(diag.Rule{Code: "E0203", Name: "不认识的键", Severity: diag.Error,
		Why: "写错的键不会起作用，写的人却以为它起了作用", Mend: "改成正确的键名，或者删掉这一行",
		Example: "错：titel = \"十一月主题\"\n对：title = \"十一月主题\""})
	ruleWrongType = diag.Define(diag.Rule{Code: "E0204", Name: "值的类型不对", Severity: diag.Error,
		Why: "文字要加英文双引号，数字和日期不加引号，多个值放在方括号里", Mend: "按这个键要的类型来写",
		Example: "错：stars = \"5\"　对：stars = 5\n错：date = \"2026-11-23\"　对：date = 2026-11-23\n错：tags = \"党建\"　对：tags = [\"党建\"]"})
	ruleMissing = diag.Define(diag.Rule{Code: "E0205", Name: "缺少必填的键", Severity: diag.Error,
		Why: "少了这一项，居民就不知道该找谁、到哪里、什么时候", Mend: "补上这一行"})
	ruleOption = diag.Define(diag.Rule{Code: "E0206", Name: "不在可选的值之内", Severity: diag.Error,
		Why: "这个键只有几种固定的写法，网页按它们分类", Mend: "改成可选的值之一"})
	ruleRange = diag.Define(diag.Rule{Code: "E0207", Name: "数值超出范围", Severity: diag.Error,
		Why: "人数不会是负的，星级只有一至五星，百分比不超过 100", Mend: "核对这个数"})
	ruleImpossibleDate = diag.Define(diag.Rule{Code: "E0208", Name: "没有这一天", Severity: diag.Error,
		Why: "日历上没有这一天，到期、公示期都无从算起", Mend: "核对月份和日子，例如二月没有 30 日"})
	ruleHours = diag.Define(diag.Rule{Code: "E0212", Name: "时间段不成立", Severity: diag.Error,
		Why: "一天从 00:00 到 24:00，开始要早于结束；写反了，居民会跑空", Mend: "核对开始和结束的时间，用 24 小时制",
		Example: "错：time = \"17:30—08:30\"　对：time = \"08:30—17:30\""})
	ruleFormat = diag.Define(diag.Rule{Code: "E0209", Name: "格式不对", Severity: diag.Error,
		Why: "这个值要按固定的格式写，才能用来链接、排序或者拨号", Mend: "照提示的格式改"})
)

// Scalar is implemented by the pointer of a type that is written as a TOML
// string. The error is a Chinese sentence without a full stop that tells the
// right form.
type Scalar interface{ Parse(text string) error }

// options is implemented by string types that allow only some values.
type options interface{ Options() []string }

// Decode fills the struct that dst points to from t, a table of the named file.
// Findings go to bag; ok is false if there was one.
func Decode(file string, t *Table, dst any, bag *diag.Bag) (ok bool) {
	d := &decoder{file: file, bag: bag, ok: true}
	d.table(t, reflect.ValueOf(dst).Elem())
	return d.ok
}

// DecodeRecord is Decode for a record that was begun with samples in brackets, such
// as （发布单位）; those that are left are returned, and are no findings yet: a draft
// may have them.
func DecodeRecord(file string, t *Table, dst any, bag *diag.Bag) []Placeholder {
	d := &decoder{file: file, bag: bag, ok: true}
	d.table(t, reflect.ValueOf(dst).Elem())
	return d.left
}

type decoder struct {
	file string
	bag  *diag.Bag
	ok   bool
	left []Placeholder
}

func (d *decoder) report(r *diag.Rule, m Mark, message, hint string) {
	d.ok = false
	d.bag.Add(r, diag.Pos{File: d.file, Line: int(m.Line), Column: int(m.Column)}, message, hint)
}

func (d *decoder) table(t *Table, dst reflect.Value) {
	fields := FieldsOf(dst.Type())
	var unknown []string
	for _, k := range t.Keys {
		f := fields.byKey[k.Name]
		if f == nil {
			d.unknownKey(k, fields.keys, fields.names())
			unknown = append(unknown, k.Name)
			continue
		}
		d.value(k.Value, dst.FieldByIndex(f.Index), f)
	}
	for _, f := range fields.List {
		if f.Required && t.Get(f.Key) == nil && !fields.meant(f.Key, unknown) {
			d.report(ruleMissing, t.Mark, fmt.Sprintf("缺少“%s”", f.name()), "补上一行："+f.Key+" = "+f.sample())
		}
	}
}

func (d *decoder) unknownKey(k Key, allowed, names []string) {
	d.report(ruleUnknownKey, k.Mark, fmt.Sprintf("不认识的键“%s”", k.Name),
		diag.DidYouMean(k.Name, allowed, "这里可以用的键："+strings.Join(names, "、")))
}

var (
	dateType  = reflect.TypeFor[calendar.Date]()
	monthType = reflect.TypeFor[calendar.Month]()
)

func (d *decoder) value(v *Value, dst reflect.Value, f *Field) {
	if v.Kind == String && f.isPlaceholder(v.Text) {
		d.left = append(d.left, Placeholder{diag.Pos{File: d.file, Line: int(v.Mark.Line), Column: int(v.Mark.Column)}, f.Key, f.Title})
		if dst.Kind() != reflect.String {
			return // it refers to nothing yet
		}
	}
	if s, ok := dst.Addr().Interface().(Scalar); ok {
		if d.want(v, String, f) {
			if err := s.Parse(v.Text); err != nil {
				d.report(ruleFormat, v.Mark, fmt.Sprintf("“%s”的值“%s”不对：%s", f.name(), v.Text, err), "")
			}
		}
		return
	}
	switch {
	case dst.Type() == dateType:
		d.date(v, dst, f)
		return
	case dst.Type() == monthType:
		if d.want(v, String, f) {
			m, ok := calendar.ParseMonth(v.Text)
			if !ok || m.Year < firstYear || m.Year > lastYear {
				d.report(ruleFormat, v.Mark, fmt.Sprintf("“%s”不是月份", v.Text), "写成四位年、两位月，如 \"2026-11\"")
			}
			dst.Set(reflect.ValueOf(m))
		}
		return
	}
	switch dst.Kind() {
	case reflect.String:
		d.text(v, dst, f)
	case reflect.Int:
		d.integer(v, dst, f)
	case reflect.Float64:
		d.float(v, dst, f)
	case reflect.Bool:
		if d.want(v, Bool, f) {
			dst.SetBool(v.Text == "true")
		}
	case reflect.Struct:
		if d.want(v, Inner, f) {
			d.table(v.Table, dst)
		}
	case reflect.Map:
		d.mapping(v, dst, f)
	case reflect.Slice:
		d.slice(v, dst, f)
	default:
		panic("datafile: field type " + dst.Type().String())
	}
}

// want reports a value that is not of the kind k.
func (d *decoder) want(v *Value, k Kind, f *Field) bool {
	if v.Kind == k {
		return true
	}
	hint := "写成 " + f.Key + " = " + f.sample()
	switch meant := v.as(k); {
	case meant == "" && k == Integer && v.Kind == Float:
		hint = "写成整数，不带小数点"
	case meant == "" && (k == Integer || k == Float):
		hint = "只写一个数字，不加引号，也不带单位" // which one, nobody can tell
	case meant != "" && f.Type.Kind() == reflect.Slice:
		hint = "这一项写成 " + meant
	case meant != "":
		hint = "写成 " + f.Key + " = " + meant
	case k == Inner:
		hint = fmt.Sprintf("写成 %s = { … }，或者另起一行 [%s]", f.Key, f.Key)
	}
	d.report(ruleWrongType, v.Mark, fmt.Sprintf("“%s”应当是%s，这里写的是%s", f.name(), k.Chinese(), v.Kind.Chinese()), hint)
	return false
}

// as writes a value of the wrong kind as one of the kind k, where it is clear
// what was meant; else it returns "".
func (v *Value) as(k Kind) string {
	switch {
	case k == String && v.Text != "":
		return strconv.Quote(v.Text)
	case (k == Integer || k == Float) && v.Kind == String:
		return numberIn(v.Text, k)
	case k == Bool && (v.Text == "true" || v.Text == "false"):
		return v.Text
	case k == Date && v.Kind == String:
		day, ok := tidyDate(v.Text)
		if !ok {
			day = v.Text
		}
		if _, ok := calendar.ParseDate(day); ok {
			return day
		}
	}
	return ""
}

var measure = regexp.MustCompile(`^(-?(?:0|[1-9]\d{0,8})(?:\.\d+)?)[^\d.,-]*$`)

// numberIn returns the number of a text that holds one and after it a unit at most:
// 80.5分. Of any other text it returns "".
func numberIn(text string, k Kind) string {
	m := measure.FindStringSubmatch(strings.TrimSpace(norm.NFKC.String(text)))
	if m == nil || k == Integer && strings.Contains(m[1], ".") {
		return ""
	}
	return m[1]
}

func (d *decoder) date(v *Value, dst reflect.Value, f *Field) {
	if v.Kind == DateTime || d.want(v, Date, f) {
		// An impossible day was reported while parsing.
		day, ok := v.day()
		d.ok = d.ok && ok
		dst.Set(reflect.ValueOf(day))
	}
}

func (d *decoder) text(v *Value, dst reflect.Value, f *Field) {
	if !d.want(v, String, f) {
		return
	}
	if o, ok := dst.Interface().(options); ok && !contains(o.Options(), v.Text) {
		d.report(ruleOption, v.Mark, fmt.Sprintf("“%s”没有“%s”这个值", f.name(), v.Text),
			diag.DidYouMean(v.Text, o.Options(), "可以写："+strings.Join(o.Options(), "、")))
		return
	}
	if f.Required && strings.TrimSpace(v.Text) == "" {
		d.report(ruleMissing, v.Mark, fmt.Sprintf("“%s”是空的", f.name()), "填上内容")
		return
	}
	if hint := f.checkText(v.Text); hint != "" && v.Text != "" {
		if tidy := f.form.tidied(v.Text); tidy != "" {
			hint = "写成 " + strconv.Quote(tidy)
		}
		d.report(ruleFormat, v.Mark, fmt.Sprintf("“%s”的值“%s”格式不对", f.name(), v.Text), hint)
		return
	}
	if f.form == forms["hours"] && v.Text != "" {
		if wrong := wrongHours(v.Text); wrong != "" {
			d.report(ruleHours, v.Mark, fmt.Sprintf("“%s”的值“%s”：%s", f.name(), v.Text, wrong), "核对这两个时间")
			return
		}
	}
	dst.SetString(v.Text)
}

// wrongHours says what is wrong with the moments of a span in the right form.
func wrongHours(span string) string {
	start, end, _ := strings.Cut(span, "—")
	for _, moment := range []string{start, end} {
		if moment > "24:00" || moment[3:] > "59" {
			return "没有 " + moment + " 这个时间"
		}
	}
	switch {
	case start == end:
		return "开始和结束是同一个时间"
	case start > end:
		return "开始晚于结束"
	}
	return ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (d *decoder) integer(v *Value, dst reflect.Value, f *Field) {
	if !d.want(v, Integer, f) {
		return
	}
	n, err := v.integer()
	if err != nil || n != int64(int32(n)) {
		d.report(ruleRange, v.Mark, fmt.Sprintf("“%s”的数 %s 太大了", f.name(), v.Text), "")
		return
	}
	d.inRange(v, float64(n), f)
	dst.SetInt(n)
}

func (d *decoder) float(v *Value, dst reflect.Value, f *Field) {
	if v.Kind != Integer && !d.want(v, Float, f) {
		return
	}
	n, err := v.float()
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		d.report(ruleRange, v.Mark, fmt.Sprintf("“%s”的值 %s 不是平常的数", f.name(), v.Text), "")
		return
	}
	d.inRange(v, n, f)
	dst.SetFloat(n)
}

func (d *decoder) inRange(v *Value, n float64, f *Field) {
	if n >= f.Min && n <= f.Max {
		return
	}
	allowed := fmt.Sprintf("应在 %v 到 %v 之间", f.Min, f.Max)
	if math.IsInf(f.Max, 1) {
		allowed = fmt.Sprintf("不能小于 %v", f.Min)
	}
	d.report(ruleRange, v.Mark, fmt.Sprintf("“%s”是 %s，%s", f.name(), v.Text, allowed), "")
}

// mapping decodes a table whose keys are names that the writer chooses.
func (d *decoder) mapping(v *Value, dst reflect.Value, f *Field) {
	if !d.want(v, Inner, f) {
		return
	}
	m := reflect.MakeMap(dst.Type())
	for _, k := range v.Table.Keys {
		element := reflect.New(dst.Type().Elem()).Elem()
		d.value(k.Value, element, &Field{Key: k.Name, Title: f.Title, Min: f.Min, Max: f.Max, Type: element.Type()})
		m.SetMapIndex(reflect.ValueOf(k.Name), element)
	}
	dst.Set(m)
}

func (d *decoder) slice(v *Value, dst reflect.Value, f *Field) {
	if v.Kind != Array && v.Kind != Tables {
		if f.isTables() {
			d.report(ruleWrongType, v.Mark, fmt.Sprintf("“%s”应当是多条，这里只写了一个%s", f.name(), v.Kind.Chinese()),
				fmt.Sprintf("每一条都用双层方括号 [[%s]] 开头", f.Key))
			return
		}
		d.want(v, Array, f)
		return
	}
	s := reflect.MakeSlice(dst.Type(), len(v.Items), len(v.Items))
	for i, item := range v.Items {
		d.value(item, s.Index(i), f)
	}
	dst.Set(s)
}

// ReportUnknownKey reports a key that is none of those allowed.
func ReportUnknownKey(file string, k Key, allowed []string, bag *diag.Bag) {
	d := &decoder{file: file, bag: bag}
	d.unknownKey(k, allowed, allowed)
}

// ReportMissing reports that the table of o lacks a key.
func ReportMissing(o Origin, key, title, sample string, bag *diag.Bag) {
	bag.Add(ruleMissing, o.At(), fmt.Sprintf("缺少“%s（%s）”", title, key), "补上一行："+key+" = "+sample)
}

// RowsOf returns the tables of [[key]], which are rows of that title; anything else
// is reported.
func RowsOf(file string, k Key, title string, bag *diag.Bag) []*Table {
	if k.Value.Kind == Tables {
		rows := make([]*Table, len(k.Value.Items))
		for i, v := range k.Value.Items {
			rows[i] = v.Table
		}
		return rows
	}
	d := &decoder{file: file, bag: bag}
	d.report(ruleWrongType, k.Mark, fmt.Sprintf("“%s（%s）”应当是多条台账，这里写成了%s", title, k.Name, k.Value.Kind.Chinese()),
		fmt.Sprintf("每一条都用双层方括号 [[%s]] 开头", k.Name))
	return nil
}
