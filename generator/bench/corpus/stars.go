package corpus

import (
	"fmt"

	"biandan/generator/calendar"
)

const indicators = 20

var starYears = []int{2024, 2025}

func indicatorRows() rows {
	r := rows{folder: "stars", kind: "indicator"}
	for i := range indicators {
		r.list = append(r.list, table{{"no", i + 1}, {"dimension", []string{"联动", "服务", "阵地", "制度", "生活"}[i/4]}, {"name", acts[i%len(acts)] + goods[i%len(goods)]},
			{"applies", []string{"机关", "企事业", "两新", "社区"}}, {"full", 100.0 / indicators}, {"method", "查记录，看现场"}})
	}
	return r
}

func schemeRows() rows {
	r := rows{folder: "stars", kind: "scheme"}
	for _, y := range starYears {
		r.list = append(r.list, table{{"year", y}, {"indicators", indicators}, {"base", 100}, {"bonus_max", 5},
			{"thresholds", []table{{{"star", 5}, {"from", 90}}, {{"star", 4}, {"from", 80}}, {{"star", 3}, {"from", 70}}, {{"star", 2}, {"from", 60}}}},
			{"publish_from", 3}, {"helper_star", 4},
			{"notice", fmt.Sprint("xing-ji-", y)}, {"announced", calendar.Date{Year: y + 1, Month: 3, Day: 2}}})
	}
	return r
}

// resultRows rate the branches of estates and of units, all with three stars or
// more, none by two stars more or less than in the year before.
func resultRows() rows {
	r := rows{folder: "stars", kind: "result"}
	last := map[int]int{} // scores of the year before
	for _, y := range starYears {
		c := chance(fmt.Sprint("result ", y), 0)
		for i := committees; i < branchCount; i++ {
			if i < firstUnit && (i-committees)%perEstate != 0 {
				continue
			}
			score, before := 70+c.IntN(30), last[i]
			if before > 0 {
				score = min(max(score, before-10), before+10)
			}
			t := table{{"year", y}, {"branch", branchID(i)}, {"score", score}, {"star", starOf(score)}}
			if starOf(score) < starOf(before) {
				t = append(t, table{{"reason", ends[i%len(ends)]}}...)
			}
			last[i] = score
			r.list = append(r.list, t)
		}
	}
	return r
}

func starOf(score int) int { return min(5, score/10-4) }
