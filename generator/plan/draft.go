package plan

import (
	"reflect"
	"strings"

	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/markup"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// The commonest edit is one of a text. What a page is beside its text needs all
// records to be made, but it stays the same; so it is kept from one build to the
// next as a draft, and [Desk] puts the new text into it.

// Shown is a body that a page shows: the content file, and the HTML that fills
// the holes of its document on this page.
type Shown struct {
	File  string
	Fills []string
}

// Draft is a page without its text.
type Draft struct {
	Path   string // of the output
	Layout string
	Shown
	View string // encoded, without what is filled to be rendered
}

// Draft returns the draft of a page that shows one body, with its encoded view;
// ok is false for a page of another kind, which needs a plan.
func (o *Output) Draft(encoded []byte, shown []Shown) (d Draft, ok bool) {
	if len(shown) != 1 || o.Board != nil || !drafted[o.Layout] {
		return Draft{}, false
	}
	return Draft{o.Path, o.Layout, shown[0], string(encoded)}, true
}

// drafted are the layouts of pages that are kept as drafts.
var drafted = map[string]bool{"article": true, "notice": true, "record": true, "month": true, noticeSheetLayout: true, documentLayout: true}

// Desk makes pages from their drafts.
type Desk struct{ *builder }

// NewDesk returns a desk for the drafts of a site of that configuration and theme.
func NewDesk(c *config.Config, s *source.Snapshot, t *theme.Theme) *Desk {
	return &Desk{newBuilder(&site.Model{Config: c}, s, t, &diag.Bag{})}
}

// Page makes the page of a draft with a newer version of its document, and its
// full view. ok is false when the draft is not of this site, after all.
func (k *Desk) Page(d *Draft, doc *markup.Document) (o *Output, full any, ok bool) {
	if !drafted[d.Layout] || len(d.Fills) != len(doc.Holes) {
		return nil, nil, false
	}
	v := reflect.New(view.Layouts[d.Layout])
	if rest, err := digest.Decode(d.View, v.Interface()); err != nil || rest != "" {
		return nil, nil, false
	}
	common := k.page(strings.TrimSuffix(d.Path, indexFile), d.Layout).site()
	v.Elem().FieldByName("Site").Set(reflect.ValueOf(common.view))
	setDoc(v, doc.Fill(doc.Body.HTML, d.Fills), bodyKey(doc, d.Fills))
	known := v.Elem().FieldByName("SiteKey").String() == common.key
	return &Output{Path: d.Path, File: d.File, Layout: d.Layout}, v.Elem().Interface(), known
}

// setDoc puts a text with its identity into the view that v points to, and fills
// what follows from it.
func setDoc(v reflect.Value, body, key string) {
	if sheet, ok := v.Interface().(*view.TextSheet); ok {
		drawCode(&sheet.Sheet)
		nameText(sheet, key)
		setText(sheet, body)
		return
	}
	v.Elem().FieldByName("Body").SetString(body)
	v.Elem().FieldByName("BodyKey").SetString(key)
}
