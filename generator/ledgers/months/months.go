// Package months is the ledger of monthly themes (一月一主题) with their activities.
package months

import (
	"fmt"
	"slices"
	"strconv"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
)

// Activity is something that people can come to.
type Activity struct {
	Name      string                       `toml:"name,required" zh:"活动"`
	Date      calendar.Date                `toml:"date,required" zh:"日期"`
	Time      string                       `toml:"time" zh:"时间" check:"hours"`
	Place     string                       `toml:"place,required" zh:"地点"`
	Station   ledger.Ref[stations.Station] `toml:"station" zh:"驿站"`
	Host      ledger.Ref[branches.Branch]  `toml:"host,required" zh:"承办党组织"`
	Committee ledger.Ref[branches.Branch]  `toml:"committee" zh:"联办的社区党委"`
	Contact   string                       `toml:"contact" zh:"咨询电话" check:"phone"`
}

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
	ruleMissingMonth = diag.Define(diag.Rule{Code: "E1301", Name: "缺少某个月的主题", Severity: diag.Error, Tunable: true,
		Why: "一月一主题：从第一个月到当月，每个月都要有主题", Mend: "在 content/months/ 里补上这个月的文件"})
	ruleActivityMonth = diag.Define(diag.Rule{Code: "E1302", Name: "活动不在当月", Severity: diag.Error,
		Why: "月主题海报按月张贴，活动日期不在当月，居民会跑空", Mend: "改活动日期，或者把它移到那个月的文件里"})
	ruleSameMonth = diag.Define(diag.Rule{Code: "E1303", Name: "同一个月有两个主题", Severity: diag.Error,
		Why: "每个月只有一个主题", Mend: "把两个文件合并成一个，或者改其中一个的 month"})
	ruleJointActivity = diag.Define(diag.Rule{Code: "E1304", Name: "季度缺少联办活动", Severity: diag.Warning, Tunable: true,
		Why: "活动联办：社区党委每季度至少组织开展 1 次联合活动", Mend: "在那个季度的某个月里写上这次活动，并注明 committee"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "months", Title: "一月一主题", Check: checkMonths, Kinds: []ledger.Kind{ledger.Pages[Month]("月主题").Open().Hide("design", "sheet", "landscape").Turning(turns).Posts("本月主题", 50, ledger.EveryLevel)}})
}

func init() {
	ledger.Figure("本年活动", func(b *ledger.Book) ledger.Number {
		n := 0
		for _, m := range ledger.All[Month](b) {
			if m.Month.Year == b.AsOf.Year {
				n += len(m.Activities)
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
	checkJointActivities(b, all, bag)
}

func turns(_ *ledger.Book, e ledger.Entry) []ledger.Turn {
	m := e.(*Month)
	if m.Month.IsZero() {
		return nil
	}
	turns := []ledger.Turn{ledger.TurnOn(m.Month.First(), m.Title, "成为当月主题"), ledger.TurnOn(m.Month.Add(1).First(), m.Title, "当月结束")}
	for _, a := range m.Activities {
		if !a.Date.IsZero() {
			turns = append(turns, ledger.TurnOn(a.Date.AddDays(1), a.Name, "活动结束"))
		}
	}
	return turns
}

// maxMissing is how many missing months are told; more come from one wrong year.
const maxMissing = 24

func checkMissingMonths(b *ledger.Book, all []*Month, bag *diag.Bag) {
	have := map[calendar.Month]bool{}
	for _, m := range all {
		have[m.Month] = true
	}
	last := all[len(all)-1]
	end := last.Month
	if now := b.AsOf.YearMonth(); now.Compare(end) > 0 {
		end = now
	}
	missing := 0
	for m := all[0].Month; m.Compare(end) <= 0 && missing < maxMissing; m = m.Add(1) {
		if !have[m] {
			missing++
			bag.Add(ruleMissingMonth, diag.Pos{File: last.File()}, fmt.Sprintf("缺少%s的主题", m.Chinese()),
				fmt.Sprintf("新建 content/months/%s.md，写上 month = \"%s\"", m, m))
		}
	}
}

// checkJointActivities wants of each committee an activity in each quarter that
// has ended and whose three months have themes.
func checkJointActivities(b *ledger.Book, all []*Month, bag *diag.Bag) {
	type quarter struct{ year, q int }
	type key struct {
		committee string
		quarter
	}
	months, done := map[quarter]int{}, map[key]bool{}
	var order []quarter
	for _, m := range all {
		q := quarter{m.Month.Year, m.Month.First().Quarter()}
		if months[q]++; months[q] == 1 {
			order = append(order, q)
		}
		for _, a := range m.Activities {
			done[key{a.Committee.ID, q}] = true
		}
	}
	for _, c := range ledger.All[branches.Branch](b) {
		if c.Level != branches.LevelCommittee {
			continue
		}
		for _, q := range order {
			ended := calendar.Month{Year: q.year, Month: 3}.Add(3 * (q.q - 1)).Last().Before(b.AsOf)
			if ended && months[q] == 3 && !done[key{c.ID, q}] {
				bag.Addf(ruleJointActivity, c.At("name"), "“%s”在 %d 年第 %d 季度没有联办活动", c.Name, q.year, q.q)
			}
		}
	}
}
