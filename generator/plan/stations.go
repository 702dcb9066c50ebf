package plan

import (
	"fmt"
	"maps"
	"slices"

	"biandan/generator/ledger"
	"biandan/generator/view"
)

func planStations(b *builder) {
	stations := ledger.All[ledger.Station](b.Book)
	if len(stations) == 0 {
		return
	}
	b.custom["stations"] = true
	b.addPage("stations/", "stations", b.sectionTitle("stations"), b.sectionPos("stations/"), func(p *page) any { return p.stations() })
	for _, s := range stations {
		if pg := b.PageOf(s); pg != nil {
			b.addPage(pg.Path, "station", s.Name, pg, func(p *page) any { return p.station(s) })
		}
	}
}

func (b *builder) openStations() int {
	n := 0
	for _, s := range ledger.All[ledger.Station](b.Book) {
		if s.Status == ledger.StationOpen {
			n++
		}
	}
	return n
}

var stationGroups = map[ledger.StationLevel]string{
	ledger.StationCounty: "县党群服务中心", ledger.StationTown: "镇党群服务中心",
	ledger.StationCommunity: "社区党群服务中心", ledger.StationEstate: "小区红扁担驿站",
}

func (p *page) stations() view.Stations {
	v := view.Stations{AsOf: date(p.AsOf), Page: p.sectionHead("stations"), Intro: p.intro("stations"), Functions: p.functions(), Boards: p.existing("boards/")}
	for _, level := range ledger.StationLevel("").Options() {
		g := view.StationGroup{Title: stationGroups[ledger.StationLevel(level)]}
		open := 0
		for _, s := range ledger.All[ledger.Station](p.Book) {
			if string(s.Level) == level {
				g.Stations = append(g.Stations, p.stationItem(s))
				if s.Status == ledger.StationOpen {
					open++
				}
			}
		}
		if len(g.Stations) > 0 {
			v.Groups = append(v.Groups, g)
			v.Figures = append(v.Figures, view.Figure{Value: fmt.Sprint(len(g.Stations)), Unit: "个", Text: fmt.Sprintf("%s，%d 个开放", g.Title, open)})
		}
	}
	v.Data = p.dataLinks("stations")
	return v
}

func (p *page) stationItem(s *ledger.Station) view.StationItem {
	it := view.StationItem{Link: p.linkTo(s), Level: string(s.Level), Status: string(s.Status), Address: s.Address, Phone: s.Phone, Estate: s.Estate}
	switch today := s.OpenOn(p.AsOf, p.Book.Holidays()); {
	case s.Status != ledger.StationOpen:
		it.Today = string(s.Status)
	case today == "":
		it.Today = "今天不开放"
	default:
		it.Today, it.OpenToday = "今天 "+today, true
	}
	return it
}

// homeStations are the stations for the home page: the estates' own, those that
// are open today first.
func (p *page) homeStations() []view.StationItem {
	var items []view.StationItem
	for _, s := range ledger.All[ledger.Station](p.Book) {
		if s.Status == ledger.StationOpen && s.Level == ledger.StationEstate {
			items = append(items, p.stationItem(s))
		}
	}
	slices.SortStableFunc(items, func(a, b view.StationItem) int {
		switch {
		case a.OpenToday == b.OpenToday:
			return 0
		case a.OpenToday:
			return -1
		}
		return 1
	})
	return items[:min(homeStations, len(items))]
}

func (p *page) functions() []view.FunctionRow {
	var rows []view.FunctionRow
	for _, f := range ledger.All[ledger.Function](p.Book) {
		rows = append(rows, view.FunctionRow{No: f.No, Name: f.Name, Content: f.Content, When: f.When, Sample: f.Sample})
	}
	slices.SortStableFunc(rows, func(a, b view.FunctionRow) int { return a.No - b.No })
	return rows
}

func (p *page) station(s *ledger.Station) view.Station {
	v := view.Station{AsOf: date(p.AsOf), StationItem: p.stationItem(s), Timetable: timetable(s)}
	v.Page = p.head("stations", s.Name, fmt.Sprintf("%s：%s，%s，电话 %s", s.Name, s.Address, s.HoursText(), s.Phone), p.crumb("stations"))
	branch := refLink(p, s.Branch)
	v.Facts = fields(
		view.Field{Name: "状态", Value: string(s.Status)},
		view.Field{Name: "小区", Value: s.Estate},
		view.Field{Name: "负责人", Value: s.Leader},
		view.Field{Name: "党组织", Value: branch.Text, URL: branch.URL},
		view.Field{Name: "面积", Value: positive(s.AreaM2, "平方米")},
		view.Field{Name: "启用", Value: s.Opened.Chinese()},
	)
	for _, h := range s.Hours {
		v.Hours = append(v.Hours, view.Field{Name: string(h.Days), Value: h.Time})
	}
	for _, r := range s.Rooms {
		v.Rooms = append(v.Rooms, view.RoomRow{Kind: string(r.Kind), Floor: r.Floor, Hours: r.Hours, Manager: r.Manager, Seats: r.Seats})
	}
	for _, it := range s.Items {
		v.Items = append(v.Items, view.CheckRow{Item: string(it.Item), OK: it.OK, Due: date(it.Due), Note: it.Note})
		if it.OK {
			v.Passed++
		}
	}
	if s.Level == ledger.StationEstate {
		v.Functions = p.functions()
	}
	v.Coming = p.activities(func(a *ledger.Activity) bool { return a.Station.ID == s.ID && !a.Date.Before(p.AsOf) })
	if to := boardPath(s); p.paths[to] {
		v.Board, v.Screen = ptr(p.link("墙上现在贴着什么", to)), ptr(p.link("公告屏，在电视上轮播", screenPath(s)))
	}
	return v
}

// timetable arranges the sessions of a station by time and day. Lessons at one
// time on one day, in different rooms, get rows of their own.
func timetable(s *ledger.Station) *view.Timetable {
	if len(s.Sessions) == 0 {
		return nil
	}
	column := map[ledger.Weekday]int{}
	t := &view.Timetable{}
	for _, d := range ledger.Weekday("").Options() {
		if slices.ContainsFunc(s.Sessions, func(x ledger.Session) bool { return string(x.Weekday) == d }) {
			column[ledger.Weekday(d)] = len(t.Days)
			t.Days = append(t.Days, d)
		}
	}
	rows := map[string][]view.TimeRow{} // by time
	used := map[string][]int{}          // rows in use, by time, for each day
	for _, x := range s.Sessions {
		if used[x.Time] == nil {
			used[x.Time] = make([]int, len(t.Days))
		}
		day := column[x.Weekday]
		n := used[x.Time][day]
		used[x.Time][day]++
		if n == len(rows[x.Time]) {
			rows[x.Time] = append(rows[x.Time], view.TimeRow{Time: x.Time, Cells: make([]view.Lesson, len(t.Days))})
		}
		rows[x.Time][n].Cells[day] = view.Lesson{Course: x.Course, Teacher: x.Teacher, Room: string(x.Room), Grade: x.Grade, Capacity: x.Capacity}
	}
	for _, time := range slices.Sorted(maps.Keys(rows)) {
		t.Times = append(t.Times, rows[time]...)
	}
	return t
}
