package branches

import (
	"strconv"

	"biandan/generator/ledger"
)

func init() {
	ledger.Figure("委员单位", "在社区党委有席位的单位", func(b *ledger.Book) ledger.Number {
		members := map[string]bool{}
		for _, s := range ledger.All[Seat](b) {
			members[s.Unit.ID] = true
		}
		for _, u := range ledger.All[Unit](b) {
			if u.Kind.hasSeat() {
				members[u.ID] = true
			}
		}
		return ledger.Number{Value: strconv.Itoa(len(members)), Unit: "个", Folder: "branches"}
	})
	ledger.Figure("社区党委", "组织体系里层级是社区党委的", func(b *ledger.Book) ledger.Number {
		return ledger.Counted(len(Committees(b)), "个", "branches")
	})
	ledger.Figure("小区党支部", "组织体系里层级是小区党支部的", func(b *ledger.Book) ledger.Number {
		return ledger.Counted(len(OfLevel(b, LevelEstate)), "个", "branches")
	})
}
