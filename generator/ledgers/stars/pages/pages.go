// Package pages shows the star ratings: the board of a year, and on paper its result,
// its rolls and the plate of a branch (sheets.go).
package pages

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stars"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var (
	starsLayout  = plan.Layout[Stars]("stars/stars")
	resultLayout = plan.Layout[StarsSheet]("stars/sheet-stars")
	rollLayout   = plan.Layout[view.ListSheet]("stars/sheet-roll")
	honourLayout = plan.Layout[view.ListSheet]("stars/sheet-honour")
	plateLayout  = plan.Layout[PlateSheet]("stars/sheet-plate")
)

var paperKey = config.DeclarePaper("stars", "星级评定")

func init() { plan.Declare(plan.Room{Folder: "stars", Plan: planStars, Inside: planEvidence}) }

func planStars(b *plan.Builder) bool {
	years := stars.Years(b.Book)
	for i, y := range years {
		sheets := sheetsOf(b, y, starsPath(years, i))
		starsLayout.Page(b, starsPath(years, i), fmt.Sprintf("%d年度星级党组织", y.Year), b.SectionPos("stars/"), func(p *plan.Page) Stars {
			return yearPage(p, y, i, sheets[0].Address)
		})
		for _, s := range sheets {
			b.PlanSheet(s.Sheet)
		}
	}
	return len(years) > 0
}

// starsPath is the address of a year's board; the newest has the section's own.
func starsPath(years []stars.Year, i int) string {
	if i == 0 {
		return "stars/"
	}
	return fmt.Sprintf("stars/%d/", years[i].Year)
}

// Verdict is the result in one sentence: cumulative shares, as the programme
// reports them.
func Verdict(s stars.Spread) string {
	return fmt.Sprintf("%d 个参评党支部中，%s%% 达到三星标准，%s%% 达到四星标准，%s%% 达到五星标准",
		s.Total, stars.Percent(s.Percent(3)), stars.Percent(s.Percent(4)), stars.Percent(s.Percent(5)))
}

// ChartOf draws a spread from five stars down to the lowest that is published;
// those below are one bar, whatever their number of stars.
func ChartOf(p *plan.Page, y stars.Year, s stars.Spread) Chart {
	c := Chart{Year: y.Year, Total: s.Total}
	from := max(1, publishFrom(p.Book, y.Year))
	left := 0.0
	add := func(b Bar) {
		if s.Total > 0 {
			b.Width = 100 * float64(b.Count) / float64(s.Total)
			b.Share = stars.Percent(b.Width) + "%"
		}
		b.Left = left
		left += b.Width
		c.Bars = append(c.Bars, b)
	}
	for star := stars.MaxStar; star >= from; star-- {
		add(Bar{Label: stars.StarWord(star), Star: star, Count: s.Count[star], Cumulative: stars.Percent(s.Percent(star)) + "%"})
	}
	if from > 1 {
		add(Bar{Label: stars.StarWord(from-1) + "及以下", Count: s.Below(from)})
	}
	return c
}

func publishFrom(b *ledger.Book, year int) int {
	if s := stars.SchemeOf(b, year); s != nil {
		return s.PublishedFrom()
	}
	return stars.MaxStar + 1
}

func yearPage(p *plan.Page, y stars.Year, i int, sheet string) Stars {
	v := Stars{Page: p.SectionHead("stars"), Year: y.Year, Verdict: Verdict(y.All), Chart: ChartOf(p, y, y.All), Classes: boards(p, y)}
	years := stars.Years(p.Book)
	if i == 0 {
		v.Intro = p.Intro("stars")
		v.Indicators = indicators(p)
	} else {
		v.Page = p.PartHead("stars", fmt.Sprintf("%d年度星级党组织", y.Year))
	}
	v.Page.Sheet = plan.Ptr(p.Link("打印评定结果", sheet))
	v.Data = p.DataLinks("stars")
	for j, o := range years {
		v.Years = append(v.Years, view.PageLink{Link: p.Link(fmt.Sprintf("%d年度", o.Year), starsPath(years, j)), Current: j == i})
	}
	v.Pairs = stars.Pairs(p.Book, y.Year)
	if s := stars.SchemeOf(p.Book, y.Year); s != nil {
		v.Policy, v.Rules = policy(s), schemeRules(s)
	}
	return v
}

func policy(s *stars.Scheme) string {
	if s.PublishedFrom() <= 1 {
		return "评定结果全部公布。"
	}
	return fmt.Sprintf("网上公布%s以上的党支部名单，%s及以下的只公布数目，结果向本支部反馈并结对帮扶。", stars.StarWord(s.PublishedFrom()), stars.StarWord(s.PublishedFrom()-1))
}

func schemeRules(s *stars.Scheme) []view.Field {
	rules := []view.Field{{Name: "满分", Value: fmt.Sprintf("基础分 %s 分，另加分最多 %s 分", ledger.Decimal(s.Base), ledger.Decimal(s.BonusMax))}}
	thresholds := slices.Clone(s.Thresholds)
	slices.SortFunc(thresholds, func(a, b stars.Threshold) int { return b.Star - a.Star })
	for _, t := range thresholds {
		if t.From > 0 {
			rules = append(rules, view.Field{Name: stars.StarWord(t.Star), Value: ledger.Decimal(t.From) + " 分以上"})
		}
	}
	for _, c := range s.Caps {
		rules = append(rules, view.Field{Name: stars.StarWord(c.Star) + "以上占比", Value: "不超过 " + ledger.Decimal(c.Share) + "%"})
	}
	if len(s.Veto) > 0 {
		rules = append(rules, view.Field{Name: "一票否决", Value: strings.Join(s.Veto, "；")})
	}
	if s.HelperStar > 0 {
		rules = append(rules, view.Field{Name: "结对帮扶", Value: "由" + stars.StarWord(s.HelperStar) + "以上的党支部帮扶二星级及以下的"})
	}
	return rules
}

// boards are the published results of a year by class.
func boards(p *plan.Page, y stars.Year) []ClassBoard {
	from := max(1, publishFrom(p.Book, y.Year))
	var boards []ClassBoard
	for _, cs := range y.ByClass {
		if cs.Total == 0 {
			continue
		}
		board := ClassBoard{Class: string(cs.Class), Chart: ChartOf(p, y, cs.Spread)}
		for star := stars.MaxStar; star >= from; star-- {
			g := StarGroup{Mark: MarkOf(y.Year, star)}
			for _, r := range ledger.All[stars.Result](p.Book) {
				if br := r.Branch.In(p.Book); r.Year == y.Year && r.Star == star && br != nil && br.Class == cs.Class {
					g.Branches = append(g.Branches, p.LinkTo(br))
				}
			}
			if len(g.Branches) > 0 {
				board.Stars = append(board.Stars, g)
			}
		}
		if held := cs.Below(from); held > 0 && from > 1 {
			board.Held = fmt.Sprintf("另有 %d 个党支部为%s及以下", held, stars.StarWord(from-1))
		}
		boards = append(boards, board)
	}
	return boards
}

// indicators are the tables of indicators by dimension, in the order of the ledger.
func indicators(p *plan.Page) []view.Grid {
	var grids []view.Grid
	for _, in := range ledger.All[stars.Indicator](p.Book) {
		if len(grids) == 0 || grids[len(grids)-1].Caption != in.Dimension {
			grids = append(grids, view.Grid{Caption: in.Dimension, Heads: []string{"序号", "指标", "适用", "分值", "考核方式"}})
		}
		classes := make([]string, len(in.Applies))
		for i, c := range in.Applies {
			classes[i] = string(c)
		}
		g := &grids[len(grids)-1]
		g.Rows = append(g.Rows, view.Row{Cells: []string{fmt.Sprint(in.No), in.Name, strings.Join(classes, "、"), ledger.Decimal(in.Full), in.Method}})
	}
	return grids
}

// maxHistory is how many years of ratings a branch's page shows.
const maxHistory = 3

// History are the published ratings of a branch, the newest first.
func History(b *ledger.Book, br *branches.Branch) []Mark {
	var marks []Mark
	for _, y := range stars.Years(b) {
		for _, r := range ledger.All[stars.Result](b) {
			if r.Year == y.Year && r.Branch.ID == br.ID && len(marks) < maxHistory {
				marks = append(marks, MarkOf(r.Year, r.Star))
			}
		}
	}
	return marks
}

// MarkOf is a rating as pages show it.
func MarkOf(year, star int) Mark {
	return Mark{Year: year, Star: star, Word: stars.StarWord(star),
		Full: strings.Repeat("★", star), Rest: strings.Repeat("☆", stars.MaxStar-star)}
}
