package life

import (
	"slices"
	"testing"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// year is what three branches report of ten months, as it should be: two are large enough
// for a committee.
func year() (reports []*Report, file *ledger.File) {
	file = &ledger.File{}
	for _, id := range []string{"a", "b", "c"} {
		br := &branches.Branch{Name: id, Members: 9, Class: "机关"}
		if id == "c" {
			br.Members = 5
		}
		br.ID = id
		r := &Report{Year: 2026, Assembly: []int{1, 0, 0, 0, 1, 0, 0, 0, 2, 1}, Lecture: []int{0, 0, 1, 0, 0, 1, 0, 0, 1, 0}}
		r.Branch.ID = id
		for m := range time.Month(10) {
			if id != "c" {
				r.Committee = append(r.Committee, 1)
			}
			r.Filed = append(r.Filed, calendar.Date{Year: 2026, Month: m + 2, Day: 5})
			r.Due, r.Came = append(r.Due, 9), append(r.Came, 8)
			r.ThemeDay = append(r.ThemeDay, calendar.Date{Year: 2026, Month: m + 1, Day: 20})
		}
		reports = append(reports, r)
		file.Entries = append(file.Entries, br, r)
	}
	return reports, file
}

// TestKeptAgreesWithTheRules: what is left of the meetings that were due is what the rules
// find, and months count from the day after that by which they are reported.
func TestKeptAgreesWithTheRules(t *testing.T) {
	whole := Kept{Months: 10, Branches: 3, Due: 3*(3+3) + 2*10, Held: 38, Reports: 30, OnTime: 30, Expected: 270, Came: 240}
	with := func(f func(k *Kept)) Kept { k := whole; f(&k); return k }
	for name, c := range map[string]struct {
		edit func(r []*Report)
		day  string
		want Kept
		code string // of what the rules find
		n    int
	}{
		"all":                                {want: whole},
		"a quarter without an assembly":      {func(r []*Report) { r[0].Assembly[4] = 0 }, "", with(func(k *Kept) { k.Held-- }), "E2603", 1},
		"months without a committee":         {func(r []*Report) { r[1].Committee[3], r[1].Committee[9] = 0, 0 }, "", with(func(k *Kept) { k.Held -= 2 }), "E2603", 2},
		"a committee where there is none":    {func(r []*Report) { r[2].Committee = []int{1} }, "", whole, "E2603", 0},
		"several in a quarter":               {func(r []*Report) { r[0].Lecture[0] = 5 }, "", whole, "E2603", 0},
		"a month not reported":               {func(r []*Report) { r[1].Committee = r[1].Committee[:9] }, "", with(func(k *Kept) { k.Held-- }), "E2601", 1},
		"a month reported late":              {func(r []*Report) { r[1].Filed[2].Day = 6 }, "", with(func(k *Kept) { k.OnTime-- }), "E2603", 0},
		"a month whose day is not over":      {func([]*Report) {}, "2026-11-05", Kept{Months: 9, Branches: 3, Due: 36, Held: 36, Reports: 27, OnTime: 27, Expected: 243, Came: 216}, "E2601", 0},
		"few were absent":                    {func(r []*Report) { fill(r, 9); r[0].Came[0] = 7 }, "", with(func(k *Kept) { k.Expected, k.Came = 0, 0 }), "E2603", 0},
		"nobody was absent":                  {func(r []*Report) { fill(r, 9) }, "", with(func(k *Kept) { k.Came = 270 }), "E2603", 0},
		"nobody writes when it was reported": {func(r []*Report) { r[0].Filed, r[1].Filed, r[2].Filed = nil, nil, nil }, "", with(func(k *Kept) { k.Reports, k.OnTime = 0, 0 }), "E2603", 0},
		"January":                            {func([]*Report) {}, "2026-01-31", Kept{}, "E2601", 0},
	} {
		reports, file := year()
		if c.edit != nil {
			c.edit(reports)
		}
		day, ok := calendar.ParseDate(c.day)
		if !ok {
			day = calendar.Date{Year: 2026, Month: 11, Day: 23}
		}
		bag := &diag.Bag{}
		b := ledger.NewBook(day, ledger.Settings{MinCell: 3}, []*ledger.File{file}, bag)
		if got := KeptOf.Of(b); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		for _, r := range reports {
			r.check(b, bag)
		}
		found := slices.DeleteFunc(bag.List(), func(d diag.Diagnostic) bool { return d.Code != c.code })
		if len(found) != c.n {
			t.Errorf("%s: the rules find %v", name, found)
		}
	}
}

func fill(reports []*Report, came int) {
	for _, r := range reports {
		for m := range r.Came {
			r.Came[m] = came
		}
	}
}

// TestFewBranchesAreNotTold: the sum of two branches tells each the other's.
func TestFewBranchesAreNotTold(t *testing.T) {
	_, file := year()
	b := ledger.NewBook(calendar.Date{Year: 2026, Month: 11, Day: 23}, ledger.Settings{MinCell: 4}, []*ledger.File{file}, &diag.Bag{})
	if got := KeptOf.Of(b); got != (Kept{}) {
		t.Errorf("%+v", got)
	}
}

// TestMarks: a month is full when all that was due was done, empty when nothing was, and
// there is none for months that nobody must have reported.
func TestMarks(t *testing.T) {
	reports, file := year()
	r := reports[0]
	r.Committee[3] = 0                                                                     // a part
	r.Committee[4], r.ThemeDay[4], r.Filed[4] = 0, calendar.Date{}, r.Filed[4].AddDays(30) // nothing: May ends no quarter
	b := ledger.NewBook(calendar.Date{Year: 2026, Month: 11, Day: 23}, ledger.Settings{}, []*ledger.File{file}, &diag.Bag{})
	want := []string{AllKept, AllKept, AllKept, PartKept, NoneKept, AllKept, AllKept, AllKept, AllKept, AllKept}
	if got := r.Marks(b); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
