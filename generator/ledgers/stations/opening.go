package stations

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

var (
	ruleOpenNeeds = diag.Define(diag.Rule{Code: "E1207", Name: "开放的驿站缺要素", Severity: diag.Warning, Tunable: true,
		Why: "居民要知道什么时候开门；开放的驿站应当有启用日期，六有三统一逐项写明", Mend: "补上开放时间（hours）、启用日期（opened）和六有三统一的九项（items）"})
	ruleOpened = diag.Define(diag.Rule{Code: "E1208", Name: "状态与启用日期不符", Severity: diag.Error,
		Why: "网页上写着开放，居民就会去；没有启用的不能写开放，已经启用的不会还在建", Mend: "核对状态（status）和启用日期（opened）"})
	ruleItemTwice = diag.Define(diag.Rule{Code: "E1209", Name: "项目或功能室写了两次", Severity: diag.Error,
		Why: "九项各写一次，写了两次，达到几项就数错了", Mend: "删掉重复的一项"})
	ruleItemLate = diag.Define(diag.Rule{Code: "E1210", Name: "整改超过期限", Severity: diag.Warning, Tunable: true,
		Why: "整改期限写在网页上，居民看得到过没过", Mend: "整改好的写 ok = true；没有好的，改整改期限（due）并在说明（note）里写原因"})
	ruleClosure = diag.Define(diag.Rule{Code: "E1211", Name: "停开写得不对", Severity: diag.Error,
		Why:     "停开要写明哪个驿站（或哪一级）、从哪天到哪天，两条不能管同一天",
		Mend:    "写驿站（station）或层级（level）中的一个，核对开始（from）和结束（to）",
		Example: "[[closure]]\nstation = \"yz-01\"\nfrom = 2026-10-01\nto = 2026-10-07\nreason = \"国庆节放假\""})
	ruleHoursOverlap = diag.Define(diag.Rule{Code: "E1212", Name: "开放时间重叠", Severity: diag.Warning, Tunable: true,
		Why: "同一天的两段时间重叠，居民看不出几点开门", Mend: "把两段合成一段，或者改其中一段的日子"})
	ruleLesson = diag.Define(diag.Rule{Code: "E1213", Name: "四点半课堂排得不对", Severity: diag.Warning, Tunable: true,
		Why: "孩子放学才来，课要在驿站开门的时候上，坐得下；一组老师同一时间只能在一处", Mend: "改这节课的时间、功能室、名额或老师"})
	rulePlace = diag.Define(diag.Rule{Code: "E1214", Name: "驿站与党组织、功能室对不上", Severity: diag.Error,
		Why: "小区、层级、电话、时间在两处写了两样，居民照着错的那个走", Mend: "核对驿站与它所属的党组织，功能室的时间与驿站的时间"})
	ruleStationName = diag.Define(diag.Rule{Code: "E1216", Name: "驿站重名", Severity: diag.Error,
		Why: "两个驿站同名，居民不知道去哪一个", Mend: "改其中一个的名称，或者删掉重复的一行"})
	ruleFunctionSet = diag.Define(diag.Rule{Code: "E1215", Name: "驿站功能缺号或重名", Severity: diag.Error,
		Why: "海报按序号排十项功能，缺号、重名就有一项说不清", Mend: "核对 [[function]] 的序号（no）和名称（name）"})
)

func checkOpening(b *ledger.Book, s *Station, bag *diag.Bag) {
	switch {
	case s.Status == Open && s.Opened.After(b.Present):
		bag.Addf(ruleOpened, s.At("opened"), "“%s”写的是开放，启用日期 %s 却还没有到", s.Name, s.Opened)
	case s.Status != Open && !s.Opened.IsZero() && !s.Opened.After(b.Present):
		bag.Addf(ruleOpened, s.At("opened"), "“%s”写的是%s，启用日期却是 %s", s.Name, s.Status, s.Opened)
	}
	if s.Status != Open {
		return
	}
	var missing []string
	if len(s.Hours) == 0 && !s.Origin.Has("hours") {
		missing = append(missing, "开放时间（hours）")
	}
	if s.Opened.IsZero() && !s.Origin.Has("opened") {
		missing = append(missing, "启用日期（opened）")
	}
	var items []string
	for _, it := range (Item("")).Options() {
		if !slices.ContainsFunc(s.Items, func(x CheckItem) bool { return string(x.Item) == it }) {
			items = append(items, it)
		}
	}
	switch {
	case len(s.Items) == 0:
		missing = append(missing, "六有三统一（items）")
	case items != nil:
		missing = append(missing, "六有三统一的“"+strings.Join(items, "、")+"”")
	}
	if missing != nil {
		bag.Addf(ruleOpenNeeds, s.At("name"), "“%s”还缺：%s", s.Name, strings.Join(missing, "，"))
	}
	checkOverlap(s, bag)
}

// checkOverlap wants no two hours that share a moment of an ordinary weekday. Those
// of a day are put in order, so that each is compared with the one before.
func checkOverlap(s *Station, bag *diag.Bag) {
	for wd, day := range Weekday("").Options() {
		var of []int
		for i, x := range s.Hours {
			if x.Days.onWeekday(wd) {
				of = append(of, i)
			}
		}
		slices.SortStableFunc(of, func(i, j int) int { return cmp.Compare(s.Hours[i].Time, s.Hours[j].Time) })
		for n := 1; n < len(of); n++ {
			i, j := max(of[n], of[n-1]), min(of[n], of[n-1])
			if x, y := s.Hours[i], s.Hours[j]; Overlap(x.Time, y.Time) {
				bag.Addf(ruleHoursOverlap, s.At("hours", i, "time"), "“%s”%s的 %s 与第 %d 段 %s 重叠", s.Name, day, x.Time, j+1, y.Time)
				return
			}
		}
	}
}

func checkClosures(b *ledger.Book, bag *diag.Bag) {
	type whose struct {
		station string
		level   Level
	}
	groups := map[whose][]*Closure{}
	var order []whose
	for _, c := range ledger.All[Closure](b) {
		switch {
		case c.Station.IsZero() == (c.Level == ""):
			bag.Addf(ruleClosure, c.At("reason"), "停开“%s”要写驿站（station）或层级（level），正好一个", c.Reason)
			continue
		case c.To.Before(c.From) && !c.To.IsZero():
			bag.Addf(ruleClosure, c.At("to"), "停开“%s”的结束 %s 早于开始 %s", c.Reason, c.To, c.From)
			continue
		}
		k := whose{c.Station.ID, c.Level}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], c)
	}
	for _, k := range order {
		what := string(k.level) + "级的驿站"
		if s := ledger.Find[Station](b, k.station); s != nil {
			what = "“" + s.Name + "”"
		}
		slices.SortStableFunc(groups[k], func(x, y *Closure) int { return x.From.Compare(y.From) })
		last := groups[k][0]
		for _, c := range groups[k][1:] {
			if !c.From.After(last.To) {
				bag.Addf(ruleClosure, c.At("from"), "%s %s 到 %s 的停开，与 %s 的那一条重叠", what, c.From, c.To, last.At("from"))
			}
			if c.To.After(last.To) {
				last = c
			}
		}
	}
}

// levelOf is the level of the organisation that a station of a level belongs to.
var levelOf = map[Level]branches.Level{Community: branches.LevelCommittee, Estate: branches.LevelEstate}

func checkPlace(b *ledger.Book, s *Station, bag *diag.Bag) {
	if s.Estate != "" && len(ledger.All[branches.Estate](b)) > 0 && branches.EstateOf(b, s.Estate) == nil {
		bag.Addf(rulePlace, s.At("estate"), "“%s”写的小区是“%s”，小区登记里没有", s.Name, s.Estate)
		return
	}
	if br := s.Branch.In(b); br != nil {
		want := levelOf[s.Level]
		switch {
		case want != "" && br.Level != want:
			bag.Addf(rulePlace, s.At("branch"), "“%s”是%s的驿站，所属的“%s”却是%s", s.Name, s.Level, br.Name, br.Level)
		case s.Estate != "" && br.Estate != "" && rules.Name(s.Estate) != rules.Name(br.Estate):
			bag.Addf(rulePlace, s.At("estate"), "“%s”写的小区是“%s”，所属的“%s”写的是“%s”（%s）", s.Name, s.Estate, br.Name, br.Estate, br.At("estate"))
		}
	}
	for i, r := range s.Rooms {
		if r.Hours == "" || len(s.Hours) == 0 {
			continue
		}
		inside := false
		for wd := range 7 {
			inside = inside || within(r.Hours, s.usual(wd))
		}
		first, last := s.envelope()
		if !inside && (startOf(r.Hours) < first || endOf(r.Hours) > last) {
			bag.Addf(rulePlace, s.At("rooms", i, "hours"), "“%s”的%s写的是 %s，驿站的开放时间是 %s", s.Name, r.Kind, r.Hours, s.HoursText())
		}
	}
}

// envelope is the earliest and the latest moment of any opening hours.
func (s *Station) envelope() (first, last string) {
	for i, x := range s.Hours {
		if i == 0 {
			first = startOf(x.Time)
		}
		first, last = min(first, startOf(x.Time)), max(last, endOf(x.Time))
	}
	return first, last
}

// afterSchool is when children are out of school on a weekday.
const afterSchool = "16:30"

func checkLessons(s *Station, bag *diag.Bag) {
	for i, x := range s.Sessions {
		wd := slices.Index(Weekday("").Options(), string(x.Weekday))
		open := s.usual(wd)
		room := slices.IndexFunc(s.Rooms, func(r Room) bool { return r.Kind == x.Room })
		lesson := fmt.Sprintf("“%s”%s %s 的“%s”", s.Name, x.Weekday, x.Time, x.Course)
		switch {
		case wd < 0:
		case wd < 5 && startOf(x.Time) < afterSchool:
			bag.Addf(ruleLesson, s.At("sessions", i, "time"), "%s在放学（%s）以前", lesson, afterSchool)
		case len(s.Hours) > 0 && !within(x.Time, open):
			bag.Addf(ruleLesson, s.At("sessions", i, "time"), "%s不在开放时间里（%s）", lesson, cmp.Or(strings.Join(open, "、"), "那天不开放"))
		case x.Room != "" && len(s.Rooms) > 0 && room < 0:
			bag.Addf(ruleLesson, s.At("sessions", i, "room"), "%s在%s，“%s”没有这间功能室", lesson, x.Room, s.Name)
		case room >= 0 && s.Rooms[room].Hours != "" && !within(x.Time, []string{s.Rooms[room].Hours}):
			bag.Addf(ruleLesson, s.At("sessions", i, "time"), "%s不在%s的开放时间里（%s）", lesson, x.Room, s.Rooms[room].Hours)
		case room >= 0 && s.Rooms[room].Seats > 0 && x.Capacity > s.Rooms[room].Seats:
			bag.Addf(ruleLesson, s.At("sessions", i, "capacity"), "%s收 %d 人，%s只有 %d 个座位", lesson, x.Capacity, x.Room, s.Rooms[room].Seats)
		}
	}
}

// checkTeachers wants nobody in two stations at one time; those of one station
// are a matter of its timetable.
func checkTeachers(all []*Station, bag *diag.Bag) {
	type lesson struct {
		station *Station
		number  int
	}
	taught := map[[2]string][]lesson{}
	for _, s := range all {
		for i, x := range s.Sessions {
			if x.Teacher == "" {
				continue
			}
			k := [2]string{rules.Name(x.Teacher), string(x.Weekday)}
			for _, other := range taught[k] {
				y := other.station.Sessions[other.number]
				if other.station != s && Overlap(x.Time, y.Time) {
					bag.Addf(ruleLesson, s.At("sessions", i, "teacher"), "“%s”%s %s 在“%s”上课，同一时间在“%s”也有课（%s）", x.Teacher, x.Weekday, x.Time, s.Name,
						other.station.Name, other.station.At("sessions", other.number, "teacher"))
					break
				}
			}
			if len(taught[k]) < maxTaught {
				taught[k] = append(taught[k], lesson{s, i})
			}
		}
	}
}

// maxTaught are the lessons of a teacher on a day that others are compared with.
const maxTaught = 50
