package ledger

import (
	"reflect"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/rules"
)

// Declaration declares a kind whose records are of type P, a pointer to their struct.
// What it takes are functions of a record, mostly its own methods:
//
//	ledger.Rows[Team]("team", "服务队").Open().AsList(nil, (*Team).lasts).Check((*Team).check)
type Declaration[P Entry] struct{ kind Kind }

// Declared is a declaration of records of any type.
type Declared interface{ declared() Kind }

func (d Declaration[P]) declared() Kind { return d.kind }

type entryOf[T any] interface {
	*T
	Entry
}

// Rows declares records that are rows of TOML files, [[key]].
func Rows[T any, P entryOf[T]](key, title string) Declaration[P] {
	return Declaration[P]{Kind{Key: key, Title: title, Type: reflect.TypeFor[T](), typed: func(rows []Entry) any {
		list := make([]P, len(rows))
		for i, r := range rows {
			list[i] = r.(P)
		}
		return list
	}}}
}

// Pages declares records that are Markdown files, one each, with their page.
func Pages[T any, P interface {
	entryOf[T]
	PageEntry
}](title string) Declaration[P] {
	return Rows[T, P]("", title).WithPage()
}

var declared = map[string]*Ledger{}

// Declare adds a ledger of these kinds to the tool; it is called while the program
// starts.
func Declare(l Ledger, kinds ...Declared) {
	if declared[l.Folder] != nil {
		panic("ledger: declared twice: " + l.Folder)
	}
	for _, d := range kinds {
		k := d.declared()
		k.Ledger = l.Folder
		datafile.FieldsOf(k.Type) // panics on a wrong tag
		for _, f := range k.figures {
			f.declare(&k)
		}
		l.Kinds = append(l.Kinds, k)
	}
	declared[l.Folder] = &l
}

// WithPage says that every row has a page of its own at its id.
func (d Declaration[P]) WithPage() Declaration[P] { d.kind.Paged = true; return d }

// Open says that the public records are offered as CSV and JSON.
func (d Declaration[P]) Open() Declaration[P] { d.kind.IsOpen = true; return d }

// PublishIf adds a condition to the publication of a record.
func (d Declaration[P]) PublishIf(f func(r P, b *Book) bool) Declaration[P] {
	d.kind.public = func(b *Book, e Entry) bool { return f(e.(P), b) }
	return d
}

// Redact says which copy of a record the public book holds.
func (d Declaration[P]) Redact(f func(r P) P) Declaration[P] {
	d.kind.redact = func(e Entry) Entry { return f(e.(P)) }
	return d
}

// Inside says that records whose scope is not written are not for everybody.
func (d Declaration[P]) Inside(s Scope) Declaration[P] { d.kind.scope = s; return d }

// Hide names the keys that no table and no open data shows.
func (d Declaration[P]) Hide(keys ...string) Declaration[P] {
	d.kind.hidden = map[string]bool{}
	for _, key := range keys {
		d.kind.hidden[key] = true
	}
	return d
}

// AsRule says that the records are rules by which others are computed: they
// apply in the public book whatever their scope, and no page shows them unless
// they are public themselves.
func (d Declaration[P]) AsRule() Declaration[P] { d.kind.rule = true; return d }

// Written says that a command of the tool writes the records: nobody begins one.
func (d Declaration[P]) Written() Declaration[P] { d.kind.written = true; return d }

// Lasting says that the pages are there on every day, whatever their date.
func (d Declaration[P]) Lasting() Declaration[P] { d.kind.lasts = true; return d }

// Reading lets a Markdown kind keep what rules have to know of a page's text: f is
// called when the file is parsed, with the line on which the text begins, and what it
// puts into exported fields of the record is remembered with it.
func (d Declaration[P]) Reading(f func(r P, text string, line int)) Declaration[P] {
	d.kind.read = func(e Entry, text string, line int) { f(e.(P), text, line) }
	return d
}

// Turning says on which days what the site shows of a record changes by itself: f
// calls on with each of them, what it happens to and what happens. That a page
// appears and expires is known of all.
func (d Declaration[P]) Turning(f func(r P, b *Book, on func(d calendar.Date, title, what string))) Declaration[P] {
	d.kind.turns = func(b *Book, e Entry, on func(d calendar.Date, title, what string)) { f(e.(P), b, on) }
	return d
}

// Happening says which events a record stands for, in calendars.
func (d Declaration[P]) Happening(f func(r P, b *Book) []Event) Declaration[P] {
	d.kind.events = func(b *Book, e Entry) []Event { return f(e.(P), b) }
	return d
}

// AsEvent says that each record is an event. Findings of unreported are of events that
// were held days ago and have no result; f tells the event of a record.
func (d Declaration[P]) AsEvent(unreported *diag.Rule, f func(r P, b *Book) Event) Declaration[P] {
	d.kind.asEvent(unreported, func(b *Book, e Entry) Event { return f(e.(P), b) })
	return d
}

// AsMatter says that each record is a matter. Findings of order are of steps that
// contradict each other or the day, those of late of matters that are overdue, nil:
// none; f tells the matter of a record.
func (d Declaration[P]) AsMatter(order, late *diag.Rule, f func(r P, b *Book) Matter) Declaration[P] {
	d.kind.asMatter(order, late, func(b *Book, e Entry) Matter { return f(e.(P), b) })
	return d
}

// AsList says that each record exists for a time. Findings of span are of ends that
// lie before their beginnings, and of things that are listed though their time is over,
// nil: none; f tells of a record how long.
func (d Declaration[P]) AsList(span *diag.Rule, f func(r P, b *Book) Lasts) Declaration[P] {
	d.kind.asList(span, func(b *Book, e Entry) Lasts { return f(e.(P), b) })
	return d
}

// AsGrid says that the records are counts, of which the public sees the sums: by
// community, by class, by month, in a table of that title, whose rows are of what is
// named. They are taken over all records that are no drafts, whatever their scope. Of
// persons small cells are not published; rows and columns stand in the order in which
// f gives them first.
func (d Declaration[P]) AsGrid(title, of, unit string, persons bool, f func(r P, b *Book) []Count) Declaration[P] {
	d.kind.grids = append(slices.Clip(d.kind.grids), gridOf{title, of, unit, persons, func(b *Book, e Entry) []Count { return f(e.(P), b) }})
	return d
}

// GroupedBy says under which heading a record stands where its shape does not: by its
// field, its community. Groups keep the order in which f gives them first.
func (d Declaration[P]) GroupedBy(f func(r P, b *Book) string) Declaration[P] {
	d.kind.group = func(b *Book, e Entry) string { return f(e.(P), b) }
	return d
}

// Finding says what a search shows of a record, and where it stands among others.
func (d Declaration[P]) Finding(rank int, f func(r P, b *Book) Hit) Declaration[P] {
	d.kind.rank, d.kind.hit = rank, func(b *Book, e Entry) Hit { return f(e.(P), b) }
	return d
}

// Posts says that the records give a sheet of that name to the boards of the
// stations at some levels; with no level, only to those that ask for it. Its
// place on the wall is between those of other ledgers, in the order in which
// people look for things. The sheet is a table of the records, unless package
// walls is told of a design for the name.
func (d Declaration[P]) Posts(name string, place int, on ...string) Declaration[P] {
	d.kind.postings = append(slices.Clip(d.kind.postings), Posting{Name: name, Place: place, On: on})
	return d
}

// Check adds a rule of one record at a time. Like that of a ledger it is not asked while
// a file that it needs cannot be read.
func (d Declaration[P]) Check(f func(r P, b *Book, bag *diag.Bag)) Declaration[P] {
	return d.checkAll(func(all []P, b *Book, bag *diag.Bag) {
		for _, r := range all {
			f(r, b, bag)
		}
	})
}

// Unique reports records whose key, which stands in the named field, an earlier one has;
// what says what they are, with %s for the key. Records without a key are not compared.
func (d Declaration[P]) Unique(rule *diag.Rule, field, what string, key func(r P) string) Declaration[P] {
	return d.checkAll(func(all []P, _ *Book, bag *diag.Bag) { rules.Unique(bag, rule, all, field, what, key) })
}

// Numbered reports holes in the numbers of the named field, which should run from 1; what
// says what is counted.
func (d Declaration[P]) Numbered(rule *diag.Rule, field, what string, no func(r P) int) Declaration[P] {
	return d.checkAll(func(all []P, _ *Book, bag *diag.Bag) { rules.Numbered(bag, rule, all, field, no, what) })
}

// Complete reports each of the names of a set that no record has, once there are records;
// say says it, with %s for the name.
func (d Declaration[P]) Complete(rule *diag.Rule, names []string, say string, of func(r P) string) Declaration[P] {
	return d.checkAll(func(all []P, _ *Book, bag *diag.Bag) {
		for _, name := range names {
			if len(all) > 0 && !slices.ContainsFunc(all, func(r P) bool { return of(r) == name }) {
				bag.Addf(rule, all[0].At(), "%s", strings.ReplaceAll(say, "%s", name))
			}
		}
	})
}

// Ordered reports steps of a record that contradict each other or the day.
func (d Declaration[P]) Ordered(rule *diag.Rule, steps func(r P) []Step) Declaration[P] {
	return d.Check(func(r P, b *Book, bag *diag.Bag) {
		if !r.record().Draft {
			checkOrder(rule, r, steps(r), b, bag)
		}
	})
}

// Past reports dates of the named fields that lie ahead; only a draft may have them.
func (d Declaration[P]) Past(rule *diag.Rule, keys ...string) Declaration[P] {
	what, days := d.kind.Title, make([]*datafile.Field, len(keys))
	for i, key := range keys {
		if days[i] = datafile.FieldsOf(d.kind.Type).Of(key); days[i] == nil || days[i].Type != reflect.TypeFor[calendar.Date]() {
			panic("ledger: no date of " + what + ": " + key)
		}
	}
	return d.Check(func(r P, b *Book, bag *diag.Bag) {
		for _, f := range days {
			day := reflect.ValueOf(r).Elem().FieldByIndex(f.Index).Interface().(calendar.Date)
			if !day.After(b.AsOf) || r.record().Draft {
				continue
			}
			name := what
			if title := b.Title(r); title != "" {
				name = "“" + title + "”"
			}
			bag.Addf(rule, r.At(f.Key), "%s的%s %s 还没有到", name, f.Title, day)
		}
	})
}

func (d Declaration[P]) checkAll(f func(all []P, b *Book, bag *diag.Bag)) Declaration[P] {
	d.kind.checks = append(slices.Clip(d.kind.checks), func(b *Book, bag *diag.Bag) { f(recordsOf[P](b), b, bag) })
	return d
}

// Remind adds a reminder of one record at a time.
func (d Declaration[P]) Remind(f func(r P, b *Book, bag *diag.Bag)) Declaration[P] {
	d.kind.reminders = append(slices.Clip(d.kind.reminders), func(b *Book, e Entry, bag *diag.Bag) { f(e.(P), b, bag) })
	return d
}

// Count declares a figure (see [Figure]): the number of records for which keep holds, nil
// for all, in the public book; of a kind that is inside, of all that are no drafts.
func (d Declaration[P]) Count(name, counted, unit string, keep func(r P, b *Book) bool) Declaration[P] {
	return d.Sum(name, counted, unit, func(r P, b *Book) int {
		if keep == nil || keep(r, b) {
			return 1
		}
		return 0
	})
}

// Held declares a figure: the number of events of the kind (see [Declaration.AsEvent],
// which comes before) that have been held this year.
func (d Declaration[P]) Held(name, counted, unit string) Declaration[P] {
	events := d.kind.events
	if events == nil {
		panic("ledger: Held of a kind that is no event: " + d.kind.Title)
	}
	return d.Sum(name, counted, unit, func(r P, b *Book) (n int) {
		for _, e := range events(b, r) {
			if e.Off == "" && e.Day.Year == b.AsOf.Year && e.Day.Before(b.AsOf) {
				n++
			}
		}
		return n
	})
}

// Sum declares a figure as [Declaration.Count] does: the sum of what the records give.
func (d Declaration[P]) Sum(name, counted, unit string, n func(r P, b *Book) int) Declaration[P] {
	return d.figure(sumOf{name: name, counted: counted, unit: unit}, func(r P, b *Book) (part, whole int) { return n(r, b), 0 })
}

// Share declares a figure in per cent: the sum of the parts that the records give, of the
// sum of the wholes.
func (d Declaration[P]) Share(name, counted string, of func(r P, b *Book) (part, whole int)) Declaration[P] {
	return d.figure(sumOf{name: name, counted: counted, share: true}, of)
}

func (d Declaration[P]) figure(s sumOf, of func(r P, b *Book) (part, whole int)) Declaration[P] {
	s.sum = func(b *Book, drafts bool) (part, whole int) {
		for _, r := range recordsOf[P](b) {
			if drafts || !r.record().Draft {
				p, w := of(r, b)
				part, whole = part+p, whole+w
			}
		}
		return part, whole
	}
	d.kind.figures = append(slices.Clip(d.kind.figures), s)
	return d
}

// recordsOf returns the records of a type as [All] does, which takes that of the struct.
func recordsOf[P Entry](b *Book) []P {
	return b.tables[reflect.TypeFor[P]().Elem()].list.([]P)
}

// sumOf is a figure that is declared with a kind.
type sumOf struct {
	name, counted, unit string
	share               bool
	sum                 func(b *Book, drafts bool) (part, whole int)
}

// declare adds the figure to those of the tool.
func (s sumOf) declare(k *Kind) {
	number := func(b *Book, drafts bool) Number {
		part, whole := s.sum(b, drafts)
		if s.share {
			return Share(part, whole, k.Ledger)
		}
		return Counted(part, s.unit, k.Ledger)
	}
	inside := Derive(func(b *Book) Number { return number(b, false) })
	Figure(s.name, s.counted, func(b *Book) Number {
		if k.IsInside() {
			return inside.Of(b)
		}
		return number(b, true) // a preview that shows drafts counts them
	})
}
