package stars

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// Year is the distribution of ratings in one year.
type Year struct {
	Year    int
	All     Spread
	ByClass []ClassSpread // in the order of the classes
}

// ClassSpread is the distribution of ratings in a class.
type ClassSpread struct {
	Class branches.Class
	Spread
}

// Spread counts the branches of each star.
type Spread struct {
	Total int
	Count [MaxStar + 1]int // by star, exclusive
}

// AtLeast returns the number of branches with that star or more.
func (s Spread) AtLeast(star int) int {
	n := 0
	for i := star; i <= MaxStar; i++ {
		n += s.Count[i]
	}
	return n
}

// Below returns the number of branches with fewer stars.
func (s Spread) Below(star int) int { return s.Total - s.AtLeast(star) }

// Percent returns the cumulative share of a star in percent, 0 to 100.
func (s Spread) Percent(star int) float64 {
	if s.Total == 0 {
		return 0
	}
	return 100 * float64(s.AtLeast(star)) / float64(s.Total)
}

func (s *Spread) add(star int) {
	s.Total++
	s.Count[star]++
}

// figures are what is counted over all results, also those that are not
// published: numbers only, never a name.
type figures struct {
	years []Year      // newest first
	pairs map[int]int // helping pairs by year
}

var counted = ledger.Derive(func(b *ledger.Book) figures {
	f := figures{pairs: map[int]int{}}
	for _, p := range ledger.All[Pair](b) {
		if p.IsPublic() && !p.Draft {
			f.pairs[p.Year]++
		}
	}
	years := map[int]bool{}
	for _, r := range ledger.All[Result](b) {
		if counts(r) {
			years[r.Year] = true
		}
	}
	for _, y := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		f.years = append(f.years, yearOf(b, y, counts))
	}
	return f
})

// Years returns the distributions of all years with results, the newest first.
func Years(b *ledger.Book) []Year { return counted.Of(b).years }

// Pairs returns how many helping pairs there are in a year.
func Pairs(b *ledger.Book, year int) int { return counted.Of(b).pairs[year] }

// counts reports whether a result is meant for the public: with its name, or,
// where the scheme holds the name back, as one of a number.
func counts(r *Result) bool { return r.IsPublic() && !r.Draft }

func yearOf(b *ledger.Book, year int, keep func(*Result) bool) Year {
	y := Year{Year: year}
	for _, c := range branches.Class("").Options() {
		y.ByClass = append(y.ByClass, ClassSpread{Class: branches.Class(c)})
	}
	for _, r := range ledger.All[Result](b) {
		if !keep(r) || r.Year != year || r.Star < 1 || r.Star > MaxStar {
			continue
		}
		y.All.add(r.Star)
		if br := r.Branch.In(b); br != nil {
			for i := range y.ByClass {
				if y.ByClass[i].Class == br.Class {
					y.ByClass[i].add(r.Star)
				}
			}
		}
	}
	return y
}

// Percent writes a share in percent with at most one decimal.
func Percent(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") }

func init() {
	latest := func(number func(s Spread) (value, unit string)) func(b *ledger.Book) ledger.Number {
		return func(b *ledger.Book) ledger.Number {
			years := Years(b)
			if len(years) == 0 {
				return ledger.Number{}
			}
			value, unit := number(years[0].All)
			return ledger.Number{Value: value, Unit: unit, Folder: "stars"}
		}
	}
	ledger.Figure("考核指标", "星级评定的考核指标", func(b *ledger.Book) ledger.Number {
		return ledger.Counted(len(ledger.All[Indicator](b)), "项", "stars")
	})
	ledger.Figure("三星以上占比", "最近一年评定的党支部里，三星级以上的占几成", latest(func(s Spread) (string, string) { return Percent(s.Percent(3)), "%" }))
	ledger.Figure("四星以上占比", "最近一年评定的党支部里，四星级以上的占几成", latest(func(s Spread) (string, string) { return Percent(s.Percent(4)), "%" }))
	ledger.Figure("五星占比", "最近一年评定的党支部里，五星级的占几成", latest(func(s Spread) (string, string) { return Percent(s.Percent(MaxStar)), "%" }))
	ledger.Figure("参评党支部", "最近一年参加星级评定的党支部", latest(func(s Spread) (string, string) { return strconv.Itoa(s.Total), "个" }))
}
