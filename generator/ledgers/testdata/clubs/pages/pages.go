// Package pages shows the clubs of the tests: a page of their own, and a sheet on
// the boards of estates.
package pages

import (
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
	"biandan/generator/ledgers/testdata/clubs"
	"biandan/generator/plan"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// Clubs is the list of clubs.
type Clubs struct {
	view.Page
	Clubs []Club
}

// Club is a club in short.
type Club struct {
	view.Link
	Branch view.Link
	People string
}

var (
	listLayout  = plan.Layout[Clubs]("clubs/clubs")
	sheetLayout = plan.Layout[view.ListSheet]("clubs/sheet-clubs")
	paperKey    = config.DeclarePaper("clubs", "社团招新")
)

func init() {
	plan.Declare(plan.Room{Folder: "clubs", Plan: planClubs})
	walls.Post(walls.Design{Posting: "社团招新", Optional: true, Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		sheets := sheetsOf(b)
		return func(*stations.Station) []*plan.Sheet { return sheets }
	}})
}

func planClubs(b *plan.Builder) bool {
	listLayout.Page(b, "clubs/", b.SectionTitle("clubs"), b.SectionPos("clubs/"), list)
	for _, s := range sheetsOf(b) {
		b.PlanSheet(s)
	}
	return true
}

func list(p *plan.Page) Clubs {
	v := Clubs{Page: p.SectionHead("clubs")}
	for _, c := range ledger.All[clubs.Club](p.Book) {
		v.Clubs = append(v.Clubs, Club{Link: p.LinkTo(c), Branch: plan.RefLink(p, c.Branch), People: plan.Positive(c.People, "人")})
	}
	return v
}

func sheetsOf(b *plan.Builder) []*plan.Sheet {
	all := ledger.All[clubs.Club](b.Book)
	if len(all) == 0 {
		return nil
	}
	size := b.SizeOf(nil, ledger.Paper{}, paperKey)
	return []*plan.Sheet{sheetLayout.Sheet(plan.SheetAddress("clubs/"), "社团招新", diag.Pos{File: all[0].File()}, func(p *plan.Page) view.ListSheet {
		v := view.ListSheet{Sheet: p.Sheet(size, "社团招新", "clubs/", "扫码报名", calendar.Date{}, calendar.Date{}), Lead: plan.Count(len(all), "个社团")}
		g := view.ListGroup{Title: "都可以来"}
		for _, c := range all {
			g.Items = append(g.Items, view.ListItem{Text: c.Name, Note: plan.Positive(c.People, "人")})
		}
		v.Groups = append(v.Groups, g)
		return p.FinishList(v)
	})}
}
