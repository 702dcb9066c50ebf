package stations

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	ofStation("六有三统一", func(_ *ledger.Book, s *Station) (value, missing string) {
		ok := 0
		for _, i := range s.Items {
			if i.OK {
				ok++
			} else {
				missing = fmt.Sprintf("“%s”没有达到，期限 %s", i.Item, i.Due)
			}
		}
		return fmt.Sprintf("%d 项达到 %d 项", len(s.Items), ok), missing
	})
	ofStation("开放时间", func(_ *ledger.Book, s *Station) (value, missing string) {
		if s.Status != Open {
			return string(s.Status), "还没有开放"
		}
		return s.HoursText(), ""
	})
}

// ofStation declares the proof that the station of a branch gives.
func ofStation(name branches.ProofName, say func(b *ledger.Book, s *Station) (value, missing string)) {
	branches.Prove(name, func(b *ledger.Book, br *branches.Branch, _ int) branches.Proof {
		for _, s := range ledger.All[Station](b) {
			if s.Branch.ID == br.ID {
				p := branches.Proof{At: []diag.Pos{s.At()}}
				p.Value, p.Missing = say(b, s)
				return p
			}
		}
		return branches.Proof{Value: "没有", Missing: "这个党支部的驿站"}
	})
}
