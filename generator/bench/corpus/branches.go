package corpus

import (
	"fmt"
	"time"

	"biandan/generator/calendar"
)

// Two committees, then each estate with two groups and two households, then the
// branches of units.
const (
	committees    = 2
	estates       = 40
	perEstate     = 5
	unitBranches  = 98
	branchCount   = committees + estates*perEstate + unitBranches
	firstUnit     = committees + estates*perEstate
	units         = 40
	stationCount  = 60
	firstEstateSt = 4 // stations before those of the estates
)

func branchID(i int) string  { return fmt.Sprintf("zb-%03d", i+1) }
func stationID(i int) string { return fmt.Sprintf("yz-%02d", i+1) }
func unitID(i int) string    { return fmt.Sprintf("dw-%02d", i+1) }

func estateName(i int) string {
	return estateFirst[i%len(estateFirst)] + estateLast[i/len(estateFirst)%len(estateLast)]
}

// allRows are the rows of all ledgers.
func allRows() []rows {
	return []rows{branchRows(), unitRows(), seatRows(), stationRows(), functionRows(), categoryRows(), postRows(), serviceRows(), dutyRows(), revisionRows(),
		indicatorRows(), schemeRows(), resultRows(), holidayRows(), periodRows()}
}

func branchRows() rows {
	r := rows{folder: "branches", kind: "branch", paged: true}
	for i := range branchCount {
		r.list = append(r.list, branch(i))
	}
	return r
}

// groupSize are the households and members of a group; those of its branch are the
// sums over its groups.
func groupSize(i int) (households, members int) {
	c := chance("group", i)
	return 60 + c.IntN(90), 6 + c.IntN(12)
}

// branchPhone is the number of a branch: that of its unit, or its own.
func branchPhone(i int) string {
	if i >= firstUnit {
		return unitPhone((i - firstUnit) % units)
	}
	return phone(100 + i)
}

func unitPhone(i int) string { return phone(500 + i) }

func branch(i int) table {
	c := chance("branch", i)
	estate := (i - committees) / perEstate
	t := table{{"id", branchID(i)}}
	role := func(post string) table {
		return table{{"post", post}, {"holder", post + "（虚构）"}, {"phone", branchPhone(i)}}
	}
	switch {
	case i < committees:
		return append(t, table{{"name", []string{"溪东", "溪西"}[i] + "社区党委"}, {"level", "社区党委"}, {"area", []string{"溪东", "溪西"}[i] + "片区二十个小区"},
			{"address", roads[i] + "（虚构）"}, {"phone", branchPhone(i)}, {"roles", []table{role("书记"), role("副书记"), role("组织委员"), role("宣传委员")}}}...)
	case i >= firstUnit:
		return append(t, table{{"name", unitName(i-firstUnit) + "党支部"}, {"level", "单位党支部"}, {"class", unitClasses[(i-firstUnit)%len(unitClasses)]},
			{"unit", unitID((i - firstUnit) % units)}, {"members", 7 + c.IntN(40)}, {"founded", calendar.Date{Year: 2015 + i%8, Month: time.Month(1 + i%12), Day: 8}},
			{"address", roads[i%len(roads)] + "（虚构）"}, {"phone", branchPhone(i)}, {"roles", []table{role("书记"), role("组织委员"), role("宣传委员")}}}...)
	}
	name := estateName(estate)
	switch place := (i - committees) % perEstate; place {
	case 0:
		households, members := groupSize(i + 1)
		h, m := groupSize(i + 2)
		return append(t, table{{"name", name + "党支部"}, {"level", "小区党支部"}, {"class", "社区"}, {"parent", branchID(estate % committees)}, {"estate", name + "（虚构）"},
			{"area", fmt.Sprintf("%s，1—%d号楼", roads[estate%len(roads)], 6+c.IntN(12))}, {"households", households + h}, {"members", members + m},
			{"founded", calendar.Date{Year: 2021, Month: time.Month(1 + estate%12), Day: 18}}, {"phone", branchPhone(i)}, {"roles", []table{role("党支部书记"), role("组织委员"), role("宣传委员")}}}...)
	case 1, 2:
		households, members := groupSize(i)
		return append(t, table{{"name", fmt.Sprintf("%s第%d党小组", name, place)}, {"level", "楼栋党小组"}, {"parent", branchID(committees + estate*perEstate)},
			{"area", fmt.Sprintf("%d—%d号楼", place*3-2, place*3)}, {"households", households}, {"members", members}, {"roles", []table{role("党小组长")}}}...)
	default:
		return append(t, table{{"name", fmt.Sprintf("%s%d号楼党员中心户", name, place)}, {"level", "党员中心户"}, {"parent", branchID(i - 2)},
			{"area", fmt.Sprintf("%d号楼", place)}, {"roles", []table{role("中心户")}}}...)
	}
}

func unitName(i int) string {
	return "云溪县" + unitNames[i%len(unitNames)] + unitForms[i/len(unitNames)%len(unitForms)] + []string{"", "第一", "第二"}[i/units%3]
}

// unitKinds are the kinds of units, in turn, and the classes of their branches.
var (
	unitKinds   = []string{"机关", "事业", "企业", "两新"}
	unitClasses = []string{"机关", "企事业", "企事业", "两新"}
)

func unitRows() rows {
	r := rows{folder: "branches", kind: "unit"}
	for i := range units {
		r.list = append(r.list, table{{"id", unitID(i)}, {"name", unitName(i)}, {"kind", unitKinds[i%len(unitKinds)]},
			{"address", roads[i%len(roads)] + "（虚构）"}, {"phone", unitPhone(i)}, {"liaison", "联络员（虚构）"}})
	}
	return r
}

func seatRows() rows {
	r := rows{folder: "branches", kind: "seat"}
	for i := range units {
		r.list = append(r.list, table{{"unit", unitID(i)}, {"committee", branchID(i % committees)}, {"holder", "主要负责人（虚构）"}})
	}
	return r
}

var (
	roomKinds = []string{"多功能党员教育室", "文体活动室", "谈心谈话室", "书画室", "棋牌室", "图书室", "党群服务站", "老年人日间照料中心"}
	itemKinds = []string{"有固定活动场所", "有便民服务事项", "有运行规章制度", "有党建文化氛围", "有便民设施", "有工作学习资料", "统一场所标识", "统一配置要求", "统一基础服务事项"}
)

func stationRows() rows {
	r := rows{folder: "stations", kind: "station", paged: true}
	for i := range stationCount {
		r.list = append(r.list, station(i))
	}
	return r
}

func station(i int) table {
	level, name, estate := "小区", "", (i-firstEstateSt)%estates
	t := table{{"id", stationID(i)}}
	rooms := roomKinds[5:7]
	switch {
	case i == 0:
		level, name, rooms = "县", "云溪县党群服务中心", roomKinds[:6]
	case i == 1:
		level, name, rooms = "镇", "溪口镇党群服务中心", roomKinds[:4]
	case i < firstEstateSt:
		level, name, rooms = "社区", []string{"溪东", "溪西"}[i-2]+"社区党群服务中心", roomKinds
		t = append(t, table{{"branch", branchID(i - 2)}}...)
	default:
		name = estateName(estate) + []string{"驿站", "第二驿站"}[(i-firstEstateSt)/estates]
		t = append(t, table{{"branch", branchID(committees + estate*perEstate)}, {"estate", estateName(estate) + "（虚构）"}}...)
	}
	var halls, items []table
	for k, kind := range rooms {
		halls = append(halls, table{{"kind", kind}, {"floor", []string{"一层", "二层"}[k%2]}, {"hours", "09:00—18:00"}, {"seats", 10 + 4*k}, {"manager", posts[k%len(posts)]}})
	}
	for _, kind := range itemKinds {
		items = append(items, table{{"item", kind}, {"ok", true}})
	}
	return append(t, table{{"name", name}, {"level", level}, {"status", "开放"}, {"address", fmt.Sprintf("%s%d号（虚构）", roads[i%len(roads)], i+1)}, {"phone", phone(400 + i)},
		{"leader", "负责人（虚构）"}, {"board", []string{}}, {"area_m2", 40 + 7*i}, {"opened", calendar.Date{Year: 2022 + i%4, Month: time.Month(1 + i%12), Day: 6}},
		{"hours", []table{{{"days", "工作日"}, {"time", "08:30—12:00"}}, {{"days", "工作日"}, {"time", "14:30—18:30"}}, {{"days", "周末"}, {"time", "09:00—12:00"}}}},
		{"rooms", halls}, {"items", items}, {"sessions", []table{{{"weekday", "周三"}, {"time", "16:30—17:30"}, {"course", "作业辅导"}, {"teacher", fmt.Sprintf("第%d志愿队（虚构）", i+1)}, {"room", rooms[0]}, {"grade", "一至四年级"}, {"capacity", 10}}}}}...)
}

func functionRows() rows {
	r := rows{folder: "stations", kind: "function"}
	for i := range 10 {
		r.list = append(r.list, table{{"no", i + 1}, {"name", jobs[i]}, {"content", whos[i] + "每周" + jobs[i] + "，" + ends[i] + "。"}, {"when", "开放时间内"}})
	}
	return r
}
