package main

import "slices"

// wrongEdits are at least ten of each ledger.
var wrongEdits = slices.Concat(wrongBranches, wrongServices, wrongStations, wrongMonths, wrongStars, wrongNotices, wrongHolidays, wrongFigures, wrongSystems)

var wrongBranches = []wrongEdit{
	{"households changed in one place", "branches/estates-dongjie.toml", `"xq-01"…households = 296`, `households = 300`, []string{`E1110 "xq-01"…households`}},
	{"households changed in the register only", "branches/xiaoqu.toml", `households = 296`, `households = 269`, []string{`E1110 branches/estates-dongjie.toml …"xq-01"…households`}},
	{"a member more in a group", "branches/estates-dongjie.toml", `"xq-01-z1"…members = 16`, `members = 17`, []string{`E1110 "xq-01"…members`}},
	{"estate renamed in the register only", "branches/xiaoqu.toml", `和苑小区（示例）`, `和苑新区（示例）`, []string{`E1109 name = "和苑新区`, `E1109 branches/estates-dongjie.toml …estate = "和苑小区`, `E1214 stations/estates.toml …"yz-01"…estate`}},
	{"estate renamed in its branch only", "branches/estates-dongjie.toml", `estate = "和苑小区（示例）"`, `estate = "合苑小区（示例）"`, []string{`E1109 estate = "合苑小区`, `E1109 branches/xiaoqu.toml …name = "和苑小区`, `E1214 stations/estates.toml …"yz-01"…estate`}},
	{"estate below the other committee", "branches/xiaoqu.toml", `"xiaoqu-01"…committee = "dongjie"`, `committee = "xijie"`, []string{`E1109 branches/estates-dongjie.toml …"xq-01"…parent`}},
	{"estate of two branches", "branches/estates-dongjie.toml", `"xq-02"…estate = "福安家园（示例）"`, `estate = "和苑小区（示例）"`, []string{`E1109 "xq-02"…estate`, `E1109 branches/xiaoqu.toml …name = "福安家园`, `E1214 stations/estates.toml …"yz-02"…estate`}},
	{"building of two groups", "branches/estates-dongjie.toml", `buildings = [5, 6, 7, 8]`, `buildings = [4, 5, 6, 7, 8]`, []string{`E1115 buildings = [4, 5`}},
	{"building of no group", "branches/estates-dongjie.toml", `buildings = [5, 6, 7, 8]`, `buildings = [5, 6, 7]`, []string{`E1115 branches/xiaoqu.toml …buildings`}},
	{"seat in a branch", "branches/seats.toml", `"dw-11"…"dongjie"`, `"zb-01"`, []string{`E1106 "dw-11"…committee`, `E1806 meetings/decisions.toml …"dw-11"`, `E1802 meetings/meetings.toml …due = 32`, `E1802 meetings/meetings.toml …"dongjie-2026q4"…due`}},
	{"unit without its seat", "branches/seats.toml", "[[seat]]\nunit = \"dw-11\"\ncommittee = \"dongjie\"\nholder = \"县直机关工委书记（示例）\"\n", ``, []string{`E1104 branches/units.toml …"dw-11"…name`, `E1806 meetings/decisions.toml …"dw-11"`, `E1802 meetings/meetings.toml …due = 32`, `E1802 meetings/meetings.toml …"dongjie-2026q4"…due`}},
	{"unit with two seats", "branches/seats.toml", ``, "\n[[seat]]\nunit = \"dw-01\"\ncommittee = \"xijie\"\nholder = \"县委办公室负责人（示例）\"\n", []string{`E1104 branches/units.toml …"dw-01"…name`, `E1802 meetings/meetings.toml …"xijie-2026q4"…due`}},
	{"unit twice", "branches/units.toml", `县人大常委会机关`, `县委办公室`, []string{`E1107 "dw-02"…name`, `E1108 branches/unit-branches.toml …"zb-02"…name`}},
	{"class against the kind of the unit", "branches/unit-branches.toml", `"zb-01"…class = "机关"`, `class = "企事业"`, []string{`E1108 "zb-01"…class`}},
	{"branch of another unit", "branches/unit-branches.toml", `"zb-01"…"dw-01"`, `"dw-02"`, []string{`E1108 "zb-01"…name`, `E1117 "zb-01"…phone`}},
	{"branch name twice", "branches/unit-branches.toml", `浮山县人大常委会机关党支部`, `浮山县委办公室党支部`, []string{`E1113 "zb-02"…name`, `E1108 "zb-02"…name`}},
	{"two members", "branches/unit-branches.toml", `"zb-01"…members = 48`, `members = 2`, []string{`E1111 "zb-01"…members`, `E1901 checkins/units-2026.toml …"dw-01"`, `E2605 life/jiguan.toml …due`}},
	{"two secretaries", "branches/unit-branches.toml", `"zb-01"…副书记`, `书记`, []string{`E1112 "zb-01"…roles`}},
	{"a committee of one", "branches/unit-branches.toml", "\"zb-02\"…  { post = \"组织委员\", holder = \"组织委员（示例）\" },\n  { post = \"宣传委员\", holder = \"宣传委员（示例）\" },\n", ``, []string{`E1112 "zb-02"…roles`}},
	{"founded ahead", "branches/committees.toml", `founded = 2021-03-18`, `founded = 2027-03-18`, []string{`E1114 founded`, `E1114 elected`}},
	{"elected ahead", "branches/committees.toml", `elected = 2026-03-17`, `elected = 2026-12-17`, []string{`E1114 elected`}},
	{"term over", "branches/committees.toml", `elected = 2026-03-17`, `elected = 2021-03-18`, []string{`E1116 elected`}},
	{"a phone one digit short", "branches/unit-branches.toml", `"zb-01"…phone = "0357-0001001"`, `phone = "0357-000101"`, []string{`E0209 "zb-01"…phone`}},
	{"a phone digit, which the unit has otherwise", "branches/unit-branches.toml", `"zb-01"…phone = "0357-0001001"`, `phone = "0357-0001101"`, []string{`E1117 "zb-01"…phone`}},
	{"committee with two secretaries", "branches/committees.toml", `post = "副书记"`, `post = "书记"`, []string{`E1112 roles`}},
	{"building twice in the register", "branches/xiaoqu.toml", `buildings = [1, 2, 3, 4, 5, 6, 7, 8]`, `buildings = [1, 2, 3, 4, 5, 6, 7, 8, 8]`, []string{`E1115 8, 8]`}},
}

var wrongServices = []wrongEdit{
	{"phone differs from the post", "services/01-dangwu.toml", `"fw-01"…0357-0000102`, `0357-0000103`, []string{`E1410 "fw-01"…phone`}},
	{"supervised by the post itself", "services/01-dangwu.toml", `"fw-01"…0357-0000901`, `0357-0000102`, []string{`E1411 "fw-01"…supervise`}},
	{"name twice", "services/01-dangwu.toml", `流动党员登记和参加组织生活`, `在职党员到社区报到`, []string{`E1412 "fw-03"…name`, `E1419 "fw-03"…name`}},
	{"number missing", "services/11-bianmin-daiban.toml", `no = 55`, `no = 56`, []string{`E1416 no = 56`}},
	{"number twice", "services/01-dangwu.toml", `no = 2`, `no = 1`, []string{`E1406 "fw-02"…no`, `E1416 services/11-bianmin-daiban.toml …no = 55`}},
	{"class number twice", "services/categories.toml", `no = 2`, `no = 1`, []string{`E1406 "shehui-baozhang"…no`, `E1416 no = 11`}},
	{"A and B the same", "services/01-dangwu.toml", `"fw-01"…b = "gw-zonghe"`, `b = "gw-dangwu"`, []string{`E1401 "fw-01"…b =`}},
	{"duty of a third post", "services/duties.toml", `"fw-01"…"gw-dangwu"`, `"gw-shebao"`, []string{`E1404 "fw-01"…post`}},
	{"duty twice, another without", "services/duties.toml", `"fw-02"`, `"fw-01"`, []string{`E1403 "fw-01"…"fw-01"`, `E1402 services/01-dangwu.toml …"fw-02"…name`}},
	{"revision in force before the notice ended", "services/revisions.toml", `in_force = 2026-10-16`, `in_force = 2026-10-13`, []string{`E1408 announced`, `E1408 in_force`}},
	{"revision after another notice", "services/revisions.toml", `notice = "fuwu-qingdan-2026-09"`, `notice = "tingchewei-2026-10"`, []string{`E1408 in_force`}},
	{"dropped service still there", "services/revisions.toml", `"fw-33", kind = "修改"`, `"fw-33", kind = "取消"`, []string{`E1415 services/07-jiuzhu-bangfu.toml …id = "fw-33"`}},
	{"value not as revised", "services/02-shehui-baozhang.toml", `"fw-09"…按各驿站的开放时间`, `工作日 08:30—12:00`, []string{`E1409 "fw-09"…time`}},
	{"revised service mistyped", "services/revisions.toml", `"fw-06"`, `"fw-66"`, []string{`E1409 "fw-66"`}},
	{"station closed then", "services/04-yanglao-zhucan.toml", `time = "工作日 08:00—17:30"
at = ["dongjie-center", "xijie-center"]
hours = [{ days = "工作日", time = "08:00—17:30" }]`, `time = "工作日 08:00—20:30"
at = ["dongjie-center", "xijie-center"]
hours = [{ days = "工作日", time = "08:00—20:30" }]`, []string{`E1414 hours`, `E1419 "fw-19"…time`}},
	{"station closed on these days", "services/04-yanglao-zhucan.toml", `hours = [{ days = "工作日"`, `hours = [{ days = "每天"`, []string{`E1414 hours`}},
	{"hours in words and in data", "services/04-yanglao-zhucan.toml", `time = "工作日 08:00—17:30"`, `time = "工作日 08:00—18:30"`, []string{`E1417 "fw-19"…time`, `E1419 "fw-19"…time`}},
	{"announced before its notice ended", "services/revisions.toml", `announced = "fuwu-qingdan-2026"`, `announced = "jianfu-paizi-2026"`, []string{`E1408 announced`}},
	{"class without a service", "services/categories.toml", ``, "\n[[category]]\nid = \"qita\"\nno = 12\nname = \"其他\"\n", []string{`E1405 name = "其他"`}},
	{"two posts of one name", "services/posts.toml", `党务服务岗`, `综合受理岗`, []string{`E1412 "gw-dangwu"…name`}},
	{"days changed without a revision", "services/01-dangwu.toml", `"fw-01"…days = 5`, `days = 3`, []string{`E1419 "fw-01"…days`}},
	{"materials changed, though another field was revised", "services/09-zhufang-wuye.toml", `materials = [`, `materials = [
  "房产证",`, []string{`E1419 materials`}},
	{"change from a value to the same", "services/revisions.toml", `before = "事项代办"`, `before = "帮办陪办"`, []string{`E1409 "fw-55"`}},
	{"change of an unknown field", "services/revisions.toml", `field = "办理时间", before`, `before`, []string{`E1409 "fw-09"`}},
}

var wrongStations = []wrongEdit{
	{"open without hours", "stations/estates.toml", "hours = [\n  { days = \"周一至周五\", time = \"09:00—11:30\" },\n  { days = \"周一至周五\", time = \"15:00—19:00\" },\n  { days = \"周末\", time = \"09:30—11:30\" },\n]\n", ``, []string{`E1207 "yz-01"…name`}},
	{"swapped hours", "stations/estates.toml", `09:00—11:30`, `11:30—09:00`, []string{`E0212 11:30—09:00`}},
	{"open, and opened ahead", "stations/estates.toml", `opened = 2023-11-08`, `opened = 2027-11-08`, []string{`E1208 "yz-01"…opened`}},
	{"being built, and opened", "stations/estates.toml", `"yz-01"…status = "开放"`, `status = "建设中"`, []string{`E1208 "yz-01"…opened`, `E1915 claims/positions.toml …"zg-01-1"…station`, `E1915 claims/positions.toml …"zg-01-2"…station`}},
	{"item twice, another missing", "stations/estates.toml", `"yz-01"…有便民设施`, `有工作学习资料`, []string{`E1207 "yz-01"…name`, `E1209 "yz-01"…有工作学习资料…有工作学习资料`}},
	{"room twice", "stations/centers.toml", `"county"…kind = "图书室", floor = "二层"`, `kind = "多功能党员教育室", floor = "二层"`, []string{`E1209 "county"…多功能党员教育室…多功能党员教育室`}},
	{"item overdue", "stations/centers.toml", `due = 2026-12-20`, `due = 2026-11-20`, []string{`E1210 due = 2026-11-20`}},
	{"item not reached, without a day", "stations/centers.toml", `ok = false, due = 2026-12-20`, `ok = false`, []string{`E1204 "town"…ok = false`}},
	{"closure ends before it begins", "stations/closures.toml", `to = 2026-12-05`, `to = 2026-12-04`, []string{`E1211 to = 2026-12-04`}},
	{"closures overlap", "stations/closures.toml", ``, "\n[[closure]]\nstation = \"yz-01\"\nfrom = 2026-12-01\nto = 2026-12-05\nreason = \"盘点\"\n", []string{`E1211 from = 2026-12-05`}},
	{"closure of nobody", "stations/closures.toml", "station = \"yz-01\"\n", ``, []string{`E1211 reason`}},
	{"hours overlap", "stations/estates.toml", `time = "15:00—19:00"`, `time = "11:00—19:00"`, []string{`E1212 11:00—19:00`}},
	{"lesson before school is out", "stations/centers.toml", `16:30—17:20`, `16:00—17:20`, []string{`E1213 16:00—17:20`}},
	{"more children than seats", "stations/estates.toml", `"yz-01"…capacity = 14`, `capacity = 40`, []string{`E1213 capacity = 40`}},
	{"teacher in two stations", "stations/centers.toml", `退休教师志愿队（示例）`, `楼栋退休教师（示例）`, []string{`E1213 stations/estates.toml …楼栋退休教师`}},
	{"two lessons in one room", "stations/centers.toml", `17:30—18:20", course = "绘本共读"`, `17:00—18:20", course = "绘本共读"`, []string{`E1205 绘本共读`}},
	{"station of another branch", "stations/estates.toml", `branch = "xq-01"`, `branch = "xq-02"`, []string{`E1214 "yz-01"…estate`}},
	{"station of a committee", "stations/estates.toml", `branch = "xq-01"`, `branch = "dongjie"`, []string{`E1214 "yz-01"…branch`}},
	{"room open while the station is shut", "stations/estates.toml", `"yz-01"…hours = "15:00—19:00"`, `hours = "15:00—21:00"`, []string{`E1214 hours = "15:00—21:00"`}},
	{"function missing", "stations/functions.toml", `no = 10`, `no = 11`, []string{`E1215 no = 11`}},
	{"function twice", "stations/functions.toml", `为民便民服务`, `党建工作宣传`, []string{`E1215 no = 2…name`}},
	{"a level too many", "stations/centers.toml", `level = "镇"`, `level = "社区"`, []string{`E1201 `, `E1203 "town"…name`}},
	{"station named twice", "stations/estates.toml", `福安家园红扁担驿站`, `和苑小区红扁担驿站`, []string{`E1216 "yz-02"…name`}},
	{"estate of no register", "stations/estates.toml", "branch = \"xq-01\"\nestate = \"和苑小区（示例）\"", `estate = "新苑小区"`, []string{`E1214 新苑小区`}},
}

var wrongMonths = []wrongEdit{
	{"activity at night", "months/2026-11.md", `time = "08:30—11:00"`, `time = "20:30—23:00"`, []string{`E1311 "康宁家园驿站"…station`}},
	{"activity on a closed day", "months/2026-12.md", `2026-12-04`, `2026-12-31`, []string{`E1311 station`}},
	{"activity on a holiday", "months/2026-10.md", `date = 2026-10-24`, `date = 2026-10-05`, []string{`E1311 "府西家园驿站"…station`}},
	{"moved to an earlier day", "months/2026-12.md", `date = 2026-12-04`, "date = 2026-12-04\nmoved_to = 2026-12-03", []string{`E1307 moved_to`}},
	{"moved and off", "months/2026-12.md", `date = 2026-12-04`, "date = 2026-12-04\nmoved_to = 2026-12-07\noff = \"下雪\"", []string{`E1307 off`}},
	{"partner without a seat there", "months/2026-10.md", `partners = ["dw-07"]`, `partners = ["dw-17"]`, []string{`E1309 committee`}},
	{"joint without a partner", "months/2026-10.md", "partners = [\"dw-07\"] # 县委宣传部\n", ``, []string{`E1309 committee`}},
	{"host again in the next quarter", "months/2026-11.md", `host = "zb-57"`, `host = "zb-44"`, []string{`E1310 "zb-44"`}},
	{"joint with a branch", "months/2026-12.md", `committee = "xijie"`, `committee = "xq-16"`, []string{`E1308 committee`}},
	{"activity in another month", "months/2026-11.md", `date = 2026-11-30`, `date = 2026-12-01`, []string{`E1302 date = 2026-12-01`}},
	{"two months the same", "months/2026-12.md", `month = "2026-12"`, `month = "2026-11"`, []string{`E1303 month`, `E1305 `, `E1302 2026-12-04`, `E1302 2026-12-11`, `E1302 2026-12-22`, `E1302 2026-12-26`}},
	{"no result", "months/2026-10.md", "people = 33\n", ``, []string{`E1313 重阳登高`}},
	{"two activities in one place", "months/2026-11.md", `date = 2026-11-26
time = "08:30—11:00"
place = "康宁家园驿站"
station = "yz-09"`, `date = 2026-11-30
time = "19:30—20:00"
place = "教师新村驿站"
station = "yz-07"
extended = true`, []string{`E1312 19:30—20:00`}},
	{"activity in the room of a lesson", "months/2026-12.md", "date = 2026-12-04\ntime = \"15:00—16:30\"\nplace = \"西街社区多功能党员教育室\"", "date = 2026-12-04\ntime = \"17:00—18:30\"\nplace = \"西街社区多功能党员教育室\"", []string{`E1312 17:00—18:30`}},
	{"this month a draft", "months/2026-11.md", `design = "庄重红"`, "design = \"庄重红\"\ndraft = true", []string{`E1301 month`, `E0402 news/2026-11-10-baojingqi.md …months/2026-11.md`}},
	{"next month a draft", "months/2026-12.md", `design = "素纸"`, "design = \"素纸\"\ndraft = true", []string{`E1305 month`, `E0402 notices/zhutidangri-2026-12.md …months/2026-12.md`, `E0402 programme/shenghuo.md …months/2026-12.md`}},
	{"swapped time", "months/2026-12.md", `15:00—16:30`, `16:30—15:00`, []string{`E0212 16:30—15:00`}},
	{"contact that nobody answers", "months/2026-12.md", `contact = "0357-0000026"`, `contact = "0357-0000062"`, []string{`E1314 contact`}},
	{"host that does not exist", "months/2026-12.md", `host = "zb-19"`, `host = "zb-91"`, []string{`E0302 host`}},
	{"activity in a station that is being built", "months/2026-12.md", `station = "yz-30"`, `station = "yz-11"`, []string{`E1311 "来年心愿征集"…station`}},
	{"people of an activity that is ahead", "months/2026-12.md", `contact = "0357-0000026"`, "contact = \"0357-0000026\"\npeople = 40", []string{`E1315 people`}},
	{"activity copied", "months/2026-12.md", "[[activities]]\nname = \"来年心愿征集\"", "[[activities]]\nname = \"承诺对账会\"\ndate = 2026-12-11\ntime = \"19:00—20:30\"\nplace = \"西关小区驿站二楼\"\nhost = \"xq-16\"\n\n[[activities]]\nname = \"来年心愿征集\"", []string{`E1312 承诺对账会…承诺对账会`}},
	{"joint without its committee", "months/2026-12.md", "committee = \"xijie\"\n", ``, []string{`E1309 kind`}},
	{"off, with a result", "months/2026-10.md", `people = 33`, "people = 33\noff = \"下雨\"", []string{`E1315 people`}},
}

var wrongStars = []wrongEdit{
	{"star against the score", "stars/results-2025.toml", `"zb-04"…star = 3`, `star = 4`, []string{`E1503 "zb-04"…star`}},
	{"a star against last year's", "stars/results-2025.toml", `"zb-02"…score = 94.5
bonus = 1.5
star = 5`, `score = 75
star = 3`, []string{`E1510 "zb-02"…star`, `E1512 "zb-02"…star`}},
	{"score above the base", "stars/results-2025.toml", `"zb-02"…94.5`, `104.5`, []string{`E1504 "zb-02"…score`}},
	{"rating of the running year", "stars/results-2025.toml", "[[result]]\nyear = 2025\nbranch = \"zb-03\"", "[[result]]\nyear = 2026\nbranch = \"zb-03\"", []string{`E1509 year = 2026`, `E1513 branches/unit-branches.toml …"zb-03"…name`, `E1520 year = 2026`}},
	{"rating of a year ago", "stars/results-2025.toml", "[[result]]\nyear = 2025\nbranch = \"zb-03\"", "[[result]]\nyear = 2024\nbranch = \"zb-03\"", []string{`E1508 "zb-03"`, `E1513 branches/unit-branches.toml …"zb-03"…name`}},
	{"branch twice, another without", "stars/results-2025.toml", `"zb-03"`, `"zb-02"`, []string{`E1508 "zb-02"…"zb-02"`, `E1513 branches/unit-branches.toml …"zb-03"…name`}},
	{"result of a committee", "stars/results-2025.toml", `"zb-03"`, `"dongjie"`, []string{`E1513 branches/unit-branches.toml …"zb-03"…name`, `E1514 "dongjie"`}},
	{"veto out of range", "stars/results-2025.toml", `veto_no = 1`, `veto_no = 6`, []string{`E1519 veto_no`}},
	{"thresholds not falling", "stars/scheme.toml", `star = 1, from = 0`, `star = 1, from = 60`, []string{`E1515 star = 1, from`}},
	{"two schemes", "stars/scheme.toml", ``, "\n[[scheme]]\nyear = 2024\nindicators = 46\nbase = 100\nthresholds = [{ star = 5, from = 90 }]\npublish_from = 4\nnotice = \"xingji-2024\"\nannounced = 2025-01-27\n", []string{`E1515 year = 2024…year = 2024`}},
	{"published from three stars", "stars/scheme.toml", `publish_from = 4`, `publish_from = 3`, []string{`E1511 publish_from`}},
	{"published without a reason", "stars/scheme.toml", `publish_from = 4`, `publish_from = 1`, []string{`E1511 publish_from`}},
	{"announced during the 公示", "stars/scheme.toml", `announced = 2026-02-05`, `announced = 2026-01-27`, []string{`E1518 announced`}},
	{"announced ahead", "stars/scheme.toml", `announced = 2026-02-05`, `announced = 2026-12-05`, []string{`E1518 announced`}},
	{"notice of another matter", "stars/scheme.toml", `notice = "xingji-2025"`, `notice = "pingxian-2026-11"`, []string{`E1518 announced`}},
	{"indicator missing", "stars/indicators.toml", `no = 46`, `no = 47`, []string{`E1516 no = 47`}},
	{"a sixth dimension", "stars/indicators.toml", `党建区域联动化"…党建区域联动化"…党建区域联动化`, `党建区域连动化`, []string{`E1516 连动`}},
	{"indicator with more points", "stars/indicators.toml", `full = 3`, `full = 4`, []string{`E1501 stars/scheme.toml …2025…base`, `E1501 stars/scheme.toml …2024…base`}},
	{"low without help", "stars/pairs-2025.toml", `helped = "zb-25"`, `helped = "zb-24"`, []string{`E1506 stars/results-2025.toml …"zb-25"`, `E1517 helped`}},
	{"helper with too few stars", "stars/pairs-2025.toml", `helper = "zb-26"`, `helper = "zb-04"`, []string{`E1507 helper`}},
	{"help that ends before it begins", "stars/pairs-2025.toml", `to = 2026-12-31`, `to = 2025-12-31`, []string{`E1517 to = 2025-12-31`}},
	{"measure done ahead", "stars/pairs-2025.toml", `done = 2026-06-23`, `done = 2026-12-23`, []string{`E1517 done`}},
	{"measure due after the help", "stars/pairs-2025.toml", `due = 2026-11-30`, `due = 2027-11-30`, []string{`E1517 due = 2027`}},
	{"ended without an outcome", "stars/pairs-2024.toml", "outcome = \"升星\"\n", ``, []string{`E1524 to`}},
	{"help before the rating", "stars/pairs-2025.toml", `from = 2026-03-02`, `from = 2025-03-02`, []string{`E1517 from`}},
	{"ended before it began", "stars/pairs-2024.toml", `ended = 2025-12-25`, `ended = 2024-12-25`, []string{`E1517 ended`}},
	{"ended ahead", "stars/pairs-2024.toml", `ended = 2025-12-25`, `ended = 2027-12-25`, []string{`E1517 ended`}},
	{"indicator twice", "stars/indicators.toml", `每季度召开一次联席会议，议定事项件件有回音`, `主要负责人兼任社区党委委员，每年至少到社区现场办公两次`, []string{`E1516 no = 2…name`}},
	{"cap twice", "stars/scheme.toml", `{ star = 4, share = 55 }`, `{ star = 5, share = 55 }`, []string{`E1515 share = 55`}},
}

var wrongNotices = []wrongEdit{
	{"a 公示 made an announcement", "notices/fazhan-duixiang-2026-11.md", `kind = "公示"`, `kind = "公告"`, []string{`E1606 kind`, `E1606 start`}},
	{"matter that the title does not name", "notices/fazhan-duixiang-2026-11.md", `matter = "发展党员"`, `matter = "其他"`, []string{`E1606 matter`}},
	{"period too short", "notices/fazhan-duixiang-2026-11.md", `workdays = 5`, `workdays = 4`, []string{`E1602 workdays`}},
	{"end and workdays unequal", "notices/fazhan-duixiang-2026-11.md", `workdays = 5`, "workdays = 5\nend = 2026-11-25", []string{`E1607 end`}},
	{"end before start", "notices/tingchewei-2026-10.md", `end = 2026-10-30`, `end = 2026-09-30`, []string{`E1603 end`}},
	{"dated after its start", "notices/fazhan-duixiang-2026-11.md", `date = 2026-11-18`, `date = 2026-11-19`, []string{`E1605 date`}},
	{"online after its start", "notices/fuwu-qingdan-2026-12.md", `date = 2026-11-23`, "date = 2026-11-23\npublish_date = 2026-11-24", []string{`E1605 publish_date`}},
	{"offline before its end", "notices/fuwu-qingdan-2026-12.md", `date = 2026-11-23`, "date = 2026-11-23\nexpiry_date = 2026-12-01", []string{`E1605 expiry_date`}},
	{"more upheld than received", "notices/tingchewei-2026-10.md", `upheld = 4`, `upheld = 14`, []string{`E1615 upheld`}},
	{"answer before the end", "notices/tingchewei-2026-10.md", `date = 2026-11-04`, `date = 2026-10-29`, []string{`E1615 date = 2026-10-29`}},
	{"answer ahead", "notices/tingchewei-2026-10.md", `date = 2026-11-04`, `date = 2026-12-04`, []string{`E1615 date = 2026-12-04`}},
	{"ended without an outcome", "notices/tingchewei-2026-10.md", "[outcome]\nreceived = 6\nupheld = 4\ndecision = \"按修改后的方案划线\"\ndate = 2026-11-04\nreasons = [\"一条要求固定车位，业主大会没有通过\", \"一条已经采纳在先\"]\n", ``, []string{`E1614 kind`}},
	{"number with square brackets", "notices/zhutidangri-2026-12.md", `date = 2026-11-20`, "date = 2026-11-20\ndoc_no = \"浮组发[2026]5号\"", []string{`E1611 doc_no`}},
	{"number without brackets", "notices/zhutidangri-2026-12.md", `date = 2026-11-20`, "date = 2026-11-20\ndoc_no = \"浮组发2026第5号\"", []string{`E1611 doc_no`}},
	{"a phone digit", "notices/fazhan-duixiang-2026-11.md", `phone = "0357-0000011"`, `phone = "0357-0000811"`, []string{`E1612 phone`}},
	{"floor of 干部任前 undercut", "notices/periods.toml", `"干部任前"…workdays = 5`, `workdays = 4`, []string{`E1608 "干部任前"…workdays`}},
	{"two periods for a matter", "notices/periods.toml", ``, "\n[[period]]\nmatter = \"发展党员\"\nworkdays = 7\n", []string{`E1609 "其他"…"发展党员"`}},
	{"text names another day", "notices/fuwu-qingdan-2026-12.md", `办理条件和收费不变。`, `办理条件和收费不变。公示期至 2026 年 12 月 1 日。`, []string{`E1610 公示期至`}},
	{"names long after the period", "notices/liangyou-yixian-2026.md", `| 类别 | 名额（示例） | 名单在哪里看 |`, `| 姓名 | 名额（示例） | 名单在哪里看 |`, []string{`E1613 | 姓名`}},
	{"election of a functional branch", "notices/huanjie-2026-12.md", `branch = "zb-44"`, `branch = "xq-01"`, []string{`E1616 branch`}},
	{"a draft in its period", "notices/fazhan-duixiang-2026-11.md", `date = 2026-11-18`, "date = 2026-11-18\ndraft = true", []string{`E1617 draft`}},
	{"without an office", "notices/fazhan-duixiang-2026-11.md", "matter = \"发展党员\"\n", ``, []string{`E1601 kind`}},
	{"period of an announcement", "notices/fuwu-qingdan-2026.md", `date = 2026-10-16`, "date = 2026-10-16\nstart = 2026-10-16", []string{`E1606 start`}},
	{"deadline before the day", "notices/gongyi-gangwei-2026-11.md", `end = 2026-11-30`, `end = 2026-11-03`, []string{`E1603 end`}},
	{"more reasons than refusals", "notices/fuwu-qingdan-2026-09.md", `received = 14`, `received = 10`, []string{`E1615 reasons`}},
}

var wrongHolidays = []wrongEdit{
	{"a day too few", "holidays/holidays.toml", `to = 2026-10-07`, `to = 2026-10-06`, []string{`E1703 year =`}},
	{"a day too many", "holidays/holidays.toml", `from = 2026-02-15`, `from = 2026-02-13`, []string{`E1703 year =`, `E1702 2026-02-14, #`}},
	{"a 调休 forgotten", "holidays/holidays.toml", "  2026-10-10, # 周六，补国庆节\n", ``, []string{`E1703 year =`}},
	{"a 调休 too many", "holidays/holidays.toml", "  2026-10-10,", "  2026-10-10,\n  2026-10-11,", []string{`E1703 year =`}},
	{"a 调休 on a weekday", "holidays/holidays.toml", `2026-10-10`, `2026-10-12`, []string{`E1702 2026-10-12`}},
	{"a 调休 of another year", "holidays/holidays.toml", `2026-10-10`, `2025-10-11`, []string{`E1702 2025-10-11`}},
	{"a 调休 twice, another missing", "holidays/holidays.toml", `2026-10-10`, `2026-09-20`, []string{`E1702 2026-09-20…2026-09-20`}},
	{"a 调休 inside a holiday", "holidays/holidays.toml", `2026-10-10`, `2026-10-04`, []string{`E1702 2026-10-04`}},
	{"a holiday backwards", "holidays/holidays.toml", `from = 2026-10-01, to = 2026-10-07`, `from = 2026-10-07, to = 2026-10-01`, []string{`E1702 国庆节`}},
	{"a holiday in the wrong year", "holidays/holidays.toml", `from = 2026-10-01, to = 2026-10-07`, `from = 2027-10-01, to = 2027-10-07`, []string{`E1702 国庆节`}},
	{"a holiday in the wrong month", "holidays/holidays.toml", `from = 2026-06-19, to = 2026-06-21`, `from = 2026-07-19, to = 2026-07-21`, []string{`E1703 year =`}},
	{"two holidays that overlap", "holidays/holidays.toml", `from = 2026-02-15, to = 2026-02-23`, `from = 2026-01-03, to = 2026-01-11`, []string{`E1702 春节`, `E1702 2026-01-04`, `E1703 year =`}},
	{"a holiday missing", "holidays/holidays.toml", "  { name = \"清明节\", from = 2026-04-04, to = 2026-04-06 },\n", ``, []string{`E1703 year =`}},
	{"a year twice", "holidays/holidays.toml", ``, "\n[[year]]\nyear = 2026\noff = [{ name = \"元旦\", from = 2026-01-01, to = 2026-01-03 }]\n", []string{`E1702 year = 2026…year = 2026`}},
	{"no such day", "holidays/holidays.toml", `to = 2026-02-23`, `to = 2026-02-30`, []string{`E0208 2026-02-30`}},
	{"a holiday a day late", "holidays/holidays.toml", `from = 2026-05-01, to = 2026-05-05`, `from = 2026-05-02, to = 2026-05-06`, []string{`E1702 劳动节`}},
}

var wrongFigures = []wrongEdit{
	{"a published figure mistyped", "figures/claims.toml", `n = 63`, `n = 36`, []string{`E3001 n = 36`}},
	{"a round figure without its word", "figures/claims.toml", `n = 50
approx = "余"`, `n = 50`, []string{`E3001 n = 50`}},
	{"a promise twice", "figures/promises.toml", `"派单"`, `"告知结果"`, []string{`E3002 "paidan"…name`, `E0419 programme/liandong.md …{{ promise`, `E0419 exchange/_index.md …{{ promise`}},
}

var wrongSystems = []wrongEdit{
	{"more came than are due", "meetings/meetings.toml", `"dongjie-2026q4"…came = 31`, `came = 33`, []string{`E1802 "dongjie-2026q4"…came`}},
	{"done before the meeting", "meetings/decisions.toml", `"yd-2026-22"…done = 2026-09-24`, `done = 2025-09-24`, []string{`E1803 "yd-2026-22"…done`}},
	{"a lead of the other community", "meetings/decisions.toml", `"yd-2026-22"…"dw-14"`, `"dw-01"`, []string{`E1806 "yd-2026-22"…unit`}},
	{"a team of no field", "teams/teams.toml", `field = "警务"`, `field = "其他"`, []string{`E2101 [[team]]`}},
	{"a branch without its project", "teams/projects-danwei.toml", `branch = "zb-02"`, `branch = "zb-03"`, []string{`E2103 branches/unit-branches.toml …"zb-02"…name`, `E2107 branch = "zb-03"…branch = "zb-03"…year`}},
	{"parts that are no whole", "organisation/coverage.toml", `"fg-shezu-2025-12"…joint = 8`, `joint = 9`, []string{`E2203 "fg-shezu-2025-12"…total`}},
	{"more received than there were candidates", "education/batches.toml", `"fz-2025-r"…n = 1`, `n = 50`, []string{`E2503 "fz-2025-r"…rows`}},
	{"a task without a number", "tasks/tasks-2026.toml", `no = 7`, `no = 8`, []string{`E2306 no = 20`}},
	{"more taken than needed", "claims/claims-2026Q3.toml", `n = 29`, `n = 39`, []string{`E1911 n = 39`}},
	{"excellent beyond a third", "appraisals/jiguan-2025.toml", `excellent = 10
good = 38`, `excellent = 18
good = 30`, []string{`E2802 excellent = 18`}},
	{"grades that are not all", "appraisals/jiguan-2025.toml", `good = 38`, `good = 37`, []string{`E2801 members`}},
	{"a month too many", "life/jiguan.toml", `lecture = [0, 0, 1, 1, 0, 0, 0, 0, 1, 1]`, `lecture = [0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1]`, []string{`E2604 lecture`}},
	{"an order dispatched before it was placed", "exchange/orders.toml", `"dd-2026-119"…dispatched = 2026-11-23`, `dispatched = 2026-10-23`, []string{`E2001 "dd-2026-119"…dispatched`}},
	{"a number without its month", "claims/claims-2026Q3.toml", `quarter = "2026Q3"`, `quarter = "2026Q5"`, []string{`E0209 "2026Q5"`, `E1914 branches/estates-dongjie.toml …"xq-01"…name`}},
}
