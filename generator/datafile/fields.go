package datafile

import (
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/diag"
)

// Field describes one key that a struct allows.
type Field struct {
	Key      string // in TOML
	Title    string // in Chinese (tag zh)
	Required bool
	Min, Max float64 // of numbers; infinite where there is no limit
	Index    []int   // for reflect's FieldByIndex
	Type     reflect.Type

	form *form
}

// Fields describes what a struct allows.
type Fields struct {
	List  []*Field // in the order of the struct
	byKey map[string]*Field
	keys  []string
}

// name is how messages call the field: 发布单位（issuer）.
func (f *Field) name() string {
	if f.Title == "" {
		return f.Key
	}
	return f.Title + "（" + f.Key + "）"
}

func (fs *Fields) names() []string {
	list := make([]string, len(fs.List))
	for i, f := range fs.List {
		list[i] = f.name()
	}
	return list
}

// form is a pattern that the tag check:"name" asks for.
type form struct {
	pattern *regexp.Regexp
	hint    string
}

// forms are the patterns of the check tag. A slug is what may stand in an
// address; a phone is a landline or a short service number, or the plainly
// invented digits 0000 that cannot ring.
var forms = map[string]*form{
	"slug":  {regexp.MustCompile(`^[a-z0-9]+([-_.][a-z0-9]+)*$`), "只用小写英文字母、数字和短横线，如 \"dongjie-01\""},
	"phone": {regexp.MustCompile(`^(0\d{2,3}-\d{7,8}(-\d{1,5})?|1\d{2,4}|400-?\d{3}-?\d{4}|\d{7,8})$`), "写成区号-号码，如 \"0357-0000000\"；私人手机号不要写在这里"},
	"hours": {regexp.MustCompile(`^\d{2}:\d{2}—\d{2}:\d{2}$`), "写成 \"08:30—17:30\"：24 小时制，中间是破折号 —"},
	"color": {regexp.MustCompile(`^#[0-9a-fA-F]{6}$`), "写成 \"#b71c1c\" 的样子"},
	"url":   {regexp.MustCompile(`^https?://[\p{L}\p{N}][\p{L}\p{N}.-]*(:\d{1,5})?(/[^\s"<>\\]*)?$`), "写完整的网址，以 https:// 开头"},
}

var fieldsCache sync.Map // reflect.Type → *Fields

// FieldsOf returns the description of the struct type t.
func FieldsOf(t reflect.Type) *Fields {
	if f, ok := fieldsCache.Load(t); ok {
		return f.(*Fields)
	}
	f := &Fields{byKey: map[string]*Field{}}
	f.collect(t, nil)
	cached, _ := fieldsCache.LoadOrStore(t, f)
	return cached.(*Fields)
}

// Of returns the field of a key, or nil.
func (fs *Fields) Of(key string) *Field { return fs.byKey[key] }

// meant reports whether one of the unknown keys seems to be this one, mistyped:
// then it is not missing as well. Nobody mistypes a hundred.
func (fs *Fields) meant(key string, unknown []string) bool {
	for _, name := range unknown[:min(len(unknown), 100)] {
		if diag.Nearest(name, fs.keys) == key {
			return true
		}
	}
	return false
}

func (fs *Fields) collect(t reflect.Type, prefix []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(append([]int{}, prefix...), i)
		if sf.Anonymous {
			fs.collect(sf.Type, index)
			continue
		}
		tag, ok := sf.Tag.Lookup("toml")
		if !ok {
			continue
		}
		key, opt, _ := strings.Cut(tag, ",")
		f := &Field{Key: key, Title: sf.Tag.Get("zh"), Required: opt == "required", Min: math.Inf(-1), Max: math.Inf(1), Index: index, Type: sf.Type}
		f.readCheck(sf.Tag.Get("check"))
		if fs.byKey[key] != nil {
			panic("datafile: key twice in " + t.String() + ": " + key)
		}
		fs.byKey[key] = f
		fs.keys = append(fs.keys, key)
		fs.List = append(fs.List, f)
	}
}

func (f *Field) readCheck(tag string) {
	for word := range strings.SplitSeq(tag, ",") {
		name, arg, _ := strings.Cut(word, "=")
		n, err := strconv.ParseFloat(arg, 64)
		switch {
		case word == "":
		case name == "min" && err == nil:
			f.Min = n
		case name == "max" && err == nil:
			f.Max = n
		case forms[name] != nil:
			f.form = forms[name]
		default:
			panic("datafile: check tag " + tag)
		}
	}
}

// Form returns the pattern that texts must have, and the Chinese sentence that
// tells the right form; both are "" where any text will do. An empty text that
// is not required is always right.
func (f *Field) Form() (pattern, hint string) {
	if f.form == nil {
		return "", ""
	}
	return f.form.pattern.String(), f.form.hint
}

// IsPhone reports whether the field holds public telephone numbers.
func (f *Field) IsPhone() bool { return f.form == forms["phone"] }

// dashes and blanks are what an input method puts where a form wants its own.
var (
	dashes = strings.NewReplacer("——", "-", "—", "-", "–", "-", "－", "-", "~", "-", "～", "-", "至", "-", "到", "-")
	blanks = strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "")
	hour   = regexp.MustCompile(`(^|-)(\d:)`)
)

// tidied returns the text in the right form, when only its width, its dashes and
// its blanks are wrong; else "".
func (f *form) tidied(s string) string {
	wide := dashes.Replace(norm.NFKC.String(s))
	plain := blanks.Replace(wide)
	for _, t := range []string{plain, strings.ReplaceAll(strings.TrimSpace(wide), " ", "-"), strings.ToLower(plain),
		strings.Replace(hour.ReplaceAllString(plain, "${1}0${2}"), "-", "—", 1)} {
		if f.pattern.MatchString(t) {
			return t
		}
	}
	return ""
}

// checkText returns how the text should be written, or "" when it is well.
func (f *Field) checkText(s string) string {
	if f.form == nil || f.form.pattern.MatchString(s) {
		return ""
	}
	return f.form.hint
}

// isTables reports whether the field is written as [[key]].
func (f *Field) isTables() bool {
	return f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && !isScalar(f.Type.Elem())
}

func isScalar(t reflect.Type) bool {
	return t == dateType || t == monthType || reflect.PointerTo(t).Implements(reflect.TypeFor[Scalar]())
}

// sample shows how a value of the field's type is written.
func (f *Field) sample() string {
	if f.Type.Kind() == reflect.Slice {
		elem := &Field{Key: f.Key, Min: f.Min, Max: f.Max, Type: f.Type.Elem()}
		return "[" + elem.sample() + "]"
	}
	t := f.Type
	switch {
	case t == dateType:
		return "2026-11-23"
	case t == monthType:
		return `"2026-11"`
	}
	if o, ok := reflect.Zero(t).Interface().(options); ok && len(o.Options()) > 0 {
		return strconv.Quote(o.Options()[0])
	}
	switch t.Kind() {
	case reflect.Int:
		for _, n := range []float64{1, 2026} { // of what is counted, of years
			if n >= f.Min && n <= f.Max {
				return strconv.Itoa(int(n))
			}
		}
		return strconv.Itoa(int(f.Min))
	case reflect.Float64:
		return "1.0"
	case reflect.Bool:
		return "true"
	}
	return `"…"`
}
