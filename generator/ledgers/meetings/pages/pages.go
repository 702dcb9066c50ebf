// Package pages shows the joint meetings: first what became of what was decided, then
// the year of each committee with its meetings, its joint activities and whose turn it
// is to host one, then all meetings.
package pages

import (
	"fmt"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/meetings"
	"biandan/generator/ledgers/months"
	"biandan/generator/plan"
	"biandan/generator/view"
)

var layout = plan.Layout[Meetings]("meetings/meetings")

func init() { plan.Declare(plan.Room{Folder: "meetings", Plan: planMeetings}) }

func planMeetings(b *plan.Builder) bool {
	if len(ledger.All[meetings.Meeting](b.Book)) == 0 {
		return false // the default table, if there is anything to show
	}
	layout.Page(b, "meetings/", b.SectionTitle("meetings"), b.SectionPos("meetings/"), page)
	return true
}

func page(p *plan.Page) Meetings {
	v := Meetings{Table: p.Table(ledger.Lookup("meetings"), nil), Year: p.AsOf.Year}
	for _, name := range []ledger.FigureName{"联席会议", "议定事项", "议定事项办结率"} {
		if f := p.Figure(name); f != nil {
			f.URL = "" // it leads here
			v.Figures = append(v.Figures, *f)
		}
	}
	for _, c := range branches.Committees(p.Book) {
		v.Years = append(v.Years, committee(p, c))
	}
	return v
}

func committee(p *plan.Page, c *branches.Branch) Committee {
	v := Committee{Link: p.LinkTo(c)}
	held, joint := meetings.Year(p.Book, c.ID, p.AsOf.Year), months.JointYear(p.Book, c.ID, p.AsOf.Year)
	for i := range held {
		v.Quarters = append(v.Quarters, quarter(p, held[i], joint[i]))
	}
	r := months.RotationOf(p.Book, c.ID)
	v.Rotates = r.Units > 0
	if v.Rotates {
		v.Count = fmt.Sprintf("%d 家委员单位，最近四个季度 %d 家承办过或者排上了", r.Units, r.Units-len(r.Next))
	}
	const shown = 3
	for i, t := range r.Next {
		h := Host{Name: t.Unit.Name}
		if !t.Last.IsZero() {
			h.Last = "上次 " + t.Last.Chinese()
		}
		if i < shown {
			v.Next = append(v.Next, h)
		} else {
			v.Rest = append(v.Rest, h)
		}
	}
	return v
}

var quarterNames = strings.Fields("第一季度 第二季度 第三季度 第四季度")

func quarter(p *plan.Page, held meetings.Quarter, joint months.JointQuarter) Quarter {
	v := Quarter{Name: quarterNames[held.Q-1], Current: held.Quarter == calendar.QuarterOf(p.AsOf)}
	for _, m := range held.Meetings {
		v.Meetings = append(v.Meetings, meeting(p, m))
	}
	if held.Due {
		v.NoMeeting = none(p, held.Quarter, held.Missing, "没有开")
	}
	for _, a := range joint.Activities {
		v.Activities = append(v.Activities, activity(p, a))
	}
	if len(joint.Activities) == 0 {
		v.NoActivity = none(p, joint.Quarter, joint.Missing, "没有办")
	}
	return v
}

// none says why there is nothing in a quarter.
func none(p *plan.Page, q calendar.Quarter, missing bool, missed string) None {
	switch {
	case missing:
		return None{missed, true}
	case q.Last().Before(p.AsOf):
		return None{"没有记录", false}
	case q.First().After(p.AsOf):
		return None{"还没有到", false}
	}
	return None{fmt.Sprintf("还没有排，最晚 %s", short(q.Last())), true}
}

func meeting(p *plan.Page, m *meetings.Meeting) Meeting {
	v := Meeting{Date: shortDate(m.Date), URL: plan.InRegister(m), State: "开了"}
	switch {
	case m.Off != "":
		v.State = "取消了"
	case !m.Date.Before(p.AsOf):
		v.State, v.Ahead = "要开", true
	case m.Due > 0 && m.Came > 0:
		v.Note = fmt.Sprintf("应到 %d 家，实到 %d 家", m.Due, m.Came)
	}
	if m.IsExtra() {
		v.State = "临时，" + v.State
	}
	return v
}

func activity(p *plan.Page, a months.JointActivity) Activity {
	v := Activity{Link: p.LinkTo(a.Month), Date: shortDate(a.Day()), State: "办了", Host: plan.RefLink(p, a.Host)}
	v.Text = a.Name
	if !a.Day().Before(p.AsOf) {
		v.State, v.Ahead = "要办", true
	}
	var partners []string
	for _, u := range a.Partners {
		if name := plan.RefTitle(p.Builder, u); name != "" {
			partners = append(partners, name)
		}
	}
	v.Partners = strings.Join(partners, "、")
	return v
}

// short is a day of the year that is spoken of.
func short(d calendar.Date) string { return fmt.Sprintf("%d月%d日", d.Month, d.Day) }

func shortDate(d calendar.Date) view.Date {
	v := plan.Date(d)
	v.Text = short(d)
	return v
}
