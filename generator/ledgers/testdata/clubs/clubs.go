// Package clubs is a ledger of the tests: what a new one with a design of its own
// takes. This folder and one line in a list are all of it.
package clubs

import (
	"strconv"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// Club is a club that meets in a station (居民社团).
type Club struct {
	ledger.Record
	Name   string                      `toml:"name,required" zh:"名称"`
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"党组织"`
	People int                         `toml:"people" zh:"人数" check:"min=0"`
}

var ruleEmpty = diag.Define(diag.Rule{Code: "E9901", Name: "社团没有人", Severity: diag.Warning,
	Why: "没有人的社团，居民找不到", Mend: "写上人数，或者删掉这一条"})

func init() {
	ledger.Declare(ledger.Ledger{Folder: "clubs", Title: "居民社团", Check: check},
		ledger.Rows[Club]("club", "社团").WithPage().Open().Posts("社团招新", 65, "小区"),
	)
	ledger.Figure("社团成员", "各社团的人数相加", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(members.Of(b)), Unit: "名", Folder: "clubs"}
	})
}

// members is how many people are in clubs, also in those that are not public.
var members = ledger.Derive(func(b *ledger.Book) (n int) {
	for _, c := range ledger.All[Club](b) {
		n += c.People
	}
	return n
})

func check(b *ledger.Book, bag *diag.Bag) {
	for _, c := range ledger.All[Club](b) {
		if c.People == 0 {
			bag.Addf(ruleEmpty, c.At("name"), "社团“%s”里没有人", c.Name)
		}
	}
}
