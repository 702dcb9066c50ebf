// Package care is the ledger of care and honours (激励关怀): how many were visited and
// helped, in numbers only, and who was commended.
package care

import (
	"fmt"
	"strings"
	"time"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/notices"
	"biandan/generator/ledgers/stars"
	"biandan/generator/rules"
)

// Occasion is when care is given.
type Occasion string

// Options lists the occasions.
func (Occasion) Options() []string { return []string{"元旦春节", "七一", "日常"} }

// CareKind is what was done.
type CareKind string

// Options lists the kinds.
func (CareKind) Options() []string { return []string{"走访慰问", "生活帮扶", "政治生日"} }

// Care counts who was cared for (关怀). It has no field for a name, a reason or an
// address: illness and poverty are nobody's business (个人信息保护法第二十八条).
type Care struct {
	ledger.Record
	Quarter  calendar.Quarter            `toml:"quarter,required" zh:"季度"`
	Occasion Occasion                    `toml:"occasion,required" zh:"什么时候"`
	Kind     CareKind                    `toml:"kind,required" zh:"做了什么"`
	Area     ledger.Ref[branches.Branch] `toml:"area" zh:"社区党委"`
	People   int                         `toml:"people,required" zh:"人次" check:"min=0"`
	Fund     int                         `toml:"fund" zh:"用了多少钱（元）" check:"min=0"` // never public
}

// HonourName is what is awarded.
type HonourName string

// Options lists the honours.
func (HonourName) Options() []string {
	return []string{"优秀共产党员", "优秀党务工作者", "先进基层党组织", "先锋岗", "其他"}
}

// HonourLevel is who awards.
type HonourLevel string

// Options lists the levels.
func (HonourLevel) Options() []string {
	return []string{"国家", "省", "市", "县", "镇", "社区"}
}

// Honour is a commendation (表彰), public once it is decided. What goes to persons may
// name one, or say how many.
type Honour struct {
	ledger.Record
	Year    int                         `toml:"year,required" zh:"年份" check:"min=1949,max=2100"`
	Name    HonourName                  `toml:"name,required" zh:"荣誉"`
	Level   HonourLevel                 `toml:"level,required" zh:"哪一级"`
	Branch  ledger.Ref[branches.Branch] `toml:"branch" zh:"党组织"`
	Person  string                      `toml:"person" zh:"个人"`
	Post    string                      `toml:"post" zh:"岗位"`
	N       int                         `toml:"n" zh:"几名（不写姓名时）" check:"min=0"`
	Notice  ledger.Ref[notices.Notice]  `toml:"notice" zh:"哪次公示"`
	Decided calendar.Date               `toml:"decided,required" zh:"决定日期"`
	DocNo   string                      `toml:"doc_no" zh:"文号"`
}

var (
	ruleNotice = diag.Define(diag.Rule{Code: "E2401", Name: "表彰没有公示，或者公示没有结束", Severity: diag.Error,
		Why: "先公示，后表彰：公示结束以后才能决定", Mend: "写上哪次公示（notice），核对决定日期（decided）"})
	ruleLow = diag.Define(diag.Rule{Code: "E2402", Name: "评星低的党组织评了先进", Severity: diag.Error, Tunable: true,
		Why: "星级结果运用：二星级及以下、一票否决的，当年不评先进", Mend: "核对党组织（branch）和年份（year）"})
	ruleAhead = diag.Define(diag.Rule{Code: "E2403", Name: "表彰的日子不对", Severity: diag.Error,
		Why: "没有决定的表彰不能公布；决定在那一年或者下一年", Mend: "核对决定日期（decided）和年份（year）"})
	ruleTwice = diag.Define(diag.Rule{Code: "E2405", Name: "一项荣誉写了两次", Severity: diag.Error,
		Why: "同一年同一个人、同一个党组织的同一项荣誉写了两遍，就多数了一次", Mend: "删掉其中一条"})
	ruleDue = diag.Define(diag.Rule{Code: "E2406", Name: "走访慰问还没有记", Severity: diag.Reminder,
		Why: "元旦春节、七一走访慰问，2 月 10 日、7 月 10 日前记下来", Mend: "在 content/care/ 里补上 [[care]]；只写人次"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "care", Title: "激励关怀", Needs: []string{"branches", "notices", "stars"}, Remind: remind},
		ledger.Rows[Honour]("honour", "光荣榜").Open().Hide("notice").Posts("光荣榜", 95, "县", "镇", "社区").GroupedBy(func(h *Honour, _ *ledger.Book) string {
			return fmt.Sprintf("%d 年 · %s级", h.Year, strings.TrimSuffix(string(h.Level), "级"))
		}).PublishIf(func(h *Honour, b *ledger.Book) bool { return !h.Decided.After(b.AsOf) }).
			Unique(ruleTwice, "name", "这项荣誉", (*Honour).key).Check((*Honour).check).
			Sum("两优一先个人", "去年以来县级表彰的优秀共产党员、优秀党务工作者", "名", func(h *Honour, b *ledger.Book) int {
				if h.Year >= b.AsOf.Year-1 && h.Level == "县" && (h.Name == "优秀共产党员" || h.Name == "优秀党务工作者") {
					return h.persons()
				}
				return 0
			}),
		ledger.Rows[Care]("care", "关怀").Inside(ledger.UnitOnly).AsGrid("走访、帮扶、政治生日", "年份", "人次", true, func(c *Care, _ *ledger.Book) []ledger.Count {
			return []ledger.Count{{Row: fmt.Sprintf("%d 年", c.Quarter.Year), Column: string(c.Kind), N: c.People}}
		}).Sum("走访慰问", "去年以来走访慰问的人次", "人次", func(c *Care, b *ledger.Book) int { return c.lately(b, c.Kind == "走访慰问") }).
			Sum("生活帮扶", "去年以来生活帮扶和政治生日的人次", "人次", func(c *Care, b *ledger.Book) int { return c.lately(b, c.Kind != "走访慰问") }),
	)
}

func (h *Honour) persons() int {
	if h.Person != "" {
		return 1
	}
	return h.N
}

// lately is how many were cared for, when it was last year or this and it counts.
func (c *Care) lately(b *ledger.Book, counts bool) int {
	if counts && c.Quarter.Year >= b.AsOf.Year-1 {
		return c.People
	}
	return 0
}

func (h *Honour) key() string {
	if h.Person == "" && h.N > 0 {
		return "" // several at once
	}
	return fmt.Sprint(h.Year, h.Name, h.Level, h.Branch.ID, h.Person, h.Post)
}

func (h *Honour) check(b *ledger.Book, bag *diag.Bag) {
	if h.Draft {
		return
	}
	if h.Decided.Year < h.Year || h.Decided.Year > h.Year+1 {
		bag.Addf(ruleAhead, h.At("decided"), "%d 年的荣誉，决定日期写的是 %s", h.Year, h.Decided)
	}
	switch n := h.Notice.In(b); {
	case n != nil:
		notices.CheckAfter(b, ruleNotice, n, "评先评优", h.Decided, h.At("decided"), bag)
	case h.Notice.IsZero() && h.Level == "县" && h.Year >= b.AsOf.Year:
		bag.Addf(ruleNotice, h.At("name"), "%s级“%s”没有写哪次公示", h.Level, h.Name)
	}
	if br := h.Branch.In(b); br != nil && h.Name == "先进基层党组织" && stars.IsLow(b, br, h.Decided.Year-1) {
		bag.Addf(ruleLow, h.At("branch"), "“%s”%d 年评得低，不能评先进基层党组织", br.Name, h.Decided.Year-1)
	}
}

// remind tells of the two times of the year whose visits are not written down.
func remind(b *ledger.Book, bag *diag.Bag) {
	all := ledger.All[Care](b)
	if len(all) == 0 {
		return
	}
	for _, o := range []struct {
		occasion Occasion
		by       calendar.Date
	}{{"元旦春节", calendar.Date{Year: b.AsOf.Year, Month: time.February, Day: 10}}, {"七一", calendar.Date{Year: b.AsOf.Year, Month: time.July, Day: 10}}} {
		has := func(c *Care) bool { return c.Occasion == o.occasion && c.Quarter.Year == b.AsOf.Year }
		if b.AsOf.After(o.by) && len(rules.Filter(all, has)) == 0 {
			bag.Addf(ruleDue, diag.Pos{File: all[0].File()}, "%d 年%s的走访慰问还没有记", b.AsOf.Year, o.occasion)
		}
	}
}
