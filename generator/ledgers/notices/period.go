package notices

import (
	"fmt"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/holidays"
)

// CountFrom says which day is the first of a period (当日 or 次日).
type CountFrom string

const countNext CountFrom = "次日"

// Options lists the ways of counting.
func (CountFrom) Options() []string { return []string{"当日", string(countNext)} }

// Period is the county's rule for a matter: how many workdays a 公示 lasts.
type Period struct {
	ledger.Record
	Matter    Matter    `toml:"matter,required" zh:"公示事项"`
	Workdays  int       `toml:"workdays,required" zh:"至少几个工作日" check:"min=1,max=60"`
	CountFrom CountFrom `toml:"count_from" zh:"从哪一天算起"`
	Basis     string    `toml:"basis" zh:"依据"`
}

func checkPeriod(b *ledger.Book, n *Notice, p *Period, bag *diag.Bag) {
	need, err := holidays.Of(b).AddWorkdays(n.firstDay(p), p.Workdays)
	if err != nil {
		holidays.ReportMissing(err, n.At("start"), bag)
		return
	}
	if n.End.IsZero() {
		if n.Workdays < p.Workdays {
			bag.Add(ruleShort, n.At("workdays"), fmt.Sprintf("公示期只有 %d 个工作日，“%s”至少应为 %d 个", n.Workdays, n.Matter, p.Workdays),
				fmt.Sprintf("改成 workdays = %d", p.Workdays))
			return
		}
		if _, err := n.LastDay(b); err != nil {
			holidays.ReportMissing(err, n.At("workdays"), bag)
		}
		return
	}
	got, err := holidays.Of(b).CountWorkdays(n.firstDay(p), n.End)
	if err != nil {
		holidays.ReportMissing(err, n.At("end"), bag)
		return
	}
	if got < p.Workdays {
		span := fmt.Sprintf("%s 至 %s", n.firstDay(p), n.End)
		if h := holidays.Of(b).Between(n.firstDay(p), n.End); h != nil {
			span += "，其中" + strings.Join(h, "、") + "放假"
		}
		bag.Add(ruleShort, n.At("end"), fmt.Sprintf("公示期只有 %d 个工作日（%s），“%s”至少应为 %d 个", got, span, n.Matter, p.Workdays),
			fmt.Sprintf("改成 end = %s，或者更晚", need))
	}
}

func (n *Notice) period(b *ledger.Book) *Period {
	for _, p := range ledger.All[Period](b) {
		if p.Matter == n.Matter {
			return p
		}
	}
	return nil
}

func (n *Notice) firstDay(p *Period) calendar.Date {
	if p != nil && p.CountFrom == countNext {
		return n.Start.AddDays(1)
	}
	return n.Start
}

// LastDay returns the last day of the notice's period, or no date when it has
// none. The error is a [calendar.MissingYear].
func (n *Notice) LastDay(b *ledger.Book) (calendar.Date, error) {
	if !n.counts() {
		return n.End, nil
	}
	if last, ok := lastDays.Of(b)[n]; ok {
		return last, nil
	}
	return n.countLast(b)
}

func (n *Notice) countLast(b *ledger.Book) (calendar.Date, error) {
	return holidays.Of(b).AddWorkdays(n.firstDay(n.period(b)), n.Workdays)
}

// counts reports whether the notice's period is given in workdays.
func (n *Notice) counts() bool { return n.End.IsZero() && !n.Start.IsZero() && n.Workdays > 0 }

// lastDays are those that are given in workdays: each is asked for many times.
var lastDays = ledger.Derive(func(b *ledger.Book) map[*Notice]calendar.Date {
	all := ledger.All[Notice](b)
	last := make(map[*Notice]calendar.Date, len(all))
	for _, n := range all {
		if n.counts() {
			if day, err := n.countLast(b); err == nil {
				last[n] = day
			}
		}
	}
	return last
})

// CountDays returns the workdays from the first to the last day of the notice's
// period. The error is a [calendar.MissingYear].
func (n *Notice) CountDays(b *ledger.Book) (int, error) {
	last, err := n.LastDay(b)
	if err != nil || last.IsZero() {
		return 0, err
	}
	return holidays.Of(b).CountWorkdays(n.firstDay(n.period(b)), last)
}
