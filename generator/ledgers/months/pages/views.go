package pages

import (
	"html/template"

	"biandan/generator/view"
)

// Year is the wheel of twelve months.
type Year struct {
	view.Page
	Intro  template.HTML
	Number int
	Months []MonthCard
	Years  []view.PageLink
}

// Month is a monthly theme.
type Month struct {
	view.Page
	MonthCard
	Date       view.Date
	Tasks      []string
	Activities []Activity
	Body       template.HTML `digest:"-"`
	BodyKey    string        // identity of Body, which is filled only to be rendered
	Newer      *view.Link
	Older      *view.Link
}

// MonthCard is a monthly theme in short.
type MonthCard struct {
	view.Link          // title and page
	Month       string // 2026年11月
	Number      string // 十一月
	Order       int    // in the year, from 1
	Slogan      string
	Summary     string
	Past        bool
	Current     bool
	Coming      []Activity // activities from the build's day on
	CountPassed int        // of this month's activities, those already over
}

// Activity is an activity by date.
type Activity struct {
	Name        string
	Date        view.Date
	Time, Place string
	Host        view.Link // URL may be ""
	Partners    string    // units that hold it together
	Team        string    // that comes
	Change      string    // 取消：…, 改期：…
	People      string    // 42 人次
	Result      string
	Joint       string
	Station     view.Link
	Contact     string
	Past        bool
}

// MonthSheet is the poster of a monthly theme.
type MonthSheet struct {
	view.Sheet
	MonthCard
	Design     string // 庄重红, 素纸, 节庆, 省墨
	Season     string // of the motifs: lantern, blossom, wave, wheat, snow
	Tasks      []string
	Activities []Activity

	// Filled to be rendered.
	Title  view.Heading `digest:"-"` // the theme in lines
	Head   view.Heading `digest:"-"` // the slogan in lines
	Letter float64      `digest:"-"` // of the names of the activities
	Task   float64      `digest:"-"` // of the tasks
	Body   float64      `digest:"-"` // width of the activities, in units, when the slogan stands beside them
	Step   float64      `digest:"-"` // how much lower each upright line of the slogan begins, in units
	Hosts  bool         `digest:"-"` // there is room for who holds an activity
	Strip  []StripDay   `digest:"-"` // the days of the month
	Duties [][]string   `digest:"-"` // the tasks in lines
	Parts  []MonthBox   `digest:"-"`
}

// MonthBox is one sheet of a poster; the first has the slogan.
type MonthBox struct {
	Number  int
	Entries []MonthEntry
}

// MonthEntry is an activity on a poster, its texts in lines.
type MonthEntry struct {
	Activity
	Names, Places, Hosts []string
	Alone                bool // the last of an odd number, where two stand side by side
}

// StripDay is a day in the calendar of a poster.
type StripDay struct {
	Day     int
	Weekday string // 一
	Rest    bool   // a Saturday or Sunday
	Busy    bool   // something is on
}
