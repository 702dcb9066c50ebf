// Package life is the ledger of the life of branches (三会一课 月报告, 主题党日, 联合主题党日,
// 督查): how often they met in each month, and how many came.
package life

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/holidays"
)

// Report is what a branch reports of a year, by months from January.
type Report struct {
	ledger.Record
	Branch    ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year      int                         `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	Assembly  []int                       `toml:"assembly" zh:"党员大会" check:"min=0,max=31"`
	Committee []int                       `toml:"committee" zh:"支委会" check:"min=0,max=31"`
	Group     []int                       `toml:"group" zh:"党小组会" check:"min=0,max=99"`
	Lecture   []int                       `toml:"lecture" zh:"党课" check:"min=0,max=31"`
	ThemeDay  []calendar.Date             `toml:"theme_day" zh:"主题党日"`
	Filed     []calendar.Date             `toml:"filed" zh:"报送日期"`
	Due       []int                       `toml:"due" zh:"应到（人次）" check:"min=0"`
	Came      []int                       `toml:"came" zh:"实到（人次）" check:"min=0"`
}

// JointDay is a theme day that branches hold together (联合主题党日).
type JointDay struct {
	ledger.Record
	Date     calendar.Date                 `toml:"date,required" zh:"日期"`
	Branches []ledger.Ref[branches.Branch] `toml:"branches,required" zh:"参加的党支部"`
	Place    string                        `toml:"place,required" zh:"地点"`
	Kind     JointKind                     `toml:"kind" zh:"做什么"`
	People   int                           `toml:"people" zh:"参加（人次）" check:"min=0"`
	Deed     string                        `toml:"deed" zh:"办成的实事"`
	Activity string                        `toml:"activity" zh:"一月一主题里的活动"`
	Off      string                        `toml:"off" zh:"取消的原因"`
}

// JointKind is what a joint theme day is for.
type JointKind string

// Options lists the kinds.
func (JointKind) Options() []string { return []string{"学习", "志愿服务", "实事"} }

// Lecture is a lecture that was chosen as a good one (优秀党课).
type Lecture struct {
	ledger.Record
	Title  string                      `toml:"title,required" zh:"党课"`
	Year   int                         `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Level  LectureLevel                `toml:"level" zh:"哪一级评的"`
}

// LectureLevel is who chose a lecture.
type LectureLevel string

// Options lists the levels.
func (LectureLevel) Options() []string { return []string{"县级", "市级", "省级"} }

var (
	ruleMissing = diag.Define(diag.Rule{Code: "E2601", Name: "月报告漏报", Severity: diag.Warning, Tunable: true,
		Why: "三会一课实行月报告：次月 5 日前报上个月的，过了就是漏报", Mend: "补上那个月的次数；没有开会的写 0"})
	ruleFiled = diag.Define(diag.Rule{Code: "E2602", Name: "月报告迟报", Severity: diag.Reminder,
		Why: "次月 5 日前（遇节假日顺延）报上个月的", Mend: "以后按时报；这一条只提醒"})
	ruleCadence = diag.Define(diag.Rule{Code: "E2603", Name: "三会一课开得不够", Severity: diag.Warning, Tunable: true,
		Why: "支部工作条例：党员大会每季度至少一次，支委会每月至少一次；党课按县里的要求每季度至少一次", Mend: "核对那几个月的次数；没有开的补开"})
	ruleAhead = diag.Define(diag.Rule{Code: "E2604", Name: "写了还没有到的月份", Severity: diag.Error,
		Why: "从一月起一个月一个数，写到上个月或者这个月为止；多写一个，后面的就都错了位", Mend: "核对写了几个数"})
	ruleCame = diag.Define(diag.Rule{Code: "E2605", Name: "到会人数不对", Severity: diag.Error,
		Why: "实到不会多于应到；主题党日在它自己的那个月里", Mend: "核对应到（due）、实到（came）、主题党日（theme_day）"})
	ruleNoCommittee = diag.Define(diag.Rule{Code: "E2606", Name: "没有支委会，却报了支委会", Severity: diag.Warning, Tunable: true,
		Why: "正式党员不足 7 人的支部不设支委会", Mend: "核对支委会（committee）和党员人数"})
	ruleCopied = diag.Define(diag.Rule{Code: "E2607", Name: "两个党支部报的一模一样", Severity: diag.Reminder,
		Why: "半年以上每个数都一样，多半是抄的", Mend: "问一问这两个党支部"})
	ruleThemeDay = diag.Define(diag.Rule{Code: "E2611", Name: "这个月没有主题党日", Severity: diag.Warning, Tunable: true,
		Why: "每月相对固定 1 天开展主题党日", Mend: "补上那个月的日期（theme_day）"})
	ruleJoint = diag.Define(diag.Rule{Code: "E2613", Name: "联合主题党日与月报告不是一天", Severity: diag.Error,
		Why: "联合主题党日就是参加的每个党支部当月的主题党日，一天不能写成两天", Mend: "核对联合主题党日的日期（date）和那个党支部的主题党日（theme_day）"})
	ruleTwice = diag.Define(diag.Rule{Code: "E2608", Name: "一个党支部一年报了两份", Severity: diag.Error,
		Why: "一个党支部一年一行，两行就不知道按哪一行算", Mend: "把两行合成一行"})
	ruleAlone = diag.Define(diag.Rule{Code: "E2610", Name: "联合主题党日只有一个党支部", Severity: diag.Error,
		Why: "联合就是两个以上的党支部一起办；一个支部写两遍，还是一个", Mend: "核对参加的党支部（branches）；一个支部自己办的，写进它的月报告"})
	ruleNoDeed = diag.Define(diag.Rule{Code: "E2609", Name: "联合主题党日没有写结果", Severity: diag.Warning, Tunable: true,
		Why: "办完 7 天了，来了多少人、办成了什么，要写下来", Mend: "补上参加人次（people）或办成的实事（deed）"})
)

var yearly = branches.Yearly[*Report]{What: "报过三会一课", Rows: ledger.All[Report], Year: branches.ThisYear, By: func(b *ledger.Book, year int) calendar.Date {
	return filedBy(b, calendar.Month{Year: year, Month: time.January})
}, Twice: ruleTwice, Missing: ruleMissing,
	Of: func(r *Report) (ledger.Ref[branches.Branch], int) { return r.Branch, r.Year }}

// classes are the meetings that are counted, in the order of their columns.
var classes = []class{
	{"党员大会", "assembly", 3, func(r *Report) []int { return r.Assembly }},
	{"支委会", "committee", 1, func(r *Report) []int { return r.Committee }},
	{"党小组会", "group", 0, func(r *Report) []int { return r.Group }},
	{"党课", "lecture", 3, func(r *Report) []int { return r.Lecture }},
}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "life", Title: "组织生活", Needs: []string{"branches", "holidays", "months"}, Check: check, Remind: remind},
		ledger.Rows[Report]("report", "三会一课月报告").Inside(ledger.Party).Check((*Report).check).AsGrid("今年开了多少次", "月份", "次", false, (*Report).monthly).
			Sum("三会一课", "今年各党支部报的党员大会、支委会、党小组会、党课", "次", (*Report).meetings),
		ledger.Rows[JointDay]("joint_day", "联合主题党日").Open().AsEvent(ruleNoDeed, (*JointDay).joint).Check((*JointDay).check).Held("联合主题党日", "今年办了的联合主题党日", "次"),
		ledger.Rows[Lecture]("lecture", "优秀党课").Open().GroupedBy(func(l *Lecture, _ *ledger.Book) string {
			return fmt.Sprintf("%d 年", l.Year)
		}),
	)
	ledger.Figure("按时报送率", "今年各党支部到期该报的月报告里，按时报了的占几成", func(b *ledger.Book) ledger.Number {
		return ledger.Share(KeptOf.Of(b).OnTime, KeptOf.Of(b).Reports, "life")
	})
}

// meetings is how many meetings the branch held this year.
func (r *Report) meetings(b *ledger.Book) (n int) {
	if r.Year != b.AsOf.Year {
		return 0
	}
	for _, c := range classes {
		for _, times := range c.of(r) {
			n += times
		}
	}
	return n
}

// monthly gives the meetings of a branch to the table of the year by months.
func (r *Report) monthly(b *ledger.Book) (counts []ledger.Count) {
	if r.Year != b.AsOf.Year {
		return nil
	}
	for m := range 12 {
		for _, c := range classes {
			if of := c.of(r); m < len(of) {
				counts = append(counts, ledger.Count{Row: fmt.Sprintf("%d 月", m+1), Column: c.name, N: of[m]})
			}
		}
	}
	return counts
}

func (j *JointDay) joint(b *ledger.Book) ledger.Event {
	ev := ledger.Event{Title: "联合主题党日：" + ledger.Named(b, j.Branches), Day: j.Date, Place: j.Place, Off: j.Off, Done: j.People > 0 || j.Deed != "" || j.Activity != ""}
	for _, ref := range j.Branches {
		ev.Of = append(ev.Of, ref.Entry(b))
	}
	return ev
}

func check(b *ledger.Book, bag *diag.Bag) {
	checkToldTwice(b, bag)
	yearly.Check(b, bag)
}

func (j *JointDay) check(b *ledger.Book, bag *diag.Bag) {
	different := map[string]bool{}
	for _, ref := range j.Branches {
		different[ref.ID] = true
	}
	if len(different) < 2 {
		bag.Addf(ruleAlone, j.At("branches"), "这次联合主题党日只有“%s”", strings.Join(slices.Sorted(maps.Keys(different)), "、"))
	}
	for i, ref := range j.Branches {
		for _, r := range ledger.All[Report](b) {
			if m := int(j.Date.Month) - 1; j.Off == "" && r.Branch == ref && r.Year == j.Date.Year && m < len(r.ThemeDay) && r.ThemeDay[m] != j.Date {
				bag.Addf(ruleJoint, j.At("branches", i), "联合主题党日是 %s，“%s”报的主题党日是 %s（%s）", j.Date, ref.ID, r.ThemeDay[m], r.At("theme_day", m))
			}
		}
	}
}

// filedBy is the last day on which a month is reported.
func filedBy(b *ledger.Book, m calendar.Month) calendar.Date {
	const day = 5
	d := m.Add(1).First().AddDays(day - 1)
	if next, err := holidays.Of(b).AddWorkdays(d, 1); err == nil {
		return next // it is itself, when it is a workday
	}
	return d
}

func (r *Report) check(b *ledger.Book, bag *diag.Bag) {
	br := r.Branch.In(b)
	if br == nil {
		return
	}
	ended := endedMonths(b, r.Year)
	for _, c := range classes {
		list := c.of(r)
		if most := min(12, ended+1); len(list) > most {
			bag.Addf(ruleAhead, r.At(c.key, most), "%s写了 %d 个月，%d 年到今天只有 %d 个月", c.name, len(list), r.Year, most)
		}
		switch {
		case c.key == "committee" && !hasCommittee(br):
			if i := slices.IndexFunc(list, func(n int) bool { return n > 0 }); i >= 0 {
				bag.Addf(ruleNoCommittee, r.At(c.key, i), "“%s”有党员 %d 人，不设支委会", br.Name, br.Members)
			}
			continue
		case c.key == "group" && len(list) == 0:
			continue // it has no groups
		}
		if due := dueMonths(b, r.Year); len(list) < due {
			bag.Addf(ruleMissing, r.At("branch"), "“%s”%d 年 %d 月的%s没有报", br.Name, r.Year, len(list)+1, c.name)
		}
		for m, held := range c.periods(r, br, min(ended, len(list))) {
			if !held {
				bag.Addf(ruleCadence, r.At(c.key, m), "“%s”%d 年 %d 月没有开%s", br.Name, r.Year, m+1, c.name)
			}
		}
	}
	if len(r.Came) != len(r.Due) {
		bag.Addf(ruleCame, r.At("came"), "应到写了 %d 个月，实到写了 %d 个月", len(r.Due), len(r.Came))
	}
	for m, n := range r.Due {
		meetings := 0
		for _, c := range classes {
			if of := c.of(r); m < len(of) {
				meetings += of[m]
			}
		}
		if n > br.Members*meetings {
			bag.Addf(ruleCame, r.At("due", m), "%d 月开了 %d 次，“%s”有党员 %d 人，应到写的是 %d 人次", m+1, meetings, br.Name, br.Members, n)
		}
	}
	for m := range min(len(r.Came), len(r.Due)) {
		if r.Came[m] > r.Due[m] {
			bag.Addf(ruleCame, r.At("came", m), "%d 月实到 %d 人次，应到 %d 人次", m+1, r.Came[m], r.Due[m])
		}
	}
	for m, d := range r.ThemeDay {
		if !d.IsZero() && (d.Year != r.Year || int(d.Month) != m+1) {
			bag.Addf(ruleCame, r.At("theme_day", m), "%d 月的主题党日写成了 %s", m+1, d)
		}
	}
	if due := dueMonths(b, r.Year); len(r.ThemeDay) < due {
		bag.Addf(ruleThemeDay, r.At("branch"), "“%s”%d 年 %d 月没有主题党日", br.Name, r.Year, len(r.ThemeDay)+1)
	}
}

func total(list []int) (sum int) {
	for _, n := range list {
		sum += n
	}
	return sum
}

// endedMonths is how many months of a year are over.
func endedMonths(b *ledger.Book, year int) int {
	switch {
	case year < b.AsOf.Year:
		return 12
	case year > b.AsOf.Year:
		return 0
	}
	return int(b.AsOf.Month) - 1
}

// dueMonths is how many months of a year must have been reported.
func dueMonths(b *ledger.Book, year int) int {
	n := endedMonths(b, year)
	if n > 0 && !filedBy(b, calendar.Month{Year: year, Month: time.Month(n)}).Before(b.AsOf) {
		n--
	}
	return n
}

// remind tells of months that were reported late, and of branches that report the same.
func remind(b *ledger.Book, bag *diag.Bag) {
	remindDays(b, bag)
	same := map[string]*Report{}
	for _, r := range ledger.All[Report](b) {
		for m, d := range r.Filed {
			if m == len(r.Filed)-1 && late(b, r, m) {
				bag.Addf(ruleFiled, r.At("filed", m), "%d 月的 %s 才报，应在 %s 以前", m+1, d, filedBy(b, calendar.Month{Year: r.Year, Month: time.Month(m + 1)}))
			}
		}
		const half = 6 // months
		if len(r.Assembly) < half {
			continue
		}
		key := fmt.Sprint(r.Year, r.Assembly, r.Committee, r.Group, r.Lecture, r.Due, r.Came)
		if first := same[key]; first != nil {
			bag.Addf(ruleCopied, r.At("branch"), "“%s”与“%s”（%s）报的一模一样", r.Branch.ID, first.Branch.ID, first.At("branch"))
		} else {
			same[key] = r
		}
	}
}
