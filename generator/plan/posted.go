package plan

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/view"
)

// posted is a sheet that hangs on boards, with its days.
type posted struct {
	name        string // of the posting: 公示公告
	address     string // of the sheet
	layout      string
	from, until calendar.Date // no date: from the beginning, for good
	file        string        // the content file whose body it shows; ""
	// view makes the sheet's view for a page that shows it: the same as on the
	// sheet's own page, so that both have one version.
	view func(p *page) any
}

// shop makes the sheets for boards; each is made once, for all walls.
type shop struct {
	*builder
	sheets   map[string]*posted // by address
	children map[string][]*ledger.Branch
	months   []*posted
	notices  []notice
}

// notice is one that hangs on some day near that of the build.
type notice struct {
	*ledger.Notice
	*posted
}

func newShop(b *builder) *shop {
	s := &shop{builder: b, sheets: map[string]*posted{}, children: map[string][]*ledger.Branch{}}
	for _, br := range ledger.All[ledger.Branch](b.Book) {
		s.children[br.Parent.ID] = append(s.children[br.Parent.ID], br)
	}
	for _, m := range b.months() {
		if pg := b.PageOf(m); pg != nil && s.isNear(m.Month.First(), m.Month.Last()) {
			size := s.sizeOf(m, m.Paper, s.Config.Paper.Months)
			x := s.sheet("sheets/"+pg.Path, "sheet-month", m.Title, pg, func(q *page) any { return q.monthSheet(m, size, pg.Path) })
			x.from, x.until = m.Month.First(), m.Month.Last()
			s.months = append(s.months, x)
		}
	}
	var near []*ledger.Notice
	for _, n := range ledger.All[ledger.Notice](b.Book) {
		if first, last := s.hangs(n); !last.IsZero() && s.isNear(first, last) {
			near = append(near, n)
		}
	}
	for _, state := range []string{stateCurrent, statePlain, stateComing, stateEnded} {
		for _, n := range b.inState(near, state) {
			s.addNotice(n)
		}
	}
	return s
}

// isNear reports whether any day from first to last is one that boards speak of.
func (s *shop) isNear(first, last calendar.Date) bool {
	return first.Sub(s.AsOf) <= boardAhead && s.AsOf.Sub(last) <= boardPast
}

// hangs returns the days on which a notice hangs. One without a last day would
// hang for ever, so it stands on the web page only.
func (s *shop) hangs(n *ledger.Notice) (first, last calendar.Date) {
	if first, last = s.period(n); first.IsZero() {
		first = n.Date
	}
	return first, last
}

// addNotice keeps a notice that hangs near the day of the build.
func (s *shop) addNotice(n *ledger.Notice) {
	first, last := s.hangs(n)
	pg := s.PageOf(n)
	if pg == nil {
		return
	}
	size := s.sizeOf(n, n.Paper, s.Config.Paper.Notices)
	x := &posted{address: "sheets/" + pg.Path, layout: noticeLayout(n), from: first, until: last, file: n.File()}
	x.view = func(p *page) any {
		own := p.builder.page(x.address, x.layout)
		own.texts, own.source = p.texts, x.file
		q := p.builder.page(p.path, x.layout) // the links in its text begin at p
		q.texts, q.source, q.more, q.whole = p.texts, p.source, p.more, p.whole
		v := q.noticeSheet(n, size, pg.Path)
		v.Version = own.noticeSheet(n, size, pg.Path).Version // that of its own page
		return v
	}
	s.notices = append(s.notices, notice{n, x})
}

// sheet returns the sheet at an address, and plans it where that is not done
// yet. Its view must depend on nothing but the model: all walls share it.
func (s *shop) sheet(address, layout, title string, src diag.Placed, make func(q *page) any) *posted {
	if x := s.sheets[address]; x != nil {
		return x
	}
	if !s.paths[address] {
		s.addPage(address, layout, title, src, make)
	}
	viewed := func(whole bool) func() any {
		return sync.OnceValue(func() any {
			q := s.page(address, layout)
			q.whole = whole
			return make(q)
		})
	}
	plain, whole := viewed(false), viewed(true)
	x := &posted{address: address, layout: layout, view: func(p *page) any {
		if p.whole {
			return whole()
		}
		return plain()
	}}
	s.sheets[address] = x
	return x
}

// The names of the postings that have a design of their own.
const (
	treePosting      = "组织架构图"
	servicesPosting  = "服务清单"
	postsPosting     = "值班和AB岗"
	functionsPosting = "十项服务"
	monthPosting     = "本月主题"
	classPosting     = "四点半课堂"
	noticesPosting   = "公示公告"
	resultsPosting   = "星级评定结果"
	platePosting     = "星级牌"
)

// designs are the sheets of a station by the name of their posting; any other
// name is a table of the records.
var designs = map[string]func(s *shop, st *ledger.Station) []*posted{
	treePosting: (*shop).tree, servicesPosting: (*shop).services, postsPosting: (*shop).posts, functionsPosting: (*shop).functions,
	monthPosting: (*shop).month, classPosting: (*shop).class, noticesPosting: (*shop).noticesOf, resultsPosting: (*shop).results, platePosting: (*shop).plate,
}

// sheetsOf returns the sheets of a posting for a station, also those whose time
// is over or to come.
func (s *shop) sheetsOf(name ledger.Posting, st *ledger.Station) []*posted {
	var list []*posted
	if f := designs[name.Name]; f != nil {
		list = f(s, st)
	} else {
		list = s.table(name)
	}
	for _, x := range list {
		x.name = name.Name
	}
	return list
}

func (s *shop) month(*ledger.Station) []*posted { return s.months }

func (s *shop) noticesOf(st *ledger.Station) []*posted {
	var list []*posted
	for _, n := range s.notices {
		if n.Concerns(st, s.Book) {
			list = append(list, n.posted)
		}
	}
	return list
}

func (s *shop) services(*ledger.Station) []*posted {
	if len(ledger.All[ledger.Service](s.Book)) == 0 {
		return nil
	}
	x := s.sheet(servicesSheet, "sheet-services", "服务清单", diag.Pos{}, func(q *page) any {
		return q.servicesSheet(s.sizeOf(nil, ledger.Paper{}, s.Config.Paper.Services))
	})
	x.from = s.lastUpdate()
	return []*posted{x}
}

func (s *shop) results(*ledger.Station) []*posted {
	years := s.Book.Figures.Stars
	if len(years) == 0 {
		return nil
	}
	address := fmt.Sprintf("sheets/stars/%d/", years[0].Year)
	return []*posted{s.sheet(address, "sheet-stars", "星级评定结果", diag.Pos{}, func(q *page) any {
		return q.starsSheet(years[0], s.sizeOf(nil, ledger.Paper{}, s.Config.Paper.Stars), starsPath(years, 0))
	})}
}

// sheetOf returns what every sheet has in its view.
func sheetOf(v any) view.Sheet {
	return reflect.ValueOf(v).FieldByName("Sheet").Interface().(view.Sheet)
}

// hung puts the view of a sheet into the field for its type.
func hung(v any) view.Hung {
	s := sheetOf(v)
	h := view.Hung{Format: formatOf(s), Title: s.PageTitle}
	to := reflect.New(reflect.TypeOf(v))
	to.Elem().Set(reflect.ValueOf(v))
	fields := reflect.ValueOf(&h).Elem()
	for i := range fields.NumField() {
		if fields.Field(i).Type() == to.Type() {
			fields.Field(i).Set(to)
		}
	}
	return h
}

// table is the default: the public records of a kind, when there are any.
func (s *shop) table(name ledger.Posting) []*posted {
	entries := slices.DeleteFunc(slices.Clone(s.Book.Entries(name.Kind)), func(e ledger.Entry) bool { return !e.IsPublic() })
	if len(entries) == 0 {
		return nil
	}
	subject := sectionPath(name.Kind.Ledger)
	key := strings.Trim(name.Kind.Ledger+"/"+name.Kind.Key, "/")
	make := func(q *page) (v view.TableSheet, ok bool) {
		v = view.TableSheet{WallSheet: q.wallSheet(a4, name.Name, subject, "扫码看详情"), Grid: q.grid(name.Kind, tableColumns(name.Kind), entries)}
		v.About, v.Call = []string{q.Config.County, count(len(v.Grid.Rows), "条")}, []string{"请以网上公布的为准。"}
		v.Version = version(v.Grid)
		return v, !q.whole || q.fitGrid(&v)
	}
	address := "sheets/boards/" + key + "/"
	if s.sheets[address] == nil {
		s.checkTable(name, entries, func(q *page) bool {
			_, ok := make(q)
			return ok
		})
	}
	return []*posted{s.sheet(address, "sheet-table", name.Name, diag.Pos{File: entries[0].File()}, func(q *page) any {
		v, _ := make(q)
		return v
	})}
}

// checkTable reports a table of which a row has no room on any sheet, or which is
// too long to be hung at all.
func (s *shop) checkTable(name ledger.Posting, entries []ledger.Entry, fits func(q *page) bool) {
	var at ledger.Entry
	what, text := "", ""
	for _, c := range tableColumns(name.Kind) {
		for _, e := range entries {
			if t := c.Cell(s.Book, e); len(t) > len(text) {
				at, what, text = e, c.Title, t
			}
		}
	}
	q := s.page("", "sheet-table")
	q.whole = true
	if len(entries) <= usualRows {
		s.checkRoom(at.At(), what, text, a4, func() bool { return fits(q) })
	} else if !fits(q) {
		s.bag.Addf(ruleNoRoom, diag.Pos{File: entries[0].File()}, "“%s”有 %d 条，贴不下；最长的一格在 %s", name.Name, len(entries), at.At())
	}
}

// fitGrid sets the table of a ledger.
func (p *page) fitGrid(v *view.TableSheet) (ok bool) {
	t := newTable("wtable", v.Grid.Caption, v.Grid.Heads...)
	for _, r := range v.Grid.Rows {
		var cells [][]string
		for _, c := range r.Cells {
			cells = append(cells, []string{c})
		}
		t.row(cells...)
	}
	w, space := p.wallRoom(&v.WallSheet)
	v.Parts, v.Letter, ok = t.fit(w, space)
	v.Boxes = len(v.Parts)
	return ok
}
