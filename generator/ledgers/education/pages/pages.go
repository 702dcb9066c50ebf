// Package pages shows the way into the Party (入党怎么走) to those who want to go it: its
// steps, whom to ask first, what is publicised now and which classes are still to come.
// The tables of the ledger follow below.
package pages

import (
	"cmp"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/education"
	"biandan/generator/ledgers/notices"
	noticepages "biandan/generator/ledgers/notices/pages"
	"biandan/generator/plan"
	"biandan/generator/view"
)

const folder = "education"

var layout = plan.Layout[Way]("education/way")

func init() { plan.Declare(plan.Room{Folder: folder, Plan: planWay}) }

func planWay(b *plan.Builder) bool {
	if len(education.Steps(b.Book)) == 0 {
		return false // the default table, if there is anything else
	}
	layout.Page(b, folder+"/", b.SectionTitle(folder), b.SectionPos(folder+"/"), way)
	return true
}

func way(p *plan.Page) Way {
	v := Way{Table: p.Table(ledger.Lookup(folder), nil), Branches: cmp.Or(p.Existing("find/"), p.Existing("branches/"))}
	for _, s := range education.Steps(p.Book) {
		v.Steps = append(v.Steps, Step{Name: s.Name, What: s.What, Facts: []view.Field{{Name: "要多久", Value: s.Least}, {Name: "找谁", Value: s.Who}}})
	}
	for _, c := range branches.Committees(p.Book) {
		if c.Phone != "" {
			v.Ask = append(v.Ask, view.Field{Name: c.Name, Value: c.Phone, Phone: c.Phone})
		}
	}
	v.Running = slices.DeleteFunc(noticepages.InState(p, notices.Current), func(n noticepages.NoticeItem) bool { return n.Matter != string(education.Matter) })
	if len(v.Running) > 0 {
		v.AsOf = plan.Date(p.AsOf)
	}
	kind := ledger.Lookup(folder).Kind("class")
	upcoming := slices.DeleteFunc(slices.Clone(p.Book.Entries(kind)), func(e ledger.Entry) bool { return !e.(*education.Class).Upcoming(p.AsOf) })
	slices.SortStableFunc(upcoming, func(x, y ledger.Entry) int { return x.(*education.Class).Date.Compare(y.(*education.Class).Date) })
	if len(upcoming) > 0 {
		v.Classes = p.Register(kind, upcoming, nil)
	}
	return v
}
