package plan

import (
	"cmp"
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/view"
)

const (
	// turnSeconds is how long a screen shows a sheet.
	turnSeconds = 20
	// maxNotices is how many notices a wall has room for, those that end first.
	maxNotices = 12
	// A board speaks of what was over lately and of what comes soon, in days.
	boardPast, boardAhead = 14, 31
)

// wall is the board of a station on the day of the build.
type wall struct {
	station *ledger.Station
	since   calendar.Date // the day before on which somebody was there
	hanging []*posted
	gone    []*posted // over since that day
	coming  []*posted
	missing []string
	left    int // notices without room
}

// planBoards plans for each station with a board its page and its screen, and
// the sheets that are made for boards only.
func planBoards(b *builder) {
	s := newShop(b)
	var walls []*wall
	for _, st := range ledger.All[ledger.Station](b.Book) {
		names := st.Postings()
		if len(names) == 0 || b.PageOf(st) == nil {
			continue
		}
		w := s.wall(st, names)
		walls = append(walls, w)
		b.addPage(boardPath(st), "board", st.Name+"公告栏", st.At("id"), func(p *page) any { return p.board(w) }).Board = &Board{Texts: w.files()}
		b.addPage(screenPath(st), "screen", st.Name+"公告屏", st.At("id"), func(p *page) any { return p.screen(w) }).Board = &Board{Texts: w.files(), Wall: w.paths()}
	}
	if len(walls) > 0 {
		b.addPage("boards/", "boards", b.boardsTitle(), b.sectionPos("boards/"), func(p *page) any { return p.boardList(walls) })
	}
}

func boardPath(s *ledger.Station) string  { return "boards/" + ledger.IDOf(s) + "/" }
func screenPath(s *ledger.Station) string { return "screens/" + ledger.IDOf(s) + "/" }

// ScreenOf is the path of the screen of the station with that id.
func ScreenOf(station string) string { return "screens/" + station + "/index.html" }

func (b *builder) boardsTitle() string {
	if s := b.Section("boards"); s != nil {
		return s.Title
	}
	return "公告栏"
}

// wall puts the sheets of a station together.
func (s *shop) wall(st *ledger.Station, names []ledger.Posting) *wall {
	w := &wall{station: st, since: st.LastOpen(s.AsOf, s.Book.Holidays())}
	for _, name := range names {
		n := len(w.hanging) + len(w.coming)
		for _, sheet := range s.sheetsOf(name, st) {
			w.add(sheet, s.AsOf)
		}
		// A time without notices is nothing to mend, and that a plate is missing
		// would tell the stars that are not published.
		if len(w.hanging)+len(w.coming) == n && name.Name != noticesPosting && name.Name != platePosting {
			w.missing = append(w.missing, name.Name)
		}
	}
	w.makeRoom()
	return w
}

func (w *wall) add(s *posted, day calendar.Date) {
	switch {
	case s.from.After(day):
		if s.from.Sub(day) <= boardAhead {
			w.coming = append(w.coming, s)
		}
	case s.until.IsZero() || !s.until.Before(day):
		w.hanging = append(w.hanging, s)
	case !s.until.Before(w.since):
		w.gone = append(w.gone, s)
	}
}

// makeRoom leaves out the notices that end last when there are too many.
func (w *wall) makeRoom() {
	notices := 0
	w.hanging = slices.DeleteFunc(w.hanging, func(s *posted) bool {
		isNotice := s.file != ""
		if isNotice {
			notices++
		}
		over := isNotice && notices > maxNotices
		if over {
			w.left++
		}
		return over
	})
}

// files are the content files whose bodies the sheets of a wall show.
func (w *wall) files() []string {
	var files []string
	for _, list := range [][]*posted{w.hanging, w.gone, w.coming} {
		for _, s := range list {
			if s.file != "" {
				files = append(files, s.file)
			}
		}
	}
	return files
}

// paths are those of the sheets that hang, in order.
func (w *wall) paths() []string {
	paths := make([]string, len(w.hanging))
	for i, s := range w.hanging {
		paths[i] = s.address + indexFile
	}
	return paths
}

// fresh are the sheets whose time has begun since somebody was there last.
func (w *wall) fresh() []*posted {
	return slices.DeleteFunc(slices.Clone(w.hanging), func(s *posted) bool { return !s.from.After(w.since) })
}

// next is the next day on which the wall changes, in words; "" when none is known.
func (w *wall) next() string {
	var day calendar.Date
	up, down := 0, 0
	count := func(d calendar.Date, n *int) {
		if d.IsZero() || !day.IsZero() && d.After(day) {
			return
		}
		if day.IsZero() || d.Before(day) {
			day, up, down = d, 0, 0
		}
		*n++
	}
	for _, s := range w.coming {
		count(s.from, &up)
	}
	for _, s := range w.hanging {
		if !s.until.IsZero() {
			count(s.until.AddDays(1), &down)
		}
	}
	if day.IsZero() {
		return ""
	}
	return day.Chinese() + work(down, up)
}

// work says how many sheets are to be taken down and to be hung.
func work(down, up int) string {
	switch {
	case up == 0:
		return fmt.Sprintf("揭下 %d 份", down)
	case down == 0:
		return fmt.Sprintf("贴上 %d 份", up)
	}
	return fmt.Sprintf("揭下 %d 份，贴上 %d 份", down, up)
}

func (p *page) boardList(walls []*wall) view.Boards {
	title := p.boardsTitle()
	v := view.Boards{Page: p.head("boards", title, "各驿站公告栏上现在贴着什么，今天要揭下、贴上什么", p.crumb("stations")), AsOf: date(p.AsOf)}
	for _, level := range ledger.StationLevel("").Options() {
		g := view.BoardGroup{Title: stationGroups[ledger.StationLevel(level)]}
		for _, w := range walls {
			if string(w.station.Level) == level {
				g.Boards = append(g.Boards, view.BoardItem{Link: p.link(w.station.Name, boardPath(w.station)),
					Count: len(w.hanging), Down: len(w.gone), Up: len(w.fresh()), Next: w.next()})
			}
		}
		if len(g.Boards) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

func (p *page) board(w *wall) view.Board {
	st := w.station
	v := view.Board{AsOf: date(p.AsOf), Since: date(w.since), Station: p.linkTo(st), Address: st.Address, Phone: st.Phone, Missing: w.missing, Left: w.left,
		Down: p.postings(w.gone), Up: p.postings(w.fresh()), Hanging: p.postings(w.hanging), Coming: p.postings(w.coming),
		Screen: p.link("公告屏", screenPath(st)), Print: p.link("打印整面墙", screenPath(st))}
	v.Print.URL += "#print"
	v.Page = p.head("boards", st.Name+"公告栏", fmt.Sprintf("%s的公告栏：现在贴着 %d 份，今天要揭下、贴上什么", st.Name, len(w.hanging)), p.link(p.boardsTitle(), "boards/"))
	return v
}

func (p *page) postings(list []*posted) []view.Posting {
	var rows []view.Posting
	for _, s := range list {
		sheet := sheetOf(s.view(p))
		rows = append(rows, view.Posting{Link: p.link(sheet.PageTitle, s.address), Kind: s.name, Format: formatOf(sheet),
			From: date(s.from), Until: date(s.until), LastDay: s.until == p.AsOf, Version: sheet.Version})
	}
	return rows
}

// paperNames are the sizes of paper that have a name, by their short side.
var paperNames = map[int]struct {
	name string
	long int
}{210: {"A4", 297}, 297: {"A3", 420}, 420: {"A2", 594}, 594: {"A1", 841}, 841: {"A0", 1189}}

// formatOf is the size of a sheet's paper, and what the trade calls it.
func formatOf(s view.Sheet) view.Format {
	f := view.Format{Width: s.Width, Height: s.Height, Wide: s.Wide, High: s.High, Name: fmt.Sprintf("%d×%d 毫米", s.Width, s.Height)}
	if p := paperNames[min(s.Width, s.Height)]; p.long == max(s.Width, s.Height) {
		f.Name = p.name
		if s.Width > s.Height {
			f.Name += " 横"
		}
	}
	return f
}

func (p *page) screen(w *wall) view.Screen {
	v := view.Screen{Seconds: turnSeconds, Script: p.url(p.turner)}
	for _, s := range w.hanging {
		sheet := s.view(p)
		h := hung(sheet)
		h.Layout, h.Until = s.layout, date(s.until)
		v.Hung = append(v.Hung, h)
		if !slices.Contains(v.Formats, h.Format) {
			v.Formats = append(v.Formats, h.Format)
		}
	}
	slices.SortFunc(v.Formats, func(x, y view.Format) int { return cmp.Or(x.Width-y.Width, x.Height-y.Height) })
	v.Sheet = p.sheet(a4, w.station.Name+"公告栏", boardPath(w.station), "", calendar.Date{}, calendar.Date{})
	if len(v.Formats) > 0 {
		v.Width, v.Height = v.Formats[0].Width, v.Formats[0].Height
	}
	return v
}

// pos is the place in the ledger of a record, for messages; of a list, its first.
func pos[T any](list []*T) diag.Pos {
	if len(list) == 0 {
		return diag.Pos{}
	}
	return diag.Pos{File: any(list[0]).(ledger.Entry).File()}
}
