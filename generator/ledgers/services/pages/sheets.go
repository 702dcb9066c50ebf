package pages

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/services"
	"biandan/generator/ledgers/stations"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/typeset"
	"biandan/generator/view"
	"biandan/generator/walls"
)

// listAddress is the address of the list on paper.
var listAddress = plan.SheetAddress("services/")

var (
	listPaper  = config.DeclarePaper("services", "服务清单")
	guidePaper = config.DeclarePaper("service", "服务事项单页")
)

func init() {
	walls.Post(walls.Design{Posting: "服务清单", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		var sheets []*plan.Sheet
		if len(ledger.All[services.Service](b.Book)) > 0 {
			sheets = []*plan.Sheet{listOf(b)}
		}
		return func(*stations.Station) []*plan.Sheet { return sheets }
	}})
	walls.Post(walls.Design{Posting: "值班和AB岗", Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		return func(st *stations.Station) []*plan.Sheet { return postsOf(b, st) }
	}})
}

// listOf is the list of services.
func listOf(b *plan.Builder) *plan.Sheet {
	size := b.SizeOf(nil, ledger.Paper{}, listPaper)
	s := listLayout.Sheet(listAddress, "服务清单", b.SectionPos("services/"), func(p *plan.Page) view.ListSheet { return list(p, size) })
	s.From = lastUpdate(b.Book)
	return s
}

func list(p *plan.Page, size config.Size) view.ListSheet {
	v := view.ListSheet{Sheet: p.Sheet(size, p.SectionTitle("services"), "services/", "扫码看办理要点", lastUpdate(p.Book), calendar.Date{}),
		Note: "AB岗：A岗不在，B岗接着办。首办责任制：第一个接待的人负责到底。", Empty: "服务事项整理好以后，在这里公布。"}
	count, categories := 0, categoryItems(p)
	for _, c := range categories {
		g := view.ListGroup{Title: c.Text}
		for _, s := range c.Services {
			g.Items = append(g.Items, view.ListItem{Mark: fmt.Sprint(s.No), Text: s.Text, Note: s.Limit, Phone: s.Phone})
			count++
		}
		if g.Items != nil {
			v.Groups = append(v.Groups, g)
		}
	}
	v.Lead = fmt.Sprintf("%d 类 %d 项", len(categories), count)
	return p.FinishList(v)
}

func spaced(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "　" + b
}

// guide is how one service is done, on one sheet.
func guide(p *plan.Page, s *services.Service, size config.Size, subject string) GuideSheet {
	item := serviceItem(p, s)
	v := GuideSheet{TextSheet: view.TextSheet{Sheet: p.Sheet(size, s.Name, subject, "扫码看最新要求", services.LatestOf(p.Book, s).Date, calendar.Date{}), Band: "办事指南"}}
	v.Beside = v.QR.Text != ""
	v.Facts = plan.Fields(view.Field{Name: "办理时限", Value: item.Limit}, view.Field{Name: "在哪里办", Value: s.Place},
		view.Field{Name: "咨询电话", Value: item.Phone, Phone: item.Phone})
	for _, row := range []struct {
		title    string
		numbered bool
		lines    []string
	}{
		{"谁可以办", false, append([]string{s.Audience}, s.Conditions...)},
		{"带什么来", true, s.Materials},
		{"怎么办", true, s.Steps},
		{"什么时候", false, []string{s.Time}},
		{"收费", false, []string{s.Fee}},
		{"谁来办", false, []string{spaced(labelled("A岗：", item.A), labelled("B岗：", item.B))}},
		{"依据", false, []string{s.Basis}},
	} {
		if len(row.lines) > 0 && row.lines[0] != "" {
			v.Rows = append(v.Rows, GuideRow{row.title, numbered(row.lines, row.numbered)})
		}
	}
	flow := p.Flow(v)
	v.BodyKey = plan.Version(flow)
	v.Version = plan.Version(v.PageTitle, v.Facts, v.BodyKey)
	if p.Full {
		sheet.FitText(&v.TextSheet, flow)
	}
	return v
}

// numbered puts numbers before several lines, when these are wanted.
func numbered(lines []string, wanted bool) []string {
	if !wanted || len(lines) == 1 {
		return lines
	}
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = fmt.Sprintf("%d. %s", i+1, l)
	}
	return list
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

// postsOf is when a station is open and whom to call, with the AB posts.
func postsOf(b *plan.Builder, st *stations.Station) []*plan.Sheet {
	if len(st.Hours) == 0 && len(ledger.All[services.Post](b.Book)) == 0 {
		return nil
	}
	pg := b.PageOf(st)
	return []*plan.Sheet{postsLayout.Sheet(plan.SheetAddress(pg.Path+"posts/"), st.Name+"值班和AB岗", pg, func(p *plan.Page) PostsSheet {
		v := PostsSheet{WallSheet: p.WallSheet(sheet.A4, "值班和AB岗", pg.Path, "扫码找驿站"), StationItem: stationpages.OnPaper(p, st), Leader: st.Leader, Posts: postRows(p)}
		v.About, v.Call = []string{st.Name}, []string{"办什么事找哪个岗，看服务清单。"}
		if len(v.Posts) > 0 {
			v.Call = append([]string{"A岗不在，B岗接着办；", "第一个接待的人负责到底。"}, v.Call...)
		}
		for _, h := range st.Hours {
			v.Hours = append(v.Hours, view.Field{Name: string(h.Days), Value: h.Time})
		}
		v.Version = plan.Version(v.Text, v.Address, v.StationItem.Phone, v.Leader, v.Hours, v.Posts)
		if p.Full {
			fitPosts(p, &v)
		}
		return v
	})}
}

// The measures of the opening hours and of whom to call, in units.
var (
	openNameLine  = sheet.LineHeight(sheet.Measure("posts-name", 6), sheet.Measure("posts-name-leading", 1.4))
	openLeading   = sheet.Measure("posts-leading", 1.5)
	openHours     = sheet.Measure("posts-hours", 6.6)
	openHoursLine = sheet.LineHeight(openHours, openLeading)
	openBetween   = sheet.Measure("posts-between", 0.8) // the day and its hours, in em
	openPhoneLine = sheet.LineHeight(sheet.Measure("posts-phone", 12), sheet.Measure("posts-phone-leading", 1.2))
	openLetter    = sheet.Measure("posts-letter", 5)
	openLine      = sheet.LineHeight(openLetter, openLeading)
	openGap       = sheet.Measure("posts-column-gap", 8)
	openBelow     = sheet.Measure("posts-gap", 4) + sheet.Measure("posts-space", 3) + sheet.Measure("posts-rule", 0.7)
)

// tableShare is how large the letters of a table are, in those of the sheet; the
// posts are read by people who stand before a closed door.
const tableShare = 0.92

func fitPosts(p *plan.Page, v *PostsSheet) {
	w, space := sheet.FitWall(&v.WallSheet)
	column := (w - openGap) / 2
	hours, call := openNameLine, openNameLine+openPhoneLine
	for _, h := range v.Hours {
		hours += openHoursLine * float64(sheet.Rows([]string{h.Name, h.Value}, column/openHours, openBetween))
	}
	if len(v.Hours) == 0 {
		hours += openLine
	}
	if v.Leader != "" {
		call += openLine * float64(typeset.Lines("负责人："+v.Leader, column/openLetter))
	}
	call += openLine * float64(typeset.Lines(v.Address, column/openLetter))
	space.First -= math.Max(hours, call) + openBelow
	v.Table = view.FlowTable{Class: "wposts", Caption: "值班和AB岗", Heads: []string{"A岗", "电话", "B岗"}}
	for _, r := range v.Posts {
		v.Table.Rows = append(v.Table.Rows, sheet.Row([]string{r.Name}, []string{r.Phone}, []string{strings.Join(r.Others, "、")}))
	}
	v.Parts, v.Letter = sheet.FitTable(&v.Sheet, p.Flow(*v), sheet.LeastBody/tableShare, w, space)
	v.Boxes = len(v.Parts)
}

// postRows are the posts that are the A post of a service, each with the B posts
// that take its place.
func postRows(p *plan.Page) []PostRow {
	var rows []PostRow
	for _, post := range ledger.All[services.Post](p.Book) {
		row := PostRow{Name: post.Name, Phone: post.Phone}
		isA := false
		for _, s := range ledger.All[services.Service](p.Book) {
			if s.A.ID != post.ID {
				continue
			}
			isA = true
			if other := plan.RefTitle(p.Builder, s.B); other != "" && !slices.Contains(row.Others, other) {
				row.Others = append(row.Others, other)
			}
		}
		if isA {
			rows = append(rows, row)
		}
	}
	return rows
}

// lastUpdate is the day of the latest change to the service list; no date when
// none is recorded, and then the date is written by hand.
func lastUpdate(b *ledger.Book) calendar.Date {
	var last calendar.Date
	for _, s := range ledger.All[services.Service](b) {
		if d := services.LatestOf(b, s).Date; last.Before(d) {
			last = d
		}
	}
	return last
}
