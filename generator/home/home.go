// Package home plans the home page, which shows something of most ledgers, and the
// page for those who are lost.
package home

import (
	"fmt"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/months"
	monthpages "biandan/generator/ledgers/months/pages"
	newspages "biandan/generator/ledgers/news/pages"
	"biandan/generator/ledgers/notices"
	noticepages "biandan/generator/ledgers/notices/pages"
	partpages "biandan/generator/ledgers/programme/pages"
	"biandan/generator/ledgers/services"
	servicepages "biandan/generator/ledgers/services/pages"
	"biandan/generator/ledgers/stars"
	starpages "biandan/generator/ledgers/stars/pages"
	"biandan/generator/ledgers/stations"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/plan"
	"biandan/generator/view"
)

// How many of each the page shows.
const (
	mostNotices  = 5
	mostStations = 6
	mostNews     = 5
)

var homeLayout = plan.Layout[Home]("home/home")

func init() {
	plan.Declare(plan.Room{Folder: "", Shows: true, Plan: func(b *plan.Builder) bool {
		homeLayout.Page(b, "", b.Config.Title, b.SectionPos(""), home)
		b.PlanNotFound(nothingHere, notFound)
		return true
	}})
}

const nothingHere = "找不到这一页"

// notFound leads those who are lost to what people come for.
func notFound(p *plan.Page) view.NotFound {
	v := view.NotFound{Page: p.Head("", nothingHere, "")}
	v.Links = append(v.Links, p.Link("首页", ""))
	for _, folder := range []string{"services", "stations", "notices", "months"} {
		if p.Has(plan.SectionPath(folder)) {
			v.Links = append(v.Links, p.Crumb(folder))
		}
	}
	return v
}

func home(p *plan.Page) Home {
	v := Home{AsOf: plan.Date(p.AsOf), Page: p.Head("", p.Config.Title, p.Config.Slogan), AllNews: p.Existing("news/"), AllNotes: p.Existing("notices/"), AllSites: p.Existing("stations/")}
	if s := p.Section(""); s != nil {
		v.Intro = p.Intro("")
		if s.Summary != "" {
			v.Description = s.Summary
		}
	}
	current := noticepages.InState(p, notices.Current)
	v.Tasks = tasks(p)
	v.Situations = servicepages.Situations(p)
	v.Notices = current[:min(mostNotices, len(current))]
	if m := months.ThemeOf(p.Book, p.AsOf.YearMonth()); m != nil {
		v.Theme = plan.Ptr(monthpages.Card(p, m))
	}
	v.Stations = stationpages.ForHome(p, mostStations)
	v.Parts = partpages.Parts(p)
	if years := stars.Years(p.Book); len(years) > 0 {
		v.Chart, v.Verdict, v.Stars = plan.Ptr(starpages.ChartOf(p, years[0], years[0].All)), starpages.Verdict(years[0].All), p.URL("stars/")
	}
	v.News = newspages.Latest(p, mostNews)
	return v
}

// tasks are the tiles that lead to what people come for, as far as the site has it.
func tasks(p *plan.Page) []Task {
	var all []Task
	add := func(icon, name, to, hint string) {
		if p.Has(to) {
			all = append(all, Task{Link: p.Link(name, to), Hint: hint, Icon: icon})
		}
	}
	add("service", "办服务", "services/", fmt.Sprintf("%d 类 %d 项", len(ledger.All[services.Category](p.Book)), len(ledger.All[services.Service](p.Book))))
	add("station", "找驿站", "stations/", fmt.Sprintf("%d 个驿站开放", stations.CountOpen(p.Book)))
	add("notice", "看公示", "notices/", "可以提意见")
	add("activity", "看活动", "months/", "一月一主题")
	add("branch", "我的支部", "find/", "按小区、楼号找")
	add("order", "点单", "exchange/", "服务超市")
	return all
}
