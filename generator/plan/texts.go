package plan

import (
	"html/template"
	"reflect"
	"strings"
	"sync"

	"biandan/generator/digest"
	"biandan/generator/markup"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// Texts are what views show that is no record: the texts of the content files,
// and on the pages of walls the main parts of sheets, as the theme makes them.
type Texts struct {
	// Newer are documents, by file, that take the place of those that were
	// planned: their text was edited, and nothing else that a plan depends on.
	Newer map[string]*markup.Document
	// Body returns the body of a document of the named file.
	Body  func(file string, d *markup.Document) string
	Theme *theme.Theme
	Grams *Grams

	indexing sync.Once
	index    *indexed

	sheets sync.Map // by address: func() *shown
}

// shown is a sheet that pages of walls show, made once for all of them.
type shown struct {
	Shown
	mains  sync.Map // by the way to the root of the page: func() template.HTML
	slides sync.Map // the same, of what a television shows
}

// Shown is a sheet as a page shows it that is not its own.
type Shown struct {
	view.Sheet        // as on its own page
	Key        string // identity of its main part
	Main       template.HTML
	Slides     template.HTML // it again, set for a television
}

// Sight returns what a page says of a sheet without showing it.
func (p *Page) Sight(s *Sheet) Shown { return p.sight(s).Shown }

// Show returns a sheet for a page that shows it. Its main part is there when the
// page is to be rendered.
func (p *Page) Show(s *Sheet) Shown {
	own := p.sight(s)
	v := own.Shown
	if p.Full {
		v.Main = once(&own.mains, p.root, func() template.HTML { return p.main(s, own.Version, false) })
		v.Slides = once(&own.slides, p.root, func() template.HTML { return p.main(s, own.Version, true) })
	}
	return v
}

// once makes what a map lacks, for all who ask.
func once(made *sync.Map, key string, make func() template.HTML) template.HTML {
	f, ok := made.Load(key)
	if !ok {
		f, _ = made.LoadOrStore(key, sync.OnceValue(make))
	}
	return f.(func() template.HTML)()
}

func (p *Page) sight(s *Sheet) *shown {
	known, ok := p.texts.sheets.Load(s.Address)
	if !ok {
		known, _ = p.texts.sheets.LoadOrStore(s.Address, sync.OnceValue(func() *shown { return p.own(s) }))
	}
	return known.(func() *shown)()
}

// own makes the view of a sheet as on its own page, without bodies.
func (p *Page) own(s *Sheet) *shown {
	q := p.sheetPage(s)
	v := s.make(q)
	return &shown{Shown: Shown{Sheet: sheetOf(v), Key: digest.Of(p.texts.Theme.Closure(s.layout), p.texts.Theme.Closure(s.onScreen().layout), v).String()}}
}

// main renders the main part of a sheet with links that begin where those of the
// page do, with the version of its own page, whose links begin elsewhere, and with
// ids that no other sheet has. It is empty when the layout fails: that is reported
// where the sheet itself is made; and when a television has no room for it, which
// then shows the sheet of paper.
func (p *Page) main(s *Sheet, version string, screen bool) template.HTML {
	if screen {
		s = s.onScreen()
	}
	q := p.sheetPage(s)
	q.root, q.Full, q.screen = p.root, true, screen
	made := s.make(q)
	if sheetOf(made).Unfit != "" {
		return ""
	}
	v := reflect.New(reflect.TypeOf(made)).Elem()
	v.Set(reflect.ValueOf(made))
	v.FieldByName("Version").SetString(version)
	main, err := p.texts.Theme.Part(theme.MainPart, s.layout, v.Interface())
	if err != nil {
		return ""
	}
	name := strings.ReplaceAll(strings.TrimSuffix(s.Address, ".html"), "/", ".") + "."
	if screen {
		name = "screen." + name
	}
	return template.HTML(apart(main, name))
}

// sheetPage is the page of a sheet.
func (p *Page) sheetPage(s *Sheet) *Page {
	q := p.page(s.Address, s.layout)
	q.texts, q.source = p.texts, s.Text
	return q
}

// Flow is the matter of a sheet as its layout writes it, to be measured and spread
// over several. It is empty when the layout fails, as then the sheet does.
func (p *Page) Flow(v any) string {
	t := p.theme
	if p.texts != nil {
		t = p.texts.Theme // edited since the plan was made
	}
	flow, err := t.Part(theme.FlowPart, p.layout, v)
	if err != nil {
		return ""
	}
	return flow
}
