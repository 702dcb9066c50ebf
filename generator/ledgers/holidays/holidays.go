// Package holidays is the ledger of days off (放假安排), from which workdays are
// counted.
package holidays

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Holiday is a span of days off.
type Holiday struct {
	Name string        `toml:"name,required" zh:"节日"`
	From calendar.Date `toml:"from,required" zh:"开始"`
	To   calendar.Date `toml:"to,required" zh:"结束"`
}

// Year is the State Council's arrangement for a year (放假安排).
type Year struct {
	ledger.Record
	Year int             `toml:"year,required" zh:"年份" check:"min=2000,max=2100"`
	Off  []Holiday       `toml:"off,required" zh:"放假"`
	Work []calendar.Date `toml:"work" zh:"调休上班"`
}

var (
	ruleMissingYear = diag.Define(diag.Rule{Code: "E1701", Name: "没有这一年的放假安排", Severity: diag.Error,
		Why: "工作日要按国务院办公厅的放假安排来算；没有公布的年份谁也算不准", Mend: "公布后在 content/holidays/ 里补上这一年"})
	ruleHolidayDates = diag.Define(diag.Rule{Code: "E1702", Name: "放假安排的日期不对", Severity: diag.Error,
		Why: "一年写一次；放假的开始不晚于结束，互不重叠；调休上班的日子本来是周末，不在放假里，各写一次", Mend: "对照国务院办公厅的通知核对"})
)

var ruleDaysOff = diag.Define(diag.Rule{Code: "E1703", Name: "放假天数不对", Severity: diag.Error,
	Why:  "全国年节及纪念日放假办法：一年放假 13 天（2024 年及以前 11 天）；放假占用的工作日减去调休上班的周末，应当正好是这个数",
	Mend: "对照国务院办公厅的通知，看是不是少写、多写了一天，或者漏了调休"})

var ruleNextYear = diag.Define(diag.Rule{Code: "E1704", Name: "明年的放假安排还没有", Severity: diag.Warning, Tunable: true,
	Why:  "到了明年，按工作日算的公示期、开放时间都要用它；没有就算不出来",
	Mend: "国务院办公厅公布后，在 content/holidays/ 里补上明年的 [[year]]"})

// daysOff is the number of workdays that the holidays of a year take away.
func daysOff(year int) int {
	if year <= 2024 {
		return 11
	}
	return 13
}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "holidays", Title: "放假安排", Check: checkHolidays}, ledger.Rows[Year]("year", "放假安排").AsRule())
}

func checkHolidays(b *ledger.Book, bag *diag.Bag) {
	all := ledger.All[Year](b)
	if next := b.AsOf.Year + 1; b.AsOf.Month == time.December && len(all) > 0 && !slices.ContainsFunc(all, func(y *Year) bool { return y.Year == next }) {
		bag.Addf(ruleNextYear, diag.Pos{File: all[len(all)-1].File()}, "还没有 %d 年的放假安排", next)
	}
	years := map[int]*Year{}
	for _, y := range all {
		if first := years[y.Year]; first != nil {
			bag.Addf(ruleHolidayDates, y.At("year"), "%d 年的放假安排在 %s 已经写过", y.Year, first.At("year"))
			continue
		}
		years[y.Year] = y
		checkCount(y, bag)
		checkDays(y, bag)
	}
}

// fixedDays are the holidays that are on the first day of a month every year.
var fixedDays = []struct {
	name  string
	month int
}{{"元旦", 1}, {"劳动节", 5}, {"国庆节", 10}}

// checkDays holds the days of a year against the calendar and each other.
func checkDays(y *Year, bag *diag.Bag) {
	const most = 50 // of which each is held against each; a year has ten
	if len(y.Off) > most || len(y.Work) > most {
		bag.Addf(ruleHolidayDates, y.At("year"), "%d 年写了 %d 段放假、%d 天调休，不会有这么多", y.Year, len(y.Off), len(y.Work))
		return
	}
	for i, o := range y.Off {
		if !o.isKnown() {
			continue
		}
		for _, x := range y.Off[:i] {
			if x.Name == o.Name {
				bag.Addf(ruleHolidayDates, y.At("off", i, "name"), "%s放假写了两段，前一段从 %s 起", o.Name, x.From)
			}
			if x.isKnown() && !o.From.After(x.To) && !x.From.After(o.To) {
				bag.Addf(ruleHolidayDates, y.At("off", i, "from"), "%s放假从 %s 到 %s，与%s放假重叠", o.Name, o.From, o.To, x.Name)
			}
		}
		if o.To.Before(o.From) || !o.isOf(y.Year) {
			bag.Addf(ruleHolidayDates, y.At("off", i, "from"), "%s放假从 %s 到 %s，不是 %d 年里的一段日子", o.Name, o.From, o.To, y.Year)
			continue
		}
		for _, f := range fixedDays {
			day, _ := calendar.NewDate(y.Year, f.month, 1)
			if strings.Contains(o.Name, f.name) && (day.Before(o.From) || day.After(o.To)) {
				bag.Addf(ruleHolidayDates, y.At("off", i, "from"), "%s放假从 %s 到 %s，%s那天不在里面", o.Name, o.From, o.To, day)
			}
		}
	}
	for i, d := range y.Work {
		if wd := d.Weekday(); validDay(d) && (d.Year != y.Year && (d.Year != y.Year-1 || d.Month != time.December) || wd != time.Saturday && wd != time.Sunday) {
			bag.Addf(ruleHolidayDates, y.At("work", i), "%s（%s）不是 %d 年的周末", d, d.ChineseWeekday(), y.Year)
		}
		if first := slices.Index(y.Work[:i], d); first >= 0 && validDay(d) {
			bag.Addf(ruleHolidayDates, y.At("work", i), "调休上班的 %s 写了两次，第 %d 个已经是它", d, first+1)
		}
		for _, o := range y.Off {
			if o.isKnown() && !d.Before(o.From) && !d.After(o.To) {
				bag.Addf(ruleHolidayDates, y.At("work", i), "%s 调休上班，可是那天%s放假", d, o.Name)
			}
		}
	}
}

// checkCount wants the days off of a year to take away as many workdays as the law
// says. Holidays that fall on a weekend are made up for on a workday, so the number
// does not depend on the calendar.
func checkCount(y *Year, bag *diag.Bag) {
	off := 0
	for _, o := range y.Off {
		if !o.isKnown() || o.To.Before(o.From) || !o.isOf(y.Year) || o.To.Sub(o.From) > 31 {
			return // reported where it is written
		}
		for d := o.From; !d.After(o.To); d = d.AddDays(1) {
			if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
				off++
			}
		}
	}
	if slices.ContainsFunc(y.Work, func(d calendar.Date) bool { return !validDay(d) }) {
		return
	}
	if got := off - len(y.Work); got != daysOff(y.Year) && len(y.Off) > 0 {
		bag.Addf(ruleDaysOff, y.At("year"), "%d 年放假占 %d 个工作日、调休上班 %d 天，合 %d 天，应当是 %d 天", y.Year, off, len(y.Work), got, daysOff(y.Year))
	}
}

// isKnown reports whether both days were written well.
func (o Holiday) isKnown() bool { return validDay(o.From) && validDay(o.To) }

// isOf reports whether the days are of the arrangement of a year: 元旦 may begin in the
// December before.
func (o Holiday) isOf(year int) bool {
	return o.To.Year == year && (o.From.Year == year || o.From.Year == year-1 && o.From.Month == time.December)
}

// validDay reports whether a day was written well; others are reported already.
func validDay(d calendar.Date) bool {
	_, ok := calendar.NewDate(d.Year, int(d.Month), d.Day)
	return ok
}

// table is the table of days off that a site's content holds.
var table = ledger.Derive(func(b *ledger.Book) *calendar.Holidays {
	h := calendar.NewHolidays()
	for _, y := range ledger.All[Year](b) {
		h.AddYear(y.Year)
		for _, o := range y.Off {
			if o.isKnown() && o.To.Sub(o.From) < 366 {
				h.AddOff(o.Name, o.From, o.To)
			}
		}
		for _, d := range y.Work {
			if validDay(d) {
				h.AddWork(d)
			}
		}
	}
	return h
})

// Of returns the table of days off that the content of a site holds.
func Of(b *ledger.Book) *calendar.Holidays { return table.Of(b) }

// ReportMissing reports at a place that the days of a year cannot be counted, when
// err is a [calendar.MissingYear].
func ReportMissing(err error, at diag.Pos, bag *diag.Bag) {
	var year calendar.MissingYear
	if errors.As(err, &year) {
		bag.Add(ruleMissingYear, at, fmt.Sprintf("要算 %d 年的工作日，可是还没有 %d 年的放假安排", int(year), int(year)),
			fmt.Sprintf("国务院办公厅公布后，在 content/holidays/ 里补上 %d 年的 [[year]]", int(year)))
	}
}
