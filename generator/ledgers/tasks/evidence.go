package tasks

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.Prove("三张清单", func(b *ledger.Book, br *branches.Branch, year int) (p branches.Proof) {
		done := 0
		for _, t := range ledger.All[Task](b) {
			if t.Year != year || t.Draft || !(t.Branch.ID == br.ID || t.Level == ofBranches && t.Branch.IsZero()) {
				continue
			}
			p.At = append(p.At, t.At())
			done += len(doneOf(b, t))
			if when := missed(b, t); when != "" {
				p.Missing = fmt.Sprintf("“%s”%s没有落实", t.Text, when)
			}
		}
		if p.At != nil {
			p.Value = fmt.Sprintf("任务 %d 项，落实 %d 次", len(p.At), done)
		}
		return p
	})
}
