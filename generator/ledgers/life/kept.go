package life

import (
	"iter"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// Kept is how the branches keep their meetings in the months of this year that they must
// have reported. All of it are sums over branches; with fewer of these than are published
// it is the zero value.
type Kept struct {
	Months   int // from January
	Branches int // that have to report
	// Due is how often a meeting was to be held at least (应开): an assembly and a lecture
	// in each quarter that is over, a committee in each month where there is one. Groups
	// are not in it, as no rule says how many there are. Held is how many of these were
	// held (已开): several in one period count once, so what is left of Due are the
	// findings of E2603 and the periods that nobody has reported.
	Due, Held int
	// Reports is how many months were to be reported, OnTime those that were by their day
	// (按时); 0 when nobody writes on which day.
	Reports, OnTime int
	// Expected is how many should have come to the meetings that were held, Came how many
	// did (应到, 实到), with groups; 0 when so few were absent that they are not told.
	Expected, Came int
}

// KeptOf is how the meetings of this year were kept.
var KeptOf = ledger.Derive(func(b *ledger.Book) (k Kept) {
	year := b.AsOf.Year
	k.Months = dueMonths(b, year)
	reports := map[string]*Report{}
	for _, r := range ledger.All[Report](b) {
		if r.Year == year && !r.Draft && reports[r.Branch.ID] == nil {
			reports[r.Branch.ID] = r
		}
	}
	for _, br := range ledger.All[branches.Branch](b) {
		r := reports[br.ID]
		switch {
		case r == nil && br.Class == "":
			continue // it need not report
		case r == nil:
			r = &Report{}
		}
		k.add(b, br, r)
	}
	if k.Months == 0 || len(reports) == 0 || k.Branches < b.MinCell {
		return Kept{}
	}
	if k.OnTime == 0 {
		k.Reports = 0
	}
	if absent := k.Expected - k.Came; absent > 0 && absent < b.MinCell || k.Came < b.MinCell {
		k.Expected, k.Came = 0, 0
	}
	return k
})

// add adds what a branch has reported.
func (k *Kept) add(b *ledger.Book, br *branches.Branch, r *Report) {
	k.Branches++
	k.Reports += k.Months
	for _, c := range classes {
		for _, held := range c.periods(r, br, k.Months) {
			k.Due++
			if held {
				k.Held++
			}
		}
	}
	for m := range k.Months {
		if m < len(r.Filed) && !late(b, r, m) {
			k.OnTime++
		}
		if m < len(r.Due) && m < len(r.Came) {
			k.Expected += r.Due[m]
			k.Came += r.Came[m]
		}
	}
}

// class are meetings of one kind that are counted, as the public reads them.
type class struct {
	name, key string
	every     int // in so many months there is one at least; 0: no rule says so
	of        func(r *Report) []int
}

// periods gives the last month of each period, counted from 0, in which the branch has to
// hold such a meeting, among the first months of the year, and whether it did.
func (c *class) periods(r *Report, br *branches.Branch, months int) iter.Seq2[int, bool] {
	return func(yield func(int, bool) bool) {
		if c.every == 0 || c.key == "committee" && !hasCommittee(br) {
			return
		}
		list := c.of(r)
		for m := c.every; m <= months; m += c.every {
			held := total(list[min(m-c.every, len(list)):min(m, len(list))]) > 0
			if !yield(m-1, held) {
				return
			}
		}
	}
}

// hasCommittee reports whether a branch is large enough for a committee, or has the posts of one.
func hasCommittee(br *branches.Branch) bool { return br.Members >= 7 || len(br.Roles) >= 3 }

// late reports whether a month, counted from 0, was reported after its day.
func late(b *ledger.Book, r *Report, m int) bool {
	return r.Filed[m].After(filedBy(b, calendar.Month{Year: r.Year, Month: time.Month(m + 1)}))
}

// The marks of a month: all that was due was done, a part of it, nothing.
const (
	AllKept  = "●"
	PartKept = "◐"
	NoneKept = "○"
)

// Marks are what a branch kept of the months of the year that it must have reported: the
// meetings whose periods end in the month, the theme day, the report by its day.
func (r *Report) Marks(b *ledger.Book) (marks []string) {
	br, months := r.Branch.In(b), dueMonths(b, r.Year)
	if br == nil {
		return nil
	}
	due, kept := make([]int, months), make([]int, months)
	count := func(m int, ok bool) {
		if due[m]++; ok {
			kept[m]++
		}
	}
	for _, c := range classes {
		for m, held := range c.periods(r, br, months) {
			count(m, held)
		}
	}
	for m := range months {
		count(m, m < len(r.ThemeDay) && !r.ThemeDay[m].IsZero())
		if len(r.Filed) > 0 {
			count(m, m < len(r.Filed) && !late(b, r, m))
		}
		switch kept[m] {
		case due[m]:
			marks = append(marks, AllKept)
		case 0:
			marks = append(marks, NoneKept)
		default:
			marks = append(marks, PartKept)
		}
	}
	return marks
}
