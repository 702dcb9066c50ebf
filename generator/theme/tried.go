package theme

import (
	"slices"
	"sync"

	"biandan/generator/digest"
)

// Tried is what may be kept of a theme that was loaded without findings: the
// identity of its files, and which of them each layout reaches. A theme of the
// same files needs no trial, and makes a layout ready when it is used first: a
// build after a small edit uses two of forty.
type Tried struct {
	Files   digest.Sum
	Layouts []Reach
}

// Reach is a layout with the files of the theme that it is made from.
type Reach struct {
	Layout string
	Files  []string
}

// Tried returns what may be kept of the theme.
func (t *Theme) Tried() Tried {
	k := Tried{Files: t.identity}
	for _, name := range slices.Sorted(keys(t.reached)) {
		k.Layouts = append(k.Layouts, Reach{name, t.reached[name]})
	}
	return k
}

func identityOf(files map[string]file) digest.Sum {
	var texts []string
	for _, name := range slices.Sorted(keys(files)) {
		texts = append(texts, name, files[name].path, string(files[name].data))
	}
	return digest.Of(texts)
}

// again makes the theme of files that were tried before.
func (l *loader) again(tried Tried) *Theme {
	t := l.bare(nil)
	common := sync.OnceValue(l.common)
	for _, r := range tried.Layouts {
		t.reached[r.Layout], t.closure[r.Layout] = r.Files, l.closure(r.Files)
		t.layouts[r.Layout] = sync.OnceValue(func() *form {
			own, _ := l.own(r.Layout, l.files["layouts/"+r.Layout+".html"])
			reached, _ := reach(common(), own, r.Layout)
			return l.layout(reached, r.Layout)
		})
	}
	return t
}
