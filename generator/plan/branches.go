package plan

import (
	"fmt"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/view"
)

func planBranches(b *builder) {
	branches := ledger.All[ledger.Branch](b.Book)
	if len(branches) == 0 {
		return
	}
	b.custom["branches"] = true
	children := map[string][]*ledger.Branch{}
	for _, br := range branches {
		children[br.Parent.ID] = append(children[br.Parent.ID], br)
	}
	b.addPage("branches/", "tree", b.sectionTitle("branches"), b.sectionPos("branches/"), func(p *page) any { return p.tree(children) })
	for _, br := range branches {
		pg := b.PageOf(br)
		if pg == nil {
			continue
		}
		b.addPage(pg.Path, "branch", br.Name, pg, func(p *page) any { return p.branch(br, children) })
	}
}

func (p *page) tree(children map[string][]*ledger.Branch) view.Tree {
	v := view.Tree{Page: p.sectionHead("branches"), Intro: p.intro("branches")}
	levels := map[ledger.Level]int{}
	classes := map[ledger.Class]*view.LinkGroup{}
	for _, c := range ledger.Class("").Options() {
		classes[ledger.Class(c)] = &view.LinkGroup{Title: c}
	}
	for _, br := range ledger.All[ledger.Branch](p.Book) {
		levels[br.Level]++
		switch {
		case br.Level == ledger.LevelCommittee:
			v.Committees = append(v.Committees, p.node(br, children, 4))
		case br.Level == ledger.LevelUnit && classes[br.Class] != nil:
			g := classes[br.Class]
			g.Links = append(g.Links, p.linkTo(br))
		}
	}
	for _, l := range ledger.Level("").Options() {
		if n := levels[ledger.Level(l)]; n > 0 {
			v.Figures = append(v.Figures, view.Figure{Value: fmt.Sprint(n), Unit: "个", Text: l})
		}
	}
	for _, c := range ledger.Class("").Options() {
		if g := classes[ledger.Class(c)]; len(g.Links) > 0 {
			v.Classes = append(v.Classes, *g)
		}
	}
	v.Units = p.seats("")
	v.Data = p.dataLinks("branches")
	return v
}

// node is an organisation with those below it, at most depth levels.
func (p *page) node(br *ledger.Branch, children map[string][]*ledger.Branch, depth int) view.Node {
	n := view.Node{Link: p.linkTo(br), Level: string(br.Level), Area: br.Area, Phone: br.Phone}
	if len(br.Roles) > 0 {
		n.Leader = br.Roles[0].Post + "：" + br.Roles[0].Holder
	}
	if depth > 1 {
		for _, c := range children[br.ID] {
			n.Children = append(n.Children, p.node(c, children, depth-1))
		}
	}
	return n
}

// seats is the table of member units, of one committee or of all.
func (p *page) seats(committee string) view.Grid {
	g := view.Grid{Caption: "委员单位与兼职委员", Heads: []string{"单位", "性质", "社区党委", "兼职委员", "电话"}}
	for _, s := range ledger.All[ledger.Seat](p.Book) {
		u := s.Unit.In(p.Book)
		if u == nil || committee != "" && s.Committee.ID != committee {
			continue
		}
		g.Rows = append(g.Rows, view.Row{Cells: []string{u.Name, string(u.Kind), refTitle(p.builder, s.Committee), s.Holder, u.Phone}})
	}
	return g
}

func (p *page) branch(br *ledger.Branch, children map[string][]*ledger.Branch) view.Branch {
	v := view.Branch{Level: string(br.Level), Class: string(br.Class)}
	for at := br.Parent.In(p.Book); at != nil && len(v.Path) < 4; at = at.Parent.In(p.Book) {
		v.Path = append([]view.Link{p.linkTo(at)}, v.Path...)
	}
	v.Page = p.head("branches", br.Name, strings.Join([]string{br.Name, string(br.Level), br.Area}, "，"), append([]view.Link{p.crumb("branches")}, v.Path...)...)
	unit := refLink(p, br.Unit)
	if to := "sheets/" + p.path; p.paths[to] {
		v.Page.Sheet = ptr(p.link("打印组织架构图", to))
	}
	v.Facts = fields(
		view.Field{Name: "层级", Value: string(br.Level)},
		view.Field{Name: "类别", Value: string(br.Class)},
		view.Field{Name: "所在单位", Value: unit.Text},
		view.Field{Name: "小区", Value: br.Estate},
		view.Field{Name: "服务范围", Value: br.Area},
		view.Field{Name: "户数", Value: positive(br.Households, "户")},
		view.Field{Name: "党员", Value: positive(br.Members, "名")},
		view.Field{Name: "成立", Value: br.Founded.Chinese()},
		view.Field{Name: "地址", Value: br.Address},
		view.Field{Name: "电话", Value: br.Phone, Phone: br.Phone},
	)
	for _, r := range br.Roles {
		v.Roles = append(v.Roles, view.RoleRow(r))
	}
	for _, c := range children[br.ID] {
		v.Children = append(v.Children, p.node(c, children, 2))
	}
	if br.Level == ledger.LevelCommittee {
		if g := p.seats(br.ID); len(g.Rows) > 0 {
			v.Seats = &g
		}
	}
	for _, s := range ledger.All[ledger.Station](p.Book) {
		if s.Branch.ID == br.ID {
			v.Station = ptr(p.stationItem(s))
		}
	}
	v.History = p.starHistory(br)
	if len(v.History) > 0 {
		v.Star = &v.History[0]
	}
	v.Hosted = p.activities(func(a *ledger.Activity) bool { return a.Host.ID == br.ID || a.Committee.ID == br.ID })
	return v
}

func positive(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return count(n, unit)
}

// maxHistory is how many years of ratings a branch's page shows.
const maxHistory = 3

func (p *page) starHistory(br *ledger.Branch) []view.StarMark {
	var marks []view.StarMark
	for _, y := range p.Book.Figures.Stars {
		for _, r := range ledger.All[ledger.Result](p.Book) {
			if r.Year == y.Year && r.Branch.ID == br.ID && len(marks) < maxHistory {
				marks = append(marks, starMark(r.Year, r.Star))
			}
		}
	}
	return marks
}

func starMark(year, star int) view.StarMark {
	return view.StarMark{Year: year, Star: star, Word: ledger.StarWord(star),
		Full: strings.Repeat("★", star), Rest: strings.Repeat("☆", ledger.MaxStar-star)}
}
