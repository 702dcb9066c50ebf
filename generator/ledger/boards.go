package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

// Posting is what a kind of records gives to the boards (公告栏) of stations: a
// sheet, or several, of one name.
type Posting struct {
	Name  string // 服务清单; what a station's board key says
	Place int    // on the wall, from the left
	On    []StationLevel
	Kind  *Kind
}

// The places on a wall, in the order in which people look for things. A ledger
// that comes later takes a place between two of these.
const (
	placeTree      = 10
	placeServices  = 20
	placePosts     = 30
	placeFunctions = 40
	placeMonth     = 50
	placeClass     = 60
	placeNotices   = 90
	placeResults   = 100
	placePlate     = 110
)

// allLevels are the levels of stations of which every wall needs a sheet.
var allLevels = []StationLevel{StationCounty, StationTown, StationCommunity, StationEstate}

// Posts says that the records give a sheet of that name to the boards of the
// stations at some levels; with no level, only to those that ask for it. Unless
// package plan knows a design for the name, the sheet is a table of the records.
func (k Kind) Posts(name string, place int, on ...StationLevel) Kind {
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

// Postings returns what the board of a station needs: what it says itself, in
// its order, or what is usual at its level. It is empty for a station without a
// board: one that is not open, or says board = [].
func (s *Station) Postings() []Posting {
	all := Postings()
	if s.Status != StationOpen {
		return nil
	}
	if !s.Origin.Has("board") {
		return slices.DeleteFunc(all, func(p Posting) bool { return !slices.Contains(p.On, s.Level) })
	}
	var own []Posting
	for i, name := range s.Board {
		at := slices.IndexFunc(all, func(p Posting) bool { return p.Name == name })
		if at >= 0 && !slices.Contains(s.Board[:i], name) {
			own = append(own, all[at])
		}
	}
	return own
}

var ruleBoard = diag.Define(diag.Rule{Code: "E1206", Name: "公告栏里没有这种张贴", Severity: diag.Error,
	Why:     "board 写的是墙上要贴哪几样，名字写错了，那一样就上不了墙",
	Mend:    "改成已有的名字；删掉 board 这一行，就按驿站的层级贴",
	Example: "board = [\"服务清单\", \"本月主题\", \"公示公告\"]"})

func checkBoard(s *Station, bag *diag.Bag) {
	var names []string
	for _, p := range Postings() {
		names = append(names, p.Name)
	}
	for i, name := range s.Board {
		if !slices.Contains(names, name) {
			bag.Add(ruleBoard, s.At("board", i), fmt.Sprintf("没有叫“%s”的张贴", name), diag.DidYouMean(name, names, "可以写："+strings.Join(names, "、")))
		}
	}
}

// maxClosed is how many days a station may be closed in a row; without opening
// hours every day counts.
const maxClosed = 14

// LastOpen returns the last day before d on which somebody was in the station.
func (s *Station) LastOpen(d calendar.Date, h *calendar.Holidays) calendar.Date {
	for n := 1; n <= maxClosed && len(s.Hours) > 0; n++ {
		if day := d.AddDays(-n); s.OpenOn(day, h) != "" {
			return day
		}
	}
	return d.AddDays(-1)
}

// Concerns reports whether a notice belongs on the board of a station: it comes
// from no organisation in particular, or from one above, in or below that of the
// station; and a station of no organisation shows them all.
func (n *Notice) Concerns(s *Station, b *Book) bool {
	own, from := s.Branch.In(b), n.Branch.In(b)
	return own == nil || from == nil || own.isBelow(from, b) || from.isBelow(own, b)
}

// isBelow reports whether br is the organisation top or lies below it.
func (br *Branch) isBelow(top *Branch, b *Book) bool {
	for range len(parentLevel) + 1 {
		if br == top {
			return true
		}
		if br = br.Parent.In(b); br == nil {
			return false
		}
	}
	return false
}
