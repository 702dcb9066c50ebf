package walls

import (
	"html/template"

	"biandan/generator/view"
)

// Boards is the list of the stations' boards.
type Boards struct {
	view.Page
	AsOf   view.Date // the day of 今天
	Groups []BoardGroup
}

// BoardGroup is the boards of the stations of one level.
type BoardGroup struct {
	Title  string
	Boards []BoardItem
}

// BoardItem is a board in short.
type BoardItem struct {
	view.Link
	Count    int    // sheets that hang
	Down, Up int    // sheets to take down and to hang today
	Next     string // 12月1日贴上 1 份; "" when nothing is known to change
}

// Board is the board of a station: a picture of its wall, and the register of
// what hangs there.
type Board struct {
	view.Page
	AsOf    view.Date // the day of 今天
	Since   view.Date // the day before on which somebody was there
	Station view.Link
	Address string
	Phone   string
	Down    []Row // whose time was over after Since
	Up      []Row // whose time has begun after Since
	Hanging []Row // the register
	Coming  []Row
	Missing []string // what the wall needs and no ledger fills yet
	Left    int      // notices for which the wall has no room
	Screen  view.Link
	Print   view.Link // all sheets as one print job
}

// Row is a sheet in the register of a board. The link is its title and the sheet.
type Row struct {
	view.Link
	Format
	Kind        string    // 公示公告
	From, Until view.Date // no date: from the beginning, for good
	LastDay     bool      // it hangs for the last day
	Version     string
}

// Screen is a board as one page: it turns its sheets by itself on a screen, and
// prints them all, each on a page of its size. Of the Sheet, the size is that of
// a page which says nothing else.
type Screen struct {
	view.Sheet
	Seconds int        // for each sheet
	Script  view.Asset // screen.js
	Formats []Format
	Sheets  []ScreenSheet
}

// Format is a size of paper in millimetres, with its name.
type Format struct {
	Width, Height int
	Wide, High    float64 // in units, as in [Sheet]
	Name          string  // A4
}

// ScreenSheet is a sheet on a screen. Its main part is what stands on its own page.
type ScreenSheet struct {
	Format
	Title  string
	Layout string // sheet-month
	Until  view.Date
	Key    string        // identity of Main
	Main   template.HTML `digest:"-"` // filled to be rendered
	Slides template.HTML `digest:"-"` // it again, set for a television; "" when it has no room there
}
