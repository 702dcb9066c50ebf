package stars

import (
	"cmp"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/notices"
	"biandan/generator/rules"
)

var (
	ruleHidden = diag.Define(diag.Rule{Code: "E1511", Name: "低星级的党支部能用排除法推出来", Severity: diag.Error,
		Why:     "没有公布名字的太少，或者大半是低星级的，对照名单一减就知道是谁",
		Mend:    "把公布名单的最低星级（publish_from）调高一级，让不公布的够多；决定全部公布的，写 publish_from = 1 和公布低星级名单的理由（publish_low_reason）",
		Example: "publish_from = 4 # 只公布四星以上，三星及以下的只公布个数"})
	ruleNoResult = diag.Define(diag.Rule{Code: "E1513", Name: "党支部没有评定结果", Severity: diag.Error,
		Why: "当年 7 月 1 日以前成立、有类别的党支部都要参评，漏了一个，比例就不对", Mend: "补一行 [[result]]；不参评的，核对它的类别（class）和成立日期（founded）"})
	ruleNotGraded = diag.Define(diag.Rule{Code: "E1514", Name: "不参评的党组织有了结果", Severity: diag.Error,
		Why: "只评小区党支部和单位党支部，按类别评；没有类别的排不进任何一类", Mend: "删掉这一行，或者给这个党支部补上类别（class）"})
	ruleScheme = diag.Define(diag.Rule{Code: "E1515", Name: "评定办法自相矛盾", Severity: diag.Error,
		Why: "一年一个办法，星级越高起始分越高、占比越低，才能由得分算出星级", Mend: "核对这一年的 [[scheme]]、各星级起始分（thresholds）和占比上限（caps）"})
	ruleIndicatorSet = diag.Define(diag.Rule{Code: "E1516", Name: "考核指标缺号，或者方面不是五个", Severity: diag.Error,
		Why: "“五化一创”按五个方面考核，指标按序号排；缺一号、写错一个方面，就有一项没处归", Mend: "核对 [[indicator]] 的序号（no）和方面（dimension）"})
	rulePair = diag.Define(diag.Rule{Code: "E1517", Name: "结对帮扶没有落到实处", Severity: diag.Error, Tunable: true,
		Why: "帮扶对象当年二星及以下；要有开始和结束、有期限的措施", Mend: "核对帮扶对象（helped）、开始日期（from）、结束日期（to），写上有期限（due）的帮扶措施（measures）"})
	ruleAnnounced = diag.Define(diag.Rule{Code: "E1518", Name: "结果没有公示完就公布了", Severity: diag.Error,
		Why: "星级评定结果先公示、后公布：公示的最后一天过了，才能公布", Mend: "核对评定办法的结果的公示（notice）和结果公布日期（announced）"})
	ruleVeto = diag.Define(diag.Rule{Code: "E1519", Name: "没有这种一票否决情形", Severity: diag.Error,
		Why: "一票否决（veto_no）是评定办法里否决情形的序号", Mend: "核对一票否决（veto_no）与 [[scheme]] 的一票否决情形（veto）"})
	ruleYearOver = diag.Define(diag.Rule{Code: "E1520", Name: "这一年还没有结束", Severity: diag.Error,
		Why: "年度星级在年度结束以后评；年度写错，结果就进了另一年", Mend: "核对年度（year）"})
	ruleAward = diag.Define(diag.Rule{Code: "E1522", Name: "评优的星级不够", Severity: diag.Error, Tunable: true,
		Why: "评定办法写明了评优的最低星级（award_from）", Mend: "核对结果运用这一行，或者评定办法里的评优的最低星级（award_from）"})
	rulePairOver = diag.Define(diag.Rule{Code: "E1524", Name: "帮扶到期没有写结果", Severity: diag.Warning, Tunable: true,
		Why: "帮扶到了期，升星了、达标了还是没有，要有一个说法", Mend: "写上帮扶结束日期（ended）和帮扶结果（outcome）；还要接着帮的，把结束日期（to）往后改"})
	ruleMeasureLate = diag.Define(diag.Rule{Code: "E1521", Name: "帮扶措施过期没有做", Severity: diag.Warning, Tunable: true,
		Why: "帮扶措施有期限；过了期没有做，到年底还是二星", Mend: "做完的写完成日期（done）；还没有做的，改期限（due）"})
	ruleNoNotice = diag.Define(diag.Rule{Code: "E1523", Name: "评定办法没有写公示和公布", Severity: diag.Warning, Tunable: true,
		Why: "写明是哪一份公示、哪天公布，才看得出先公示、后公布", Mend: "补上 notice = \"公示的编号\" 和 announced = 日期"})
)

// The defaults where a scheme says nothing.
const (
	defaultAnonymity = 5 // unnamed branches among whom a low one is not known
	defaultAwardFrom = 3
	low              = 2 // 二星及以下: helped, and not named
)

func checkScheme(s *Scheme, bag *diag.Bag) {
	for i, x := range s.Caps {
		for _, y := range s.Caps[:i] {
			if x.Star == y.Star || x.Star > y.Star && x.Share > y.Share || x.Star < y.Star && x.Share < y.Share {
				bag.Addf(ruleScheme, s.At("caps", i, "share"), "%s以上最多 %s%%，%s以上最多 %s%%：星级越高，占比应当越低", StarWord(x.Star), ledger.Decimal(x.Share), StarWord(y.Star), ledger.Decimal(y.Share))
				break
			}
		}
	}
	for i, x := range s.Thresholds {
		for _, y := range s.Thresholds[:i] {
			if x.Star == y.Star || x.From == y.From || (x.Star > y.Star) != (x.From > y.From) {
				bag.Addf(ruleScheme, s.At("thresholds", i, "from"), "%s从 %s 分起，%s从 %s 分起：星级越高，起始分应当越高", StarWord(x.Star), ledger.Decimal(x.From), StarWord(y.Star), ledger.Decimal(y.From))
				return
			}
		}
	}
}

// checkFair looks at what lies between the results: whole years, whole classes, the
// way from 公示 to publication, and what the names give away.
func checkFair(b *ledger.Book, results map[key]*Result, bag *diag.Bag) {
	checkIndicatorSet(b, bag)
	rated := map[int]bool{}
	for _, r := range ledger.All[Result](b) {
		rated[r.Year] = true
		br, s := r.Branch.In(b), SchemeOf(b, r.Year)
		switch {
		case br != nil && !br.Level.IsBranch():
			bag.Addf(ruleNotGraded, r.At("branch"), "“%s”不参加评定：它是%s", br.Name, br.Level)
		case br != nil && br.Class == "":
			bag.Addf(ruleNotGraded, r.At("branch"), "“%s”不参加评定：没有写类别", br.Name)
		case r.Year >= b.Present.Year:
			bag.Addf(ruleYearOver, r.At("year"), "%d 年还没有结束", r.Year)
		case s != nil && r.VetoNo > len(s.Veto):
			bag.Addf(ruleVeto, r.At("veto_no"), "%d 年的办法只有 %d 种否决情形，没有第 %d 种", r.Year, len(s.Veto), r.VetoNo)
		}
	}
	for _, s := range ledger.All[Scheme](b) {
		if rated[s.Year] {
			checkComplete(b, s, results, bag)
			checkAnnounced(b, s, bag)
			checkHidden(b, s, bag)
		}
	}
	for _, e := range ledger.All[Effect](b) {
		s, r := SchemeOf(b, e.Year), results[key{e.Year, e.Branch.ID}]
		if from := awardFrom(s); e.Kind != "目标考核" && r != nil && r.Star < from {
			bag.Addf(ruleAward, e.At("branch"), "“%s”%d 年是%s，%s要%s以上", e.Branch.ID, e.Year, StarWord(r.Star), e.Kind, StarWord(from))
		}
	}
}

func awardFrom(s *Scheme) int {
	if s == nil || s.AwardFrom == 0 {
		return defaultAwardFrom
	}
	return s.AwardFrom
}

func checkIndicatorSet(b *ledger.Book, bag *diag.Bag) {
	all := ledger.All[Indicator](b)
	const dimensions = 5
	var first []*Indicator // of each dimension
	count := map[string]int{}
	for _, in := range all {
		if count[in.Dimension]++; count[in.Dimension] == 1 {
			first = append(first, in)
		}
	}
	// What is mistyped stands in the fewest indicators.
	slices.SortStableFunc(first, func(x, y *Indicator) int { return cmp.Compare(count[x.Dimension], count[y.Dimension]) })
	for _, in := range first[:min(dimensions, max(0, len(first)-dimensions))] {
		bag.Addf(ruleIndicatorSet, in.At("dimension"), "一共有 %d 个方面，应当是五个：“%s”只有 %d 项指标", len(first), in.Dimension, count[in.Dimension])
	}
}

// checkComplete wants a result of every branch that was there by the middle of the year.
func checkComplete(b *ledger.Book, s *Scheme, results map[key]*Result, bag *diag.Bag) {
	const told = 100 // of a year of which nobody has been written yet
	missing := 0
	middle, _ := calendar.NewDate(s.Year, 7, 1)
	for _, br := range ledger.All[branches.Branch](b) {
		graded := br.Class != "" && br.Level.IsBranch() && br.Founded.Before(middle)
		if graded && results[key{s.Year, br.ID}] == nil && missing < told {
			missing++
			bag.Addf(ruleNoResult, br.At("name"), "“%s”没有 %d 年的评定结果", br.Name, s.Year)
		}
	}
}

// checkAnnounced wants the results of a year published after their 公示.
func checkAnnounced(b *ledger.Book, s *Scheme, bag *diag.Bag) {
	n := s.Notice.In(b)
	if s.Notice.IsZero() || s.Announced.IsZero() {
		bag.Addf(ruleNoNotice, s.At("year"), "%d 年的评定结果没有写是哪一份公示、哪天公布的", s.Year)
	}
	if s.Announced.After(b.Present) {
		bag.Addf(ruleAnnounced, s.At("announced"), "%d 年的结果 %s 才公布，结果却已经在台账里公开了", s.Year, s.Announced)
		return
	}
	if n != nil {
		notices.CheckAfter(b, ruleAnnounced, n, "星级评定", s.Announced, s.At("announced"), bag)
	}
}

// checkHidden wants those whose names are held back to be so many that nobody can
// tell which of them are rated low: in each class and in all.
func checkHidden(b *ledger.Book, s *Scheme, bag *diag.Bag) {
	from := s.PublishedFrom()
	if from <= 1 {
		if s.PublishLowReason == "" {
			bag.Addf(ruleHidden, s.At("publish_from"), "%d 年公布全部名单，没有写理由（publish_low_reason）", s.Year)
		}
		return
	}
	anonymity := s.Anonymity
	if !s.Origin.Has("anonymity") {
		anonymity = defaultAnonymity
	}
	y := yearOf(b, s.Year, counts)
	check := func(who string, all Spread) {
		hidden, weak := all.Below(from), all.Below(low+1)
		if from <= low {
			weak = all.Below(from)
		}
		if weak == 0 || hidden >= anonymity && 3*weak <= hidden {
			return
		}
		at := s.At("publish_from")
		if !s.Origin.Has("publish_from") {
			at = s.At("year")
		}
		bag.Addf(ruleHidden, at, "%d 年%s有 %d 个党支部没有公布名字，其中 %d 个是二星及以下：至少要 %d 个没有公布，低星级的不超过三分之一", s.Year, who, hidden, weak, max(anonymity, 3*weak))
	}
	for _, c := range y.ByClass {
		check("“"+string(c.Class)+"”类", c.Spread)
	}
	check("", y.All)
}

// checkCourse holds the steps of a helping pair against each other, the day, and the
// results of the one that is helped in its year and the next, nil where there is none.
func checkCourse(b *ledger.Book, p *Pair, helped, next *Result, bag *diag.Bag) {
	if p.Outcome == "升星" && helped != nil && next != nil && next.Star <= helped.Star {
		bag.Addf(rulePair, p.At("outcome"), "写的是升星，“%s”%d 年是%s，%d 年还是%s（%s）", p.Helped.ID, p.Year, StarWord(helped.Star), p.Year+1, StarWord(next.Star), next.At("star"))
	}
	switch {
	case p.From.IsZero() || p.To.IsZero():
		bag.Addf(rulePair, p.At("helped"), "对“%s”的帮扶没有写从哪天到哪天（from、to）", p.Helped.ID)
	case !p.From.Before(p.To):
		bag.Addf(rulePair, p.At("to"), "帮扶的结束 %s 不在开始 %s 以后", p.To, p.From)
	case len(p.Measures) == 0 && !p.Origin.Has("measures"):
		bag.Addf(rulePair, p.At("helped"), "对“%s”的帮扶没有写措施", p.Helped.ID)
	case p.To.Before(b.AsOf) && (p.Ended.IsZero() || p.Outcome == ""):
		bag.Addf(rulePairOver, p.At("to"), "对“%s”的帮扶 %s 到期，没有写结束日期和结果（ended、outcome）", p.Helped.ID, p.To)
	}
	if helped != nil && helped.Star > low {
		bag.Addf(rulePair, p.At("helped"), "“%s”%d 年是%s（%s），不用帮扶", p.Helped.ID, p.Year, StarWord(helped.Star), helped.At("star"))
	}
	if p.From.Year == p.Year {
		bag.Addf(rulePair, p.At("from"), "帮扶 %s 就开始了，%d 年的星级那时还没有评", p.From, p.Year)
	}
	rules.Order(bag, rulePair, b.Present,
		rules.Step{Name: "帮扶开始", Date: p.From, At: func() diag.Pos { return p.At("from") }, Planned: true},
		rules.Step{Name: "帮扶结束", Date: p.Ended, At: func() diag.Pos { return p.At("ended") }})
	for i, m := range p.Measures {
		if late := rules.Late(m.Due, m.Done, b.AsOf); late > 0 && p.Ended.IsZero() {
			bag.Addf(ruleMeasureLate, p.At("measures", i, "due"), "对“%s”的措施“%s”应当在 %s 做完，过了 %d 天", p.Helped.ID, m.Text, m.Due, late)
		}
		if p.From.Before(p.To) && !p.From.IsZero() && (m.Due.Before(p.From) || m.Due.After(p.To)) && !m.Due.IsZero() {
			bag.Addf(rulePair, p.At("measures", i, "due"), "措施的期限 %s 不在帮扶的 %s 到 %s 里", m.Due, p.From, p.To)
		}
		rules.Order(bag, rulePair, b.Present,
			rules.Step{Name: "帮扶开始", Date: p.From, At: func() diag.Pos { return p.At("from") }, Planned: true},
			rules.Step{Name: "完成", Date: m.Done, At: func() diag.Pos { return p.At("measures", i, "done") }})
	}
}

var ruleMeasureDue = diag.Define(diag.Rule{Code: "E1525", Name: "帮扶措施快到期限", Severity: diag.Reminder,
	Why: "帮扶写了期限就要按期做；过了期限还没有完成，检查会警告", Mend: "做完的写上完成日期（done）"})

// remind tells of measures of helping pairs that are due within a month.
func remind(b *ledger.Book, bag *diag.Bag) {
	remindEvidence(ledger.All[Indicator](b), bag)
	const ahead = 30 // days
	for _, p := range ledger.All[Pair](b) {
		for i, m := range p.Measures {
			if left := m.Due.Sub(b.AsOf); m.Done.IsZero() && p.Ended.IsZero() && left >= 0 && left <= ahead {
				bag.Addf(ruleMeasureDue, p.At("measures", i, "due"), "帮扶措施“%s”%s 到期限，还有 %d 天", m.Text, m.Due, left)
			}
		}
	}
}
