package calendar

import (
	"fmt"
	"time"
)

// Quarter is a quarter of a year. The zero value is none.
type Quarter struct{ Year, Q int }

// Parse reads the form 2026Q4.
func (q *Quarter) Parse(text string) error {
	var got Quarter
	if n, err := fmt.Sscanf(text, "%4dQ%1d", &got.Year, &got.Q); n != 2 || err != nil || got.String() != text || got.Q < 1 || got.Q > 4 {
		return fmt.Errorf("季度写成 \"2026Q4\" 的样子")
	}
	*q = got
	return nil
}

// QuarterOf returns the quarter in which a day lies.
func QuarterOf(d Date) Quarter {
	if d.IsZero() {
		return Quarter{}
	}
	return Quarter{d.Year, d.Quarter()}
}

// IsZero reports whether q is no quarter.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// First returns the first day of q.
func (q Quarter) First() Date { return Date{q.Year, time.Month(3*q.Q - 2), 1} }

// Last returns the last day of q.
func (q Quarter) Last() Date { return Month{q.Year, time.Month(3 * q.Q)}.Last() }

// Number is a running number of quarters.
func (q Quarter) Number() int { return q.Year*4 + q.Q - 1 }

// Add returns the quarter n quarters later; n may be negative.
func (q Quarter) Add(n int) Quarter {
	n += q.Number()
	return Quarter{n / 4, n%4 + 1}
}

// String returns the form 2026Q4, or "" for none.
func (q Quarter) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04dQ%d", q.Year, q.Q)
}

// Chinese returns 2026年第4季度.
func (q Quarter) Chinese() string { return fmt.Sprintf("%d年第%d季度", q.Year, q.Q) }
