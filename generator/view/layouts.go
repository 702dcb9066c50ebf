package view

import (
	"maps"
	"reflect"
	"slices"
)

var layouts = map[string]reflect.Type{}

// Declare says which views a layout shows. The layout NAME is the file
// layouts/NAME.html of a theme. It is called while the program starts.
func Declare[V any](name string) {
	if layouts[name] != nil {
		panic("view: layout declared twice: " + name)
	}
	layouts[name] = reflect.TypeFor[V]()
}

// Layouts returns the names of all layouts that a theme must have, sorted.
func Layouts() []string { return slices.Sorted(maps.Keys(layouts)) }

// TypeOf returns the type of the views that a layout shows, or nil when there is
// no such layout.
func TypeOf(layout string) reflect.Type { return layouts[layout] }
