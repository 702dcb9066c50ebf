package walls

import (
	"cmp"
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/view"
)

var (
	boardsLayout = plan.Layout[Boards]("walls/boards")
	boardLayout  = plan.Layout[Board]("walls/board")
	screenLayout = plan.Layout[Screen]("walls/screen")
)

// turnSeconds is how long a screen shows a sheet.
const turnSeconds = 20

func init() {
	plan.Declare(plan.Room{Folder: "boards", Title: "公告栏", Plan: planBoards, Inside: planInside, Shows: true})
}

// planBoards plans for each station with a board its page and its screen, and the
// sheets that are made for boards only.
func planBoards(b *plan.Builder) bool {
	walls := wallsOf(b)
	for _, w := range walls {
		st := w.station
		boardLayout.Wall(b, BoardPath(st), st.Name+"公告栏", st.At("id"), sheets(w.hanging, w.gone, w.coming), func(p *plan.Page) Board { return board(p, w) })
		screenLayout.Wall(b, ScreenPath(st), st.Name+"公告屏", st.At("id"), sheets(w.hanging), func(p *plan.Page) Screen { return screen(p, w) })
	}
	if len(walls) > 0 {
		boardsLayout.Page(b, "boards/", b.SectionTitle("boards"), b.SectionPos("boards/"), func(p *plan.Page) Boards { return boards(p, walls) })
	}
	return len(walls) > 0
}

// BoardPath is the address of the page of a station's board.
func BoardPath(s *stations.Station) string { return "boards/" + ledger.IDOf(s) + "/" }

// ScreenPath is the address of the screen of a station.
func ScreenPath(s *stations.Station) string { return "screens/" + ledger.IDOf(s) + "/" }

// ScreenOf is the path of the screen of the station with that id.
func ScreenOf(station string) string { return "screens/" + station + "/index.html" }

func boards(p *plan.Page, walls []*wall) Boards {
	title := p.SectionTitle("boards")
	v := Boards{Page: p.Head("boards", title, "各驿站公告栏上现在贴着什么，今天要揭下、贴上什么", p.Crumb("stations")), AsOf: plan.Date(p.AsOf)}
	for _, level := range stations.Levels() {
		g := BoardGroup{Title: level.Group()}
		for _, w := range walls {
			if w.station.Level == level {
				g.Boards = append(g.Boards, BoardItem{Link: p.Link(w.station.Name, BoardPath(w.station)),
					Count: len(w.hanging), Down: len(w.gone), Up: len(w.fresh()), Next: w.next()})
			}
		}
		if len(g.Boards) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

func board(p *plan.Page, w *wall) Board {
	st := w.station
	v := Board{AsOf: plan.Date(p.AsOf), Since: plan.Date(w.since), Station: p.LinkTo(st), Address: st.Address, Phone: st.Phone, Missing: w.missing, Left: w.left,
		Down: rows(p, w.gone), Up: rows(p, w.fresh()), Hanging: rows(p, w.hanging), Coming: rows(p, w.coming),
		Screen: p.Link("公告屏", ScreenPath(st)), Print: p.Link("打印整面墙", ScreenPath(st))}
	v.Print.URL += "#print"
	v.Page = p.Head("boards", st.Name+"公告栏", fmt.Sprintf("%s的公告栏：现在贴着 %d 份，今天要揭下、贴上什么", st.Name, len(w.hanging)), p.Crumb("boards"))
	return v
}

// rows are the rows of the register for some sheets.
func rows(p *plan.Page, list []hanging) []Row {
	var all []Row
	for _, h := range list {
		s := p.Sight(h.Sheet)
		all = append(all, Row{Link: p.Link(s.PageTitle, h.Address), Kind: h.posting, Format: formatOf(s.Sheet),
			From: plan.Date(h.From), Until: plan.Date(h.Until), LastDay: h.Until == p.AsOf, Version: s.Version})
	}
	return all
}

func screen(p *plan.Page, w *wall) Screen {
	v := Screen{Seconds: turnSeconds, Script: p.ScreenScript()}
	for _, h := range w.hanging {
		s := p.Show(h.Sheet)
		x := ScreenSheet{Format: formatOf(s.Sheet), Title: s.PageTitle, Layout: s.Layout, Until: plan.Date(h.Until), Key: s.Key, Main: s.Main, Slides: s.Slides}
		v.Sheets = append(v.Sheets, x)
		if !slices.Contains(v.Formats, x.Format) {
			v.Formats = append(v.Formats, x.Format)
		}
	}
	slices.SortFunc(v.Formats, func(x, y Format) int { return cmp.Or(x.Width-y.Width, x.Height-y.Height) })
	v.Sheet = p.Sheet(sheet.A4, w.station.Name+"公告栏", BoardPath(w.station), "", calendar.Date{}, calendar.Date{})
	if len(v.Formats) > 0 {
		v.Width, v.Height = v.Formats[0].Width, v.Formats[0].Height
	}
	if p.Full {
		var rules []byte
		for _, f := range v.Formats {
			rules = sheet.Named(rules, f.Width, f.Height, f.Wide, f.High)
		}
		sheet.SetPaper(&v.Sheet, string(rules))
	}
	return v
}

// paperNames are the sizes of paper that have a name, by their short side.
var paperNames = map[int]struct {
	name string
	long int
}{210: {"A4", 297}, 297: {"A3", 420}, 420: {"A2", 594}, 594: {"A1", 841}, 841: {"A0", 1189}}

// formatOf is the size of a sheet's paper, and what the trade calls it.
func formatOf(s view.Sheet) Format {
	f := Format{Width: s.Width, Height: s.Height, Wide: s.Wide, High: s.High, Name: fmt.Sprintf("%d×%d 毫米", s.Width, s.Height)}
	if p := paperNames[min(s.Width, s.Height)]; p.long == max(s.Width, s.Height) {
		f.Name = p.name
		if s.Width > s.Height {
			f.Name += " 横"
		}
	}
	return f
}
