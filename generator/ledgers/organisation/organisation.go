// Package organisation is the ledger of how the organisation changed (组织建设 ·
// 变动和覆盖): what was founded, merged and dissolved, and how far it reaches.
package organisation

import (
	"fmt"
	"regexp"
	"slices"

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
	ledger.Declare(ledger.Ledger{Folder: "organisation", Title: "组织变动和覆盖", Needs: []string{"branches"}},
		ledger.Rows[Coverage]("coverage", "两个覆盖").Open().Check((*Coverage).check).Remind((*Coverage).remind).GroupedBy(func(c *Coverage, _ *ledger.Book) string { return string(c.Kind) }).
			Share("两新组织覆盖率", "（单独建 + 联合建）÷ 实体运营的企业和社会组织", func(c *Coverage, b *ledger.Book) (part, whole int) {
				return c.latest(b, c.Alone+c.Joint)
			}).
			Share("两新工作覆盖率", "（单独建 + 联合建 + 只派指导员）÷ 实体运营的企业和社会组织", func(c *Coverage, b *ledger.Book) (part, whole int) {
				return c.latest(b, c.Alone+c.Joint+c.Guided)
			}),
		ledger.Rows[Reform]("reform", "优化设置").Open().Check((*Reform).check).
			Share("涉改单位党组织减少", "改革前后涉改单位的党组织数，减少的 ÷ 原来的", func(r *Reform, _ *ledger.Book) (less, all int) { return r.Before - r.After, r.Before }),
		ledger.Rows[Change]("change", "组织变动").Open().Past(ruleAhead, "date").Check((*Change).check).
			GroupedBy(func(c *Change, _ *ledger.Book) string { return fmt.Sprintf("%d 年", c.Date.Year) }),
	)
}

// isLatest reports whether no later count of its kind is in the book.
func (c *Coverage) isLatest(b *ledger.Book) bool {
	later := func(x *Coverage) bool { return x.Kind == c.Kind && x.AsOf.After(c.AsOf) }
	return !slices.ContainsFunc(ledger.All[Coverage](b), later)
}

// latest gives a part of the count and its total, when it is the latest.
func (c *Coverage) latest(b *ledger.Book, n int) (part, whole int) {
	if c.isLatest(b) {
		return n, c.Total
	}
	return 0, 0
}

func (c *Change) check(b *ledger.Book, bag *diag.Bag) {
	switch br := c.Branch.In(b); {
	case br == nil || c.Date.After(b.AsOf):
	case c.Kind == "撤销" || c.Kind == "合并":
		bag.Addf(ruleGone, c.At("branch"), "“%s”%s %s，台账里还有它（%s）", br.Name, c.Date, c.Kind, br.At("name"))
	case c.Kind == "成立" && !br.Founded.IsZero() && br.Founded != c.Date:
		bag.Addf(ruleFounded, c.At("date"), "“%s”的成立，这里写 %s，台账里写 %s（%s）", br.Name, c.Date, br.Founded, br.At("founded"))
	}
	if c.DocNo != "" && !docNo.MatchString(c.DocNo) {
		bag.Addf(ruleDocNo, c.At("doc_no"), "文号“%s”的写法不对", c.DocNo)
	}
}

func (r *Reform) check(b *ledger.Book, bag *diag.Bag) {
	less := 0
	for _, c := range ledger.All[Change](b) {
		if c.Reform.ID == r.ID {
			less += c.From - c.To
		}
	}
	if r.Before-less != r.After {
		bag.Addf(ruleReform, r.At("after"), "“%s”改前 %d 个，各次变动减了 %d 个，改后写的是 %d 个", r.Name, r.Before, less, r.After)
	}
}

func (c *Coverage) check(_ *ledger.Book, bag *diag.Bag) {
	if sum := c.Alone + c.Joint + c.Guided + c.None; sum != c.Total {
		bag.Addf(ruleCoverage, c.At("total"), "%d + %d + %d + %d = %d，实体运营写的是 %d", c.Alone, c.Joint, c.Guided, c.None, sum, c.Total)
	}
}

func (c *Coverage) remind(b *ledger.Book, bag *diag.Bag) {
	const half = 190 // days
	if old := b.AsOf.Sub(c.AsOf); c.isLatest(b) && old > half {
		bag.Addf(ruleOld, c.At("as_of"), "%s的覆盖情况是 %s 的，过了 %d 天", c.Kind, c.AsOf, old)
	}
}
