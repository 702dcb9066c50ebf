// Package teams is the ledger of service teams (特色服务 · 专业服务队) and of what each
// branch has taken on as its own (支部特色服务).
package teams

import (
	"fmt"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// Field is what a team knows.
type Field string

// Options lists the fields.
func (Field) Options() []string {
	return []string{"党员志愿", "教育", "医疗", "文体", "司法", "警务", "农技", "水电维修", "其他"}
}

// Team is a team that comes when it is asked.
type Team struct {
	ledger.Record
	Name     string                      `toml:"name,required" zh:"名称"`
	Field    Field                       `toml:"field,required" zh:"专业"`
	Org      ledger.Ref[branches.Branch] `toml:"org,required" zh:"所属党组织"`
	Leader   string                      `toml:"leader" zh:"负责人职务"`
	Phone    string                      `toml:"phone,required" zh:"请他们来" check:"phone"`
	Members  int                         `toml:"members,required" zh:"人数" check:"min=1"`
	Services []string                    `toml:"services,required" zh:"能做什么"`
	Founded  calendar.Date               `toml:"founded" zh:"成立日期"`
	Paused   string                      `toml:"paused" zh:"暂停的原因"`
}

// Project is what a branch does of its own in a year.
type Project struct {
	ledger.Record
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year   int                         `toml:"year,required" zh:"年份" check:"min=2015,max=2100"`
	Name   string                      `toml:"name,required" zh:"特色服务"`
	Plan   string                      `toml:"plan,required" zh:"打算怎么做"`
	Times  int                         `toml:"times" zh:"一年几次" check:"min=0"`
	Result string                      `toml:"result" zh:"做成了什么"`
}

var (
	ruleField = diag.Define(diag.Rule{Code: "E2101", Name: "缺一支专业服务队", Severity: diag.Warning, Tunable: true,
		Why: "特色服务：教育、医疗、文体、司法、警务各有一支专业服务队，居民才有处找", Mend: "在 content/teams/ 里补上这支队；没有的，组建起来"})
	ruleFounded = diag.Define(diag.Rule{Code: "E2105", Name: "服务队成立的日子还没有到", Severity: diag.Error,
		Why: "还没有成立的队请不来", Mend: "核对成立日期（founded）；没有成立的先写 draft = true"})
	ruleProject = diag.Define(diag.Rule{Code: "E2103", Name: "党支部今年没有特色服务", Severity: diag.Warning, Tunable: true,
		Why: "一支部一特色：3 月底前每个参加评星的党支部报一项", Mend: "在 content/teams/ 里补上 [[project]]"})
	ruleResult = diag.Define(diag.Rule{Code: "E2104", Name: "年度过了，特色服务没有结果", Severity: diag.Warning, Tunable: true,
		Why: "年底要说做成了什么", Mend: "补上做成了什么（result）"})
	ruleTwoProjects = diag.Define(diag.Rule{Code: "E2107", Name: "一个党支部一年报了两项特色服务", Severity: diag.Warning, Tunable: true,
		Why: "一支部一特色：报两项，哪一项是特色就说不清；多半是复制了一段忘了改", Mend: "核对党支部（branch）和年份（year），留一项"})
	ruleSame = diag.Define(diag.Rule{Code: "E2106", Name: "两支队同名", Severity: diag.Error,
		Why: "多半是复制了一段忘了改；电话里说不清是哪一支", Mend: "改其中一支的名称（name），多余的一段删掉"})
)

var yearly = branches.Yearly[*Project]{What: "特色服务", Rows: ledger.All[Project], Year: branches.ThisYear, By: branches.ByMarch, Twice: ruleTwoProjects, Missing: ruleProject,
	Of: func(p *Project) (ledger.Ref[branches.Branch], int) { return p.Branch, p.Year }}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "teams", Title: "请他们来", Needs: []string{"branches"}, Check: yearly.Check},
		ledger.Rows[Team]("team", "服务队").Open().Posts("服务队一览", 110, "镇", "社区", "小区").
			Unique(ruleSame, "name", "服务队“%s”", func(t *Team) string { return t.Name }).Past(ruleFounded, "founded").
			Complete(ruleField, []string{"教育", "医疗", "文体", "司法", "警务"}, "没有%s方面的服务队", func(t *Team) string { return string(t.Field) }).
			Count("专业服务队", "请得来的服务队", "支", func(t *Team, _ *ledger.Book) bool { return t.Paused == "" }).
			AsList(nil, func(t *Team, _ *ledger.Book) ledger.Lasts {
				return ledger.Lasts{Title: t.Name, From: t.Founded, Group: string(t.Field), Paused: t.Paused}
			}),
		ledger.Rows[Project]("project", "支部特色服务").Open().Check((*Project).check).
			GroupedBy(func(p *Project, _ *ledger.Book) string { return fmt.Sprintf("%d 年", p.Year) }),
	)
}

// check wants a result when the year is over.
func (p *Project) check(b *ledger.Book, bag *diag.Bag) {
	if p.Year < b.AsOf.Year && p.Result == "" {
		bag.Addf(ruleResult, p.At("year"), "“%s”%d 年做成了什么，还没有写", p.Name, p.Year)
	}
}
