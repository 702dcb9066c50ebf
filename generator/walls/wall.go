// Package walls puts sheets on the boards (公告栏) of stations: what hangs there on a
// day, what is to be taken down and hung, the page of a board with its register,
// and the screen that turns the sheets by itself.
//
// Which sheets a wall needs is declared by the ledgers ([ledger.Declaration.Posts]) and
// may be said by the station (board = […]); how they look is told by [Post]; that
// days decide what hangs is here.
package walls

import (
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
	"biandan/generator/plan"
)

// A board speaks of what was over lately and of what comes soon, in days.
const past, ahead = 14, 31

// IsNear reports whether any day from first to last is one that boards speak of.
func IsNear(b *plan.Builder, first, last calendar.Date) bool {
	return first.Sub(b.AsOf) <= ahead && b.AsOf.Sub(last) <= past
}

// wall is the board of a station on the day of the build.
type wall struct {
	station *stations.Station
	since   calendar.Date // the day before on which somebody was there
	hanging []hanging
	gone    []hanging // over since that day
	coming  []hanging
	missing []string // postings without a sheet
	left    int      // sheets without room
}

// hanging is a sheet on a wall, with the name of its posting.
type hanging struct {
	*plan.Sheet
	posting string
}

// wallsOf puts together the walls of all stations that have one.
func wallsOf(b *plan.Builder) []*wall {
	sheets := map[string]func(*stations.Station) []*plan.Sheet{} // by posting
	var walls []*wall
	for _, st := range ledger.All[stations.Station](b.Book) {
		postings := st.Postings()
		if len(postings) == 0 || b.PageOf(st) == nil {
			continue
		}
		w := &wall{station: st, since: st.LastOpen(b.AsOf, b.Book)}
		for _, p := range postings {
			d := designOf(p)
			if sheets[p.Name] == nil {
				sheets[p.Name] = d.Sheets(b)
			}
			all := sheets[p.Name](st)
			for _, s := range all {
				if !b.Has(s.Address) {
					b.PlanSheet(s)
				}
			}
			w.post(d, all, b.AsOf)
		}
		walls = append(walls, w)
	}
	return walls
}

// post puts the sheets of a posting where they belong on a day.
func (w *wall) post(d Design, sheets []*plan.Sheet, day calendar.Date) {
	known, hung := len(w.hanging)+len(w.coming), 0
	for _, s := range sheets {
		h := hanging{s, d.Posting}
		switch {
		case s.From.After(day):
			if s.From.Sub(day) <= ahead {
				w.coming = append(w.coming, h)
			}
		case s.Until.IsZero() || !s.Until.Before(day):
			if hung++; d.Max > 0 && hung > d.Max {
				w.left++
			} else {
				w.hanging = append(w.hanging, h)
			}
		case !s.Until.Before(w.since):
			w.gone = append(w.gone, h)
		}
	}
	if len(w.hanging)+len(w.coming) == known && !d.Optional {
		w.missing = append(w.missing, d.Posting)
	}
}

// sheets are those of lists of a wall.
func sheets(lists ...[]hanging) []*plan.Sheet {
	var all []*plan.Sheet
	for _, h := range slices.Concat(lists...) {
		all = append(all, h.Sheet)
	}
	return all
}

// fresh are the sheets whose time has begun since somebody was there last.
func (w *wall) fresh() []hanging {
	return slices.DeleteFunc(slices.Clone(w.hanging), func(h hanging) bool { return !h.From.After(w.since) })
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
		count(s.From, &up)
	}
	for _, s := range w.hanging {
		if !s.Until.IsZero() {
			count(s.Until.AddDays(1), &down)
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
