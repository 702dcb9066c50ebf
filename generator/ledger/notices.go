package ledger

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

// NoticeKind is the form of a notice.
type NoticeKind string

// The kinds of notices.
const (
	Gongshi   NoticeKind = "公示" // published for objections, during a period
	Gonggao   NoticeKind = "公告" // an announcement
	Tongzhi   NoticeKind = "通知" // asks somebody to do something
	countNext            = "次日"
)

// Options lists the kinds.
func (NoticeKind) Options() []string {
	return []string{string(Gongshi), string(Gonggao), string(Tongzhi)}
}

// Matter is what a 公示 is about; it decides the least period.
type Matter string

// Options lists the matters.
func (Matter) Options() []string {
	return []string{"发展党员", "干部任前", "换届选举", "星级评定", "评先评优", "服务清单", "其他"}
}

// CountFrom says which day is the first of a period (当日 or 次日).
type CountFrom string

// Options lists the ways of counting.
func (CountFrom) Options() []string { return []string{"当日", countNext} }

// Period is the county's rule for a matter: how many workdays a 公示 lasts.
type Period struct {
	Record
	Matter    Matter    `toml:"matter,required" zh:"公示事项"`
	Workdays  int       `toml:"workdays,required" zh:"至少几个工作日" check:"min=1,max=60"`
	CountFrom CountFrom `toml:"count_from" zh:"从哪一天算起"`
	Basis     string    `toml:"basis" zh:"依据"`
}

// Acceptance says where objections go (受理单位).
type Acceptance struct {
	Office  string `toml:"office,required" zh:"受理单位"`
	Phone   string `toml:"phone,required" zh:"受理电话" check:"phone"`
	Address string `toml:"address" zh:"来信地址"`
	Method  string `toml:"method" zh:"反映方式"`
}

// Notice is a 公示, 公告 or 通知.
type Notice struct {
	Page
	Kind     NoticeKind    `toml:"kind,required" zh:"种类"`
	Matter   Matter        `toml:"matter" zh:"公示事项"`
	Issuer   string        `toml:"issuer,required" zh:"发布单位"`
	DocNo    string        `toml:"doc_no" zh:"文号"`
	Branch   Ref[Branch]   `toml:"branch" zh:"党组织"`
	Start    calendar.Date `toml:"start" zh:"公示开始"`
	Workdays int           `toml:"workdays" zh:"公示工作日" check:"min=1,max=60"`
	End      calendar.Date `toml:"end" zh:"截止日期"`
	Accept   Acceptance    `toml:"accept" zh:"受理"`
	Form     Form          `toml:"form" zh:"张贴的样子"`
	Paper
}

// Form is how a notice looks on paper.
type Form string

// The forms: a poster, or the page of an official document (GB/T 9704).
const (
	PosterForm   Form = "海报"
	DocumentForm Form = "公文"
)

// Options lists the forms.
func (Form) Options() []string { return []string{string(PosterForm), string(DocumentForm)} }

var (
	ruleNoPeriod = diag.Define(diag.Rule{Code: "E1601", Name: "公示缺少要素", Severity: diag.Error,
		Why:     "公示要写明事项、起止日期和受理单位、电话，群众才能提意见",
		Mend:    "补上 matter、start，workdays 或 end，以及 [accept]",
		Example: "kind = \"公示\"\nmatter = \"发展党员\"\nstart = 2026-11-23\nworkdays = 5\n[accept]\noffice = \"组织部\"\nphone = \"0357-0000000\""})
	ruleShort = diag.Define(diag.Rule{Code: "E1602", Name: "公示期不足", Severity: diag.Error,
		Why: "公示期按工作日算，不得少于规定的天数；周末和节假日不算，调休上班的周末算", Mend: "把截止日期往后改，或者改用 workdays 让工具来算"})
	ruleBackward = diag.Define(diag.Rule{Code: "E1603", Name: "截止日期早于开始日期", Severity: diag.Error,
		Why: "截止在开始之前，公示期就是空的", Mend: "核对 start 和 end"})
	ruleNoPeriodRule = diag.Define(diag.Rule{Code: "E1604", Name: "这类公示没有规定期限", Severity: diag.Error,
		Why: "公示期至少几个工作日，由县里的规定决定，写在 content/notices/ 的 [[period]] 里", Mend: "补一行 [[period]]，写上 matter 和 workdays"})
)

func init() {
	Declare(Ledger{Folder: "notices", Title: "公示公告", Check: checkNotices, Kinds: []Kind{
		Pages[Notice]("公示公告").Open().Hide("form", "sheet", "landscape").Turning(noticeTurns).Posts("公示公告", placeNotices, allLevels...),
		Rows[Period]("period", "公示期规定").AsRule(),
	}})
}

func checkNotices(b *Book, bag *diag.Bag) {
	for _, n := range All[Notice](b) {
		if !n.End.IsZero() && n.End.Before(n.Start) {
			bag.Addf(ruleBackward, n.At("end"), "截止日期 %s 早于开始日期 %s", n.End, n.Start)
			continue
		}
		if n.Kind == Gongshi {
			checkGongshi(b, n, bag)
		}
	}
}

// wanted are the keys of a 公示 as a finding names them.
var wanted = map[string]string{"matter": "matter", "start": "start", "workdays": "workdays（或 end）", "accept": "[accept] 的 office、phone"}

func checkGongshi(b *Book, n *Notice, bag *diag.Bag) {
	complete := true
	var missing []string
	for _, f := range []struct {
		absent bool
		key    string
		or     string
	}{
		{n.Matter == "", "matter", ""}, {n.Start.IsZero(), "start", ""}, {n.Workdays == 0 && n.End.IsZero(), "workdays", "end"},
		{n.Accept.Office == "" || n.Accept.Phone == "", "accept", ""},
	} {
		complete = complete && !f.absent
		// What was written and cannot be used was reported where it stands.
		if f.absent && !n.Origin.Has(f.key) && !n.Origin.Has(f.or) {
			missing = append(missing, wanted[f.key])
		}
	}
	if missing != nil {
		bag.Add(ruleNoPeriod, n.At("kind"), fmt.Sprintf("公示“%s”缺少：%s", n.Title, strings.Join(missing, "、")), "补上这几项")
	}
	if !complete {
		return
	}
	p := n.period(b)
	if p == nil {
		bag.Addf(ruleNoPeriodRule, n.At("matter"), "没有规定“%s”公示几个工作日", n.Matter)
		return
	}
	checkPeriod(b, n, p, bag)
}

func checkPeriod(b *Book, n *Notice, p *Period, bag *diag.Bag) {
	need, err := b.holidays.AddWorkdays(n.firstDay(p), p.Workdays)
	if err != nil {
		reportYear(err, n.At("start"), bag)
		return
	}
	if n.End.IsZero() {
		if n.Workdays < p.Workdays {
			bag.Add(ruleShort, n.At("workdays"), fmt.Sprintf("公示期只有 %d 个工作日，“%s”至少应为 %d 个", n.Workdays, n.Matter, p.Workdays),
				fmt.Sprintf("改成 workdays = %d", p.Workdays))
			return
		}
		if _, err := n.LastDay(b); err != nil {
			reportYear(err, n.At("workdays"), bag)
		}
		return
	}
	got, err := b.holidays.CountWorkdays(n.firstDay(p), n.End)
	if err != nil {
		reportYear(err, n.At("end"), bag)
		return
	}
	if got < p.Workdays {
		span := fmt.Sprintf("%s 至 %s", n.firstDay(p), n.End)
		if h := b.holidays.Between(n.firstDay(p), n.End); h != nil {
			span += "，其中" + strings.Join(h, "、") + "放假"
		}
		bag.Add(ruleShort, n.At("end"), fmt.Sprintf("公示期只有 %d 个工作日（%s），“%s”至少应为 %d 个", got, span, n.Matter, p.Workdays),
			fmt.Sprintf("改成 end = %s，或者更晚", need))
	}
}

func (n *Notice) period(b *Book) *Period {
	for _, p := range All[Period](b) {
		if p.Matter == n.Matter {
			return p
		}
	}
	return nil
}

func (n *Notice) firstDay(p *Period) calendar.Date {
	if p != nil && p.CountFrom == countNext {
		return n.Start.AddDays(1)
	}
	return n.Start
}

// LastDay returns the last day of the notice's period, or no date when it has
// none. The error is a [calendar.MissingYear].
func (n *Notice) LastDay(b *Book) (calendar.Date, error) {
	if !n.counts() {
		return n.End, nil
	}
	if last, ok := b.periods.of(b)[n]; ok {
		return last, nil
	}
	return n.countLast(b)
}

func (n *Notice) countLast(b *Book) (calendar.Date, error) {
	return b.holidays.AddWorkdays(n.firstDay(n.period(b)), n.Workdays)
}

// counts reports whether the notice's period is given in workdays.
func (n *Notice) counts() bool { return n.End.IsZero() && !n.Start.IsZero() && n.Workdays > 0 }

// periods are the last days that are given in workdays: each is asked for many
// times. They are counted when one is asked for first.
type periods struct {
	once sync.Once
	last map[*Notice]calendar.Date
}

func (p *periods) of(b *Book) map[*Notice]calendar.Date {
	p.once.Do(func() {
		all := All[Notice](b)
		p.last = make(map[*Notice]calendar.Date, len(all))
		for _, n := range all {
			if n.counts() {
				if last, err := n.countLast(b); err == nil {
					p.last[n] = last
				}
			}
		}
	})
	return p.last
}

// CountDays returns the workdays from the first to the last day of the notice's
// period. The error is a [calendar.MissingYear].
func (n *Notice) CountDays(b *Book) (int, error) {
	last, err := n.LastDay(b)
	if err != nil || last.IsZero() {
		return 0, err
	}
	return b.holidays.CountWorkdays(n.firstDay(n.period(b)), last)
}

func reportYear(err error, at diag.Pos, bag *diag.Bag) {
	var year calendar.MissingYear
	if errors.As(err, &year) {
		bag.Add(ruleMissingYear, at, fmt.Sprintf("要算 %d 年的工作日，可是还没有 %d 年的放假安排", int(year), int(year)),
			fmt.Sprintf("国务院办公厅公布后，在 content/holidays/ 里补上 %d 年的 [[year]]", int(year)))
	}
}
