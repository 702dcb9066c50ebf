package ledger

import (
	"slices"
	"testing"
	"testing/quick"
)

// TestSmallCountsAreNotTold: what is left out comes to two counts at least, so that
// none of them follows from the sum.
func TestSmallCountsAreNotTold(t *testing.T) {
	for _, c := range []struct {
		counts []int
		want   []string
		sum    string
	}{
		{[]int{5, 9, 12}, []string{"5", "9", "12"}, "26"},
		{[]int{2, 9, 12}, []string{"少于3", "不单列", "12"}, "23"},
		{[]int{2, 0, 12}, []string{"少于3", "0", "不单列"}, "14"},
		{[]int{1, 1, 12, 20}, []string{"少于3", "少于3", "不单列", "20"}, "34"},
		{[]int{2, 2, 2, 20}, []string{"少于3", "少于3", "少于3", "20"}, "26"},
		{[]int{2}, []string{"少于3"}, "不公布"},
		{[]int{0, 0}, []string{"0", "0"}, "0"},
	} {
		if got, sum := Suppress(c.counts, 3); !slices.Equal(got, c.want) || sum != c.sum {
			t.Errorf("%v: %v, %s", c.counts, got, sum)
		}
	}
	holds := func(raw []uint8, l uint8) bool {
		counts, least := make([]int, len(raw)), 2+int(l%4)
		for i, n := range raw {
			counts[i] = int(n % 13)
		}
		texts, sum := Suppress(counts, least)
		hidden, persons, small := 0, 0, false
		for i, n := range counts {
			isSmall, told := n > 0 && n < least, texts[i] == textsOf(counts)[i]
			small = small || isSmall
			if !told {
				hidden, persons = hidden+1, persons+n
			} else if isSmall {
				return false
			}
		}
		return !small || sum == "不公布" || hidden >= 2 && persons >= 2*least
	}
	if err := quick.Check(holds, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}
