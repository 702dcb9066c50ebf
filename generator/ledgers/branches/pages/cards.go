package pages

import (
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/months"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

var cardLayout = plan.Layout[CardSheet]("branches/sheet-cards")

// cardPaper is that of a card for a stairway (楼栋卡): A5.
var cardPaper = config.Size{Width: 148, Height: 210}

func cardsAddress(of string) string { return plan.SheetAddress(of + "cards/") }

// planCards plans the cards of an estate: one for each household post below it, all in
// one document. There are none when it has no posts.
func planCards(b *plan.Builder, br *branches.Branch, address string, children map[string][]*branches.Branch) {
	if br.Level != branches.LevelEstate {
		return
	}
	const levels = 2 // below an estate: groups, and their household posts
	posts := households(br, children, levels)
	if len(posts) == 0 {
		return
	}
	b.PlanSheet(cardLayout.Sheet(cardsAddress(address), br.Name, br.At("name"), func(p *plan.Page) CardSheet {
		return cards(p, br, posts, address)
	}).As("楼栋卡"))
}

// households are the household posts below an organisation, down to so many levels, as
// the superiors of what was mistyped may go round in a circle.
func households(br *branches.Branch, children map[string][]*branches.Branch, levels int) (posts []*branches.Branch) {
	if levels == 0 {
		return nil
	}
	for _, c := range children[br.ID] {
		if c.Level == branches.LevelHousehold {
			posts = append(posts, c)
		}
		posts = append(posts, households(c, children, levels-1)...)
	}
	return posts
}

func cards(p *plan.Page, br *branches.Branch, posts []*branches.Branch, subject string) CardSheet {
	v := CardSheet{Sheet: p.Sheet(cardPaper, br.Name+"楼栋卡", subject, "扫码看支部", calendar.Date{}, calendar.Date{})}
	var common []view.Field
	for _, st := range ledger.All[stations.Station](p.Book) {
		if st.Branch.ID == br.ID && st.Status == stations.Open {
			common = append(common, view.Field{Name: "办事", Value: st.Name}, view.Field{Name: "开门", Value: st.HoursText()}, view.Field{Name: "驿站电话", Value: st.Phone})
			break
		}
	}
	for _, m := range ledger.All[months.Month](p.Book) {
		if m.Month == p.AsOf.YearMonth() {
			common = append(common, view.Field{Name: "这个月", Value: m.Title})
		}
	}
	for _, h := range posts {
		fields := []view.Field{{Name: "管哪几栋", Value: h.Area}, {Name: "党小组", Value: plan.RefTitle(p.Builder, h.Parent)}, {Name: "小区党支部", Value: br.Name}, {Name: "找支部", Value: br.Phone}}
		v.Cards = append(v.Cards, Card{Name: h.Name, Fields: plan.Fields(append(fields, common...)...)})
	}
	v.Version = plan.Version(v.PageTitle, v.Cards)
	if p.Full {
		fitCards(&v)
	}
	return v
}

// The measures of a card, in units and in em.
var (
	cardLeading = sheet.Measure("card-leading", 1.35)
	cardName    = sheet.Measure("card-name", 0.7) // of the name of a fact, to its value
	cardGap     = sheet.Measure("card-gap", 0.55)
	cardTop     = sheet.Measure("card-top", 6) // between the title and the facts
)

const (
	leastCard, mostCard = 6.5, 11.0
	cardStep            = 0.25
)

// fitCards chooses the sizes of letters: one for all cards, the largest in which each
// has room beside its code.
func fitCards(v *CardSheet) {
	r := sheet.AreaFor(&v.Sheet)
	width, height := r.Inner()
	v.Boxes = len(v.Cards)
	for i := range v.Cards {
		title, ok := sheet.Heading(v.Cards[i].Name, width, 0.2*r.Height, sheet.WallLeading, leastCard, sheet.MostWall/2)
		v.Cards[i].Title = title
		if !ok {
			sheet.Refuse(&v.Sheet, "的名称太长，放不下")
		}
	}
	for v.Letter = mostCard; v.Letter > leastCard; v.Letter -= cardStep {
		fits := true
		for _, c := range v.Cards {
			h := sheet.WallLeading*c.Title.Size*float64(len(c.Title.Lines)) + cardTop + r.CodeHeight + cardTop
			for _, f := range c.Fields {
				h += v.Letter * (cardLeading*(cardName+float64(typeset.Lines(f.Value, width/v.Letter))) + cardGap)
			}
			fits = fits && h <= height
		}
		if fits {
			return
		}
	}
	sheet.Refuse(&v.Sheet, "放不下；把名称、范围写短一些")
}
