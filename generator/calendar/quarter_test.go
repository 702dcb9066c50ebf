package calendar

import "testing"

func TestQuarter(t *testing.T) {
	var q Quarter
	if err := q.Parse("2026Q4"); err != nil || q.String() != "2026Q4" || q.Chinese() != "2026年第4季度" {
		t.Error(q, err)
	}
	for _, text := range []string{"", "2026", "2026Q0", "2026Q5", "2026q4", "26Q4", "2026Q44", " 2026Q4", "2026Q4 ", "甲"} {
		if err := new(Quarter).Parse(text); err == nil {
			t.Errorf("%q is a quarter", text)
		}
	}
	for n := -9; n <= 9; n++ {
		if a := q.Add(n); a.Number() != q.Number()+n || QuarterOf(a.First()) != a || QuarterOf(a.Last()) != a || a.Last().AddDays(1) != a.Add(1).First() {
			t.Error(n, a, a.First(), a.Last())
		}
	}
	if !QuarterOf(Date{}).IsZero() {
		t.Error("no day lies in a quarter")
	}
}
