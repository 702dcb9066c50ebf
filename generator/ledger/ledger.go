// Package ledger is what all ledgers (台账) share: records, kinds, references, and
// the [Book] that holds them. The ledgers themselves are the packages below
// generator/ledgers/, one each; nothing here knows any of them.
//
// A ledger is a folder of content/ with the same name. It declares the types of
// its records as Go structs; tags name the key in TOML, the Chinese title and
// the limits of each field (see package datafile). From that declaration come
// the strict decoding, the checks of references, the list page, the columns of
// the open data. A ledger adds only what is peculiar to it: rules that look at
// several records at once.
//
//	type Team struct {
//		ledger.Record
//		Name   string                      `toml:"name,required" zh:"名称"`
//		Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"党支部"`
//	}
//
//	func init() {
//		ledger.Declare(ledger.Ledger{Folder: "teams", Title: "服务队"},
//			ledger.Rows[Team]("team", "服务队").Open())
//	}
//
// With .Posts("志愿服务队", 120, "社区") after it, they hang on boards as well.
//
// That file, its line in generator/ledgers/all.go and a folder content/teams/ with
// [[team]] rows are all that a new ledger needs.
//
// Records are immutable once decoded. A reference is an id; [Ref.In] looks it
// up in a [Book]. The book of all records serves the rules; [Book.Public] gives
// the book from which pages are made: it simply does not hold what is not meant
// for the public, so that no view can show it.
package ledger

import (
	"reflect"
	"sort"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/markup"
)

// Scope says for whom a record is published (党务公开条例: 公开范围).
type Scope string

// The scopes. Only Society reaches the public site.
const (
	Society  Scope = "society"  // 向社会公开
	Party    Scope = "party"    // 在全党公开
	UnitOnly Scope = "unit"     // 在本地区本部门本单位公开
	Specific Scope = "specific" // 对特定党组织、党员和群众公开
)

// Options lists the scopes.
func (Scope) Options() []string {
	return []string{string(Society), string(Party), string(UnitOnly), string(Specific)}
}

// Record is embedded in the struct of every record.
type Record struct {
	ID    string      `toml:"id" zh:"编号" check:"slug"`
	Scope Scope       `toml:"scope" zh:"公开范围"`
	Draft bool        `toml:"draft" zh:"草稿"`
	Allow []Allowance `toml:"allow" zh:"允许公布的个人信息"`

	Origin datafile.Origin // where it was written
}

func (r *Record) record() *Record { return r }

// At returns the place of the field at path; see [datafile.Origin.At].
func (r *Record) At(path ...any) diag.Pos { return r.Origin.At(path...) }

// File returns the path of the file that holds the record.
func (r *Record) File() string { return r.Origin.File }

// IsPublic reports whether the record is meant for everybody.
func (r *Record) IsPublic() bool { return r.Scope == "" || r.Scope == Society }

// Entry is a record of any kind.
type Entry interface {
	record() *Record
	At(path ...any) diag.Pos
	File() string
	IsPublic() bool
}

// Page is embedded, instead of [Record], in the struct of records that are
// Markdown files of their own; their id is the path below the ledger's folder.
type Page struct {
	Record
	Title       string        `toml:"title,required" zh:"标题"`
	Slug        string        `toml:"slug" zh:"网址中的名字" check:"slug"`
	Date        calendar.Date `toml:"date" zh:"日期"`
	Summary     string        `toml:"summary" zh:"摘要"`
	Source      string        `toml:"source" zh:"来源"`
	Tags        []string      `toml:"tags" zh:"标签"`
	Aliases     []string      `toml:"aliases" zh:"旧网址"`
	PublishDate calendar.Date `toml:"publish_date" zh:"上线日期"`
	ExpiryDate  calendar.Date `toml:"expiry_date" zh:"下线日期"`

	Doc *markup.Document

	Lasting bool         // it is there on every day, whatever its date
	Counts  []TypedCount // numbers in its text, when it is lasting
}

func (p *Page) page() *Page { return p }

// IsFuture reports whether the page is published only after the day d: by its
// publish_date, or by its date where it has none. A plain page (关于, 联系) and the
// page of a folder are there on every day; their date says when they were written.
func (p *Page) IsFuture(d calendar.Date) bool {
	return p.PublishDate.After(d) || p.PublishDate.IsZero() && p.Date.After(d) && !p.Lasting
}

// IsExpired reports whether the page is no longer published on the day d.
func (p *Page) IsExpired(d calendar.Date) bool {
	return !p.ExpiryDate.IsZero() && !p.ExpiryDate.After(d)
}

// PageEntry is a record that is a Markdown file of its own.
type PageEntry interface {
	Entry
	page() *Page
}

// PageOf returns the common part of a page record.
func PageOf(e PageEntry) *Page { return e.page() }

// Tagged is a record that has a word or two for the line of a list that leads to it.
type Tagged interface{ Tag() string }

// Issued is a record that says who issues it; others are the publisher's.
type Issued interface{ IssuedBy() string }

// Written is a record that may say who wrote it.
type Written interface{ WrittenBy() string }

// Concerning is a record that is about others: it stands in their feeds.
type Concerning interface{ Subjects(b *Book) []Entry }

// Ranked is a record that has its place in a list by a number, before its date counts.
type Ranked interface{ Rank() int }

// IDOf returns the id of a record.
func IDOf(e Entry) string { return e.record().ID }

// IsDraft reports whether a record is marked as a draft.
func IsDraft(e Entry) bool { return e.record().Draft }

// Ledger declares one ledger.
type Ledger struct {
	Folder string // below content/, and first part of the addresses
	Title  string
	Kinds  []Kind // set by Declare
	// Check reports what a look at the whole book shows to be wrong; may be nil.
	// It is not asked while a file of the ledger, or of those that it needs to
	// count anything, cannot be read.
	Check func(b *Book, bag *diag.Bag)
	Needs []string // folders
	// Remind reports what falls due, as reminders; may be nil. It is asked only of a
	// site without errors.
	Remind func(b *Book, bag *diag.Bag)
}

// Kind is one type of records of a ledger.
type Kind struct {
	Key    string // of the rows, [[key]]; "" for Markdown files
	Title  string
	Type   reflect.Type // the struct
	Paged  bool         // every record has a page of its own
	IsOpen bool         // the records are offered as open data
	Ledger string       // the folder, set by Declare

	// public reports whether a record of scope society may be published; nil: yes.
	public func(b *Book, e Entry) bool
	// redact returns the record without what is internal even in a published
	// one; nil: all of it may be shown.
	redact  func(e Entry) Entry
	hidden  map[string]bool // keys that no table and no open data shows
	rule    bool            // applied whatever its scope; see AsRule
	written bool            // by a command; see Written
	turns   func(b *Book, e Entry, on func(d calendar.Date, title, what string))
	lasts   bool // its pages are there on every day
	typed   func(rows []Entry) any
	read    func(e Entry, text string, line int)

	postings []Posting // what the records give to boards
	scope    Scope     // of records that say none

	// Of a shape: see shape.go. Nil where the kind has none.
	standing func(b *Book, e Entry) Standing
	group    func(b *Book, e Entry) string
	events   func(b *Book, e Entry) []Event
	check    func(b *Book, e Entry, bag *diag.Bag)
	grids    []gridOf

	checks    []func(b *Book, bag *diag.Bag) // of the ledger's own; see [Declaration.Check]
	reminders []func(b *Book, e Entry, bag *diag.Bag)
	figures   []sumOf

	rank int // see [Declaration.Finding]
	hit  func(b *Book, e Entry) Hit
}

// Hides reports whether no table and no open data shows a key.
func (k *Kind) Hides(key string) bool { return k.hidden[key] }

// IsWritten reports whether a command writes the records.
func (k *Kind) IsWritten() bool { return k.written }

// Lookup returns the ledger of a folder, or nil.
func Lookup(folder string) *Ledger { return declared[folder] }

// Ledgers returns all ledgers, sorted by folder.
func Ledgers() []*Ledger {
	all := make([]*Ledger, 0, len(declared))
	for _, l := range declared {
		all = append(all, l)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Folder < all[j].Folder })
	return all
}

// Listed reports whether the kind's records stand in its ledger's table.
func (k *Kind) Listed() bool { return k.IsOpen || k.Paged }

// Kind returns the kind of that key, or nil; "" is the Markdown kind, or the
// first where there is none.
func (l *Ledger) Kind(key string) *Kind {
	if k := l.rows(key); k != nil || key != "" {
		return k
	}
	return &l.Kinds[0]
}

func (l *Ledger) rows(key string) *Kind {
	for i := range l.Kinds {
		if l.Kinds[i].Key == key {
			return &l.Kinds[i]
		}
	}
	return nil
}
