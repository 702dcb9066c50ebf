package plan

import (
	"fmt"
	"html/template"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/view"
)

const (
	homeNotices  = 5
	homeStations = 6
	homeNews     = 5
)

func planHome(b *builder) {
	b.addPage("", "home", b.Config.Title, b.sectionPos(""), func(p *page) any { return p.home() })
	// A server shows this page for addresses of any depth, so its own links start
	// at the root also where all others are relative.
	b.outputs = append(b.outputs, Output{Path: "404.html", File: b.sectionPos("").File, title: "找不到这一页", Layout: "404", builder: b, make: func(p *page) any {
		p.root = BasePath(b.Config.BaseURL)
		return p.notFound()
	}})
}

func (p *page) notFound() view.NotFound {
	v := view.NotFound{Page: p.head("", "找不到这一页", "")}
	v.Canonical = ""
	v.Links = append(v.Links, p.link("首页", ""))
	for _, folder := range []string{"services", "stations", "notices", "months"} {
		if p.paths[sectionPath(folder)] {
			v.Links = append(v.Links, p.crumb(folder))
		}
	}
	return v
}

func (p *page) home() view.Home {
	v := view.Home{AsOf: date(p.AsOf), Page: p.head("", p.Config.Title, p.Config.Slogan), AllNews: p.existing("news/"), AllNotes: p.existing("notices/"), AllSites: p.existing("stations/")}
	if s := p.Section(""); s != nil {
		v.Intro = p.intro("")
		if s.Summary != "" {
			v.Description = s.Summary
		}
	}
	v.Tasks = p.tasks()
	for _, n := range p.noticesIn(stateCurrent) {
		v.Notices = append(v.Notices, p.noticeItem(n))
	}
	v.Notices = v.Notices[:min(homeNotices, len(v.Notices))]
	if m := p.monthOf(p.AsOf.YearMonth()); m != nil {
		v.Theme = ptr(p.monthCard(m))
	}
	v.Stations = p.homeStations()
	for _, pg := range p.partPages() {
		part := pg.Entry.(*ledger.Part)
		v.Parts = append(v.Parts, view.PartItem{Link: p.link(pg.Title, pg.Path), No: part.No, Summary: part.Summary, Topics: part.Topics, Figure: p.figure(part.Figure)})
	}
	if years := p.Book.Figures.Stars; len(years) > 0 {
		v.Chart, v.Verdict, v.Stars = ptr(p.chart(years[0], years[0].All)), verdict(years[0].All), p.url("stars/")
	}
	for _, pg := range p.latest("news", homeNews) {
		v.News = append(v.News, p.item(pg))
	}
	return v
}

// existing is the link to an address, or "" when the site has no such page.
func (p *page) existing(to string) string {
	if !p.paths[to] {
		return ""
	}
	return p.url(to)
}

func (p *page) tasks() []view.Task {
	services, categories := len(ledger.All[ledger.Service](p.Book)), len(ledger.All[ledger.Category](p.Book))
	all := []view.Task{
		{Link: p.link("办服务", "services/"), Hint: fmt.Sprintf("%d 类 %d 项", categories, services), Icon: "service"},
		{Link: p.link("找驿站", "stations/"), Hint: fmt.Sprintf("%d 个驿站开放", p.openStations()), Icon: "station"},
		{Link: p.link("看公示", "notices/"), Hint: fmt.Sprintf("%d 件正在公示", len(p.noticesIn(stateCurrent))), Icon: "notice"},
		{Link: p.link("看活动", "months/"), Hint: "一月一主题", Icon: "activity"},
	}
	return slices.DeleteFunc(all, func(t view.Task) bool {
		folder := map[string]string{"service": "services/", "station": "stations/", "notice": "notices/", "activity": "months/"}[t.Icon]
		return !p.paths[folder]
	})
}

func (p *page) partPages() []*site.Page {
	pages := p.In("programme")
	slices.SortFunc(pages, articleOrder)
	return pages
}

// latest returns the newest n pages of a ledger's Markdown files.
func (b *builder) latest(folder string, n int) []*site.Page {
	pages := b.Newest(ledger.Lookup(folder).Kind(""))
	return pages[:min(n, len(pages))]
}

// intro is the text of a folder's _index.md.
func (p *page) intro(folder string) template.HTML {
	s := p.Section(folder)
	if s == nil || s.Doc == nil {
		return ""
	}
	// An introduction is short and a part of its view, so it is always there.
	q := *p
	q.whole = true
	html, _ := q.body(s.File(), s.Doc)
	return html
}

// figure computes a number from the records.
func (p *page) figure(f ledger.Figure) *view.Figure {
	n, unit, to := 0, "个", ""
	switch f {
	case ledger.FigureUnits:
		n, to = len(ledger.All[ledger.Unit](p.Book)), "branches/"
	case ledger.FigureEstates:
		for _, br := range ledger.All[ledger.Branch](p.Book) {
			if br.Level == ledger.LevelEstate {
				n++
			}
		}
		to = "branches/"
	case ledger.FigureStations:
		n, to = p.openStations(), "stations/"
	case ledger.FigureServices:
		n, unit, to = len(ledger.All[ledger.Service](p.Book)), "项", "services/"
	case ledger.FigureActivities:
		for _, m := range ledger.All[ledger.Month](p.Book) {
			if m.Month.Year == p.AsOf.Year {
				n += len(m.Activities)
			}
		}
		unit, to = "场", "months/"
	case ledger.FigureNotices:
		n, unit, to = len(p.noticesIn(stateCurrent)), "件", "notices/"
	case ledger.FigureStars, ledger.FigureGraded:
		return p.starFigure(f)
	default:
		return nil
	}
	return &view.Figure{Value: fmt.Sprint(n), Unit: unit, Text: string(f), URL: p.existing(to)}
}

func (p *page) starFigure(f ledger.Figure) *view.Figure {
	years := p.Book.Figures.Stars
	if len(years) == 0 {
		return nil
	}
	if f == ledger.FigureGraded {
		return &view.Figure{Value: fmt.Sprint(years[0].All.Total), Unit: "个", Text: string(f), URL: p.url("stars/")}
	}
	return &view.Figure{Value: percent(years[0].All.Percent(3)), Unit: "%", Text: string(f), URL: p.url("stars/")}
}
