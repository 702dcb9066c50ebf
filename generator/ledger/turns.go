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

// turns are those of all records, in the order of their ledgers and files.
func (b *Book) turns(v Visible) iter.Seq[Turn] {
	return func(yield func(Turn) bool) {
		for _, l := range Ledgers() {
			for i := range l.Kinds {
				for _, e := range b.Entries(&l.Kinds[i]) {
					for _, t := range b.turnsOf(&l.Kinds[i], e, v) {
						if !yield(t) {
							return
						}
					}
				}
			}
		}
	}
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

// TurnOn is the turn of a thing: on that day, what it does.
func TurnOn(d calendar.Date, title, what string) Turn {
	return Turn{d, []string{"“" + title + "”" + what}}
}

// turnsOf returns the turns to come of a record that the public can see or will
// see: when it appears and disappears, and while it is there those of its kind.
func (b *Book) turnsOf(k *Kind, e Entry, v Visible) []Turn {
	if !b.Publishes(k, e, Visible{Drafts: v.Drafts, Future: true, Expired: v.Expired}) || !e.IsPublic() {
		return nil
	}
	var appears, expires calendar.Date
	var turns []Turn
	if pe, ok := e.(PageEntry); ok {
		p := pe.page()
		if p.IsFuture(b.AsOf) && !v.Future {
			if appears = p.PublishDate; appears.IsZero() {
				appears = p.Date
			}
			turns = append(turns, TurnOn(appears, p.Title, "上线"))
		}
		if expires = p.ExpiryDate; !expires.IsZero() && !v.Expired {
			turns = append(turns, TurnOn(expires, p.Title, "下线"))
		}
	}
	if k.turns != nil {
		turns = append(turns, k.turns(b, e)...)
	}
	return slices.DeleteFunc(turns, func(t Turn) bool {
		return t.Date.IsZero() || !t.Date.After(b.AsOf) || t.Date.Before(appears) || !expires.IsZero() && !v.Expired && t.Date.After(expires)
	})
}
