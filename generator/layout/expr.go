package layout

import (
	"reflect"
	"strings"
	"text/template/parse"
)

// expr is a compiled value. eval returns an invalid Value when it has none.
type expr struct {
	typ  reflect.Type // nil: there is no value (the dot of a template without one)
	eval func(x *run, dot reflect.Value) reflect.Value
}

func constant(v any) expr {
	value := reflect.ValueOf(v)
	return expr{value.Type(), func(*run, reflect.Value) reflect.Value { return value }}
}

func (b *body) pipe(p *parse.PipeNode) expr { return b.commands(p.Cmds) }

// commands compiles a chain of commands: the value of each is the last argument
// of the next.
func (b *body) commands(cmds []*parse.CommandNode) expr {
	var e expr
	for i, c := range cmds {
		if i == 0 {
			e = b.command(c, nil)
		} else {
			e = b.command(c, []expr{e})
		}
	}
	if e.eval == nil {
		refuse(cmds[0], "no value")
	}
	return e
}

func (b *body) command(c *parse.CommandNode, last []expr) expr {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
		var args []expr
		for _, a := range c.Args[1:] {
			args = append(args, b.operand(a))
		}
		return b.function(c, id.Ident, append(args, last...))
	}
	if len(c.Args) > 1 || len(last) > 0 {
		refuse(c, "not a function")
	}
	return b.operand(c.Args[0])
}

func (b *body) operand(n parse.Node) expr {
	switch n := n.(type) {
	case *parse.DotNode:
		if b.dot == nil {
			refuse(n, "there is no dot")
		}
		return expr{typ: b.dot, eval: func(_ *run, dot reflect.Value) reflect.Value { return dot }}
	case *parse.FieldNode:
		if b.dot == nil {
			refuse(n, "there is no dot")
		}
		return fields(n, expr{typ: b.dot, eval: func(_ *run, dot reflect.Value) reflect.Value { return dot }}, n.Ident)
	case *parse.VariableNode:
		v := b.variable(n, n.Ident[0])
		if v.typ == nil {
			refuse(n, "the variable has no value")
		}
		return fields(n, expr{typ: v.typ, eval: func(x *run, _ reflect.Value) reflect.Value { return x.vars[x.base+v.slot] }}, n.Ident[1:])
	case *parse.ChainNode:
		return fields(n, b.operand(n.Node), n.Field)
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			refuse(n, "a variable within a value")
		}
		return b.pipe(n)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		switch {
		case n.IsInt && !strings.ContainsAny(n.Text, ".eEpP"):
			return constant(int(n.Int64))
		case n.IsFloat:
			return constant(n.Float64)
		}
	}
	refuse(n, "not a value of layouts")
	return expr{}
}

// fields follows the names of fields from a value.
func fields(n parse.Node, e expr, names []string) expr {
	for _, name := range names {
		t := e.typ
		pointer := t.Kind() == reflect.Pointer
		if pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			refuse(n, "no fields")
		}
		if _, ok := reflect.PointerTo(t).MethodByName(name); ok {
			refuse(n, "a method")
		}
		f, ok := t.FieldByName(name)
		if !ok || !f.IsExported() {
			refuse(n, "no field "+name)
		}
		e = field(e, f, pointer)
	}
	return e
}

func field(e expr, f reflect.StructField, pointer bool) expr {
	eval, index := e.eval, f.Index
	if !pointer && len(index) == 1 {
		i := index[0]
		return expr{typ: f.Type, eval: func(x *run, dot reflect.Value) reflect.Value {
			v := eval(x, dot)
			if !v.IsValid() {
				return v
			}
			return v.Field(i)
		}}
	}
	return expr{typ: f.Type, eval: func(x *run, dot reflect.Value) reflect.Value {
		v := eval(x, dot)
		for i, n := range index {
			if !v.IsValid() {
				return v
			}
			if v.Kind() == reflect.Pointer && (pointer || i > 0) {
				if v.IsNil() {
					return reflect.Value{}
				}
				v = v.Elem()
			}
			v = v.Field(n)
		}
		return v
	}}
}

// truth returns whether a value counts as true.
func truth(n parse.Node, t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.String, reflect.Slice:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	refuse(n, "neither true nor false")
	return nil
}

// condition compiles a pipeline of which only the truth counts.
func (b *body) condition(p *parse.PipeNode) func(*run, reflect.Value) (is, ok bool) {
	if len(p.Decl) == 1 && !p.IsAssign {
		e := b.pipe(&parse.PipeNode{NodeType: p.NodeType, Cmds: p.Cmds})
		is := truth(p, e.typ)
		slot := b.declare(p.Decl[0].Ident[0], e.typ)
		return func(x *run, dot reflect.Value) (bool, bool) {
			v := e.eval(x, dot)
			if !v.IsValid() {
				return false, false
			}
			x.vars[x.base+slot] = v
			return is(v), true
		}
	}
	if len(p.Decl) > 0 {
		refuse(p, "an assignment as a condition")
	}
	e := b.pipe(p)
	is := truth(p, e.typ)
	return func(x *run, dot reflect.Value) (bool, bool) {
		v := e.eval(x, dot)
		if !v.IsValid() {
			return false, false
		}
		return is(v), true
	}
}
