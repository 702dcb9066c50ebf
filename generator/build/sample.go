package build

import (
	"html/template"
	"path"
	"reflect"

	"biandan/generator/diag"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// Sample renders a layout with a made-up view, every field filled or all but
// none, in the dress of this site: its style, its menu. ok is false when there
// is no such layout.
func (t *Tree) Sample(layout string, full bool) (data []byte, found diag.List, ok bool) {
	typ := view.TypeOf(layout)
	if typ == nil {
		return nil, nil, false
	}
	v := addressable(theme.Fixture(typ, full))
	page := v.FieldByName("Page")
	set(page, "Layout", path.Base(layout))
	set(page, "PageTitle", "示例标题")
	set(page, "Graph", template.HTML(""))
	// The page for addresses that lead nowhere is the one whose links hold at any
	// depth.
	if l := t.leaf("404.html"); l != nil {
		site := addressable(t.Site.View(l.out, false)).FieldByName("Site")
		page.FieldByName("Site").Set(site)
	}
	set(v, "Width", 210) // a sheet of paper is never empty
	set(v, "Height", 297)
	set(v, "Unfit", "")
	if s := v.FieldByName("Sheet"); s.IsValid() {
		if s, ok := s.Addr().Interface().(*view.Sheet); ok {
			sheet.SetPaper(s, "")
		}
	}
	data, found = t.render(&plan.Output{Path: layout, Layout: layout}, v.Interface())
	return data, found, true
}

// set sets a field, where the view has it.
func set(v reflect.Value, field string, value any) {
	if f := v.FieldByName(field); f.IsValid() {
		f.Set(reflect.ValueOf(value))
	}
}
