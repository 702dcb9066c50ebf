package plan

import (
	"fmt"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/view"
)

const servicesSheet = "sheets/services/"

func planServices(b *builder) {
	if len(ledger.All[ledger.Service](b.Book)) == 0 {
		return
	}
	b.custom["services"] = true
	b.addPage("services/", "services", b.sectionTitle("services"), b.sectionPos("services/"), func(p *page) any { return p.services() })
	size := b.sizeOf(nil, ledger.Paper{}, b.Config.Paper.Services)
	b.addPage(servicesSheet, "sheet-services", "服务清单", b.sectionPos("services/"), func(p *page) any { return p.servicesSheet(size) })
	for _, c := range b.categories() {
		if pg := b.PageOf(c); pg != nil {
			b.addPage(pg.Path, "category", c.Name, pg, func(p *page) any { return p.category(c) })
		}
	}
	for _, s := range ledger.All[ledger.Service](b.Book) {
		if pg := b.PageOf(s); pg != nil {
			size, sheet := b.sizeOf(nil, ledger.Paper{}, b.Config.Paper.Service), "sheets/"+pg.Path
			b.addPage(pg.Path, "service", s.Name, pg, func(p *page) any { return p.service(s, sheet) })
			b.addPage(sheet, "sheet-service", s.Name, pg, func(p *page) any { return p.serviceSheet(s, size, pg.Path) })
		}
	}
}

// categories returns the categories in the order of their numbers.
func (b *builder) categories() []*ledger.Category {
	list := slices.Clone(ledger.All[ledger.Category](b.Book))
	slices.SortStableFunc(list, func(x, y *ledger.Category) int { return x.No - y.No })
	return list
}

// servicesOf returns the services of a category in the order of their numbers.
func (b *builder) servicesOf(c *ledger.Category) []*ledger.Service {
	var list []*ledger.Service
	for _, s := range ledger.All[ledger.Service](b.Book) {
		if s.Category.ID == c.ID {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(x, y *ledger.Service) int { return x.No - y.No })
	return list
}

func (p *page) services() view.Services {
	v := view.Services{Page: p.sectionHead("services"), Intro: p.intro("services"), Categories: p.categoryItems()}
	v.Page.Sheet = ptr(p.link("打印服务清单", servicesSheet))
	v.Data = p.dataLinks("services")
	v.Figures = []view.Figure{
		{Value: fmt.Sprint(len(v.Categories)), Unit: "类", Text: "服务类别"},
		{Value: fmt.Sprint(len(ledger.All[ledger.Service](p.Book))), Unit: "项", Text: "服务事项"},
	}
	return v
}

func (p *page) categoryItems() []view.CategoryItem {
	var items []view.CategoryItem
	for _, c := range p.categories() {
		items = append(items, p.categoryItem(c))
	}
	return items
}

func (p *page) categoryItem(c *ledger.Category) view.CategoryItem {
	it := view.CategoryItem{Link: p.linkTo(c), No: c.No, Summary: c.Summary}
	for _, s := range p.servicesOf(c) {
		it.Services = append(it.Services, p.serviceItem(s))
	}
	return it
}

func (p *page) serviceItem(s *ledger.Service) view.ServiceItem {
	limit := "即时办结"
	if s.Days > 0 {
		limit = count(s.Days, "个工作日")
	}
	return view.ServiceItem{Link: p.linkTo(s), No: s.No, Audience: s.Audience, Limit: limit, Place: s.Place, Phone: s.Phone,
		A: refTitle(p.builder, s.A), B: refTitle(p.builder, s.B)}
}

func (p *page) category(c *ledger.Category) view.Category {
	v := view.Category{Page: p.head("services", c.Name, c.Summary, p.crumb("services")), CategoryItem: p.categoryItem(c)}
	for _, o := range p.categories() {
		if o != c {
			v.Others = append(v.Others, p.linkTo(o))
		}
	}
	return v
}

func (p *page) service(s *ledger.Service, sheet string) view.Service {
	category := refLink(p, s.Category)
	v := view.Service{ServiceItem: p.serviceItem(s), Category: category, Conditions: s.Conditions, Materials: s.Materials, Steps: s.Steps,
		Time: s.Time, Fee: s.Fee, Supervise: s.Supervise, Online: s.Online, Updated: date(s.Updated), Change: s.Change}
	v.Page = p.head("services", s.Name, fmt.Sprintf("%s：%s，%s，%s", s.Name, s.Audience, v.Limit, s.Place), p.crumb("services"), category)
	v.Page.Sheet = ptr(p.link("打印办事指南", sheet))
	v.Facts = fields(
		view.Field{Name: "服务对象", Value: s.Audience},
		view.Field{Name: "办理地点", Value: s.Place},
		view.Field{Name: "办理时间", Value: s.Time},
		view.Field{Name: "办理时限", Value: v.Limit},
		view.Field{Name: "收费", Value: s.Fee},
		view.Field{Name: "依据", Value: s.Basis},
	)
	for _, d := range ledger.All[ledger.Duty](p.Book) {
		if d.Service.ID == s.ID {
			v.Duty = &view.Duty{Post: refTitle(p.builder, d.Post), Content: d.Content, Standard: d.Standard, Consequence: d.Consequence}
		}
	}
	if c := s.Category.In(p.Book); c != nil {
		for _, o := range p.servicesOf(c) {
			if o != s {
				v.Siblings = append(v.Siblings, p.linkTo(o))
			}
		}
	}
	return v
}
