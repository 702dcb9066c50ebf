package stations

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/holidays"
)

// Days says on which days something is open. 工作日 and 休息日 follow the holiday
// table; hours of weekdays (周…) do not hold on a holiday, unless they say so.
type Days string

// The kinds of days, beside the single ones, 周一 to 周日.
const (
	DaysAll      Days = "每天"
	DaysWork     Days = "工作日"
	DaysOff      Days = "休息日"
	DaysMonFri   Days = "周一至周五"
	DaysMonSat   Days = "周一至周六"
	DaysTueSun   Days = "周二至周日"
	DaysWeekends Days = "周末"
)

// Options lists the kinds of days.
func (Days) Options() []string {
	return append([]string{string(DaysAll), string(DaysWork), string(DaysOff), string(DaysMonFri), string(DaysMonSat), string(DaysTueSun), string(DaysWeekends)},
		Weekday("").Options()...)
}

// Hours are opening hours on some days (开放时间).
type Hours struct {
	Days     Days   `toml:"days,required" zh:"哪些天"`
	Time     string `toml:"time,required" zh:"时间" check:"hours"`
	Holidays bool   `toml:"holidays" zh:"节假日照常"`
}

// hold reports whether the hours are those of the day d. In a year without a
// holiday table, workdays are taken to be Monday to Friday: the hours on the wall
// are still the best that is known.
func (x Hours) hold(d calendar.Date, h *calendar.Holidays) bool {
	work, err := h.IsWorkday(d)
	if err != nil {
		work = weekday(d) < 5
	}
	switch x.Days {
	case DaysAll:
		return true
	case DaysWork:
		return work
	case DaysOff:
		return !work
	}
	return x.Days.onWeekday(weekday(d)) && (x.Holidays || h.Between(d, d) == nil)
}

// weekday numbers the days from Monday, 0, to Sunday, 6.
func weekday(d calendar.Date) int { return (int(d.Weekday()) + 6) % 7 }

// WeekdayOf is the day of a timetable on which d lies.
func WeekdayOf(d calendar.Date) Weekday { return Weekday(Weekday("").Options()[weekday(d)]) }

// onWeekday reports whether the days have an ordinary weekday, 0 for Monday, among them.
func (k Days) onWeekday(wd int) bool {
	switch k {
	case DaysAll:
		return true
	case DaysWork, DaysMonFri:
		return wd < 5
	case DaysMonSat:
		return wd < 6
	case DaysTueSun:
		return wd > 0
	case DaysOff, DaysWeekends:
		return wd > 4
	}
	return slices.Index(Weekday("").Options(), string(k)) == wd
}

// OpenOn returns the hours of the day d, e.g. 08:30—12:00、14:30—18:00, or "":
// those of a closure on that day, or else the usual ones.
func (s *Station) OpenOn(d calendar.Date, b *ledger.Book) string {
	hours := s.Hours
	if c := s.ClosureOn(d, b); c != nil {
		hours = c.Hours
	}
	var spans []string
	for _, x := range hours {
		if x.hold(d, holidays.Of(b)) {
			spans = append(spans, x.Time)
		}
	}
	return strings.Join(merge(spans), "、")
}

// ClosureOn returns the closure that holds for the station on the day d, or nil.
func (s *Station) ClosureOn(d calendar.Date, b *ledger.Book) *Closure {
	for _, c := range ledger.All[Closure](b) {
		if c.concerns(s) && !d.Before(c.From) && !d.After(c.To) {
			return c
		}
	}
	return nil
}

// Closures returns the closures of the station that are not over, in their order.
func (s *Station) Closures(b *ledger.Book) (list []*Closure) {
	for _, c := range ledger.All[Closure](b) {
		if c.concerns(s) && !c.To.Before(b.AsOf) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(x, y *Closure) int { return x.From.Compare(y.From) })
	return list
}

func (c *Closure) concerns(s *Station) bool {
	return c.Station.ID == s.ID && s.ID != "" || c.Level == s.Level
}

// Text is a closure in one line: when, how, why.
func (c *Closure) Text() string {
	how := "不开放"
	if c.Hours != nil {
		how = "只在" + hoursText(c.Hours) + "开放"
	}
	if c.From == c.To {
		how = strings.ReplaceAll(how, string(DaysAll)+" ", " ")
		return fmt.Sprintf("%s%s：%s", c.From.Chinese(), how, c.Reason)
	}
	return fmt.Sprintf("%s至%s%s：%s", c.From.Chinese(), c.To.Chinese(), how, c.Reason)
}

// OpenDuring reports whether the station is open during a whole span of the day d,
// such as 09:00—10:30; an empty span asks for any hour. why says what is against it.
func (s *Station) OpenDuring(d calendar.Date, span string, b *ledger.Book) (ok bool, why string) {
	open := s.OpenOn(d, b)
	switch c := s.ClosureOn(d, b); {
	case s.Status != Open:
		return false, string(s.Status)
	case s.Opened.After(d):
		return false, fmt.Sprintf("%s 才启用", s.Opened)
	case len(s.Hours) == 0:
		return true, ""
	case open == "" && c != nil:
		return false, "那天停开：" + c.Reason
	case open == "":
		return false, "那天不开放"
	case span != "" && !within(span, strings.Split(open, "、")):
		return false, "那天的开放时间是 " + open
	}
	return true, ""
}

// usual returns the hours of an ordinary weekday, 0 for Monday.
func (s *Station) usual(wd int) []string {
	var spans []string
	for _, x := range s.Hours {
		if x.Days.onWeekday(wd) {
			spans = append(spans, x.Time)
		}
	}
	return merge(spans)
}

// ClosedDuring returns the first ordinary weekday on which the station is not open
// during the whole of other hours, or "".
func (s *Station) ClosedDuring(x Hours) string {
	for wd, day := range Weekday("").Options() {
		if x.Days.onWeekday(wd) && !within(x.Time, s.usual(wd)) {
			return day
		}
	}
	return ""
}

// HoursText returns all opening hours as one line.
func (s *Station) HoursText() string { return hoursText(s.Hours) }

func hoursText(hours []Hours) string {
	var lines []string
	for _, x := range hours {
		lines = append(lines, fmt.Sprintf("%s %s", x.DaysText(), x.Time))
	}
	return strings.Join(lines, "；")
}

// DaysText names the days of the hours.
func (x Hours) DaysText() string {
	if x.Holidays && x.Days != DaysAll {
		return string(x.Days) + "（节假日照常）"
	}
	return string(x.Days)
}

// within reports whether a span lies in one of others.
func within(span string, others []string) bool {
	return slices.ContainsFunc(others, func(o string) bool { return startOf(o) <= startOf(span) && endOf(span) <= endOf(o) })
}

// merge joins spans that touch or overlap, in order of time.
func merge(spans []string) []string {
	slices.SortFunc(spans, func(a, b string) int { return cmp.Compare(a, b) })
	var merged []string
	for _, x := range spans {
		if n := len(merged); n > 0 && startOf(x) <= endOf(merged[n-1]) {
			merged[n-1] = startOf(merged[n-1]) + "—" + max(endOf(merged[n-1]), endOf(x))
			continue
		}
		merged = append(merged, x)
	}
	return merged
}

func startOf(span string) string {
	start, _, _ := strings.Cut(span, "—")
	return start
}

func endOf(span string) string {
	_, end, _ := strings.Cut(span, "—")
	return end
}

// LessonDuring returns the number of a lesson during a span of the day d in a place
// of the station, or -1; where there are several rooms, the place names the lesson's.
func (s *Station) LessonDuring(d calendar.Date, span, place string) int {
	wd := WeekdayOf(d)
	return slices.IndexFunc(s.Sessions, func(x Session) bool {
		there := len(s.Rooms) < 2 || x.Room != "" && strings.Contains(place, string(x.Room))
		return there && x.Weekday == wd && Overlap(x.Time, span)
	})
}

// EndsBefore reports whether a span like 16:30—17:30 ends before another one does.
func EndsBefore(a, b string) bool { return endOf(a) < endOf(b) }

// Overlap reports whether two spans like 16:30—17:30 share a moment.
func Overlap(a, b string) bool { return startOf(a) < endOf(b) && startOf(b) < endOf(a) }
