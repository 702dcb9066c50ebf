// Package organisation is the ledger of how the organisation changed (组织建设 ·
// 变动和覆盖): what was founded, merged and dissolved, and how far it reaches.
package organisation

import (
	"fmt"
	"regexp"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// ChangeKind is what happened to an organisation.
type ChangeKind string

// Options lists the kinds.
func (ChangeKind) Options() []string {
	return []string{"成立", "撤销", "合并", "更名", "隶属调整"}
}

// Change is a change of organisations (组织变动).
type Change struct {
	ledger.Record
	Date   calendar.Date               `toml:"date,required" zh:"日期"`
	Kind   ChangeKind                  `toml:"kind,required" zh:"变动"`
	Before []string                    `toml:"before" zh:"原来"`
	After  []string                    `toml:"after" zh:"现在"`
	From   int                         `toml:"from" zh:"原来几个" check:"min=0"`
	To     int                         `toml:"to" zh:"现在几个" check:"min=0"`
	Reform ledger.Ref[Reform]          `toml:"reform" zh:"哪次改革"`
	DocNo  string                      `toml:"doc_no" zh:"文号"`
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"变动的党组织"`
	Into   ledger.Ref[branches.Branch] `toml:"into" zh:"归到哪一个"`
}

// Reform is a reform for whose organisations the reduction is counted.
type Reform struct {
	ledger.Record
	Name   string `toml:"name,required" zh:"改革"`
	Before int    `toml:"before,required" zh:"涉改单位党组织原来几个" check:"min=1"`
	After  int    `toml:"after,required" zh:"改后几个" check:"min=0"`
	Basis  string `toml:"basis" zh:"依据"`
}

// CoverageKind is what is to be covered.
type CoverageKind string

// Options lists the kinds.
func (CoverageKind) Options() []string { return []string{"企业", "社会组织"} }

// Coverage counts how many of those that really operate have an organisation.
type Coverage struct {
	ledger.Record
	AsOf   calendar.Date `toml:"as_of,required" zh:"到哪一天"`
	Kind   CoverageKind  `toml:"kind,required" zh:"种类"`
	Total  int           `toml:"total,required" zh:"实体运营（家）" check:"min=0"`
	Alone  int           `toml:"alone" zh:"单独建（家）" check:"min=0"`
	Joint  int           `toml:"joint" zh:"联合建（家）" check:"min=0"`
	Guided int           `toml:"guided" zh:"只派指导员（家）" check:"min=0"`
	None   int           `toml:"none" zh:"没有覆盖（家）" check:"min=0"`
	Source string        `toml:"source,required" zh:"出处"`
}

var (
	ruleGone = diag.Define(diag.Rule{Code: "E2201", Name: "撤销的党组织还在台账里", Severity: diag.Error,
		Why: "撤销、合并以后，它不再有下级、席位和活动；台账里还写着，居民会找错门", Mend: "把台账里的这个党组织改到接收它的那个，或者核对变动"})
	ruleReform = diag.Define(diag.Rule{Code: "E2202", Name: "精简的数对不上", Severity: diag.Error,
		Why: "改前减去各次变动减掉的，要等于改后；减少百分之几是算出来的，不能另写一个", Mend: "核对改前（before）、改后（after），和每次变动的原来几个（from）、现在几个（to）"})
	ruleCoverage = diag.Define(diag.Rule{Code: "E2203", Name: "覆盖的数加起来不对", Severity: diag.Error,
		Why: "单独建、联合建、只派指导员、没有覆盖，四项加起来就是实体运营的总数", Mend: "核对这五个数"})
	ruleDocNo = diag.Define(diag.Rule{Code: "E2205", Name: "文号的写法不对", Severity: diag.Warning, Tunable: true,
		Why: "党政机关公文格式：发文机关代字、年份、序号，年份用六角括号", Mend: "写成 浮组发〔2026〕5号 的样子"})
	ruleFounded = diag.Define(diag.Rule{Code: "E2206", Name: "成立的日子写了两样", Severity: diag.Warning, Tunable: true,
		Why: "同一个党组织的成立日期，变动里一个，台账里一个", Mend: "核对变动的日期（date）和党组织的成立日期（founded）"})
	ruleOld = diag.Define(diag.Rule{Code: "E2207", Name: "覆盖情况半年没有更新", Severity: diag.Reminder,
		Why: "两个覆盖每半年摸排一次", Mend: "摸排以后补一条 [[coverage]]"})
	ruleAhead = diag.Define(diag.Rule{Code: "E2208", Name: "还没有到的变动", Severity: diag.Error,
		Why: "变动以批复为准，批复之前不公布", Mend: "核对日期（date）；没有批的先写 draft = true"})
)

var docNo = regexp.MustCompile(`^\p{Han}+〔\d{4}〕[1-9]\d{0,4}号$`)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "organisation", Title: "组织变动和覆盖", Needs: []string{"branches"}, Check: check, Remind: remind, Kinds: []ledger.Kind{
		ledger.Rows[Coverage]("coverage", "两个覆盖").Open().GroupedBy(func(_ *ledger.Book, e ledger.Entry) string { return string(e.(*Coverage).Kind) }),
		ledger.Rows[Reform]("reform", "优化设置").Open(),
		ledger.Rows[Change]("change", "组织变动").Open().GroupedBy(func(_ *ledger.Book, e ledger.Entry) string {
			return fmt.Sprintf("%d 年", e.(*Change).Date.Year)
		}),
	}})
	ledger.Figure("涉改单位党组织减少", "改革前后涉改单位的党组织数，减少的 ÷ 原来的", func(b *ledger.Book) ledger.Number {
		before, after := 0, 0
		for _, r := range ledger.All[Reform](b) {
			before, after = before+r.Before, after+r.After
		}
		return ledger.Share(before-after, before, "organisation")
	})
	rate := func(name, counted string, of func(c *Coverage) int) {
		ledger.Figure(name, counted, func(b *ledger.Book) ledger.Number {
			part, whole := 0, 0
			for _, c := range latest(b) {
				part, whole = part+of(c), whole+c.Total
			}
			return ledger.Share(part, whole, "organisation")
		})
	}
	rate("两新组织覆盖率", "（单独建 + 联合建）÷ 实体运营的企业和社会组织", func(c *Coverage) int { return c.Alone + c.Joint })
	rate("两新工作覆盖率", "（单独建 + 联合建 + 只派指导员）÷ 实体运营的企业和社会组织", func(c *Coverage) int { return c.Alone + c.Joint + c.Guided })
}

// latest are the last counts of each kind.
func latest(b *ledger.Book) map[CoverageKind]*Coverage {
	last := map[CoverageKind]*Coverage{}
	for _, c := range ledger.All[Coverage](b) {
		if l := last[c.Kind]; l == nil || l.AsOf.Before(c.AsOf) {
			last[c.Kind] = c
		}
	}
	return last
}

func check(b *ledger.Book, bag *diag.Bag) {
	less := map[string]int{}
	for _, c := range ledger.All[Change](b) {
		less[c.Reform.ID] += c.From - c.To
		br := c.Branch.In(b)
		switch {
		case c.Date.After(b.AsOf) && !c.Draft:
			bag.Addf(ruleAhead, c.At("date"), "变动的日期 %s 还没有到", c.Date)
		case br == nil:
		case c.Kind == "撤销" || c.Kind == "合并":
			bag.Addf(ruleGone, c.At("branch"), "“%s”%s %s，台账里还有它（%s）", br.Name, c.Date, c.Kind, br.At("name"))
		case c.Kind == "成立" && !br.Founded.IsZero() && br.Founded != c.Date:
			bag.Addf(ruleFounded, c.At("date"), "“%s”的成立，这里写 %s，台账里写 %s（%s）", br.Name, c.Date, br.Founded, br.At("founded"))
		}
		if c.DocNo != "" && !docNo.MatchString(c.DocNo) {
			bag.Addf(ruleDocNo, c.At("doc_no"), "文号“%s”的写法不对", c.DocNo)
		}
	}
	for _, r := range ledger.All[Reform](b) {
		if n := less[r.ID]; r.Before-n != r.After {
			bag.Addf(ruleReform, r.At("after"), "“%s”改前 %d 个，各次变动减了 %d 个，改后写的是 %d 个", r.Name, r.Before, n, r.After)
		}
	}
	for _, c := range ledger.All[Coverage](b) {
		if sum := c.Alone + c.Joint + c.Guided + c.None; sum != c.Total {
			bag.Addf(ruleCoverage, c.At("total"), "%d + %d + %d + %d = %d，实体运营写的是 %d", c.Alone, c.Joint, c.Guided, c.None, sum, c.Total)
		}
	}
}

func remind(b *ledger.Book, bag *diag.Bag) {
	const half = 190 // days
	for _, c := range latest(b) {
		if old := b.AsOf.Sub(c.AsOf); old > half {
			bag.Addf(ruleOld, c.At("as_of"), "%s的覆盖情况是 %s 的，过了 %d 天", c.Kind, c.AsOf, old)
		}
	}
}
