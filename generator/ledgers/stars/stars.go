// Package stars is the ledger of star ratings (星级党组织): indicators, the schemes of
// the years, results and helping pairs. What is counted over them is in
// figures.go, what is checked in check.go (scores and stars) and fair.go (sets, years, names).
package stars

import (
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/notices"
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

	Evidence branches.ProofName `toml:"evidence" zh:"佐证的台账"`
}

func (i *Indicator) appliesTo(c branches.Class) bool { return slices.Contains(i.Applies, c) }

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

	Notice           ledger.Ref[notices.Notice] `toml:"notice" zh:"结果的公示"`
	Announced        calendar.Date              `toml:"announced" zh:"结果公布日期"`
	Anonymity        int                        `toml:"anonymity" zh:"不公布的至少几个" check:"min=0"`
	PublishLowReason string                     `toml:"publish_low_reason" zh:"公布低星级名单的理由"`
	AwardFrom        int                        `toml:"award_from" zh:"评优的最低星级" check:"min=0,max=5"`
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
	VetoNo int                         `toml:"veto_no" zh:"一票否决（第几种情形）" check:"min=0"`
	Star   int                         `toml:"star,required" zh:"星级" check:"min=1,max=5"`
	Reason string                      `toml:"reason" zh:"降星原因"`
}

// Pair is a helping pair (结对帮扶).
type Pair struct {
	ledger.Record
	Year     int                         `toml:"year,required" zh:"年度" check:"min=2000,max=2100"`
	Helped   ledger.Ref[branches.Branch] `toml:"helped,required" zh:"帮扶对象"`
	Helper   ledger.Ref[branches.Branch] `toml:"helper,required" zh:"帮扶方"`
	Measures []Measure                   `toml:"measures" zh:"帮扶措施"`
	From     calendar.Date               `toml:"from" zh:"开始日期"`
	To       calendar.Date               `toml:"to" zh:"结束日期"`
	Ended    calendar.Date               `toml:"ended" zh:"帮扶结束日期"`
	Outcome  PairOutcome                 `toml:"outcome" zh:"帮扶结果"`
}

// Measure is what a helping pair does, by when.
type Measure struct {
	Text string        `toml:"text,required" zh:"措施"`
	Due  calendar.Date `toml:"due,required" zh:"期限"`
	Done calendar.Date `toml:"done" zh:"完成日期"`
}

// PairOutcome is what came of a helping pair.
type PairOutcome string

// Options lists the outcomes.
func (PairOutcome) Options() []string { return []string{"升星", "达标", "未达标"} }

// EffectKind is what a rating leads to.
type EffectKind string

// Options lists the kinds of effects.
func (EffectKind) Options() []string { return []string{"评优", "班子评优", "目标考核"} }

// Effect is what a rating led to (结果运用); it stays in the unit.
type Effect struct {
	ledger.Record
	Year   int                         `toml:"year,required" zh:"年度" check:"min=2000,max=2100"`
	Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党组织"`
	Kind   EffectKind                  `toml:"kind,required" zh:"用在哪里"`
	Value  string                      `toml:"value" zh:"结果"`
	DocNo  string                      `toml:"doc_no" zh:"文号"`
}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "stars", Title: "星级党组织", Check: checkStars, Remind: remind, Needs: []string{"branches", "notices", "holidays"}},
		ledger.Rows[Indicator]("indicator", "考核指标").Open().
			Unique(ruleIndicatorSet, "name", "指标“%s”", func(in *Indicator) string { return in.Name }).
			Unique(ruleIndicatorSet, "no", "序号 %s ", func(in *Indicator) string { return fmt.Sprint(in.No) }).
			Numbered(ruleIndicatorSet, "no", "考核指标", func(in *Indicator) int { return in.No }),
		ledger.Rows[Scheme]("scheme", "评定办法").Unique(ruleScheme, "year", "%s 年的评定办法", func(s *Scheme) string { return fmt.Sprint(s.Year) }),
		ledger.Rows[Result]("result", "评定结果").PublishIf((*Result).isPublished).Redact((*Result).redacted).Hide("score", "bonus", "veto_no", "reason").
			Posts("星级评定结果", 100, "县", "镇", "社区").
			Posts("星级牌", 110, "社区", "小区"),
		ledger.Rows[Pair]("pair", "结对帮扶").PublishIf((*Pair).isPublished),
		ledger.Rows[Effect]("effect", "结果运用").PublishIf(func(*Effect, *ledger.Book) bool { return false }),
	)
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

// isPublished holds back the low ratings: of these only the number is
// public, unless the county's scheme says otherwise.
func (r *Result) isPublished(b *ledger.Book) bool {
	s := SchemeOf(b, r.Year)
	return s != nil && r.Star >= s.PublishedFrom() && !s.Announced.After(b.AsOf)
}

// redacted keeps of a result what the public may know: the star. Scores and
// reasons are internal.
func (r *Result) redacted() *Result {
	public := *r
	public.Score, public.Bonus, public.VetoNo, public.Reason = 0, 0, 0, ""
	return &public
}

// isPublished holds back pairs that would give away a low rating.
func (p *Pair) isPublished(b *ledger.Book) bool {
	s := SchemeOf(b, p.Year)
	return s != nil && s.PublishedFrom() <= 1
}

// StarWord returns the one form in which ratings are written: 五星级.
func StarWord(star int) string {
	if star < 0 || star > MaxStar {
		return "未评定"
	}
	return string([]rune("零一二三四五")[star]) + "星级"
}

// IsLow reports whether a branch was rated so low in a year that it cannot be commended:
// two stars and less, or vetoed.
func IsLow(b *ledger.Book, br *branches.Branch, year int) bool {
	const low = 2
	for _, r := range ledger.All[Result](b) {
		if r.Year == year && r.Branch.ID == br.ID {
			return r.Star <= low || r.VetoNo > 0
		}
	}
	return false
}
