package pages

import (
	"fmt"

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
	if len(s.Hours) > 0 {
		o.Week, o.Other, o.From, o.Until = s.Ahead(p.Book, p.AsOf).Coded()
	}
	return o
}
