package months

import (
	"fmt"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("联合活动", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		return provenActivities(b, br, year, func(a *Activity) bool { return !a.Committee.IsZero() })
	})
	branches.Prove("主题活动", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		return provenActivities(b, br, year, func(*Activity) bool { return true })
	})
	branches.Prove("服务队进社区", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		return provenActivities(b, br, year, func(a *Activity) bool { return !a.Team.IsZero() })
	})
}

// provenActivities counts what a branch held in a year, alone or with others, of the
// activities that count.
func provenActivities(b *ledger.Book, br *branches.Branch, year int, counts func(a *Activity) bool) (p branches.Proof) {
	for _, m := range ledger.All[Month](b) {
		for i := range m.Activities {
			a := &m.Activities[i]
			takesPart := a.Host.ID == br.ID || !br.Unit.IsZero() && slices.Contains(a.Partners, br.Unit)
			if a.Off == "" && a.Day().Year == year && !a.Day().After(b.AsOf) && takesPart && counts(a) {
				p.At = append(p.At, m.At("activities", i))
			}
		}
	}
	if p.Value = fmt.Sprintf("%d 次", len(p.At)); len(p.At) == 0 {
		p.Missing = "一次也没有"
	}
	return p
}
