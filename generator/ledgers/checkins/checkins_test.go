package checkins

import (
	"testing"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// TestFewWhoDidNotCheckInAreNotTold: of a unit of which one member did not check in the
// number is published together with another's.
func TestFewWhoDidNotCheckInAreNotTold(t *testing.T) {
	f := &ledger.File{}
	for _, u := range []struct {
		id                string
		members, reported int
	}{{"a", 48, 47}, {"b", 20, 20}, {"c", 30, 12}, {"d", 9, 9}} {
		br := &branches.Branch{Members: u.members}
		br.ID, br.Unit.ID = "b"+u.id, u.id
		c := &Checkin{Year: 2026, To: []Share{{N: u.reported}}}
		c.ID, c.Unit.ID = "c"+u.id, u.id
		f.Entries = append(f.Entries, br, c)
	}
	b := ledger.NewBook(calendar.Date{Year: 2026, Month: 11, Day: 23}, ledger.Settings{MinCell: 3}, []*ledger.File{f}, &diag.Bag{})
	if few := together.Of(b); len(few) != 2 || !few["a"] || !few["d"] {
		t.Error(few)
	}
}
