package theme

import (
	"html/template"
	"maps"
	"slices"
	"text/template/parse"

	"biandan/generator/digest"
	"biandan/generator/layout"
)

// reach returns all templates that a layout can call, those of its own file and
// those of common, and the files that they stand in, sorted.
func reach(common, own *template.Template, name string) (trees map[string]*parse.Tree, files []string) {
	trees = map[string]*parse.Tree{}
	in := map[string]bool{"layouts/" + name + ".html": true}
	var visit func(called string)
	visit = func(called string) {
		t := own.Lookup(called)
		if t == nil || t.Tree == nil {
			t = common.Lookup(called)
		}
		if trees[called] != nil || t == nil || t.Tree == nil {
			return
		}
		trees[called] = t.Tree
		in["layouts/"+t.Tree.ParseName] = true
		calls(t.Tree.Root, visit)
	}
	visit(BaseOf(name))
	visit(FlowPart)
	return trees, slices.Sorted(maps.Keys(in))
}

// closure is the identity of the text of files that a layout reaches.
func (l *loader) closure(reached []string) digest.Sum {
	var texts []string
	for _, file := range reached {
		texts = append(texts, file, string(l.files[file].data))
	}
	return digest.Of(texts)
}

// calls visits the names of the templates that a tree calls.
func calls(n parse.Node, visit func(string)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, x := range n.Nodes {
				calls(x, visit)
			}
		}
	case *parse.TemplateNode:
		visit(n.Name)
	case *parse.IfNode:
		calls(n.List, visit)
		calls(n.ElseList, visit)
	case *parse.RangeNode:
		calls(n.List, visit)
		calls(n.ElseList, visit)
	case *parse.WithNode:
		calls(n.List, visit)
		calls(n.ElseList, visit)
	}
}

// repeats returns how often the innermost part of a tree is repeated by constant
// numbers (range 100, range seq 100): more than a page could want is a mistake,
// and would keep the build busy for ever.
func repeats(n parse.Node) int {
	switch n := n.(type) {
	case *parse.ListNode:
		most := 1
		if n != nil {
			for _, x := range n.Nodes {
				most = max(most, repeats(x))
			}
		}
		return most
	case *parse.IfNode:
		return max(repeats(n.List), repeats(n.ElseList))
	case *parse.WithNode:
		return max(repeats(n.List), repeats(n.ElseList))
	case *parse.RangeNode:
		times := 1
		for _, c := range n.Pipe.Cmds {
			for _, arg := range c.Args {
				if number, ok := arg.(*parse.NumberNode); ok && number.IsInt {
					times = max(times, int(min(number.Int64, maxRepeats+1)))
				}
			}
		}
		return min(times*repeats(n.List), maxRepeats+1)
	}
	return 1
}

const maxRepeats = 100 * layout.MaxRange
