package corpus

import (
	"fmt"

	"biandan/generator/calendar"
)

const months = 24 // from firstMonth on

var firstMonth = calendar.Month{Year: 2025, Month: 1}

var monthThemes = []string{"迎新走访", "灯笼进楼道", "春风借工具", "种树认养", "工友歇脚", "粽香邻里", "亮身份", "乘凉夜话", "开学护航", "敬老助餐", "防火入户", "年终对账"}

func month(i int) page {
	m := firstMonth.Add(i)
	w := &writer{Rand: chance("month", i), links: []string{"/stations/" + stationID(i%stationCount) + "/", "/services/" + serviceID(i%serviceCount) + "/"}}
	theme := monthThemes[int(m.Month)-1]
	var activities []table
	for k := range 4 {
		n, day := i*4+k, m.First().AddDays(3+7*k)
		a := table{{"name", theme + "：" + jobs[(i+k)%len(jobs)]}, {"date", day}, {"time", "09:00—11:00"},
			{"place", estateName(n%estates) + "广场"}, {"station", stationID(n % stationCount)}, {"outdoors", true}, {"host", branchID(committees + n%estates*perEstate)},
			{"committee", branchID(n % committees)}, {"partners", []string{unitID(n % units)}}, {"contact", phone(400 + n%stationCount)}}
		if day.Before(AsOf) {
			a = append(a, table{{"people", 20 + n%50}, {"result", w.one(ends)}}...)
		}
		activities = append(activities, a)
	}
	return page{path: fmt.Sprintf("months/%s.md", m), head: table{
		{"title", theme}, {"month", m.String()}, {"slogan", theme + "，" + w.one(says)}, {"date", m.First()}, {"summary", theme + "：" + w.one(ends) + "。"},
		{"tasks", []string{w.one(acts) + w.one(goods), w.one(acts) + w.one(goods), w.one(acts) + w.one(goods)}}, {"activities", activities},
	}, body: w.text(280)}
}

// sections are the home page, the heads of the lists and the plain pages.
func sections() []page {
	list := []page{{path: "_index.md", head: table{{"title", "首页"}, {"summary", "办事、找驿站、看公示，都在这里。"}}}}
	for _, s := range []struct{ folder, title string }{{"notices", "公示公告"}, {"services", "服务清单"}, {"stations", "红扁担驿站"},
		{"branches", "组织体系"}, {"months", "一月一主题"}, {"stars", "星级党组织"}} {
		w := &writer{Rand: chance(s.folder, 0), links: []string{"/about/"}}
		list = append(list, page{path: s.folder + "/_index.md", head: table{{"title", s.title}, {"summary", s.title + "：" + w.one(ends) + "。"}}, body: w.text(150)})
	}
	w := &writer{Rand: chance("about", 0), links: []string{"/notices/"}}
	return append(list, page{path: "about.md", head: table{{"title", "关于本站"}, {"summary", "这是测速用的网站，内容都是虚构的。"}, {"date", calendar.Date{Year: 2026, Month: 11, Day: 1}}}, body: w.text(400)})
}
