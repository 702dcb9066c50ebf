// Package pages shows the parts of the programme: their list and the page of each.
package pages

import (
	"slices"

	"biandan/generator/ledgers/programme"
	"biandan/generator/plan"
	"biandan/generator/view"
)

func init() { plan.Declare(plan.Room{Folder: "programme", Plan: planParts}) }

func planParts(b *plan.Builder) bool {
	pages := b.In("programme")
	if len(pages) == 0 && b.Section("programme") == nil {
		return false
	}
	for _, pg := range pages {
		b.PlanArticle(pg, func(p *plan.Page) view.Article {
			part := pg.Entry.(*programme.Part)
			v := p.Article(pg, part)
			v.Topics, v.Figure = part.Topics, p.Figure(part.Figure)
			return v
		})
	}
	b.PlanArticles("programme", pages)
	return true
}

// PartItem is a part of the programme with its live figure.
type PartItem struct {
	view.Link
	No      int
	Summary string
	Topics  []string
	Figure  *view.Figure
}

// Parts are the parts of the programme in their order.
func Parts(p *plan.Page) []PartItem {
	pages := p.In("programme")
	slices.SortFunc(pages, plan.ArticleOrder)
	var items []PartItem
	for _, pg := range pages {
		part := pg.Entry.(*programme.Part)
		items = append(items, PartItem{Link: p.Link(pg.Title, pg.Path), No: part.No, Summary: part.Summary, Topics: part.Topics, Figure: p.Figure(part.Figure)})
	}
	return items
}
