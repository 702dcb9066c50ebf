package life

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	yearly.Prove("三会一课", func(b *ledger.Book, r *Report) (value, missing string) {
		var counts []string
		for _, c := range classes {
			if of := c.of(r); len(of) > 0 {
				counts = append(counts, fmt.Sprintf("%s %d 次", c.name, total(of)))
			}
		}
		bag := &diag.Bag{}
		r.check(b, bag)
		for _, d := range bag.List() {
			if d.Code == ruleCadence.Code {
				missing = d.Message
			}
		}
		return strings.Join(counts, "，"), missing
	})
	yearly.Prove("月报告", func(b *ledger.Book, r *Report) (value, missing string) {
		if n := dueMonths(b, r.Year) - len(r.Filed); n > 0 {
			missing = fmt.Sprintf("%d 个月没有报", n)
		}
		return fmt.Sprintf("报了 %d 个月", len(r.Filed)), missing
	})
	yearly.Prove("主题党日", func(b *ledger.Book, r *Report) (value, missing string) {
		if n := dueMonths(b, r.Year) - len(r.ThemeDay); n > 0 {
			missing = fmt.Sprintf("%d 个月没有", n)
		}
		return fmt.Sprintf("%d 次", len(r.ThemeDay)), missing
	})
	branches.ProveRows("联合主题党日", "次", branches.Least{N: jointDays}, func(b *ledger.Book, j *JointDay, br *branches.Branch, year int) bool {
		return j.Off == "" && j.Date.Year == year && !j.Date.After(b.AsOf) && j.has(br)
	})
}

// jointDays is how often a year a branch holds its theme day with others, at least.
const jointDays = 2

func (j *JointDay) has(br *branches.Branch) bool {
	return slices.ContainsFunc(j.Branches, func(ref ledger.Ref[branches.Branch]) bool { return ref.ID == br.ID })
}
