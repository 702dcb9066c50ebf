package services

import "testing"

func TestWorkdaysInChinese(t *testing.T) {
	for text, want := range map[string]int{"一": 1, "两": 2, "三": 3, "九": 9, "十": 10, "十五": 15, "二十": 20, "三十五": 35} {
		if got := workdays(text); got != want {
			t.Errorf("%s: %d", text, got)
		}
	}
}
