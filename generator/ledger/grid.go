package ledger

import (
	"cmp"
	"slices"
	"strconv"
)

// Count is what a record of a grid gives to a cell of a published table. The row is
// named by a record, so that it can be known whether the public may read its name, or
// by a text.
type Count struct {
	Of          Entry
	Row, Column string
	N           int
}

// row is the name of the row in a public book.
func (c *Count) row(public *Book) string {
	if c.Of == nil {
		return c.Row
	}
	if e := public.Entry(KindOf(c.Of), c.Of.record().ID); e != nil {
		return TitleOf(e)
	}
	return "其他"
}

// gridOf is a table of sums over the records of a kind.
type gridOf struct {
	title   string
	unit    string
	persons bool
	counts  func(b *Book, e Entry) []Count
}

// AsGrid says that the records are counts, of which the public sees the sums: by
// community, by class, by month, in a table of that title. They are taken over all
// records that are no drafts, whatever their scope. Of persons small cells are not
// published; rows and columns stand in the order in which f gives them first.
func (k Kind) AsGrid(title, unit string, persons bool, f func(b *Book, e Entry) []Count) Kind {
	k.grids = append(slices.Clip(k.grids), gridOf{title, unit, persons, f})
	return k
}

// Sums are a table of sums. Cells that the public may not know have their words.
type Sums struct {
	Title   string
	Columns []string
	Rows    []SumRow // the last one is the total, where there are several
}

// SumRow is a row of sums.
type SumRow struct {
	Name  string
	Cells []string
}

// SumsOf returns the tables of sums of a kind; those without a count are left out.
func SumsOf(k *Kind, b *Book) (all []Sums) {
	for _, g := range k.grids {
		if s, ok := g.sums(k, b); ok {
			all = append(all, s)
		}
	}
	return all
}

// HasSums reports whether the kind publishes sums.
func (k *Kind) HasSums() bool { return len(k.grids) > 0 }

func (g *gridOf) sums(k *Kind, public *Book) (s Sums, ok bool) {
	b := public.all
	var rows, columns []string
	cells := map[[2]string]int{}
	for _, e := range b.Entries(k) {
		if e.record().Draft {
			continue
		}
		for _, c := range g.counts(b, e) {
			row := c.row(public)
			if !slices.Contains(rows, row) {
				rows = append(rows, row)
			}
			if !slices.Contains(columns, c.Column) {
				columns = append(columns, c.Column)
			}
			cells[[2]string{row, c.Column}] += c.N
		}
	}
	if len(rows) == 0 {
		return s, false
	}
	s = Sums{Title: g.title + "（" + g.unit + "）", Columns: columns, Rows: make([]SumRow, len(rows))}
	for i, row := range rows {
		s.Rows[i].Name = row
	}
	total := SumRow{Name: "合计"}
	for _, column := range columns {
		values := make([]int, len(rows))
		for i, row := range rows {
			values[i] = cells[[2]string{row, column}]
		}
		texts, sum := textsOf(values), ""
		if g.persons {
			texts, sum = Suppress(values, b.MinCell)
		} else {
			sum = strconv.Itoa(sumOf(values))
		}
		for i, text := range texts {
			s.Rows[i].Cells = append(s.Rows[i].Cells, text)
		}
		total.Cells = append(total.Cells, sum)
	}
	if len(rows) > 1 {
		s.Rows = append(s.Rows, total)
	}
	return s, true
}

// Suppress writes counts of persons, which are the parts of one sum, so that no small
// one can be read or computed: a count below least, but not 0, is 少于 it; and lest it
// follow from the sum, which may stand elsewhere, others are not told either, the least
// of them first, until what is left out is at least two counts and twice least persons.
// The sum is told when that suffices.
func Suppress(counts []int, least int) (texts []string, sum string) {
	texts, sum = textsOf(counts), strconv.Itoa(sumOf(counts))
	hidden, persons := 0, 0
	hide := func(i int, text string) {
		texts[i] = text
		hidden, persons = hidden+1, persons+counts[i]
	}
	for i, n := range counts {
		if n > 0 && n < least {
			hide(i, "少于"+strconv.Itoa(least))
		}
	}
	if hidden == 0 {
		return texts, sum
	}
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(counts[i], counts[j]) })
	for _, i := range order {
		if hidden >= 2 && persons >= 2*least {
			break
		}
		if counts[i] >= least {
			hide(i, "不单列")
		}
	}
	if hidden < 2 || persons < 2*least {
		return texts, "不公布"
	}
	return texts, sum
}

func textsOf(counts []int) []string {
	texts := make([]string, len(counts))
	for i, n := range counts {
		texts[i] = strconv.Itoa(n)
	}
	return texts
}

func sumOf(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
