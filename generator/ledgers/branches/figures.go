package branches

import (
	"strconv"

	"biandan/generator/ledger"
)

func init() {
	ledger.Figure("委员单位", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(len(ledger.All[Unit](b))), Unit: "个", Folder: "branches"}
	})
	ledger.Figure("小区党支部", func(b *ledger.Book) ledger.Number {
		n := 0
		for _, br := range ledger.All[Branch](b) {
			if br.Level == LevelEstate {
				n++
			}
		}
		return ledger.Number{Value: strconv.Itoa(n), Unit: "个", Folder: "branches"}
	})
}
