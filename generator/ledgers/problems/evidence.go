package problems

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("问题整改", func(b *ledger.Book, br *branches.Branch, year int) (p branches.Proof) {
		done := 0
		for _, x := range ledger.All[Problem](b) {
			if x.Branch.ID != br.ID || x.Year != year || x.Draft {
				continue
			}
			p.At = append(p.At, x.At())
			if !x.Done.IsZero() {
				done++
			} else if x.Due.Before(b.AsOf) {
				p.Missing = "期限 " + x.Due.String() + " 的没有改完"
			}
		}
		p.Value = fmt.Sprintf("查出 %d 个，改完 %d 个", len(p.At), done)
		return p
	})
	yearly.Prove("谈心谈话", func(b *ledger.Book, s *Session) (value, missing string) {
		if br := s.Branch.In(b); br != nil && s.Talks < br.Members {
			missing = fmt.Sprintf("党员 %d 人", br.Members)
		}
		return fmt.Sprintf("%d 人次", s.Talks), missing
	})
}
