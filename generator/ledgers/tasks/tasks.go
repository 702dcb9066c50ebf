// Package tasks is the ledger of who is responsible for what (工作责任 · 三张清单): tasks,
// the duties that they bring, and what was done.
package tasks

import (
	"fmt"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

// TaskLevel is who has a task.
type TaskLevel string

// ofBranches are the tasks that only the branches read, with all that hangs on them.
const ofBranches TaskLevel = "支部"

// Options lists the levels.
func (TaskLevel) Options() []string { return []string{"县", "社区", string(ofBranches)} }

// Every is how often a task is to be done.
type Every string

// Options lists the rhythms.
func (Every) Options() []string { return []string{"一次", "月", "季", "半年", "年"} }

// months is the length of a period; 0: done once.
func (e Every) months() int { return map[Every]int{"月": 1, "季": 3, "半年": 6, "年": 12}[e] }

// Task is a task of a year (任务清单).
type Task struct {
	ledger.Record
	Year   int                         `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	No     int                         `toml:"no,required" zh:"序号" check:"min=1"`
	Text   string                      `toml:"text,required" zh:"任务"`
	Level  TaskLevel                   `toml:"level,required" zh:"哪一级"`
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"牵头党组织"`
	Office string                      `toml:"office" zh:"牵头部门"`
	Every  Every                       `toml:"every,required" zh:"多久一次"`
	Due    calendar.Date               `toml:"due,required" zh:"期限"`
}

// Duty is whose post a task falls to (责任清单).
type Duty struct {
	ledger.Record
	Task    ledger.Ref[Task] `toml:"task,required" zh:"任务"`
	Post    string           `toml:"post,required" zh:"责任岗位"`
	Content string           `toml:"content,required" zh:"责任"`
}

// Done is what was done for a task in a period (落实清单).
type Done struct {
	ledger.Record
	Task     ledger.Ref[Task] `toml:"task,required" zh:"任务"`
	Date     calendar.Date    `toml:"date,required" zh:"日期"`
	Result   string           `toml:"result,required" zh:"落实情况"`
	Evidence string           `toml:"evidence" zh:"在哪里查"` // never public
	Checked  calendar.Date    `toml:"checked" zh:"核查日期"`
}

// StaffKind is where Party workers are.
type StaffKind string

// Options lists the kinds.
func (StaffKind) Options() []string { return []string{"机关", "事业企业", "社区", "两新"} }

// Staff counts the Party workers (党务干部) whose duties are settled.
type Staff struct {
	ledger.Record
	Kind  StaffKind     `toml:"kind,required" zh:"哪里的"`
	N     int           `toml:"n,required" zh:"党务干部（人）" check:"min=0"`
	Filed calendar.Date `toml:"filed,required" zh:"备案日期"`
}

var (
	ruleDuty = diag.Define(diag.Rule{Code: "E2301", Name: "任务没有责任岗位", Severity: diag.Error,
		Why: "三张清单对得上：每项任务都有责任岗位，才有人办", Mend: "在 content/tasks/ 里补上这项任务的 [[duty]]"})
	ruleDone = diag.Define(diag.Rule{Code: "E2302", Name: "任务没有落实", Severity: diag.Warning, Tunable: true,
		Why: "到了时候没有落实的记录，就是没有办", Mend: "办了的补上 [[done]]；没有办的马上办"})
	ruleOrder = diag.Define(diag.Rule{Code: "E2303", Name: "落实的日子不对", Severity: diag.Error,
		Why: "没有到的日子不能写成落实；核查在落实以后；年度任务在那一年里", Mend: "核对日期（date）、核查日期（checked）"})
	ruleCopied = diag.Define(diag.Rule{Code: "E2304", Name: "落实情况写得一模一样", Severity: diag.Reminder,
		Why: "三次以上一字不差，多半是抄的", Mend: "写这一次办了什么"})
	ruleStaff = diag.Define(diag.Rule{Code: "E2305", Name: "党务干部备案的日子还没有到", Severity: diag.Error,
		Why: "没有备案的不算", Mend: "核对备案日期（filed）"})
	ruleNo = diag.Define(diag.Rule{Code: "E2306", Name: "任务的序号不连着", Severity: diag.Error,
		Why: "清单从 1 起一项一个号，缺号、重号说明漏了一项或者写了两遍", Mend: "核对序号（no）"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "tasks", Title: "三张清单", Needs: []string{"branches"}, Check: check, Remind: remind},
		ledger.Rows[Task]("task", "任务清单").Open().PublishIf(func(t *Task, _ *ledger.Book) bool { return t.Level != ofBranches }).
			AsMatter(ruleOrder, nil, func(t *Task, b *ledger.Book) ledger.Matter {
				m := ledger.Matter{Title: t.Text, Due: t.Due, DueAt: "due", Steps: []ledger.Step{{Name: "完成", Key: "due"}}}
				if missed(b, t) == "" && t.Due.Before(b.AsOf) || t.Every == "一次" && len(doneOf(b, t)) > 0 {
					m.End = "完成"
				}
				return m
			}),
		ledger.Rows[Duty]("duty", "责任清单").Open().PublishIf(func(d *Duty, b *ledger.Book) bool { return isPublic(b, d.Task) }),
		ledger.Rows[Done]("done", "落实清单").Open().Hide("evidence").Check((*Done).check).
			Ordered(ruleOrder, func(d *Done) []ledger.Step {
				return []ledger.Step{{Name: "落实", Key: "date", Day: d.Date}, {Name: "核查", Key: "checked", Day: d.Checked}}
			}).
			PublishIf(func(d *Done, b *ledger.Book) bool { return isPublic(b, d.Task) }).GroupedBy(func(d *Done, b *ledger.Book) string { return ledger.RefName(b, d.Task) }),
		ledger.Rows[Staff]("staff", "党务干部").Open().Past(ruleStaff, "filed").
			Sum("党务干部", "责任清单落到人的专兼职党务干部", "名", func(s *Staff, _ *ledger.Book) int { return s.N }),
	)
}

// isPublic reports whether the task that a record refers to is.
func isPublic(b *ledger.Book, r ledger.Ref[Task]) bool {
	t := r.In(b)
	return t != nil && t.IsPublic() && !t.Draft && t.Level != ofBranches
}

// doneOf are the records of what was done for a task.
func doneOf(b *ledger.Book, t *Task) []*Done {
	return rules.Filter(ledger.All[Done](b), func(d *Done) bool { return d.Task.ID == t.ID && !d.Draft })
}

// missed is the first period that is over in which a task was not done, or "".
func missed(b *ledger.Book, t *Task) string {
	done, length := doneOf(b, t), t.Every.months()
	if length == 0 {
		if len(done) == 0 && t.Due.Before(b.AsOf) {
			return t.Due.String() + " 以前"
		}
		return ""
	}
	for first := (calendar.Month{Year: t.Year, Month: 1}); first.Year == t.Year; first = first.Add(length) {
		last := first.Add(length - 1)
		if !last.Last().Before(b.AsOf) || last.Last().After(t.Due) && last.First().After(t.Due) {
			break
		}
		in := func(d *Done) bool { return !d.Date.Before(first.First()) && !d.Date.After(last.Last()) }
		if len(rules.Filter(done, in)) > 0 {
			continue
		}
		if length == 1 {
			return first.Chinese()
		}
		return fmt.Sprintf("%s到%s", first.Chinese(), last.Chinese())
	}
	return ""
}

func check(b *ledger.Book, bag *diag.Bag) {
	duties, years := map[string]bool{}, map[int][]*Task{}
	for _, d := range ledger.All[Duty](b) {
		duties[d.Task.ID] = true
	}
	for _, t := range ledger.All[Task](b) {
		years[t.Year] = append(years[t.Year], t)
		if !duties[t.ID] {
			bag.Addf(ruleDuty, t.At("text"), "“%s”没有责任岗位", t.Text)
		}
		if when := missed(b, t); when != "" {
			bag.Addf(ruleDone, t.At("every"), "“%s”%s没有落实", t.Text, when)
		}
	}
	for _, all := range years {
		rules.Numbered(bag, ruleNo, all, "no", func(t *Task) int { return t.No }, "任务")
	}
}

func (d *Done) check(b *ledger.Book, bag *diag.Bag) {
	if t := d.Task.In(b); t != nil && t.Every != "一次" && d.Date.Year != t.Year {
		bag.Addf(ruleOrder, d.At("date"), "这是 %d 年的任务，落实写的是 %s", t.Year, d.Date)
	}
}

func remind(b *ledger.Book, bag *diag.Bag) {
	same := map[string][]*Done{}
	for _, d := range ledger.All[Done](b) {
		same[d.Result] = append(same[d.Result], d)
		if all := same[d.Result]; len(all) == 3 {
			bag.Addf(ruleCopied, d.At("result"), "“%s”写了三次，第一次在 %s", d.Result, all[0].At("result"))
		}
	}
}
