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
	of      string // what the rows are
	unit    string
	persons bool
	counts  func(b *Book, e Entry) []Count
}

// Sums are a table of sums. Cells that the public may not know have their words.
type Sums struct {
	Title   string
	Of      string // what the rows are
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
	s = Sums{Of: g.of, Title: g.title + "（" + g.unit + "）", Columns: columns, Rows: make([]SumRow, len(rows))}
	for i, row := range rows {
		s.Rows[i].Name = row
	}
	table := make([][]int, len(columns))
	for c, column := range columns {
		table[c] = make([]int, len(rows))
		for r, row := range rows {
			table[c][r] = cells[[2]string{row, column}]
		}
	}
	least := 0 // nothing is small
	if g.persons {
		least = b.MinCell
	}
	texts, sums := Suppress(table, least)
	for c := range columns {
		for r := range rows {
			s.Rows[r].Cells = append(s.Rows[r].Cells, texts[c][r])
		}
	}
	total := SumRow{Name: "合计", Cells: sums}
	if len(rows) > 1 {
		s.Rows = append(s.Rows, total)
	}
	return s, true
}

// Suppress writes a table of counts of persons, by columns, so that no small one can be
// read or computed: a count below least, but not 0, is 少于 it; and lest it follow from
// the sum of its column, or from that of its row, which may stand elsewhere, others are
// not told either, the least of them first, until what is left out is at least two counts
// and twice least persons. The sum of a column is told when that suffices.
func Suppress(table [][]int, least int) (texts [][]string, sums []string) {
	hidden := make([][]bool, len(table))
	for c := range table {
		hidden[c] = make([]bool, len(table[c]))
		for r, n := range table[c] {
			hidden[c][r] = n > 0 && n < least
		}
	}
	for changed := true; changed; {
		changed = false
		for c := range table {
			changed = hideMore(table[c], least, func(r int) *bool { return &hidden[c][r] }) || changed
		}
		for r := range rowsOf(table) {
			row := make([]int, len(table))
			for c := range table {
				row[c] = table[c][r]
			}
			changed = hideMore(row, least, func(c int) *bool { return &hidden[c][r] }) || changed
		}
	}
	for c, counts := range table {
		column := make([]string, len(counts))
		left, persons, sum := 0, 0, 0
		for r, n := range counts {
			sum += n
			column[r] = strconv.Itoa(n)
			if hidden[c][r] {
				left, persons = left+1, persons+n
				column[r] = "不单列"
			}
			if n > 0 && n < least {
				column[r] = "少于" + strconv.Itoa(least)
			}
		}
		told := strconv.Itoa(sum)
		if left > 0 && !suffices(left, persons, least) {
			told = "不公布"
		}
		texts, sums = append(texts, column), append(sums, told)
	}
	return texts, sums
}

func rowsOf(table [][]int) int {
	if len(table) == 0 {
		return 0
	}
	return len(table[0])
}

// suffices reports whether so many counts of so many persons may be left out of a sum
// that is told.
func suffices(left, persons, least int) bool { return left >= 2 && persons >= 2*least }

// hideMore hides counts of a line in which one is hidden, the least first, until what is
// hidden suffices; it reports whether it did.
func hideMore(counts []int, least int, hidden func(i int) *bool) (changed bool) {
	left, persons := 0, 0
	order := make([]int, len(counts))
	for i, n := range counts {
		if order[i] = i; *hidden(i) {
			left, persons = left+1, persons+n
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(counts[i], counts[j]) })
	for _, i := range order {
		if left == 0 || suffices(left, persons, least) {
			break
		}
		if h := hidden(i); !*h && counts[i] > 0 {
			*h, changed = true, true
			left, persons = left+1, persons+counts[i]
		}
	}
	return changed
}
