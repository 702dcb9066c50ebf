package ledger

import (
	"reflect"
	"strconv"
	"testing"
	"testing/quick"
)

// TestSmallCountsAreNotTold: what is left out of a line comes to two counts at least, so
// that none of them follows from the sum.
func TestSmallCountsAreNotTold(t *testing.T) {
	for _, c := range []struct {
		table [][]int
		want  [][]string
		sums  []string
	}{
		{[][]int{{5, 9, 12}}, [][]string{{"5", "9", "12"}}, []string{"26"}},
		{[][]int{{2, 9, 12}}, [][]string{{"少于3", "不单列", "12"}}, []string{"23"}},
		{[][]int{{2, 0, 12}}, [][]string{{"少于3", "0", "不单列"}}, []string{"14"}},
		{[][]int{{1, 1, 12, 20}}, [][]string{{"少于3", "少于3", "不单列", "20"}}, []string{"34"}},
		{[][]int{{2}}, [][]string{{"少于3"}}, []string{"不公布"}},
		{[][]int{{0, 0}}, [][]string{{"0", "0"}}, []string{"0"}},
		// Of a row in which one is small another is not told either, nor of its column.
		{[][]int{{20, 30, 40}, {2, 8, 9}}, [][]string{{"不单列", "不单列", "40"}, {"少于3", "不单列", "9"}}, []string{"90", "19"}},
	} {
		if got, sums := Suppress(c.table, 3); !reflect.DeepEqual(got, c.want) || !reflect.DeepEqual(sums, c.sums) {
			t.Errorf("%v: %v, %v", c.table, got, sums)
		}
	}
	if err := quick.Check(func(raw []uint8, width, least uint8) bool { return holds(raw, 1+int(width%4), 2+int(least%4)) }, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

// holds reports whether no small count of a table is told or follows.
func holds(raw []uint8, width, least int) bool {
	table := make([][]int, width)
	for i, n := range raw[:len(raw)/width*width] {
		table[i%width] = append(table[i%width], int(n%13))
	}
	texts, sums := Suppress(table, least)
	follows := func(told bool, line []int, texts []string) bool {
		left, persons, small := 0, 0, false
		for i, n := range line {
			small = small || n > 0 && n < least
			if texts[i] != strconv.Itoa(n) {
				left, persons = left+1, persons+n
			} else if n > 0 && n < least {
				return true
			}
		}
		return small && told && (left < 2 || persons < 2*least)
	}
	for c := range table {
		if follows(sums[c] != "不公布", table[c], texts[c]) {
			return false
		}
	}
	for r := range rowsOf(table) {
		var line []int
		var words []string
		others := 0
		for c := range table {
			line, words = append(line, table[c][r]), append(words, texts[c][r])
			if table[c][r] > 0 {
				others++
			}
		}
		sum := 0
		for _, n := range line {
			sum += n
		}
		if others > 1 && sum >= 2*least && follows(true, line, words) {
			return false
		}
	}
	return true
}
