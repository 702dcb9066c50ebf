package organisation

import (
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.ProveRows("组织变动", "次", branches.Least{}, func(_ *ledger.Book, c *Change, br *branches.Branch, year int) bool {
		return c.Date.Year == year && (c.Branch.ID == br.ID || c.Into.ID == br.ID)
	})
}
