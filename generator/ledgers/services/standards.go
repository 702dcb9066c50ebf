package services

import (
	"regexp"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
)

var ruleStandard = diag.Define(diag.Rule{Code: "E1413", Name: "办理标准与时限可能不一样", Severity: diag.Reminder,
	Why: "责任清单写几个工作日办结，服务清单写另一个数，居民按短的那个等；说的也可能是中间一步，所以只提醒", Mend: "核对责任清单的办理标准（standard）与服务清单的时限（days）"})

// saidResult is how many workdays a standard of a duty says until there is a result.
var saidResult = regexp.MustCompile(`([一二两三四五六七八九十]{1,3})个工作日内?(?:有结果|办结|办完)`)

// remind tells of duties whose standard names another number of workdays than the
// service has.
func remind(b *ledger.Book, bag *diag.Bag) {
	for _, d := range ledger.All[Duty](b) {
		m, s := saidResult.FindStringSubmatch(d.Standard), d.Service.In(b)
		if m == nil || s == nil {
			continue
		}
		if said := workdays(m[1]); said != s.Days {
			bag.Addf(ruleStandard, d.At("standard"), "事项“%s”的办理标准写%s个工作日，时限（days）是 %d 个", s.Name, m[1], s.Days)
		}
	}
}

// workdays reads a Chinese number below a hundred: 五, 十, 十五, 二十.
func workdays(text string) int {
	digit := func(s string) int {
		if s == "两" {
			return 2
		}
		return strings.Index("一二三四五六七八九", s)/len("一") + 1
	}
	tens, ones, ten := strings.Cut(text, "十")
	switch {
	case !ten:
		return digit(text)
	case tens == "" && ones == "":
		return 10
	case tens == "":
		return 10 + digit(ones)
	case ones == "":
		return 10 * digit(tens)
	}
	return 10*digit(tens) + digit(ones)
}
