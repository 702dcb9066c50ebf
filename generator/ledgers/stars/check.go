package stars

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

var (
	ruleIndicatorSum = diag.Define(diag.Rule{Code: "E1501", Name: "指标分值之和不对", Severity: diag.Error,
		Why: "每一类党组织的各项指标分值相加，应当正好等于基础分", Mend: "核对适用这一类的各项分值（full）"})
	ruleIndicatorCount = diag.Define(diag.Rule{Code: "E1502", Name: "指标项数不对", Severity: diag.Error, Tunable: true,
		Why: "评定办法写明了指标的项数，指标表应当一致", Mend: "核对 [[indicator]] 的条数，或者评定办法里的指标项数（indicators）"})
	ruleStarScore = diag.Define(diag.Rule{Code: "E1503", Name: "星级与得分不符", Severity: diag.Error,
		Why: "星级由得分和评定办法算出，不能另写", Mend: "核对得分和星级，改其中写错的一个"})
	ruleScoreRange = diag.Define(diag.Rule{Code: "E1504", Name: "得分超过满分", Severity: diag.Error,
		Why: "得分不超过基础分，加分不超过加分上限", Mend: "核对得分（score）和加分（bonus）"})
	ruleCap = diag.Define(diag.Rule{Code: "E1505", Name: "高星级的占比超过上限", Severity: diag.Error, Tunable: true,
		Why: "评定办法规定了高星级的最高占比", Mend: "核对结果，或者评定办法里的占比上限（caps）"})
	ruleNoHelper = diag.Define(diag.Rule{Code: "E1506", Name: "二星及以下没有结对帮扶", Severity: diag.Error, Tunable: true,
		Why: "对二星及以下的党支部要结对帮扶（“以下”包括本数）", Mend: "补一行 [[pair]]，帮扶对象（helped）写这个党支部"})
	ruleHelper = diag.Define(diag.Rule{Code: "E1507", Name: "帮扶方不合适", Severity: diag.Error, Tunable: true,
		Why: "帮扶方要有足够的星级，不能帮扶自己，也不能同时帮扶太多", Mend: "换一个帮扶方"})
	ruleTwoResults = diag.Define(diag.Rule{Code: "E1508", Name: "同一年有两个结果", Severity: diag.Error,
		Why: "一个党支部一年只评一次", Mend: "删掉其中一行"})
	ruleNoScheme = diag.Define(diag.Rule{Code: "E1509", Name: "这一年没有评定办法", Severity: diag.Error,
		Why: "没有评定办法，就算不出星级，也不知道公布到几星", Mend: "补一行 [[scheme]]，写上这一年"})
	ruleDemotion = diag.Define(diag.Rule{Code: "E1510", Name: "降星没有写原因", Severity: diag.Warning, Tunable: true,
		Why: "动态管理要求降星写明原因，原因只供内部查看，不会公开", Mend: "补上降星原因：reason = \"…\""})
	ruleLeap = diag.Define(diag.Rule{Code: "E1512", Name: "星级升降太大", Severity: diag.Warning, Tunable: true,
		Why: "一年升降两级以上很少见，多半是抄错了行", Mend: "核对得分和星级；确实如此，在 [rules] 里关掉这一条"})
)

// key is a branch in a year.
type key struct {
	year   int
	branch string
}

func checkStars(b *ledger.Book, bag *diag.Bag) {
	for _, s := range ledger.All[Scheme](b) {
		checkIndicators(b, s, bag)
		checkScheme(s, bag)
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
	for _, r := range ledger.All[Result](b) {
		checkChange(r, results[key{r.Year - 1, r.Branch.ID}], bag)
	}
	checkFair(b, results, bag)
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
		checkCourse(b, p, results[key{p.Year, p.Helped.ID}], results[key{p.Year + 1, p.Helped.ID}], bag)
		checkPair(b, p, star, load[k], bag)
	}
	for _, r := range ledger.All[Result](b) {
		if r.Star <= low && !helped[key{r.Year, r.Branch.ID}] {
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
			if in.appliesTo(branches.Class(class)) {
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
	if r.VetoNo > 0 && s.VetoStar < want {
		want, why = s.VetoStar, fmt.Sprintf("有一票否决，最高%s", StarWord(s.VetoStar))
	}
	if r.Star != want {
		bag.Addf(ruleStarScore, r.At("star"), "“%s”写的是%s；%s", r.Branch.ID, StarWord(r.Star), why)
	}
}

// checkChange holds a result against that of the year before, nil where there is none.
func checkChange(r, before *Result, bag *diag.Bag) {
	if before == nil {
		return
	}
	if before.Star > r.Star && r.Reason == "" {
		bag.Addf(ruleDemotion, r.At("star"), "“%s”从%s降到%s，没有写原因", r.Branch.ID, StarWord(before.Star), StarWord(r.Star))
	}
	const leap = 2
	if d := max(r.Star-before.Star, before.Star-r.Star); d >= leap {
		bag.Addf(ruleLeap, r.At("star"), "“%s”上年是%s（%s），这一年是%s，差 %d 级", r.Branch.ID, StarWord(before.Star), before.At("star"), StarWord(r.Star), d)
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
