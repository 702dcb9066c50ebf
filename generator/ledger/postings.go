package ledger

import (
	"cmp"
	"slices"
)

// Posting is what a kind of records gives to the boards (公告栏) of stations: a
// sheet, or several, of one name.
type Posting struct {
	Name  string   // 服务清单; what a station's board key says
	Place int      // on the wall, from the left
	On    []string // the levels of the stations of which every wall needs it
	Kind  *Kind
}

// EveryLevel stands for all levels of stations.
const EveryLevel = "*"

// Postings returns all that ledgers give to boards, in the order of the wall.
func Postings() []Posting {
	var all []Posting
	for _, l := range Ledgers() {
		for i := range l.Kinds {
			for _, p := range l.Kinds[i].postings {
				p.Kind = &l.Kinds[i]
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y Posting) int { return cmp.Compare(x.Place, y.Place) })
	return all
}

// IsOn reports whether every wall of a station of that level needs the posting.
func (p Posting) IsOn(level string) bool {
	return slices.Contains(p.On, level) || slices.Contains(p.On, EveryLevel)
}
