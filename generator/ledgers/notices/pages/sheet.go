package pages

import (
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/notices"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/site"
	"biandan/generator/view"
	"biandan/generator/walls"
)

var paperKey = config.DeclarePaper("notices", "公示公告")

// mostOnWall is how many notices a wall has room for, those that end first.
const mostOnWall = 12

func init() {
	// A time without notices is nothing to mend.
	walls.Post(walls.Design{Posting: "公示公告", Optional: true, Max: mostOnWall, Sheets: func(b *plan.Builder) func(*stations.Station) []*plan.Sheet {
		near := nearNotices(b)
		return func(st *stations.Station) (sheets []*plan.Sheet) {
			for _, n := range near {
				if concerns(n.Notice, st, b.Book) {
					sheets = append(sheets, n.Sheet)
				}
			}
			return sheets
		}
	}})
}

// noticeSheet is a notice with its sheet.
type noticeSheet struct {
	*notices.Notice
	*plan.Sheet
}

// nearNotices are the notices that hang on some day of which walls speak, those
// that hang now first, and of these the nearest end.
func nearNotices(b *plan.Builder) []noticeSheet {
	var near []*notices.Notice
	for _, n := range ledger.All[notices.Notice](b.Book) {
		if first, last := hangs(n, b.Book); !last.IsZero() && walls.IsNear(b, first, last) {
			near = append(near, n)
		}
	}
	var list []noticeSheet
	for _, state := range []notices.State{notices.Current, notices.Plain, notices.Coming, notices.Ended} {
		for _, n := range notices.In(near, state, b.Book) {
			if pg := b.PageOf(n); pg != nil {
				s := sheetOf(b, n, pg)
				s.From, s.Until = hangs(n, b.Book)
				list = append(list, noticeSheet{n, s})
			}
		}
	}
	return list
}

// hangs returns the days on which a notice hangs. One without a last day would
// hang for ever, so it stands on the web page only.
func hangs(n *notices.Notice, b *ledger.Book) (first, last calendar.Date) {
	if first, last = n.Days(b); first.IsZero() {
		first = n.Date
	}
	return first, last
}

// concerns reports whether a notice belongs on the board of a station: it comes
// from no organisation in particular, or from one above, in or below that of the
// station; and a station of no organisation shows them all.
func concerns(n *notices.Notice, s *stations.Station, b *ledger.Book) bool {
	own, from := s.Branch.In(b), n.Branch.In(b)
	return own == nil || from == nil || own.IsBelow(from, b) || from.IsBelow(own, b)
}

func sizeOf(b *plan.Builder, n *notices.Notice) config.Size { return b.SizeOf(n, n.Paper, paperKey) }

// sheetOf is the sheet of a notice.
func sheetOf(b *plan.Builder, n *notices.Notice, pg *site.Page) *plan.Sheet {
	size := sizeOf(b, n)
	in := func(layout plan.LayoutOf[view.TextSheet], look notices.Look) *plan.Sheet {
		s := layout.Sheet(plan.SheetAddress(pg.Path), pg.Title, pg, func(p *plan.Page) view.TextSheet { return sheetView(p, n, look, size, pg.Path) })
		s.Text, s.Record = n.File(), pg
		return s
	}
	s := in(posterLayout, notices.PosterLook)
	if n.Look == notices.DocumentLook {
		poster := s
		s = in(documentLayout, notices.DocumentLook)
		s.OnScreen = poster
	}
	return s
}

// sheetView is a notice on paper.
func sheetView(p *plan.Page, n *notices.Notice, look notices.Look, size config.Size, subject string) view.TextSheet {
	from, until := hangs(n, p.Book)
	phone := issuerPhone(p, n)
	v := view.TextSheet{Band: string(n.Kind), Signed: n.Issuer, Signing: plan.Date(n.Date), DocNo: n.DocNo}
	v.Sheet = p.Sheet(size, n.Title, subject, "扫码看原文", from, until)
	v.Owner, v.OwnerPhone = n.Issuer, phone
	v.Facts = noticeFacts(p, n, phone)
	if n.Accept.Office != "" {
		note := "有不同意见，请在公示期内反映。" // under one's name or not: the notice says it
		if n.Accept.Address != "" {
			note += "来信：" + n.Accept.Address + "。"
		}
		v.Notes = append(v.Notes, note+n.Accept.Method)
	}
	if n.DocNo != "" && look != notices.DocumentLook {
		v.Notes = append(v.Notes, n.DocNo)
	}
	if look == notices.DocumentLook && n.DocNo != "" {
		v.Red = n.Issuer
	}
	body, key := p.Body(n.File(), n.Doc)
	v.BodyKey = key
	v.Version = plan.Version(v.PageTitle, v.Facts, v.BodyKey, v.Notes)
	switch {
	case !p.Full:
	case look == notices.DocumentLook:
		fitDocument(&v, sheet.OnPaper(string(body)))
	default:
		sheet.FitText(&v, sheet.OnPaper(string(body)))
	}
	return v
}

// noticeFacts are when, who, and the number of the issuer.
func noticeFacts(p *plan.Page, n *notices.Notice, phone string) []view.Field {
	first, last := n.Days(p.Book)
	when := view.Field{Name: "发布日期", Value: plan.Date(n.Date).Text}
	switch {
	case !last.IsZero() && !first.IsZero():
		when = view.Field{Name: "公示时间", Value: plan.Date(first).Text + "至" + plan.Date(last).Text}
	case !last.IsZero():
		when = view.Field{Name: "截止日期", Value: plan.Date(last).Text}
	}
	if n.Accept.Office != "" {
		return plan.Fields(when, view.Field{Name: "受理单位", Value: n.Accept.Office}, view.Field{Name: "受理电话", Value: n.Accept.Phone, Phone: n.Accept.Phone})
	}
	return plan.Fields(when, view.Field{Name: "发布单位", Value: n.Issuer}, view.Field{Name: "联系电话", Value: phone, Phone: phone})
}

// issuerPhone is the number of who issues a notice; that of the county is for what
// the county issues.
func issuerPhone(p *plan.Page, n *notices.Notice) string {
	if n.Accept.Phone != "" {
		return n.Accept.Phone
	}
	if own := n.Branch.In(p.Book); own != nil && own.Phone != "" {
		return own.Phone
	}
	for _, own := range ledger.All[branches.Branch](p.Book) {
		if own.Name == n.Issuer && own.Phone != "" {
			return own.Phone
		}
	}
	if n.Issuer == p.Config.Publisher || n.Issuer == p.Config.County {
		return p.Config.Phone
	}
	return ""
}
