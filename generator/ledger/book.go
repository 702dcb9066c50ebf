package ledger

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

// Settings are what rules have to know of site.toml.
type Settings struct {
	Phones     []string        // public numbers of the site that stand in no ledger
	MonthsFrom calendar.Month  // from which every month has a theme; zero: not said
	Openness   bool            // 公示 say who approved them
	MinCell    int             // counts of persons that are smaller are not published
	Mourning   []calendar.Date // days on which the site is grey
	Present    calendar.Date   // the day of the site, also when a build looks at one before it
}

// Book holds all records of a site, by kind, in the order of the files.
type Book struct {
	AsOf calendar.Date
	Settings

	tables  map[reflect.Type]*table
	all     *Book           // the book of all records: itself, or the one of which this is the public part
	derived *sync.Map       // of all records: see [Derived]
	broken  map[string]bool // ledgers with a file that cannot be read
	unknown int             // references that were reported as leading nowhere

	looking  sync.Once // for what is referred to; see [Book.became]
	referred map[Entry]bool
}

type table struct {
	kind *Kind
	rows []Entry
	byID map[string]int
	list any // []*T
}

var (
	ruleDuplicateID = diag.Define(diag.Rule{Code: "E0301", Name: "编号重复", Severity: diag.Error,
		Why: "别处用编号引用这一条；两条用同一个编号，就不知道指的是哪一条", Mend: "给其中一条换一个编号"})
	ruleUnknownRef = diag.Define(diag.Rule{Code: "E0302", Name: "引用的编号不存在", Severity: diag.Error,
		Why: "引用的那一条找不到，网页上就会缺一块，或者连到空处", Mend: "改成已有的编号，或者先把那一条写进台账"})
	rulePrivateRef = diag.Define(diag.Rule{Code: "E0303", Name: "公开的内容引用了不公开的", Severity: diag.Error,
		Why: "这一条向社会公开，它引用的那一条却不向社会公开；把名称带出来就是泄露", Mend: "改引用，或者核对两条的公开范围（scope）"})
)

// NewBook gathers the records of all files. Duplicate ids go to bag.
func NewBook(asOf calendar.Date, s Settings, files []*File, bag *diag.Bag) *Book {
	if s.Present.Before(asOf) {
		s.Present = asOf
	}
	b := &Book{AsOf: asOf, Settings: s, tables: map[reflect.Type]*table{}, broken: map[string]bool{}, derived: &sync.Map{}}
	b.all = b
	for _, l := range Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			b.tables[k.Type] = &table{kind: k}
		}
	}
	for _, f := range files {
		if f.Broken {
			b.broken[folderOf(f.Path)] = true
		}
		for _, e := range f.Entries {
			t := b.tables[reflect.TypeOf(e).Elem()]
			t.rows = append(t.rows, e)
		}
	}
	for _, t := range b.tables {
		t.index(bag)
	}
	b.finish()
	return b
}

// index finds the rows by their ids, and takes out those whose id another has.
func (t *table) index(bag *diag.Bag) {
	all := t.rows
	t.rows, t.byID = t.rows[:0], make(map[string]int, len(all))
	for _, e := range all {
		if id := e.record().ID; id != "" {
			known := len(t.byID)
			if t.byID[id] = len(t.rows); len(t.byID) == known { // it is another's
				i := slices.IndexFunc(t.rows, func(e Entry) bool { return e.record().ID == id })
				t.byID[id] = i
				bag.Add(ruleDuplicateID, e.At("id"), fmt.Sprintf("编号“%s”重复了：%s 已经用过", id, t.rows[i].At("id")), "")
				continue
			}
		}
		t.rows = append(t.rows, e)
	}
}

func (b *Book) finish() {
	for _, t := range b.tables {
		if t.list == nil {
			t.list = t.kind.typed(t.rows)
		}
	}
}

// All returns the records of type T in the order of the files; do not change it.
func All[T any](b *Book) []*T {
	if t := b.tables[reflect.TypeFor[T]()]; t != nil {
		return t.list.([]*T)
	}
	return nil
}

// Entries returns the records of a kind in the order of the files.
func (b *Book) Entries(k *Kind) []Entry { return b.tables[k.Type].rows }

// Entry returns the record of a kind with that id, or nil.
func (b *Book) Entry(k *Kind, id string) Entry {
	t := b.tables[k.Type]
	if i, ok := t.byID[id]; ok {
		return t.rows[i]
	}
	return nil
}

// Find returns the record of type T with that id, or nil.
func Find[T any](b *Book, id string) *T {
	if t := b.tables[reflect.TypeFor[T]()]; t != nil {
		if i, ok := t.byID[id]; ok {
			return t.list.([]*T)[i]
		}
	}
	return nil
}

// Check runs the rules of all ledgers and resolves all references.
func (b *Book) Check(bag *diag.Bag) {
	for _, l := range Ledgers() {
		for i := range l.Kinds {
			b.checkRefs(b.tables[l.Kinds[i].Type], bag)
		}
		// What lies in a file that cannot be read is not missing.
		if !b.broken[l.Folder] && !slices.ContainsFunc(l.Needs, func(folder string) bool { return b.broken[folder] }) {
			b.checkLedger(l, bag)
		}
		b.checkShapes(l, bag)
	}
}

// checkLedger runs the rules that a ledger has of its own.
func (b *Book) checkLedger(l *Ledger, bag *diag.Bag) {
	if l.Check != nil {
		l.Check(b, bag)
	}
	for i := range l.Kinds {
		for _, check := range l.Kinds[i].checks {
			check(b, bag)
		}
	}
}

// checkShapes runs the rules that belong to the shapes of a ledger's kinds.
func (b *Book) checkShapes(l *Ledger, bag *diag.Bag) {
	for i := range l.Kinds {
		if k := &l.Kinds[i]; k.check != nil {
			for _, e := range b.Entries(k) {
				if !e.record().Draft {
					k.check(b, e, bag)
				}
			}
		}
	}
}

// Remind reports what falls due on the day of the book and soon after.
func (b *Book) Remind(bag *diag.Bag) {
	for _, l := range Ledgers() {
		if l.Remind != nil {
			l.Remind(b, bag)
		}
		for i := range l.Kinds {
			k := &l.Kinds[i]
			for _, e := range b.Entries(k) {
				for _, remind := range k.reminders {
					remind(b, e, bag)
				}
			}
		}
	}
}

// Visible says which records a build shows beside those that are published on
// its day; for looking ahead.
type Visible struct {
	Drafts, Future, Expired bool
	// Inside shows what the organisation may read, and is never published: the records
	// of scope party and unit, with all their fields.
	Inside bool
}

// Public returns the book from which the public site is made: the records of
// scope society that are published on the day of the book. References to
// anything else find nothing in it.
func (b *Book) Public(v Visible) *Book {
	p := &Book{AsOf: b.AsOf, Settings: b.Settings, tables: map[reflect.Type]*table{}, all: b.all, derived: b.derived}
	for typ, t := range b.tables {
		p.tables[typ] = t.public(b, v)
	}
	p.finish()
	return p
}

// public returns the table of the records that are published; itself, when those
// are all, as they are.
func (t *table) public(b *Book, v Visible) *table {
	private := func(e Entry) bool { return !b.Publishes(t.kind, e, v) }
	redact := t.kind.redact
	if v.Inside {
		redact = nil
	}
	if redact == nil && !slices.ContainsFunc(t.rows, private) {
		return t
	}
	p := &table{kind: t.kind, byID: make(map[string]int, len(t.rows))}
	for _, e := range t.rows {
		if private(e) {
			continue
		}
		if redact != nil {
			e = redact(e)
		}
		if id := e.record().ID; id != "" {
			p.byID[id] = len(p.rows)
		}
		p.rows = append(p.rows, e)
	}
	return p
}

// Waiting counts what is meant for everybody and yet in no public book: drafts, and
// pages whose day has not come; v is what a preview shows beside.
func (b *Book) Waiting(v Visible) (drafts, future int) {
	for _, t := range b.tables {
		for _, e := range t.rows {
			pe, isPage := e.(PageEntry)
			switch {
			case !e.IsPublic():
			case e.record().Draft:
				if !v.Drafts {
					drafts++
				}
			case isPage && pe.page().IsFuture(b.AsOf) && !v.Future:
				future++
			}
		}
	}
	return drafts, future
}

// Publishes reports whether a record of a kind is in the public book.
func (b *Book) Publishes(k *Kind, e Entry, v Visible) bool {
	if k.rule {
		return true
	}
	if scope := e.record().Scope; !e.IsPublic() && !(v.Inside && (scope == Party || scope == UnitOnly)) || e.record().Draft && !v.Drafts {
		return false
	}
	if pe, ok := e.(PageEntry); ok {
		p := pe.page()
		if p.IsFuture(b.AsOf) && !v.Future || p.IsExpired(b.AsOf) && !v.Expired {
			return false
		}
	}
	return k.public == nil || v.Inside || k.public(b, e)
}
