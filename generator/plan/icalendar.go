package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	ics "github.com/arran4/golang-ical"

	"biandan/generator/calendar"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

// zone is that of all times of a site.
const zone = "Asia/Shanghai"

// dated is an event with what tells it from all others.
type dated struct {
	ledger.Event
	uid  string
	page *site.Page // of its record; nil: none
}

// planCalendars plans what calendar programs subscribe to: all events of the public
// book in one file, and those of each station and organisation that has a page.
func planCalendars(b *Builder, all []dated) {
	if len(all) == 0 {
		return
	}
	b.addBytes(calendarPath(nil), source.ContentDir, func() []byte { return b.calendar(b.Config.Title, all) })
	of := map[ledger.Entry][]dated{}
	var order []ledger.Entry
	for _, ev := range all {
		for _, e := range ev.Of {
			if e == nil || b.PageOf(e) == nil {
				continue
			}
			if of[e] == nil {
				order = append(order, e)
			}
			if !slices.ContainsFunc(of[e], func(d dated) bool { return d.uid == ev.uid }) {
				of[e] = append(of[e], ev)
			}
		}
	}
	b.calendars = map[ledger.Entry]bool{}
	for _, e := range order {
		b.calendars[e] = true
		b.addBytes(calendarPath(e), e.File(), func() []byte { return b.calendar(ledger.TitleOf(e), of[e]) })
	}
	b.calendars[nil] = true
}

// calendarPath is where the calendar of a record lies; nil: that of all.
func calendarPath(e ledger.Entry) string {
	if e == nil {
		return "calendars/all.ics"
	}
	return "calendars/" + ledger.KindOf(e).Ledger + "/" + ledger.IDOf(e) + ".ics"
}

// CalendarLinks is the link to the calendar of a record, nil: of all; none where
// nothing is to come or was.
func (p *Page) CalendarLinks(e ledger.Entry) []view.Link {
	if !p.calendars[e] {
		return nil
	}
	return []view.Link{p.Link("日历（可以订阅到手机）", calendarPath(e))}
}

// findEvents returns the events of the public book by day, and keeps those of each page.
func (b *Builder) findEvents() (all []dated) {
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			for _, e := range b.Book.Entries(k) {
				for _, ev := range k.Events(b.Book, e) {
					if ev.Day.IsZero() || !e.IsPublic() {
						continue
					}
					all = append(all, dated{Event: ev, uid: uid(k, e, ev), page: b.PageOf(e)})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y dated) int {
		return cmp.Or(x.Day.Compare(y.Day), strings.Compare(x.Hours, y.Hours), strings.Compare(x.uid, y.uid))
	})
	for _, ev := range all {
		if ev.page != nil {
			b.events[ev.page] = append(b.events[ev.page], ev)
		}
	}
	return all
}

// uid names an event for as long as its record keeps its id; one of a row without an
// id goes by its day and title.
func uid(k *ledger.Kind, e ledger.Entry, ev ledger.Event) string {
	name := strings.Trim(k.Ledger+"-"+k.Key, "-")
	id := ledger.IDOf(e)
	if id == "" || ev.Key != "" {
		id += digest.Of(ev.Key, ev.Title, ev.Day).String()[:12]
	}
	return name + "-" + strings.ReplaceAll(id, "/", "-") + "@biandan"
}

func (b *Builder) calendar(name string, events []dated) []byte {
	c := ics.NewCalendar()
	c.SetProductId("-//biandan//" + b.Config.County + "//ZH")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName(name)
	c.SetXWRTimezone(zone)
	std := c.AddTimezone(zone).AddStandard()
	std.AddProperty(ics.ComponentPropertyDtStart, "19910915T000000")
	std.AddProperty("TZOFFSETFROM", "+0800")
	std.AddProperty("TZOFFSETTO", "+0800")
	std.AddProperty("TZNAME", "CST")
	for _, d := range events {
		e := c.AddEvent(d.uid)
		day := compact(d.Day)
		e.SetProperty(ics.ComponentPropertyDtstamp, day+"T000000Z") // the same on every day that the site is built
		if from, to, ok := strings.Cut(d.Hours, "—"); ok {
			at := func(hours string) string { return day + "T" + strings.ReplaceAll(hours, ":", "") + "00" }
			e.SetProperty(ics.ComponentPropertyDtStart, at(from), ics.WithTZID(zone))
			e.SetProperty(ics.ComponentPropertyDtEnd, at(to), ics.WithTZID(zone))
		} else {
			e.SetProperty(ics.ComponentPropertyDtStart, day, ics.WithValue("DATE"))
			e.SetProperty(ics.ComponentPropertyDtEnd, compact(d.Day.AddDays(1)), ics.WithValue("DATE"))
		}
		title := d.Title
		if d.Off != "" {
			title = "（取消）" + title
			e.SetStatus(ics.ObjectStatusCancelled)
		}
		e.SetSummary(title)
		if d.Place != "" {
			e.SetLocation(d.Place)
		}
		if d.page != nil && b.Config.BaseURL != "" {
			e.SetURL(b.full(d.page.Path))
		}
	}
	return []byte(c.Serialize())
}

// compact is a day without hyphens: 20261123.
func compact(d calendar.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day) }
