package plan

import (
	"fmt"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/view"
)

// A4 in millimetres.
const (
	a4Width  = 210
	a4Height = 297
)

// sheet makes the part of a view that every sheet has. subject is the address
// of the page that the sheet belongs to and that its code leads to.
func (p *page) sheet(title, subject, verb string, hung, until calendar.Date) view.Sheet {
	s := view.Sheet{Page: p.head("", title, ""), Width: a4Width, Height: a4Height, Hung: date(hung), Until: date(until),
		Owner: p.Config.Publisher, Verb: verb, Back: p.url(subject)}
	s.Page.Canonical = p.full(subject)
	if to := p.full(subject); to != "" {
		s.QR = p.qrCode(to)
		s.Short = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(to, "https://"), "http://"), "/")
	}
	return s
}

// version names the content of a sheet in a few characters, so that one can see
// whether the sheet on the wall is the present one.
func version(parts ...any) string { return digest.Of(parts...).String()[:6] }

func (p *page) monthSheet(m *ledger.Month, subject string) view.MonthSheet {
	v := view.MonthSheet{Sheet: p.sheet(m.Title, subject, "扫码看活动", m.Month.First(), m.Month.Last()),
		MonthCard: p.monthCard(m), Tasks: m.Tasks, Activities: p.monthActivities(m)}
	// Paper does not know the day on which it is read.
	v.Past, v.Current, v.Coming, v.CountPassed = false, false, nil, 0
	for i := range v.Activities {
		v.Activities[i].Past = false
	}
	v.Version = version(v.PageTitle, v.Slogan, v.Tasks, m.Activities)
	return v
}

func (p *page) servicesSheet() view.ServicesSheet {
	v := view.ServicesSheet{Sheet: p.sheet(p.sectionTitle("services"), "services/", "扫码看办理要点", p.lastUpdate(), calendar.Date{}), Categories: p.categoryItems()}
	for _, c := range v.Categories {
		v.Count += len(c.Services)
	}
	v.Version = version(v.Categories)
	return v
}

func (p *page) starsSheet(y ledger.StarYear, subject string) view.StarsSheet {
	title := fmt.Sprintf("%d年度星级党组织评定结果", y.Year)
	v := view.StarsSheet{Sheet: p.sheet(title, subject, "扫码看结果", calendar.Date{}, calendar.Date{}), Verdict: verdict(y.All), Chart: p.chart(y, y.All), Classes: p.boards(y)}
	v.Version = version(v.Chart, v.Classes)
	return v
}

func (p *page) noticeSheet(n *ledger.Notice, subject string) view.NoticeSheet {
	hung, until := p.period(n)
	if hung.IsZero() {
		hung = n.Date
	}
	v := view.NoticeSheet{Sheet: p.sheet(n.Title, subject, "扫码看原文", hung, until), NoticeItem: p.noticeItem(n), DocNo: n.DocNo, Accept: acceptance(n)}
	v.Body, v.BodyKey = p.body(n.File(), n.Doc)
	v.Owner, v.State, v.Left = n.Issuer, "", ""
	v.Version = version(v.PageTitle, v.Start, v.End, v.BodyKey, []*view.Acceptance{v.Accept})
	return v
}

// lastUpdate is the day of the latest change to the service list; no date when
// none is recorded, and then the date is written by hand.
func (b *builder) lastUpdate() calendar.Date {
	var last calendar.Date
	for _, s := range ledger.All[ledger.Service](b.Book) {
		if last.Before(s.Updated) {
			last = s.Updated
		}
	}
	return last
}
