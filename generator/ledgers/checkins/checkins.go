// Package checkins is the ledger of members who checked in where they live (队伍联管 ·
// 报到): how many of each unit, and to which estates.
package checkins

import (
	"cmp"
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

// Checkin is where the members of a unit checked in. Unit × estate is never public: of a
// small unit it is a person.
type Checkin struct {
	ledger.Record
	Unit    ledger.Ref[branches.Unit] `toml:"unit,required" zh:"单位"`
	Year    int                       `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	AsOf    calendar.Date             `toml:"as_of,required" zh:"到哪一天"`
	To      []Share                   `toml:"to" zh:"报到到哪里"`
	Outside int                       `toml:"outside" zh:"住在县城外（人）" check:"min=0"`
	Exempt  int                       `toml:"exempt" zh:"外派、病休等（人）" check:"min=0"`
}

// Share is how many checked in at an estate.
type Share struct {
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"小区党支部"`
	N      int                         `toml:"n,required" zh:"人数" check:"min=1"`
}

// Feedback is what an estate says of those who checked in (回函).
type Feedback struct {
	ledger.Record
	Branch   ledger.Ref[branches.Branch] `toml:"branch,required" zh:"小区党支部"`
	Year     int                         `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	Reported int                         `toml:"reported,required" zh:"报到党员（人）" check:"min=0"`
	Returned int                         `toml:"returned" zh:"年底回函（份）" check:"min=0"`
}

var (
	ruleMore = diag.Define(diag.Rule{Code: "E1901", Name: "报到的比党员还多", Severity: diag.Error,
		Why: "报到的、住在外面的、外派病休的，加起来不会多于这个单位各党支部的党员", Mend: "核对报到人数（to）和各党支部的党员人数（members）"})
	ruleMissing = diag.Define(diag.Rule{Code: "E1902", Name: "单位没有报到", Severity: diag.Warning, Tunable: true,
		Why: "队伍联管：3 月底前，委员单位的在职党员到居住地社区报到", Mend: "在 content/checkins/ 里补上这个单位的一行"})
	ruleSides = diag.Define(diag.Rule{Code: "E1903", Name: "单位报的和小区收的对不上", Severity: diag.Warning, Tunable: true,
		Why: "同一批党员，从单位数和从小区数，应当一样多", Mend: "核对单位的报到（to）和小区的报到党员（reported）"})
	ruleOld = diag.Define(diag.Rule{Code: "E1905", Name: "报到情况该核对了", Severity: diag.Reminder,
		Why: "党员调动、搬家，每季度核对一次", Mend: "核对以后改到哪一天（as_of）"})
	ruleTwice = diag.Define(diag.Rule{Code: "E1906", Name: "一年写了两次", Severity: diag.Error,
		Why: "一个单位、一个小区一年一行，两行就数了两遍", Mend: "删掉旧的一行"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "checkins", Title: "党员报到", Needs: []string{"branches"}, Check: check},
		ledger.Rows[Feedback]("feedback", "小区回执").Inside(ledger.UnitOnly).
			Unique(ruleTwice, "year", "这一年", func(f *Feedback) string { return fmt.Sprint(f.Branch.ID, f.Year) }).
			AsGrid("按社区", "社区", "人、份", true, (*Feedback).byCommunity).
			AsGrid("按小区", "小区", "人", true, func(f *Feedback, b *ledger.Book) []ledger.Count {
				if f.Year != latestYear(b) {
					return nil
				}
				return []ledger.Count{{Of: f.Branch.Entry(b), Column: "报到党员", N: f.Reported}}
			}),
		ledger.Rows[Checkin]("checkin", "单位报到").Inside(ledger.UnitOnly).Remind((*Checkin).remind).
			Unique(ruleTwice, "year", "这一年", func(c *Checkin) string { return fmt.Sprint(c.Unit.ID, c.Year) }).
			AsGrid("按单位", "单位", "人", true, (*Checkin).byUnit),
	)
	ledger.Figure("报到党员", "最近一年各单位报到的在职党员", func(b *ledger.Book) ledger.Number { return ledger.Counted(sums.Of(b).reported, "名", "checkins") })
	ledger.Figure("报到单位", "最近一年有党员报到的单位", func(b *ledger.Book) ledger.Number { return ledger.Counted(sums.Of(b).units, "个", "checkins") })
}

func (f *Feedback) byCommunity(b *ledger.Book) []ledger.Count {
	br := f.Branch.In(b)
	if br == nil || f.Year != latestYear(b) {
		return nil
	}
	of := br.Parent.Entry(b)
	return []ledger.Count{{Of: of, Column: "报到党员", N: f.Reported}, {Of: of, Column: "年底回函", N: f.Returned}}
}

func (c *Checkin) byUnit(b *ledger.Book) []ledger.Count {
	switch {
	case c.Year != latestYear(b):
		return nil
	case together.Of(b)[c.Unit.ID]:
		return []ledger.Count{{Row: "其他单位", Column: "报到党员", N: c.Reported()}}
	}
	return []ledger.Count{{Of: c.Unit.Entry(b), Column: "报到党员", N: c.Reported()}}
}

// Reported is how many checked in.
func (c *Checkin) Reported() (n int) {
	for _, s := range c.To {
		n += s.N
	}
	return n
}

// counted are sums of the last year.
type counted struct{ year, reported, units, received int }

var sums = ledger.Derive(func(b *ledger.Book) (s counted) {
	for _, c := range ledger.All[Checkin](b) {
		s.year = max(s.year, c.Year)
	}
	for _, c := range ledger.All[Checkin](b) {
		if n := c.Reported(); c.Year == s.year && n > 0 {
			s.reported, s.units = s.reported+n, s.units+1
		}
	}
	for _, f := range ledger.All[Feedback](b) {
		if f.Year == s.year {
			s.received += f.Reported
		}
	}
	return s
})

// together are the units that are published in one row: of which so few did not check in
// that, as everybody can read how many members they have, these could be named. One is
// joined by the smallest other, lest it be told by being left out.
var together = ledger.Derive(func(b *ledger.Book) map[string]bool {
	all := rules.Filter(ledger.All[Checkin](b), func(c *Checkin) bool { return c.Year == latestYear(b) && !c.Draft })
	slices.SortStableFunc(all, func(x, y *Checkin) int { return cmp.Compare(x.Reported(), y.Reported()) })
	members, few := membersOf(b), map[string]bool{}
	for _, c := range all {
		if rest := members[c.Unit.ID] - c.Reported(); rest > 0 && rest < b.MinCell {
			few[c.Unit.ID] = true
		}
	}
	for _, c := range all {
		if len(few) == 1 && !few[c.Unit.ID] {
			few[c.Unit.ID] = true
		}
	}
	return few
})

// membersOf are the members of the branches of each unit.
func membersOf(b *ledger.Book) map[string]int {
	members := map[string]int{}
	for _, br := range ledger.All[branches.Branch](b) {
		members[br.Unit.ID] += br.Members
	}
	return members
}

func latestYear(b *ledger.Book) int { return sums.Of(b).year }

func check(b *ledger.Book, bag *diag.Bag) {
	all, had := ledger.All[Checkin](b), map[string]bool{}
	members := membersOf(b)
	for _, c := range all {
		had[fmt.Sprint(c.Unit.ID, c.Year)] = true
		if sum := c.Reported() + c.Outside + c.Exempt; members[c.Unit.ID] > 0 && sum > members[c.Unit.ID] {
			bag.Addf(ruleMore, c.At("unit"), "报到、在外、外派一共 %d 人，“%s”有党员 %d 人", sum, ledger.RefName(b, c.Unit), members[c.Unit.ID])
		}
	}
	y := latestYear(b)
	for _, s := range ledger.All[branches.Seat](b) {
		if y > 0 && b.AsOf.After(branches.EndOfMarch(y)) && !had[fmt.Sprint(s.Unit.ID, y)] {
			bag.Addf(ruleMissing, s.At("unit"), "“%s”%d 年没有报到", ledger.RefName(b, s.Unit), y)
		}
	}
	if s := sums.Of(b); s.received > 0 && s.received != s.reported {
		bag.Addf(ruleSides, all[0].At("year"), "%d 年按单位数 %d 人，按小区数 %d 人，差 %d 人", s.year, s.reported, s.received, s.reported-s.received)
	}
}

func (c *Checkin) remind(b *ledger.Book, bag *diag.Bag) {
	const quarter = 100 // days
	if old := b.AsOf.Sub(c.AsOf); c.Year == b.AsOf.Year && old > quarter {
		bag.Addf(ruleOld, c.At("as_of"), "“%s”的报到是 %s 的，过了 %d 天", ledger.RefName(b, c.Unit), c.AsOf, old)
	}
}
