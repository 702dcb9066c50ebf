package exchange

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("服务项目", provenOffers)
	branches.ProveRows("需求清单", "件", branches.Least{N: 1}, func(_ *ledger.Book, n *Need, br *branches.Branch, year int) bool {
		return n.Branch.ID == br.ID && n.Found.Year == year
	})
	branches.ProveRows("资源清单", "样", branches.Least{N: 1}, func(b *ledger.Book, r *Resource, br *branches.Branch, _ int) bool {
		return (r.Branch.ID == br.ID || !br.Unit.IsZero() && r.Unit == br.Unit) && !r.ValidTo.Before(b.AsOf)
	})
	branches.Prove("派单", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		return provenOrders(b, br, year, "办结", func(o *Order) bool { return o.Result == "办结" })
	})
	branches.Prove("评单", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		return provenOrders(b, br, year, "有评价", func(o *Order) bool { return o.Rating > 0 })
	})
}

// provenOffers counts what a unit offers now, and says when that was last looked at.
func provenOffers(b *ledger.Book, br *branches.Branch, _ int) (p branches.Proof) {
	const quarter = 92 // days
	for _, o := range ledger.All[Offer](b) {
		if br.Unit.IsZero() || o.Unit != br.Unit || o.ValidTo.Before(b.AsOf) {
			continue
		}
		p.At = append(p.At, o.At())
		if old := b.AsOf.Sub(o.Updated); old > quarter {
			p.Missing = fmt.Sprintf("“%s”%d 天没有更新", o.Name, old)
		}
	}
	if p.Value = fmt.Sprintf("%d 项", len(p.At)); len(p.At) == 0 {
		p.Missing = "一项也没有报"
	}
	return p
}

// provenOrders counts the orders that a branch was given, and those of them that are good.
func provenOrders(b *ledger.Book, br *branches.Branch, year int, word string, good func(o *Order) bool) (p branches.Proof) {
	n := 0
	for _, o := range ledger.All[Order](b) {
		if o.To.ID != br.ID || o.Ordered.Year != year || o.Draft {
			continue
		}
		p.At = append(p.At, o.At())
		if good(o) {
			n++
		}
	}
	if len(p.At) > 0 { // nobody can finish what was not asked for
		p.Value = fmt.Sprintf("派来 %d 单，%s %d 单", len(p.At), word, n)
	}
	return p
}
