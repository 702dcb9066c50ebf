// Package education is the ledger of how members are won and taught (教育管理 · 发展党员):
// the steps of the way, batches in numbers, classes, places for learning. No person stands in it.
package education

import (
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/notices"
	"biandan/generator/rules"
)

// Stage is a stage on the way into the Party (发展党员工作细则).
type Stage string

// The stages, in their order.
const (
	Activist  Stage = "入党积极分子"
	Candidate Stage = "发展对象"
	Received  Stage = "接收预备党员"
	Confirmed Stage = "预备党员转正"
)

var stages = []Stage{Activist, Candidate, Received, Confirmed}

// Options lists the stages.
func (Stage) Options() []string {
	return []string{string(Activist), string(Candidate), string(Received), string(Confirmed)}
}

// Matter is what the notices before a stage are about (公示).
const Matter notices.Matter = "发展党员"

// Batch is how many reached a stage at one time (分批).
type Batch struct {
	ledger.Record
	Name     string                     `toml:"name,required" zh:"名称"`
	Year     int                        `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	Stage    Stage                      `toml:"stage,required" zh:"哪一步"`
	Rows     []Part                     `toml:"rows,required" zh:"各党支部"`
	After    ledger.Ref[Batch]          `toml:"after" zh:"从哪一批来"`
	Notice   ledger.Ref[notices.Notice] `toml:"notice" zh:"哪次公示"`
	Decided  calendar.Date              `toml:"decided,required" zh:"决定日期"`
	Approved calendar.Date              `toml:"approved" zh:"审批或备案日期"`
	Extended bool                       `toml:"extended" zh:"延长了预备期"`
}

// Part is what a branch gives to a batch.
type Part struct {
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"党支部"`
	N      int                         `toml:"n,required" zh:"人数" check:"min=1"`
}

// ClassFor is for whom a class is.
type ClassFor string

// Options lists them.
func (ClassFor) Options() []string {
	return []string{"党员", "支部书记", "发展对象", "党务工作者"}
}

// Class is a course (培训班).
type Class struct {
	ledger.Record
	Name   string        `toml:"name,required" zh:"培训班"`
	For    ClassFor      `toml:"for,required" zh:"谁来学"`
	Date   calendar.Date `toml:"date,required" zh:"开班日期"`
	Days   int           `toml:"days" zh:"几天" check:"min=1"`
	Hours  int           `toml:"hours,required" zh:"学时" check:"min=1"`
	Place  string        `toml:"place" zh:"地点"`
	People int           `toml:"people" zh:"参加（人）" check:"min=0"`
	Off    string        `toml:"off" zh:"取消的原因"`
}

// Upcoming reports whether the class begins on that day or later, in the same year.
func (c *Class) Upcoming(d calendar.Date) bool {
	return c.Off == "" && c.Date.Year == d.Year && !c.Date.Before(d)
}

// Base is a place where members learn (教育基地).
type Base struct {
	ledger.Record
	Name  string `toml:"name,required" zh:"教育基地"`
	Place string `toml:"place,required" zh:"地点"`
	Open  string `toml:"open" zh:"什么时候开"`
	Phone string `toml:"phone" zh:"预约电话" check:"phone"`
}

var (
	ruleNotice = diag.Define(diag.Rule{Code: "E2501", Name: "发展党员没有公示，或者公示没有结束", Severity: diag.Error,
		Why: "确定发展对象、预备党员转正，先公示，公示结束再决定", Mend: "写上哪次公示（notice），核对决定日期（decided）"})
	ruleTime = diag.Define(diag.Rule{Code: "E2502", Name: "发展党员的时间不够，或者审批晚了", Severity: diag.Error,
		Why: "发展党员工作细则：入党积极分子培养教育一年以上，预备期一年；上级党委三个月内审批，特殊情况不超过六个月", Mend: "核对各批的决定日期（decided）和审批日期（approved）"})
	ruleMore = diag.Define(diag.Rule{Code: "E2503", Name: "后一步比前一步的人多", Severity: diag.Error,
		Why: "从那一批来的，不会比那一批多", Mend: "核对人数（n）和从哪一批来（after）"})
	ruleFunctional = diag.Define(diag.Rule{Code: "E2504", Name: "功能型党支部不发展党员", Severity: diag.Error,
		Why: "小区的功能型党支部，党员的组织关系都在原单位", Mend: "改成组织关系所在的党支部"})
	ruleClass = diag.Define(diag.Rule{Code: "E2505", Name: "发展对象没有培训", Severity: diag.Warning, Tunable: true,
		Why: "发展对象要参加不少于三天或者二十四个学时的集中培训，才能接收为预备党员", Mend: "补上给发展对象的培训班（[[class]]）"})
	ruleHours = diag.Define(diag.Rule{Code: "E2506", Name: "今年的培训学时不够", Severity: diag.Reminder,
		Why: "党员教育培训工作规划：党支部书记每年不少于五十六学时，党员不少于三十二学时", Mend: "排上培训班"})
	ruleOrder = diag.Define(diag.Rule{Code: "E2507", Name: "发展党员的日子不对", Severity: diag.Error,
		Why: "没有决定的不能写进台账；审批在决定以后", Mend: "核对决定日期（decided）、审批日期（approved）、年份（year）"})
	ruleResult = diag.Define(diag.Rule{Code: "E2508", Name: "培训班没有写来了多少人", Severity: diag.Warning, Tunable: true,
		Why: "办完 7 天了，来了多少人要写下来", Mend: "补上参加人数（people）；没有办的写取消的原因（off）"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "education", Title: "教育管理", Needs: []string{"branches", "notices"}, Check: checkSteps, Remind: remind},
		ledger.Rows[Class]("class", "培训班").Open().Posts("培训计划", 115, "县", "镇").AsEvent(ruleResult, func(c *Class, _ *ledger.Book) ledger.Event {
			return ledger.Event{Title: c.Name, Day: c.Date, Place: c.Place, Off: c.Off, Done: c.People > 0}
		}).Held("培训班", "今年办了的培训班", "期"),
		ledger.Rows[Base]("base", "教育基地").Open(),
		// a table of the steps would say less than the page
		ledger.Rows[Step]("step", "入党怎么走").Unique(ruleSteps, "no", "第 %s 步", func(s *Step) string { return fmt.Sprint(s.No) }),
		ledger.Rows[Batch]("batch", "发展党员").Inside(ledger.UnitOnly).Check((*Batch).check).
			Ordered(ruleOrder, func(t *Batch) []ledger.Step {
				return []ledger.Step{{Name: "决定", Key: "decided", Day: t.Decided}, {Name: "审批", Key: "approved", Day: t.Approved}}
			}).
			Sum("发展党员", "2021 年以来接收的预备党员", "名", func(t *Batch, _ *ledger.Book) int {
				if t.Stage != Received || t.Year < since {
					return 0
				}
				return t.people()
			}).
			AsGrid("每年接收的预备党员", "年份", "名", false, func(t *Batch, _ *ledger.Book) []ledger.Count {
				if t.Stage == Received {
					return []ledger.Count{{Row: fmt.Sprintf("%d 年", t.Year), Column: string(Received), N: t.people()}}
				}
				return nil
			}),
	)
}

const since = 2021 // from which year receptions are counted

func (t *Batch) people() (n int) {
	for _, p := range t.Rows {
		n += p.N
	}
	return n
}

func (t *Batch) check(b *ledger.Book, bag *diag.Bag) {
	if t.Draft {
		return
	}
	if t.Decided.Year != t.Year {
		bag.Addf(ruleOrder, t.At("year"), "写的是 %d 年，决定日期是 %s", t.Year, t.Decided)
	}
	switch n := t.Notice.In(b); {
	case n != nil:
		notices.CheckAfter(b, ruleNotice, n, Matter, t.Decided, t.At("decided"), bag)
	case t.Notice.IsZero() && t.Year >= b.AsOf.Year && (t.Stage == Candidate || t.Stage == Confirmed):
		bag.Addf(ruleNotice, t.At("stage"), "“%s”没有写哪次公示", t.Name)
	}
	for i, p := range t.Rows {
		if br := p.Branch.In(b); br != nil && br.Functional {
			bag.Addf(ruleFunctional, t.At("rows", i, "branch"), "“%s”是功能型党支部", br.Name)
		}
	}
	checkAfter(b, t, bag)
}

// checkAfter holds a batch against the one it comes from.
func checkAfter(b *ledger.Book, t *Batch, bag *diag.Bag) {
	const most = 6 // months until it is approved, at most
	if last := addMonths(t.Decided, most); !t.Approved.IsZero() && t.Approved.After(last) {
		bag.Addf(ruleTime, t.At("approved"), "决定 %s，审批 %s，超过了六个月", t.Decided, t.Approved)
	}
	from := t.After.In(b)
	if from == nil {
		return
	}
	if n := slices.Index(stages, t.Stage); n < 1 || stages[n-1] != from.Stage {
		bag.Addf(ruleMore, t.At("after"), "“%s”不是从“%s”来的", t.Stage, from.Stage)
		return
	}
	had := map[string]int{}
	for _, p := range from.Rows {
		had[p.Branch.ID] += p.N
	}
	for i, p := range t.Rows {
		if had[p.Branch.ID] -= p.N; !p.Branch.IsZero() && had[p.Branch.ID] < 0 && t.people() <= from.people() {
			bag.Addf(ruleMore, t.At("rows", i), "“%s”里“%s”的人，比“%s”里的多", t.Name, ledger.RefName(b, p.Branch), from.Name)
		}
	}
	if t.people() > from.people() {
		bag.Addf(ruleMore, t.At("rows"), "“%s”%d 人，“%s”只有 %d 人", t.Name, t.people(), from.Name, from.people())
	}
	const year = 12 // months
	switch earliest := addMonths(from.Decided, year); {
	case t.Stage == Received:
		checkClass(b, t, from, bag)
	case t.Decided.Before(earliest):
		bag.Addf(ruleTime, t.At("decided"), "“%s”%s，“%s”%s，不到一年", from.Name, from.Decided, t.Name, t.Decided)
	case t.Stage == Confirmed && !t.Extended && t.Decided.After(addMonths(earliest, 6)):
		bag.Addf(ruleTime, t.At("decided"), "“%s”%s，转正 %s，超过了一年半", from.Name, from.Decided, t.Decided)
	}
}

// checkClass wants a class between becoming a candidate and being received.
func checkClass(b *ledger.Book, t, from *Batch, bag *diag.Bag) {
	const days, hours = 3, 24
	ok := func(c *Class) bool {
		return c.For == "发展对象" && c.Off == "" && !c.Date.Before(from.Decided) && c.Date.Before(t.Decided) && (c.Days >= days || c.Hours >= hours)
	}
	if len(rules.Filter(ledger.All[Class](b), ok)) == 0 {
		bag.Addf(ruleClass, t.At("decided"), "%s 到 %s 之间没有给发展对象的培训班", from.Decided, t.Decided)
	}
}

func addMonths(d calendar.Date, n int) calendar.Date {
	m := d.YearMonth().Add(n)
	return calendar.Date{Year: m.Year, Month: m.Month, Day: min(d.Day, m.Last().Day)}
}

func remind(b *ledger.Book, bag *diag.Bag) {
	hours := map[ClassFor]int{}
	all := ledger.All[Class](b)
	for _, c := range all {
		if c.Off == "" && c.Date.Year == b.AsOf.Year {
			hours[c.For] += c.Hours
		}
	}
	for _, w := range []struct {
		who   ClassFor
		hours int
	}{{"支部书记", 56}, {"党员", 32}} {
		if n := hours[w.who]; len(all) > 0 && n < w.hours {
			bag.Addf(ruleHours, diag.Pos{File: all[0].File()}, "%d 年给%s的培训班排了 %d 学时，应有 %d 学时", b.AsOf.Year, w.who, n, w.hours)
		}
	}
}
