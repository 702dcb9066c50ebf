package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stars"
	"biandan/generator/plan"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// planEvidence plans a sheet for each graded branch, for the hand of who grades it and of
// its secretary: what is to be done, and what the ledgers say of each indicator.
func planEvidence(b *plan.Builder) {
	for _, br := range branches.Graded(b.Book) {
		e := stars.EvidenceOf.Of(b.Book)[br.ID]
		if e == nil || len(e.Proofs) == 0 {
			continue
		}
		proven, missing := 0, 0
		for _, p := range e.Proofs {
			if p.Value != "" {
				proven++
			}
			if p.Missing != "" {
				missing++
			}
		}
		title := fmt.Sprintf("%s：%d 年考核佐证", br.Name, e.Year)
		lead := fmt.Sprintf("%s %d 项指标，%d 项有台账，%d 项还缺", br.Class, len(e.Proofs), proven, missing)
		b.PlanSheet(walls.InsideList(plan.SheetAddress("evidence/"+br.ID), title, br.At(), lead, func(q *plan.Page) []view.ListGroup {
			return evidenceGroups(q, br, e)
		}))
	}
}

func evidenceGroups(p *plan.Page, br *branches.Branch, e *stars.Evidence) (groups []view.ListGroup) {
	if len(e.Due) > 0 {
		groups = append(groups, view.ListGroup{Title: plan.Count(len(e.Due), "件") + "要办的"})
		for _, d := range e.Due {
			g := &groups[0]
			g.Items = append(g.Items, view.ListItem{Mark: "□", Text: d.Message, Note: d.Hint + " · " + d.Pos.String()})
		}
	}
	if next := p.Book.Ahead(30, br, br.Unit.Entry(p.Book), br.Parent.Entry(p.Book)); len(next) > 0 {
		g := view.ListGroup{Title: "30 天里的日子"}
		for _, ev := range next {
			g.Items = append(g.Items, view.ListItem{Mark: "□", Text: ev.Day.Chinese() + "（" + ev.Day.ChineseWeekday() + "）" + ev.Title, Note: strings.TrimSpace(ev.Hours + " " + ev.Place)})
		}
		groups = append(groups, g)
	}
	return append(groups, indicatorGroups(e)...)
}

// indicatorGroups are the indicators of a branch by their dimensions, each with its proof.
func indicatorGroups(e *stars.Evidence) (groups []view.ListGroup) {
	indicators := make([]*stars.Indicator, 0, len(e.Proofs))
	for i := range e.Proofs {
		indicators = append(indicators, i)
	}
	slices.SortFunc(indicators, func(x, y *stars.Indicator) int { return cmp.Compare(x.No, y.No) })
	for _, i := range indicators {
		if n := len(groups); n == 0 || groups[n-1].Title != i.Dimension {
			groups = append(groups, view.ListGroup{Title: i.Dimension})
		}
		g := &groups[len(groups)-1]
		g.Items = append(g.Items, view.ListItem{Mark: fmt.Sprint(i.No), Text: fmt.Sprintf("%s（%s 分）", i.Name, ledger.Decimal(i.Full)), Note: proofNote(i, e.Proofs[i])})
	}
	return groups
}

func proofNote(i *stars.Indicator, p branches.Proof) string {
	if p.Value == "" && p.Missing == "" {
		return "台账里没有 · " + cmp.Or(i.Method, string(branches.OnSite))
	}
	note := string(i.Evidence) + "：" + strings.TrimSuffix(p.Value, "；")
	if where := places(p.At); where != "" {
		note += " · " + where
	}
	if p.Missing != "" {
		note += " · 缺：" + p.Missing
	}
	return note
}

// places names the first of the places, and how many there are.
func places(at []diag.Pos) string {
	switch len(at) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%s 第 %d 行", at[0].File, at[0].Line)
	}
	return fmt.Sprintf("%s 第 %d 行等 %d 处", at[0].File, at[0].Line, len(at))
}
