package months

import (
	"cmp"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// JointActivity is an activity that counts as 联办 of a committee: a unit with a seat
// in it hosts the activity or holds it together with others, and it was not called off.
type JointActivity struct {
	*Activity
	Month *Month
}

// JointQuarter is a quarter of a committee.
type JointQuarter struct {
	calendar.Quarter
	Activities []JointActivity // by their days
	Missing    bool            // it is over without any, and each of its months has a theme (E1304)
}

// JointYear returns the quarters of a year of a committee.
func JointYear(b *ledger.Book, committee string, year int) []JointQuarter {
	_, themes, _ := jointActivities(b, InOrder(b))
	all := jointOf(b, committee)
	quarters := make([]JointQuarter, 4)
	for i := range quarters {
		q := calendar.Quarter{Year: year, Q: i + 1}
		quarters[i].Quarter = q
		for _, a := range all {
			if calendar.QuarterOf(a.Day()) == q {
				quarters[i].Activities = append(quarters[i].Activities, a)
			}
		}
		quarters[i].Missing = len(quarters[i].Activities) == 0 && themes[q.Number()] == 3 && q.Last().Before(b.AsOf)
	}
	return quarters
}

// jointOf are the joint activities of a committee, by their days.
func jointOf(b *ledger.Book, committee string) (all []JointActivity) {
	for _, m := range ledger.All[Month](b) {
		for i := range m.Activities {
			if a := &m.Activities[i]; a.Committee.ID == committee && a.isCounted(b) {
				all = append(all, JointActivity{a, m})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y JointActivity) int {
		return cmp.Or(x.Day().Compare(y.Day()), cmp.Compare(x.Time, y.Time))
	})
	return all
}

// isCounted reports whether an activity counts as 联办 of its committee.
func (a *Activity) isCounted(b *ledger.Book) bool {
	return a.Off == "" && isJoint(b, a, a.Committee.ID)
}

// turnOf is the unit whose turn an activity is in the rotation of its committee, the
// one that hosts it; "" when none of its units does, or it was called off.
func (a *Activity) turnOf(b *ledger.Book) (unit string) {
	host := a.Host.In(b)
	if a.Off != "" || host == nil || !seated.Of(b)[[2]string{host.Unit.ID, a.Committee.ID}] {
		return ""
	}
	return host.Unit.ID
}

// rotationWindow is in how many quarters a unit hosts once at most, while fewer than
// half of the units of the committee had a turn (E1310).
const rotationWindow = 4

// Rotation is whose turn it is to host the joint activities of a committee.
type Rotation struct {
	Units int    // with a seat in the committee
	Next  []Turn // of them those that have not hosted in the window and are not to: first who did longest ago or never, then by id
}

// Turn is a unit that waits for its turn.
type Turn struct {
	Unit *branches.Unit
	Last calendar.Date // on which it hosted; none: never
}

// RotationOf returns the rotation of a committee as it stands in the quarter of the
// book's day. A unit that the book does not hold has no turn.
func RotationOf(b *ledger.Book, committee string) Rotation {
	last := map[string]calendar.Date{}
	for _, a := range jointOf(b, committee) {
		if unit := a.turnOf(b); unit != "" {
			last[unit] = a.Day()
		}
	}
	var r Rotation
	known := map[string]bool{}
	since := calendar.QuarterOf(b.AsOf).Add(1 - rotationWindow).First()
	for _, s := range ledger.All[branches.Seat](b) {
		u := s.Unit.In(b)
		if s.Committee.ID != committee || u == nil || known[u.ID] {
			continue
		}
		known[u.ID] = true
		r.Units++
		if last[u.ID].Before(since) {
			r.Next = append(r.Next, Turn{u, last[u.ID]})
		}
	}
	slices.SortFunc(r.Next, func(x, y Turn) int { return cmp.Or(x.Last.Compare(y.Last), cmp.Compare(x.Unit.ID, y.Unit.ID)) })
	return r
}
