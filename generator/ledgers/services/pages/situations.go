package pages

import (
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/services"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var situationLayout = plan.Layout[Situation]("services/situation")

// planSituations plans a page for each situation of life.
func planSituations(b *plan.Builder) {
	for _, s := range services.Situations(b.Book) {
		if pg := b.PageOf(s); pg != nil {
			situationLayout.Page(b, pg.Path, s.Name, pg, func(p *plan.Page) Situation { return situation(p, s) })
		}
	}
}

// Situations are the situations of life with the words that people use for them.
func Situations(p *plan.Page) (list []SituationItem) {
	for _, s := range services.Situations(p.Book) {
		list = append(list, SituationItem{Link: p.LinkTo(s), Words: strings.Join(s.Words, "、")})
	}
	return list
}

func situation(p *plan.Page, s *services.Situation) Situation {
	v := Situation{SituationItem: SituationItem{Link: p.LinkTo(s), Words: strings.Join(s.Words, "、")}}
	v.Page = p.Head("services", s.Name, s.Name+"："+v.Words, p.Crumb("services"))
	for _, ref := range s.Services {
		if x := ref.In(p.Book); x != nil {
			v.Services = append(v.Services, serviceItem(p, x))
		}
	}
	for _, j := range ledger.All[services.Journey](p.Book) {
		if j.Situation.ID == s.ID {
			v.Journeys = append(v.Journeys, journey(p, j))
		}
	}
	for _, o := range services.Situations(p.Book) {
		if o != s {
			v.Others = append(v.Others, p.LinkTo(o))
		}
	}
	return v
}

func journey(p *plan.Page, j *services.Journey) Journey {
	v := Journey{ID: "j." + j.ID, Name: j.Name}
	for _, x := range j.Steps {
		if s := x.Service.In(p.Book); s != nil {
			v.Steps = append(v.Steps, JourneyStep{ServiceItem: serviceItem(p, s), What: x.Text})
		}
	}
	return v
}

// journeys are the links to all journeys, each on the page of its situation.
func journeys(p *plan.Page) (list []view.Link) {
	for _, j := range ledger.All[services.Journey](p.Book) {
		if l := plan.RefLink(p, j.Situation); l.URL != "" {
			list = append(list, view.Link{Text: j.Name, URL: l.URL + "#j." + j.ID})
		}
	}
	return list
}
