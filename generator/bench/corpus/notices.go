package corpus

import (
	"fmt"
	"time"

	"biandan/generator/calendar"
)

// days is the number of days, ending with [AsOf], over which the notices are
// spread: from 2021 on.
const days = 2153

// noticeDate spreads the numbers evenly over the days, in no order.
func noticeDate(i int) calendar.Date { return AsOf.AddDays(-(i * 1009 % days)) }

// NoticeFile returns the path of a notice below content/, without its ending;
// its page has the same address.
func NoticeFile(i int) string {
	return fmt.Sprintf("notices/%d/tz-%06d", noticeDate(i).Year, i+1)
}

func noticeKind(i int) string {
	return []string{"公示", "通知", "公告", "通知", "公示"}[chance("kind", i).IntN(5)]
}

// Newest returns the number of the latest notice that is no 公示, so that it
// stands at the top of the list on every site.
func Newest(notices int) int {
	newest := -1
	for i := range notices {
		if noticeKind(i) == "公示" {
			continue
		}
		if newest < 0 || newestFirst(i, newest) {
			newest = i
		}
	}
	return newest
}

func newestFirst(i, j int) bool {
	if d := noticeDate(i).Compare(noticeDate(j)); d != 0 {
		return d > 0
	}
	return NoticeFile(i) < NoticeFile(j)
}

func notice(i int) page {
	r := chance("notice", i)
	w := &writer{Rand: r, links: noticeLinks(i)}
	kind, day, branch := noticeKind(i), noticeDate(i), r.IntN(branchCount)
	topic, place := w.one(noticeTopics), estateName(r.IntN(estates))
	p := page{path: NoticeFile(i) + ".md"}
	p.head = table{
		{"title", fmt.Sprintf("关于%s%s的%s（第 %d 号）", place, topic, kind, i+1)},
		{"date", day},
		{"kind", kind},
		{"issuer", estateName(branch%estates) + "党支部"},
		{"branch", branchID(branch)},
		{"summary", place + topic + "：" + w.one(ends) + "，" + w.one(ends) + "。"},
	}
	if kind == "公示" {
		workdays := 5 + r.IntN(4)
		p.inform(w.one(matters), day, workdays, table{{"office", estateName(branch%estates) + "党支部（虚构）"}, {"phone", branchPhone(branch)},
			{"address", roads[branch%len(roads)] + "（虚构）"}, {"method", "来电、来信、来访都可以，三个工作日内答复。"}})
	}
	size := 330 + r.IntN(420)
	if r.IntN(5) == 0 {
		size += r.IntN(400) // a few are long
	}
	p.body = w.text(size)
	return p
}

// inform adds what a 公示 has: its matter, its period, and, when that has been over
// for some time, what came of it.
func (p *page) inform(matter string, day calendar.Date, workdays int, accept table) {
	last, err := holidays.AddWorkdays(day, workdays)
	if err != nil {
		panic(err) // the table has all the years
	}
	p.head = append(p.head, table{{"matter", matter}, {"start", day}, {"workdays", workdays}, {"accept", accept}}...)
	if answer := last.AddDays(7); answer.Before(AsOf) {
		p.head = append(p.head, table{{"outcome", table{{"received", workdays}, {"upheld", workdays - 5}, {"decision", "核对以后照公示的办"}, {"date", answer}}}}...)
	}
	p.more = table{{"end", last}}
}

// decided are the 公示 that other ledgers refer to by their ids; every corpus has them.
var decided = []struct {
	id, title, matter string
	day               calendar.Date
}{
	{"xing-ji-2024", "2024 年度星级评定结果", "星级评定", calendar.Date{Year: 2025, Month: time.January, Day: 6}},
	{"xing-ji-2025", "2025 年度星级评定结果", "星级评定", calendar.Date{Year: 2026, Month: time.January, Day: 5}},
	{"fu-wu-qing-dan", "服务清单调整", "服务清单", calendar.Date{Year: 2026, Month: time.August, Day: 3}},
}

func decisions() []page {
	var list []page
	for i, d := range decided {
		w := &writer{Rand: chance("decided", i), links: []string{"/services/", "/stars/"}}
		p := page{path: "notices/" + d.id + ".md", head: table{{"title", d.title + "公示"}, {"date", d.day}, {"kind", "公示"}, {"issuer", "中共云溪县委组织部（虚构）"},
			{"summary", d.title + "，" + w.one(ends) + "。"}}}
		p.inform(d.matter, d.day, 5, table{{"office", "县委组织部（虚构）"}, {"phone", phone(2)}, {"address", roads[0] + "（虚构）"}, {"method", "来电、来信、来访都可以。"}})
		p.body = w.text(300)
		list = append(list, p)
	}
	return list
}

// noticeLinks are the pages that a notice may refer to: others of which the
// number is smaller, so that they are there in every corpus.
func noticeLinks(i int) []string {
	r := chance("links", i)
	links := []string{"/branches/" + branchID(r.IntN(branchCount)) + "/", "/stations/" + stationID(r.IntN(stationCount)) + "/",
		"/services/" + serviceID(r.IntN(serviceCount)) + "/"}
	if i > 0 {
		links = append(links, "/"+NoticeFile(r.IntN(i))+"/")
	}
	return links
}

// festivals are the days off of every year: a simple table, not that of any year.
var festivals = []struct {
	name        string
	month       time.Month
	first, last int
}{{"元旦", 1, 1, 3}, {"春节", 2, 8, 15}, {"清明节", 4, 4, 6}, {"劳动节", 5, 1, 5}, {"端午节", 6, 14, 16}, {"国庆节", 10, 1, 7}}

const firstYear, lastYear = 2020, 2027

var holidays = func() *calendar.Holidays {
	h := calendar.NewHolidays()
	for y := firstYear; y <= lastYear; y++ {
		h.AddYear(y)
		for _, f := range festivals {
			h.AddOff(f.name, calendar.Date{Year: y, Month: f.month, Day: f.first}, calendar.Date{Year: y, Month: f.month, Day: f.last})
		}
		for _, d := range madeUp(y) {
			h.AddWork(d)
		}
	}
	return h
}()

// madeUp are the Saturdays of a summer that people work for the days off above the
// 13 (until 2024: 11) of the law.
func madeUp(y int) []calendar.Date {
	n := -13
	if y < 2025 {
		n = -11
	}
	isSaturday := func(d calendar.Date) bool { return d.Weekday() == time.Saturday }
	for _, f := range festivals {
		for day := f.first; day <= f.last; day++ {
			if d := (calendar.Date{Year: y, Month: f.month, Day: day}); !isSaturday(d) && d.Weekday() != time.Sunday {
				n++
			}
		}
	}
	var list []calendar.Date
	for d := (calendar.Date{Year: y, Month: time.June, Day: 20}); len(list) < n; d = d.AddDays(1) {
		if isSaturday(d) {
			list = append(list, d)
		}
	}
	return list
}

func holidayRows() rows {
	r := rows{folder: "holidays", kind: "year"}
	for y := firstYear; y <= lastYear; y++ {
		var off []table
		for _, f := range festivals {
			off = append(off, table{{"name", f.name}, {"from", calendar.Date{Year: y, Month: f.month, Day: f.first}}, {"to", calendar.Date{Year: y, Month: f.month, Day: f.last}}})
		}
		r.list = append(r.list, table{{"year", y}, {"off", off}, {"work", madeUp(y)}})
	}
	return r
}

func periodRows() rows {
	r := rows{folder: "notices", kind: "period"}
	for _, m := range matters {
		r.list = append(r.list, table{{"matter", m}, {"workdays", 5}, {"count_from", "当日"}, {"basis", "云溪县公示办法（虚构）"}})
	}
	return r
}
