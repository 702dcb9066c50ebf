// Package problems is the ledger of what branches found wrong and what they did about it
// (组织生活会 · 问题清单、整改清单).
package problems

import (
	"cmp"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// Session is the meeting at which a branch looks at itself (组织生活会).
type Session struct {
	ledger.Record
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year   int                         `toml:"year,required" zh:"年度" check:"min=2015,max=2100"`
	Date   calendar.Date               `toml:"date,required" zh:"日期"`
	Talks  int                         `toml:"talks" zh:"谈心谈话（人次）" check:"min=0"`
	Due    int                         `toml:"due" zh:"应到" check:"min=0"`
	Came   int                         `toml:"came" zh:"实到" check:"min=0"`
}

// About is whose problem it is; that of a person has no place here.
type About string

// Options lists them.
func (About) Options() []string { return []string{"班子", "支部"} }

// Source is who found a problem.
type Source string

// Options lists them.
func (Source) Options() []string { return []string{"自查", "群众", "上级"} }

// ProblemKind is what a problem is about.
type ProblemKind string

// Options lists the kinds.
func (ProblemKind) Options() []string {
	return []string{"思想", "组织", "作风", "服务", "制度"}
}

// Checker is who looked whether it is mended.
type Checker string

// Options lists them.
func (Checker) Options() []string { return []string{"支部", "上级", "提意见的群众"} }

// Problem is a problem and what is done about it. Its text stays inside; residents read
// the text that is written for them.
type Problem struct {
	ledger.Record
	Branch     ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year       int                         `toml:"year,required" zh:"年度" check:"min=2015,max=2100"`
	PublicText string                      `toml:"public_text" zh:"承诺的事"`
	Text       string                      `toml:"text,required" zh:"问题"` // never public
	About      About                       `toml:"about" zh:"谁的问题"`
	Source     Source                      `toml:"source,required" zh:"谁提的"`
	Kind       ProblemKind                 `toml:"kind,required" zh:"种类"`
	Measure    string                      `toml:"measure,required" zh:"怎么改"`
	Owner      string                      `toml:"owner" zh:"责任岗位"`
	Found      calendar.Date               `toml:"found,required" zh:"查出的日期"`
	Due        calendar.Date               `toml:"due,required" zh:"期限"`
	Done       calendar.Date               `toml:"done" zh:"改完的日期"`
	Checked    calendar.Date               `toml:"checked" zh:"核查日期"`
	CheckedBy  Checker                     `toml:"checked_by" zh:"谁核查的"`
}

var (
	ruleSession = diag.Define(diag.Rule{Code: "E2701", Name: "党支部没有开组织生活会", Severity: diag.Warning, Tunable: true,
		Why: "组织生活会一年至少一次，一般在次年 3 月底前开完", Mend: "开了的补上 [[session]]；没有开的尽快开"})
	ruleTalks = diag.Define(diag.Rule{Code: "E2706", Name: "谈心谈话没有谈遍", Severity: diag.Reminder,
		Why: "会前党员之间谈心谈话，每人至少一次", Mend: "核对谈心谈话（talks）"})
	ruleOrder = diag.Define(diag.Rule{Code: "E2702", Name: "整改的日子不对", Severity: diag.Error,
		Why: "先查出，再改完，再核查；期限在查出以后", Mend: "核对查出（found）、期限（due）、改完（done）、核查（checked）"})
	ruleLate = diag.Define(diag.Rule{Code: "E2703", Name: "整改逾期", Severity: diag.Warning, Tunable: true,
		Why: "说好的期限过了", Mend: "改完了写上改完的日期（done）"})
	ruleText = diag.Define(diag.Rule{Code: "E2704", Name: "公开的承诺没有写给居民看的话", Severity: diag.Error,
		Why: "问题清单只在支部里看；公开的一条，居民看到的是承诺的事、怎么改、责任岗位和日期", Mend: "补上承诺的事（public_text），或者去掉 scope = \"society\""})
	ruleUnchecked = diag.Define(diag.Rule{Code: "E2707", Name: "改完一个月没有核查", Severity: diag.Warning, Tunable: true,
		Why: "改没改好，要有人看过才算", Mend: "补上核查日期（checked）和谁核查的（checked_by）"})
	ruleOld = diag.Define(diag.Rule{Code: "E2705", Name: "老问题", Severity: diag.Reminder,
		Why: "前年的问题到现在还没有改完", Mend: "想想办法为什么不管用"})
	ruleTwice = diag.Define(diag.Rule{Code: "E2708", Name: "一年写了两次组织生活会", Severity: diag.Error,
		Why: "一个支部一年一次，两行就数了两遍", Mend: "删掉旧的一行"})
)

var yearly = branches.Yearly[*Session]{What: "组织生活会", Rows: ledger.All[Session], Year: branches.LastYear, By: branches.ByNextMarch, Twice: ruleTwice, Missing: ruleSession,
	Of: func(s *Session) (ledger.Ref[branches.Branch], int) { return s.Branch, s.Year }}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "problems", Title: "承诺和整改", Needs: []string{"branches"}, Check: yearly.Check},
		ledger.Rows[Problem]("problem", "承诺的事改得怎么样").Inside(ledger.UnitOnly).Open().Hide("text", "about").Posts("承诺对账", 102, "社区").AsMatter(ruleOrder, ruleLate, func(p *Problem, _ *ledger.Book) ledger.Matter {
			return ledger.Matter{Title: cmp.Or(p.PublicText, p.Measure), Due: p.Due, DueAt: "due", Steps: []ledger.Step{{Name: "查出", Key: "found", Day: p.Found}, {Name: "改完", Key: "done", Day: p.Done}}}
		}).AsGrid("查出和改完的问题", "种类", "个", false, func(p *Problem, b *ledger.Book) []ledger.Count {
			return []ledger.Count{{Row: string(p.Kind), Column: "查出", N: 1}, {Row: string(p.Kind), Column: "改完", N: p.done()}}
		}).Ordered(ruleOrder, func(p *Problem) []ledger.Step {
			return []ledger.Step{{Name: "改完", Key: "done", Day: p.Done}, {Name: "核查", Key: "checked", Day: p.Checked}}
		}).Check((*Problem).check).
			Share("整改率", "改完的问题 ÷ 查出的问题", func(p *Problem, _ *ledger.Book) (done, found int) { return p.done(), 1 }).
			Sum("整改的问题", "组织生活会查出、改完的问题", "个", func(p *Problem, _ *ledger.Book) int { return p.done() }).
			Remind((*Problem).remind),
		ledger.Rows[Session]("session", "组织生活会").Inside(ledger.UnitOnly).Check((*Session).check).Remind((*Session).remind),
	)
}

// done counts the problem when it is mended.
func (p *Problem) done() int {
	if p.Done.IsZero() {
		return 0
	}
	return 1
}

func (s *Session) check(b *ledger.Book, bag *diag.Bag) {
	switch {
	case s.Date.After(b.AsOf) || s.Date.Year < s.Year || s.Date.Year > s.Year+1:
		bag.Addf(ruleOrder, s.At("date"), "%d 年度的组织生活会，日期写的是 %s，今天是 %s", s.Year, s.Date, b.AsOf)
	case s.Came > s.Due:
		bag.Addf(ruleOrder, s.At("came"), "实到 %d 人，应到 %d 人", s.Came, s.Due)
	}
}

func (s *Session) remind(b *ledger.Book, bag *diag.Bag) {
	if br := s.Branch.In(b); br != nil && s.Talks > 0 && s.Talks < br.Members {
		bag.Addf(ruleTalks, s.At("talks"), "“%s”有党员 %d 人，谈心谈话 %d 人次", br.Name, br.Members, s.Talks)
	}
}

func (p *Problem) check(b *ledger.Book, bag *diag.Bag) {
	const month = 30 // days
	if !p.Due.After(p.Found) {
		bag.Addf(ruleOrder, p.At("due"), "期限 %s 不在查出 %s 以后", p.Due, p.Found)
	}
	if !p.Checked.IsZero() && (p.Done.IsZero() || p.CheckedBy == "") {
		bag.Addf(ruleOrder, p.At("checked"), "写了 %s 核查，没有写改完的日期，或者谁核查的", p.Checked)
	}
	if p.IsPublic() && p.PublicText == "" {
		bag.Addf(ruleText, p.At("scope"), "这一条公开，没有写承诺的事")
	}
	if waited := b.AsOf.Sub(p.Done); !p.Done.IsZero() && p.Checked.IsZero() && waited > month {
		bag.Addf(ruleUnchecked, p.At("done"), "%s 改完，过去 %d 天了，没有核查", p.Done, waited)
	}
}

func (p *Problem) remind(b *ledger.Book, bag *diag.Bag) {
	if p.Year < b.AsOf.Year-1 && p.Done.IsZero() {
		bag.Addf(ruleOld, p.At("year"), "%d 年的问题还没有改完，期限是 %s", p.Year, p.Due)
	}
}
