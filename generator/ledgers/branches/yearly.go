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
	Rows    func(b *ledger.Book) []T
	Of      func(row T) (branch ledger.Ref[Branch], year int)
	Year    func(b *ledger.Book) int                     // of which each branch is looked at
	By      func(b *ledger.Book, year int) calendar.Date // the last day for a year's
	Twice   *diag.Rule                                   // a branch has two rows of a year
	Missing *diag.Rule                                   // it has none
}

// ThisYear is the year of the book.
func ThisYear(b *ledger.Book) int { return b.AsOf.Year }

// LastYear is the year before it.
func LastYear(b *ledger.Book) int { return b.AsOf.Year - 1 }

// ByMarch is the last day of what is done in the first quarter of its year.
func ByMarch(_ *ledger.Book, year int) calendar.Date { return EndOfMarch(year) }

// ByNextMarch is the last day of what is done when the year is over.
func ByNextMarch(_ *ledger.Book, year int) calendar.Date { return EndOfMarch(year + 1) }

// EndOfMarch is the last day of March of a year.
func EndOfMarch(year int) calendar.Date {
	return calendar.Date{Year: year, Month: time.March, Day: 31}
}

// Check reports second rows; and of the year, once its last day is past and any branch has a
// row, each graded branch that was there in the year and has none.
func (y *Yearly[T]) Check(b *ledger.Book, bag *diag.Bag) {
	rows, year := y.Rows(b), y.Year(b)
	had, any := map[string]bool{}, false
	for _, row := range rows {
		br, of := y.Of(row)
		had[key(br.ID, of)], any = true, any || of == year
	}
	rules.Unique(bag, y.Twice, rows, "year", "这个党支部这一年", func(row T) string {
		br, of := y.Of(row)
		return key(br.ID, of)
	})
	if !any || !b.AsOf.After(y.By(b, year)) {
		return
	}
	for _, br := range Graded(b) {
		if !had[key(br.ID, year)] && br.Founded.Year <= year {
			bag.Addf(y.Missing, br.At("name"), "“%s”%d 年没有%s", br.Name, year, y.What)
		}
	}
}

func key(branch string, year int) string { return fmt.Sprint(branch, " ", year) }
