// Package pages shows the stations: their list, the page of each, and on paper what
// they do and the timetable of the class after school (sheets.go).
package pages

import (
	"fmt"
	"maps"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/ledgers/months"
	monthpages "biandan/generator/ledgers/months/pages"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/view"
	"biandan/generator/walls"
)

var (
	listLayout      = plan.Layout[Stations]("stations/stations")
	stationLayout   = plan.Layout[Station]("stations/station")
	functionsLayout = plan.Layout[FunctionsSheet]("stations/sheet-functions")
	classLayout     = plan.Layout[ClassSheet]("stations/sheet-class")
)

func init() { plan.Declare(plan.Room{Folder: "stations", Plan: planStations, Offline: true}) }

func planStations(b *plan.Builder) bool {
	all := ledger.All[stations.Station](b.Book)
	if len(all) == 0 {
		return false
	}
	listLayout.Page(b, "stations/", b.SectionTitle("stations"), b.SectionPos("stations/"), list)
	for _, s := range all {
		if pg := b.PageOf(s); pg != nil {
			stationLayout.Page(b, pg.Path, s.Name, pg, func(p *plan.Page) Station { return station(p, s) })
		}
	}
	return true
}

func list(p *plan.Page) Stations {
	v := Stations{Page: p.SectionHead("stations"), Intro: p.Intro("stations"), Functions: functions(p), Boards: p.Existing("boards/")}
	for _, level := range stations.Levels() {
		g := StationGroup{Title: level.Group()}
		open := 0
		for _, s := range ledger.All[stations.Station](p.Book) {
			if s.Level == level {
				g.Stations = append(g.Stations, Item(p, s))
				if s.Status == stations.Open {
					open++
				}
			}
		}
		if len(g.Stations) > 0 {
			v.Groups = append(v.Groups, g)
			v.Figures = append(v.Figures, view.Figure{Value: fmt.Sprint(len(g.Stations)), Unit: "个", Text: fmt.Sprintf("%s，%d 个开放", g.Title, open)})
		}
	}
	v.Data = p.DataLinks("stations")
	return v
}

// Item is a station in short, with its hours on the day of the build.
func Item(p *plan.Page, s *stations.Station) StationItem {
	it := OnPaper(p, s)
	if s.Placed() {
		it.Position = fmt.Sprintf("%g,%g", s.Lat, s.Lng)
	}
	if it.Opening.Text = string(s.Status); s.Status == stations.Open {
		it.Opening = opening(p, s)
	}
	return it
}

// OnPaper is a station in short without what holds for one day only.
func OnPaper(p *plan.Page, s *stations.Station) StationItem {
	return StationItem{Link: p.LinkTo(s), Level: string(s.Level), Status: string(s.Status), Address: s.Address, Phone: s.Phone, Estate: s.Estate}
}

// ForHome are so many stations for the home page: the estates' own, those that are
// open today first.
func ForHome(p *plan.Page, most int) []StationItem {
	var items []StationItem
	for _, s := range ledger.All[stations.Station](p.Book) {
		if s.Status == stations.Open && s.Level == stations.Estate {
			items = append(items, Item(p, s))
		}
	}
	slices.SortStableFunc(items, func(a, b StationItem) int {
		switch {
		case a.Opening.Open == b.Opening.Open:
			return 0
		case a.Opening.Open:
			return -1
		}
		return 1
	})
	return items[:min(most, len(items))]
}

func functions(p *plan.Page) []FunctionRow {
	var rows []FunctionRow
	for _, f := range ledger.All[stations.Function](p.Book) {
		rows = append(rows, FunctionRow{No: f.No, Name: f.Name, Content: f.Content, When: f.When, Sample: f.Sample})
	}
	slices.SortStableFunc(rows, func(a, b FunctionRow) int { return a.No - b.No })
	return rows
}

// under adds a value under a name, which is said once for all its values.
func under(list []Times, name, value string) []Times {
	i := slices.IndexFunc(list, func(x Times) bool { return x.Name == name })
	if i < 0 {
		i, list = len(list), append(list, Times{Name: name})
	}
	list[i].Values = append(list[i].Values, value)
	return list
}

func station(p *plan.Page, s *stations.Station) Station {
	v := Station{StationItem: Item(p, s), Timetable: timetable(s)}
	v.Page = p.Head("stations", s.Name, fmt.Sprintf("%s：%s，%s，电话 %s", s.Name, s.Address, s.HoursText(), s.Phone), p.Crumb("stations"))
	v.Page.Data = p.CalendarLinks(s)
	branch := plan.RefLink(p, s.Branch)
	v.Facts = plan.Fields(
		view.Field{Name: "小区", Value: s.Estate},
		view.Field{Name: "负责人", Value: s.Leader},
		view.Field{Name: "党组织", Value: branch.Text, URL: branch.URL},
		view.Field{Name: "面积", Value: plan.Positive(s.AreaM2, "平方米")},
		view.Field{Name: "启用", Value: s.Opened.Chinese()},
	)
	for _, h := range s.Hours {
		v.Hours = under(v.Hours, h.DaysText(), h.Time)
	}
	for _, c := range s.Closures(p.Book) {
		what := "停开"
		if c.Hours != nil {
			what = "改时间"
		}
		v.Hours = under(v.Hours, what, c.Text())
	}
	for _, r := range s.Rooms {
		v.Rooms = append(v.Rooms, RoomRow{Kind: string(r.Kind), Floor: r.Floor, Hours: r.Hours, Manager: r.Manager, Seats: r.Seats})
	}
	for _, it := range s.Items {
		v.Items = append(v.Items, CheckRow{Item: string(it.Item), OK: it.OK, Due: plan.Date(it.Due), Note: it.Note})
		if it.OK {
			v.Passed++
		}
	}
	if s.Level == stations.Estate {
		v.Functions = functions(p)
	}
	v.Coming = monthpages.Activities(p, func(a *months.Activity) bool { return a.Station.ID == s.ID && !a.Date.Before(p.AsOf) })
	if to := walls.BoardPath(s); p.Has(to) {
		v.Board, v.Screen = plan.Ptr(p.Link("墙上现在贴着什么", to)), plan.Ptr(p.Link("公告屏，在电视上轮播", walls.ScreenPath(s)))
	}
	return v
}

// timetable arranges the sessions of a station by time and day. Lessons at one
// time on one day, in different rooms, get rows of their own.
func timetable(s *stations.Station) *Timetable {
	if len(s.Sessions) == 0 {
		return nil
	}
	column := map[stations.Weekday]int{}
	t := &Timetable{}
	for _, d := range stations.Weekday("").Options() {
		if slices.ContainsFunc(s.Sessions, func(x stations.Session) bool { return string(x.Weekday) == d }) {
			column[stations.Weekday(d)] = len(t.Days)
			t.Days = append(t.Days, d)
		}
	}
	rows := map[string][]TimeRow{} // by time
	used := map[string][]int{}     // rows in use, by time, for each day
	for _, x := range s.Sessions {
		if used[x.Time] == nil {
			used[x.Time] = make([]int, len(t.Days))
		}
		day := column[x.Weekday]
		n := used[x.Time][day]
		used[x.Time][day]++
		if n == len(rows[x.Time]) {
			rows[x.Time] = append(rows[x.Time], TimeRow{Time: x.Time, Cells: make([]Lesson, len(t.Days))})
		}
		rows[x.Time][n].Cells[day] = Lesson{Course: x.Course, Teacher: x.Teacher, Room: string(x.Room), Grade: x.Grade, Capacity: x.Capacity}
	}
	for _, time := range slices.Sorted(maps.Keys(rows)) {
		t.Times = append(t.Times, rows[time]...)
	}
	return t
}
