package services

import (
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

var (
	rulePostPhone = diag.Define(diag.Rule{Code: "E1410", Name: "咨询电话不是A岗的电话", Severity: diag.Error,
		Why: "电话在岗位那一行已经写过；两处不一样，居民就打错了", Mend: "删掉事项里的咨询电话（phone），自动用A岗的；A岗的电话错了就改岗位那一行"})
	ruleSupervise = diag.Define(diag.Rule{Code: "E1411", Name: "监督电话是责任岗自己的", Severity: diag.Error,
		Why: "监督电话打到办事的岗位上，就是自己监督自己", Mend: "写监督部门的电话"})
	ruleSuperviseUnknown = diag.Define(diag.Rule{Code: "E1418", Name: "监督电话不在台账里", Severity: diag.Warning, Tunable: true,
		Why: "监督电话抄错一位，居民的意见就没有人听；单位的、site.toml 里的电话才核对得出", Mend: "核对监督电话（supervise）；确实是别处的，在 site.toml 的别处的公开电话（phones）里登记"})
	ruleServiceName = diag.Define(diag.Rule{Code: "E1412", Name: "服务事项、类别或岗位重名", Severity: diag.Error,
		Why: "两项同名，居民说的是哪一项就分不清", Mend: "删掉重复的一项，或者把名称写得分得开"})
	ruleHours = diag.Define(diag.Rule{Code: "E1414", Name: "办理时间在驿站开放时间以外", Severity: diag.Warning, Tunable: true,
		Why: "居民照着事项的时间来，驿站却没有开门", Mend: "核对事项的办理时间段（hours）、在哪些驿站办（at）与驿站的开放时间（hours）"})
	ruleTimeTwice = diag.Define(diag.Rule{Code: "E1417", Name: "办理时间两处不一样", Severity: diag.Error,
		Why: "办理时间（time）印在清单上，办理时间段（hours）用来核对驿站开不开门；两处不一样，居民照着错的那个来", Mend: "核对办理时间（time）与办理时间段（hours）：每一段都要写到"})
	ruleServiceNumbers = diag.Define(diag.Rule{Code: "E1416", Name: "服务事项缺号", Severity: diag.Warning, Tunable: true,
		Why: "海报和电话里按序号说事项，缺一号，居民以为漏了一项", Mend: "把序号从 1 起连着编；取消了一项，后面的往前移"})
)

func (s *Service) checkPhones(b *ledger.Book, bag *diag.Bag) {
	if s.Supervise != "" && !b.HasPhone(s.Supervise) && !ledger.IsSamplePhone(s.Supervise) {
		bag.Addf(ruleSuperviseUnknown, s.At("supervise"), "事项“%s”的监督电话 %s 不在单位、党组织、岗位、驿站的台账里", s.Name, s.Supervise)
	}
	if p := s.A.In(b); p != nil && s.Phone != "" && p.Phone != "" && s.Phone != p.Phone && !ledger.IsSamplePhone(s.Phone) {
		bag.Addf(rulePostPhone, s.At("phone"), "事项“%s”写的是 %s，A岗“%s”的电话是 %s（%s）", s.Name, s.Phone, p.Name, p.Phone, p.At("phone"))
	}
	for _, p := range []*Post{s.A.In(b), s.B.In(b)} {
		if p != nil && p.Phone == s.Supervise && s.Supervise != "" && !ledger.IsSamplePhone(s.Supervise) {
			bag.Addf(ruleSupervise, s.At("supervise"), "事项“%s”的监督电话 %s，就是“%s”的电话（%s）", s.Name, s.Supervise, p.Name, p.At("phone"))
			break
		}
	}
}

func (s *Service) checkHours(b *ledger.Book, bag *diag.Bag) {
	for i, x := range s.Hours {
		if !strings.Contains(rules.Name(s.Time), rules.Name(x.Time)) {
			bag.Addf(ruleTimeTwice, s.At("time"), "事项“%s”的办理时间（time）写的是“%s”，办理时间段（hours）写的是 %s（%s）", s.Name, s.Time, x.Time, s.At("hours", i, "time"))
		}
		for _, ref := range s.Places {
			st := ref.In(b)
			if st == nil || len(st.Hours) == 0 {
				continue
			}
			if day := st.ClosedDuring(x); day != "" {
				bag.Addf(ruleHours, s.At("hours", i, "time"), "事项“%s”%s %s 办理，“%s”%s不是这段时间都开门：%s", s.Name, x.DaysText(), x.Time, st.Name, day, st.HoursText())
				break
			}
		}
	}
}
