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

// Posts says that the records give a sheet of that name to the boards of the
// stations at some levels; with no level, only to those that ask for it. Its
// place on the wall is between those of other ledgers, in the order in which
// people look for things. The sheet is a table of the records, unless package
// walls is told of a design for the name.
func (k Kind) Posts(name string, place int, on ...string) Kind {
	k.postings = append(slices.Clip(k.postings), Posting{Name: name, Place: place, On: on})
	return k
}

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
