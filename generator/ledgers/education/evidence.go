package education

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("发展党员", func(b *ledger.Book, br *branches.Branch, year int) (p branches.Proof) {
		for _, batch := range ledger.All[Batch](b) {
			for i, part := range batch.Rows {
				if batch.Year != year || part.Branch.ID != br.ID {
					continue
				}
				p.At = append(p.At, batch.At("rows", i))
				p.Value += fmt.Sprintf("%s %d 人；", batch.Stage, part.N)
				if batch.Notice.IsZero() && batch.Stage != Activist {
					p.Missing = "“" + batch.Name + "”没有写公示"
				}
			}
		}
		if p.At == nil {
			p.Value = "这一年没有"
		}
		return p
	})
}
