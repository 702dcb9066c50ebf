// Package calendar holds civil dates, months and the State Council's holiday
// arrangements (国务院办公厅放假安排).
//
// A [Date] has no clock and no zone: it is what stands in a notice. Nothing
// here asks for the current day; the day of a build is always handed in.
// Workdays (工作日) are counted by a [Holidays] table, which refuses to answer
// for a year that it does not hold instead of guessing.
package calendar

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Date is a day of the Gregorian calendar. The zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date y-m-d and whether that day exists.
func NewDate(y, m, d int) (Date, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	ok := y >= 1 && y <= 9999 && t.Year() == y && int(t.Month()) == m && t.Day() == d
	return Date{y, time.Month(m), d}, ok
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads the ISO form 2026-11-23.
func ParseDate(s string) (Date, bool) {
	if len(s) != len("2026-11-23") || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	y, err1 := strconv.ParseUint(s[:4], 10, 16)
	m, err2 := strconv.ParseUint(s[5:7], 10, 16)
	d, err3 := strconv.ParseUint(s[8:], 10, 16)
	if err1 != nil || err2 != nil || err3 != nil {
		return Date{}, false
	}
	return NewDate(int(y), int(m), int(d))
}

func (d Date) time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or +1 as d lies before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Compare(d.ordinal(), e.ordinal())
}

// ordinal grows with the date.
func (d Date) ordinal() int { return d.Year*16*32 + int(d.Month)*32 + d.Day }

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the date n days later; n may be negative.
func (d Date) AddDays(n int) Date {
	if day := d.Day + n; day >= 1 && day <= 28 {
		return Date{d.Year, d.Month, day} // every month has it
	}
	return DateOf(d.time().AddDate(0, 0, n))
}

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int((d.time().Unix() - e.time().Unix()) / (24 * 60 * 60)) }

// digit returns the last decimal digit of n, which is not negative. Dates are
// written so often that formatting them would be seen in a profile.
func digit(n int) byte { return '0' + byte(n%10) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// YearMonth returns the month that d lies in.
func (d Date) YearMonth() Month { return Month{d.Year, d.Month} }

// Quarter returns 1 to 4.
func (d Date) Quarter() int { return (int(d.Month)-1)/3 + 1 }

// String returns the ISO form 2026-11-23, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Year < 1000 || d.Year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	return string([]byte{digit(d.Year / 1000), digit(d.Year / 100), digit(d.Year / 10), digit(d.Year), '-',
		digit(int(d.Month) / 10), digit(int(d.Month)), '-', digit(d.Day / 10), digit(d.Day)})
}

// Chinese returns the form of official documents (GB/T 9704): 2026年3月5日.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Year) + "年" + strconv.Itoa(int(d.Month)) + "月" + strconv.Itoa(d.Day) + "日"
}

// ChineseWeekday returns 星期一 to 星期日.
func (d Date) ChineseWeekday() string {
	return [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}[d.Weekday()]
}

// Month is a month of a year. The zero value is no month.
type Month struct {
	Year  int
	Month time.Month
}

// ParseMonth reads the ISO form 2026-11.
func ParseMonth(s string) (Month, bool) {
	d, ok := ParseDate(s + "-01")
	return d.YearMonth(), ok
}

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == Month{} }

// First returns the first day of m.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Last returns the last day of m.
func (m Month) Last() Date { return m.Add(1).First().AddDays(-1) }

// Add returns the month n months later; n may be negative.
func (m Month) Add(n int) Month {
	return DateOf(time.Date(m.Year, m.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)).YearMonth()
}

// Compare returns -1, 0 or +1 as m lies before, at or after o.
func (m Month) Compare(o Month) int { return m.First().Compare(o.First()) }

// String returns the ISO form 2026-11, or "" for no month.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, m.Month)
}

// Chinese returns 2026年11月.
func (m Month) Chinese() string { return fmt.Sprintf("%d年%d月", m.Year, m.Month) }
