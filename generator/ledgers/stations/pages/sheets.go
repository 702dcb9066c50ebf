package pages

import (
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
	"biandan/generator/walls"
)

func init() {
	walls.Post(walls.Design{Posting: "十项服务", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		sheets := functionSheets(b)
		return func(*stations.Station) []*plan.Sheet { return sheets }
	}})
	walls.Post(walls.Design{Posting: "四点半课堂", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		return func(st *stations.Station) []*plan.Sheet { return classSheets(b, st) }
	}})
}

// functionSheets is what every station of an estate does.
func functionSheets(b *plan.Builder) []*plan.Sheet {
	list := ledger.All[stations.Function](b.Book)
	if len(list) == 0 {
		return nil
	}
	address := plan.SheetAddress("stations/")
	for _, f := range list {
		b.CheckRoom(f.At("content"), "内容", f.Content, sheet.A4, func() bool {
			v := functionsSheet(functionsLayout.Trial(b, address))
			return fitFunctions(&v)
		})
	}
	return []*plan.Sheet{functionsLayout.Sheet(address, "十项服务", diag.Pos{File: list[0].File()}, func(p *plan.Page) FunctionsSheet {
		v := functionsSheet(p)
		if p.Full {
			fitFunctions(&v)
		}
		return v
	})}
}

func functionsSheet(p *plan.Page) FunctionsSheet {
	v := FunctionsSheet{WallSheet: p.WallSheet(sheet.A4, "驿站十项服务", "stations/", "扫码找驿站"), Functions: functions(p)}
	v.About = []string{p.Config.County, plan.Count(len(v.Functions), "项")}
	v.Call = []string{"进门就能问，办不了的告诉您去哪里办。"}
	if p.Config.Phone != "" {
		v.Call = append(v.Call, "县里电话 "+p.Config.Phone)
	}
	v.Version = plan.Version(v.Functions)
	return v
}

// The measures of a function, in em, but what is between rows in units.
var (
	functionMark     = sheet.Measure("function-mark", 2.4) // the column of its number
	functionName     = sheet.Measure("function-name", 1.35)
	functionNameLine = sheet.LineHeight(functionName, sheet.HeadLeading)
	functionLeading  = sheet.Measure("function-leading", 1.45)
	functionBetween  = sheet.Measure("function-between", 1) // its name and when it is
	functionAround   = 2 * sheet.Measure("function-space", 0.35)
	functionRule     = sheet.Measure("function-rule", 0.3)
	functionGap      = sheet.Measure("function-gap", 1.2)
)

const leastFunction = 16.0 // the width of a column, in em

func fitFunctions(v *FunctionsSheet) (ok bool) {
	w, space := sheet.FitWall(&v.WallSheet)
	set := sheet.Cells{Gap: functionGap, Least: leastFunction}
	ok = set.Fit([]sheet.Strip{{Cells: len(v.Functions), Height: func(i int, letter, width float64) float64 {
		f, em := v.Functions[i], width/letter-functionMark
		h := functionAround + functionNameLine*float64(typeset.Lines(f.Name, em/functionName)) + functionLeading*float64(typeset.Lines(f.Content, em))
		if functionName*typeset.Width(f.Name)+functionBetween+typeset.Width(f.When) > em {
			h += functionLeading * float64(typeset.Lines(f.When, em))
		}
		return h*letter + functionRule
	}}}, w, space)
	v.Columns, v.Letter = set.Columns, set.Letter
	for i, spans := range set.Sheets {
		v.Parts = append(v.Parts, FunctionBox{Number: i + 1, Functions: v.Functions[spans[0].From:spans[0].To], Full: set.Full[i]})
	}
	if !ok {
		sheet.Refuse(&v.Sheet, "有一项的文字太长，放不下")
	}
	v.Boxes = len(v.Parts)
	return ok
}

// classSheets is the timetable of the class after school, where there is one.
func classSheets(b *plan.Builder, st *stations.Station) []*plan.Sheet {
	t := timetable(st)
	if t == nil {
		return nil
	}
	pg := b.PageOf(st)
	return []*plan.Sheet{classLayout.Sheet(plan.SheetAddress(pg.Path+"class/"), st.Name+"四点半课堂", pg, func(p *plan.Page) ClassSheet {
		size := sheet.A4
		if lessonsOf(*t) <= fewLessons {
			size = size.Across()
		}
		v := ClassSheet{WallSheet: p.WallSheet(size, "四点半课堂课表", pg.Path, "扫码看课表"), StationItem: OnPaper(p, st), Timetable: *t}
		v.About, v.Lead = []string{st.Name}, "免费，先报名、后上课。"
		if v.StationItem.Phone != "" {
			v.Lead += "报名和请假打 " + v.StationItem.Phone + "。"
		}
		v.Call = []string{"放寒暑假和法定节假日不上课，假期安排另行张贴。", "下课由登记过的家长接走。", "请不要把孩子的照片发到群里。"}
		v.Version = plan.Version(v.Text, v.Address, v.Timetable)
		if p.Full {
			fitClass(p, &v)
		}
		return v
	})}
}

// fewLessons is how many stand in a list, on paper that lies across, where a
// timetable would be mostly empty.
const fewLessons = 6

func fitClass(p *plan.Page, v *ClassSheet) {
	v.Table = weekTable(v.Timetable)
	if lessonsOf(v.Timetable) <= fewLessons || p.OnScreen() {
		v.Table = lessonList(v.Timetable)
	}
	w, space := sheet.FitWall(&v.WallSheet)
	v.Parts, v.Letter = sheet.FitTable(&v.Sheet, p.Flow(*v), sheet.LeastDetail, w, space)
	v.Boxes = len(v.Parts)
}

func lessonsOf(t Timetable) int {
	n := 0
	for _, r := range t.Times {
		for _, c := range r.Cells {
			if c.Course != "" {
				n++
			}
		}
	}
	return n
}

func weekTable(table Timetable) view.FlowTable {
	t := view.FlowTable{Class: "wclass", Caption: "一周课表", Heads: append([]string{"时间"}, table.Days...)}
	for _, r := range table.Times {
		cells := [][]string{clock(r.Time)}
		for _, c := range r.Cells {
			if c.Course == "" {
				cells = append(cells, []string{"—"})
				continue
			}
			cells = append(cells, append([]string{c.Course}, about(c)...))
		}
		t.Rows = append(t.Rows, sheet.Row(cells...))
	}
	return t
}

// lessonList has the lessons in the order of the week. Few have room for what
// belongs to one below each other.
func lessonList(table Timetable) view.FlowTable {
	const few = 2
	stacked := lessonsOf(table) <= few
	heads := []string{"星期", "时间", "课程", "年级", "地点", "人数"}
	if stacked {
		heads = []string{"星期", "时间", "课程", "年级和地点"}
	}
	t := view.FlowTable{Class: "wclass is-list", Caption: "一周课表", Heads: heads}
	for i, day := range table.Days {
		for _, r := range table.Times {
			c := r.Cells[i]
			if c.Course == "" {
				continue
			}
			if stacked {
				t.Rows = append(t.Rows, sheet.Row([]string{day}, clock(r.Time), []string{c.Course}, about(c)))
				continue
			}
			people := ""
			if c.Capacity > 0 {
				people = plan.Count(c.Capacity, "人")
			}
			t.Rows = append(t.Rows, sheet.Row([]string{day}, []string{r.Time}, []string{c.Course}, []string{c.Grade}, []string{c.Room}, []string{people}))
		}
	}
	return t
}

// clock breaks a time after its dash.
func clock(time string) []string {
	if from, to, ok := strings.Cut(time, "—"); ok {
		return []string{from + "—", to}
	}
	return []string{time}
}

// about is for whom a lesson is, where, and how many may come.
func about(c Lesson) []string {
	lines := slices.DeleteFunc([]string{c.Grade, c.Room}, func(s string) bool { return s == "" })
	if c.Capacity > 0 {
		lines = append(lines, plan.Count(c.Capacity, "人"))
	}
	return lines
}
