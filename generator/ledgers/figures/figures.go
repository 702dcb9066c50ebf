// Package figures is the ledger of what the county says of itself in numbers: figures
// that were published (口径数字), held against those that the records give, and what it
// promises residents (承诺).
package figures

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Approx is the word that makes a published number a round one.
type Approx string

// The words. 余 and 多 promise less than the next round number, 以上 promises no bound.
const (
	Over    Approx = "余"
	More    Approx = "多"
	AtLeast Approx = "以上"
)

// Options lists the words.
func (Approx) Options() []string { return []string{string(Over), string(More), string(AtLeast)} }

// Claim is a number that was published of a figure.
type Claim struct {
	ledger.Record
	Figure ledger.FigureName `toml:"figure,required" zh:"数字"`
	N      float64           `toml:"n,required" zh:"公布的数" check:"min=0"`
	Approx Approx            `toml:"approx" zh:"约数"`
	Source string            `toml:"source,required" zh:"出处"`
	AsOf   calendar.Date     `toml:"as_of,required" zh:"公布的日子"`
}

// Text is the number as it was published, without its unit: 50余.
func (c *Claim) Text() string { return ledger.Decimal(c.N) + string(c.Approx) }

// Holds reports whether a computed number is what was published: a round one with 余
// holds up to the next number that is as round.
func (c *Claim) Holds(computed float64) bool {
	const same = 0.005 // half of the last decimal that is published
	switch c.Approx {
	case AtLeast:
		return computed >= c.N
	case Over, More:
		return computed >= c.N && computed < c.N+roundness(c.N)
	}
	return math.Abs(computed-c.N) < same
}

// roundness is the power of ten of a number's last digit that is not 0: 100 of 2400.
func roundness(n float64) float64 {
	step := 1.0
	for n > 0 && math.Mod(n, 10*step) == 0 {
		step *= 10
	}
	return step
}

// Unit is what a promise counts in.
type Unit string

// Options lists the units.
func (Unit) Options() []string { return []string{"个工作日", "天", "小时", "分钟"} }

// Promise is how long residents wait at most (承诺): written once, quoted in texts.
type Promise struct {
	ledger.Record
	Name  string `toml:"name,required" zh:"承诺"`
	N     int    `toml:"n,required" zh:"多少" check:"min=1"`
	Unit  Unit   `toml:"unit,required" zh:"单位"`
	Where string `toml:"where" zh:"用在哪里"`
}

// Text is the promise in a sentence: 2 个工作日.
func (p *Promise) Text() string { return fmt.Sprintf("%d %s", p.N, p.Unit) }

// Campaign is what was done once (大事), with the numbers that were published of it. They
// are history: no sum counts them.
type Campaign struct {
	ledger.Record
	Name    string        `toml:"name,required" zh:"什么事"`
	From    calendar.Date `toml:"from,required" zh:"开始"`
	To      calendar.Date `toml:"to,required" zh:"结束"`
	Numbers []Told        `toml:"numbers,required" zh:"数字"`
	Source  string        `toml:"source,required" zh:"出处"`
}

// Goal is what a figure is to reach, by when (目标).
type Goal struct {
	ledger.Record
	Name   string            `toml:"name,required" zh:"目标"`
	Figure ledger.FigureName `toml:"figure,required" zh:"数字"`
	N      float64           `toml:"n,required" zh:"要到多少" check:"min=0"`
	From   calendar.Date     `toml:"from,required" zh:"从哪天起"`
	Due    calendar.Date     `toml:"due,required" zh:"到哪天"`
	Source string            `toml:"source" zh:"出处"`
}

// Planned is how much of the figure a straight line would have reached on a day.
func (g *Goal) Planned(d calendar.Date) float64 {
	whole := g.Due.Sub(g.From)
	if whole <= 0 {
		return g.N
	}
	return g.N * math.Min(1, math.Max(0, float64(d.Sub(g.From))/float64(whole)))
}

// Told is a number of a campaign.
type Told struct {
	Name   string  `toml:"name,required" zh:"数字"`
	N      float64 `toml:"n,required" zh:"多少" check:"min=0"`
	Approx Approx  `toml:"approx" zh:"约数"`
	Unit   string  `toml:"unit" zh:"单位"`
}

// Text is the number as it was published: 300余 名.
func (t *Told) Text() string { return ledger.Decimal(t.N) + string(t.Approx) }

var (
	ruleGoal = diag.Define(diag.Rule{Code: "E3005", Name: "目标落后了", Severity: diag.Reminder,
		Why: "照日子平摊，今天应当到的数还没有到", Mend: "想想还差什么；目标变了的，改期限（due）或者要到多少（n）"})
	ruleGoalDays = diag.Define(diag.Rule{Code: "E3006", Name: "目标的日子不对", Severity: diag.Error,
		Why: "目标要有一段日子去做", Mend: "核对从哪天起（from）、到哪天（due）"})
	ruleCampaign = diag.Define(diag.Rule{Code: "E3004", Name: "大事的日子不对", Severity: diag.Error,
		Why: "过去的事有头有尾；还没有结束的不是历史", Mend: "核对开始（from）和结束（to）"})
	ruleClaim = diag.Define(diag.Rule{Code: "E3001", Name: "公布的数与台账不符", Severity: diag.Warning, Tunable: true,
		Why:     "报道、文件里写了一个数，台账数出来是另一个，问起来说不清；“50余”是 50 到 59，“2400余”是 2400 到 2499",
		Mend:    "台账漏了的补上；数真的变了的，以后照新的说，在这里补一条新的出处",
		Example: "[[claim]]\nid = \"fuwu-2026\"\nfigure = \"服务事项\"\nn = 50\napprox = \"余\"\nsource = \"县委组织部工作总结\"\nas_of = 2026-01-10"})
	rulePromise = diag.Define(diag.Rule{Code: "E3002", Name: "一项承诺写了两次", Severity: diag.Error,
		Why: "承诺只写一处，正文里用 {{ promise \"名字\" }} 引用，才不会一处一个样", Mend: "删掉其中一条"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "figures", Title: "数说", Check: check, Remind: remindTyped},
		ledger.Rows[Claim]("claim", "口径数字").Open(),
		ledger.Rows[Promise]("promise", "承诺").Open().Unique(rulePromise, "name", "承诺“%s”", func(p *Promise) string { return p.Name }),
		ledger.Rows[Goal]("goal", "目标").Open().Check((*Goal).check).Remind((*Goal).remind),
		ledger.Rows[Campaign]("campaign", "大事").Open().Check((*Campaign).check),
	)
	ledger.DeclareQuote("promise", func(b *ledger.Book) map[string]string {
		all := map[string]string{}
		for _, p := range ledger.All[Promise](b) {
			all[p.Name] = p.Text()
		}
		return all
	})
}

func check(b *ledger.Book, bag *diag.Bag) {
	for _, c := range newest(b) {
		n := c.Figure.In(b)
		if computed, err := strconv.ParseFloat(n.Value, 64); err == nil && !c.Holds(computed) {
			bag.Addf(ruleClaim, c.At("n"), "%s：%s写的是 %s，现在数出来是 %s", c.Figure, c.Source, c.Text(), n)
		}
	}
}

func (g *Goal) check(_ *ledger.Book, bag *diag.Bag) {
	if !g.Due.After(g.From) {
		bag.Addf(ruleGoalDays, g.At("due"), "目标“%s”从 %s 到 %s", g.Name, g.From, g.Due)
	}
}

func (c *Campaign) check(b *ledger.Book, bag *diag.Bag) {
	if c.To.Before(c.From) || c.To.After(b.AsOf) {
		bag.Addf(ruleCampaign, c.At("to"), "“%s”从 %s 到 %s，今天是 %s", c.Name, c.From, c.To, b.AsOf)
	}
}

// newest are the claims that count today: of each figure the last.
func newest(b *ledger.Book) (all []*Claim) {
	last := map[ledger.FigureName]*Claim{}
	for _, c := range ledger.All[Claim](b) {
		if l := last[c.Figure]; l == nil || l.AsOf.Before(c.AsOf) {
			last[c.Figure] = c
		}
	}
	for _, c := range ledger.All[Claim](b) {
		if last[c.Figure] == c {
			all = append(all, c)
		}
	}
	return all
}

// ClaimOf returns what was published last of a figure; nil: nothing.
func ClaimOf(b *ledger.Book, f ledger.FigureName) *Claim {
	for _, c := range newest(b) {
		if c.Figure == f {
			return c
		}
	}
	return nil
}

var ruleTyped = diag.Define(diag.Rule{Code: "E3007", Name: "正文里写死了会变的数", Severity: diag.Reminder,
	Why: "台账变了，写死的数不会跟着变，过一阵子网上就有两个数", Mend: "换成 {{ figure \"名称\" }}，以后自己会变"})

// remindTyped tells of numbers in texts that are figures, or were once.
func remindTyped(b *ledger.Book, bag *diag.Bag) {
	ledger.EachTypedCount(b, func(c ledger.TypedCount, at diag.Pos) {
		for _, name := range ledger.FigureName("").Options() {
			n := ledger.FigureName(name).In(b)
			said := ledger.Number{Value: strconv.Itoa(c.N), Unit: n.Unit}
			if !speaksOf(c, name, n.Unit, said.Value == n.Value) {
				continue
			}
			bag.Add(ruleTyped, at, fmt.Sprintf("正文写了 %s，台账数出来的“%s”是 %s", said, name, n), fmt.Sprintf("换成 {{ figure \"%s\" }}，以后自己会变", name))
			return
		}
	})
}

// speaksOf reports whether a number in a text is that of a figure: its name stands beside
// it, or at least the noun at the end of its name when the number is the same.
func speaksOf(c ledger.TypedCount, name, unit string, same bool) bool {
	rest, ok := strings.CutPrefix(c.After, unit)
	if !ok || unit == "" {
		return false
	}
	rest = strings.TrimSpace(rest)
	runes := []rune(name)
	noun := string(runes[max(0, len(runes)-2):])
	return strings.HasPrefix(rest, name) || strings.Contains(c.Before, name) || same && strings.HasPrefix(rest, noun)
}

// remind tells of a goal that is behind a straight line.
func (g *Goal) remind(b *ledger.Book, bag *diag.Bag) {
	n := g.Figure.In(b)
	if computed, err := strconv.ParseFloat(n.Value, 64); err == nil && computed < g.Planned(b.AsOf) {
		bag.Addf(ruleGoal, g.At("n"), "“%s”现在 %s，照日子应当到 %s，%s 要到 %s", g.Name, n, n.With(g.Planned(b.AsOf)), g.Due, n.With(g.N))
	}
}
