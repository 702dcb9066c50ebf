package meetings

import (
	"fmt"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

func init() {
	branches.ProveRows("联席会议", "次", branches.Least{N: 1, Quarter: true}, func(b *ledger.Book, m *Meeting, br *branches.Branch, year int) bool {
		return m.counts() && m.Committee == br.Parent && m.Date.Year == year && !m.Date.After(b.AsOf)
	})
	branches.Prove("到会", provenAttendance)
}

// provenAttendance says how often a unit came to the meetings of its committee.
func provenAttendance(b *ledger.Book, br *branches.Branch, year int) (p branches.Proof) {
	held, came := 0, 0
	for _, m := range ledger.All[Meeting](b) {
		if m.Off != "" || m.Date.Year != year || m.Date.After(b.AsOf) || !branches.HasSeat(b, br.Unit.ID, m.Committee.ID) {
			continue
		}
		held++
		if i := slices.Index(m.Absent, br.Unit); i >= 0 {
			p.At, p.Missing = append(p.At, m.At("absent", i)), fmt.Sprintf("%s 没有到", m.Date)
			continue
		}
		came++
		p.At = append(p.At, m.At("came"))
	}
	if held == 0 {
		return branches.Proof{}
	}
	p.Value = fmt.Sprintf("%d 次，到会 %d 次", held, came)
	return p
}
