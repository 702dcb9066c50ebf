package calendar

import (
	"fmt"
	"time"
)

// Holidays tells workdays from days off. It knows only the years that were
// added to it.
type Holidays struct{ years map[int]*year }

// year is what is arranged for the days of a year.
type year struct {
	known bool // the arrangement of the whole year
	days  [12 * 31]arranged
}

// arranged is what is arranged for a day: the holiday, or that it is worked (调休上班).
type arranged struct {
	holiday string
	work    bool
}

// MissingYear is the error of a question about a year that the table does not
// hold: the State Council announces a year's arrangement in the November
// before it, and until then nobody can know its workdays.
type MissingYear int

func (y MissingYear) Error() string { return fmt.Sprintf("%d年没有放假安排", int(y)) }

// NewHolidays returns an empty table.
func NewHolidays() *Holidays { return &Holidays{map[int]*year{}} }

// year returns what is arranged for a year, to add to it.
func (h *Holidays) year(y int) *year {
	if h.years[y] == nil {
		h.years[y] = &year{}
	}
	return h.years[y]
}

func (y *year) day(d Date) *arranged { return &y.days[(int(d.Month)-1)*31+d.Day-1] }

// AddYear says that the arrangement of the year y is known.
func (h *Holidays) AddYear(y int) { h.year(y).known = true }

// AddOff marks the days from first to last, both included, as the holiday name; both
// are days that exist.
func (h *Holidays) AddOff(name string, first, last Date) {
	for d := first; !d.After(last); d = d.AddDays(1) {
		h.year(d.Year).day(d).holiday = name
	}
}

// AddWork marks d, a day of a weekend that exists, as worked (调休上班).
func (h *Holidays) AddWork(d Date) { h.year(d.Year).day(d).work = true }

// IsWorkday reports whether people work on d. The error is a [MissingYear].
func (h *Holidays) IsWorkday(d Date) (bool, error) {
	y := h.years[d.Year]
	if y == nil || !y.known || d.IsZero() {
		return false, MissingYear(d.Year)
	}
	if on := y.day(d); on.work || on.holiday != "" {
		return on.work, nil
	}
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday, nil
}

// AddWorkdays returns the day on which the n-th workday from first ends,
// counting first itself. n is at least 1.
func (h *Holidays) AddWorkdays(first Date, n int) (Date, error) {
	for d := first; ; d = d.AddDays(1) {
		ok, err := h.IsWorkday(d)
		if err != nil {
			return Date{}, err
		}
		if ok {
			if n--; n <= 0 {
				return d, nil
			}
		}
	}
}

// CountWorkdays returns the number of workdays from first to last, both
// included; 0 when last lies before first.
func (h *Holidays) CountWorkdays(first, last Date) (int, error) {
	n := 0
	for d := first; !d.After(last); d = d.AddDays(1) {
		ok, err := h.IsWorkday(d)
		if err != nil {
			return 0, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// Between returns the names of the holidays that lie from first to last, in
// order, each once; for messages that explain a count.
func (h *Holidays) Between(first, last Date) []string {
	var names []string
	for d := first; !d.After(last); d = d.AddDays(1) {
		y := h.years[d.Year]
		if y == nil {
			continue
		}
		if n := y.day(d).holiday; n != "" && (len(names) == 0 || names[len(names)-1] != n) {
			names = append(names, n)
		}
	}
	return names
}
