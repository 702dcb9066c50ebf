package checkins

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("党员报到", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		for _, c := range ledger.All[Checkin](b) {
			if c.Unit == br.Unit && c.Year == year {
				return branches.Proof{Value: fmt.Sprintf("单位报到 %d 人", c.Reported()), At: []diag.Pos{c.At()}}
			}
		}
		return branches.Proof{Value: "没有", Missing: fmt.Sprintf("单位 %d 年的一行", year)}
	})
	branches.Prove("报到名册", func(b *ledger.Book, br *branches.Branch, year int) branches.Proof {
		for _, f := range ledger.All[Feedback](b) {
			if f.Branch.ID == br.ID && f.Year == year {
				return branches.Proof{Value: fmt.Sprintf("报到 %d 人，回函 %d 份", f.Reported, f.Returned), At: []diag.Pos{f.At()}}
			}
		}
		return branches.Proof{Value: "没有", Missing: fmt.Sprintf("小区 %d 年的一行", year)}
	})
}
