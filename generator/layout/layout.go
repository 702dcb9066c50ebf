// Package layout compiles a layout for the type of its view.
//
// html/template decides how each value must be escaped at its place, and does
// that once; but each time a page is made it looks up each field by its name and
// calls each escaper through reflection. Here the trees that it has prepared are
// translated into functions for the one type of view that the layout shows:
// fields by their number, escapers called directly. The result is what
// html/template would write, byte for byte; a test compares both.
//
// Only what layouts use is translated. [Compile] refuses the rest, and what
// fails at run time is refused by [Layout.Write]; then html/template does it
// itself, and has the error message.
package layout

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// Layout is a compiled layout. Many goroutines may use it.
type Layout struct {
	main *procedure
	view reflect.Type
}

// Compile translates a template that was executed once (so that html/template
// has prepared its trees) for views of a type. The error says what it cannot
// translate.
func Compile(t *template.Template, view reflect.Type) (l *Layout, err error) {
	defer func() {
		if r := recover(); r != nil {
			refused, ok := r.(refusal)
			if !ok {
				panic(r)
			}
			l, err = nil, refused
		}
	}()
	c := &compiler{templates: t, procedures: map[call]*procedure{}}
	return &Layout{c.procedure(t.Name(), view), view}, nil
}

// Append appends the page of a view to buf, which then has at most some more bytes
// than limit. It reports whether that went well.
func (l *Layout) Append(buf []byte, view any, limit int) (page []byte, ok bool) {
	v := reflect.ValueOf(view)
	if v.Type() != l.view {
		return buf, false
	}
	x := &run{page: buf, limit: limit}
	ok = l.main.run(x, v)
	return x.page, ok
}

// refusal is the reason why something is not translated.
type refusal struct {
	node parse.Node
	why  string
}

func (r refusal) Error() string {
	if r.node == nil {
		return r.why
	}
	return fmt.Sprintf("%s: %s", r.node, r.why)
}

// refuse gives up; [Compile] returns the reason.
func refuse(n parse.Node, why string) { panic(refusal{n, why}) }

// run is one execution of a layout.
type run struct {
	page  []byte
	vars  []reflect.Value // of all templates that are open
	base  int             // of the innermost one's
	args  []reflect.Value // of the functions that are being called
	depth int
	limit int
}

// maxDepth is how deep templates may call each other; the tree of organisations,
// which calls itself, has four levels.
const maxDepth = 1000

// code does a part of a layout; false: html/template must do the page.
type code func(x *run, dot reflect.Value) bool

// procedure is a compiled template.
type procedure struct {
	body []code
	vars int // how many it declares
}

func (p *procedure) run(x *run, dot reflect.Value) bool {
	if x.depth++; x.depth > maxDepth || len(x.page) > x.limit {
		return false
	}
	base := x.base
	x.base = len(x.vars)
	for range p.vars {
		x.vars = append(x.vars, reflect.Value{})
	}
	ok := runAll(p.body, x, dot)
	x.vars = x.vars[:x.base]
	x.base = base
	x.depth--
	return ok
}

func runAll(body []code, x *run, dot reflect.Value) bool {
	for _, c := range body {
		if !c(x, dot) {
			return false
		}
	}
	return true
}
