// Package pages shows the Party organisations: the tree, the page of each, and on
// paper the organisations around a station (sheet.go).
package pages

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/months"
	monthpages "biandan/generator/ledgers/months/pages"
	"biandan/generator/ledgers/stars"
	starpages "biandan/generator/ledgers/stars/pages"
	"biandan/generator/ledgers/stations"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var (
	treeLayout   = plan.Layout[Tree]("branches/tree")
	branchLayout = plan.Layout[Branch]("branches/branch")
	sheetLayout  = plan.Layout[TreeSheet]("branches/sheet-tree")
)

func init() { plan.Declare(plan.Room{Folder: "branches", Plan: planBranches}) }

func planBranches(b *plan.Builder) bool {
	all := ledger.All[branches.Branch](b.Book)
	if len(all) == 0 {
		return false
	}
	children := branches.ByParent(b.Book)
	treeLayout.Page(b, "branches/", b.SectionTitle("branches"), b.SectionPos("branches/"), func(p *plan.Page) Tree { return tree(p, children) })
	planFind(b, children)
	for _, br := range all {
		if pg := b.PageOf(br); pg != nil {
			branchLayout.Page(b, pg.Path, br.Name, pg, func(p *plan.Page) Branch { return branch(p, br, children) })
			planCards(b, br, pg.Path, children)
		}
	}
	return true
}

func tree(p *plan.Page, children map[string][]*branches.Branch) Tree {
	v := Tree{Page: p.SectionHead("branches"), Intro: p.Intro("branches")}
	levels := map[branches.Level]int{}
	classes := map[branches.Class]*view.LinkGroup{}
	for _, c := range branches.Class("").Options() {
		classes[branches.Class(c)] = &view.LinkGroup{Title: c}
	}
	for _, br := range ledger.All[branches.Branch](p.Book) {
		levels[br.Level]++
		switch {
		case br.Level == branches.LevelCommittee:
			v.Committees = append(v.Committees, node(p, br, children, 4))
		case br.Level == branches.LevelUnit && classes[br.Class] != nil:
			g := classes[br.Class]
			g.Links = append(g.Links, p.LinkTo(br))
		}
	}
	for _, l := range branches.Level("").Options() {
		if n := levels[branches.Level(l)]; n > 0 {
			v.Figures = append(v.Figures, view.Figure{Value: fmt.Sprint(n), Unit: "个", Text: l})
		}
	}
	for _, c := range branches.Class("").Options() {
		if g := classes[branches.Class(c)]; len(g.Links) > 0 {
			v.Classes = append(v.Classes, *g)
		}
	}
	v.Letters, v.Find = letters(p), p.Existing(findAddress)
	v.Units = seats(p, "")
	v.Data = p.DataLinks("branches")
	return v
}

// node is an organisation with those below it, at most depth levels.
func node(p *plan.Page, br *branches.Branch, children map[string][]*branches.Branch, depth int) Node {
	n := Node{Link: p.LinkTo(br), Level: string(br.Level), Area: br.Area, Phone: br.Phone}
	if len(br.Roles) > 0 {
		n.Leader = br.Roles[0].Post + "：" + br.Roles[0].Holder
	}
	if depth > 1 {
		for _, c := range children[br.ID] {
			n.Children = append(n.Children, node(p, c, children, depth-1))
		}
	}
	return n
}

// seats is the table of member units, of one committee or of all.
func seats(p *plan.Page, committee string) view.Grid {
	const ofCommittee = 2 // the column
	g := view.Grid{Caption: "委员单位与兼职委员", Heads: []string{"单位", "性质", "社区党委", "兼职委员", "电话"}}
	for _, s := range ledger.All[branches.Seat](p.Book) {
		u := s.Unit.In(p.Book)
		if u == nil || committee != "" && s.Committee.ID != committee {
			continue
		}
		cells := []string{u.Name, string(u.Kind), plan.RefTitle(p.Builder, s.Committee), s.Holder, u.Phone}
		if committee != "" { // on its own page
			cells = slices.Delete(cells, ofCommittee, ofCommittee+1)
		}
		g.Rows = append(g.Rows, view.Row{Cells: cells})
	}
	if committee != "" {
		g.Heads = slices.Delete(g.Heads, ofCommittee, ofCommittee+1)
	}
	return g
}

func branch(p *plan.Page, br *branches.Branch, children map[string][]*branches.Branch) Branch {
	v := Branch{Level: string(br.Level), Class: string(br.Class)}
	for at := br.Parent.In(p.Book); at != nil && len(v.Path) < 4; at = at.Parent.In(p.Book) {
		v.Path = append([]view.Link{p.LinkTo(at)}, v.Path...)
	}
	v.Page = p.Head("branches", br.Name, strings.Join([]string{br.Name, string(br.Level), br.Area}, "，"), append([]view.Link{p.Crumb("branches")}, v.Path...)...)
	v.Page.Data = p.CalendarLinks(br)
	unit := plan.RefLink(p, br.Unit)
	if to := plan.SheetAddress(p.Path); p.Has(to) {
		v.Page.Sheet = plan.Ptr(p.Link("打印组织架构图", to))
	}
	if to := cardsAddress(p.Path); p.Has(to) {
		v.Cards = plan.Ptr(p.Link("打印楼栋卡：每栋楼一张，写着找谁、驿站几点开门", to))
	}
	v.Facts = plan.Fields(
		view.Field{Name: "层级", Value: string(br.Level)},
		view.Field{Name: "类别", Value: string(br.Class)},
		view.Field{Name: "所在单位", Value: unit.Text},
		view.Field{Name: "小区", Value: br.Estate},
		view.Field{Name: "服务范围", Value: br.Area},
		view.Field{Name: "户数", Value: plan.Positive(br.Households, "户")},
		view.Field{Name: "党员", Value: plan.Positive(br.Members, "名")},
		view.Field{Name: "成立", Value: br.Founded.Chinese()},
		view.Field{Name: "地址", Value: br.Address},
		view.Field{Name: "电话", Value: br.Phone, Phone: br.Phone},
	)
	for _, r := range br.Roles {
		v.Roles = append(v.Roles, RoleRow(r))
	}
	for _, c := range children[br.ID] {
		v.Children = append(v.Children, node(p, c, children, 2))
	}
	if br.Level == branches.LevelCommittee {
		if g := seats(p, br.ID); len(g.Rows) > 0 {
			v.Seats = plan.Folded(&g)
		}
	}
	for _, s := range ledger.All[stations.Station](p.Book) {
		if s.Branch.ID == br.ID {
			v.Station = plan.Ptr(stationpages.Item(p, s))
		}
	}
	v.History = starpages.History(p.Book, br)
	if years := stars.Years(p.Book); len(v.History) > 0 && v.History[0].Year == years[0].Year { // a rating of another year is not the present one
		v.Star = &v.History[0]
	}
	for _, a := range monthpages.Activities(p, func(a *months.Activity) bool { return a.Host.ID == br.ID || a.Committee.ID == br.ID }) {
		if a.Past {
			v.Passed = append(v.Passed, a)
		} else {
			v.Hosted = append(v.Hosted, a)
		}
	}
	return v
}
