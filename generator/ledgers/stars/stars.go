// Package stars is the ledger of star ratings (星级党组织): indicators, the schemes of
// the years, results and helping pairs. What is counted over them is in figures.go.
package stars

import (
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// MaxStar is the highest star rating.
const MaxStar = 5

// Indicator is one of the indicators by which branches are graded (考核指标).
type Indicator struct {
	ledger.Record
	No        int              `toml:"no,required" zh:"序号" check:"min=1"`
	Dimension string           `toml:"dimension,required" zh:"方面"`
	Name      string           `toml:"name,required" zh:"指标"`
	Applies   []branches.Class `toml:"applies,required" zh:"适用类别"`
	Full      float64          `toml:"full,required" zh:"分值" check:"min=0,max=100"`
	Method    string           `toml:"method" zh:"考核方式"`
}

// Threshold is the score from which a star is given.
type Threshold struct {
	Star int     `toml:"star,required" zh:"星级" check:"min=1,max=5"`
	From float64 `toml:"from,required" zh:"起始分" check:"min=0"`
}

// Cap limits the share of branches with at least a star, in percent.
type Cap struct {
	Star  int     `toml:"star,required" zh:"星级" check:"min=1,max=5"`
	Share float64 `toml:"share,required" zh:"最高占比（%）" check:"min=0,max=100"`
}

// Scheme is a year's way of grading (星级评定办法), as data.
type Scheme struct {
	ledger.Record
	Year        int         `toml:"year,required" zh:"年度" check:"min=2000,max=2100"`
	Indicators  int         `toml:"indicators" zh:"指标项数" check:"min=0"`
	Base        float64     `toml:"base,required" zh:"基础分" check:"min=1"`
	BonusMax    float64     `toml:"bonus_max" zh:"加分上限" check:"min=0"`
	Thresholds  []Threshold `toml:"thresholds,required" zh:"各星级起始分"`
	Caps        []Cap       `toml:"caps" zh:"占比上限"`
	Veto        []string    `toml:"veto" zh:"一票否决情形"`
	VetoStar    int         `toml:"veto_star" zh:"被否决的最高星级" check:"min=0,max=5"`
	PublishFrom int         `toml:"publish_from" zh:"公布名单的最低星级" check:"min=1,max=5"`
	HelperStar  int         `toml:"helper_star" zh:"帮扶方最低星级" check:"min=0,max=5"`
	HelperMax   int         `toml:"helper_max" zh:"一家最多帮扶几个" check:"min=0"`
}

// defaultPublishFrom is the lowest published star where the scheme says nothing.
const defaultPublishFrom = 3

// PublishedFrom returns the lowest star whose names are public; 1 publishes all.
func (s *Scheme) PublishedFrom() int {
	if s.PublishFrom == 0 {
		return defaultPublishFrom
	}
	return s.PublishFrom
}

// StarFor returns the star that a total score earns.
func (s *Scheme) StarFor(total float64) int {
	star := 1
	for _, t := range s.Thresholds {
		if total >= t.From && t.Star > star {
			star = t.Star
		}
	}
	return star
}

// Result is a branch's rating in a year (星级评定结果).
type Result struct {
	ledger.Record
	Year   int                         `toml:"year,required" zh:"年度" check:"min=2000,max=2100"`
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党组织"`
	Score  float64                     `toml:"score,required" zh:"得分" check:"min=0"`
	Bonus  float64                     `toml:"bonus" zh:"加分" check:"min=0"`
	Veto   bool                        `toml:"veto" zh:"一票否决"`
	Star   int                         `toml:"star,required" zh:"星级" check:"min=1,max=5"`
	Last   int                         `toml:"last" zh:"上年星级" check:"min=0,max=5"`
	Reason string                      `toml:"reason" zh:"降星原因"`
}

// Pair is a helping pair (结对帮扶).
type Pair struct {
	ledger.Record
	Year     int                         `toml:"year,required" zh:"年度" check:"min=2000,max=2100"`
	Helped   ledger.Ref[branches.Branch] `toml:"helped,required" zh:"帮扶对象"`
	Helper   ledger.Ref[branches.Branch] `toml:"helper,required" zh:"帮扶方"`
	Measures []string                    `toml:"measures" zh:"帮扶措施"`
	From     calendar.Date               `toml:"from" zh:"开始日期"`
	To       calendar.Date               `toml:"to" zh:"结束日期"`
}

var (
	ruleIndicatorSum = diag.Define(diag.Rule{Code: "E1501", Name: "指标分值之和不对", Severity: diag.Error,
		Why: "每一类党组织的各项指标分值相加，应当正好等于基础分", Mend: "核对适用这一类的各项 full"})
	ruleIndicatorCount = diag.Define(diag.Rule{Code: "E1502", Name: "指标项数不对", Severity: diag.Error, Tunable: true,
		Why: "评定办法写明了指标的项数，指标表应当一致", Mend: "核对 [[indicator]] 的条数，或者评定办法里的 indicators"})
	ruleStarScore = diag.Define(diag.Rule{Code: "E1503", Name: "星级与得分不符", Severity: diag.Error,
		Why: "星级由得分和评定办法算出，不能另写", Mend: "核对得分和星级，改其中写错的一个"})
	ruleScoreRange = diag.Define(diag.Rule{Code: "E1504", Name: "得分超过满分", Severity: diag.Error,
		Why: "得分不超过基础分，加分不超过加分上限", Mend: "核对 score 和 bonus"})
	ruleCap = diag.Define(diag.Rule{Code: "E1505", Name: "高星级的占比超过上限", Severity: diag.Error, Tunable: true,
		Why: "评定办法规定了高星级的最高占比", Mend: "核对结果，或者评定办法里的 caps"})
	ruleNoHelper = diag.Define(diag.Rule{Code: "E1506", Name: "二星及以下没有结对帮扶", Severity: diag.Error, Tunable: true,
		Why: "对二星及以下的党支部要结对帮扶（“以下”包括本数）", Mend: "补一行 [[pair]]，helped 写这个党支部"})
	ruleHelper = diag.Define(diag.Rule{Code: "E1507", Name: "帮扶方不合适", Severity: diag.Error, Tunable: true,
		Why: "帮扶方要有足够的星级，不能帮扶自己，也不能同时帮扶太多", Mend: "换一个帮扶方"})
	ruleTwoResults = diag.Define(diag.Rule{Code: "E1508", Name: "同一年有两个结果", Severity: diag.Error,
		Why: "一个党支部一年只评一次", Mend: "删掉其中一行"})
	ruleNoScheme = diag.Define(diag.Rule{Code: "E1509", Name: "这一年没有评定办法", Severity: diag.Error,
		Why: "没有评定办法，就算不出星级，也不知道公布到几星", Mend: "补一行 [[scheme]]，写上这一年"})
	ruleDemotion = diag.Define(diag.Rule{Code: "E1510", Name: "降星没有写原因", Severity: diag.Warning, Tunable: true,
		Why: "动态管理要求降星写明原因，原因只供内部查看，不会公开", Mend: "补上 reason = \"…\""})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "stars", Title: "星级党组织", Check: checkStars, Kinds: []ledger.Kind{
		ledger.Rows[Indicator]("indicator", "考核指标").Open(),
		ledger.Rows[Scheme]("scheme", "评定办法"),
		ledger.Rows[Result]("result", "评定结果").PublishIf(resultIsPublished).Redact(redactResult).Hide("score", "bonus", "veto", "reason", "last").
			Posts("星级评定结果", 100, "县", "镇", "社区").
			Posts("星级牌", 110, "社区", "小区"),
		ledger.Rows[Pair]("pair", "结对帮扶").PublishIf(pairIsPublished),
	}})
}

// SchemeOf returns the scheme of a year, or nil.
func SchemeOf(b *ledger.Book, year int) *Scheme {
	for _, s := range ledger.All[Scheme](b) {
		if s.Year == year {
			return s
		}
	}
	return nil
}

// resultIsPublished holds back the low ratings: of these only the number is
// public, unless the county's scheme says otherwise.
func resultIsPublished(b *ledger.Book, e ledger.Entry) bool {
	r := e.(*Result)
	s := SchemeOf(b, r.Year)
	return s != nil && r.Star >= s.PublishedFrom()
}

// redactResult keeps of a result what the public may know: the star. Scores and
// reasons are internal, and so is last year's star where it was not published.
func redactResult(b *ledger.Book, e ledger.Entry) ledger.Entry {
	r := *e.(*Result)
	r.Score, r.Bonus, r.Veto, r.Reason = 0, 0, false, ""
	if s := SchemeOf(b, r.Year-1); s == nil || r.Last < s.PublishedFrom() {
		r.Last = 0
	}
	return &r
}

// pairIsPublished holds back pairs that would give away a low rating.
func pairIsPublished(b *ledger.Book, e ledger.Entry) bool {
	s := SchemeOf(b, e.(*Pair).Year)
	return s != nil && s.PublishedFrom() <= 1
}

func checkStars(b *ledger.Book, bag *diag.Bag) {
	for _, s := range ledger.All[Scheme](b) {
		checkIndicators(b, s, bag)
	}
	type key struct {
		year   int
		branch string
	}
	results := map[key]*Result{}
	for _, r := range ledger.All[Result](b) {
		k := key{r.Year, r.Branch.ID}
		if first := results[k]; first != nil {
			bag.Addf(ruleTwoResults, r.At("branch"), "“%s”%d 年的结果在 %s 已经写过", r.Branch.ID, r.Year, first.At("branch"))
			continue
		}
		results[k] = r
		checkResult(b, r, bag)
	}
	for _, s := range ledger.All[Scheme](b) {
		checkCaps(b, s, bag)
	}
	helped, load := map[key]bool{}, map[key]int{}
	for _, p := range ledger.All[Pair](b) {
		helped[key{p.Year, p.Helped.ID}] = true
		k := key{p.Year, p.Helper.ID}
		load[k]++
		star := -1
		if r := results[k]; r != nil {
			star = r.Star
		}
		checkPair(b, p, star, load[k], bag)
	}
	for _, r := range ledger.All[Result](b) {
		if r.Star <= 2 && !helped[key{r.Year, r.Branch.ID}] {
			bag.Addf(ruleNoHelper, r.At("branch"), "“%s”%d 年评为%s，还没有结对帮扶", r.Branch.ID, r.Year, StarWord(r.Star))
		}
	}
}

func checkIndicators(b *ledger.Book, s *Scheme, bag *diag.Bag) {
	all := ledger.All[Indicator](b)
	if len(all) == 0 {
		return
	}
	if s.Indicators > 0 && len(all) != s.Indicators {
		bag.Addf(ruleIndicatorCount, s.At("indicators"), "评定办法写的是 %d 项指标，指标表里有 %d 项", s.Indicators, len(all))
	}
	for _, class := range branches.Class("").Options() {
		sum, n := 0.0, 0
		for _, in := range all {
			if slices.Contains(in.Applies, branches.Class(class)) {
				sum += in.Full
				n++
			}
		}
		if n > 0 && !sameScore(sum, s.Base) {
			bag.Addf(ruleIndicatorSum, s.At("base"), "适用“%s”的 %d 项指标合计 %s 分，应当是 %s 分", class, n, ledger.Decimal(sum), ledger.Decimal(s.Base))
		}
	}
}

func sameScore(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

func checkResult(b *ledger.Book, r *Result, bag *diag.Bag) {
	s := SchemeOf(b, r.Year)
	if s == nil {
		bag.Addf(ruleNoScheme, r.At("year"), "%d 年没有评定办法", r.Year)
		return
	}
	if r.Score > s.Base {
		bag.Addf(ruleScoreRange, r.At("score"), "得分 %s 超过了基础分 %s", ledger.Decimal(r.Score), ledger.Decimal(s.Base))
	}
	if r.Bonus > s.BonusMax {
		bag.Addf(ruleScoreRange, r.At("bonus"), "加分 %s 超过了上限 %s", ledger.Decimal(r.Bonus), ledger.Decimal(s.BonusMax))
	}
	total := r.Score + r.Bonus
	want, why := s.StarFor(total), fmt.Sprintf("总分 %s，按办法是%s", ledger.Decimal(total), StarWord(s.StarFor(total)))
	if r.Veto && s.VetoStar < want {
		want, why = s.VetoStar, fmt.Sprintf("有一票否决，最高%s", StarWord(s.VetoStar))
	}
	if r.Star != want {
		bag.Addf(ruleStarScore, r.At("star"), "“%s”写的是%s；%s", r.Branch.ID, StarWord(r.Star), why)
	}
	if r.Last > r.Star && r.Reason == "" {
		bag.Addf(ruleDemotion, r.At("star"), "“%s”从%s降到%s，没有写原因", r.Branch.ID, StarWord(r.Last), StarWord(r.Star))
	}
}

func checkCaps(b *ledger.Book, s *Scheme, bag *diag.Bag) {
	y := yearOf(b, s.Year, func(*Result) bool { return true })
	for i, c := range s.Caps {
		if share := y.All.Percent(c.Star); y.All.Total > 0 && share > c.Share {
			bag.Addf(ruleCap, s.At("caps", i, "share"), "%s以上占 %.1f%%，超过了 %s%%", StarWord(c.Star), share, ledger.Decimal(c.Share))
		}
	}
}

func checkPair(b *ledger.Book, p *Pair, helperStar, load int, bag *diag.Bag) {
	s := SchemeOf(b, p.Year)
	switch {
	case p.Helper == p.Helped:
		bag.Addf(ruleHelper, p.At("helper"), "“%s”不能帮扶自己", p.Helper.ID)
	case s == nil:
	case helperStar < s.HelperStar:
		got := "没有评定结果"
		if helperStar > 0 {
			got = "是" + StarWord(helperStar)
		}
		bag.Addf(ruleHelper, p.At("helper"), "帮扶方“%s”%s，应当在%s以上", p.Helper.ID, got, StarWord(s.HelperStar))
	case s.HelperMax > 0 && load > s.HelperMax:
		bag.Addf(ruleHelper, p.At("helper"), "“%s”已经帮扶了 %d 个，最多 %d 个", p.Helper.ID, load-1, s.HelperMax)
	}
}

// StarWord returns the one form in which ratings are written: 五星级.
func StarWord(star int) string {
	if star < 0 || star > MaxStar {
		return "未评定"
	}
	return string([]rune("零一二三四五")[star]) + "星级"
}
