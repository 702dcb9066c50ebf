package pages

import (
	"fmt"
	"math"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stars"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
	"biandan/generator/walls"
)

func starsSheet(p *plan.Page, y stars.Year, size config.Size, subject string) StarsSheet {
	title := fmt.Sprintf("%d年度星级党组织评定结果", y.Year)
	v := StarsSheet{Sheet: p.Sheet(size, title, subject, "扫码看结果", calendar.Date{}, calendar.Date{}),
		Verdict: Verdict(y.All) + "。", Chart: ChartOf(p, y, y.All), Classes: boards(p, y)}
	for _, s := range sheetsOf(p.Builder, y, subject)[1:] {
		v.Related = append(v.Related, p.Link(s.name, s.Address))
	}
	v.Version = plan.Version(v.Chart, v.Classes)
	if p.OnScreen() {
		v.Classes, v.QR = nil, view.QR{} // the whole in a sentence and a bar; the table is on paper
	}
	if p.Full {
		fitStars(&v)
	}
	return v
}

// The measures of the star result: in units, but of its table in em.
var (
	bandSpace        = 2 * sheet.Measure("stars-band-space", 6) // above and below the matter of the band
	bandSides        = 2*sheet.Measure("stars-band-side", 8) + sheet.Measure("stars-band-between", 6)
	starTitleLeading = sheet.Measure("stars-title-leading", 1.25)
	verdictLeading   = sheet.Measure("stars-verdict-leading", 1.6)
	rowLeading       = sheet.Measure("stars-row-leading", 1.4)
	rowSpace         = 2*sheet.Measure("stars-row-space", 0.5) + 0.1 // for its rule
	headSize         = sheet.Measure("stars-head", 0.85)
	chartLeast       = sheet.Measure("stars-chart", 34) // the bar below its words, which do not shrink with it
)

const (
	screenGaps = 14.0 // of starGaps, what a television does not need
	chartShare = 0.16 // of the height, at least: the bar with its words
	chartSpace = 4.0  // below it
	starBand   = 22.0 // about what the band takes beside the title
	starGaps   = 26.0 // about what is between the parts, with the last sentence
)

// fitStars lets the sentence and the table grow until they fill the sheet.
func fitStars(v *StarsSheet) {
	r := sheet.AreaFor(&v.Sheet)
	w, h := r.Inner()
	v.Title, _ = sheet.Heading(v.PageTitle, w-bandSides-r.CodeWidth, 0.14*r.Height, starTitleLeading, 8, 24)
	left := h - math.Max(r.CodeHeight+bandSpace, starBand+starTitleLeading*v.Title.Size*float64(len(v.Title.Lines))) - math.Max(chartShare*r.Height, chartLeast+chartSpace) - starGaps
	share := 0.38
	if sheet.IsScreen(&v.Sheet) {
		share = 1
		left += screenGaps
	}
	v.Speech, _ = typeset.Largest(sheet.LeastBody, 12, func(size float64) bool {
		return verdictLeading*size*float64(typeset.Lines(v.Verdict, w/size)) <= share*left
	})
	if v.Boxes = 1; sheet.IsScreen(&v.Sheet) {
		return
	}
	left -= verdictLeading * v.Speech * float64(typeset.Lines(v.Verdict, w/v.Speech))
	var ok bool
	v.Letter, ok = typeset.Largest(sheet.LeastDetail, 8, func(size float64) bool {
		wide := 11.0 // of the classes and the numbers of branches
		for _, b := range v.Chart.Bars {
			wide += headSize * (typeset.Width(b.Label) + 2.6)
		}
		return float64(len(v.Classes)+2)*size*(rowLeading+rowSpace)+2.4*size <= left && wide*size <= w
	})
	if !ok {
		v.Unfit = "的表太大，放不下"
	}
}

// yearSheet is a sheet of a year's results, with what it is called among them.
type yearSheet struct {
	name string
	*plan.Sheet
}

// sheetsOf are the sheets of a year: the result, the names, the honours, and the
// helping pairs when they are public.
func sheetsOf(b *plan.Builder, y stars.Year, subject string) []yearSheet {
	base := fmt.Sprintf("stars/%d/", y.Year)
	size, src := b.SizeOf(nil, ledger.Paper{}, paperKey), b.SectionPos("stars/")
	title := func(name string) string { return fmt.Sprintf("%d年度星级党组织%s", y.Year, name) }
	list := []yearSheet{
		{"评定结果", resultLayout.Sheet(plan.SheetAddress(base), title("评定结果"), src, func(p *plan.Page) StarsSheet { return starsSheet(p, y, size, subject) })},
		{"名单", rollLayout.Sheet(plan.SheetAddress(base+"roll/"), title("名单"), src, func(p *plan.Page) view.ListSheet { return rollSheet(p, y, size, subject, false) })},
		{"五星级光荣榜", honourLayout.Sheet(plan.SheetAddress(base+"honour/"), title("五星级光荣榜"), src, func(p *plan.Page) view.ListSheet { return rollSheet(p, y, size, subject, true) })},
	}
	var pairs []*stars.Pair
	for _, x := range ledger.All[stars.Pair](b.Book) {
		if x.Year == y.Year {
			pairs = append(pairs, x)
		}
	}
	if len(pairs) > 0 {
		list = append(list, yearSheet{"结对帮扶", rollLayout.Sheet(plan.SheetAddress(base+"pairs/"), title("结对帮扶"), src, func(p *plan.Page) view.ListSheet { return pairSheet(p, y, pairs, size, subject) })})
	}
	return list
}

func init() {
	walls.Post(walls.Design{Posting: "星级评定结果", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		years := stars.Years(b.Book)
		return func(*stations.Station) []*plan.Sheet {
			if len(years) == 0 {
				return nil
			}
			return []*plan.Sheet{sheetsOf(b, years[0], starsPath(years, 0))[0].Sheet}
		}
	}})
	// That a plate is missing would tell the stars that are not published.
	walls.Post(walls.Design{Posting: "星级牌", Optional: true, Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		return func(st *stations.Station) []*plan.Sheet { return plates(b, st) }
	}})
}

// rollSheet lists the branches whose stars are published, by class; honours
// alone when only is set.
func rollSheet(p *plan.Page, y stars.Year, size config.Size, subject string, only bool) view.ListSheet {
	title, lead := fmt.Sprintf("%d年度星级党组织名单", y.Year), fmt.Sprintf("%d 个党支部参评", y.All.Total)
	if only {
		title, lead = fmt.Sprintf("%d年度五星级党组织光荣榜", y.Year), fmt.Sprintf("%d 个党支部", y.All.Count[stars.MaxStar])
	}
	v := view.ListSheet{Sheet: p.Sheet(size, title, subject, "扫码看结果", calendar.Date{}, calendar.Date{}), Lead: lead, Empty: "本年度没有公布的名单。"}
	if only {
		const redBand = 8.0 // instead of a rule below the head, and around the code
		v.Around = redBand
	}
	for _, c := range boards(p, y) {
		for _, s := range c.Stars {
			if only && s.Mark.Star != stars.MaxStar {
				continue
			}
			g := view.ListGroup{Title: fmt.Sprintf("%s　%s　%d 个", c.Class, s.Mark.Word, len(s.Branches))}
			for _, b := range s.Branches {
				g.Items = append(g.Items, view.ListItem{Text: b.Text})
			}
			v.Groups = append(v.Groups, g)
		}
		if c.Held != "" && !only {
			v.Note += c.Class + c.Held + "。"
		}
	}
	return p.FinishList(v)
}

// pairSheet lists who helps whom, of the pairs that are public.
func pairSheet(p *plan.Page, y stars.Year, pairs []*stars.Pair, size config.Size, subject string) view.ListSheet {
	v := view.ListSheet{Sheet: p.Sheet(size, fmt.Sprintf("%d年度结对帮扶名单", y.Year), subject, "扫码看结果", calendar.Date{}, calendar.Date{}),
		Lead: fmt.Sprintf("%d 对", len(pairs))}
	g := view.ListGroup{Title: "帮扶方 → 帮扶对象"}
	for i, x := range pairs {
		note := ""
		for _, m := range x.Measures {
			note += m.Text + "；"
		}
		g.Items = append(g.Items, view.ListItem{Mark: fmt.Sprint(i + 1), Text: plan.RefTitle(p.Builder, x.Helper) + " → " + plan.RefTitle(p.Builder, x.Helped), Note: note})
	}
	v.Groups = append(v.Groups, g)
	return p.FinishList(v)
}

// plates is the plate with the stars of a station's branch; the book holds
// published ratings only.
func plates(b *plan.Builder, st *stations.Station) []*plan.Sheet {
	own := st.Branch.In(b.Book)
	if own == nil || b.PageOf(own) == nil || len(History(b.Book, own)) == 0 {
		return nil
	}
	pg := b.PageOf(own)
	title := own.Name + "星级牌"
	return []*plan.Sheet{plateLayout.Sheet(plan.SheetAddress(pg.Path+"stars/"), title, pg, func(p *plan.Page) PlateSheet {
		v := PlateSheet{WallSheet: p.WallSheet(platePaper, title, pg.Path, "扫码看支部"), Branch: own.Name, Mark: History(p.Book, own)[0]}
		v.Call = []string{"星级每年评定一次，动态管理。", "怎样评、评了谁，扫码看。"}
		v.Version = plan.Version(v.Branch, v.Mark)
		if p.Full {
			sheet.FitWall(&v.WallSheet)
			v.Title, _ = sheet.Heading(own.Name, sheet.ShortSide-2*sheet.Margin-plateSides, 0.2*v.High, sheet.WallLeading, leastPlate, sheet.MostWall)
			v.Boxes = 1
		}
		return v
	})}
}

// leastPlate is the least size of the name on a plate, in units.
const leastPlate = 8.0

// platePaper is the size of the plates of the trade, in millimetres.
var platePaper = config.Size{Width: 200, Height: 300}

var plateSides = 2 * sheet.Measure("plate-side", 12) // of the name on a plate, in units
