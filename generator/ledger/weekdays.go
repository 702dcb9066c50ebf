package ledger

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

var ruleWeekday = diag.Define(diag.Rule{Code: "E0305", Name: "日期和星期对不上", Severity: diag.Warning, Tunable: true,
	Why: "日期和星期写在一起，有一个错了，居民就记错了日子", Mend: "对照日历，改日期或者星期"})

// dated is a day with its weekday, as people write it: 11月28日（周六）.
var dated = regexp.MustCompile(`(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]\s*[（(，,]?\s*(?:星期|周|礼拜)([一二三四五六日天])`)

// checkWeekdays holds the weekdays in a page's text against the calendar. Of a day
// without a year the one nearest to the page's date is meant.
func checkWeekdays(file string, p *Page, text string, line int, bag *diag.Bag) {
	if !namesWeekday(text) {
		return
	}
	for l := range strings.Lines(text) {
		if !strings.Contains(l, "月") || !namesWeekday(l) {
			line++
			continue
		}
		for _, m := range dated.FindAllStringSubmatchIndex(l, -1) {
			month, _ := strconv.Atoi(l[m[4]:m[5]])
			day, _ := strconv.Atoi(l[m[6]:m[7]])
			want := strings.Replace(l[m[8]:m[9]], "天", "日", 1)
			d, ok := nearest(p.Date, month, day)
			if m[2] >= 0 {
				year, _ := strconv.Atoi(l[m[2]:m[3]])
				d, ok = calendar.NewDate(year, month, day)
			}
			if ok && !strings.HasSuffix(d.ChineseWeekday(), want) {
				bag.Addf(ruleWeekday, diag.Pos{File: file, Line: line, Column: utf8.RuneCountInString(l[:m[0]]) + 1},
					"这里写的是“%s”，%s 是%s", strings.TrimSpace(l[m[0]:m[1]]), d, d.ChineseWeekday())
			}
		}
		line++
	}
}

// namesWeekday reports whether a text may name a day of the week.
func namesWeekday(s string) bool {
	return strings.Contains(s, "周") || strings.Contains(s, "星期") || strings.Contains(s, "礼拜")
}

// nearest returns the day of that month and number that lies nearest to another; ok is
// false when the other is none.
func nearest(to calendar.Date, month, day int) (d calendar.Date, ok bool) {
	const halfYear = 183
	for _, year := range []int{to.Year, to.Year + 1, to.Year - 1} {
		if d, ok = calendar.NewDate(year, month, day); ok && !to.IsZero() && d.Sub(to) <= halfYear && to.Sub(d) <= halfYear {
			return d, true
		}
	}
	return d, false
}
