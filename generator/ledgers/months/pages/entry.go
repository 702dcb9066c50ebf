package pages

import (
	"math"
	"slices"

	"biandan/generator/sheet"
	"biandan/generator/typeset"
)

// entryForm is how the activities of a poster stand on it.
type entryForm int

const (
	inRows    entryForm = iota // date, activity, time and place beside each other
	inStack                    // the date beside all the rest
	inTickets                  // two such side by side, each in a frame
)

// The measures of activities in em of their names, gaps and rules in units.
var (
	rowDay       = sheet.Measure("entry-day", 5.8)
	rowWhere     = sheet.Measure("entry-where", 11.7)
	rowBetween   = sheet.Measure("entry-between", 0.8) // the activity and its place
	rowDate      = sheet.Measure("entry-date", 2.4)    // the letters of the date: the least height
	rowAround    = 2 * sheet.Measure("entry-space", 0.3)
	stackDay     = sheet.Measure("entry-stack-day", 4.6)
	stackAround  = 2 * sheet.Measure("entry-stack-space", 0.45)
	ticketDay    = sheet.Measure("entry-ticket-day", 4.2)
	ticketSides  = 2 * sheet.Measure("entry-ticket-side", 0.6)
	ticketAround = 2 * sheet.Measure("entry-ticket-space", 0.4)
	ticketGap    = sheet.Measure("entry-ticket-gap", 2.4)
	ticketBorder = sheet.Measure("entry-ticket-rule", 0.5)
	nameLine     = sheet.Measure("entry-leading", 1.35)
	detailSize   = sheet.Measure("entry-detail", 0.86)
	detailLine   = sheet.Measure("entry-detail-leading", 1.4)
	timeLine     = sheet.LineHeight(detailSize, detailLine)
	noEntry      = sheet.Measure("entry-none", 26) // of the sentence that says there is none
	entryBorder  = sheet.Measure("entry-rule", 0.3)
)

// Estimates of the date with its weekday below it, in em.
const (
	stackDate  = 3.6
	ticketDate = 3.7
)

// leastLine is how wide the column of activities is at least, in em of their
// names: they are not set larger than that, and few of their texts break.
var leastLine = map[entryForm]float64{inRows: 24, inStack: 12.5, inTickets: 26}

// entriesHeight is the height of a list of activities in a column.
func (s *poster) entriesHeight(list []Activity, form entryForm, width float64) float64 {
	if len(list) == 0 {
		return noEntry
	}
	h := 0.0
	if form != inTickets {
		for _, a := range list {
			_, em := s.entry(a, form, width)
			h += s.Letter*em + entryBorder
		}
		return h
	}
	for i := 0; i < len(list); i += 2 {
		_, em := s.entry(list[i], form, s.ticket(width, i+1 == len(list)))
		if i+1 < len(list) {
			_, other := s.entry(list[i+1], form, s.ticket(width, false))
			em = math.Max(em, other)
		}
		h += s.Letter*em + 2*ticketBorder + ticketGap
	}
	return h - ticketGap
}

// ticket is the width of one ticket.
func (s *poster) ticket(width float64, alone bool) float64 {
	if alone {
		return width
	}
	return (width - ticketGap) / 2
}

func (s *poster) entriesOf(list []Activity, form entryForm, width float64) []MonthEntry {
	var entries []MonthEntry
	for i, a := range list {
		wide := width
		alone := form == inTickets && i+1 == len(list) && i%2 == 0
		if form == inTickets {
			wide = s.ticket(width, alone)
		}
		e, _ := s.entry(a, form, wide)
		e.Alone = alone
		entries = append(entries, e)
	}
	return entries
}

// entry breaks the texts of an activity into lines and says how high it is, in
// em of its name.
func (s *poster) entry(a Activity, form entryForm, width float64) (e MonthEntry, em float64) {
	if form == inTickets {
		width -= 2 * ticketBorder
	}
	width /= s.Letter
	what, where := width-stackDay, width-stackDay
	switch form {
	case inRows:
		what, where = width-rowDay-rowWhere-rowBetween, rowWhere
	case inTickets:
		what = width - ticketDay - ticketSides
		where = what
	}
	e.Activity = a
	name := 0.0
	e.Names, name = s.wrapped(a.Name, what, 1, nameLine)
	if s.Hosts && a.Host.Text != "" {
		h := 0.0
		e.Hosts, h = s.wrapped(a.Host.Text, what, detailSize, detailLine)
		name += h
	}
	places, h := s.wrapped(a.Place, where, detailSize, detailLine)
	e.Places = places
	if a.Time != "" {
		h += timeLine
	}
	if both := timeAndPhone(a, where/detailSize); both != "" {
		e.Time = both // one line does for the time and the phone
	} else if a.Contact != "" {
		contact, high := s.wrapped("电话 "+a.Contact, where, detailSize, detailLine)
		e.Places, h = append(slices.Clone(places), contact...), h+high
	}
	switch form {
	case inRows:
		return e, math.Max(rowDate, math.Max(name, h)) + rowAround
	case inStack:
		return e, math.Max(stackDate, name+h) + stackAround
	}
	return e, math.Max(ticketDate, name+h) + ticketAround
}

// timeAndPhone is both in one line of a width, in em, the phone with its name where
// there is room for that; "" when they need two lines, or there is no phone.
func timeAndPhone(a Activity, width float64) string {
	if a.Contact == "" || a.Time == "" {
		return ""
	}
	for _, between := range []string{" 电话 ", " "} {
		if both := a.Time + between + a.Contact; typeset.Width(both) <= width {
			return both
		}
	}
	return ""
}

// wrapped is a text in lines, and their height; size and leading are those of
// its letters.
func (s *poster) wrapped(text string, width, size, leading float64) (lines []string, height float64) {
	lines = s.texts.Of(text).Wrap(width / size)
	n := len(lines)
	if n == 1 && typeset.Width(text) > width/size {
		n = typeset.Lines(text, width/size)
	}
	return lines, size * leading * float64(n)
}
