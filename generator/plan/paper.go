package plan

import (
	"reflect"
	"strings"

	"biandan/generator/view"
)

// IsSheet reports whether the output is a page that is made for paper.
func (o *Output) IsSheet() bool { return strings.HasPrefix(o.Layout, "sheet-") }

// Title is the title of a page; that of a sheet says that it is one.
func (o *Output) Title() string {
	switch {
	case o.Layout == "sheet-month":
		return o.title + "（海报）"
	case o.IsSheet():
		return o.title + "（张贴）"
	}
	return o.title
}

// Sheet returns what every sheet has in its view, the size above all; nil when
// the output is none. It makes the view, without bodies.
func (o *Output) Sheet(t *Texts) *view.Sheet {
	if !o.IsSheet() {
		return nil
	}
	v := reflect.Indirect(reflect.ValueOf(o.View(t, false))).FieldByName("Sheet")
	if s, ok := reflect.TypeAssert[view.Sheet](v); ok {
		return &s
	}
	return nil
}
