package months

import (
	"slices"
	"testing"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// countyOf is a book of the committee d, of the units a to e with their seats in it and
// their branches, and of activities, each in a month of its own.
func countyOf(activities ...Activity) *ledger.Book {
	f := &ledger.File{}
	committee := &branches.Branch{Level: branches.LevelCommittee}
	committee.ID = "d"
	f.Entries = append(f.Entries, committee)
	for _, id := range []string{"c", "a", "e", "b", "d"} { // in no order
		u, br, s := &branches.Unit{Name: id}, &branches.Branch{}, &branches.Seat{}
		u.ID, br.ID, br.Unit.ID, s.Unit.ID, s.Committee.ID = id, "zb-"+id, id, id, "d"
		f.Entries = append(f.Entries, u, br, s)
	}
	for i, a := range activities {
		m := &Month{Month: a.Date.YearMonth(), Activities: []Activity{a}}
		m.ID = string(rune('a' + i))
		f.Entries = append(f.Entries, m)
	}
	return ledger.NewBook(calendar.Date{Year: 2026, Month: 11, Day: 23}, ledger.Settings{}, []*ledger.File{f}, &diag.Bag{})
}

// on is a joint activity of the committee, hosted by an organisation.
func on(host string, year int, month time.Month) Activity {
	a := Activity{Name: host, Date: calendar.Date{Year: year, Month: month, Day: 10}}
	a.Host.ID, a.Committee.ID = host, "d"
	return a
}

// TestRotation: who hosted within four quarters, or is to host, is not next; of the
// others those are first who never did, then who did longest ago. What was called off,
// or hosted by the committee itself, is nobody's turn.
func TestRotation(t *testing.T) {
	off, away, held := on("zb-b", 2026, 8), on("zb-b", 2026, 5), on("d", 2026, 9)
	off.Off = "下雨"
	away.Committee.ID = "" // not with the committee
	held.Partners = []ledger.Ref[branches.Unit]{{ID: "b"}}
	r := RotationOf(countyOf(on("zb-a", 2026, 9), on("zb-c", 2026, 12), on("zb-d", 2025, 12), on("zb-e", 2025, 12), off, away, held), "d")
	var next []string
	for _, u := range r.Next {
		next = append(next, u.Unit.ID)
	}
	if r.Units != 5 || !slices.Equal(next, []string{"b", "d", "e"}) {
		t.Errorf("%d units, next %v", r.Units, next)
	}
	if !r.Next[0].Last.IsZero() || r.Next[1].Last.Year != 2025 {
		t.Error(r.Next)
	}
	if r := RotationOf(countyOf(on("zb-a", 2026, 1), on("zb-b", 2025, 3), on("zb-d", 2024, 3)), "d"); r.Next[0].Unit.ID != "c" || r.Next[2].Unit.ID != "d" || r.Next[3].Unit.ID != "b" || len(r.Next) != 4 {
		t.Error(r.Next)
	}
}

// TestJointYear: a quarter that is over without a joint activity is missing one when
// each of its months has a theme.
func TestJointYear(t *testing.T) {
	off := on("zb-a", 2026, 4)
	off.Off = "下雨"
	for name, c := range map[string]struct {
		activities []Activity
		counts     []int
		missing    []bool
	}{
		"nothing is written": {nil, []int{0, 0, 0, 0}, []bool{false, false, false, false}},
		"called off":         {[]Activity{off, on("d", 2026, 5), on("zb-c", 2025, 6), on("x", 2026, 6)}, []int{0, 0, 0, 0}, []bool{false, true, false, false}},
		"held and planned":   {[]Activity{on("zb-a", 2026, 7), on("zb-b", 2026, 9), on("zb-b", 2026, 12)}, []int{0, 0, 2, 1}, []bool{false, false, false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			for i, q := range JointYear(countyOf(c.activities...), "d", 2026) {
				if len(q.Activities) != c.counts[i] || q.Missing != c.missing[i] || q.Q != i+1 {
					t.Errorf("%v: %d activities, missing %v", q.Quarter, len(q.Activities), q.Missing)
				}
			}
		})
	}
}
