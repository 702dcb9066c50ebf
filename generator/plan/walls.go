package plan

import (
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/view"
)

// The sheets that are made for walls only.

// Their sizes in millimetres, upright.
var (
	a4 = config.Size{Width: 210, Height: 297}
	a3 = config.Size{Width: 297, Height: 420}
)

// maxA4Branches is how many organisations with all that is below them a tree on
// A4 has room for; maxDeepTree how many, with what is next below, one on A3 has.
const (
	maxA4Branches = 4
	maxDeepTree   = 20
)

// tree is the organisations around a station: a branch with its groups, a
// committee with its branches, and all committees where there is none.
func (s *shop) tree(st *ledger.Station) []*posted {
	own := st.Branch.In(s.Book)
	address, subject := "sheets/branches/", "branches/"
	if own != nil {
		pg := s.PageOf(own)
		if pg == nil {
			return nil
		}
		address, subject = "sheets/"+pg.Path, pg.Path
	}
	tops := []*ledger.Branch{own}
	if own == nil {
		tops = slices.DeleteFunc(slices.Clone(ledger.All[ledger.Branch](s.Book)), func(br *ledger.Branch) bool { return br.Level != ledger.LevelCommittee })
	}
	if len(tops) == 0 {
		return nil
	}
	return []*posted{s.sheet(address, "sheet-tree", treePosting, pos(tops), func(q *page) any { return q.treeSheet(tops, subject, s.children) })}
}

func (p *page) treeSheet(tops []*ledger.Branch, subject string, children map[string][]*ledger.Branch) view.TreeSheet {
	title, depth := treePosting, 3
	if len(tops) == 1 {
		title = tops[0].Name + treePosting
	}
	branches := 0
	for _, t := range tops {
		branches += len(children[t.ID])
	}
	switch {
	case branches > 2*maxDeepTree:
		depth = 1
	case len(tops) > 1 || branches > maxDeepTree:
		depth = 2
	}
	size := a4
	if branches > maxA4Branches {
		size = a3
	}
	v := view.TreeSheet{Sheet: p.sheet(size, title, subject, "扫码找支部", calendar.Date{}, calendar.Date{})}
	for _, t := range tops {
		v.Tops = append(v.Tops, p.node(t, children, depth))
	}
	if len(tops) == 1 {
		for at := tops[0].Parent.In(p.Book); at != nil && len(v.Path) < 4; at = at.Parent.In(p.Book) {
			v.Path = append([]view.Node{p.node(at, nil, 1)}, v.Path...)
		}
	}
	v.Version = version(v.PageTitle, v.Path, v.Tops)
	return v
}

// posts is when a station is open and whom to call, with the AB posts.
func (s *shop) posts(st *ledger.Station) []*posted {
	if len(st.Hours) == 0 && len(ledger.All[ledger.Post](s.Book)) == 0 {
		return nil
	}
	pg := s.PageOf(st)
	return []*posted{s.sheet("sheets/"+pg.Path+"posts/", "sheet-posts", st.Name+postsPosting, pg.At, func(q *page) any {
		v := view.PostsSheet{Sheet: q.sheet(a4, postsPosting, pg.Path, "扫码找驿站", calendar.Date{}, calendar.Date{}), StationItem: paperStation(q, st), Leader: st.Leader, Posts: q.postRows()}
		for _, h := range st.Hours {
			v.Hours = append(v.Hours, view.Field{Name: string(h.Days), Value: h.Time})
		}
		v.Version = version(v.Text, v.Address, v.StationItem.Phone, v.Leader, v.Hours, v.Posts)
		return v
	})}
}

// paperStation is a station in short without what holds for one day only.
func paperStation(p *page, st *ledger.Station) view.StationItem {
	it := p.stationItem(st)
	it.Today, it.OpenToday = "", false
	return it
}

// postRows are the posts that are the A post of a service, each with the B posts
// that take its place.
func (p *page) postRows() []view.PostRow {
	var rows []view.PostRow
	for _, post := range ledger.All[ledger.Post](p.Book) {
		row := view.PostRow{Name: post.Name, Phone: post.Phone}
		isA := false
		for _, s := range ledger.All[ledger.Service](p.Book) {
			if s.A.ID != post.ID {
				continue
			}
			isA = true
			if other := refTitle(p.builder, s.B); other != "" && !slices.Contains(row.Others, other) {
				row.Others = append(row.Others, other)
			}
		}
		if isA {
			rows = append(rows, row)
		}
	}
	return rows
}

// functions is what every station of an estate does.
func (s *shop) functions(*ledger.Station) []*posted {
	list := ledger.All[ledger.Function](s.Book)
	if len(list) == 0 {
		return nil
	}
	return []*posted{s.sheet("sheets/stations/", "sheet-functions", functionsPosting, pos(list), func(q *page) any {
		v := view.FunctionsSheet{Sheet: q.sheet(a4, "驿站"+functionsPosting, "stations/", "扫码找驿站", calendar.Date{}, calendar.Date{}), Functions: q.functions()}
		v.Version = version(v.Functions)
		return v
	})}
}

// class is the timetable of the class after school, where there is one.
func (s *shop) class(st *ledger.Station) []*posted {
	t := timetable(st)
	if t == nil {
		return nil
	}
	pg := s.PageOf(st)
	return []*posted{s.sheet("sheets/"+pg.Path+"class/", "sheet-class", st.Name+classPosting, pg.At, func(q *page) any {
		v := view.ClassSheet{Sheet: q.sheet(a4, "四点半课堂课表", pg.Path, "扫码看课表", calendar.Date{}, calendar.Date{}), StationItem: paperStation(q, st), Timetable: *t}
		v.Version = version(v.Text, v.Address, v.Timetable)
		return v
	})}
}

// plate is the stars of a station's branch; the book holds published ratings only.
func (s *shop) plate(st *ledger.Station) []*posted {
	own := st.Branch.In(s.Book)
	if own == nil || s.PageOf(own) == nil || len(s.builder.page("", "").starHistory(own)) == 0 {
		return nil
	}
	pg := s.PageOf(own)
	return []*posted{s.sheet("sheets/"+pg.Path+"stars/", "sheet-plate", own.Name+platePosting, pg.At, func(q *page) any {
		v := view.PlateSheet{Sheet: q.sheet(a4, own.Name+platePosting, pg.Path, "扫码看支部", calendar.Date{}, calendar.Date{}), Branch: own.Name, Mark: q.starHistory(own)[0]}
		v.Version = version(v.Branch, v.Mark)
		return v
	})}
}
