package months

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
	"biandan/generator/ledgers/teams"
	"biandan/generator/rules"
)

// Activity is something that people can come to.
type Activity struct {
	Name      string                       `toml:"name,required" zh:"活动"`
	Kind      ActivityKind                 `toml:"kind" zh:"性质"`
	Date      calendar.Date                `toml:"date,required" zh:"日期"`
	Time      string                       `toml:"time" zh:"时间" check:"hours"`
	Place     string                       `toml:"place,required" zh:"地点"`
	Station   ledger.Ref[stations.Station] `toml:"station" zh:"驿站"`
	Outdoors  bool                         `toml:"outdoors" zh:"不在驿站屋里"`
	Extended  bool                         `toml:"extended" zh:"驿站专门延时开门"`
	Host      ledger.Ref[branches.Branch]  `toml:"host,required" zh:"承办党组织"`
	Committee ledger.Ref[branches.Branch]  `toml:"committee" zh:"联办的社区党委"`
	Partners  []ledger.Ref[branches.Unit]  `toml:"partners" zh:"联办单位"`
	Team      ledger.Ref[teams.Team]       `toml:"team" zh:"服务队"`
	Contact   string                       `toml:"contact" zh:"咨询电话" check:"phone"`
	MovedTo   calendar.Date                `toml:"moved_to" zh:"改期到"`
	Off       string                       `toml:"off" zh:"取消的原因"`
	People    int                          `toml:"people" zh:"参加（人次）" check:"min=0"`
	Result    string                       `toml:"result" zh:"办成了什么"`
}

// ActivityKind is what an activity counts as.
type ActivityKind string

// Joint is an activity that units hold together with a community (联办).
const Joint ActivityKind = "联办"

// Options lists the kinds of activities.
func (ActivityKind) Options() []string {
	return []string{string(Joint), "支部特色", "党员示范", "主题党日", "其他"}
}

// Day is the day on which the activity is held: the new one, where it was moved.
func (a *Activity) Day() calendar.Date {
	if !a.MovedTo.IsZero() {
		return a.MovedTo
	}
	return a.Date
}

var (
	ruleJointActivity = diag.Define(diag.Rule{Code: "E1304", Name: "季度缺少联办活动", Severity: diag.Warning, Tunable: true,
		Why: "活动联办：社区党委每季度至少组织开展 1 次联合活动；承办或者联办的要有一家委员单位，社区党委自己办的不算", Mend: "在那个季度的某个月里写上这次活动，注明联办的社区党委（committee），并写联办单位（partners）或由委员单位承办"})
	ruleMoved = diag.Define(diag.Rule{Code: "E1307", Name: "改期写得不对", Severity: diag.Error,
		Why: "改期改到原来的日子以前，或者又改期又取消，居民不知道来不来", Mend: "核对改期到（moved_to）和取消的原因（off）"})
	ruleJointCommittee = diag.Define(diag.Rule{Code: "E1308", Name: "联办的不是社区党委", Severity: diag.Error,
		Why: "活动联办由社区党委牵头；写成别的党组织，季度统计就算不到社区头上", Mend: "把联办的社区党委（committee）改成社区党委的编号"})
	ruleJointWithout = diag.Define(diag.Rule{Code: "E1309", Name: "联办没有委员单位", Severity: diag.Warning, Tunable: true,
		Why: "联办是社区党委和委员单位一起办；承办、联办的都不在这个社区党委里，就算不上联办", Mend: "补上 partners = [\"单位的编号\"]；不是联办的，去掉联办的社区党委（committee）"})
	ruleRotation = diag.Define(diag.Rule{Code: "E1310", Name: "承办单位没有轮起来", Severity: diag.Warning, Tunable: true,
		Why: "联合活动由委员单位轮流承办：一年里不到一半的单位办过，不该又轮到同一家", Mend: "换一个还没有承办过的单位"})
	ruleNotOpen = diag.Define(diag.Rule{Code: "E1311", Name: "活动的时候驿站不开放", Severity: diag.Warning, Tunable: true,
		Why: "居民按时来了，门却关着", Mend: "改时间或地点；在院里、户外、别人家里办的，写 outdoors = true；驿站专门开门的，写 extended = true"})
	ruleClash = diag.Define(diag.Rule{Code: "E1312", Name: "同一处同一时间有两件事", Severity: diag.Error,
		Why: "一个地方同一时间排了两件事，来的人坐不下，也分不清", Mend: "改其中一个的时间或地点"})
	ruleNoResult = diag.Define(diag.Rule{Code: "E1313", Name: "活动办完没有写结果", Severity: diag.Warning, Tunable: true,
		Why: "办完 7 天了，来了多少人、办成了什么，居民看得见才算有回音", Mend: "补上参加人次（people）或办成了什么（result）；没有办成的写 off = \"取消：原因\""})
	ruleContact = diag.Define(diag.Rule{Code: "E1314", Name: "活动的咨询电话不在台账里", Severity: diag.Warning, Tunable: true,
		Why: "抄错一位，居民就打到别处去了；单位、驿站、岗位的电话台账里都有", Mend: "核对号码；确实是别处的，在 site.toml 的公开电话（phones）里登记"})
	ruleEarlyResult = diag.Define(diag.Rule{Code: "E1315", Name: "没有办的活动有了结果", Severity: diag.Error,
		Why: "没有办的活动没有人数，也没有办成什么；日期写错了，居民会白等一场", Mend: "核对日期（date）、改期到（moved_to），或者删掉参加人次（people）和办成了什么（result）"})
)

// planned is an activity with the month that it stands in.
type planned struct {
	*Activity
	month *Month
	n     int
}

// At is the place of a field of the activity.
func (p planned) At(path ...any) diag.Pos {
	return p.month.At(append([]any{"activities", p.n}, path...)...)
}

func checkActivities(b *ledger.Book, all []*Month, bag *diag.Bag) {
	var list []planned
	for _, m := range all {
		for i := range m.Activities {
			p := planned{&m.Activities[i], m, i}
			if p.Date.IsZero() {
				continue // reported where it is written
			}
			list = append(list, p)
			checkActivity(b, p, bag)
		}
	}
	slices.SortStableFunc(list, func(x, y planned) int { return cmp.Or(x.Day().Compare(y.Day()), cmp.Compare(x.Time, y.Time)) })
	rules.Unique(bag, ruleClash, list, "name", "这个活动", func(p planned) string {
		return fmt.Sprint(p.Name, p.Day(), p.Time, p.Host.ID)
	})
	checkClashes(b, list, bag)
	for _, c := range ledger.All[branches.Branch](b) {
		if c.Level == branches.LevelCommittee {
			checkRotation(b, c, list, bag)
		}
	}
}

func checkActivity(b *ledger.Book, p planned, bag *diag.Bag) {
	switch {
	case p.Off != "" && !p.MovedTo.IsZero():
		bag.Addf(ruleMoved, p.At("off"), "活动“%s”又改期又取消", p.Name)
	case !p.MovedTo.IsZero() && !p.MovedTo.After(p.Date):
		bag.Addf(ruleMoved, p.At("moved_to"), "活动“%s”改期到 %s，不在原来的 %s 以后", p.Name, p.MovedTo, p.Date)
	}
	if c := p.Committee.In(b); c != nil {
		switch {
		case c.Level != branches.LevelCommittee:
			bag.Addf(ruleJointCommittee, p.At("committee"), "活动“%s”联办的是“%s”，它是%s", p.Name, c.Name, c.Level)
		case p.Off == "" && p.isResolved(b) && !isJoint(b, p.Activity, c.ID):
			bag.Addf(ruleJointWithout, p.At("committee"), "活动“%s”写的是与“%s”联办，承办和联办的都不是它的委员单位", p.Name, c.Name)
		}
	}
	if p.Contact != "" && len(b.Phones) > 0 && !b.HasPhone(p.Contact) {
		bag.Addf(ruleContact, p.At("contact"), "活动“%s”的咨询电话 %s 不在单位、党组织、岗位、驿站的台账里", p.Name, p.Contact)
	}
	if key := p.resultKey(); key != "" {
		switch {
		case p.Off != "":
			bag.Addf(ruleEarlyResult, p.At(key), "活动“%s”取消了，却写了结果", p.Name)
		case p.Day().After(b.Present):
			bag.Addf(ruleEarlyResult, p.At(key), "活动“%s”%s 才办，已经写了结果", p.Name, p.Day())
		}
	}
	if p.Kind == Joint && p.Committee.IsZero() {
		bag.Addf(ruleJointWithout, p.At("kind"), "活动“%s”写的是联办，没有写联办的社区党委（committee）", p.Name)
	}
	if p.Off != "" {
		return
	}
	if s := p.Station.In(b); s != nil && !p.Outdoors && !p.Extended && p.Day().Year >= b.AsOf.Year { // hours of years ago are not kept
		if ok, why := s.OpenDuring(p.Day(), p.Time, b); !ok {
			bag.Addf(ruleNotOpen, p.At("station"), "活动“%s”在 %s，“%s”%s", p.Name, strings.TrimSpace(p.Day().String()+" "+p.Time), s.Name, why)
		}
	}
	const patience = 7 // days
	if ago := b.AsOf.Sub(p.Day()); ago > patience && p.People == 0 && p.Result == "" && p.month.IsPublic() && !p.month.Draft {
		bag.Addf(ruleNoResult, p.At("name"), "活动“%s”%s 办过了，过了 %d 天还没有写结果", p.Name, p.Day(), ago)
	}
}

// resultKey is the key under which an activity has a result, or "".
func (p planned) resultKey() string {
	switch {
	case p.People > 0:
		return "people"
	case p.Result != "":
		return "result"
	}
	return ""
}

// isResolved reports whether host and partners are known; others are reported as such.
func (p planned) isResolved(b *ledger.Book) bool {
	unknown := func(r ledger.Ref[branches.Unit]) bool { return r.In(b) == nil }
	return p.Host.In(b) != nil && !slices.ContainsFunc(p.Partners, unknown)
}

// isJoint reports whether a unit with a seat in a committee hosts an activity or
// holds it together with others.
func isJoint(b *ledger.Book, a *Activity, committee string) bool {
	has := func(unit string) bool { return unit != "" && seated.Of(b)[[2]string{unit, committee}] }
	if host := a.Host.In(b); host != nil && has(host.Unit.ID) {
		return true
	}
	return slices.ContainsFunc(a.Partners, func(p ledger.Ref[branches.Unit]) bool { return has(p.ID) })
}

// seated are the units that have a seat in a committee.
var seated = ledger.Derive(func(b *ledger.Book) map[[2]string]bool {
	m := map[[2]string]bool{}
	for _, s := range ledger.All[branches.Seat](b) {
		m[[2]string{s.Unit.ID, s.Committee.ID}] = true
	}
	return m
})

// checkClashes wants no two activities in one room at one time, and no activity
// beside a lesson in its room. Activities come in order of time, so that a clash is
// one with the activity that ends last before.
func checkClashes(b *ledger.Book, list []planned, bag *diag.Bag) {
	type where struct {
		station, place string
		day            calendar.Date
	}
	before := map[where]planned{}
	for _, p := range list {
		s := p.Station.In(b)
		if s == nil || p.Off != "" || p.Time == "" || p.Outdoors {
			continue
		}
		k := where{station: s.ID, day: p.Day()}
		if len(s.Rooms) > 1 {
			k.place = rules.Name(p.Place)
		}
		o, ok := before[k]
		if ok && stations.Overlap(o.Time, p.Time) {
			bag.Addf(ruleClash, p.At("time"), "活动“%s”和“%s”都在 %s、同一时间在“%s”（%s）", p.Name, o.Name, p.Day(), s.Name, o.At("time"))
		}
		if !ok || !stations.EndsBefore(p.Time, o.Time) {
			before[k] = p
		}
		if n := s.LessonDuring(p.Day(), p.Time, p.Place); n >= 0 {
			bag.Addf(ruleClash, p.At("time"), "活动“%s”的时候，“%s”正上“%s”（%s）", p.Name, s.Name, s.Sessions[n].Course, s.At("sessions", n, "time"))
		}
	}
}

// quarters numbers the quarters from the year 0.
func quarterOf(d calendar.Date) int { return 4*d.Year + d.Quarter() - 1 }

// lastMonth is the last month of a quarter.
func lastMonth(quarter int) calendar.Month {
	return calendar.Month{Year: quarter / 4, Month: 3}.Add(3 * (quarter % 4))
}

func checkRotation(b *ledger.Book, c *branches.Branch, list []planned, bag *diag.Bag) {
	members := 0
	for _, s := range ledger.All[branches.Seat](b) {
		if s.Committee.ID == c.ID {
			members++
		}
	}
	var turns []rules.Turn
	for _, p := range list {
		if unit := p.turnOf(b); p.Committee.ID == c.ID && unit != "" {
			turns = append(turns, rules.Turn{Member: unit, Period: quarterOf(p.Day()), At: func() diag.Pos { return p.At("host") }})
		}
	}
	rules.Rotate(bag, ruleRotation, members, rotationWindow, turns, func(t, before rules.Turn) string {
		unit := ledger.Find[branches.Unit](b, t.Member)
		return fmt.Sprintf("“%s”又承办“%s”的联合活动，%d 年第 %d 季度才办过（%s）", unit.Name, c.Name, before.Period/4, before.Period%4+1, before.At())
	})
}

var ruleJointDue = diag.Define(diag.Rule{Code: "E1306", Name: "季度快过完了，还没有联办", Severity: diag.Reminder,
	Why: "每个社区党委一个季度至少办一次联办活动；季度过了三分之二还没有排，就来不及请单位了", Mend: "排一次联办：承办或联办的写委员单位，联办的社区党委（committee）写清楚"})

// remind tells which committee has neither held nor planned a joint activity when two
// thirds of the quarter are gone.
func remind(b *ledger.Book, bag *diag.Bag) {
	remindTeams(b, bag)
	all := InOrder(b)
	q := quarterOf(b.AsOf)
	last := lastMonth(q)
	if len(all) == 0 || b.AsOf.YearMonth() != last {
		return
	}
	_, _, done := jointActivities(b, all)
	for _, c := range ledger.All[branches.Branch](b) {
		if c.Level == branches.LevelCommittee && done[c.ID][q] == 0 {
			bag.Addf(ruleJointDue, c.At("name"), "“%s”%d 年第 %d 季度还没有排联办活动，%s 季度结束", c.Name, q/4, q%4+1, last.Last())
		}
	}
}

// jointActivities are the quarters that have themes, in order, with how many months of
// them do, and by committee how many joint activities each has.
func jointActivities(b *ledger.Book, all []*Month) (order []int, months map[int]int, done map[string]map[int]int) {
	months, done = map[int]int{}, map[string]map[int]int{}
	for _, m := range all {
		q := quarterOf(m.Month.First())
		if months[q]++; months[q] == 1 {
			order = append(order, q)
		}
		for i := range m.Activities {
			a := &m.Activities[i]
			if id := a.Committee.ID; a.isCounted(b) {
				if done[id] == nil {
					done[id] = map[int]int{}
				}
				done[id][quarterOf(a.Day())]++
			}
		}
	}
	return order, months, done
}

// checkJointActivities wants of each committee a joint activity in each quarter
// that has ended and whose three months have themes.
func checkJointActivities(b *ledger.Book, all []*Month, bag *diag.Bag) {
	order, months, done := jointActivities(b, all)
	for _, c := range ledger.All[branches.Branch](b) {
		for _, q := range order {
			ended := lastMonth(q).Last().Before(b.AsOf)
			if c.Level == branches.LevelCommittee && ended && months[q] == 3 && done[c.ID][q] == 0 {
				bag.Addf(ruleJointActivity, c.At("name"), "“%s”在 %d 年第 %d 季度没有联办活动", c.Name, q/4, q%4+1)
			}
		}
	}
}

// fewestJoint is how many joint activities each committee had at least in each quarter
// of the year that is over, or -1 when none is.
func fewestJoint(b *ledger.Book) int {
	order, months, done := jointActivities(b, InOrder(b))
	fewest := -1
	for _, c := range branches.Committees(b) {
		for _, q := range order {
			if last := lastMonth(q).Last(); last.Before(b.AsOf) && last.Year == b.AsOf.Year && months[q] == 3 {
				if n := done[c.ID][q]; fewest < 0 || n < fewest {
					fewest = n
				}
			}
		}
	}
	return fewest
}
