package life

import (
	"slices"
	"strings"
	"time"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/months"
	"biandan/generator/rules"
)

var (
	ruleWanders = diag.Define(diag.Rule{Code: "E2612", Name: "主题党日没有固定下来", Severity: diag.Reminder,
		Why: "每月相对固定 1 天，党员才记得住、安排得开", Mend: "和党支部商量定一天，写在年初的安排里"})
	ruleSeldomJoint = diag.Define(diag.Rule{Code: "E2614", Name: "联合主题党日还不到两次", Severity: diag.Reminder,
		Why: "每年与其他支部联合开展两次以上主题党日", Mend: "年底前和别的支部合一天；办过的在 content/life/ 里补上 [[joint_day]]"})
	ruleToldTwice = diag.Define(diag.Rule{Code: "E2615", Name: "联合主题党日写了两处", Severity: diag.Warning, Tunable: true,
		Why: "同一件事在一月一主题里也写了一遍，人次、结果以后会写成两样", Mend: "补上一月一主题里的活动：activity = \"活动的名称\"，人次和结果只写一处"})
)

// remindDays tells of branches whose theme day wanders over the month, and from October
// on of those that held fewer than two with others.
func remindDays(b *ledger.Book, bag *diag.Bag) {
	const most = 7 // days
	wander := rules.Filter(ledger.All[Report](b), func(r *Report) bool { return r.Year == b.AsOf.Year && spread(r) > most })
	if n := len(wander); n > 0 {
		bag.Addf(ruleWanders, wander[0].At("theme_day"), "%d 个党支部今年的主题党日前后差了 %d 天以上，第一个是“%s”，差 %d 天", n, most, ledger.RefName(b, wander[0].Branch), spread(wander[0]))
	}
	held := map[string]int{}
	for _, j := range ledger.All[JointDay](b) {
		if j.Off == "" && j.Date.Year == b.AsOf.Year {
			for _, ref := range j.Branches {
				held[ref.ID]++
			}
		}
	}
	few := rules.Filter(branches.Graded(b), func(br *branches.Branch) bool { return held[br.ID] < jointDays })
	if n := len(few); n > 0 && len(held) > 0 && b.AsOf.Month >= time.October {
		bag.Addf(ruleSeldomJoint, few[0].At("name"), "%d 个党支部今年办了和排了的联合主题党日不到 %d 次，第一个是“%s”", n, jointDays, few[0].Name)
	}
}

// spread is how many days of the month lie between the theme days of a year.
func spread(r *Report) int {
	first, last := 31, 0
	for _, d := range r.ThemeDay {
		if !d.IsZero() {
			first, last = min(first, d.Day), max(last, d.Day)
		}
	}
	return last - first
}

// checkToldTwice reports joint days that stand among the activities of a month as well,
// and are not linked with them.
func checkToldTwice(b *ledger.Book, bag *diag.Bag) {
	for _, j := range ledger.All[JointDay](b) {
		m := months.ThemeOf(b, j.Date.YearMonth())
		if m == nil || j.Off != "" {
			continue
		}
		for i := range m.Activities {
			a := &m.Activities[i]
			hosts := a.Off == "" && a.Day() == j.Date && slices.Contains(j.Branches, a.Host)
			switch {
			case hosts && (a.Kind == "主题党日" || strings.Contains(a.Name, "主题党日")) && j.Activity != a.Name:
				bag.Addf(ruleToldTwice, j.At("date"), "这一天的联合主题党日，在一月一主题里是“%s”（%s）", a.Name, m.At("activities", i))
			case j.Activity == a.Name && (j.People > 0 && a.People > 0 || j.Deed != "" && a.Result != ""):
				bag.Addf(ruleToldTwice, j.At("activity"), "“%s”写了人次或者结果（%s），这里又写了一遍", a.Name, m.At("activities", i))
			}
		}
	}
}
