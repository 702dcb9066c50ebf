package plan

import (
	"math"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// The sheets that are made for walls only.

// Their sizes in millimetres, upright.
var (
	a4 = config.Size{Width: 210, Height: 297}
	a3 = config.Size{Width: 297, Height: 420}
	// platePaper is the size of the plates of the trade.
	platePaper = config.Size{Width: 200, Height: 300}
)

// wallSheet makes what all sheets for walls have in their views.
func (p *page) wallSheet(size config.Size, title, subject, verb string) view.WallSheet {
	return view.WallSheet{Sheet: p.sheet(size, title, subject, verb, calendar.Date{}, calendar.Date{})}
}

// maxA4Branches is how many organisations with all that is below them a tree on
// A4 has room for; maxDeepTree how many one shows with their areas and with what
// is next below.
const (
	maxA4Branches = 4
	maxDeepTree   = 8
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
	if len(tops) > 1 || branches > maxDeepTree {
		depth = 2
	}
	size := a4
	if branches > maxA4Branches {
		size = a3
	}
	v := view.TreeSheet{WallSheet: p.wallSheet(size, title, subject, "扫码找支部")}
	v.Call = []string{"有事先找本楼的中心户和党小组长，", "再找小区党支部。"}
	for _, t := range tops {
		v.Tops = append(v.Tops, p.node(t, children, depth))
		if depth == 2 { // an overview: what area each has is on its own sheet
			for i := range v.Tops[len(v.Tops)-1].Children {
				v.Tops[len(v.Tops)-1].Children[i].Area = ""
			}
		}
	}
	if len(tops) == 1 {
		for at := tops[0].Parent.In(p.Book); at != nil && len(v.Path) < 4; at = at.Parent.In(p.Book) {
			v.Path = append([]view.Node{p.node(at, nil, 1)}, v.Path...)
		}
	}
	v.Version = version(v.PageTitle, v.Path, v.Tops)
	if p.whole {
		p.fitTree(&v)
	}
	return v
}

// The measures of a tree: in units for the boxes above it, in em for its cells.
// sheet.css has the same.
const (
	topName     = 8.0
	topLetter   = 5.0
	topPadding  = 16.0 // left and right together
	pathIndent  = 50.0 // how much narrower a box is that stands above the tops
	topAround   = 8.4  // above and below, with the gap after it
	nodeName    = 1.2
	nodeLeading = 1.4
	nodePadding = 1.4 // left and right together
	nodeAround  = 1.2
	childAround = 0.3
	childIndent = 1.0
	leastNode   = 8.6 // the width of a column
	nodeGap     = 4.0 // between rows, in units
)

// topHeight is the height of the box of an organisation above others.
func topHeight(n view.Node, width float64) float64 {
	width -= topPadding
	h := topAround + 1.4*topName*float64(typeset.Lines(n.Text, width/topName))
	if n.Leader+n.Phone+n.Area != "" {
		h += nodeLeading * topLetter * float64(rows([]string{n.Leader, n.Phone, n.Area}, width/topLetter, 1.2))
	}
	return h
}

// nodeHeight is the height of a cell, in units.
func nodeHeight(n view.Node, letter, width float64) float64 {
	em := (width-0.7)/letter - nodePadding
	h := 1.3*nodeName*float64(typeset.Lines(n.Text, em/nodeName)) + nodeAround
	for _, text := range []string{n.Leader, n.Phone, n.Area} {
		if text != "" {
			h += nodeLeading * float64(typeset.Lines(text, em))
		}
	}
	if len(n.Children) > 0 {
		h += 0.8
	}
	for _, c := range n.Children {
		h += childAround + nodeLeading*float64(typeset.Lines(c.Text, em))
		if c.Area+c.Leader != "" {
			h += nodeLeading * float64(rows([]string{c.Area, c.Leader}, em, 0.8))
		}
		for _, g := range c.Children {
			h += nodeLeading * float64(typeset.Lines(g.Text, em-childIndent))
		}
	}
	return h*letter + 2.2
}

// fitTree spreads the organisations below the tops over sheets.
func (p *page) fitTree(v *view.TreeSheet) (ok bool) {
	w, space := p.wallRoom(&v.WallSheet)
	for _, n := range v.Path {
		space.First -= topHeight(n, w-pathIndent)
	}
	var strips []strip
	for _, t := range v.Tops {
		strips = append(strips, strip{head: topHeight(t, w), cells: len(t.Children), height: func(i int, letter, width float64) float64 {
			return nodeHeight(t.Children[i], letter, width)
		}})
	}
	set := cells{gap: nodeGap, least: leastNode}
	ok = set.fit(strips, w, space)
	v.Columns, v.Letter = set.columns, set.letter
	for i, spans := range set.sheets {
		box := view.TreeBox{Number: i + 1, Full: set.full[i]}
		for _, s := range spans {
			top := v.Tops[s.strip]
			top.Children = top.Children[s.from:s.to]
			box.Tops = append(box.Tops, top)
		}
		v.Parts = append(v.Parts, box)
	}
	if !ok {
		v.Parts = []view.TreeBox{{Number: 1, Tops: v.Tops}}
	}
	v.Boxes = len(v.Parts)
	return ok
}

// posts is when a station is open and whom to call, with the AB posts.
func (s *shop) posts(st *ledger.Station) []*posted {
	if len(st.Hours) == 0 && len(ledger.All[ledger.Post](s.Book)) == 0 {
		return nil
	}
	pg := s.PageOf(st)
	return []*posted{s.sheet("sheets/"+pg.Path+"posts/", "sheet-posts", st.Name+postsPosting, pg, func(q *page) any {
		v := view.PostsSheet{WallSheet: q.wallSheet(a4, postsPosting, pg.Path, "扫码找驿站"), StationItem: paperStation(q, st), Leader: st.Leader, Posts: q.postRows()}
		v.About, v.Call = []string{st.Name}, []string{"办什么事找哪个岗，看服务清单。"}
		if len(v.Posts) > 0 {
			v.Call = append([]string{"A岗不在，B岗接着办；", "第一个接待的人负责到底。"}, v.Call...)
		}
		for _, h := range st.Hours {
			v.Hours = append(v.Hours, view.Field{Name: string(h.Days), Value: h.Time})
		}
		v.Version = version(v.Text, v.Address, v.StationItem.Phone, v.Leader, v.Hours, v.Posts)
		if q.whole {
			q.fitPosts(&v)
		}
		return v
	})}
}

// The measures of the opening hours and of whom to call, in units. sheet.css has
// the same.
const (
	openName   = 6.0
	openHours  = 6.6
	openPhone  = 12.0
	openLetter = 5.0
	openGap    = 8.0
	openAround = 7.7
)

func (p *page) fitPosts(v *view.PostsSheet) {
	w, space := p.wallRoom(&v.WallSheet)
	column := (w - openGap) / 2
	hours, call := 1.4*openName, 1.4*openName+1.2*openPhone
	for _, h := range v.Hours {
		hours += 1.5 * openHours * float64(rows([]string{h.Name, h.Value}, column/openHours, 0.8))
	}
	if len(v.Hours) == 0 {
		hours += 1.5 * openLetter
	}
	if v.Leader != "" {
		call += 1.5 * openLetter * float64(typeset.Lines("负责人："+v.Leader, column/openLetter))
	}
	call += 1.5 * openLetter * float64(typeset.Lines(v.Address, column/openLetter))
	space.First -= math.Max(hours, call) + openAround
	t := newTable("wposts", postsPosting, "A岗", "电话", "B岗")
	for _, r := range v.Posts {
		t.row([]string{r.Name}, []string{r.Phone}, []string{strings.Join(r.Others, "、")})
	}
	v.Parts, v.Letter, _ = t.fit(w, space)
	v.Boxes = len(v.Parts)
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
	address := "sheets/stations/"
	if s.sheets[address] == nil {
		for _, f := range list {
			s.checkRoom(f.At("content"), "内容", f.Content, a4, func() bool {
				q := s.page(address, "sheet-functions")
				v := q.functionsSheet()
				return q.fitFunctions(&v)
			})
		}
	}
	return []*posted{s.sheet(address, "sheet-functions", functionsPosting, pos(list), func(q *page) any {
		v := q.functionsSheet()
		if q.whole {
			q.fitFunctions(&v)
		}
		return v
	})}
}

func (p *page) functionsSheet() view.FunctionsSheet {
	v := view.FunctionsSheet{WallSheet: p.wallSheet(a4, "驿站"+functionsPosting, "stations/", "扫码找驿站"), Functions: p.functions()}
	v.About = []string{p.Config.County, count(len(v.Functions), "项")}
	v.Call = []string{"进门就能问，办不了的告诉您去哪里办。"}
	if p.Config.Phone != "" {
		v.Call = append(v.Call, "县里电话 "+p.Config.Phone)
	}
	v.Version = version(v.Functions)
	return v
}

// The measures of a function, in em. sheet.css has the same.
const (
	functionMark   = 2.4 // the column of its number
	functionName   = 1.35
	functionAround = 0.7
	functionGap    = 1.2  // between rows, in units
	leastFunction  = 16.0 // the width of a column
)

func (p *page) fitFunctions(v *view.FunctionsSheet) (ok bool) {
	w, space := p.wallRoom(&v.WallSheet)
	set := cells{gap: functionGap, least: leastFunction}
	ok = set.fit([]strip{{cells: len(v.Functions), height: func(i int, letter, width float64) float64 {
		f, em := v.Functions[i], width/letter-functionMark
		h := functionAround + 1.3*functionName*float64(typeset.Lines(f.Name, em/functionName)) + 1.45*float64(typeset.Lines(f.Content, em))
		if functionName*typeset.Width(f.Name)+1+typeset.Width(f.When) > em {
			h += 1.45 * float64(typeset.Lines(f.When, em))
		}
		return h*letter + 0.3
	}}}, w, space)
	v.Columns, v.Letter = set.columns, set.letter
	for i, spans := range set.sheets {
		v.Parts = append(v.Parts, view.FunctionBox{Number: i + 1, Functions: v.Functions[spans[0].from:spans[0].to], Full: set.full[i]})
	}
	if !ok {
		v.Parts = []view.FunctionBox{{Number: 1, Functions: v.Functions}}
	}
	v.Boxes = len(v.Parts)
	return ok
}

// class is the timetable of the class after school, where there is one.
func (s *shop) class(st *ledger.Station) []*posted {
	t := timetable(st)
	if t == nil {
		return nil
	}
	pg := s.PageOf(st)
	return []*posted{s.sheet("sheets/"+pg.Path+"class/", "sheet-class", st.Name+classPosting, pg, func(q *page) any {
		size := a4
		if lessonsOf(*t) <= fewLessons {
			size = a4.Across()
		}
		v := view.ClassSheet{WallSheet: q.wallSheet(size, "四点半课堂课表", pg.Path, "扫码看课表"), StationItem: paperStation(q, st), Timetable: *t}
		v.About, v.Lead = []string{st.Name}, "免费，先报名、后上课。"
		if v.StationItem.Phone != "" {
			v.Lead += "报名和请假打 " + v.StationItem.Phone + "。"
		}
		v.Call = []string{"放寒暑假和法定节假日不上课，假期安排另行张贴。", "下课由登记过的家长接走。", "请不要把孩子的照片发到群里。"}
		v.Version = version(v.Text, v.Address, v.Timetable)
		if q.whole {
			q.fitClass(&v)
		}
		return v
	})}
}

// fewLessons is how many stand in a list, on paper that lies across, where a
// timetable would be mostly empty.
const fewLessons = 6

func (p *page) fitClass(v *view.ClassSheet) {
	w, space := p.wallRoom(&v.WallSheet)
	t := weekTable(v.Timetable)
	if lessonsOf(v.Timetable) <= fewLessons {
		t = lessonList(v.Timetable)
	}
	v.Parts, v.Letter, _ = t.fit(w, space)
	v.Boxes = len(v.Parts)
}

func lessonsOf(t view.Timetable) int {
	n := 0
	for _, r := range t.Times {
		for _, c := range r.Cells {
			if c.Course != "" {
				n++
			}
		}
	}
	return n
}

func weekTable(table view.Timetable) *wallTable {
	t := newTable("wclass", "一周课表", append([]string{"时间"}, table.Days...)...)
	for _, r := range table.Times {
		cells := [][]string{clock(r.Time)}
		for _, c := range r.Cells {
			if c.Course == "" {
				cells = append(cells, []string{"—"})
				continue
			}
			cells = append(cells, append([]string{c.Course}, about(c)...))
		}
		t.row(cells...)
	}
	return t
}

// lessonList has the lessons in the order of the week. Few have room for what
// belongs to one below each other.
func lessonList(table view.Timetable) *wallTable {
	const few = 2
	stacked := lessonsOf(table) <= few
	heads := []string{"星期", "时间", "课程", "年级", "地点", "人数"}
	if stacked {
		heads = []string{"星期", "时间", "课程", "年级和地点"}
	}
	t := newTable("wclass is-list", "一周课表", heads...)
	for i, day := range table.Days {
		for _, r := range table.Times {
			c := r.Cells[i]
			if c.Course == "" {
				continue
			}
			if stacked {
				t.row([]string{day}, clock(r.Time), []string{c.Course}, about(c))
				continue
			}
			people := ""
			if c.Capacity > 0 {
				people = count(c.Capacity, "人")
			}
			t.row([]string{day}, []string{r.Time}, []string{c.Course}, []string{c.Grade}, []string{c.Room}, []string{people})
		}
	}
	return t
}

// clock breaks a time after its dash.
func clock(time string) []string {
	if from, to, ok := strings.Cut(time, "—"); ok {
		return []string{from + "—", to}
	}
	return []string{time}
}

// about is for whom a lesson is, where, and how many may come.
func about(c view.Lesson) []string {
	lines := slices.DeleteFunc([]string{c.Grade, c.Room}, func(s string) bool { return s == "" })
	if c.Capacity > 0 {
		lines = append(lines, count(c.Capacity, "人"))
	}
	return lines
}

// plate is the stars of a station's branch; the book holds published ratings only.
func (s *shop) plate(st *ledger.Station) []*posted {
	own := st.Branch.In(s.Book)
	if own == nil || s.PageOf(own) == nil || len(s.builder.page("", "").starHistory(own)) == 0 {
		return nil
	}
	pg := s.PageOf(own)
	return []*posted{s.sheet("sheets/"+pg.Path+"stars/", "sheet-plate", own.Name+platePosting, pg, func(q *page) any {
		v := view.PlateSheet{WallSheet: q.wallSheet(platePaper, own.Name+platePosting, pg.Path, "扫码看支部"), Branch: own.Name, Mark: q.starHistory(own)[0]}
		v.Call = []string{"星级每年评定一次，动态管理。", "怎样评、评了谁，扫码看。"}
		v.Version = version(v.Branch, v.Mark)
		if q.whole {
			q.wallRoom(&v.WallSheet)
			v.Title, _ = heading(own.Name, shortSide-2*margin-plateAround, 0.2*v.High, wallLeading, leastTitle, mostWall)
			v.Boxes = 1
		}
		return v
	})}
}

const plateAround = 24.0 // left and right of the name on a plate, in units
