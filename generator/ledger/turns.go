package ledger

import (
	"iter"
	"maps"
	"slices"

	"biandan/generator/calendar"
)

// Turn is a day on which a site changes though nobody edits it: something
// appears, or its time is over. What is said anew every day (还有 3 天, 今天开放)
// is no turn.
type Turn struct {
	Date calendar.Date // no date: never
	What []string      // “…”公示期满
}

// Next returns the first turn after the day of the book. It looks at what the
// public can see or will see; v is what a preview shows beside.
func (b *Book) Next(v Visible) Turn {
	var next Turn
	for t := range b.turns(v) {
		next.merge(t)
	}
	return next
}

// Turns returns the turns after the day of the book up to another, one for each day.
func (b *Book) Turns(v Visible, until calendar.Date) []Turn {
	days := map[calendar.Date]Turn{}
	for t := range b.turns(v) {
		if !t.Date.After(until) {
			day := days[t.Date]
			day.merge(t)
			days[t.Date] = day
		}
	}
	return slices.SortedFunc(maps.Values(days), func(x, y Turn) int { return x.Date.Compare(y.Date) })
}

// turns are those of the site and of all records, in the order of their ledgers and files.
func (b *Book) turns(v Visible) iter.Seq[Turn] {
	return func(yield func(Turn) bool) {
		for _, t := range b.mournings() {
			if t.Date.After(b.AsOf) && !yield(t) {
				return
			}
		}
		for _, l := range Ledgers() {
			for i := range l.Kinds {
				for _, e := range b.Entries(&l.Kinds[i]) {
					if !b.turnsOf(&l.Kinds[i], e, v, yield) {
						return
					}
				}
			}
		}
	}
}

// mournings are the turns of the days on which the site is grey.
func (b *Book) mournings() (list []Turn) {
	for _, d := range b.Mourning {
		if !slices.Contains(b.Mourning, d.AddDays(-1)) {
			list = append(list, Turn{d, []string{"网页变成灰色，哀悼"}})
		}
		if after := d.AddDays(1); !slices.Contains(b.Mourning, after) {
			list = append(list, Turn{after, []string{"哀悼日过了，网页恢复颜色"}})
		}
	}
	return list
}

// merge keeps the earlier of two turns, or both when they are on one day.
func (t *Turn) merge(o Turn) {
	switch {
	case t.Date.IsZero() || o.Date.Before(t.Date):
		*t = o
	case o.Date == t.Date:
		t.What = append(slices.Clip(t.What), o.What...)
	}
}

// turnsOf yields the turns to come of a record that the public can see or will see:
// when it appears and disappears, and while it is there those of its kind. It returns
// false when no more are wanted.
func (b *Book) turnsOf(k *Kind, e Entry, v Visible, yield func(Turn) bool) (more bool) {
	if !b.Publishes(k, e, Visible{Drafts: v.Drafts, Future: true, Expired: v.Expired}) || !e.IsPublic() {
		return true
	}
	more = true
	var appears, expires calendar.Date
	on := func(d calendar.Date, title, what string) {
		over := !expires.IsZero() && !v.Expired && d.After(expires)
		if more && d.After(b.AsOf) && !d.Before(appears) && !over {
			more = yield(Turn{d, []string{"“" + title + "”" + what}})
		}
	}
	if pe, ok := e.(PageEntry); ok {
		p := pe.page()
		if p.IsFuture(b.AsOf) && !v.Future {
			if appears = p.PublishDate; appears.IsZero() {
				appears = p.Date
			}
			on(appears, p.Title, "上线")
		}
		if expires = p.ExpiryDate; !expires.IsZero() && !v.Expired {
			on(expires, p.Title, "下线")
		}
	}
	if k.turns != nil {
		k.turns(b, e, on)
	}
	return more
}
