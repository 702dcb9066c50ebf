package pages

import (
	"fmt"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/notices"
	"biandan/generator/ledgers/services"
	"biandan/generator/plan"
	"biandan/generator/view"
)

const (
	historyAddress = "services/history/"
	historyTitle   = "清单沿革"
)

var historyLayout = plan.Layout[History]("services/history")

// planHistory plans the page of what was changed, once anything was.
func planHistory(b *plan.Builder) {
	if all := ledger.All[services.Revision](b.Book); len(all) > 0 {
		historyLayout.Page(b, historyAddress, historyTitle, all[0].At(), history)
	}
}

func history(p *plan.Page) History {
	v := History{Verdict: verdict(services.TallyOf(p.Book, p.AsOf.Year))}
	v.Page = p.Head("services", historyTitle, "服务清单哪一项改了、从哪天起、为什么改："+v.Verdict, p.Crumb("services"))
	v.Page.Data = p.DataLinks("services")
	for _, r := range services.Newest(p.Book) {
		v.Revisions = append(v.Revisions, revision(p, r))
	}
	return v
}

// verdict says in a sentence what the changes of this year come to.
func verdict(t services.Tally) string {
	switch {
	case t.Revisions == 0:
		return "今年还没有调整过清单。"
	case t.Received == 0:
		return fmt.Sprintf("今年调整 %d 次、%d 项。", t.Revisions, t.Changes)
	}
	return fmt.Sprintf("今年调整 %d 次、%d 项；收到居民意见 %d 条，采纳 %d 条。", t.Revisions, t.Changes, t.Received, t.Upheld)
}

// changed is the figure that leads to the history: of this year, or of all years.
func changed(p *plan.Page) view.Figure {
	f := view.Figure{Value: fmt.Sprint(len(ledger.All[services.Revision](p.Book))), Unit: "次", Text: "历次调整，看改了什么", URL: p.URL(historyAddress)}
	if t := services.TallyOf(p.Book, p.AsOf.Year); t.Changes > 0 {
		f.Value, f.Unit, f.Text = fmt.Sprint(t.Changes), "项", "今年调整，看改了什么"
	}
	return f
}

// revisionAnchor leads to a revision on the page.
func revisionAnchor(id string) string {
	if id == "" {
		return ""
	}
	return "#v." + id
}

func revision(p *plan.Page, r *services.Revision) Revision {
	v := Revision{ID: r.ID, InForce: plan.Date(r.InForce), Ahead: r.InForce.After(p.AsOf)}
	if n := r.Notice.In(p.Book); n != nil {
		v.Facts = append(v.Facts, noticeField(p, string(n.Kind), n))
		if o := n.Outcome.Text(); o != "" {
			v.Facts = append(v.Facts, view.Field{Name: "居民意见", Value: o})
		}
	}
	if n := r.Announced.In(p.Book); n != nil {
		v.Facts = append(v.Facts, noticeField(p, string(n.Kind), n))
	}
	count := map[services.ChangeKind]int{}
	for _, c := range r.Changes {
		count[c.Kind]++
		link := view.Link{Text: c.Service}
		if s := ledger.Find[services.Service](p.Book, c.Service); s != nil {
			link = p.LinkTo(s)
		}
		v.Changes = append(v.Changes, Change{Link: link, Kind: string(c.Kind), Field: c.FieldTitle(), Before: c.Before, After: c.After, Why: c.Why})
	}
	var parts []string
	for _, kind := range services.ChangeKind("").Options() {
		if n := count[services.ChangeKind(kind)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 项", kind, n))
		}
	}
	v.Count = strings.Join(parts, "、")
	return v
}

// noticeField is a notice with the day on which it begins.
func noticeField(p *plan.Page, name string, n *notices.Notice) view.Field {
	link, day := p.LinkTo(n), n.Date
	if !n.Start.IsZero() {
		day = n.Start
	}
	return view.Field{Name: name, Value: link.Text + dated(day), URL: link.URL}
}

func dated(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return "（" + d.Chinese() + "）"
}
