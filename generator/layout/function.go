package layout

import (
	"cmp"
	"reflect"
	"strings"
	"text/template/parse"
)

// function compiles the call of one of Go's own functions or of the theme's.
func (b *body) function(n parse.Node, name string, args []expr) expr {
	count := func(want int) {
		if len(args) != want {
			refuse(n, "another number of arguments")
		}
	}
	switch name {
	case "and", "or":
		return choice(n, name == "and", args)
	case "not":
		count(1)
		is := truth(n, args[0].typ)
		return boolean(args, func(v []reflect.Value) bool { return !is(v[0]) })
	case "eq", "ne", "lt", "le", "gt", "ge":
		return comparison(n, name, args)
	case "len":
		count(1)
		if k := args[0].typ.Kind(); k != reflect.String && k != reflect.Slice {
			refuse(n, "has no length")
		}
		return number(args, func(v []reflect.Value) int { return v[0].Len() })
	case "add", "sub", "mul":
		count(2)
		integers(n, args)
		return number(args, arithmetic[name])
	case "index":
		count(2)
		integers(n, args[1:])
		return index(n, args)
	case "slice":
		return slice(n, args)
	case "join":
		count(2)
		if args[0].typ != reflect.TypeFor[[]string]() || args[1].typ.Kind() != reflect.String {
			refuse(n, "not a list of texts")
		}
		return value(reflect.TypeFor[string](), args, func(v []reflect.Value) reflect.Value {
			return reflect.ValueOf(strings.Join(v[0].Interface().([]string), v[1].String()))
		})
	case "seq":
		count(1)
		integers(n, args)
		return value(reflect.TypeFor[[]int](), args, func(v []reflect.Value) reflect.Value { return reflect.ValueOf(Seq(int(v[0].Int()))) })
	case "first":
		count(2)
		integers(n, args[:1])
		if args[1].typ.Kind() != reflect.Slice {
			refuse(n, "not a list")
		}
		return value(args[1].typ, args, func(v []reflect.Value) reflect.Value { return firstOf(int(v[0].Int()), v[1]) })
	}
	refuse(n, "no function of layouts")
	return expr{}
}

var arithmetic = map[string]func(v []reflect.Value) int{
	"add": func(v []reflect.Value) int { return int(v[0].Int() + v[1].Int()) },
	"sub": func(v []reflect.Value) int { return int(v[0].Int() - v[1].Int()) },
	"mul": func(v []reflect.Value) int { return int(v[0].Int() * v[1].Int()) },
}

// MaxRange is how often a layout may repeat something by number.
const MaxRange = 1000

// Seq returns the numbers from 0 to n-1.
func Seq(n int) []int {
	list := make([]int, max(0, min(n, MaxRange)))
	for i := range list {
		list[i] = i
	}
	return list
}

// First returns the first n elements of a list, or all.
func First(n int, list any) any {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice {
		return list
	}
	return firstOf(n, v).Interface()
}

func firstOf(n int, v reflect.Value) reflect.Value {
	if n < 0 || n >= v.Len() {
		return v
	}
	return v.Slice(0, n)
}

// value makes an expression of the values of its arguments.
func value(t reflect.Type, args []expr, f func(v []reflect.Value) reflect.Value) expr {
	return expr{typ: t, eval: func(x *run, dot reflect.Value) reflect.Value {
		base := len(x.args)
		for i := range args {
			a := args[i].eval(x, dot)
			if !a.IsValid() {
				return a
			}
			x.args = append(x.args, a)
		}
		result := f(x.args[base:])
		x.args = x.args[:base]
		return result
	}}
}

var yes, no = reflect.ValueOf(true), reflect.ValueOf(false)

func boolean(args []expr, f func(v []reflect.Value) bool) expr {
	return value(reflect.TypeFor[bool](), args, func(v []reflect.Value) reflect.Value {
		if f(v) {
			return yes
		}
		return no
	})
}

func number(args []expr, f func(v []reflect.Value) int) expr {
	return value(reflect.TypeFor[int](), args, func(v []reflect.Value) reflect.Value { return reflect.ValueOf(f(v)) })
}

func integers(n parse.Node, args []expr) {
	for _, a := range args {
		if a.typ.Kind() != reflect.Int {
			refuse(n, "not a whole number")
		}
	}
}

// choice is and, or: the first argument that settles it, or the last.
func choice(n parse.Node, and bool, args []expr) expr {
	if len(args) == 0 {
		refuse(n, "no arguments")
	}
	same := true
	var is []func(reflect.Value) bool
	for _, a := range args {
		is = append(is, truth(n, a.typ))
		same = same && a.typ == args[0].typ
	}
	settle := func(x *run, dot reflect.Value) (v reflect.Value, t bool) {
		for i := range args {
			if v = args[i].eval(x, dot); !v.IsValid() {
				return v, false
			}
			if t = is[i](v); t != and {
				break
			}
		}
		return v, t
	}
	if same {
		return expr{typ: args[0].typ, eval: func(x *run, dot reflect.Value) reflect.Value {
			v, _ := settle(x, dot)
			return v
		}}
	}
	// Of values of different types only the truth is used.
	return expr{typ: mixed, eval: func(x *run, dot reflect.Value) reflect.Value {
		v, t := settle(x, dot)
		if !v.IsValid() {
			return v
		}
		if t {
			return yes
		}
		return no
	}}
}

// mixed is the type of a truth that must not be printed as if it were a value.
type truthOnly bool

var mixed = reflect.TypeFor[truthOnly]()

// comparison is eq, which may have several alternatives, ne, lt, le, gt, ge.
func comparison(n parse.Node, name string, args []expr) expr {
	if len(args) < 2 || len(args) > 2 && name != "eq" {
		refuse(n, "another number of arguments")
	}
	compare := comparer(n, args)
	holds := map[string]func(int) bool{
		"eq": func(c int) bool { return c == 0 }, "ne": func(c int) bool { return c != 0 },
		"lt": func(c int) bool { return c < 0 }, "le": func(c int) bool { return c <= 0 },
		"gt": func(c int) bool { return c > 0 }, "ge": func(c int) bool { return c >= 0 },
	}[name]
	return boolean(args, func(v []reflect.Value) bool {
		for _, other := range v[1:] {
			if holds(compare(v[0], other)) {
				return true
			}
		}
		return false
	})
}

func comparer(n parse.Node, args []expr) func(a, b reflect.Value) int {
	kind := args[0].typ.Kind()
	for _, a := range args {
		if a.typ.Kind() != kind {
			refuse(n, "values of different types")
		}
	}
	switch kind {
	case reflect.String:
		return func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) }
	case reflect.Int:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	case reflect.Float64:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Float(), b.Float()) }
	}
	refuse(n, "cannot be compared")
	return nil
}

func index(n parse.Node, args []expr) expr {
	if args[0].typ.Kind() != reflect.Slice {
		refuse(n, "not a list")
	}
	return value(args[0].typ.Elem(), args, func(v []reflect.Value) reflect.Value {
		i := int(v[1].Int())
		if i < 0 || i >= v[0].Len() {
			return reflect.Value{}
		}
		return v[0].Index(i)
	})
}

func slice(n parse.Node, args []expr) expr {
	if len(args) < 2 || len(args) > 3 {
		refuse(n, "another number of arguments")
	}
	if k := args[0].typ.Kind(); k != reflect.String && k != reflect.Slice {
		refuse(n, "has no parts")
	}
	integers(n, args[1:])
	t := args[0].typ
	if t.Kind() == reflect.String {
		t = reflect.TypeFor[string]()
	}
	return value(t, args, func(v []reflect.Value) reflect.Value {
		from, to := int(v[1].Int()), v[0].Len()
		if len(v) == 3 {
			to = int(v[2].Int())
		}
		if from < 0 || from > to || to > v[0].Len() {
			return reflect.Value{}
		}
		if v[0].Kind() == reflect.String {
			return reflect.ValueOf(v[0].String()[from:to])
		}
		return v[0].Slice(from, to)
	})
}
