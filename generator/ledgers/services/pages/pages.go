// Package pages shows the services: the directory, its categories, each service, what
// was changed when and why (history.go), and on paper the list, how a service is done,
// and the AB posts (sheets.go).
package pages

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/services"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var (
	servicesLayout = plan.Layout[Services]("services/services")
	categoryLayout = plan.Layout[Category]("services/category")
	serviceLayout  = plan.Layout[Service]("services/service")
	listLayout     = plan.Layout[view.ListSheet]("services/sheet-services")
	guideLayout    = plan.Layout[GuideSheet]("services/sheet-service")
	postsLayout    = plan.Layout[PostsSheet]("services/sheet-posts")
)

func init() { plan.Declare(plan.Room{Folder: "services", Plan: planServices, Offline: true}) }

func planServices(b *plan.Builder) bool {
	all := ledger.All[services.Service](b.Book)
	if len(all) == 0 {
		return false
	}
	servicesLayout.Page(b, "services/", b.SectionTitle("services"), b.SectionPos("services/"), directory)
	b.PlanSheet(listOf(b))
	planHistory(b)
	planSituations(b)
	for _, c := range categories(b.Book) {
		if pg := b.PageOf(c); pg != nil {
			categoryLayout.Page(b, pg.Path, c.Name, pg, func(p *plan.Page) Category { return category(p, c) })
		}
	}
	size := b.SizeOf(nil, ledger.Paper{}, guidePaper)
	for _, s := range all {
		if pg := b.PageOf(s); pg != nil {
			serviceLayout.Page(b, pg.Path, s.Name, pg, func(p *plan.Page) Service { return service(p, s) })
			b.PlanSheet(guideLayout.Sheet(plan.SheetAddress(pg.Path), s.Name, pg, func(p *plan.Page) GuideSheet { return guide(p, s, size, pg.Path) }))
		}
	}
	return true
}

// categories returns the categories in the order of their numbers.
func categories(b *ledger.Book) []*services.Category {
	list := slices.Clone(ledger.All[services.Category](b))
	slices.SortStableFunc(list, func(x, y *services.Category) int { return x.No - y.No })
	return list
}

// servicesOf returns the services of a category in the order of their numbers.
func servicesOf(b *ledger.Book, c *services.Category) []*services.Service {
	var list []*services.Service
	for _, s := range ledger.All[services.Service](b) {
		if s.Category.ID == c.ID {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(x, y *services.Service) int { return x.No - y.No })
	return list
}

func directory(p *plan.Page) Services {
	v := Services{Page: p.SectionHead("services"), Intro: p.Intro("services"), Situations: Situations(p), Journeys: journeys(p), Categories: categoryItems(p)}
	v.Page.Sheet = plan.Ptr(p.Link("打印服务清单", listAddress))
	v.Data = p.DataLinks("services")
	v.Figures = []view.Figure{
		{Value: fmt.Sprint(len(v.Categories)), Unit: "类", Text: "服务类别"},
		{Value: fmt.Sprint(len(ledger.All[services.Service](p.Book))), Unit: "项", Text: "服务事项"},
	}
	if p.Has(historyAddress) {
		v.Figures = append(v.Figures, changed(p))
	}
	return v
}

func categoryItems(p *plan.Page) []CategoryItem {
	var items []CategoryItem
	for _, c := range categories(p.Book) {
		items = append(items, categoryItem(p, c))
	}
	return items
}

func categoryItem(p *plan.Page, c *services.Category) CategoryItem {
	it := CategoryItem{Link: p.LinkTo(c), No: c.No, Summary: c.Summary}
	for _, s := range servicesOf(p.Book, c) {
		it.Services = append(it.Services, serviceItem(p, s))
	}
	return it
}

func serviceItem(p *plan.Page, s *services.Service) ServiceItem {
	limit := "即时办结"
	if s.Days > 0 {
		limit = plan.Count(s.Days, "个工作日")
	}
	return ServiceItem{Link: p.LinkTo(s), No: s.No, Audience: s.Audience, Words: strings.Join(s.Keywords, " "), Limit: limit, Place: s.Place, Phone: s.PhoneIn(p.Book),
		A: plan.RefTitle(p.Builder, s.A), B: plan.RefTitle(p.Builder, s.B)}
}

func category(p *plan.Page, c *services.Category) Category {
	v := Category{Page: p.Head("services", c.Name, c.Summary, p.Crumb("services")), CategoryItem: categoryItem(p, c)}
	for _, o := range categories(p.Book) {
		if o != c {
			v.Others = append(v.Others, p.LinkTo(o))
		}
	}
	return v
}

func service(p *plan.Page, s *services.Service) Service {
	category, latest := plan.RefLink(p, s.Category), services.LatestOf(p.Book, s)
	v := Service{ServiceItem: serviceItem(p, s), Category: category, Conditions: s.Conditions, Materials: s.Materials, Steps: s.Steps,
		Time: s.Time, Fee: s.Fee, Basis: s.Basis, Supervise: s.Supervise, Online: s.Online, Updated: plan.Date(latest.Date), Change: latest.Why}
	if v.Updated.ISO != "" && p.Has(historyAddress) {
		v.History = plan.Ptr(p.Link(historyTitle, historyAddress))
		v.History.URL += revisionAnchor(latest.Revision)
	}
	v.Page = p.Head("services", s.Name, fmt.Sprintf("%s：%s，%s，%s", s.Name, s.Audience, v.Limit, s.Place), p.Crumb("services"), category)
	v.Page.Sheet = plan.Ptr(p.Link("打印办事指南", plan.SheetAddress(p.Path)))
	v.Facts = plan.Fields(
		view.Field{Name: "办理地点", Value: s.Place},
		view.Field{Name: "办理时间", Value: s.Time},
		view.Field{Name: "几天办好", Value: v.Limit},
		view.Field{Name: "收费", Value: s.Fee},
		view.Field{Name: "谁能办", Value: s.Audience},
	)
	for _, d := range ledger.All[services.Duty](p.Book) {
		if d.Service.ID == s.ID {
			v.Duty = &Duty{Content: d.Content, Standard: d.Standard, Consequence: d.Consequence}
		}
	}
	if c := s.Category.In(p.Book); c != nil {
		for _, o := range servicesOf(p.Book, c) {
			if o != s {
				v.Siblings = append(v.Siblings, p.LinkTo(o))
			}
		}
	}
	return v
}
