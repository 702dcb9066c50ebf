package services

import (
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/notices"
)

// Newest returns the changes of the list, those that are in force last first.
func Newest(b *ledger.Book) []*Revision {
	all := slices.Clone(ledger.All[Revision](b))
	slices.SortStableFunc(all, func(x, y *Revision) int { return y.InForce.Compare(x.InForce) })
	return all
}

// FieldTitle is what residents call the field that was changed: it may be written as
// its key or as its title. It is "" when no single field was.
func (c Change) FieldTitle() string {
	for _, col := range ledger.Columns(ledger.Lookup("services").Kind("service")) {
		if col.Key == c.Field {
			return col.Title
		}
	}
	return c.Field
}

// Tally is what the changes come to that entered into force in a year, up to the day
// of the book. A notice that several followed has its opinions counted once.
type Tally struct {
	Revisions, Changes int
	Received, Upheld   int // opinions on the notices
}

// TallyOf counts the changes of a year.
func TallyOf(b *ledger.Book, year int) (t Tally) {
	counted := map[*notices.Notice]bool{}
	for _, r := range ledger.All[Revision](b) {
		if r.InForce.Year != year || r.InForce.After(b.AsOf) {
			continue
		}
		t.Revisions++
		t.Changes += len(r.Changes)
		if n := r.Notice.In(b); n != nil && !counted[n] {
			counted[n] = true
			t.Received += n.Outcome.Received
			t.Upheld += n.Outcome.Upheld
		}
	}
	return t
}

// enters tells of the day from which a change is in force.
func (r *Revision) enters(_ *ledger.Book, on func(d calendar.Date, title, what string)) {
	if !r.InForce.IsZero() {
		on(r.InForce, "服务清单的调整", "施行")
	}
}
