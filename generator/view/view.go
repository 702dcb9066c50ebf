// Package view holds the plain structs that layouts receive: the contract
// between the engine and the themes.
//
// A layout gets exactly what it shows and can reach nothing else. All fields
// are values: strings, numbers, booleans, [template.HTML] that the engine made,
// and structs, slices and pointers of these; no functions, no interfaces, no
// maps. (A test walks all types and fails otherwise.) That is why a page is a
// function of its view, why pages can be made in parallel, and why two builds
// can be compared by comparing views.
//
// All addresses are final: a layout prints them as they are. Dates come as
// [Date] in the forms that pages need. What depends on the day of the build
// (还有 3 天, 今天开放) is only in the views of pages that show it, so that a new
// day changes those pages and no others.
//
// Here are the views that are nobody's own: what every page and every sheet has,
// lists, articles, tables, texts and lists on paper. A ledger with a design of its
// own has its views beside its pages. [Layouts] lists all layouts that a theme must
// have.
package view

import "html/template"

// Site is what all pages of one folder depth share.
type Site struct {
	Title, County, Slogan string
	Domain                string // host of the base address; ""
	ID                    string // 网站标识码; ""
	Publisher, Operator   string // 主办单位, 承办单位
	Phone, Supervise      string // 联系电话, 监督电话
	Address               string
	ICP, Police           string // filing numbers, "" where there are none
	PoliceURL             string // of the police's register; ""
	Conac                 string // address of what shows that it is a site of the Party or the government; ""
	Mistakes              string // address to which mistakes of a site of the government are told; ""
	About                 []Link // 关于, 联系, 无障碍, those that there are
	Mourning              bool   // the day is one of mourning: pages are grey
	Sample                string // a sentence that marks sample data; "" on a live site
	Emblem                string // address of the county's vetted emblem file; ""
	EmblemGold            bool   // it is golden, and can be seen on red
	Home, Sitemap, Search string // addresses
	Share                 string // full address of the picture beside a link that people share; "" when the site has no base address
	Style, SheetStyle     Asset  // site.css and sheet.css
	Script                Asset  // site.js
	Disk                  string // " file:", what policies allow beside the site itself where it may be opened from a disk; ""
	Worker                string // address of sw.js; "" where no page is kept for the time without network
	Menu                  []MenuItem
}

// Asset is a file of the theme: its address, and the digest that it must have
// ("sha256-…"). A site that may be opened from a disk has none: browsers do not compare
// what is read from there, and refuse it.
type Asset struct{ URL, Digest string }

// MenuItem is an item of the main navigation.
type MenuItem struct {
	Link
	Outside bool // it leads to another site
}

// Page is embedded in the view of every page.
type Page struct {
	Site        *Site  `digest:"-"`
	SiteKey     string // identity of Site, which is found once for all pages
	Layout      string // the last part of the layout's name
	Section     string // the folder of content/ that the page belongs to
	MenuURL     string // the item of the menu under which the page lies; "" when there is none
	PageTitle   string // the one h1
	Description string
	Canonical   string // full address; "" when the site has no base address
	Share       string // full address of the picture beside a link that people share; ""
	Crumbs      []Link // from the home page to the parent
	Column      *Column
	Published   *Published    // of a page that was published on a day; nil: others
	Feed        *Feed         // of what belongs to the page; nil: none
	EventsKey   string        // identity of the events in Graph
	Graph       template.HTML `digest:"-"` // what search engines read; it follows from the other fields, and is filled to be rendered
	Sheet       *Link         // the print sheet; nil when there is none
	Data        []Link        // the same records as open data (CSV, JSON)
}

// Column is what the meta tags of 国办发〔2017〕47号 say of the column that a page
// belongs to; nil for the home page, which is none, and for paper.
type Column struct{ Name, Description, Keywords, Type string }

// Published is what these tags say of a text beside its title, its description and
// its address.
type Published struct {
	At               string // 2026-11-23 00:00
	Source           string // 来源
	Author, Keywords string // "" where not known
	Image            string // full address of its first picture; ""
}

// Feed is what readers may subscribe to, in two forms.
type Feed struct{ Title, Atom, JSON string }

// Link is a text with an address.
type Link struct{ Text, URL string }

// Date is a day in the forms that pages need; both are "" for no date.
type Date struct {
	ISO     string // 2026-11-23
	Text    string // 2026年11月23日
	Weekday string // 星期一
}

// Item is a line of a list of articles.
type Item struct {
	Link
	Date    Date
	Summary string
	Tag     string // a kind or a source in a few characters
}

// Pager leads through a list. Pages are numbered from the oldest, so that an
// old page never moves; the list's own address shows the newest.
type Pager struct {
	Number       int        // of this page
	Newer, Older *Link      // nil at the ends
	Pages        []PageLink // the newest, those around this one, the oldest
}

// PageLink is a page of a list.
type PageLink struct {
	Link
	Current bool
}

// Field is a labelled value. URL may be ""; Phone is the number to dial where
// the value is one.
type Field struct{ Name, Value, URL, Phone string }

// Figure is a number with its words.
type Figure struct {
	Value, Unit, Text string
	URL               string
}

// List is a list of articles, one page of it.
type List struct {
	Page
	Intro template.HTML
	Items []Item
	Pager *Pager // nil when there is one page only
	Empty string // what to say when there are no items
}

// Article is a page of text: news and plain pages.
type Article struct {
	Page
	Date    Date
	Facts   []Field // 发布单位, 来源 …
	Topics  []string
	Figure  *Figure
	Body    template.HTML `digest:"-"`
	BodyKey string        // identity of Body, which is filled only to be rendered
	Outline []Link        // headings of the second level, when there are several
	Newer   *Link
	Older   *Link
}

// Table is the default page of a ledger: its public records as tables and registers.
type Table struct {
	Page
	Intro   template.HTML
	Parts   []TablePart
	Long    bool   // it is worth to filter
	Related []Item // pages of the same folder
}

// TablePart is a table or a register.
type TablePart struct {
	Caption  string
	Count    string // 12 条
	Grid     *Grid
	Register *Register
}

// Register is a list of records under headings, with their states.
type Register struct {
	Groups []RegisterGroup
	Folded bool // the groups are folded up, as they are many and long
}

// RegisterGroup is the records under one heading, which may be "".
type RegisterGroup struct {
	Title string
	Tone  string // of all states in it; "": they differ, or are calm
	Items []RegisterItem
	More  []RegisterItem // that are folded up, as they are many
}

// RegisterItem is a record; State may be "".
type RegisterItem struct {
	Link
	ID    string // by which a link leads to it; "" when it has none
	Date  Date
	State string
	Tone  string // ahead, good, urgent, ""
	Facts []Field
	Act   *Link // what one can do with it; nil: nothing
}

// Grid is a table.
type Grid struct {
	Caption string
	Sums    bool // the rows are sums, which nobody counts
	Heads   []string
	Rows    []Row
	More    *Grid // the rows that are folded up, as they are many; nil: none
}

// Row is a row of a table; URL is the record's own page or "".
type Row struct {
	URL   string
	Cells []string
}

// Record is the default page of one record.
type Record struct {
	Page
	Fields  []Field
	Body    template.HTML `digest:"-"`
	BodyKey string        // identity of Body, which is filled only to be rendered
}

// Sitemap lists all pages of the site.
type Sitemap struct {
	Page
	Groups []LinkGroup
	Short  bool // their titles are short: letters, numbers
	Folded bool // they are folded up, as there are many links
}

// LinkGroup is a number of links under a heading.
type LinkGroup struct {
	Title, URL string
	Links      []Link
}

// Redirect is the page at an old address.
type Redirect struct {
	Page
	To Link // where the page is now
}

// NotFound is the page for addresses that lead nowhere.
type NotFound struct {
	Page
	Links []Link
}
