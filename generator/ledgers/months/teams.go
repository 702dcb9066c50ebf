package months

import (
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/teams"
)

var ruleIdleTeam = diag.Define(diag.Rule{Code: "E1316", Name: "服务队一个季度没有进社区", Severity: diag.Reminder,
	Why: "专业服务队每季度至少进一次社区；组建了不来，等于没有", Mend: "来过的，在活动里写上服务队（team）；没有来的，排一场"})

// remindTeams tells of teams that in the last quarter held no activity, where any
// activity of the year names its team.
func remindTeams(b *ledger.Book, bag *diag.Bag) {
	last, came, any := calendar.QuarterOf(b.AsOf).Add(-1), map[string]bool{}, false
	for _, m := range ledger.All[Month](b) {
		for i := range m.Activities {
			a := &m.Activities[i]
			any = any || !a.Team.IsZero() && a.Day().Year == b.AsOf.Year
			if a.Off == "" && calendar.QuarterOf(a.Day()) == last {
				came[a.Team.ID] = true
			}
		}
	}
	for _, t := range ledger.All[teams.Team](b) {
		if any && !came[t.ID] && t.Paused == "" && t.Founded.Before(last.First()) {
			bag.Addf(ruleIdleTeam, t.At("name"), "“%s”%s没有活动", t.Name, last.Chinese())
		}
	}
}
