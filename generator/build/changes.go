package build

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/generator/view"
)

// Changes says in what a tree differs from the one before it, and why.
type Changes struct {
	Inputs []Change // files of the site that were written, or are gone
	// The files of the tree: how many are new, are gone, or differ because of
	// their layout or of what they show.
	New, Gone, Layout, Content int
	Same                       int
	Outputs                    []Change // the first of them, sorted by path
}

// Change is a file that differs between two trees.
type Change struct {
	Path, Title string
	Kind        ChangeKind
	Layouts     []string // files of the theme that differ, when Kind is [ByLayout]
	Fields      []string // fields of the view that differ: Site.Menu, Items
}

// ChangeKind says in which way a file differs.
type ChangeKind int

// The ways in which a file differs.
const (
	IsNew ChangeKind = iota
	IsGone
	ByLayout  // a file of its layout was changed; perhaps its view as well
	ByContent // only what it shows was changed
)

// Compare finds the differences of two trees; at most limit files are listed
// with the reason. It makes the views of these and of no others, so it costs
// little beside a build, and nothing is kept for it: it is for the moment in
// which somebody asks.
func Compare(before, after *Tree, limit int) *Changes {
	c := &Changes{Inputs: compareInputs(before.Inputs, after.Inputs)}
	for old, now := range pairs(before, after) {
		if cmp.Or(now, old).out.IsIndex() {
			continue // it follows from all texts, and says nothing to anybody
		}
		if old != nil && now != nil && before.made(old).key == after.made(now).key {
			c.Same++
			continue
		}
		change := Change{Path: cmp.Or(now, old).out.Path, Kind: c.count(before, after, old, now)}
		if len(c.Outputs) < limit {
			change.explain(before, after, old, now)
			c.Outputs = append(c.Outputs, change)
		}
	}
	return c
}

// count counts a file that differs and says in which way.
func (c *Changes) count(before, after *Tree, old, now *leaf) ChangeKind {
	switch {
	case old == nil:
		c.New++
		return IsNew
	case now == nil:
		c.Gone++
		return IsGone
	case now.out.Layout != "" && before.Site.Theme.Closure(old.out.Layout) != after.Site.Theme.Closure(now.out.Layout):
		c.Layout++
		return ByLayout
	}
	c.Content++
	return ByContent
}

func (c *Change) explain(before, after *Tree, old, now *leaf) {
	if now == nil {
		c.Title = old.out.Title()
		return
	}
	c.Title = now.out.Title()
	if old == nil || now.out.Layout == "" || old.out.Layout == "" {
		return
	}
	if c.Kind == ByLayout {
		was := map[string]digest.Sum{}
		for _, s := range before.Site.Theme.Sources(old.out.Layout) {
			was[s.Path] = s.Sum
		}
		for _, s := range after.Site.Theme.Sources(now.out.Layout) {
			if was[s.Path] != s.Sum {
				c.Layouts = append(c.Layouts, s.Path)
			}
			delete(was, s.Path)
		}
		c.Layouts = append(c.Layouts, slices.Sorted(maps.Keys(was))...) // no longer called
	}
	if old.out.Layout == now.out.Layout {
		differingFields(addressable(before.Site.View(old.out, false)), addressable(after.Site.View(now.out, false)), "", &c.Fields)
	}
}

// addressable returns a copy of a view whose fields have addresses.
func addressable(v any) reflect.Value {
	a := reflect.New(reflect.TypeOf(v)).Elem()
	a.Set(reflect.ValueOf(v))
	return a
}

// differingFields compares two views field by field. What all pages share is
// looked into, as "the site" would say nothing.
func differingFields(a, b reflect.Value, prefix string, list *[]string) {
	for i := range a.NumField() {
		f := a.Type().Field(i)
		x, y := a.Field(i), b.Field(i)
		switch {
		case f.Type == reflect.TypeFor[*view.Site]():
			differingFields(x.Elem(), y.Elem(), "Site.", list)
		case f.Name == "SiteKey" || f.Tag.Get("digest") == "-" || digest.Of(x.Addr().Interface()) == digest.Of(y.Addr().Interface()):
		case f.Anonymous:
			differingFields(x, y, prefix, list)
		default:
			*list = append(*list, prefix+f.Name)
		}
	}
}

func compareInputs(before, after []source.File) []Change {
	was := make(map[string]source.File, len(before))
	for _, f := range before {
		was[f.Path] = f
	}
	var list []Change
	for _, f := range after {
		old, ok := was[f.Path]
		switch {
		case !ok:
			list = append(list, Change{Path: f.Path, Kind: IsNew})
		case old.Size != f.Size || old.Stamp != f.Stamp:
			list = append(list, Change{Path: f.Path, Kind: ByContent})
		}
		delete(was, f.Path)
	}
	for p := range was {
		list = append(list, Change{Path: p, Kind: IsGone})
	}
	slices.SortFunc(list, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return list
}
