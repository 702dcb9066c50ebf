package plan

import (
	"reflect"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/sheet"
	"biandan/generator/site"
	"biandan/generator/view"
)

// SheetAddress is the address of the sheet that belongs to a page, or to what would be a
// page below it. Unlike pages, sheets are files and no folders: nobody writes their
// addresses down, and half of the folders of a large site would be theirs.
func SheetAddress(page string) string { return "sheets/" + strings.TrimSuffix(page, "/") + ".html" }

// Sheet is a printed page: a page whose view has a size of paper.
type Sheet struct {
	Address     string        // see [SheetAddress]
	From, Until calendar.Date // the days on which it hangs; no date: from the beginning, for good
	Text        string        // the content file whose body it shows; ""
	OnScreen    *Sheet        // what a television shows instead, in another layout; nil: itself
	Record      *site.Page    // of a sheet that names no other of its kind: see [LayoutOf.PageOf]; nil

	layout, title, note string
	src                 diag.Placed
	make                func(p *Page) any
}

// Sheet describes a sheet; its view embeds [view.Sheet]. The same description
// serves the room that plans the sheet and the walls on which it hangs, so make
// must depend on nothing but the model.
func (l LayoutOf[V]) Sheet(address, title string, src diag.Placed, make func(p *Page) V) *Sheet {
	return &Sheet{Address: address, layout: l.name, title: title, note: "张贴", src: src, make: func(p *Page) any { return make(p) }}
}

func (s *Sheet) onScreen() *Sheet {
	if s.OnScreen != nil {
		return s.OnScreen
	}
	return s
}

// As says what a sheet is called beside its title where pages are listed.
func (s *Sheet) As(note string) *Sheet { s.note = note; return s }

// PlanSheet plans the page of a sheet.
func (b *Builder) PlanSheet(s *Sheet) {
	o := b.addPage(s.Address, s.layout, s.title, s.src, s.make)
	o.note, o.record = s.note, s.Record
}

// sheetOf returns what every sheet has in its view.
func sheetOf(v any) view.Sheet {
	return reflect.ValueOf(v).FieldByName("Sheet").Interface().(view.Sheet)
}

// Unfit says why the matter of a sheet has no room, as its view was filled to be
// rendered; it is empty for what has, and for pages that are no sheets.
func Unfit(layout string, v any) string {
	if !isSheet(layout) {
		return ""
	}
	return sheetOf(v).Unfit
}

// RuleNoRoom is that of what has no room on paper.
var RuleNoRoom = diag.Define(diag.Rule{Code: "E0813", Name: "在这种纸上放不下", Severity: diag.Error,
	Why: "字再小就看不清了：贴在墙上的字，字高至少要有观看距离的二百分之一", Mend: "把文字写短一些，或者换一种大小、形状合适的纸"})

// SizeOf returns the size of a sheet: what its content file says, or what [paper]
// says for a key. e is the record that the file holds; nil where paper is empty.
func (b *Builder) SizeOf(e ledger.Entry, paper ledger.Paper, key config.PaperKey) config.Size {
	name, at := b.Config.Paper[key.Key], diag.Pos{}
	if paper.Sheet != "" {
		name, at = paper.Sheet, e.At("sheet")
	}
	s := b.Config.SizeOf(name, at, b.Bag)
	if paper.Landscape {
		s = s.Across()
	}
	return s
}

// Sheet makes the part of a view that every sheet has. subject is the address
// of the page that the sheet belongs to and that its code leads to.
func (p *Page) Sheet(size config.Size, title, subject, verb string, from, until calendar.Date) view.Sheet {
	if p.screen {
		size = sheet.Screen
	}
	s := view.Sheet{Page: p.Head("", title, ""), Width: size.Width, Height: size.Height, Across: size.Width > size.Height,
		From: Date(from), Until: Date(until), Owner: p.Config.Publisher, OwnerPhone: p.Config.Phone, Verb: verb, Back: p.URL(subject)}
	r := sheet.AreaOf(size)
	s.Unit, s.Wide, s.High = sheet.Round(r.Unit, 4), sheet.Round(r.Width, 2), sheet.Round(r.Height, 2)
	if p.Full {
		sheet.SetPaper(&s, "")
	}
	s.Page.Canonical = p.full(subject)
	if to := p.full(subject); to != "" {
		s.QR.Text = to
		if p.Full {
			sheet.DrawCode(&s)
			s.Short = strings.SplitAfter(strings.TrimSuffix(config.Readable(to), "/"), "/")
		}
	}
	return s
}

// OnScreen reports whether the page is made for a television, on which less has room.
func (p *Page) OnScreen() bool { return p.screen }

// WallSheet makes what all sheets for walls have in their views.
func (p *Page) WallSheet(size config.Size, title, subject, verb string) view.WallSheet {
	return view.WallSheet{Sheet: p.Sheet(size, title, subject, verb, calendar.Date{}, calendar.Date{})}
}

// Version names the content of a sheet in a few characters, so that one can see
// whether the sheet on the wall is the present one.
func Version(parts ...any) string { return digest.Of(parts...).String()[:6] }

// TooLong reports a title that has no room at the least size.
func (b *Builder) TooLong(at diag.Pos, what, text string, size config.Size) {
	b.Bag.Addf(RuleNoRoom, at, "%s有 %d 个字，在 %d × %d 毫米的纸上放不下", what, len([]rune(text)), size.Width, size.Height)
}

// usualText is how many characters always have room.
const usualText = 300

// NoRoom reports what has no room on any sheet.
func (b *Builder) NoRoom(at diag.Pos, format string, args ...any) {
	b.Bag.Addf(RuleNoRoom, at, format, args...)
}

// CheckRoom reports a sheet for walls with a text that is so long that its part
// has no room on any sheet.
func (b *Builder) CheckRoom(at diag.Pos, what, text string, size config.Size, fits func() bool) {
	if len([]rune(text)) > usualText && !fits() {
		b.TooLong(at, what, text, size)
	}
}

// FinishList gives a list on paper its version, and its letters their sizes.
func (p *Page) FinishList(v view.ListSheet) view.ListSheet {
	v.Version = Version(v.Lead, v.Note, v.Groups)
	if p.screen {
		v.QR = view.QR{} // beside the title of each sheet it takes half of the height
	}
	if p.Full {
		sheet.FitList(&v)
	}
	return v
}
