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

var (
	ruleNotVisible = diag.Define(diag.Rule{Code: "E1605", Name: "公示期里看不到公示", Severity: diag.Error,
		Why: "公示期的每一天，网页都要在网上；晚上线、早下线，公示就不算数", Mend: "核对日期（date）、上线日期（publish_date）、下线日期（expiry_date）与公示期"})
	ruleTwoEnds = diag.Define(diag.Rule{Code: "E1607", Name: "两个截止日期不一样", Severity: diag.Error,
		Why: "公示工作日（workdays）算出的最后一天与截止日期（end）不是同一天，谁也不知道听哪一个", Mend: "只写公示工作日（workdays），或者只写截止日期（end）"})
	ruleFloor = diag.Define(diag.Rule{Code: "E1608", Name: "公示期规定低于上级规定", Severity: diag.Error,
		Why: "党政领导干部选拔任用工作条例：任前公示不少于五个工作日，县里不能再短", Mend: "把至少几个工作日（workdays）改成不少于上级规定的天数"})
	ruleTwoPeriods = diag.Define(diag.Rule{Code: "E1609", Name: "一类公示有两个规定", Severity: diag.Error,
		Why: "一类公示只能有一个期限，写了两个就不知道按哪一个算", Mend: "删掉其中一行 [[period]]"})
	ruleDraftPeriod = diag.Define(diag.Rule{Code: "E1617", Name: "公示期已经开始，还是草稿", Severity: diag.Warning,
		Why: "草稿不上网；公示期开始了网上还没有，这几天就不算公示", Mend: "写好了删掉 draft = true；没有写好，把公示开始（start）往后改"})
)

// floors are the least workdays of matters that a county cannot undercut
// (党政领导干部选拔任用工作条例 第四十二条).
var floors = map[Matter]int{"干部任前": 5}

func (p *Period) check(_ *ledger.Book, bag *diag.Bag) {
	if least := floors[p.Matter]; p.Workdays < least && p.Workdays > 0 {
		bag.Addf(ruleFloor, p.At("workdays"), "“%s”规定公示 %d 个工作日，不得少于 %d 个", p.Matter, p.Workdays, least)
	}
}

// checkVisible wants the page of a 公示 to be there on all days of its period, up to
// the last one; no date: it cannot be counted.
func checkVisible(b *ledger.Book, n *Notice, last calendar.Date, bag *diag.Bag) {
	if last.IsZero() {
		return
	}
	if !n.End.IsZero() && n.Workdays > 0 {
		if counted, err := n.countLast(b); err == nil && counted != n.End {
			bag.Addf(ruleTwoEnds, n.At("end"), "workdays = %d 算出来是 %s，截止日期（end）写的却是 %s", n.Workdays, counted, n.End)
		}
	}
	appears, key := n.PublishDate, "publish_date"
	if appears.IsZero() {
		appears, key = n.Date, "date"
	}
	switch {
	case appears.After(n.Start):
		bag.Addf(ruleNotVisible, n.At(key), "公示从 %s 开始，网页 %s 才上线", n.Start, appears)
	case !n.ExpiryDate.IsZero() && !n.ExpiryDate.After(last):
		bag.Addf(ruleNotVisible, n.At("expiry_date"), "公示到 %s 为止，网页 %s 就下线了", last, n.ExpiryDate)
	case n.Draft && !n.Start.After(b.AsOf) && !last.Before(b.AsOf):
		bag.Addf(ruleDraftPeriod, n.At("draft"), "公示期 %s 已经开始，这一页还是草稿", n.Start)
	}
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

func (n *Notice) period(b *ledger.Book) *Period { return periodOf(n.Matter, ledger.All[Period](b)) }

func periodOf(m Matter, all []*Period) *Period {
	for _, p := range all {
		if p.Matter == m {
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
	if last, ok := known.Of(b).last[n]; ok {
		return last, nil
	}
	return n.countLast(b)
}

func (n *Notice) countLast(b *ledger.Book) (calendar.Date, error) {
	return holidays.Of(b).AddWorkdays(n.firstDay(n.period(b)), n.Workdays)
}

// counts reports whether the notice's period is given in workdays.
func (n *Notice) counts() bool { return n.End.IsZero() && !n.Start.IsZero() && n.Workdays > 0 }

// periods are what is asked for many times.
type periods struct {
	last map[*Notice]calendar.Date // of those whose period is given in workdays
	open []*Notice                 // the 公示 that have not ended
}

var known = ledger.Derive(func(b *ledger.Book) periods {
	all, rules, off := ledger.All[Notice](b), ledger.All[Period](b), holidays.Of(b)
	k := periods{last: make(map[*Notice]calendar.Date, len(all))}
	for _, n := range all {
		last := n.End
		if n.counts() {
			if day, err := off.AddWorkdays(n.firstDay(periodOf(n.Matter, rules)), n.Workdays); err == nil {
				k.last[n], last = day, day
			}
		}
		if state := n.stateOn(b.AsOf, last); state == Current || state == Coming {
			k.open = append(k.open, n)
		}
	}
	return k
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
