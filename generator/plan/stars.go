package plan

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/ledger"
	"biandan/generator/view"
)

func planStars(b *builder) {
	years := b.Book.Figures.Stars
	if len(years) == 0 {
		return
	}
	b.custom["stars"] = true
	for i, y := range years {
		address := starsPath(years, i)
		sheets, size := starSheets(b, y), b.sizeOf(nil, ledger.Paper{}, b.Config.Paper.Stars)
		title := fmt.Sprintf("%d年度星级党组织", y.Year)
		b.addPage(address, "stars", title, b.sectionPos("stars/"), func(p *page) any { return p.stars(y, i, sheets[0].address) })
		for _, s := range sheets {
			b.addPage(s.address, s.layout, title+s.title, b.sectionPos("stars/"), func(p *page) any { return s.make(p, size, address) })
		}
	}
}

// starsPath is the address of a year's board; the newest has the section's own.
func starsPath(years []ledger.StarYear, i int) string {
	if i == 0 {
		return "stars/"
	}
	return fmt.Sprintf("stars/%d/", years[i].Year)
}

func percent(f float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0")
}

// verdict is the result in one sentence: cumulative shares, as the programme
// reports them.
func verdict(s ledger.Spread) string {
	return fmt.Sprintf("%d 个参评党支部中，%s%% 达到三星标准，%s%% 达到四星标准，%s%% 达到五星标准",
		s.Total, percent(s.Percent(3)), percent(s.Percent(4)), percent(s.Percent(5)))
}

// chart draws a spread from five stars down to the lowest that is published;
// those below are one bar, whatever their number of stars.
func (p *page) chart(y ledger.StarYear, s ledger.Spread) view.Chart {
	c := view.Chart{Year: y.Year, Total: s.Total}
	from := max(1, p.publishFrom(y.Year))
	left := 0.0
	add := func(b view.Bar) {
		if s.Total > 0 {
			b.Width = 100 * float64(b.Count) / float64(s.Total)
			b.Share = percent(b.Width) + "%"
		}
		b.Left = left
		left += b.Width
		c.Bars = append(c.Bars, b)
	}
	for star := ledger.MaxStar; star >= from; star-- {
		add(view.Bar{Label: ledger.StarWord(star), Star: star, Count: s.Count[star], Cumulative: percent(s.Percent(star)) + "%"})
	}
	if from > 1 {
		add(view.Bar{Label: ledger.StarWord(from-1) + "及以下", Count: s.Below(from)})
	}
	return c
}

func (b *builder) publishFrom(year int) int {
	if s := ledger.SchemeOf(b.Book, year); s != nil {
		return s.PublishedFrom()
	}
	return ledger.MaxStar + 1
}

func (p *page) stars(y ledger.StarYear, i int, sheet string) view.Stars {
	v := view.Stars{Page: p.sectionHead("stars"), Year: y.Year, Verdict: verdict(y.All), Chart: p.chart(y, y.All), Classes: p.boards(y)}
	years := p.Book.Figures.Stars
	if i == 0 {
		v.Intro = p.intro("stars")
		v.Indicators = p.indicators()
	} else {
		v.PageTitle = fmt.Sprintf("%d年度星级党组织", y.Year)
		v.Crumbs = append(v.Crumbs, p.crumb("stars"))
	}
	v.Page.Sheet = ptr(p.link("打印评定结果", sheet))
	v.Data = p.dataLinks("stars")
	for j, o := range years {
		v.Years = append(v.Years, view.PageLink{Link: p.link(fmt.Sprintf("%d年度", o.Year), starsPath(years, j)), Current: j == i})
	}
	v.Pairs = p.Book.Figures.Pairs[y.Year]
	if s := ledger.SchemeOf(p.Book, y.Year); s != nil {
		v.Policy, v.Rules = policy(s), schemeRules(s)
	}
	return v
}

func policy(s *ledger.Scheme) string {
	if s.PublishedFrom() <= 1 {
		return "评定结果全部公布。"
	}
	return fmt.Sprintf("网上公布%s以上的党支部名单，%s及以下的只公布数目，结果向本支部反馈并结对帮扶。", ledger.StarWord(s.PublishedFrom()), ledger.StarWord(s.PublishedFrom()-1))
}

func schemeRules(s *ledger.Scheme) []view.Field {
	rules := []view.Field{{Name: "满分", Value: fmt.Sprintf("基础分 %s 分，另加分最多 %s 分", ledger.Score(s.Base), ledger.Score(s.BonusMax))}}
	thresholds := slices.Clone(s.Thresholds)
	slices.SortFunc(thresholds, func(a, b ledger.Threshold) int { return b.Star - a.Star })
	for _, t := range thresholds {
		if t.From > 0 {
			rules = append(rules, view.Field{Name: ledger.StarWord(t.Star), Value: ledger.Score(t.From) + " 分以上"})
		}
	}
	for _, c := range s.Caps {
		rules = append(rules, view.Field{Name: ledger.StarWord(c.Star) + "以上占比", Value: "不超过 " + ledger.Score(c.Share) + "%"})
	}
	if len(s.Veto) > 0 {
		rules = append(rules, view.Field{Name: "一票否决", Value: strings.Join(s.Veto, "；")})
	}
	if s.HelperStar > 0 {
		rules = append(rules, view.Field{Name: "结对帮扶", Value: "由" + ledger.StarWord(s.HelperStar) + "以上的党支部帮扶二星级及以下的"})
	}
	return rules
}

// boards are the published results of a year by class.
func (p *page) boards(y ledger.StarYear) []view.ClassBoard {
	from := max(1, p.publishFrom(y.Year))
	var boards []view.ClassBoard
	for _, cs := range y.ByClass {
		if cs.Total == 0 {
			continue
		}
		board := view.ClassBoard{Class: string(cs.Class), Chart: p.chart(y, cs.Spread)}
		for star := ledger.MaxStar; star >= from; star-- {
			g := view.StarGroup{Mark: starMark(y.Year, star)}
			for _, r := range ledger.All[ledger.Result](p.Book) {
				if br := r.Branch.In(p.Book); r.Year == y.Year && r.Star == star && br != nil && br.Class == cs.Class {
					g.Branches = append(g.Branches, p.linkTo(br))
				}
			}
			if len(g.Branches) > 0 {
				board.Stars = append(board.Stars, g)
			}
		}
		if held := cs.Below(from); held > 0 && from > 1 {
			board.Held = fmt.Sprintf("另有 %d 个党支部为%s及以下", held, ledger.StarWord(from-1))
		}
		boards = append(boards, board)
	}
	return boards
}

// indicators are the tables of indicators by dimension, in the order of the ledger.
func (p *page) indicators() []view.Grid {
	var grids []view.Grid
	for _, in := range ledger.All[ledger.Indicator](p.Book) {
		if len(grids) == 0 || grids[len(grids)-1].Caption != in.Dimension {
			grids = append(grids, view.Grid{Caption: in.Dimension, Heads: []string{"序号", "指标", "适用", "分值", "考核方式"}})
		}
		classes := make([]string, len(in.Applies))
		for i, c := range in.Applies {
			classes[i] = string(c)
		}
		g := &grids[len(grids)-1]
		g.Rows = append(g.Rows, view.Row{Cells: []string{fmt.Sprint(in.No), in.Name, strings.Join(classes, "、"), ledger.Score(in.Full), in.Method}})
	}
	return grids
}
