package layout

import (
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// compiler translates all templates that a layout can reach.
type compiler struct {
	templates  *template.Template
	procedures map[call]*procedure
}

// call is a way in which a template is called. In which places of HTML it stands
// is no part of it: html/template has made a copy for each.
type call struct {
	name string
	dot  reflect.Type
}

// procedure translates a template for one type of dot.
func (c *compiler) procedure(name string, dot reflect.Type) *procedure {
	key := call{name, dot}
	if p := c.procedures[key]; p != nil {
		return p
	}
	t := c.templates.Lookup(name)
	if t == nil || t.Tree == nil {
		refuse(nil, "no template "+name)
	}
	p := &procedure{}
	c.procedures[key] = p
	b := &body{compiler: c, procedure: p, dot: dot}
	p.body = b.list(t.Tree.Root)
	return p
}

// body translates one template.
type body struct {
	*compiler
	procedure *procedure
	dot       reflect.Type // nil: none
	scope     []variable
}

// variable is a variable of a template. The first, $, is the dot it was called with.
type variable struct {
	name string
	typ  reflect.Type
	slot int
}

func (b *body) declare(name string, typ reflect.Type) int {
	slot := b.procedure.vars
	b.procedure.vars++
	b.scope = append(b.scope, variable{name, typ, slot})
	return slot
}

// within translates a part in which dot is another and variables are its own.
func (b *body) within(dot reflect.Type, translate func()) {
	before, scope := b.dot, len(b.scope)
	b.dot = dot
	translate()
	b.dot, b.scope = before, b.scope[:scope]
}

func (b *body) list(l *parse.ListNode) []code {
	if l == nil {
		return nil
	}
	first := len(b.scope) == 0
	if first {
		slot := b.declare("$", b.dot)
		return append([]code{func(x *run, dot reflect.Value) bool {
			x.vars[x.base+slot] = dot
			return true
		}}, b.nodes(l)...)
	}
	return b.nodes(l)
}

func (b *body) nodes(l *parse.ListNode) []code {
	var all []code
	for _, n := range l.Nodes {
		if c := b.node(n); c != nil {
			all = append(all, c)
		}
	}
	return all
}

func (b *body) node(n parse.Node) code {
	switch n := n.(type) {
	case *parse.TextNode:
		return b.text(n)
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return b.action(n)
	case *parse.IfNode:
		return b.ifNode(n)
	case *parse.WithNode:
		return b.with(n)
	case *parse.RangeNode:
		return b.rangeNode(n)
	case *parse.TemplateNode:
		return b.template(n)
	}
	refuse(n, "not a node of layouts")
	return nil
}

func (b *body) text(n *parse.TextNode) code {
	text := string(n.Text)
	return func(x *run, _ reflect.Value) bool {
		x.page = append(x.page, text...)
		return true
	}
}

// action is {{value}}, {{$v := value}} or {{$v = value}}.
func (b *body) action(n *parse.ActionNode) code {
	if len(n.Pipe.Decl) == 0 {
		return b.print(n.Pipe)
	}
	if len(n.Pipe.Decl) > 1 {
		refuse(n, "several variables")
	}
	e := b.pipe(n.Pipe)
	name := n.Pipe.Decl[0].Ident[0]
	var slot int
	if n.Pipe.IsAssign {
		v := b.variable(n, name)
		if v.typ != e.typ {
			refuse(n, "the variable has another type")
		}
		slot = v.slot
	} else {
		slot = b.declare(name, e.typ)
	}
	return func(x *run, dot reflect.Value) bool {
		v := e.eval(x, dot)
		x.vars[x.base+slot] = v
		return v.IsValid()
	}
}

func (b *body) variable(n parse.Node, name string) variable {
	for i := len(b.scope) - 1; i >= 0; i-- {
		if b.scope[i].name == name {
			return b.scope[i]
		}
	}
	refuse(n, "no variable "+name)
	return variable{}
}

func (b *body) ifNode(n *parse.IfNode) code {
	var yes, no []code
	var cond func(*run, reflect.Value) (bool, bool)
	b.within(b.dot, func() {
		cond = b.condition(n.Pipe)
		yes, no = b.list(n.List), b.list(n.ElseList)
	})
	return func(x *run, dot reflect.Value) bool {
		is, ok := cond(x, dot)
		if !ok {
			return false
		}
		if is {
			return runAll(yes, x, dot)
		}
		return runAll(no, x, dot)
	}
}

func (b *body) with(n *parse.WithNode) code {
	e := b.pipe(n.Pipe)
	is := truth(n, e.typ)
	outside := b.dot
	var yes, no []code
	slot := -1
	b.within(e.typ, func() {
		if len(n.Pipe.Decl) == 1 {
			slot = b.declare(n.Pipe.Decl[0].Ident[0], e.typ)
		}
		yes = b.list(n.List)
		b.within(outside, func() { no = b.list(n.ElseList) })
	})
	return func(x *run, dot reflect.Value) bool {
		v := e.eval(x, dot)
		if !v.IsValid() {
			return false
		}
		if slot >= 0 {
			x.vars[x.base+slot] = v
		}
		if is(v) {
			return runAll(yes, x, v)
		}
		return runAll(no, x, dot)
	}
}

func (b *body) rangeNode(n *parse.RangeNode) code {
	e := b.pipe(n.Pipe)
	if e.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		refuse(n, "not a list")
	}
	outside := b.dot
	index, element := -1, -1
	var each, none []code
	b.within(e.typ.Elem(), func() {
		if d := n.Pipe.Decl; len(d) == 2 {
			index = b.declare(d[0].Ident[0], reflect.TypeFor[int]())
			element = b.declare(d[1].Ident[0], e.typ.Elem())
		} else if len(d) == 1 {
			element = b.declare(d[0].Ident[0], e.typ.Elem())
		}
		each = b.list(n.List)
		b.within(outside, func() { none = b.list(n.ElseList) })
	})
	return func(x *run, dot reflect.Value) bool {
		list := e.eval(x, dot)
		if !list.IsValid() || len(x.page) > x.limit {
			return false
		}
		count := list.Len()
		if count == 0 {
			return runAll(none, x, dot)
		}
		for i := range count {
			v := list.Index(i)
			if index >= 0 {
				x.vars[x.base+index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				x.vars[x.base+element] = v
			}
			if !runAll(each, x, v) {
				return false
			}
		}
		return true
	}
}

func (b *body) template(n *parse.TemplateNode) code {
	if n.Pipe == nil {
		p := b.compiler.procedure(n.Name, nil)
		return func(x *run, _ reflect.Value) bool { return p.run(x, reflect.Value{}) }
	}
	e := b.pipe(n.Pipe)
	p := b.compiler.procedure(n.Name, e.typ)
	return func(x *run, dot reflect.Value) bool {
		v := e.eval(x, dot)
		return v.IsValid() && p.run(x, v)
	}
}

// print is a value followed by the escapers that html/template has chosen.
func (b *body) print(p *parse.PipeNode) code {
	values := len(p.Cmds)
	for values > 0 && isEscaper(p.Cmds[values-1]) {
		values--
	}
	var chain []string
	for _, c := range p.Cmds[values:] {
		chain = append(chain, strings.TrimPrefix(c.Args[0].String(), escaperPrefix))
	}
	if values == 0 {
		refuse(p, "nothing to print")
	}
	e := b.commands(p.Cmds[:values])
	return b.escaped(p, e, strings.Join(chain, " "))
}

const escaperPrefix = "_html_template_"

func isEscaper(c *parse.CommandNode) bool {
	return len(c.Args) == 1 && strings.HasPrefix(c.Args[0].String(), escaperPrefix)
}
