package services

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("AB岗", func(b *ledger.Book, _ *branches.Branch, _ int) (p branches.Proof) {
		both := 0
		for _, s := range ledger.All[Service](b) {
			if s.A != s.B {
				both++
			}
		}
		p.Value = fmt.Sprintf("全县 %d 项服务，%d 项有 A 岗和 B 岗", len(ledger.All[Service](b)), both)
		return p
	})
}
