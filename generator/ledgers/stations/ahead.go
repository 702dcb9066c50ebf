package stations

import (
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/holidays"
)

// aheadDays is how far ahead a page knows when a station is open.
const aheadDays = 60

// Ahead is when a station is open on the days from one on, so that a page can say on the
// day on which it is read what holds. Days after Until are not known.
type Ahead struct {
	From, Until calendar.Date
	Week        [7]string // hours of ordinary days from Monday; "": shut
	Other       []OtherDay
}

// OtherDay is a day with other hours than its weekday has: a holiday, a closure.
type OtherDay struct {
	Day   calendar.Date
	Hours string // "": shut
	Why   string // of a closure
}

// Ahead looks at the days from one on as far as their holidays are known; Until is no day
// when not even those of the first are.
func (s *Station) Ahead(b *ledger.Book, from calendar.Date) Ahead {
	a := Ahead{From: from}
	for wd := range a.Week {
		a.Week[wd] = strings.Join(s.usual(wd), "、")
	}
	for d := from; d.Sub(from) <= aheadDays; d = d.AddDays(1) {
		if _, err := holidays.Of(b).IsWorkday(d); err != nil {
			break
		}
		a.Until = d
		o := OtherDay{Day: d, Hours: s.OpenOn(d, b)}
		if c := s.ClosureOn(d, b); c != nil {
			o.Why = c.Reason
		}
		if o.Hours != a.Week[weekday(d)] || o.Why != "" {
			a.Other = append(a.Other, o)
		}
	}
	return a
}

// Coded are the hours of the week, the days that differ, the first and the last day that
// is known, as pages carry them: 08:30—12:00、14:30—18:00;=;=;=;=;; (= is as the day
// before), 2026-12-05 |停电;2026-12-31 08:00—12:00|盘点. All are "" when nothing is known.
func (a Ahead) Coded() (week, other, from, until string) {
	if a.Until.IsZero() {
		return "", "", "", ""
	}
	days := make([]string, len(a.Week))
	for wd, hours := range a.Week {
		if days[wd] = hours; wd > 0 && hours != "" && hours == a.Week[wd-1] {
			days[wd] = "="
		}
	}
	var others []string
	for _, x := range a.Other {
		others = append(others, x.Day.String()+" "+x.Hours+"|"+plain.Replace(x.Why))
	}
	return strings.Join(days, ";"), strings.Join(others, ";"), a.From.String(), a.Until.String()
}

// plain keeps a reason from being taken for the next day.
var plain = strings.NewReplacer(";", "；", "|", "｜")
