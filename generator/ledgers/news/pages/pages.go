// Package pages shows the news: their list and the page of each.
package pages

import (
	"biandan/generator/ledger"
	"biandan/generator/ledgers/news"
	"biandan/generator/plan"
	"biandan/generator/site"
	"biandan/generator/view"
)

func init() { plan.Declare(plan.Room{Folder: "news", Plan: planNews}) }

func planNews(b *plan.Builder) bool {
	pages := b.In("news")
	if len(pages) == 0 && b.Section("news") == nil {
		return false
	}
	for _, pg := range pages {
		b.PlanArticle(pg, func(p *plan.Page) view.Article { return article(p, pg, pg.Entry.(*news.News)) })
	}
	b.PlanArticles("news", pages)
	return true
}

func article(p *plan.Page, pg *site.Page, n *news.News) view.Article {
	v := p.Article(pg, n)
	v.Facts = append(v.Facts, plan.Fields(view.Field{Name: "作者", Value: n.Author})...)
	if l := plan.RefLink(p, n.Branch); l.Text != "" {
		v.Facts = append(v.Facts, view.Field{Name: "党组织", Value: l.Text, URL: l.URL})
	}
	v.Newer, v.Older = p.Neighbours(pg)
	return v
}

// Latest are the newest pieces of news, at most so many.
func Latest(p *plan.Page, most int) []view.Item {
	var items []view.Item
	pages := p.Newest(ledger.Lookup("news").Kind(""))
	for _, pg := range pages[:min(most, len(pages))] {
		items = append(items, p.Item(pg))
	}
	return items
}
