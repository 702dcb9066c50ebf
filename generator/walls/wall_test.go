package walls

import (
	"slices"
	"strings"
	"testing"

	"biandan/generator/calendar"
	"biandan/generator/plan"
)

// day is the day of a date; none for what is no date.
func day(s string) calendar.Date {
	d, _ := calendar.ParseDate(s)
	return d
}

// TestDaysDecideWhatHangs posts sheets with their days on Monday, the 23rd of
// November; somebody was there last on Friday, the 20th.
func TestDaysDecideWhatHangs(t *testing.T) {
	for name, c := range map[string]struct{ from, until, place string }{
		"for good":                        {"", "", "hanging"},
		"since long":                      {"2026-01-01", "", "hanging"},
		"from today":                      {"2026-11-23", "2026-11-30", "hanging fresh"},
		"since Saturday":                  {"2026-11-21", "", "hanging fresh"},
		"since Friday, when it was hung":  {"2026-11-20", "", "hanging"},
		"the last day":                    {"2026-11-01", "2026-11-23", "hanging"},
		"over since Sunday":               {"2026-11-01", "2026-11-22", "gone"},
		"over since Friday evening":       {"2026-11-01", "2026-11-20", "gone"},
		"taken down on Friday":            {"2026-11-01", "2026-11-19", ""},
		"from tomorrow":                   {"2026-11-24", "", "coming"},
		"from the last day that is known": {"2026-12-24", "", "coming"},
		"from a day that is too far":      {"2026-12-25", "", ""},
	} {
		w := &wall{since: day("2026-11-20")}
		w.post(Design{Posting: "公示公告"}, []*plan.Sheet{{From: day(c.from), Until: day(c.until)}}, day("2026-11-23"))
		var got []string
		for place, list := range map[string][]hanging{"hanging": w.hanging, "fresh": w.fresh(), "gone": w.gone, "coming": w.coming} {
			if len(list) > 0 {
				got = append(got, place)
			}
		}
		slices.Sort(got)
		want := strings.Fields(c.place)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if missing := len(w.hanging)+len(w.coming) == 0; missing != (len(w.missing) == 1) {
			t.Errorf("%s: missing %v", name, w.missing)
		}
	}
}

// TestWallHasRoomForSoMany leaves out what comes last, says how much, and counts no
// other posting; that an optional one is missing is no matter.
func TestWallHasRoomForSoMany(t *testing.T) {
	w := &wall{}
	today := day("2026-11-23")
	sheets := func(n int) (list []*plan.Sheet) {
		for range n {
			list = append(list, &plan.Sheet{})
		}
		return list
	}
	w.post(Design{Posting: "本月主题"}, sheets(5), today)
	w.post(Design{Posting: "公示公告", Max: 3, Optional: true}, sheets(7), today)
	w.post(Design{Posting: "星级牌", Optional: true}, nil, today)
	w.post(Design{Posting: "服务清单"}, nil, today)
	if len(w.hanging) != 8 || w.left != 4 || !slices.Equal(w.missing, []string{"服务清单"}) {
		t.Errorf("%d hang, %d are left out, missing: %v", len(w.hanging), w.left, w.missing)
	}
}

// TestNextWork says on which day a wall changes next, and what is to be done.
func TestNextWork(t *testing.T) {
	today := day("2026-11-23")
	post := func(days ...string) *wall {
		w := &wall{since: today}
		for i := 0; i < len(days); i += 2 {
			w.post(Design{}, []*plan.Sheet{{From: day(days[i]), Until: day(days[i+1])}}, today)
		}
		return w
	}
	for want, w := range map[string]*wall{
		"":                  post("", ""),
		"2026年11月26日揭下 1 份": post("", "2026-11-25", "", "", "", "2026-12-30"),
		"2026年12月1日贴上 2 份":  post("2026-12-01", "", "2026-12-01", "", "2026-12-02", ""),
		"2026年12月1日揭下 1 份，贴上 1 份": post("", "2026-11-30", "2026-12-01", "2026-12-31"),
	} {
		if got := w.next(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
