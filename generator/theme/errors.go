package theme

import (
	"bytes"
	"html/template"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"biandan/generator/layout"
)

// functions are those that layouts may call; all are pure.
var functions = template.FuncMap{
	"add":   func(a, b int) int { return a + b },
	"sub":   func(a, b int) int { return a - b },
	"mul":   func(a, b int) int { return a * b },
	"join":  func(list []string, sep string) string { return strings.Join(list, sep) },
	"seq":   layout.Seq,
	"first": layout.First,
}

func functionNames() []string { return slices.Sorted(maps.Keys(functions)) }

// The forms of the template packages' messages:
//
//	template: NAME:LINE: MESSAGE
//	template: NAME:LINE:COLUMN: executing "…" at <…>: MESSAGE
//	html/template:NAME:LINE:COLUMN: MESSAGE
var errorPattern = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+):(?:(\d+):)? ?(.*)$`)

func splitError(s string) (name string, line, column int, what string) {
	m := errorPattern.FindStringSubmatch(strings.ReplaceAll(s, "\n", " "))
	if m == nil {
		return "base.html", 0, 0, s
	}
	line, _ = strconv.Atoi(m[2])
	if c, err := strconv.Atoi(m[3]); err == nil {
		column = c + 1 // the packages count from 0
	}
	return m[1], line, column, m[4]
}

func between(s, a, b string) string {
	_, s, ok := strings.Cut(s, a)
	if !ok {
		return ""
	}
	s, _, _ = strings.Cut(s, b)
	return s
}

func missingField(s string) string { return between(s, "can't evaluate field ", " ") }

// fieldNames returns the names of all fields that can be reached from t.
func fieldNames(t reflect.Type) []string {
	seen := map[reflect.Type]bool{}
	var names []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			names = append(names, t.Field(i).Name)
			walk(t.Field(i).Type)
		}
	}
	if t != nil {
		walk(t)
	}
	return names
}

// characters turns a column in bytes, from 1, into one in characters.
func characters(data []byte, line, column int) int {
	lines := bytes.Split(data, []byte("\n"))
	if line < 1 || line > len(lines) || column < 1 {
		return column
	}
	return utf8.RuneCount(lines[line-1][:min(column-1, len(lines[line-1]))]) + 1
}

// placeOf says where the type of a layout's views is declared, for whom a field is
// missing.
func placeOf(t reflect.Type) string {
	if t == nil {
		return "generator/view"
	}
	return strings.TrimPrefix(t.PkgPath(), "biandan/") + " 里的 " + t.Name()
}
