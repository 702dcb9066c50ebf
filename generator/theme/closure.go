package theme

import (
	"html/template"
	"slices"
	"text/template/parse"

	"biandan/generator/digest"
)

// reach remembers the files of the templates that a layout can call. Go wants
// the names of templates to be constants, so the parse trees tell them exactly.
// It must be called before the first execution, which rewrites the trees.
func (l *loader) reach(root *template.Template, layout string) {
	seen := map[string]bool{}
	files := map[string]bool{"layouts/" + layout + ".html": true}
	var visit func(name string)
	visit = func(name string) {
		t := root.Lookup(name)
		if seen[name] || t == nil || t.Tree == nil {
			return
		}
		seen[name] = true
		files["layouts/"+t.Tree.ParseName] = true
		calls(t.Tree.Root, visit)
	}
	visit(root.Name())
	l.reached[layout] = slices.Sorted(keys(files))
}

// closure is the identity of the text of the files that a layout reaches.
func (l *loader) closure(layout string) digest.Sum {
	var texts []string
	for _, name := range l.reached[layout] {
		texts = append(texts, name, string(l.files[name].data))
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
