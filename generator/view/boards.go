package view

import "html/template"

// Boards is the list of the stations' boards.
type Boards struct {
	Page
	AsOf   Date // the day of 今天
	Groups []BoardGroup
}

// BoardGroup is the boards of the stations of one level.
type BoardGroup struct {
	Title  string
	Boards []BoardItem
}

// BoardItem is a board in short.
type BoardItem struct {
	Link
	Count    int    // sheets that hang
	Down, Up int    // sheets to take down and to hang today
	Next     string // 12月1日贴上 1 份; "" when nothing is known to change
}

// Board is the board of a station: a picture of its wall, and the register of
// what hangs there.
type Board struct {
	Page
	AsOf    Date // the day of 今天
	Since   Date // the day before on which somebody was there
	Station Link
	Address string
	Phone   string
	Down    []Posting // whose time was over after Since
	Up      []Posting // whose time has begun after Since
	Hanging []Posting // the register
	Coming  []Posting
	Missing []string // what the wall needs and no ledger fills yet
	Left    int      // notices for which the wall has no room
	Screen  Link
	Print   Link // all sheets as one print job
}

// Posting is a sheet on a board. The link is its title and the sheet.
type Posting struct {
	Link
	Format
	Kind        string // 公示公告
	From, Until Date   // no date: from the beginning, for good
	LastDay     bool   // it hangs for the last day
	Version     string
}

// Screen is a board as one page: it turns its sheets by itself on a screen, and
// prints them all, each on a page of its size. Of the Sheet, the size is that of
// a page which says nothing else.
type Screen struct {
	Sheet
	Seconds int    // for each sheet
	Script  string // address of screen.js
	Formats []Format
	Hung    []Hung
}

// Format is a size of paper in millimetres, with its name.
type Format struct {
	Width, Height int
	Wide, High    float64 // in units, as in [Sheet]
	Name          string  // A4
}

// Hung is a sheet on a screen: one of the views is there. Package plan finds the
// field by its type; where two layouts show one type, Layout tells.
type Hung struct {
	Format
	Title     string
	Layout    string
	Until     Date
	Month     *MonthSheet
	List      *ListSheet // of services
	Stars     *StarsSheet
	Text      *TextSheet // a notice or an official document
	Tree      *TreeSheet
	Posts     *PostsSheet
	Functions *FunctionsSheet
	Class     *ClassSheet
	Plate     *PlateSheet
	Table     *TableSheet
}

// WallSheet is embedded in the views of the sheets that are made for walls: a
// title with what it is about, a line below it, the matter, and a call beside
// the code.
type WallSheet struct {
	Sheet
	About []string // beside the title: the station, how many there are
	Lead  string   // below the title
	Call  []string // lines beside the code

	// Filled to be rendered.
	Title  Heading `digest:"-"`
	Letter float64 `digest:"-"` // of the matter
}

// WallBox is one sheet of a table on a wall. A full one is stretched to its foot.
type WallBox struct {
	Number int
	Body   template.HTML
	Full   bool
}

// TreeSheet is the organisations around a station.
type TreeSheet struct {
	WallSheet
	Path []Node // from the committee down to the parent of the only top
	Tops []Node

	// Filled to be rendered.
	Columns int       `digest:"-"`
	Parts   []TreeBox `digest:"-"`
}

// TreeBox is one sheet of a tree.
type TreeBox struct {
	Number int
	Tops   []Node // with those of their children that stand on this sheet
	Full   bool
}

// PostsSheet is who is there and when, and who does the work of whom.
type PostsSheet struct {
	WallSheet
	StationItem
	Leader string
	Hours  []Field
	Posts  []PostRow

	// Filled to be rendered.
	Parts []WallBox `digest:"-"`
}

// PostRow is a post with those that take its place.
type PostRow struct {
	Name, Phone string
	Others      []string // B posts
}

// FunctionsSheet is what every station of an estate does.
type FunctionsSheet struct {
	WallSheet
	Functions []FunctionRow

	// Filled to be rendered.
	Columns int           `digest:"-"`
	Parts   []FunctionBox `digest:"-"`
}

// FunctionBox is one sheet of the functions.
type FunctionBox struct {
	Number    int
	Functions []FunctionRow
	Full      bool
}

// ClassSheet is the timetable of the class after school.
type ClassSheet struct {
	WallSheet
	StationItem
	Timetable Timetable

	// Filled to be rendered.
	Parts []WallBox `digest:"-"`
}

// PlateSheet is the plate with a branch's stars.
type PlateSheet struct {
	WallSheet
	Branch string
	Mark   StarMark
}

// TableSheet is the default sheet of a ledger: a table of its public records.
type TableSheet struct {
	WallSheet
	Grid Grid

	// Filled to be rendered.
	Parts []WallBox `digest:"-"`
}
