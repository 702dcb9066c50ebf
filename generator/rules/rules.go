// Package rules holds the rule makers: what several ledgers check in the same way.
// A maker takes the rule of the ledger that asks, so that the code, the reason,
// the remedy and the severity stay the ledger's own; it finds, and says where.
package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

// Name is a name as it is compared: in one width, without blanks, and without the
// mark of a sample.
func Name(s string) string {
	if strings.Contains(s, "示例") {
		s = sampleMarks.Replace(s)
	}
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	if strings.IndexFunc(s, unicode.IsSpace) < 0 { // nearly always
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

var sampleMarks = strings.NewReplacer("（示例）", "", "(示例)", "")

// Placed is a thing whose fields have places: a record, or a row of one.
type Placed interface{ At(path ...any) diag.Pos }

// Unique reports each thing whose key, which stands in the named field, an earlier one
// has; what says what they are, with %s for the key. Things without a key are not
// compared.
func Unique[T Placed](bag *diag.Bag, rule *diag.Rule, all []T, field, what string, key func(T) string) {
	first := map[string]T{}
	for _, x := range all {
		text := key(x)
		k := Name(text)
		if k == "" {
			continue
		}
		if f, ok := first[k]; ok {
			bag.Addf(rule, x.At(field), "%s在 %s 已经写过", strings.ReplaceAll(what, "%s", text), f.At(field))
			continue
		}
		first[k] = x
	}
}

// Numbered reports the holes in numbers of the named field that should run from 1; what
// is counted is named. Numbers that are used twice leave one behind.
func Numbered[T Placed](bag *diag.Bag, rule *diag.Rule, all []T, field string, no func(T) int, what string) {
	have := map[int]bool{}
	last, lastAt := 0, diag.Pos{}
	for _, x := range all {
		n := no(x)
		have[n] = true
		if n > last {
			last, lastAt = n, x.At(field)
		}
	}
	var missing []string
	for n := 1; n < last && len(missing) < 10; n++ {
		if !have[n] {
			missing = append(missing, fmt.Sprint(n))
		}
	}
	if missing != nil {
		bag.Addf(rule, lastAt, "%s的序号到 %d，缺 %s", what, last, strings.Join(missing, "、"))
	}
}

// Step is a dated step of a matter; a step without a date was not taken.
type Step struct {
	Name string
	Date calendar.Date
	At   func() diag.Pos
	// Planned says that the day may lie ahead.
	Planned bool
}

// Order reports steps that lie before an earlier one, and those that lie ahead of
// the day and are not planned.
func Order(bag *diag.Bag, rule *diag.Rule, asOf calendar.Date, steps ...Step) {
	var last Step
	for _, s := range steps {
		switch {
		case s.Date.IsZero():
			continue
		case s.Date.Before(last.Date):
			bag.Addf(rule, s.At(), "%s %s 早于%s %s", s.Name, s.Date, last.Name, last.Date)
		case !s.Planned && s.Date.After(asOf):
			bag.Addf(rule, s.At(), "%s %s 还没有到，今天是 %s", s.Name, s.Date, asOf)
		}
		last = s
	}
}

// Equal reports two sums of one thing that differ: the second names its place.
func Equal(bag *diag.Bag, rule *diag.Rule, at diag.Pos, what, one string, a int, other string, b int, otherAt diag.Pos) {
	if a != b {
		bag.Addf(rule, at, "%s：%s %d，%s %d（%s），差 %d", what, one, a, other, b, otherAt, max(a-b, b-a))
	}
}

// Cover is a whole made of numbers that is being parted: it reports numbers that two
// parts have, and those that are not in the whole.
type Cover struct {
	bag   *diag.Bag
	rule  *diag.Rule
	whole map[int]string // the number, and the part that has it
}

// NewCover begins to part a whole.
func NewCover(bag *diag.Bag, rule *diag.Rule, whole []int) *Cover {
	c := &Cover{bag, rule, map[int]string{}}
	for _, n := range whole {
		c.whole[n] = ""
	}
	return c
}

// Add gives a part of the whole to a name; at is the place of its i-th number.
func (c *Cover) Add(name string, part []int, unit string, at func(i int) diag.Pos) {
	for i, n := range part {
		other, in := c.whole[n]
		switch {
		case !in:
			c.bag.Addf(c.rule, at(i), "“%s”写了 %d %s，那里没有", name, n, unit)
		case other != "":
			c.bag.Addf(c.rule, at(i), "%d %s已经归“%s”，“%s”又写了一遍", n, unit, other, name)
		default:
			c.whole[n] = name
		}
	}
}

// Missing lists the numbers that no part has, sorted.
func (c *Cover) Missing() (list []int) {
	for n, name := range c.whole {
		if name == "" {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, cmp.Compare[int])
	return list
}

// Late returns by how many days a thing is overdue on a day: 0 when it has no due
// day, was done, or the day is not past.
func Late(due, done, asOf calendar.Date) int {
	if due.IsZero() || !done.IsZero() || !due.Before(asOf) {
		return 0
	}
	return asOf.Sub(due)
}

// Turn is the turn of a member in a period.
type Turn struct {
	Member string
	Period int // a running number, such as of quarters
	At     func() diag.Pos
}

// Rotate reports turns by a member that had one less than window periods ago while
// fewer than half of the members had any since. Members is how many may have a turn,
// turns are in the order of their periods; say words it.
func Rotate(bag *diag.Bag, rule *diag.Rule, members, window int, turns []Turn, say func(t, before Turn) string) {
	had := map[string]int{}      // turns of each member in the window
	last := map[string]Turn{}    // of each member
	earlier := map[string]Turn{} // of each member, in a period before that
	oldest := 0
	for _, t := range turns {
		for ; t.Period-turns[oldest].Period >= window; oldest++ {
			if m := turns[oldest].Member; had[m] > 1 {
				had[m]--
			} else {
				delete(had, m)
			}
		}
		if l, ok := last[t.Member]; ok && l.Period != t.Period {
			earlier[t.Member] = l
		}
		if before, ok := earlier[t.Member]; ok && t.Period-before.Period < window && 2*len(had) < members {
			bag.Add(rule, t.At(), say(t, before), "")
		}
		had[t.Member]++
		last[t.Member] = t
	}
}

// Cadence reports each member that in an ended period had fewer than n turns. Periods
// are running numbers, of months, quarters or years, those from first to last; the
// finding stands at the named field of the member, and say words it.
func Cadence[M Placed](bag *diag.Bag, rule *diag.Rule, members []M, field string, first, last, n int, turns func(m M, period int) int, say func(m M, period, turns int) string) {
	for _, m := range members {
		for period := first; period <= last; period++ {
			if had := turns(m, period); had < n {
				bag.Add(rule, m.At(field), say(m, period, had), "")
			}
		}
	}
}

// Filter returns those of a list for which keep holds.
func Filter[T any](all []T, keep func(T) bool) (list []T) {
	for _, x := range all {
		if keep(x) {
			list = append(list, x)
		}
	}
	return list
}
