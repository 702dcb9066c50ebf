package claims

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	count := func(name branches.ProofName, say func(c *Claim) string) {
		branches.Prove(name, func(b *ledger.Book, br *branches.Branch, year int) (p branches.Proof) {
			for _, c := range ledger.All[Claim](b) {
				if c.Branch.ID == br.ID && c.Quarter.Year == year {
					p.At = append(p.At, c.At())
					p.Value += fmt.Sprintf("%s%s；", c.Quarter.Chinese(), say(c))
				}
			}
			if br.Level == branches.LevelEstate && p.At == nil {
				p.Missing = fmt.Sprintf("%d 年的认领", year)
			}
			return p
		})
	}
	count("公益活动", func(c *Claim) string { return fmt.Sprintf(" %d 人参加", c.Active) })
	count("办实事", func(c *Claim) string { return fmt.Sprintf(" %d 件", c.Deeds) })
}
