package supervision

import (
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	yearly.Prove("书记述职", func(_ *ledger.Book, a *Account) (value, missing string) {
		return a.Date.String() + " " + string(a.Mode), ""
	})
	branches.ProveRows("督导", "次", branches.Least{N: 1}, func(b *ledger.Book, i *Inspection, br *branches.Branch, year int) bool {
		return i.Off == "" && i.Date.Year == year && !i.Date.After(b.AsOf) &&
			slices.ContainsFunc(i.Branches, func(ref ledger.Ref[branches.Branch]) bool { return ref.ID == br.ID })
	})
}
