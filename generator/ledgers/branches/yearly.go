package branches

import (
	"fmt"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

// Yearly is what each graded branch does once a year and reports in a row of its own: a
// session, an account, an appraisal.
type Yearly[T rules.Placed] struct {
	What    string // 组织生活会
	Of      func(row T) (branch ledger.Ref[Branch], year int)
	Twice   *diag.Rule // a branch has two rows of a year
	Missing *diag.Rule // it has none
}

// EndOfMarch is the last day of March: by then most of what is done once a year is done.
func EndOfMarch(year int) calendar.Date {
	return calendar.Date{Year: year, Month: time.March, Day: 31}
}

// Check reports second rows; and, once a day is past and any branch has a row of the
// year, each graded branch that was there in the year and has none.
func (y *Yearly[T]) Check(b *ledger.Book, rows []T, year int, by calendar.Date, bag *diag.Bag) {
	had, any := map[string]bool{}, false
	for _, row := range rows {
		br, of := y.Of(row)
		had[key(br.ID, of)], any = true, any || of == year
	}
	rules.Unique(bag, y.Twice, rows, "year", func(row T) string {
		br, of := y.Of(row)
		return key(br.ID, of)
	}, func(_ string, first diag.Pos) string {
		return fmt.Sprintf("这个党支部这一年在 %s 已经写过", first)
	})
	if !any || !b.AsOf.After(by) {
		return
	}
	for _, br := range Graded(b) {
		if !had[key(br.ID, year)] && br.Founded.Year <= year {
			bag.Addf(y.Missing, br.At("name"), "“%s”%d 年没有%s", br.Name, year, y.What)
		}
	}
}

func key(branch string, year int) string { return fmt.Sprint(branch, " ", year) }
