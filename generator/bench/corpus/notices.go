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
		last, err := holidays.AddWorkdays(day, workdays)
		if err != nil {
			panic(err) // the table has all the years
		}
		p.head = append(p.head, table{
			{"matter", w.one(matters)}, {"start", day}, {"workdays", workdays},
			{"accept", table{{"office", estateName(branch%estates) + "党支部（虚构）"}, {"phone", phone(100 + branch)},
				{"address", roads[branch%len(roads)] + "（虚构）"}, {"method", "来电、来信、来访都可以，三个工作日内答复。"}}},
		}...)
		p.more = table{{"end", last}}
	}
	size := 330 + r.IntN(420)
	if r.IntN(5) == 0 {
		size += r.IntN(400) // a few are long
	}
	p.body = w.text(size)
	return p
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
	}
	return h
}()

func holidayRows() rows {
	r := rows{folder: "holidays", kind: "year"}
	for y := firstYear; y <= lastYear; y++ {
		var off []table
		for _, f := range festivals {
			off = append(off, table{{"name", f.name}, {"from", calendar.Date{Year: y, Month: f.month, Day: f.first}}, {"to", calendar.Date{Year: y, Month: f.month, Day: f.last}}})
		}
		r.list = append(r.list, table{{"year", y}, {"off", off}})
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
