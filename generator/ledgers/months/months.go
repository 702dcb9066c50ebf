// Package months is the ledger of monthly themes (一月一主题) with their activities.
package months

import (
	"fmt"
	"slices"
	"strconv"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Month is a monthly theme (一月一主题).
type Month struct {
	ledger.Page
	Month      calendar.Month `toml:"month,required" zh:"月份"`
	Slogan     string         `toml:"slogan,required" zh:"口号"`
	Tasks      []string       `toml:"tasks" zh:"任务"`
	Activities []Activity     `toml:"activities" zh:"活动安排"`
	Design     Design         `toml:"design" zh:"海报的样子"`
	ledger.Paper
}

// Design is how the poster of a monthly theme looks.
type Design string

// The designs: a red field, white paper with red marks, a festival with motifs
// of the season, black lines for printers without colour.
const (
	Solemn   Design = "庄重红"
	Light    Design = "素纸"
	Festive  Design = "节庆"
	LineWork Design = "省墨"
)

// Options lists the designs.
func (Design) Options() []string {
	return []string{string(Solemn), string(Light), string(Festive), string(LineWork)}
}

var (
	ruleMissingMonth = diag.Define(diag.Rule{Code: "E1301", Name: "缺少某个月的主题", Severity: diag.Warning, Tunable: true,
		Why: "一月一主题：从 site.toml 的 months_from（没有写，就是第一年的一月）到当月，每个月都要有主题；草稿和没有上线的不算", Mend: "在 content/months/ 里补上这个月的文件"})
	ruleActivityMonth = diag.Define(diag.Rule{Code: "E1302", Name: "活动不在当月", Severity: diag.Error,
		Why: "月主题海报按月张贴，活动日期不在当月，居民会跑空", Mend: "改活动日期，或者把它移到那个月的文件里"})
	ruleSameMonth = diag.Define(diag.Rule{Code: "E1303", Name: "同一个月有两个主题", Severity: diag.Error,
		Why: "每个月只有一个主题", Mend: "把两个文件合并成一个，或者改其中一个的月份（month）"})
	ruleNextMonth = diag.Define(diag.Rule{Code: "E1305", Name: "下个月还没有主题", Severity: diag.Warning, Tunable: true,
		Why: "每月 25 日前公布下个月的主题，海报才来得及印、来得及贴", Mend: "运行 biandan new 月主题，写好下个月的"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "months", Title: "一月一主题", Check: checkMonths, Remind: remind, Needs: []string{"branches", "stations", "teams", "holidays"}}, ledger.Pages[Month]("月主题").Open().Hide("design", "sheet", "landscape").Turning((*Month).turns).Happening((*Month).happen).Posts("本月主题", 50, ledger.EveryLevel))
}

func init() {
	ledger.Figure("每季度联办", "今年过完的季度里，每个社区党委每季度最少办了几次联办活动", func(b *ledger.Book) ledger.Number {
		return ledger.Counted(max(0, fewestJoint(b)), "次", "months")
	})
	ledger.Figure("本年活动", "今年各月主题里的活动，取消的不算", func(b *ledger.Book) ledger.Number {
		n := 0
		for _, m := range ledger.All[Month](b) {
			if m.Month.Year == b.AsOf.Year {
				for _, a := range m.Activities {
					if a.Off == "" {
						n++
					}
				}
			}
		}
		return ledger.Number{Value: strconv.Itoa(n), Unit: "场", Folder: "months"}
	})
}

// ThemeOf returns the theme of a month, or nil.
func ThemeOf(b *ledger.Book, m calendar.Month) *Month {
	for _, x := range ledger.All[Month](b) {
		if x.Month == m {
			return x
		}
	}
	return nil
}

// InOrder returns the themes of a book in order of time.
func InOrder(b *ledger.Book) []*Month {
	all := slices.Clone(ledger.All[Month](b))
	slices.SortStableFunc(all, func(x, y *Month) int { return x.Month.Compare(y.Month) })
	return all
}

func checkMonths(b *ledger.Book, bag *diag.Bag) {
	all := slices.DeleteFunc(InOrder(b), func(m *Month) bool { return m.Month.IsZero() }) // reported where it is written
	if len(all) == 0 {
		return
	}
	for i, m := range all {
		if i > 0 && m.Month == all[i-1].Month {
			bag.Addf(ruleSameMonth, m.At("month"), "%s已经有主题：%s", m.Month.Chinese(), all[i-1].At("month"))
		}
		for j, a := range m.Activities {
			if a.Date.YearMonth() != m.Month && !a.Date.IsZero() {
				bag.Addf(ruleActivityMonth, m.At("activities", j, "date"), "活动“%s”的日期 %s 不在%s", a.Name, a.Date, m.Month.Chinese())
			}
		}
	}
	checkMissingMonths(b, all, bag)
	checkActivities(b, all, bag)
	checkJointActivities(b, all, bag)
}

func (m *Month) turns(_ *ledger.Book, on func(d calendar.Date, title, what string)) {
	if m.Month.IsZero() {
		return
	}
	on(m.Month.First(), m.Title, "成为当月主题")
	on(m.Month.Add(1).First(), m.Title, "当月结束")
	for _, a := range m.Activities {
		if !a.Date.IsZero() && a.Off == "" {
			on(a.Day().AddDays(1), a.Name, "活动结束")
		}
	}
}

// happen are the activities of a month as calendars have them.
func (m *Month) happen(b *ledger.Book) (all []ledger.Event) {
	for _, a := range m.Activities {
		place := a.Place
		if st := a.Station.In(b); st != nil && !a.Outdoors {
			place += "（" + st.Name + "）"
		}
		all = append(all, ledger.Event{Title: a.Name, Day: a.Day(), Hours: a.Time, Place: place, Off: a.Off, Done: a.People > 0 || a.Result != "",
			Of: []ledger.Entry{a.Station.Entry(b), a.Host.Entry(b), a.Committee.Entry(b)}, Key: a.Name + a.Date.String()})
	}
	return all
}

// maxMissing is how many missing months are told; more come from one wrong year.
const maxMissing = 24

// checkMissingMonths wants a public theme of every month up to this one, and some
// days before it ends one of the next.
func checkMissingMonths(b *ledger.Book, all []*Month, bag *diag.Bag) {
	have := map[calendar.Month]bool{}
	kind := ledger.Lookup("months").Kind("")
	for _, m := range all {
		if b.Publishes(kind, m, ledger.Visible{}) {
			have[m.Month] = true
		}
	}
	last, now := all[len(all)-1], b.AsOf.YearMonth()
	from := b.MonthsFrom
	if from.IsZero() {
		from = calendar.Month{Year: all[0].Month.Year, Month: 1}
	}
	end := now
	for m := range have {
		if m.Compare(end) > 0 {
			end = m
		}
	}
	add := func(rule *diag.Rule, m calendar.Month) {
		for _, x := range all {
			if x.Month == m { // it is written, and not yet public
				bag.Add(rule, x.At("month"), fmt.Sprintf("%s的主题还没有公开", m.Chinese()), "去掉草稿（draft），或者核对日期（date）、上线日期（publish_date）")
				return
			}
		}
		bag.Add(rule, diag.Pos{File: last.File()}, fmt.Sprintf("缺少%s的主题", m.Chinese()),
			fmt.Sprintf("新建 content/months/%s.md，写上 month = \"%s\"", m, m))
	}
	missing := 0
	for m := from; m.Compare(end) <= 0 && missing < maxMissing; m = m.Add(1) {
		if !have[m] {
			missing++
			add(ruleMissingMonth, m)
		}
	}
	const notice = 15 // the day of a month from which the next should be seen to
	next := now.Add(1)
	written := slices.ContainsFunc(all, func(m *Month) bool { return m.Month == next && m.IsPublic() && !m.Draft })
	if b.AsOf.Day >= notice && !written && next.Compare(end) > 0 {
		add(ruleNextMonth, next)
	}
}
