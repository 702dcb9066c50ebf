package pages

import (
	"fmt"
	"strings"

	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
)

// opening is when a station is open: in words on the day of the build, and as data on
// those after it, from which the page says what holds when it is read.
func opening(p *plan.Page, s *stations.Station) Opening {
	o := Opening{Day: fmt.Sprintf("%d月%d日", p.AsOf.Month, p.AsOf.Day), Text: "不开放"}
	if today := s.OpenOn(p.AsOf, p.Book); today != "" {
		o.Text, o.Open = "开放 "+today, true
	} else if c := s.ClosureOn(p.AsOf, p.Book); c != nil {
		o.Text += "：" + c.Reason
	}
	a := s.Ahead(p.Book)
	if len(s.Hours) == 0 || a.Until.IsZero() {
		return o
	}
	week := make([]string, len(a.Week))
	for wd, hours := range a.Week {
		if week[wd] = hours; wd > 0 && hours != "" && hours == a.Week[wd-1] {
			week[wd] = "=" // as the day before
		}
	}
	var other []string
	for _, x := range a.Other {
		other = append(other, x.Day.String()+" "+x.Hours+"|"+plain.Replace(x.Why))
	}
	o.From, o.Until, o.Week, o.Other = a.From.String(), a.Until.String(), strings.Join(week, ";"), strings.Join(other, ";")
	return o
}

// plain keeps a reason from being taken for the next day.
var plain = strings.NewReplacer(";", "；", "|", "｜")
