package view_test

import (
	"html/template"
	"reflect"
	"testing"

	_ "biandan/generator/ledgers"
	"biandan/generator/view"
)

// TestViewsArePlainValues walks all types that a layout can reach: only
// strings, numbers, booleans, ready HTML, and structs, slices and pointers of
// these, without methods, in the rooms of all ledgers. So no layout can reach the
// site, and two equal views give equal pages.
func TestViewsArePlainValues(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var check func(typ reflect.Type, path string)
	check = func(typ reflect.Type, path string) {
		if seen[typ] || typ == reflect.TypeFor[template.HTML]() {
			return
		}
		seen[typ] = true
		if typ.NumMethod() > 0 || reflect.PointerTo(typ).NumMethod() > 0 {
			t.Errorf("%s: %s has methods", path, typ)
		}
		switch typ.Kind() {
		case reflect.String, reflect.Int, reflect.Float64, reflect.Bool:
		case reflect.Slice, reflect.Pointer:
			check(typ.Elem(), path+"[]")
		case reflect.Struct:
			for i := range typ.NumField() {
				f := typ.Field(i)
				if !f.IsExported() {
					t.Errorf("%s.%s is hidden", path, f.Name)
				}
				check(f.Type, path+"."+f.Name)
			}
		default:
			t.Errorf("%s: %s is no plain value", path, typ)
		}
	}
	for _, name := range view.Layouts() {
		check(view.TypeOf(name), name)
	}
	if len(seen) < 40 {
		t.Errorf("only %d types seen", len(seen))
	}
}
