package stations

import (
	"strconv"

	"biandan/generator/ledger"
)

func init() {
	ledger.Figure("开放的驿站", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(CountOpen(b)), Unit: "个", Folder: "stations"}
	})
}

// CountOpen returns how many stations of a book are open.
func CountOpen(b *ledger.Book) int {
	n := 0
	for _, s := range ledger.All[Station](b) {
		if s.Status == Open {
			n++
		}
	}
	return n
}
