// Package meetings is the ledger of joint meetings (组织联建 · 联席会议): when each
// community's committee met, and what became of what was decided.
package meetings

import (
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
	"biandan/generator/rules"
)

// Meeting is a joint meeting of a committee.
type Meeting struct {
	ledger.Record
	Committee ledger.Ref[branches.Branch]  `toml:"committee,required" zh:"社区党委"`
	Date      calendar.Date                `toml:"date,required" zh:"日期"`
	Kind      MeetingKind                  `toml:"kind" zh:"种类"`
	Hours     string                       `toml:"time" zh:"时间" check:"hours"`
	Station   ledger.Ref[stations.Station] `toml:"station" zh:"驿站"`
	Place     string                       `toml:"place" zh:"地点"`
	Chair     string                       `toml:"chair" zh:"主持人职务"`
	Topics    []string                     `toml:"topics" zh:"议题"`
	Due       int                          `toml:"due" zh:"应到单位" check:"min=0"`
	Came      int                          `toml:"came" zh:"实到单位" check:"min=0"`
	Absent    []ledger.Ref[branches.Unit]  `toml:"absent" zh:"没有到的单位"` // never public: a list of who is missing shames
	Result    string                       `toml:"result" zh:"没有议定事项的，办了什么"`
	Off       string                       `toml:"off" zh:"取消的原因"`
}

// MeetingKind is why a meeting is held.
type MeetingKind string

// Options lists the kinds; the regular one is each quarter's.
func (MeetingKind) Options() []string { return []string{"定期", "临时"} }

// Decision is what a meeting decided: who does it, until when.
type Decision struct {
	ledger.Record
	Meeting ledger.Ref[Meeting]           `toml:"meeting,required" zh:"会议"`
	Text    string                        `toml:"text,required" zh:"议定事项"`
	Unit    ledger.Ref[branches.Unit]     `toml:"unit" zh:"牵头单位"`
	Branch  ledger.Ref[branches.Branch]   `toml:"branch" zh:"牵头党组织"`
	With    []ledger.Ref[branches.Branch] `toml:"with" zh:"配合"`
	Due     calendar.Date                 `toml:"due,required" zh:"期限"`
	Done    calendar.Date                 `toml:"done" zh:"办结日期"`
	Result  string                        `toml:"result" zh:"办成了什么"`
}

var (
	ruleQuarter = diag.Define(diag.Rule{Code: "E1801", Name: "季度没有联席会议", Severity: diag.Warning, Tunable: true,
		Why: "组织联建：社区党委每季度至少开一次联席会议，共商共议", Mend: "在 content/meetings/ 里补上这一季度的会议；没有开的，尽快开"})
	ruleCame = diag.Define(diag.Rule{Code: "E1802", Name: "到会的单位数不对", Severity: diag.Error,
		Why: "应到的是社区党委的委员单位，实到和没有到的加起来要等于应到", Mend: "核对应到（due）、实到（came）、没有到的单位（absent）"})
	ruleOrder = diag.Define(diag.Rule{Code: "E1803", Name: "议定事项的日子不对", Severity: diag.Error,
		Why: "先开会，后办结；还没有到的日子不能写成办结", Mend: "核对会议的日期（date）、期限（due）、办结日期（done）"})
	ruleLate = diag.Define(diag.Rule{Code: "E1804", Name: "议定事项逾期", Severity: diag.Warning, Tunable: true,
		Why: "说好的日子过了，居民看得见是逾期", Mend: "办结了写上办结日期（done）和办成了什么（result）"})
	ruleEmpty = diag.Define(diag.Rule{Code: "E1805", Name: "开了会，没有议题或者结果", Severity: diag.Warning, Tunable: true,
		Why: "开过的会要说议了什么、定了什么，不然等于没有开", Mend: "补上议题（topics）和议定事项（[[decision]]），没有议定事项的写办了什么（result）"})
	ruleLead = diag.Define(diag.Rule{Code: "E1806", Name: "牵头的不在这个社区党委", Severity: diag.Error,
		Why: "议定事项由社区党委的委员单位或者下面的党组织牵头，写了别处的，就没有人办", Mend: "核对牵头单位（unit）、牵头党组织（branch），写其中一个"})
	ruleAbsent = diag.Define(diag.Rule{Code: "E1807", Name: "一家单位连着两次没有到", Severity: diag.Reminder,
		Why: "委员单位轮着议事，连着不到就该问一问", Mend: "联系这家单位；这一条只提醒，不公布"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "meetings", Title: "联席会议", Needs: []string{"branches", "stations"}, Check: check, Remind: remind},
		ledger.Rows[Decision]("decision", "说好的事办得怎么样").Open().Posts("议定事项进度", 100, "社区").AsMatter(ruleOrder, ruleLate, (*Decision).decided).
			Check((*Decision).check).Count("议定事项", "联席会议议定的事", "件", nil),
		ledger.Rows[Meeting]("meeting", "联席会议").Open().Hide("absent").AsEvent(nil, (*Meeting).held).
			Count("联席会议", "今年开过的定期联席会议", "次", func(m *Meeting, b *ledger.Book) bool {
				return m.counts() && m.Date.Year == b.AsOf.Year && !m.Date.After(b.AsOf)
			}),
	)
	ledger.Figure("议定事项办结率", "办结的议定事项 ÷ 到了期限的议定事项", func(b *ledger.Book) ledger.Number {
		done, due := 0, 0
		for _, d := range ledger.All[Decision](b) {
			if !d.Done.IsZero() {
				done, due = done+1, due+1
			} else if d.Due.Before(b.AsOf) {
				due++
			}
		}
		return ledger.Share(done, due, "meetings")
	})
}

func (m *Meeting) counts() bool { return m.Off == "" && !m.IsExtra() }

// Title is what the meeting is called.
func (m *Meeting) title(b *ledger.Book) string {
	name := m.Committee.ID
	if c := m.Committee.In(b); c != nil {
		name = c.Name
	}
	if m.IsExtra() {
		return name + "临时联席会议"
	}
	return fmt.Sprintf("%s %s联席会议", name, calendar.QuarterOf(m.Date).Chinese())
}

func (m *Meeting) held(b *ledger.Book) ledger.Event {
	return ledger.Event{Title: m.title(b), Day: m.Date, Hours: m.Hours, Place: m.Place, Of: []ledger.Entry{m.Committee.Entry(b), m.Station.Entry(b)}, Off: m.Off, Done: true}
}

func (d *Decision) decided(b *ledger.Book) ledger.Matter {
	m := ledger.Matter{Title: d.Text, Due: d.Due, DueAt: "due", Steps: []ledger.Step{{Name: "会议", Key: "meeting"}, {Name: "办结", Key: "done", Day: d.Done}}}
	if meeting := d.Meeting.In(b); meeting != nil {
		m.Steps[0].Day = meeting.Date
	}
	return m
}

func check(b *ledger.Book, bag *diag.Bag) {
	all, decisions := ledger.All[Meeting](b), map[string]int{}
	for _, d := range ledger.All[Decision](b) {
		decisions[d.Meeting.ID]++
	}
	for _, m := range all {
		if m.Off == "" && b.AsOf.Sub(m.Date) > patience && (len(m.Topics) == 0 || decisions[m.ID] == 0 && m.Result == "") {
			bag.Addf(ruleEmpty, m.At("date"), "%s没有写议题，或者没有议定事项", m.title(b))
		}
		if m.Due > 0 && (m.Came > m.Due || m.Came > 0 && len(m.Absent) > 0 && m.Came+len(m.Absent) != m.Due) {
			bag.Addf(ruleCame, m.At("came"), "应到 %d，实到 %d，没有到的写了 %d 家", m.Due, m.Came, len(m.Absent))
		} else if seats := seatsOf(b, m.Committee.ID); m.Due > 0 && seats > 0 && m.Due != seats && m.Date.Year == b.AsOf.Year && calendar.QuarterOf(m.Date) == calendar.QuarterOf(b.AsOf) { // of before nobody knows
			bag.Addf(ruleCame, m.At("due"), "应到写的是 %d，社区党委有 %d 家委员单位", m.Due, seats)
		}
	}
	checkQuarters(b, all, bag)
}

// patience is how many days after a meeting its decisions may be missing.
const patience = 7

func seatsOf(b *ledger.Book, committee string) (n int) {
	for _, s := range ledger.All[branches.Seat](b) {
		if s.Committee.ID == committee {
			n++
		}
	}
	return n
}

func (d *Decision) check(b *ledger.Book, bag *diag.Bag) {
	m := d.Meeting.In(b)
	if m == nil {
		return
	}
	if d.Due.Before(m.Date) {
		bag.Addf(ruleOrder, d.At("due"), "期限 %s 早于会议 %s", d.Due, m.Date)
	}
	of := m.Committee.In(b)
	switch br := d.Branch.In(b); {
	case of == nil:
	case d.Unit.IsZero() == d.Branch.IsZero():
		bag.Addf(ruleLead, d.At("text"), "“%s”没有写谁牵头，或者写了两家", d.Text)
	case br != nil && br != of && !br.IsBelow(of, b):
		bag.Addf(ruleLead, d.At("branch"), "“%s”不在%s下面", br.Name, of.Name)
	case br == nil && !branches.HasSeat(b, d.Unit.ID, of.ID):
		bag.Addf(ruleLead, d.At("unit"), "“%s”在%s没有席位", d.Unit.ID, of.Name)
	}
}

// checkQuarters wants a regular meeting of each committee in each quarter that is
// over, since the first of which there is any.
func checkQuarters(b *ledger.Book, all []*Meeting, bag *diag.Bag) {
	had, first := regular(all)
	if first == 0 {
		return
	}
	now := calendar.QuarterOf(b.AsOf)
	rules.Cadence(bag, ruleQuarter, branches.Committees(b), "name", first, now.Number()-1, 1,
		func(c *branches.Branch, q int) int { return had[turn{c.ID, q}] },
		func(c *branches.Branch, q, _ int) string {
			return fmt.Sprintf("%s %s没有联席会议", c.Name, now.Add(q-now.Number()).Chinese())
		})
}

// turn is a committee in a quarter, by its running number.
type turn struct {
	committee string
	quarter   int
}

// regular counts the regular meetings, and says in which quarter the first of all was;
// 0 when there is none.
func regular(all []*Meeting) (had map[turn]int, first int) {
	had = map[turn]int{}
	for _, m := range all {
		if q := calendar.QuarterOf(m.Date).Number(); m.counts() {
			had[turn{m.Committee.ID, q}]++
			if first == 0 || q < first {
				first = q
			}
		}
	}
	return had, first
}

// Quarter is a quarter of a committee.
type Quarter struct {
	calendar.Quarter
	Meetings []*Meeting // by their days, those that were called off too
	Missing  bool       // it is over without a regular one, though there were some before (E1801)
	Due      bool       // it has not had a regular one, and none is planned
}

// Year returns the quarters of a year of a committee.
func Year(b *ledger.Book, committee string, year int) []Quarter {
	all := slices.Clone(ledger.All[Meeting](b))
	slices.SortStableFunc(all, func(x, y *Meeting) int { return x.Date.Compare(y.Date) })
	had, first := regular(all)
	quarters := make([]Quarter, 4)
	for i := range quarters {
		q := calendar.Quarter{Year: year, Q: i + 1}
		quarters[i].Quarter = q
		quarters[i].Meetings = rules.Filter(all, func(m *Meeting) bool {
			return m.Committee.ID == committee && calendar.QuarterOf(m.Date) == q
		})
		quarters[i].Due = had[turn{committee, q.Number()}] == 0
		quarters[i].Missing = quarters[i].Due && first > 0 && q.Number() >= first && q.Last().Before(b.AsOf)
	}
	return quarters
}

// IsExtra reports whether a meeting is held beside the regular ones (临时).
func (m *Meeting) IsExtra() bool { return m.Kind == "临时" }

// remind tells of units that stayed away from the last two regular meetings.
func remind(b *ledger.Book, bag *diag.Bag) {
	for _, c := range branches.Committees(b) {
		all := rules.Filter(ledger.All[Meeting](b), func(m *Meeting) bool { return m.Committee.ID == c.ID && m.counts() && !m.Date.After(b.AsOf) })
		slices.SortStableFunc(all, func(x, y *Meeting) int { return y.Date.Compare(x.Date) })
		if len(all) < 2 {
			continue
		}
		for i, u := range all[0].Absent {
			if slices.Contains(all[1].Absent, u) {
				bag.Addf(ruleAbsent, all[0].At("absent", i), "“%s”连着两次没有到", ledger.RefName(b, u))
			}
		}
	}
}
