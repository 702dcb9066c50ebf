package pages

import (
	"html/template"

	monthpages "biandan/generator/ledgers/months/pages"
	starpages "biandan/generator/ledgers/stars/pages"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/view"
)

// Tree is the tree of organisations and the units beside it.
type Tree struct {
	view.Page
	Intro      template.HTML
	Figures    []view.Figure
	Letters    []view.LinkGroup // estates by the first letter of their pinyin
	Find       string           // address of the page that finds by estate
	Committees []Node
	Classes    []view.LinkGroup // the units' branches by class
	Units      view.Grid        // the member units with their seats
}

// Find is where residents find their branch and the station next to them.
type Find struct {
	view.Page
	Count   int
	Letters []FindLetter
	Placed  bool   // some stations say where they are
	Tree    string // address of the tree
}

// FindLetter is the estates whose names begin with a letter in pinyin; others are
// under #.
type FindLetter struct {
	Letter  string
	Estates []FindEstate
}

// FindEstate is an estate: whom its people find, and where.
type FindEstate struct {
	ID, Name, Area string
	Branch         view.Link
	Phone          string
	Committee      view.Link
	Groups         []FindGroup
	Station        *stationpages.StationItem // its own, or the community's; nil: none is open
	Instead        string                    // why it is the community's
}

// FindGroup is some buildings with those who look after them.
type FindGroup struct {
	Area  string
	Group view.Link
}

// Node is an organisation with those below it.
type Node struct {
	view.Link
	Level    string
	Area     string
	Leader   string
	Phone    string
	Children []Node
}

// Branch is the page of one organisation.
type Branch struct {
	view.Page
	Level    string
	Class    string
	Facts    []view.Field
	Path     []view.Link // from the committee down to the parent
	Roles    []RoleRow
	Children []Node
	Seats    *view.Grid // of a committee: its member units
	Station  *stationpages.StationItem
	Star     *starpages.Mark // nil when there is no published rating
	History  []starpages.Mark
	Hosted   []monthpages.Activity // to come
	Passed   []monthpages.Activity // those of days before, also what was called off
	Cards    *view.Link            // the cards for the stairways of an estate; nil: none
}

// CardSheet is the cards for the stairways of an estate, one for each household post.
type CardSheet struct {
	view.Sheet
	Cards []Card

	Letter float64 `digest:"-"` // filled to be rendered
}

// Card says whom the people of some houses find, and where.
type Card struct {
	Name   string
	Fields []view.Field

	Title view.Heading `digest:"-"` // filled to be rendered
}

// RoleRow is a post and its holder.
type RoleRow struct{ Post, Holder, Phone string }

// TreeSheet is the organisations around a station.
type TreeSheet struct {
	view.WallSheet
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
