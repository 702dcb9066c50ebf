package ledger

import (
	"cmp"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/rules"
)

// Most systems of the programme have one of four shapes: a list of things that exist
// for a time, an event on a day, a matter that passes dated steps, a grid of counts by
// organisation and period. A kind that declares its shape has a state beside its
// fields, in tables, sheets and open data, which is derived from its dates; its
// records are grouped and ordered as readers look for them; it has the rules of the
// shape, under the codes of its own ledger; and what of it comes or falls due is told
// by biandan status.

// Standing is what a record is on the day of the book.
type Standing struct {
	Title string // "": that of the record
	State string // 计划, 在办, 逾期 …; "" for none
	Tone  Tone
	Group string // under which heading it stands
	Order int    // of the group: the least first
	Rank  int    // in the group: the least first
	Over  bool   // it is long past: no sheet for walls shows it
}

// ordinal is a running number of days.
func ordinal(d calendar.Date) int { return d.Sub(calendar.Date{Year: 2000, Month: 1, Day: 1}) }

// Tone says how a state is to be taken.
type Tone string

// The tones.
const (
	Calm   Tone = ""
	Ahead  Tone = "ahead"  // it comes
	Good   Tone = "good"   // it is done
	Urgent Tone = "urgent" // somebody waits for it
)

// Event is what happens on a day.
type Event struct {
	Title string
	Day   calendar.Date
	Hours string  // 08:30—12:00; "": not said
	Place string  // "": not said
	Of    []Entry // in whose calendars it stands: stations, organisations
	Off   string  // why it was called off
	Done  bool    // its result is written
	Key   string  // tells it from other events of its record
}

// The states of events.
const (
	Planned    = "计划"
	Today      = "今天"
	Held       = "已办"
	Unreported = "待补结果"
	CalledOff  = "取消"
)

// State is what the event is on a day.
func (e *Event) State(d calendar.Date) (string, Tone) {
	switch {
	case e.Off != "":
		return CalledOff, Calm
	case e.Day.After(d):
		return Planned, Ahead
	case e.Day == d:
		return Today, Ahead
	case e.Done:
		return Held, Good
	}
	return Unreported, Urgent
}

// patience is how many days after an event its result may be missing.
const patience = 7

// asEvent gives the kind the shape of [Declaration.AsEvent].
func (k *Kind) asEvent(unreported *diag.Rule, f func(b *Book, e Entry) Event) {
	k.events = func(b *Book, e Entry) []Event { return []Event{f(b, e)} }
	k.standing = func(b *Book, e Entry) Standing {
		ev := f(b, e)
		s := Standing{Title: ev.Title, Rank: -ordinal(ev.Day), Over: ev.Day.AddDays(92).Before(b.AsOf)}
		s.State, s.Tone = ev.State(b.AsOf)
		if q := calendar.QuarterOf(ev.Day); !q.IsZero() {
			s.Group, s.Order = q.Chinese(), -q.Number()
		}
		return s
	}
	k.turns = func(b *Book, e Entry, on func(d calendar.Date, title, what string)) {
		if ev := f(b, e); ev.Off == "" && !ev.Day.IsZero() {
			on(ev.Day, ev.Title, "举行")
			on(ev.Day.AddDays(1), ev.Title, "办完")
		}
	}
	k.check = func(b *Book, e Entry, bag *diag.Bag) {
		ev := f(b, e)
		state, _ := ev.State(b.AsOf)
		if late := b.AsOf.Sub(ev.Day); unreported != nil && state == Unreported && late > patience && !ev.Day.IsZero() {
			bag.Addf(unreported, e.At("date"), "“%s”过去 %d 天了，还没有写结果", ev.Title, late)
		}
	}
}

// Matter is something that passes dated steps to an end.
type Matter struct {
	Title string
	Steps []Step        // in their order; the last one ends it
	Due   calendar.Date // of the last step; no date: none
	DueAt string        // the key of Due
	End   string        // how it ended otherwise: 撤回
}

// Step is a step of a matter; without a day it was not taken.
type Step struct {
	Name, Key string
	Day       calendar.Date
}

// The states of matters.
const (
	Overdue = "逾期"
	Pending = "在办"
	Settled = "办结"
)

// State is what the matter is on a day.
func (m *Matter) State(d calendar.Date) (string, Tone) {
	switch {
	case m.End != "":
		return m.End, Calm
	case !m.ended().IsZero():
		return Settled, Good
	case rules.Late(m.Due, calendar.Date{}, d) > 0:
		return Overdue, Urgent
	}
	return Pending, Ahead
}

// ended is the day of the last step.
func (m *Matter) ended() calendar.Date {
	if len(m.Steps) == 0 {
		return calendar.Date{}
	}
	return m.Steps[len(m.Steps)-1].Day
}

// ruleDue is that of all matters.
var ruleDue = diag.Define(diag.Rule{Code: "E0306", Name: "快到期限", Severity: diag.Reminder,
	Why: "说好的日子快到了；过了期，网页上就写着逾期", Mend: "办完了写上完成的日子"})

// asMatter gives the kind the shape of [Declaration.AsMatter].
func (k *Kind) asMatter(order, late *diag.Rule, f func(b *Book, e Entry) Matter) {
	ranks := map[string]int{Overdue: 0, Pending: 1, Settled: 2}
	k.standing = func(b *Book, e Entry) Standing {
		m := f(b, e)
		ended := m.ended()
		s := Standing{Title: m.Title, Rank: -ordinal(ended)}
		s.State, s.Tone = m.State(b.AsOf)
		s.Group, s.Order = s.State, len(ranks)
		if rank, ok := ranks[s.State]; ok {
			s.Order = rank
		}
		s.Over = !ended.IsZero() && ended.AddDays(92).Before(b.AsOf)
		if ended.IsZero() && !m.Due.IsZero() {
			s.Rank = ordinal(m.Due) // what is due first
		}
		return s
	}
	k.turns = func(b *Book, e Entry, on func(d calendar.Date, title, what string)) {
		if m := f(b, e); m.End == "" && m.ended().IsZero() && !m.Due.IsZero() {
			on(m.Due.AddDays(1), m.Title, "过了期限")
		}
	}
	k.check = func(b *Book, e Entry, bag *diag.Bag) {
		m := f(b, e)
		checkOrder(order, e, m.Steps, b, bag)
		if state, _ := m.State(b.AsOf); late != nil && state == Overdue {
			bag.Addf(late, e.At(m.DueAt), "“%s”逾期 %d 天", m.Title, b.AsOf.Sub(m.Due))
		}
	}
	k.reminders = append(slices.Clip(k.reminders), func(b *Book, e Entry, bag *diag.Bag) {
		const ahead = 30 // days
		m := f(b, e)
		if state, _ := m.State(b.AsOf); state == Pending && !m.Due.IsZero() && m.Due.Sub(b.AsOf) <= ahead {
			bag.Addf(ruleDue, e.At(m.DueAt), "“%s”%s 到期，还有 %d 天", m.Title, m.Due, m.Due.Sub(b.AsOf))
		}
	})
}

func checkOrder(rule *diag.Rule, e Entry, taken []Step, b *Book, bag *diag.Bag) {
	steps := make([]rules.Step, len(taken))
	for i, s := range taken {
		steps[i] = rules.Step{Name: s.Name, Date: s.Day, At: func() diag.Pos { return e.At(s.Key) }}
	}
	rules.Order(bag, rule, b.AsOf, steps...)
}

// Lasts is how long a thing exists: of a list.
type Lasts struct {
	Title          string
	From, To       calendar.Date // no date: from the beginning, for good
	FromKey, ToKey string
	Group          string // under which heading it stands; "": none
	Order          int    // of the group: the least first
	State          string // what else is to be said of it while it is there
	Paused         string // why it is not there for now
	Gone           string // what it is after its end, and rightly listed; "": it should not be
}

// asList gives the kind the shape of [Declaration.AsList].
func (k *Kind) asList(span *diag.Rule, f func(b *Book, e Entry) Lasts) {
	k.standing = func(b *Book, e Entry) Standing {
		l := f(b, e)
		s := Standing{Title: l.Title, Group: l.Group, Order: l.Order, State: l.State}
		switch {
		case l.Paused != "":
			s.State, s.Tone, s.Over = "暂停："+l.Paused, Calm, true
		case l.From.After(b.AsOf):
			s.State, s.Tone = "还没有开始", Ahead
		case !l.To.IsZero() && l.To.Before(b.AsOf):
			s.State, s.Over = cmp.Or(l.Gone, "已结束"), true
		}
		return s
	}
	k.check = func(b *Book, e Entry, bag *diag.Bag) {
		switch l := f(b, e); {
		case span == nil || l.To.IsZero():
		case l.To.Before(l.From):
			bag.Addf(span, e.At(l.ToKey), "“%s”的结束 %s 早于开始 %s", l.Title, l.To, l.From)
		case l.To.Before(b.AsOf) && l.Gone == "":
			bag.Addf(span, e.At(l.ToKey), "“%s”到 %s 为止，过了 %d 天还列着", l.Title, l.To, b.AsOf.Sub(l.To))
		}
	}
}

// IsInside reports whether records whose scope is not written are not for everybody.
func (k *Kind) IsInside() bool { return k.scope != "" && k.scope != Society }

// StandingOf returns what a record of the kind is on the day of the book; ok is false
// when the kind has neither a shape nor groups.
func (k *Kind) StandingOf(b *Book, e Entry) (s Standing, ok bool) {
	if k.standing != nil {
		s = k.standing(b, e)
	}
	if k.group != nil {
		s.Group, s.Order = k.group(b, e), 0
	}
	return s, k.HasStanding()
}

// HasStanding reports whether the kind has a shape or groups.
func (k *Kind) HasStanding() bool { return k.standing != nil || k.group != nil }

// Events returns the events that a record of the kind stands for.
func (k *Kind) Events(b *Book, e Entry) []Event {
	if k.events == nil {
		return nil
	}
	return k.events(b, e)
}

// HasEvents reports whether records of the kind stand in calendars.
func (k *Kind) HasEvents() bool { return k.events != nil }

// Group is a number of records under one heading.
type Group struct {
	Title   string
	Members []Entry
}

// Grouped returns records of a kind in groups, in the order in which readers look for
// them; one group without a title where the kind has none.
func Grouped(k *Kind, b *Book, entries []Entry) []Group {
	type placed struct {
		Entry
		Standing
	}
	list := make([]placed, len(entries))
	first := map[string]int{}
	for i, e := range entries {
		s, _ := k.StandingOf(b, e)
		list[i] = placed{e, s}
		if _, known := first[s.Group]; !known {
			first[s.Group] = i
		}
	}
	slices.SortStableFunc(list, func(x, y placed) int {
		return cmp.Or(cmp.Compare(x.Order, y.Order), cmp.Compare(first[x.Group], first[y.Group]), cmp.Compare(x.Rank, y.Rank))
	})
	var groups []Group
	for _, p := range list {
		if n := len(groups); n == 0 || groups[n-1].Title != p.Group {
			groups = append(groups, Group{Title: p.Group})
		}
		g := &groups[len(groups)-1]
		g.Members = append(g.Members, p.Entry)
	}
	return groups
}

// Present are the records of a kind that have not been over for long, as readers look
// for them.
func Present(k *Kind, b *Book, entries []Entry) (list []Entry) {
	for _, g := range Grouped(k, b, entries) {
		for _, e := range g.Members {
			if s, _ := k.StandingOf(b, e); !s.Over {
				list = append(list, e)
			}
		}
	}
	return list
}

// Title is what a record is called: as its shape says, or as [TitleOf] does.
func (b *Book) Title(e Entry) string {
	if k := KindOf(e); k.standing != nil {
		if s := k.standing(b, e); s.Title != "" {
			return s.Title
		}
	}
	return TitleOf(e)
}

// RefName is the title of what a reference leads to, or its id where a book does not
// hold it.
func RefName[T any](b *Book, r Ref[T]) string {
	if e := r.Entry(b); e != nil {
		return b.Title(e)
	}
	return r.ID
}

// Named joins the titles of records that a book holds.
func Named[T any](b *Book, refs []Ref[T]) string {
	var names []string
	for _, r := range refs {
		if e := r.Entry(b); e != nil {
			names = append(names, b.Title(e))
		}
	}
	return strings.Join(names, "、")
}
