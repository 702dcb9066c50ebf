package view

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

// TreeSheet is the organisations around a station.
type TreeSheet struct {
	Sheet
	Path []Node // from the committee down to the parent of the only top
	Tops []Node
}

// PostsSheet is who is there and when, and who does the work of whom.
type PostsSheet struct {
	Sheet
	StationItem
	Leader string
	Hours  []Field
	Posts  []PostRow
}

// PostRow is a post with those that take its place.
type PostRow struct {
	Name, Phone string
	Others      []string // B posts
}

// FunctionsSheet is what every station of an estate does.
type FunctionsSheet struct {
	Sheet
	Functions []FunctionRow
}

// ClassSheet is the timetable of the class after school.
type ClassSheet struct {
	Sheet
	StationItem
	Timetable Timetable
}

// PlateSheet is the plate with a branch's stars.
type PlateSheet struct {
	Sheet
	Branch string
	Mark   StarMark
}

// TableSheet is the default sheet of a ledger: a table of its public records.
type TableSheet struct {
	Sheet
	Grid Grid
}
