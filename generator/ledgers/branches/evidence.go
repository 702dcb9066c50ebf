package branches

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/ledger"
)

func init() {
	ProveRows("兼职委员", "个席位", Least{N: 1}, func(_ *ledger.Book, s *Seat, br *Branch, _ int) bool {
		return !br.Unit.IsZero() && s.Unit == br.Unit
	})
	ProveRows("党小组", "个", Least{N: 1}, func(_ *ledger.Book, g *Branch, br *Branch, _ int) bool {
		return g.Level == LevelGroup && g.Parent.ID == br.ID
	})
	Prove("党员中心户", provenHouseholds)
	Prove("按期换届", provenTerm)
	Prove("活动场所", func(b *ledger.Book, br *Branch, _ int) Proof {
		if u := br.Unit.In(b); br.Address == "" && u != nil && u.Address != "" {
			return Proof{Value: u.Address, At: []diag.Pos{u.At("address")}}
		}
		if br.Address == "" {
			return Proof{Value: "没有写", Missing: "党组织或者单位的地址（address）"}
		}
		return Proof{Value: br.Address, At: []diag.Pos{br.At("address")}}
	})
}

// provenHouseholds counts the groups that have a member's house.
func provenHouseholds(b *ledger.Book, br *Branch, _ int) (p Proof) {
	below := ByParent(b)
	with := 0
	for _, g := range below[br.ID] {
		if houses := below[g.ID]; len(houses) > 0 {
			with++
			p.At = append(p.At, houses[0].At())
		} else if p.Missing == "" {
			p.Missing = "“" + g.Name + "”下面没有"
		}
	}
	p.Value = fmt.Sprintf("%d 个党小组有", with)
	return p
}

// provenTerm says until when the term runs, and half a year before that it is time.
func provenTerm(b *ledger.Book, br *Branch, _ int) Proof {
	end := br.TermEnd()
	if end.IsZero() {
		return Proof{Value: "没有写", Missing: "本届选举日期（elected）"}
	}
	p := Proof{Value: "本届到 " + end.String(), At: []diag.Pos{br.At("elected")}}
	switch left := end.Sub(b.AsOf); {
	case left < 0:
		p.Missing = fmt.Sprintf("过了 %d 天", -left)
	case left <= soon:
		p.Missing = fmt.Sprintf("还有 %d 天，该准备了", left)
	}
	return p
}
