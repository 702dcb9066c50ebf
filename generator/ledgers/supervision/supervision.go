// Package supervision is the ledger of visits, checks and yearly accounts (观摩交流、述职
// 评议、督导检查).
package supervision

import (
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

// InspectionKind is what a visit is for.
type InspectionKind string

// Options lists the kinds.
func (InspectionKind) Options() []string { return []string{"观摩", "交流", "督导", "抽查"} }

// Inspection is a visit of branches (观摩、督导).
type Inspection struct {
	ledger.Record
	Date     calendar.Date                 `toml:"date,required" zh:"日期"`
	Kind     InspectionKind                `toml:"kind,required" zh:"做什么"`
	By       string                        `toml:"by,required" zh:"谁组织"`
	Theme    string                        `toml:"theme,required" zh:"看什么"`
	Branches []ledger.Ref[branches.Branch] `toml:"branches,required" zh:"去哪些党组织"`
	Place    string                        `toml:"place" zh:"集合地点"`
	People   int                           `toml:"people" zh:"参加（人）" check:"min=0"`
	Found    int                           `toml:"found" zh:"反馈的问题（条）" check:"min=0"` // never public, as is what follows
	Due      calendar.Date                 `toml:"due" zh:"整改期限"`
	Fixed    int                           `toml:"fixed" zh:"改了的（条）" check:"min=0"`
	Off      string                        `toml:"off" zh:"取消的原因"`
}

// Mode is how an account is given.
type Mode string

// Options lists the modes.
func (Mode) Options() []string { return []string{"现场", "书面"} }

// Grade is what an account was rated. It never leaves the county.
type Grade string

// Options lists the grades.
func (Grade) Options() []string { return []string{"好", "较好", "一般", "差"} }

// Account is the yearly account of a branch's secretary (述职评议).
type Account struct {
	ledger.Record
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党支部"`
	Year   int                         `toml:"year,required" zh:"年度" check:"min=2015,max=2100"`
	Date   calendar.Date               `toml:"date,required" zh:"日期"`
	Mode   Mode                        `toml:"mode,required" zh:"怎么述"`
	Grade  Grade                       `toml:"grade" zh:"等次"`
}

var (
	ruleAccount = diag.Define(diag.Rule{Code: "E2311", Name: "党支部书记没有述职", Severity: diag.Warning, Tunable: true,
		Why: "述职评议一年一次，次年 3 月底前述完", Mend: "在 content/supervision/ 里补上 [[account]]"})
	ruleFixed = diag.Define(diag.Rule{Code: "E2312", Name: "督导反馈的问题没有改完", Severity: diag.Warning, Tunable: true,
		Why: "反馈的问题有期限，过了期限还没有改完", Mend: "改完的更新改了的（fixed）"})
	ruleCount = diag.Define(diag.Rule{Code: "E2315", Name: "督导的数不对", Severity: diag.Error,
		Why: "改了的不会比反馈的多；述职的日子在那一年或者次年", Mend: "核对反馈的问题（found）、改了的（fixed）、日期（date）"})
	ruleSeldom = diag.Define(diag.Rule{Code: "E2313", Name: "观摩、督导还没有安排", Severity: diag.Reminder,
		Why: "每半年至少一次观摩，每年每个党支部至少督导一次", Mend: "在 content/supervision/ 里排上 [[inspection]]"})
	ruleResult = diag.Define(diag.Rule{Code: "E2316", Name: "观摩、督导没有写来了多少人", Severity: diag.Warning, Tunable: true,
		Why: "办完 7 天了，来了多少人要写下来", Mend: "补上参加人数（people）；没有办的写取消的原因（off）"})
	ruleTwice = diag.Define(diag.Rule{Code: "E2317", Name: "一年述职写了两次", Severity: diag.Error,
		Why: "一个支部一年一行，两行就数了两遍", Mend: "删掉旧的一行"})
)

var yearly = branches.Yearly[*Account]{What: "述职", Rows: ledger.All[Account], Year: branches.LastYear, By: branches.ByNextMarch, Twice: ruleTwice, Missing: ruleAccount,
	Of: func(a *Account) (ledger.Ref[branches.Branch], int) { return a.Branch, a.Year }}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "supervision", Title: "观摩和督导", Needs: []string{"branches"}, Check: yearly.Check, Remind: remind},
		ledger.Rows[Inspection]("inspection", "观摩和督导").Open().Hide("found", "due", "fixed").PublishIf(func(i *Inspection, b *ledger.Book) bool {
			return i.Kind != "抽查" || !i.Date.After(b.AsOf) // nobody is told of a check before it is made
		}).AsEvent(ruleResult, func(i *Inspection, b *ledger.Book) ledger.Event {
			ev := ledger.Event{Title: string(i.Kind) + "：" + i.Theme, Day: i.Date, Place: i.Place, Off: i.Off, Done: i.People > 0}
			for _, ref := range i.Branches {
				ev.Of = append(ev.Of, ref.Entry(b))
			}
			return ev
		}).Held("观摩督导", "今年办了的观摩、交流、督导、抽查", "次").Check((*Inspection).check),
		ledger.Rows[Account]("account", "述职").Inside(ledger.Specific).Check((*Account).check),
	)
}

func (i *Inspection) check(b *ledger.Book, bag *diag.Bag) {
	switch {
	case i.Fixed > i.Found:
		bag.Addf(ruleCount, i.At("fixed"), "反馈 %d 条，改了的写了 %d 条", i.Found, i.Fixed)
	case i.Due.Before(b.AsOf) && !i.Due.IsZero() && i.Fixed < i.Found:
		bag.Addf(ruleFixed, i.At("due"), "到 %s 该改完，反馈 %d 条，改了 %d 条", i.Due, i.Found, i.Fixed)
	}
}

func (a *Account) check(b *ledger.Book, bag *diag.Bag) {
	if a.Date.Year < a.Year || a.Date.Year > a.Year+1 || a.Date.After(b.AsOf) {
		bag.Addf(ruleCount, a.At("date"), "%d 年度的述职，日期写的是 %s", a.Year, a.Date)
	}
}

// remind tells of a half-year without a visit that others may join, and of branches
// that nobody has looked at this year.
func remind(b *ledger.Book, bag *diag.Bag) {
	all := ledger.All[Inspection](b)
	if len(all) == 0 {
		return
	}
	half := calendar.Date{Year: b.AsOf.Year, Month: time.January, Day: 1}
	if b.AsOf.Month > time.June {
		half.Month = time.July
	}
	seen, shown := map[string]bool{}, false
	for _, i := range all {
		for _, ref := range i.Branches {
			seen[ref.ID] = seen[ref.ID] || i.Date.Year == b.AsOf.Year && i.Off == ""
		}
		shown = shown || i.Kind == "观摩" && !i.Date.Before(half) && i.Off == ""
	}
	if !shown {
		bag.Addf(ruleSeldom, diag.Pos{File: all[0].File()}, "%s 以来没有安排观摩", half)
	}
	unseen := rules.Filter(branches.Graded(b), func(br *branches.Branch) bool { return !seen[br.ID] })
	if n := len(unseen); n > 0 && b.AsOf.Month >= time.October {
		bag.Addf(ruleSeldom, unseen[0].At("name"), "%d 年还有 %d 个党支部没有督导过，第一个是“%s”", b.AsOf.Year, n, unseen[0].Name)
	}
}
