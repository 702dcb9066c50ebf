package stations

import (
	"fmt"
	"strconv"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

func init() {
	ledger.DeclareQuote("hours", func(b *ledger.Book) map[string]string {
		all := map[string]string{}
		for _, s := range ledger.All[Station](b) {
			if text := s.HoursText(); s.ID != "" && text != "" {
				all[s.ID] = text
			}
		}
		return all
	})
	ledger.Figure("开放的驿站", "状态是“开放”的驿站，各级党群服务中心也算", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(CountOpen(b)), Unit: "个", Folder: "stations"}
	})
	ledger.Figure("阵地体系", "开放的县、镇、社区、小区各级阵地", func(b *ledger.Book) ledger.Number {
		of := map[Level]int{}
		for _, s := range ledger.All[Station](b) {
			if s.Status == Open {
				of[s.Level]++
			}
		}
		if len(of) == 0 {
			return ledger.Number{}
		}
		return ledger.Number{Value: fmt.Sprintf("%d+%d+%d+%d", of[County], of[Town], of[Community], of[Estate]), Folder: "stations"}
	})
	ledger.Figure("小区驿站覆盖率", "有驿站开放的小区 ÷ 有党支部的小区", func(b *ledger.Book) ledger.Number {
		has, all := map[string]bool{}, branches.OfLevel(b, branches.LevelEstate)
		for _, s := range ledger.All[Station](b) {
			has[s.Branch.ID] = has[s.Branch.ID] || s.Status == Open && s.Level == Estate
		}
		return ledger.Share(len(rules.Filter(all, func(br *branches.Branch) bool { return has[br.ID] })), len(all), "stations")
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
