package ledger

import (
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

// Holiday is a span of days off.
type Holiday struct {
	Name string        `toml:"name,required" zh:"节日"`
	From calendar.Date `toml:"from,required" zh:"开始"`
	To   calendar.Date `toml:"to,required" zh:"结束"`
}

// HolidayYear is the State Council's arrangement for a year (放假安排).
type HolidayYear struct {
	Record
	Year int             `toml:"year,required" zh:"年份" check:"min=2000,max=2100"`
	Off  []Holiday       `toml:"off,required" zh:"放假"`
	Work []calendar.Date `toml:"work" zh:"调休上班"`
}

var (
	ruleMissingYear = diag.Define(diag.Rule{Code: "E1701", Name: "没有这一年的放假安排", Severity: diag.Error,
		Why: "工作日要按国务院办公厅的放假安排来算；没有公布的年份谁也算不准", Mend: "公布后在 content/holidays/ 里补上这一年"})
	ruleHolidayDates = diag.Define(diag.Rule{Code: "E1702", Name: "放假安排的日期不对", Severity: diag.Error,
		Why: "放假的开始不晚于结束，调休上班的日子本来是周末，都在这一年里", Mend: "对照国务院办公厅的通知核对"})
)

func init() {
	Declare(Ledger{Folder: "holidays", Title: "放假安排", Check: checkHolidays, Kinds: []Kind{Rows[HolidayYear]("year", "放假安排").AsRule()}})
}

func checkHolidays(b *Book, bag *diag.Bag) {
	for _, y := range All[HolidayYear](b) {
		for i, o := range y.Off {
			if !o.From.IsZero() && !o.To.IsZero() && (o.To.Before(o.From) || o.From.Year != y.Year) {
				bag.Addf(ruleHolidayDates, y.At("off", i, "from"), "%s放假从 %s 到 %s，不是 %d 年里的一段日子", o.Name, o.From, o.To, y.Year)
			}
		}
		for i, d := range y.Work {
			if wd := d.Weekday(); validDay(d) && (d.Year != y.Year || wd != time.Saturday && wd != time.Sunday) {
				bag.Addf(ruleHolidayDates, y.At("work", i), "%s（%s）不是 %d 年的周末", d, d.ChineseWeekday(), y.Year)
			}
		}
	}
}

// validDay reports whether a day was written well; others are reported already.
func validDay(d calendar.Date) bool {
	_, ok := calendar.NewDate(d.Year, int(d.Month), d.Day)
	return ok
}

func holidaysOf(b *Book) *calendar.Holidays {
	h := calendar.NewHolidays()
	for _, y := range All[HolidayYear](b) {
		h.AddYear(y.Year)
		for _, o := range y.Off {
			if o.To.Sub(o.From) < 366 {
				h.AddOff(o.Name, o.From, o.To)
			}
		}
		for _, d := range y.Work {
			h.AddWork(d)
		}
	}
	return h
}
