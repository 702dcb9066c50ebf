package view

import "html/template"

// Sheet is embedded in the view of every printed sheet. A view may be spread
// over several boxes, each a sheet of paper of the same size.
//
// All measures of a layout and all sizes of letters are multiples of Unit, so
// that a design looks the same on every size of paper. What says "filled to be
// rendered" follows from the other fields; the engine has measured it so that
// everything fits.
type Sheet struct {
	Page
	Width, Height int     // millimetres
	Unit          float64 // a 210th of the short side, in millimetres
	Wide, High    float64 // in units
	Across        bool    // wider than high
	From          Date    // 张贴日期
	Until         Date    // 有效期至; no date when open
	Owner         string  // 责任人
	OwnerPhone    string
	QR            QR
	Short         []string      `digest:"-"` // the code's address in print, in parts that end with a slash
	Verb          string        // what the code is for, e.g. 扫码看详情
	Back          string        // address of the page that the sheet belongs to
	Related       []Link        // other sheets of the same page
	Version       string        // digest of the content, a few characters
	Paper         template.HTML `digest:"-"` // the style that says the size of the paper; filled to be rendered
	PaperHash     string        `digest:"-"` // SHA-256 of its rules, as policies write it
	Boxes         int           `digest:"-"` // how many there are; filled to be rendered
	Unfit         string        `digest:"-"` // why its matter has no room on any number of them; filled to be rendered
}

// QR is the code of a text as SVG: a square of Size modules, with the quiet
// zone, and the path of the dark ones, which is drawn one module wide. Size is 0
// when the site has no base address. Side is its side on paper, in units. Size,
// Side and Path follow from Text and are filled to be rendered.
type QR struct {
	Text string
	Size int     `digest:"-"`
	Side float64 `digest:"-"`
	Path string  `digest:"-"`
}

// Heading is a title broken into lines. Size is that of its letters, in units.
type Heading struct {
	Lines []string
	Size  float64
}

// ListSheet is a list in columns: services by category, branches by stars.
type ListSheet struct {
	Sheet
	Lead   string // 11 类 55 项
	Note   string // a line below the list
	Empty  string // what to say when there is none
	Groups []ListGroup

	// Filled to be rendered.
	Around float64   `digest:"-"` // what the design takes around its head more than others, in units
	Title  Heading   `digest:"-"`
	Letter float64   `digest:"-"`
	Parts  []ListBox `digest:"-"`
}

// ListGroup is a number of lines under a heading.
type ListGroup struct {
	Title     string
	Continued bool // its beginning stands in another column
	Items     []ListItem
}

// ListItem is a line: a mark before it, a note below it.
type ListItem struct{ Mark, Text, Note, Phone string }

// ListBox is one sheet of a list.
type ListBox struct {
	Number  int
	Columns []ListColumn
}

// ListColumn is a column; a full one is stretched to its foot.
type ListColumn struct {
	Groups []ListGroup
	Full   bool
}

// TextSheet is a text to hang up: a notice as a poster or as an official
// document, how a service is done.
type TextSheet struct {
	Sheet
	Band    string // 公示, 办事指南
	Facts   []Field
	Notes   []string // below the text
	Signed  string   // who signs; "" when nobody does
	Signing Date
	DocNo   string // of an official document; "" when it has none
	Red     string // the name at its red head
	Beside  bool   // the code stands beside the facts, not at the foot
	BodyKey string // identity of the text

	// Filled to be rendered.
	Title  Heading   `digest:"-"`
	Letter float64   `digest:"-"`
	Fact   float64   `digest:"-"` // size of the facts
	Parts  []TextBox `digest:"-"`
}

// TextBox is one sheet of a text.
type TextBox struct {
	Number int
	Body   template.HTML
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

// TableSheet is the default sheet of a ledger: a table of its public records.
type TableSheet struct {
	WallSheet
	Grid Grid

	// Filled to be rendered.
	Table FlowTable `digest:"-"` // the grid
	Parts []WallBox `digest:"-"`
}

// FlowTable is a table of which a layout writes the HTML (its template "flow"), so
// that it can be measured and spread over sheets.
type FlowTable struct {
	Class, Caption string
	Heads          []string
	Rows           []FlowRow
}

// FlowRow is a row of a table; its first cell is its head.
type FlowRow struct{ Cells []FlowCell }

// FlowCell is a cell of a table, a paragraph for each line.
type FlowCell struct{ Lines []string }
