// Package pages shows how the branches keep their meetings (组织生活): in a sentence, and
// below it in the tables of the ledger. What is told are sums; single branches stay inside.
package pages

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/life"
	"biandan/generator/plan"
)

const folder = "life"

var layout = plan.Layout[Life]("life/life")

func init() { plan.Declare(plan.Room{Folder: folder, Plan: planLife, Inside: planInside}) }

func planLife(b *plan.Builder) bool {
	if life.KeptOf.Of(b.Book).Months == 0 {
		return false // nothing to say in a sentence: the default table
	}
	layout.Page(b, folder+"/", b.SectionTitle(folder), b.SectionPos(folder+"/"), page)
	return true
}

func page(p *plan.Page) Life {
	k := life.KeptOf.Of(p.Book)
	v := Life{Table: p.Table(ledger.Lookup(folder), nil), Span: "1 月", Branches: k.Branches, Due: k.Due, Held: k.Held, Expected: k.Expected, Came: k.Came,
		OnTime: ledger.Share(k.OnTime, k.Reports, folder).String()}
	if k.Months > 1 {
		v.Span = fmt.Sprintf("1 月到 %d 月", k.Months)
	}
	return v
}
