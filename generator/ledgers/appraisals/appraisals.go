// Package appraisals is the ledger of the yearly appraisal of members (民主评议党员), in
// numbers by branch. Scores and names are not in the tool.
package appraisals

import (
	"cmp"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/checkins"
)

// Appraisal is what a branch reports of a year.
type Appraisal struct {
	ledger.Record
	Branch       ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year         int                         `toml:"year,required" zh:"年度" check:"min=2015,max=2100"`
	Members      int                         `toml:"members,required" zh:"党员（人）" check:"min=1"`
	Probationary int                         `toml:"probationary" zh:"预备党员（参加，不定等次）" check:"min=0"`
	DutiesSet    calendar.Date               `toml:"duties_set" zh:"年初定责"`
	Posted       []calendar.Date             `toml:"posted" zh:"季公示"`
	Opinions     int                         `toml:"opinions" zh:"社区意见（份）" check:"min=0"`
	Meeting      calendar.Date               `toml:"meeting" zh:"评议会"`
	Excellent    int                         `toml:"excellent" zh:"优秀" check:"min=0"`
	Good         int                         `toml:"good" zh:"合格" check:"min=0"`
	Basic        int                         `toml:"basic" zh:"基本合格" check:"min=0"`
	Poor         int                         `toml:"poor" zh:"不合格" check:"min=0"`
}

var (
	ruleSum = diag.Define(diag.Rule{Code: "E2801", Name: "评议的人数对不上", Severity: diag.Error,
		Why: "四个等次加起来，等于参加评议的正式党员", Mend: "核对优秀、合格、基本合格、不合格和党员人数"})
	ruleThird = diag.Define(diag.Rule{Code: "E2802", Name: "优秀的超过三分之一", Severity: diag.Warning, Tunable: true,
		Why: "优秀等次一般不超过党员总数的三分之一", Mend: "核对优秀（excellent）"})
	ruleSteps = diag.Define(diag.Rule{Code: "E2803", Name: "年初定责或者季公示晚了", Severity: diag.Warning, Tunable: true,
		Why: "民主评议：3 月底前定责，每季度公示一次，次月 15 日前贴出来", Mend: "核对年初定责（duties_set）、季公示（posted）"})
	ruleMeeting = diag.Define(diag.Rule{Code: "E2804", Name: "评议会不在年底", Severity: diag.Warning, Tunable: true,
		Why: "一年评一次：当年 10 月到次年 3 月开", Mend: "核对评议会（meeting）和年度（year）"})
	ruleMissing = diag.Define(diag.Rule{Code: "E2806", Name: "党支部没有民主评议", Severity: diag.Warning, Tunable: true,
		Why: "每个党支部一年评一次，一般在次年 3 月底前开完评议会", Mend: "在 content/appraisals/ 里补上这个党支部的一行"})
	ruleOpinions = diag.Define(diag.Rule{Code: "E2807", Name: "社区的意见没有收齐", Severity: diag.Reminder,
		Why: "党员在居住地表现怎么样，小区党支部每人写一份意见给单位，评议的时候用", Mend: "催一催小区党支部的回函，收到的加到社区意见（opinions）里"})
	ruleTwice = diag.Define(diag.Rule{Code: "E2805", Name: "一年评了两次", Severity: diag.Error,
		Why: "一个支部一年一行，两行就数了两遍", Mend: "删掉旧的一行"})
)

var yearly = branches.Yearly[*Appraisal]{What: "民主评议", Rows: ledger.All[Appraisal], Year: last.Of, By: branches.ByNextMarch, Twice: ruleTwice, Missing: ruleMissing,
	Of: func(a *Appraisal) (ledger.Ref[branches.Branch], int) { return a.Branch, a.Year }}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "appraisals", Title: "民主评议党员", Needs: []string{"branches", "checkins"}, Check: yearly.Check, Remind: remind},
		ledger.Rows[Appraisal]("appraisal", "民主评议").Inside(ledger.UnitOnly).Check((*Appraisal).check).Check((*Appraisal).checkSteps).
			AsGrid("最近一次评议", "类别", "人", true, func(a *Appraisal, b *ledger.Book) []ledger.Count {
				if !a.counts(b) {
					return nil
				}
				row := string(a.Branch.In(b).Class)
				return []ledger.Count{{Row: row, Column: "优秀", N: a.Excellent}, {Row: row, Column: "合格", N: a.Good}, {Row: row, Column: "基本合格和不合格", N: a.Basic + a.Poor}}
			}).
			Sum("参加评议", "最近一次民主评议参加的党员，在组织关系所在的党支部数", "名", func(a *Appraisal, b *ledger.Book) int {
				if !a.counts(b) {
					return 0
				}
				return a.Members
			}),
	)
}

// counts reports whether it is of the last year and of a branch whose members are counted
// there: who belongs to a unit is counted in the unit.
func (a *Appraisal) counts(b *ledger.Book) bool {
	br := a.Branch.In(b)
	return br != nil && !br.Functional && a.Year == last.Of(b)
}

// last is the last year whose meetings have been held.
var last = ledger.Derive(func(b *ledger.Book) (year int) {
	for _, a := range ledger.All[Appraisal](b) {
		if !a.Meeting.IsZero() && !a.Meeting.After(b.AsOf) {
			year = max(year, a.Year)
		}
	}
	return year
})

func (a *Appraisal) check(b *ledger.Book, bag *diag.Bag) {
	held := !a.Meeting.IsZero() && !a.Meeting.After(b.AsOf)
	if sum := a.Excellent + a.Good + a.Basic + a.Poor; held && sum != a.Members-a.Probationary {
		bag.Addf(ruleSum, a.At("members"), "%d + %d + %d + %d = %d，党员 %d 减去预备党员 %d 是 %d", a.Excellent, a.Good, a.Basic, a.Poor, sum, a.Members, a.Probationary, a.Members-a.Probationary)
	}
	if a.Excellent > a.Members/3 {
		bag.Addf(ruleThird, a.At("excellent"), "优秀 %d 人，党员 %d 人的三分之一是 %d 人", a.Excellent, a.Members, a.Members/3)
	}
	if from, to := (calendar.Date{Year: a.Year, Month: time.October, Day: 1}), (branches.EndOfMarch(a.Year + 1)); held && (a.Meeting.Before(from) || a.Meeting.After(to)) {
		bag.Addf(ruleMeeting, a.At("meeting"), "%d 年度的评议会写的是 %s", a.Year, a.Meeting)
	}
}

// remind tells of units for which fewer opinions came from the communities than members
// checked in there.
func remind(b *ledger.Book, bag *diag.Bag) {
	opinions, rows := map[string]int{}, map[string]*Appraisal{}
	for _, a := range ledger.All[Appraisal](b) {
		if br := a.Branch.In(b); br != nil && a.Year == last.Of(b) {
			opinions[br.Unit.ID] += a.Opinions
			rows[br.Unit.ID] = cmp.Or(rows[br.Unit.ID], a)
		}
	}
	for _, c := range ledger.All[checkins.Checkin](b) {
		if row := rows[c.Unit.ID]; row != nil && c.Year == row.Year && opinions[c.Unit.ID] < c.Reported() {
			bag.Addf(ruleOpinions, row.At("opinions"), "“%s”有 %d 人报到，社区意见只有 %d 份", ledger.RefName(b, c.Unit), c.Reported(), opinions[c.Unit.ID])
		}
	}
}

// checkSteps wants the duties by the end of March, and what was done posted soon after
// each quarter.
func (a *Appraisal) checkSteps(b *ledger.Book, bag *diag.Bag) {
	if by := branches.EndOfMarch(a.Year); a.DutiesSet.After(by) || a.DutiesSet.IsZero() && b.AsOf.After(by) {
		bag.Addf(ruleSteps, a.At("duties_set"), "%d 年的定责应在 %s 以前，写的是“%s”", a.Year, by, a.DutiesSet)
	}
	if n := len(a.Posted); n > 0 && !a.Meeting.IsZero() && a.Posted[n-1].After(a.Meeting) && n == 4 {
		bag.Addf(ruleSteps, a.At("posted", n-1), "先公示再开会：最后一次公示 %s，评议会 %s", a.Posted[n-1], a.Meeting)
	}
	const days = 15 // after a quarter
	for i := range 4 {
		by := calendar.Quarter{Year: a.Year, Q: i + 1}.Last().AddDays(days)
		switch {
		case i < len(a.Posted) && a.Posted[i].After(by):
			bag.Addf(ruleSteps, a.At("posted", i), "第 %d 季度的公示 %s 才贴，应在 %s 以前", i+1, a.Posted[i], by)
		case i == len(a.Posted) && b.AsOf.After(by):
			bag.Addf(ruleSteps, a.At("branch"), "第 %d 季度没有公示", i+1)
		}
	}
}
