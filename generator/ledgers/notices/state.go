package notices

import (
	"cmp"
	"slices"
	"strconv"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
)

// State is what a notice is on a day.
type State string

// The states.
const (
	Current State = "current" // a 公示 in its period
	Coming  State = "coming"  // a 公示 whose period has not begun
	Ended   State = "ended"   // the last day is over
	Plain   State = "plain"   // no period
)

// Days returns the first and last day of a notice's period; no last day when it
// has none, or when it cannot be counted, which the rules have reported.
func (n *Notice) Days(b *ledger.Book) (first, last calendar.Date) {
	last, err := n.LastDay(b)
	if err != nil {
		last = calendar.Date{}
	}
	return n.Start, last
}

// State returns what the notice is on the day of the book.
func (n *Notice) State(b *ledger.Book) State {
	_, last := n.Days(b)
	return n.stateOn(b.AsOf, last)
}

// stateOn is the state on a day of a notice with that last day.
func (n *Notice) stateOn(d, last calendar.Date) State {
	switch {
	case !last.IsZero() && last.Before(d):
		return Ended
	case n.Kind != Gongshi:
		return Plain
	case n.Start.After(d):
		return Coming
	}
	return Current
}

// Open returns the 公示 of a book that have not ended: few among all notices.
func Open(b *ledger.Book) []*Notice {
	var list []*Notice
	for _, n := range known.Of(b).open {
		if n = ledger.Find[Notice](b, n.ID); n != nil {
			list = append(list, n)
		}
	}
	return list
}

// In returns the notices of a list that are in a state, the nearest end first.
func In(all []*Notice, state State, b *ledger.Book) []*Notice {
	var list []*Notice
	for _, n := range all {
		if n.State(b) == state {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(x, y *Notice) int {
		_, xl := x.Days(b)
		_, yl := y.Days(b)
		return cmp.Or(xl.Compare(yl), y.Date.Compare(x.Date))
	})
	return list
}

// turns are the days on which a notice begins and ends.
func (n *Notice) turns(b *ledger.Book, on func(d calendar.Date, title, what string)) {
	if n.Kind == Gongshi {
		on(n.Start, n.Title, "开始公示")
	}
	if last, err := n.LastDay(b); err == nil && !last.IsZero() {
		on(last.AddDays(1), n.Title, "到期")
	}
}

// Tag implements [ledger.Tagged].
func (n *Notice) Tag() string { return string(n.Kind) }

// hit is from when until when a found notice runs, and where to object.
func (n *Notice) hit(b *ledger.Book) ledger.Hit {
	var h ledger.Hit
	h.From, h.To = n.Days(b)
	h.Phone = n.Accept.Phone
	return h
}

func init() {
	ledger.Figure("公示中", "今天还在公示期里的公示", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(len(In(Open(b), Current, b))), Unit: "件", Folder: "notices"}
	})
}

// IssuedBy implements [ledger.Issued].
func (n *Notice) IssuedBy() string { return n.Issuer }

// Subjects implements [ledger.Concerning].
func (n *Notice) Subjects(b *ledger.Book) []ledger.Entry { return n.Branch.Entries(b) }
