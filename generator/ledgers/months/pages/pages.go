// Package pages shows the monthly themes: the wheel of a year, the page of a month,
// its poster (poster.go, entry.go).
package pages

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/months"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var (
	yearLayout   = plan.Layout[Year]("months/year")
	monthLayout  = plan.Layout[Month]("months/month")
	posterLayout = plan.Layout[MonthSheet]("months/sheet-month")
)

func init() { plan.Declare(plan.Room{Folder: "months", Plan: planMonths}) }

func planMonths(b *plan.Builder) bool {
	all := months.InOrder(b.Book)
	if len(all) == 0 && b.Section("months") == nil {
		return false
	}
	src := b.SectionPos("months/")
	if len(all) == 0 {
		yearLayout.Page(b, "months/", b.SectionTitle("months"), src, func(p *plan.Page) Year { return year(p, p.AsOf.Year, p.AsOf.Year, nil) })
		return true
	}
	var years []int
	for _, m := range all {
		if !slices.Contains(years, m.Month.Year) {
			years = append(years, m.Month.Year)
		}
	}
	current := currentYear(b.AsOf.Year, years)
	for _, y := range years {
		yearLayout.Page(b, yearPath(y, current), fmt.Sprintf("%d年一月一主题", y), src, func(p *plan.Page) Year { return year(p, y, current, years) })
	}
	for i, m := range all {
		pg := b.PageOf(m)
		if pg == nil {
			continue
		}
		monthLayout.Page(b, pg.Path, m.Title, pg, func(p *plan.Page) Month { return month(p, all, i) })
		b.PlanSheet(posterOf(b, m))
		if !m.Month.IsZero() { // a month that is none was reported where it is written
			b.Beside(func() { checkPoster(b, m) })
		}
	}
	return true
}

// currentYear is this year where it has themes, else the last that has.
func currentYear(this int, years []int) int {
	if slices.Contains(years, this) {
		return this
	}
	return years[len(years)-1]
}

func yearPath(year, current int) string {
	if year == current {
		return "months/"
	}
	return fmt.Sprintf("months/%d/", year)
}

var monthNames = strings.Fields("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月")

// Card is a theme in short.
func Card(p *plan.Page, m *months.Month) MonthCard {
	now := p.AsOf.YearMonth()
	c := MonthCard{Link: p.LinkTo(m), Month: m.Month.Chinese(), Number: monthNames[m.Month.Month-1], Order: int(m.Month.Month), Slogan: m.Slogan, Summary: m.Summary,
		Past: m.Month.Compare(now) < 0, Current: m.Month == now}
	for i := range m.Activities {
		if a := activity(p, &m.Activities[i]); a.Past || m.Activities[i].Off != "" {
			c.CountPassed++
		} else {
			c.Coming = append(c.Coming, a)
		}
	}
	slices.SortStableFunc(c.Coming, byDate)
	return c
}

func byDate(a, b Activity) int { return strings.Compare(a.Date.ISO+a.Time, b.Date.ISO+b.Time) }

func activity(p *plan.Page, a *months.Activity) Activity {
	v := Activity{Name: a.Name, Date: plan.Date(a.Day()), Time: a.Time, Place: a.Place, Host: plan.RefLink(p, a.Host), Station: plan.RefLink(p, a.Station), Contact: a.Contact,
		Past: a.Day().Before(p.AsOf), Result: a.Result}
	if v.Station.URL != "" && strings.Contains(a.Place, v.Station.Text) {
		v.Station.Text = a.Place // nothing twice
	}
	if c := plan.RefTitle(p.Builder, a.Committee); c != "" {
		v.Joint = c + "联办"
	}
	var partners []string
	for _, u := range a.Partners {
		if name := plan.RefTitle(p.Builder, u); name != "" {
			partners = append(partners, name)
		}
	}
	v.Partners, v.Team = strings.Join(partners, "、"), plan.RefTitle(p.Builder, a.Team)
	if a.People > 0 {
		v.People = fmt.Sprintf("%d 人次", a.People)
	}
	switch {
	case a.Off != "":
		v.Name, v.Change = "（取消）"+a.Name, "取消："+strings.TrimPrefix(a.Off, "取消：")
	case !a.MovedTo.IsZero():
		v.Change = "改期：原定 " + a.Date.Chinese()
	}
	return v
}

// Activities returns the activities of all months that keep wants, by date.
func Activities(p *plan.Page, keep func(*months.Activity) bool) []Activity {
	var list []Activity
	for _, m := range ledger.All[months.Month](p.Book) {
		for i := range m.Activities {
			if keep(&m.Activities[i]) {
				list = append(list, activity(p, &m.Activities[i]))
			}
		}
	}
	slices.SortStableFunc(list, byDate)
	return list
}

func year(p *plan.Page, year, current int, years []int) Year {
	v := Year{Page: p.SectionHead("months"), Number: year}
	if year == current {
		v.Intro = p.Intro("months")
		v.Data = p.DataLinks("months")
	} else {
		v.Page = p.PartHead("months", fmt.Sprintf("%d年%s", year, p.SectionTitle("months")))
	}
	for _, m := range months.InOrder(p.Book) {
		if m.Month.Year == year {
			v.Months = append(v.Months, Card(p, m))
		}
	}
	if len(years) > 1 {
		for _, y := range years {
			v.Years = append(v.Years, view.PageLink{Link: p.Link(fmt.Sprintf("%d年", y), yearPath(y, current)), Current: y == year})
		}
	}
	return v
}

func month(p *plan.Page, all []*months.Month, i int) Month {
	m := all[i]
	v := Month{MonthCard: Card(p, m), Date: plan.Date(m.Date), Tasks: m.Tasks, Activities: monthActivities(p, m)}
	v.Body, v.BodyKey = p.Body(m.File(), m.Doc)
	v.Page = p.Head("months", m.Title, m.Summary, p.Crumb("months"))
	v.Page.Sheet = plan.Ptr(p.Link("打印海报", plan.SheetAddress(p.Path)))
	if i > 0 {
		v.Older = plan.Ptr(p.LinkTo(all[i-1]))
	}
	if i < len(all)-1 {
		v.Newer = plan.Ptr(p.LinkTo(all[i+1]))
	}
	return v
}

func monthActivities(p *plan.Page, m *months.Month) []Activity {
	var list []Activity
	for i := range m.Activities {
		list = append(list, activity(p, &m.Activities[i]))
	}
	slices.SortStableFunc(list, byDate)
	return list
}
