// Package pages shows what can be ordered, with the slip on which residents write what
// they want: it is filled in and copied, printed or sent by them; nothing is sent or
// kept by the site.
package pages

import (
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/exchange"
	"biandan/generator/plan"
	"biandan/generator/view"
)

const slipAddress = "exchange/slip/"

var slipLayout = plan.Layout[Slip]("exchange/slip")

func init() { plan.Declare(plan.Room{Folder: "exchange", Plan: planExchange}) }

func planExchange(b *plan.Builder) bool {
	offers := ledger.All[exchange.Offer](b.Book)
	if len(offers) == 0 {
		return false // the default table, if there is anything else
	}
	b.PlanTable(ledger.Lookup("exchange"), func(p *plan.Page, e ledger.Entry) *view.Link {
		o, ok := e.(*exchange.Offer)
		if !ok || o.ID == "" {
			return nil
		}
		return &view.Link{Text: "写点单", URL: p.URL(slipAddress) + "#offer." + o.ID}
	})
	slipLayout.Page(b, slipAddress, "点单", b.SectionPos("exchange/"), func(p *plan.Page) Slip { return slip(p, offers) })
	return true
}

func slip(p *plan.Page, offers []*exchange.Offer) Slip {
	v := Slip{Page: p.Head("exchange", "点单", "选一项服务，写上您的要求，抄下来、打印出来或者发短信给社区", p.Crumb("exchange"))}
	entries := make([]ledger.Entry, len(offers))
	for i, o := range offers {
		entries[i] = o
	}
	for _, g := range ledger.Grouped(ledger.KindOf(offers[0]), p.Book, entries) {
		group := Group{Title: g.Title}
		for _, e := range g.Members {
			o := e.(*exchange.Offer)
			by := plan.RefTitle(p.Builder, o.Unit) + plan.RefTitle(p.Builder, o.Team)
			group.Offers = append(group.Offers, Offer{ID: o.ID, Name: o.Name, By: by, Phone: o.Phone})
		}
		v.Groups = append(v.Groups, group)
	}
	for _, c := range branches.Committees(p.Book) {
		v.Communities = append(v.Communities, view.Field{Name: c.Name, Phone: c.Phone})
	}
	return v
}
