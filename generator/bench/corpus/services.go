package corpus

import (
	"fmt"

	"biandan/generator/calendar"
)

const (
	categories   = 11
	perCategory  = 5
	serviceCount = categories * perCategory
	postCount    = 8
)

func serviceID(i int) string  { return fmt.Sprintf("fw-%02d", i+1) }
func categoryID(i int) string { return fmt.Sprintf("lei-%02d", i+1) }
func postID(i int) string     { return fmt.Sprintf("gw-%d", i%postCount+1) }

var categoryNames = []string{"党员服务", "社会保障", "医疗健康", "养老助餐", "育幼上学", "就业创业", "救助帮扶", "调解咨询", "住房物业", "文体活动", "便民代办"}

func categoryRows() rows {
	r := rows{folder: "services", kind: "category", paged: true}
	for i, name := range categoryNames {
		r.list = append(r.list, table{{"id", categoryID(i)}, {"no", i + 1}, {"name", name}, {"summary", name + "的事，" + ends[i] + "。"}})
	}
	return r
}

func postRows() rows {
	r := rows{folder: "services", kind: "post"}
	for i := range postCount {
		r.list = append(r.list, table{{"id", postID(i)}, {"name", fmt.Sprintf("第%d窗口岗", i+1)}, {"phone", phone(600 + i)}})
	}
	return r
}

func serviceName(i int) string {
	return categoryNames[i/perCategory] + []string{"登记", "咨询", "代办", "预约", "上门办理"}[i%perCategory]
}

func serviceRows() rows {
	r := rows{folder: "services", kind: "service", paged: true, more: table{{"updated", revised}, {"change", "修改：" + reason}}}
	for i := range serviceCount {
		w := &writer{Rand: chance("service", i)}
		r.list = append(r.list, table{{"id", serviceID(i)}, {"no", i + 1}, {"name", serviceName(i)}, {"category", categoryID(i / perCategory)},
			{"audience", "住在本县、要办" + serviceName(i) + "的居民"}, {"basis", "云溪县服务清单管理办法（虚构）"},
			{"conditions", []string{"住在本社区", "本人到场，或者写明由谁代办"}}, {"materials", []string{"身份证", "填好的登记表", "需要时带户口簿"}},
			{"steps", []string{"到窗口说明要办什么", "核对材料，" + w.one(ends), "当场给回执", "办好以后打电话告知"}},
			{"days", i % 8}, {"fee", "不收费"}, {"place", "两个社区党群服务中心和各小区驿站"}, {"time", "按驿站的开放时间"}, {"a", postID(i)}, {"b", postID(i + 1)},
			{"phone", phone(600 + i%postCount)}, {"supervise", phone(2)}})
	}
	return r
}

// All services were revised on one day, for one reason.
const reason = "按新的材料目录改了"

var revised = calendar.Date{Year: 2026, Month: 9, Day: 1}

func revisionRows() rows {
	var changes []table
	for i := range serviceCount {
		changes = append(changes, table{{"service", serviceID(i)}, {"kind", "修改"}, {"why", reason}})
	}
	return rows{folder: "services", kind: "revision", list: []table{{{"notice", "fu-wu-qing-dan"}, {"in_force", revised}, {"changes", changes}}}}
}

func dutyRows() rows {
	r := rows{folder: "services", kind: "duty"}
	for i := range serviceCount {
		r.list = append(r.list, table{{"service", serviceID(i)}, {"post", postID(i)}, {"content", "受理" + serviceName(i) + "，一次说清要带的材料"},
			{"standard", "材料齐的当天受理，按时限办结"}, {"consequence", "超过时限的，由窗口负责人登门说明"}})
	}
	return r
}
