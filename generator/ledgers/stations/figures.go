package stations

import (
	"strconv"

	"biandan/generator/ledger"
)

func init() {
	ledger.Figure("开放的驿站", "状态是“开放”的驿站，各级党群服务中心也算", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(CountOpen(b)), Unit: "个", Folder: "stations"}
	})
	ledger.Figure("驿站功能", "每个驿站都有的功能", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(len(ledger.All[Function](b))), Unit: "项", Folder: "stations"}
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
