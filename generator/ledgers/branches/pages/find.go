package pages

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/plan"
	"biandan/generator/search"
	"biandan/generator/view"
)

const (
	findAddress = "find/"
	findTitle   = "我的支部、最近的驿站"
)

var findLayout = plan.Layout[Find]("branches/find")

// planFind plans the page on which residents find their branch and the station next to
// them, by the name of their estate.
func planFind(b *plan.Builder, children map[string][]*branches.Branch) {
	if len(branches.OfLevel(b.Book, branches.LevelEstate)) == 0 {
		return
	}
	findLayout.Page(b, findAddress, findTitle, b.SectionPos("branches/"), func(p *plan.Page) Find { return find(p, children) })
}

func find(p *plan.Page, children map[string][]*branches.Branch) Find {
	v := Find{Page: p.Head("branches", findTitle, "按小区名查：归哪个党支部管，楼栋找谁，最近的驿站在哪里、几点开门、打什么电话"), Tree: p.Existing("branches/")}
	for _, l := range estatesByLetter(p.Book) {
		letter := FindLetter{Letter: l.letter}
		for _, br := range l.branches {
			e := estate(p, br, children)
			v.Placed = v.Placed || e.Station != nil && e.Station.Position != ""
			letter.Estates = append(letter.Estates, e)
		}
		v.Count += len(letter.Estates)
		v.Letters = append(v.Letters, letter)
	}
	return v
}

// estate is what the people of an estate look for.
func estate(p *plan.Page, br *branches.Branch, children map[string][]*branches.Branch) FindEstate {
	e := FindEstate{ID: br.ID, Name: estateName(br), Area: br.Area, Branch: p.LinkTo(br), Phone: br.Phone, Committee: plan.RefLink(p, br.Parent)}
	for _, g := range children[br.ID] {
		area := numbersText(g.Buildings, "号楼")
		if area == "" {
			area = g.Area
		}
		group := FindGroup{Area: area, Group: p.LinkTo(g)}
		group.Group.Text = strings.TrimPrefix(group.Group.Text, e.Name)
		e.Groups = append(e.Groups, group)
	}
	own, other := stationFor(p.Book, br)
	if own == nil {
		own = other
		if other != nil {
			e.Instead = "小区的驿站还没有开放，先到社区"
		}
	}
	if own != nil {
		e.Station = plan.Ptr(stationpages.Item(p, own))
	}
	return e
}

// stationFor returns the open station of a branch, or nil, and that of its committee.
func stationFor(b *ledger.Book, br *branches.Branch) (own, other *stations.Station) {
	for _, s := range ledger.All[stations.Station](b) {
		switch {
		case s.Status != stations.Open:
		case s.Branch.ID == br.ID:
			own = s
		case s.Branch.ID == br.Parent.ID && s.Branch.ID != "":
			other = s
		}
	}
	return own, other
}

// estateName is the estate of a branch, as people call it: as the branch does, unless the
// register knows it under another name.
func estateName(br *branches.Branch) string {
	name := strings.TrimSuffix(br.Name, "党支部")
	if br.Estate != "" && !strings.HasPrefix(br.Estate, name) {
		return br.Estate
	}
	return name
}

// letterGroup is the branches of the estates whose names begin with a letter in pinyin.
type letterGroup struct {
	letter   string
	branches []*branches.Branch
}

// estatesByLetter returns the branches of estates in the order of the estates' pinyin.
func estatesByLetter(b *ledger.Book) (groups []letterGroup) {
	all := slices.Clone(branches.OfLevel(b, branches.LevelEstate))
	slices.SortStableFunc(all, func(x, y *branches.Branch) int {
		return strings.Compare(search.Spelling(estateName(x)), search.Spelling(estateName(y)))
	})
	for _, br := range all {
		letter := search.Initial(estateName(br))
		if n := len(groups); n == 0 || groups[n-1].letter != letter {
			groups = append(groups, letterGroup{letter: letter})
		}
		last := &groups[len(groups)-1]
		last.branches = append(last.branches, br)
	}
	return groups
}

// letters are the estates' names with the links to their branches.
func letters(p *plan.Page) (list []view.LinkGroup) {
	for _, l := range estatesByLetter(p.Book) {
		g := view.LinkGroup{Title: l.letter}
		for _, br := range l.branches {
			link := p.LinkTo(br)
			link.Text = estateName(br)
			g.Links = append(g.Links, link)
		}
		list = append(list, g)
	}
	return list
}

// numbersText writes numbers with what follows one another joined: 1—4、7号楼; "" for
// none.
func numbersText(numbers []int, unit string) string {
	sorted := slices.Sorted(slices.Values(numbers))
	var parts []string
	for i := 0; i < len(sorted); {
		j := i
		for j+1 < len(sorted) && sorted[j+1] <= sorted[j]+1 {
			j++
		}
		if sorted[j] > sorted[i] {
			parts = append(parts, fmt.Sprintf("%d—%d", sorted[i], sorted[j]))
		} else {
			parts = append(parts, fmt.Sprint(sorted[i]))
		}
		i = j + 1
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, "、") + unit
}
