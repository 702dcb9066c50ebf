package teams

import (
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.ProveRows("服务队", "支", branches.Least{N: 1}, func(_ *ledger.Book, t *Team, br *branches.Branch, _ int) bool {
		return t.Org.ID == br.ID && t.Paused == ""
	})
	yearly.Prove("特色服务", func(b *ledger.Book, p *Project) (value, missing string) {
		if p.Result == "" && p.Year < b.AsOf.Year {
			return p.Name, "做成了什么（result）"
		}
		return p.Name, ""
	})
}
