package plan

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/view"
)

func planMonths(b *builder) {
	months := b.months()
	if len(months) == 0 && b.Section("months") == nil {
		return
	}
	b.custom["months"] = true
	if len(months) == 0 {
		b.addPage("months/", "year", b.sectionTitle("months"), b.sectionPos("months/"), func(p *page) any { return p.year(p.AsOf.Year, p.AsOf.Year, nil) })
		return
	}
	var years []int
	for _, m := range months {
		if !slices.Contains(years, m.Month.Year) {
			years = append(years, m.Month.Year)
		}
	}
	current := b.currentYear(years)
	for _, y := range years {
		address := yearPath(y, current)
		b.addPage(address, "year", fmt.Sprintf("%d年一月一主题", y), b.sectionPos("months/"), func(p *page) any { return p.year(y, current, years) })
	}
	for i, m := range months {
		pg := b.PageOf(m)
		if pg == nil {
			continue
		}
		sheet := "sheets/" + pg.Path
		b.addPage(pg.Path, "month", m.Title, pg, func(p *page) any { return p.month(months, i, sheet) })
		size := b.sizeOf(m, m.Paper, b.Config.Paper.Months)
		b.addPage(sheet, "sheet-month", m.Title, pg, func(p *page) any { return p.monthSheet(m, size, pg.Path) })
		if !m.Month.IsZero() { // a month that is none was reported where it is written
			b.checks.Go(func() { b.checkMonthSheet(m, size, m.At("slogan")) })
		}
	}
}

// months returns the themes in order of time.
func (b *builder) months() []*ledger.Month {
	months := slices.Clone(ledger.All[ledger.Month](b.Book))
	slices.SortStableFunc(months, func(x, y *ledger.Month) int { return x.Month.Compare(y.Month) })
	return months
}

// currentYear is the build's year where it has themes, else the last that has.
func (b *builder) currentYear(years []int) int {
	if slices.Contains(years, b.AsOf.Year) {
		return b.AsOf.Year
	}
	return years[len(years)-1]
}

func yearPath(year, current int) string {
	if year == current {
		return "months/"
	}
	return fmt.Sprintf("months/%d/", year)
}

func (b *builder) monthOf(m calendar.Month) *ledger.Month {
	for _, x := range ledger.All[ledger.Month](b.Book) {
		if x.Month == m {
			return x
		}
	}
	return nil
}

var monthNames = strings.Fields("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月")

func (p *page) monthCard(m *ledger.Month) view.MonthCard {
	now := p.AsOf.YearMonth()
	c := view.MonthCard{Link: p.linkTo(m), Month: m.Month.Chinese(), Number: monthNames[m.Month.Month-1], Order: int(m.Month.Month), Slogan: m.Slogan, Summary: m.Summary,
		Past: m.Month.Compare(now) < 0, Current: m.Month == now}
	for i := range m.Activities {
		if a := p.activity(&m.Activities[i]); a.Past {
			c.CountPassed++
		} else {
			c.Coming = append(c.Coming, a)
		}
	}
	slices.SortStableFunc(c.Coming, byDate)
	return c
}

func byDate(a, b view.Activity) int { return strings.Compare(a.Date.ISO+a.Time, b.Date.ISO+b.Time) }

func (p *page) activity(a *ledger.Activity) view.Activity {
	v := view.Activity{Name: a.Name, Date: date(a.Date), Time: a.Time, Place: a.Place, Host: refLink(p, a.Host), Station: refLink(p, a.Station), Contact: a.Contact, Past: a.Date.Before(p.AsOf)}
	if c := refTitle(p.builder, a.Committee); c != "" {
		v.Joint = c + "联办"
	}
	return v
}

// activities returns the activities of all months that keep wants, by date.
func (p *page) activities(keep func(*ledger.Activity) bool) []view.Activity {
	var list []view.Activity
	for _, m := range ledger.All[ledger.Month](p.Book) {
		for i := range m.Activities {
			if keep(&m.Activities[i]) {
				list = append(list, p.activity(&m.Activities[i]))
			}
		}
	}
	slices.SortStableFunc(list, byDate)
	return list
}

func (p *page) year(year, current int, years []int) view.Year {
	v := view.Year{Page: p.sectionHead("months"), Number: year}
	if year == current {
		v.Intro = p.intro("months")
	} else {
		v.PageTitle = fmt.Sprintf("%d年%s", year, p.sectionTitle("months"))
		v.Crumbs = append(v.Crumbs, p.crumb("months"))
	}
	for _, m := range p.months() {
		if m.Month.Year == year {
			v.Months = append(v.Months, p.monthCard(m))
		}
	}
	if len(years) > 1 {
		for _, y := range years {
			v.Years = append(v.Years, view.PageLink{Link: p.link(fmt.Sprintf("%d年", y), yearPath(y, current)), Current: y == year})
		}
	}
	return v
}

func (p *page) month(months []*ledger.Month, i int, sheet string) view.Month {
	m := months[i]
	v := view.Month{MonthCard: p.monthCard(m), Date: date(m.Date), Tasks: m.Tasks, Activities: p.monthActivities(m)}
	v.Body, v.BodyKey = p.body(m.File(), m.Doc)
	v.Page = p.head("months", m.Title, m.Summary, p.crumb("months"))
	v.Page.Sheet = ptr(p.link("打印海报", sheet))
	if i > 0 {
		v.Older = ptr(p.linkTo(months[i-1]))
	}
	if i < len(months)-1 {
		v.Newer = ptr(p.linkTo(months[i+1]))
	}
	return v
}

func (p *page) monthActivities(m *ledger.Month) []view.Activity {
	var list []view.Activity
	for i := range m.Activities {
		list = append(list, p.activity(&m.Activities[i]))
	}
	slices.SortStableFunc(list, byDate)
	return list
}
