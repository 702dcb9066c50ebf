package theme

import "reflect"

// depth of nested nodes in a full fixture; the tree of organisations has four levels.
const fixtureDepth = 4

// Fixture returns a view of type t: with every field filled (texts, two
// elements in each list, all conditions true) when full is set, else empty
// but for the parts that every page has.
func Fixture(t reflect.Type, full bool) any {
	v := reflect.New(t).Elem()
	fill(v, full, map[reflect.Type]int{})
	return v.Interface()
}

func fill(v reflect.Value, full bool, open map[reflect.Type]int) {
	switch v.Kind() {
	case reflect.Struct:
		if open[v.Type()] >= fixtureDepth {
			return
		}
		open[v.Type()]++
		for i := range v.NumField() {
			// The site is what every page has, also an empty one.
			fill(v.Field(i), full || v.Type().Field(i).Name == "Site", open)
		}
		open[v.Type()]--
	case reflect.Pointer:
		if full && open[v.Type().Elem()] < fixtureDepth {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), full, open)
		}
	case reflect.Slice:
		if full && open[v.Type().Elem()] < fixtureDepth {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0), full, open)
			fill(v.Index(1), full, open)
		}
	case reflect.String:
		if full {
			v.SetString("示例")
		}
	case reflect.Int:
		if full {
			v.SetInt(3)
		}
	case reflect.Float64:
		if full {
			v.SetFloat(30)
		}
	case reflect.Bool:
		v.SetBool(full)
	}
}
