package ledger

import "sort"

// Figures are what is counted over all records, also those that are not
// published: numbers only, never a name.
type Figures struct {
	Stars []StarYear  // newest first
	Pairs map[int]int // helping pairs by year
}

// StarYear is the distribution of ratings in one year.
type StarYear struct {
	Year    int
	All     Spread
	ByClass []ClassSpread // in the order of the classes
}

// ClassSpread is the distribution of ratings in a class.
type ClassSpread struct {
	Class Class
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

// Compute fills the figures of b from its records.
func (b *Book) Compute() {
	b.Figures = Figures{Pairs: map[int]int{}}
	for _, p := range All[Pair](b) {
		if p.IsPublic() && !p.Draft {
			b.Figures.Pairs[p.Year]++
		}
	}
	years := map[int]bool{}
	for _, r := range All[Result](b) {
		if counts(r) {
			years[r.Year] = true
		}
	}
	for y := range years {
		b.Figures.Stars = append(b.Figures.Stars, starYear(b, y, counts))
	}
	sort.Slice(b.Figures.Stars, func(i, j int) bool { return b.Figures.Stars[i].Year > b.Figures.Stars[j].Year })
}

// counts reports whether a result is meant for the public: with its name, or,
// where the scheme holds the name back, as one of a number.
func counts(r *Result) bool { return r.IsPublic() && !r.Draft }

func starYear(b *Book, year int, keep func(*Result) bool) StarYear {
	y := StarYear{Year: year}
	for _, c := range Class("").Options() {
		y.ByClass = append(y.ByClass, ClassSpread{Class: Class(c)})
	}
	for _, r := range All[Result](b) {
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
