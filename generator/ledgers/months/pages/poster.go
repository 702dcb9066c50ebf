package pages

import (
	"cmp"
	"math"
	"strings"
	"unicode/utf8"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledgers/months"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// seasons are the motifs of the festival design by month.
var seasons = [...]string{"lantern", "lantern", "blossom", "blossom", "blossom", "wave", "wave", "wave", "wheat", "wheat", "snow", "snow"}

var paperKey = config.DeclarePaper("months", "一月一主题海报")

func init() {
	walls.Post(walls.Design{Posting: "本月主题", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		var near []*plan.Sheet
		for _, m := range months.InOrder(b.Book) {
			if b.PageOf(m) != nil && walls.IsNear(b, m.Month.First(), m.Month.Last()) {
				near = append(near, posterOf(b, m))
			}
		}
		return func(*stations.Station) []*plan.Sheet { return near }
	}})
}

// posterOf is the poster of a month.
func posterOf(b *plan.Builder, m *months.Month) *plan.Sheet {
	pg, size := b.PageOf(m), b.SizeOf(m, m.Paper, paperKey)
	s := posterLayout.Sheet(plan.SheetAddress(pg.Path), m.Title, pg, func(p *plan.Page) MonthSheet {
		v := monthPoster(p, m, size, pg.Path)
		if p.Full {
			v.Strip = monthStrip(m.Month, v.Activities)
			fitMonth(&v)
		}
		return v
	}).As("海报")
	s.From, s.Until = m.Month.First(), m.Month.Last()
	return s
}

// monthPoster is the poster before its letters have sizes.
func monthPoster(p *plan.Page, m *months.Month, size config.Size, subject string) MonthSheet {
	v := MonthSheet{Sheet: p.Sheet(size, m.Title, subject, "扫码看活动", m.Month.First(), m.Month.Last()),
		MonthCard: Card(p, m), Tasks: m.Tasks, Activities: monthActivities(p, m), Design: string(cmp.Or(m.Design, months.Solemn)), Season: seasons[m.Month.Month-1]}
	// Paper does not know the day on which it is read.
	v.Past, v.Current, v.Coming, v.CountPassed = false, false, nil, 0
	for i := range v.Activities {
		v.Activities[i].Past = false
	}
	if len(v.Tasks) == 0 && v.Summary != "" {
		v.Tasks = []string{v.Summary}
	}
	v.Version = plan.Version(v.PageTitle, v.Slogan, v.Tasks, m.Activities)
	return v
}

// checkPoster reports a poster that cannot be made.
func checkPoster(b *plan.Builder, m *months.Month) {
	size, pg := b.SizeOf(m, m.Paper, paperKey), b.PageOf(m)
	v := monthPoster(posterLayout.Trial(b, plan.SheetAddress(pg.Path)), m, size, pg.Path)
	switch fit := fitMonth(&v); {
	case fit.crowded && len(m.Tasks) > 0:
		b.TooLong(m.At("tasks"), "本月任务一共", strings.Join(m.Tasks, ""), size)
	case fit.crowded:
		b.TooLong(m.At("summary"), "摘要", m.Summary, size)
	case fit.long != "":
		b.TooLong(m.At("activities"), "活动“"+string([]rune(fit.long)[:min(10, utf8.RuneCountInString(fit.long))])+"…”的名称和地点", fit.long, size)
	case !fit.slogan:
		b.TooLong(m.At("slogan"), "口号", m.Slogan, size)
	case !fit.title:
		b.TooLong(m.At("title"), "题目", m.Title, size)
	}
}

// posterFit says what of a poster fits: its title, its slogan; that its tasks leave no
// room for themselves, and the texts of an activity that is taller than a sheet.
type posterFit struct {
	title, slogan, crowded bool
	long                   string
}

// monthStrip is the calendar of a month in one line.
func monthStrip(m calendar.Month, list []Activity) []StripDay {
	var days []StripDay
	for d := m.First(); d.YearMonth() == m; d = d.AddDays(1) {
		name := []rune(d.ChineseWeekday())
		x := StripDay{Day: d.Day, Weekday: string(name[len(name)-1:]), Rest: d.Weekday()%6 == 0}
		for _, a := range list {
			x.Busy = x.Busy || a.Date.ISO == d.String()
		}
		days = append(days, x)
	}
	return days
}

// composition is how a design of posters divides its sheet; in units.
type composition struct {
	around  float64 // in the field of title and slogan, above, below and between
	narrow  float64 // how much narrower than the field they are
	share   float64 // of the height, at least, for the field above the activities
	beside  float64 // of the width, for the field on a sheet that lies across
	extra   float64 // with the activities, above and below
	entries entryForm
	upright bool // the slogan stands in columns, from right to left
}

// What designs have around their fields and beside their activities, and some to
// spare where nothing else separates the parts.
var compositions = map[months.Design]composition{
	months.Solemn:   {around: topRow + solemnPole + 4, narrow: 6, share: 0.42, beside: 0.4, extra: 4, entries: inRows},
	months.Festive:  {around: topRow + seasonSky + 6, narrow: 6, share: 0.40, beside: 0.4, extra: festiveCard + 1, entries: inTickets},
	months.LineWork: {around: topRow + linePole + 4, narrow: 6, share: 0.38, beside: 0.4, extra: lineStrip + 2, entries: inRows},
	months.Light:    {around: lightField, entries: inStack, upright: true},
}

// The measures of posters, in units.
var (
	topRow         = sheet.Measure("poster-top", 11) + sheet.Measure("poster-top-gap", 3) // site and month
	solemnPole     = sheet.Measure("poster-solemn-pole", 18) + sheet.Measure("poster-solemn-gap", 4)
	seasonSky      = sheet.Measure("poster-season", 36) + sheet.Measure("poster-season-gap", 4)
	festiveCard    = sheet.Measure("poster-card", 6)
	linePole       = sheet.Measure("poster-line-pole", 24) + sheet.Measure("poster-line-gap", 2)
	lineStrip      = sheet.Measure("poster-strip", 15) + sheet.Measure("poster-strip-gap", 3)
	lightField     = sheet.Measure("poster-light-above", 4) + sheet.Measure("poster-light-below", 14)
	fieldGap       = sheet.Measure("poster-field-gap", 10)
	posterLeading  = sheet.Measure("poster-title-leading", 1.15)
	sloganLeading  = sheet.Measure("poster-slogan-leading", 1.3)
	uprightLeading = sheet.Measure("poster-upright-leading", 1.25)
	slipLeading    = sheet.Measure("poster-slip-leading", 1.3)
	betweenHeads   = sheet.Measure("poster-between", 4) // title and slogan
	betweenParts   = sheet.Measure("poster-parts-gap", 5)
	besideCode     = sheet.Measure("poster-code-gap", 8)
	taskHead       = sheet.Measure("poster-task-head", 8)
	taskLine       = sheet.Measure("poster-task-leading", 1.4)
	taskGap        = sheet.Measure("poster-task-gap", 1.6)
)

const (
	largestTitle = 46.0
	leastSlogan  = sheet.LeastTitle * 0.72 // of what does not fit in any other way
	titleShare   = 1.0 / 12                // of the height, for what is read from 3 D
	slipWidth    = 20.0                    // about what the theme takes beside an upright slogan
	slipLetter   = 9.0
	easyActivity = 5.6  // what an upright poster leaves to them before its slogan grows
	easyLine     = 14.5 // and the width, in em
	mostTask     = 6.4
	leastTask    = 4.0
)

// poster is the space that the parts of a month's poster share.
type poster struct {
	*MonthSheet
	sheet.Area
	composition
	width float64 // of the activities
	texts typeset.Memory
	fit   posterFit
}

// fitMonth chooses the sizes of letters: the title is at least a twelfth of the
// sheet high, the activities get what they need to be read and grow while the
// field keeps its share, and title and slogan fill the field. More activities
// than one sheet holds go on to others.
func fitMonth(v *MonthSheet) posterFit {
	s := poster{MonthSheet: v, Area: sheet.AreaFor(&v.Sheet), composition: compositions[months.Design(v.Design)], texts: typeset.Memory{}}
	switch {
	case s.upright:
		if s.Area.Across() {
			s.entries = inRows
		}
		s.fit.title, s.fit.slogan = s.fitUpright()
	case s.Area.Across():
		s.fit.title, s.fit.slogan = s.fitAcross()
	default:
		s.fit.title, s.fit.slogan = s.fitBelow()
	}
	v.Boxes = len(v.Parts)
	return s.fit
}

// fitBelow lays the field above the activities.
func (s *poster) fitBelow() (title, slogan bool) {
	w, h := s.Inner()
	s.width = w
	least := s.around + s.needed(w-s.narrow)
	n, ok := s.choose(h - math.Max(least, h*s.share))
	if !ok {
		n, _ = s.choose(h - least)
	}
	s.spread(n)
	return s.heads(w-s.narrow, h-s.bodyHeight(s.Activities[:n])-s.around)
}

// fitAcross lays the field beside the activities.
func (s *poster) fitAcross() (title, slogan bool) {
	w, _ := s.Inner()
	h := s.Area.Height - 2*sheet.Margin
	field := w * s.beside
	s.width = w - field - fieldGap
	s.Body = sheet.Round(s.width, 2)
	n, _ := s.choose(h - sheet.FootHeight(&s.Sheet, s.width))
	s.spread(n)
	return s.heads(field-s.narrow, h-s.around)
}

// fitUpright stands the slogan in columns beside the activities, above the code.
// It takes the width that it needs for letters of a twelfth of the height, and
// more while the activities are read with ease.
func (s *poster) fitUpright() (title, slogan bool) {
	w, h := s.Inner()
	body := h - topRow
	high := body - s.CodeHeight - s.around
	s.divide(w, body, high)
	n, _ := s.choose(body)
	s.spread(n)
	t, size, slogan := s.texts.Of(s.Slogan).FitSlogan(high, w-s.width-slipWidth-fieldGap, uprightLeading, leastSlogan, largestTitle)
	s.Head = view.Heading{Lines: t.Lines, Size: size}
	if more := len(t.Lines) - 1; more > 0 {
		s.Step = sheet.Round(math.Min(1.2*size, (high-t.Width*size)/float64(more)), 2)
	}
	t, size, title = s.texts.Of(s.PageTitle).Fit(high*0.8, slipWidth-4, slipLeading, sheet.LeastBody, slipLetter)
	s.Title = view.Heading{Lines: t.Lines, Size: size}
	return title, slogan
}

// divide sets the width of the activities beside an upright slogan.
func (s *poster) divide(w, body, high float64) {
	best, share := 0.0, 0.3
	for try := 0.2; try < 0.53; try += 0.03 {
		_, size, _ := s.texts.Of(s.Slogan).FitSlogan(high, w*try, uprightLeading, leastSlogan, largestTitle)
		if size <= best*1.02 {
			continue
		}
		s.width = w*(1-try) - slipWidth - fieldGap
		if _, ok := s.choose(body); ok && (best < titleShare*s.Area.Height || s.Letter >= easyActivity && s.width >= easyLine*s.Letter) {
			best, share = size, try
		}
	}
	s.width = w*(1-share) - slipWidth - fieldGap
	s.Body = sheet.Round(s.width, 2)
}

// needed is the height of title and slogan at the least sizes that are wished. A
// title of more than two lines has to do with the room of two.
func (s *poster) needed(width float64) float64 {
	large := titleShare * s.Area.Height
	return posterLeading*large*float64(min(2, typeset.Lines(s.PageTitle, width/large))) + betweenHeads + s.underTitle(width)
}

// underTitle is the height of the slogan under a title: one line, even if its
// letters are a little smaller, or as many as it takes.
func (s *poster) underTitle(width float64) float64 {
	if one := math.Min(sheet.LeastTitle, width/typeset.Width(s.Slogan)); one >= leastSlogan {
		return sloganLeading * one
	}
	return sloganLeading * sheet.LeastTitle * float64(len(s.texts.Of(s.Slogan).Wrap(width/sheet.LeastTitle)))
}

// heads fits title and slogan into the field, the title above all.
func (s *poster) heads(width, height float64) (title, slogan bool) {
	under := s.underTitle(width) + betweenHeads
	t, size, title := s.texts.Of(s.PageTitle).Fit(width, math.Max(height-under, height*0.4), posterLeading, leastSlogan, largestTitle)
	s.Title = view.Heading{Lines: t.Lines, Size: size}
	rest := height - posterLeading*size*float64(len(t.Lines)) - betweenHeads
	t, size, slogan = s.texts.Of(s.Slogan).FitSlogan(width, rest, sloganLeading, leastSlogan, math.Max(sheet.LeastTitle, 0.55*size))
	s.Head = view.Heading{Lines: t.Lines, Size: size}
	return title, slogan
}

// choose sets the sizes and returns how many activities stand on the first
// sheet; ok is false when not all of them do.
func (s *poster) choose(height float64) (n int, ok bool) {
	for _, s.Hosts = range []bool{true, false} {
		size, ok := typeset.Largest(sheet.LeastBody, math.Max(sheet.LeastBody, s.width/leastLine[s.entries]), func(a float64) bool {
			s.setLetter(a)
			return s.bodyHeight(s.Activities) <= height
		})
		s.setLetter(size)
		if ok {
			s.fit.crowded = false
			return len(s.Activities), true
		}
	}
	s.Hosts = true
	s.setLetter(sheet.LeastBody)
	for n = len(s.Activities); n > 0 && s.bodyHeight(s.Activities[:n]) > height; {
		n--
	}
	s.fit.crowded = n == 0 && s.bodyHeight(nil) > height
	return n, false
}

func (s *poster) setLetter(a float64) {
	s.Letter = a
	s.Task = sheet.Round(min(mostTask, max(leastTask, 0.8*a)), 2)
}

// bodyHeight is what activities, tasks and code take, one below the other; the
// code stands beside the tasks, or below an upright slogan.
func (s *poster) bodyHeight(list []Activity) float64 {
	end := s.tasksHeight()
	if !s.upright {
		end = math.Max(end, s.CodeHeight)
	}
	return s.extra + s.entriesHeight(list, s.entries, s.width) + betweenParts + end
}

// taskWidth is the width of a task behind its number.
func (s *poster) taskWidth() float64 {
	width := s.width
	if !s.upright {
		width -= s.CodeWidth + besideCode
	}
	return width - 1.7*s.Task
}

func (s *poster) tasksHeight() float64 {
	h := taskHead
	for _, t := range s.Tasks {
		_, lines := s.wrapped(t, s.taskWidth(), s.Task, taskLine)
		h += lines + taskGap
	}
	return h
}

// spread fills the boxes: the first holds n activities, the others what a whole
// sheet holds, one below the other over its whole width.
func (s *poster) spread(n int) {
	rest := s.Activities[n:]
	s.Parts = []MonthBox{{Number: 1, Entries: s.entriesOf(s.Activities[:n], s.entries, s.width)}}
	s.Duties = nil
	for _, t := range s.Tasks {
		lines, _ := s.wrapped(t, s.taskWidth(), s.Task, taskLine)
		s.Duties = append(s.Duties, lines)
	}
	wide, high := s.Area.Width-2*sheet.Margin, s.Area.Height-2*sheet.Margin-s.Foot-continuedHead
	for len(rest) > 0 {
		n := 1
		if s.entriesHeight(rest[:1], inRows, wide) > high {
			s.fit.long = rest[0].Name + rest[0].Place
		}
		for n < len(rest) && s.entriesHeight(rest[:n+1], inRows, wide) <= high {
			n++
		}
		s.Parts = append(s.Parts, MonthBox{Number: len(s.Parts) + 1, Entries: s.entriesOf(rest[:n], inRows, wide)})
		rest = rest[n:]
	}
}

const continuedHead = 30.0 // about what is above the activities of a sheet that goes on, and some to spare
