package pages

import (
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// maxA4Branches is how many organisations with all that is below them a tree on
// A4 has room for; maxDeepTree how many one shows with their areas and with what
// is next below.
const (
	maxA4Branches = 4
	maxDeepTree   = 8
)

const posting = "组织架构图"

func init() {
	walls.Post(walls.Design{Posting: posting, Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		children := branches.ByParent(b.Book)
		return func(st *stations.Station) []*plan.Sheet { return around(b, st, children) }
	}})
}

// around is the organisations around a station: a branch with its groups, a
// committee with its branches, and all committees where there is none.
func around(b *plan.Builder, st *stations.Station, children map[string][]*branches.Branch) []*plan.Sheet {
	own := st.Branch.In(b.Book)
	subject := "branches/"
	if own != nil {
		pg := b.PageOf(own)
		if pg == nil {
			return nil
		}
		subject = pg.Path
	}
	tops := []*branches.Branch{own}
	if own == nil {
		tops = slices.DeleteFunc(slices.Clone(ledger.All[branches.Branch](b.Book)), func(br *branches.Branch) bool { return br.Level != branches.LevelCommittee })
	}
	if len(tops) == 0 {
		return nil
	}
	return []*plan.Sheet{sheetLayout.Sheet(plan.SheetAddress(subject), posting, tops[0].At("name"), func(p *plan.Page) TreeSheet { return treeSheet(p, tops, subject, children) })}
}

func treeSheet(p *plan.Page, tops []*branches.Branch, subject string, children map[string][]*branches.Branch) TreeSheet {
	title, depth := posting, 3
	if len(tops) == 1 {
		title = tops[0].Name + posting
	}
	branches := 0
	for _, t := range tops {
		branches += len(children[t.ID])
	}
	if len(tops) > 1 || branches > maxDeepTree || p.OnScreen() {
		depth = 2
	}
	size := sheet.A4
	if branches > maxA4Branches {
		size = sheet.A3
	}
	v := TreeSheet{WallSheet: p.WallSheet(size, title, subject, "扫码找支部")}
	v.Call = []string{"有事先找本楼的中心户和党小组长，", "再找小区党支部。"}
	for _, t := range tops {
		v.Tops = append(v.Tops, node(p, t, children, depth))
		if depth == 2 { // an overview: what area each has is on its own sheet
			for i := range v.Tops[len(v.Tops)-1].Children {
				v.Tops[len(v.Tops)-1].Children[i].Area = ""
			}
		}
	}
	if p.OnScreen() {
		v.Call, v.QR = nil, view.QR{} // the organisations need the height
	}
	if len(tops) == 1 && !p.OnScreen() {
		for at := tops[0].Parent.In(p.Book); at != nil && len(v.Path) < 4; at = at.Parent.In(p.Book) {
			v.Path = append([]Node{node(p, at, nil, 1)}, v.Path...)
		}
	}
	v.Version = plan.Version(v.PageTitle, v.Path, v.Tops)
	if p.Full {
		fitTree(&v)
	}
	return v
}

// The measures of a tree: in units for the boxes above it, in em for its cells.
var (
	treeLeading  = sheet.Measure("tree-leading", 1.4)
	topName      = sheet.Measure("tree-top-name", 8)
	topNameLine  = sheet.LineHeight(topName, treeLeading)
	topLetter    = sheet.Measure("tree-top", 5)
	topLine      = sheet.LineHeight(topLetter, treeLeading)
	topBetween   = sheet.Measure("tree-top-between", 1.2) // between two facts, in em
	topSides     = 2 * sheet.Measure("tree-top-side", 8)
	topAround    = 2*sheet.Measure("tree-top-space", 2.2) + sheet.Measure("tree-top-gap", 4)
	nodeName     = sheet.Measure("tree-name", 1.2)
	nodeNameLine = sheet.LineHeight(nodeName, sheet.HeadLeading)
	nodeRules    = 2 * sheet.Measure("tree-rule", 0.35) // left and right, in units
	nodeSides    = 2 * sheet.Measure("tree-side", 0.7)
	nodeAround   = 2 * sheet.Measure("tree-space", 0.6)
	listAbove    = 2 * sheet.Measure("tree-list-space", 0.4) // the rule above a list is between them
	childBelow   = sheet.Measure("tree-child-space", 0.3)
	childIndent  = sheet.Measure("tree-child-indent", 1)
	factBetween  = sheet.Measure("tree-child-between", 0.8)
	nodeGap      = sheet.Measure("tree-gap", 4) // between rows, in units
)

const (
	leastNode     = 8.6  // the width of a column, in em
	pathIndent    = 50.0 // about how much less width a text has in a box above the tops
	nodeRulesHigh = 2.2  // about what the rules of a cell take, above, below and within
)

// lines are what stands below the name of an organisation: who leads it, the number of
// the organisation, where it is.
func (n Node) lines() []string {
	phone := n.Phone
	if phone != "" {
		phone = "电话 " + phone
	}
	return []string{n.Leader, phone, n.Area}
}

// topHeight is the height of the box of an organisation above others.
func topHeight(n Node, width float64) float64 {
	width -= topSides
	h := topAround + topNameLine*float64(typeset.Lines(n.Text, width/topName))
	if n.Leader+n.Phone+n.Area != "" {
		h += topLine * float64(sheet.Rows(n.lines(), width/topLetter, topBetween))
	}
	return h
}

// nodeHeight is the height of a cell, in units.
func nodeHeight(n Node, letter, width float64) float64 {
	em := (width-nodeRules)/letter - nodeSides
	h := nodeNameLine*float64(typeset.Lines(n.Text, em/nodeName)) + nodeAround
	for _, text := range n.lines() {
		if text != "" {
			h += treeLeading * float64(typeset.Lines(text, em))
		}
	}
	if len(n.Children) > 0 {
		h += listAbove
	}
	for _, c := range n.Children {
		h += childBelow + treeLeading*float64(typeset.Lines(c.Text, em))
		if c.Area+c.Leader != "" {
			h += treeLeading * float64(sheet.Rows([]string{c.Area, c.Leader}, em, factBetween))
		}
		for _, g := range c.Children {
			h += treeLeading * float64(typeset.Lines(g.Text, em-childIndent))
		}
	}
	return h*letter + nodeRulesHigh
}

// fitTree spreads the organisations below the tops over sheets.
func fitTree(v *TreeSheet) {
	w, space := sheet.FitWall(&v.WallSheet)
	for _, n := range v.Path {
		space.First -= topHeight(n, w-pathIndent)
	}
	tops := slices.Clone(v.Tops)
	set, ok := fitCells(tops, w, space)
	if !ok {
		for i := range tops {
			tops[i].Children = divided(tops[i].Children)
		}
		set, ok = fitCells(tops, w, space)
	}
	v.Columns, v.Letter = set.Columns, set.Letter
	for i, spans := range set.Sheets {
		box := TreeBox{Number: i + 1, Full: set.Full[i]}
		for _, s := range spans {
			top := tops[s.Strip]
			top.Children = top.Children[s.From:s.To]
			box.Tops = append(box.Tops, top)
		}
		v.Parts = append(v.Parts, box)
	}
	if !ok {
		sheet.Refuse(&v.Sheet, "有一格太高，放不下")
	}
	v.Boxes = len(v.Parts)
}

func fitCells(tops []Node, width float64, space typeset.Room) (set sheet.Cells, ok bool) {
	var strips []sheet.Strip
	for _, t := range tops {
		strips = append(strips, sheet.Strip{Head: topHeight(t, width), Cells: len(t.Children), Height: func(i int, letter, width float64) float64 {
			return nodeHeight(t.Children[i], letter, width)
		}})
	}
	set = sheet.Cells{Gap: nodeGap, Least: leastNode}
	ok = set.Fit(strips, width, space)
	return set, ok
}

// mostBelow is how many names one cell has below its own when cells are divided.
const mostBelow = 14

// divided parts organisations with more below them than a cell holds: the rest goes on
// in a cell of the same name.
func divided(list []Node) (cells []Node) {
	for _, n := range list {
		cell, names := n, 0
		cell.Children = nil
		for _, c := range n.Children {
			for more := true; more; more = len(c.Children) > 0 {
				if names >= mostBelow {
					cells = append(cells, cell)
					cell, names = continued(n), 0
				}
				part, take := c, max(0, min(len(c.Children), mostBelow-names-1))
				part.Children = c.Children[:take]
				cell.Children = append(cell.Children, part)
				names += 1 + take
				rest := c.Children[take:]
				if len(rest) > 0 {
					c = continued(c)
				}
				c.Children = rest
			}
		}
		cells = append(cells, cell)
	}
	return cells
}

// continued is the name of an organisation where what is below it goes on.
func continued(n Node) Node {
	const more = "（续）"
	n.Text = strings.TrimSuffix(n.Text, more) + more
	return Node{Link: n.Link, Level: n.Level}
}
