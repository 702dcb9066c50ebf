// Package stations is the ledger of service stations (党群服务中心、红扁担驿站), with
// their rooms, their hours and their boards.
package stations

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

// Level is a station's place in 1+1+2+N.
type Level string

// The levels of stations.
const (
	County    Level = "县"
	Town      Level = "镇"
	Community Level = "社区"
	Estate    Level = "小区"
)

// Options lists the levels.
func (Level) Options() []string {
	return []string{string(County), string(Town), string(Community), string(Estate)}
}

// Levels returns the levels in the order of 1+1+2+N.
func Levels() []Level { return []Level{County, Town, Community, Estate} }

// Group is what the stations of a level are called.
func (l Level) Group() string {
	return map[Level]string{County: "县党群服务中心", Town: "镇党群服务中心", Community: "社区党群服务中心", Estate: "小区红扁担驿站"}[l]
}

// Status says whether residents can go there.
type Status string

// The states of a station.
const (
	Open     Status = "开放"
	Building Status = "建设中"
	Planned  Status = "规划中"
)

// Options lists the states.
func (Status) Options() []string {
	return []string{string(Open), string(Building), string(Planned)}
}

// RoomKind is one of 六室一站一中心.
type RoomKind string

// Options lists the eight rooms.
func (RoomKind) Options() []string {
	return []string{"多功能党员教育室", "文体活动室", "谈心谈话室", "书画室", "棋牌室", "图书室", "党群服务站", "老年人日间照料中心"}
}

// Room is a room of a station.
type Room struct {
	Kind    RoomKind `toml:"kind,required" zh:"功能室"`
	Floor   string   `toml:"floor" zh:"楼层"`
	Hours   string   `toml:"hours" zh:"开放时间" check:"hours"`
	Seats   int      `toml:"seats" zh:"座位" check:"min=0"`
	Manager string   `toml:"manager" zh:"管理岗"`
}

// Item is one of 六有三统一.
type Item string

// Options lists the nine items.
func (Item) Options() []string {
	return []string{"有固定活动场所", "有便民服务事项", "有运行规章制度", "有党建文化氛围", "有便民设施", "有工作学习资料", "统一场所标识", "统一配置要求", "统一基础服务事项"}
}

// CheckItem is the state of one item of 六有三统一 in a station.
type CheckItem struct {
	Item Item          `toml:"item,required" zh:"项目"`
	OK   bool          `toml:"ok" zh:"已达到"`
	Due  calendar.Date `toml:"due" zh:"整改期限"`
	Note string        `toml:"note" zh:"说明"`
}

// Weekday is a day of a timetable.
type Weekday string

// Options lists the days from Monday.
func (Weekday) Options() []string {
	return []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}
}

// Session is a lesson of the class after school (四点半课堂).
type Session struct {
	Weekday  Weekday  `toml:"weekday,required" zh:"星期"`
	Time     string   `toml:"time,required" zh:"时间" check:"hours"`
	Course   string   `toml:"course,required" zh:"课程"`
	Teacher  string   `toml:"teacher" zh:"授课力量"`
	Room     RoomKind `toml:"room" zh:"功能室"`
	Grade    string   `toml:"grade" zh:"年级"`
	Capacity int      `toml:"capacity" zh:"名额" check:"min=0"`
}

// Station is a service station (党群服务中心、红扁担驿站).
type Station struct {
	ledger.Record
	Name     string                      `toml:"name,required" zh:"名称"`
	Level    Level                       `toml:"level,required" zh:"层级"`
	Status   Status                      `toml:"status,required" zh:"状态"`
	Branch   ledger.Ref[branches.Branch] `toml:"branch" zh:"所属党组织"`
	Estate   string                      `toml:"estate" zh:"小区"`
	Address  string                      `toml:"address,required" zh:"地址"`
	Lat      float64                     `toml:"lat" zh:"纬度" check:"min=3,max=54"`
	Lng      float64                     `toml:"lng" zh:"经度" check:"min=73,max=136"`
	Phone    string                      `toml:"phone,required" zh:"公开电话" check:"phone"`
	Leader   string                      `toml:"leader" zh:"负责人"`
	AreaM2   int                         `toml:"area_m2" zh:"面积（平方米）" check:"min=0"`
	Opened   calendar.Date               `toml:"opened" zh:"启用日期"`
	Hours    []Hours                     `toml:"hours" zh:"开放时间"`
	Rooms    []Room                      `toml:"rooms" zh:"功能室"`
	Items    []CheckItem                 `toml:"items" zh:"六有三统一"`
	Sessions []Session                   `toml:"sessions" zh:"四点半课堂"`
	Board    []string                    `toml:"board" zh:"公告栏上贴什么"` // names of postings; left out: as usual at the level
}

// Function is one of the ten functions of a 红扁担 station.
type Function struct {
	ledger.Record
	No      int    `toml:"no,required" zh:"序号" check:"min=1,max=99"`
	Name    string `toml:"name,required" zh:"名称"`
	Content string `toml:"content,required" zh:"内容"`
	When    string `toml:"when" zh:"时间"`
	Sample  bool   `toml:"sample" zh:"示例"`
}

// Closure is a time in which a station, or all of a level, are shut or open at
// other hours (停开).
type Closure struct {
	ledger.Record
	Station ledger.Ref[Station] `toml:"station" zh:"驿站"`
	Level   Level               `toml:"level" zh:"层级"`
	From    calendar.Date       `toml:"from,required" zh:"开始"`
	To      calendar.Date       `toml:"to,required" zh:"结束"`
	Hours   []Hours             `toml:"hours" zh:"这几天的开放时间"` // none: shut
	Reason  string              `toml:"reason,required" zh:"原因"`
}

const functionCount = 10

var (
	ruleStationLevels = diag.Define(diag.Rule{Code: "E1201", Name: "1+1+2+N 的数目不对", Severity: diag.Warning, Tunable: true,
		Why: "阵地按 1+1+2+N 建设：县级 1 个、镇级 1 个、社区 2 个、小区若干", Mend: "核对各驿站的层级（level）"})
	ruleFunctions = diag.Define(diag.Rule{Code: "E1202", Name: "驿站功能不是十项", Severity: diag.Warning, Tunable: true,
		Why: "红扁担驿站把 10 项服务功能送到群众家门口，序号从 1 到 10", Mend: "核对 [[function]] 的条数和序号"})
	ruleRooms = diag.Define(diag.Rule{Code: "E1203", Name: "六室一站一中心不全", Severity: diag.Warning, Tunable: true,
		Why: "社区党群服务中心要有六室一站一中心，共八种功能室", Mend: "补上缺的 [[station.rooms]]"})
	ruleItems = diag.Define(diag.Rule{Code: "E1204", Name: "六有三统一未达到又无整改期限", Severity: diag.Warning, Tunable: true,
		Why: "没有达到的项目要写明什么时候整改好", Mend: "补上整改期限（due = 日期），或者改成已达到（ok = true）"})
	ruleTimetable = diag.Define(diag.Rule{Code: "E1205", Name: "四点半课堂的时间冲突", Severity: diag.Error,
		Why: "同一间功能室、同一位老师在同一时间只能上一门课", Mend: "改其中一节课的时间、功能室或老师"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "stations", Title: "红扁担驿站", Check: checkStations, Needs: []string{"holidays", "branches"}},
		ledger.Rows[Station]("station", "驿站").WithPage().Open().Check((*Station).check).Finding(ledger.RankPlace, (*Station).hit).Hide("board", "lat", "lng").
			Posts("四点半课堂", 60, string(Community), string(Estate)).Unique(ruleStationName, "name", "驿站“%s”", func(s *Station) string { return s.Name }),
		ledger.Rows[Function]("function", "驿站功能").Open().Posts("十项服务", 40, string(Estate)).
			Unique(ruleFunctionSet, "name", "功能“%s”", func(f *Function) string { return f.Name }),
		ledger.Rows[Closure]("closure", "停开").Open(),
	)
}

// hit is when a found station is open, or that it is not yet, and its phone.
func (s *Station) hit(b *ledger.Book) ledger.Hit {
	if s.Status != Open {
		return ledger.Hit{Note: string(s.Status), Phone: s.Phone}
	}
	h := ledger.Hit{Note: s.HoursText(), Phone: s.Phone}
	month := calendar.Date{Year: b.AsOf.Year, Month: b.AsOf.Month, Day: 1} // another day does not change the index
	if week, other, from, until := s.Ahead(b, month).Coded(); len(s.Hours) > 0 && week != "" {
		h.Open = []string{week, other, from, until}
	}
	return h
}

func checkStations(b *ledger.Book, bag *diag.Bag) {
	checkClosures(b, bag)
	all := ledger.All[Station](b)
	if len(all) == 0 {
		return
	}
	count, open := map[Level]int{}, map[Level]int{}
	for _, s := range all {
		count[s.Level]++
		if s.Status == Open {
			open[s.Level]++
		}
	}
	if c, t, m := count[County], count[Town], count[Community]; c != 1 || t != 1 || m != 2 {
		bag.Addf(ruleStationLevels, diag.Pos{File: all[0].File()}, "现在是县级 %d 个（开放 %d 个）、镇级 %d 个（开放 %d 个）、社区 %d 个（开放 %d 个）",
			c, open[County], t, open[Town], m, open[Community])
	}
	checkTeachers(all, bag)
	checkFunctions(ledger.All[Function](b), bag)
}

func (s *Station) check(b *ledger.Book, bag *diag.Bag) {
	checkRooms(s, bag)
	checkItems(b, s, bag)
	checkTimetable(s, bag)
	checkBoard(s, bag)
	checkOpening(b, s, bag)
	checkPlace(b, s, bag)
	checkPosition(s, bag)
	checkLessons(s, bag)
}

func checkFunctions(list []*Function, bag *diag.Bag) {
	if len(list) == 0 {
		return
	}
	seen := map[int]bool{}
	for _, f := range list {
		if seen[f.No] {
			bag.Addf(ruleFunctions, f.At("no"), "序号 %d 用了两次", f.No)
		}
		seen[f.No] = true
	}
	if len(list) != functionCount {
		bag.Addf(ruleFunctions, list[len(list)-1].At("no"), "现在有 %d 项功能，应当是 %d 项", len(list), functionCount)
	}
	rules.Numbered(bag, ruleFunctionSet, list, "no", func(f *Function) int { return f.No }, "驿站功能")
}

func checkRooms(s *Station, bag *diag.Bag) {
	if s.Level != Community || s.Status != Open {
		return
	}
	var missing []string
	for _, kind := range RoomKind("").Options() {
		if !slices.ContainsFunc(s.Rooms, func(r Room) bool { return string(r.Kind) == kind }) {
			missing = append(missing, kind)
		}
	}
	if missing != nil {
		bag.Addf(ruleRooms, s.At("name"), "“%s”还缺：%s", s.Name, strings.Join(missing, "、"))
	}
}

func checkItems(b *ledger.Book, s *Station, bag *diag.Bag) {
	items := map[Item]int{} // where it was written first, from 1
	for i, it := range s.Items {
		if !it.OK && it.Due.IsZero() {
			bag.Addf(ruleItems, s.At("items", i, "item"), "“%s”的“%s”没有达到，也没有写整改期限", s.Name, it.Item)
		}
		if late := rules.Late(it.Due, calendar.Date{}, b.AsOf); late > 0 && !it.OK {
			bag.Addf(ruleItemLate, s.At("items", i, "due"), "“%s”的“%s”应当在 %s 整改好，已经过了 %d 天", s.Name, it.Item, it.Due, late)
		}
		if first := items[it.Item]; first > 0 {
			bag.Addf(ruleItemTwice, s.At("items", i, "item"), "“%s”的“%s”写了两次，第 %d 项已经有了", s.Name, it.Item, first)
			continue
		}
		items[it.Item] = i + 1
	}
	type place struct {
		kind  RoomKind
		floor string
	}
	rooms := map[place]int{} // as items
	for i, r := range s.Rooms {
		k := place{r.Kind, r.Floor}
		if first := rooms[k]; first > 0 {
			bag.Addf(ruleItemTwice, s.At("rooms", i, "kind"), "“%s”的%s写了两次，第 %d 间已经有了", s.Name, r.Kind, first)
			continue
		}
		rooms[k] = i + 1
	}
}

// checkTimetable wants no two lessons that overlap in one room or with one
// teacher. Per day and room the lessons are put in order of their beginning, so
// that a clash is one with the lesson that ends last before.
func checkTimetable(s *Station, bag *diag.Bag) {
	type key struct {
		day  Weekday
		what string
	}
	groups := map[key][]int{}
	for i, x := range s.Sessions {
		for _, what := range []string{string(x.Room), x.Teacher} {
			if what != "" {
				groups[key{x.Weekday, what}] = append(groups[key{x.Weekday, what}], i)
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.what, b.what))
	})
	reported := map[int]bool{}
	for _, k := range keys {
		group := groups[k]
		slices.SortStableFunc(group, func(a, b int) int { return cmp.Compare(s.Sessions[a].Time, s.Sessions[b].Time) })
		last := group[0]
		for _, i := range group[1:] {
			x, y := s.Sessions[i], s.Sessions[last]
			if Overlap(x.Time, y.Time) && !reported[max(i, last)] {
				later, earlier := max(i, last), min(i, last)
				reported[later] = true
				x, y = s.Sessions[later], s.Sessions[earlier]
				bag.Addf(ruleTimetable, s.At("sessions", later, "time"), "%s %s 的“%s”与第 %d 节“%s”都占用%s", x.Weekday, x.Time, x.Course, earlier+1, y.Course, k.what)
			}
			if endOf(x.Time) >= endOf(y.Time) {
				last = i
			}
		}
	}
}
