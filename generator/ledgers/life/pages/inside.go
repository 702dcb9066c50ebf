package pages

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/life"
	"biandan/generator/plan"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// planInside plans the sheet of the months of all branches, for those who look after them.
func planInside(b *plan.Builder) {
	reports := ledger.All[life.Report](b.Book)
	if len(reports) == 0 {
		return
	}
	kind := ledger.KindOf(reports[0])
	address, title := walls.InsideAddress(kind), fmt.Sprintf("%d 年组织生活，按党支部", b.Book.AsOf.Year)
	legend := life.AllKept + " 全做到　" + life.PartKept + " 做到一部分　" + life.NoneKept + " 没有做到（三会一课、主题党日、按时报送）"
	b.PlanSheet(walls.InsideTable(address, title, reports[0].At(), legend, func(q *plan.Page) view.Grid {
		g := view.Grid{Heads: []string{"党支部"}}
		for m := range 12 {
			g.Heads = append(g.Heads, fmt.Sprintf("%d 月", m+1))
		}
		for _, r := range reports {
			if r.Year != q.Book.AsOf.Year {
				continue
			}
			row := view.Row{Cells: append([]string{plan.RefTitle(q.Builder, r.Branch)}, r.Marks(q.Book)...)}
			for len(row.Cells) < len(g.Heads) {
				row.Cells = append(row.Cells, "")
			}
			g.Rows = append(g.Rows, row)
		}
		return g
	}))
}
