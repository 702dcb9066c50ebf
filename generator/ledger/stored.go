package ledger

import (
	"reflect"
	"slices"
	"sync"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/markup"
)

// Encode returns the file's records and findings as bytes, without the bodies
// of documents; [DecodeFile] reads them back.
func (f *File) Encode() string {
	b := digest.Append(nil, len(f.Entries))
	for _, e := range f.Entries {
		k := KindOf(e)
		b = digest.Append(b, k.name())
		b = digest.Append(b, e)
	}
	b = digest.Append(b, f.Broken)
	return string(digest.Append(b, f.Diags))
}

// DecodeFile reads what Encode returned for the file at path; ok is false when
// data is something else.
func DecodeFile(path, data string) (f *File, ok bool) {
	var n int
	data, err := digest.Decode(data, &n)
	if err != nil || n < 0 || n > len(data) {
		return nil, false
	}
	f = &File{Path: path, Entries: make([]Entry, n)}
	for i := range f.Entries {
		var name kindName
		if data, err = digest.Decode(data, &name); err != nil {
			return nil, false
		}
		l := Lookup(name.Ledger)
		if l == nil || l.rows(name.Key) == nil {
			return nil, false
		}
		f.Entries[i] = reflect.New(l.rows(name.Key).Type).Interface().(Entry)
		if data, err = digest.Decode(data, f.Entries[i]); err != nil {
			return nil, false
		}
	}
	if data, err = digest.Decode(data, &f.Broken); err != nil {
		return nil, false
	}
	var found diag.List
	if data, err = digest.Decode(data, &found); err != nil || data != "" {
		return nil, false
	}
	f.Diags = found
	return f, true
}

// kindName tells the kind of a stored record.
type kindName struct{ Ledger, Key string }

func (k *Kind) name() kindName { return kindName{k.Ledger, k.Key} }

// KindOf returns the kind of a record.
func KindOf(e Entry) *Kind { return kindOf(reflect.TypeOf(e).Elem()) }

// kindOf returns the kind that declares the struct type t.
func kindOf(t reflect.Type) *Kind {
	if k, known := kindsByType.Load(t); known {
		return k.(*Kind)
	}
	for _, l := range declared {
		for i := range l.Kinds {
			if l.Kinds[i].Type == t {
				kindsByType.Store(t, &l.Kinds[i])
				return &l.Kinds[i]
			}
		}
	}
	return nil
}

// kindsByType are the kinds that were asked for.
var kindsByType sync.Map

// Doc returns the document of a Markdown file, or nil.
func (f *File) Doc() *markup.Document {
	for _, e := range f.Entries {
		if pe, ok := e.(PageEntry); ok {
			return pe.page().Doc
		}
	}
	return nil
}

// SameButText reports whether two versions of a page differ in nothing but the
// text between its head, headings, links and pictures: then only the pages that
// show the text change. An introduction of a list is shown by many.
func (f *File) SameButText(g *File) bool { return f.sameBut(g, func(*Page) {}) }

// SameButWords reports whether they differ in nothing but that, what the page is called,
// and its summary: then only the pages that show the text or name the page change.
func (f *File) SameButWords(g *File) bool {
	return f.sameBut(g, func(p *Page) { p.Title, p.Summary, p.Doc.Lead = "", "", "" })
}

// sameBut compares two versions of a page without their texts and what blank takes away.
func (f *File) sameBut(g *File, blank func(*Page)) bool {
	if f.Broken || g.Broken || len(f.Entries) != 1 || len(g.Entries) != 1 || len(f.Diags) > 0 || len(g.Diags) > 0 {
		return false
	}
	_, section := f.Entries[0].(*Section)
	return !section && f.without(blank) != "" && f.without(blank) == g.without(blank)
}

// without encodes a page without what a change of its text changes, and without what
// blank takes away; "" for what has no text.
func (f *File) without(blank func(*Page)) string {
	pe, ok := f.Entries[0].(PageEntry)
	if !ok || pe.page().Doc == nil {
		return ""
	}
	doc := pe.page().Doc
	plain := *doc
	plain.Digest, plain.Holes = digest.Sum{}, slices.Clone(doc.Holes)
	for i := range plain.Holes {
		h := &plain.Holes[i]
		h.At, h.Line, h.Column = 0, 0, 0
		if h.Call != nil {
			h.Call = &markup.Call{Name: h.Call.Name, Args: h.Call.Args}
		}
	}
	e := withDoc(pe, &plain)
	blank(e.page())
	return (&File{Entries: []Entry{e}}).Encode()
}

// withDoc returns a copy of a record with another document.
func withDoc(e PageEntry, d *markup.Document) PageEntry {
	c := reflect.New(reflect.TypeOf(e).Elem())
	c.Elem().Set(reflect.ValueOf(e).Elem())
	clone := c.Interface().(PageEntry)
	clone.page().Doc = d
	return clone
}
