package pages

import (
	"html/template"

	monthpages "biandan/generator/ledgers/months/pages"
	"biandan/generator/view"
)

// Stations is the list of stations.
type Stations struct {
	view.Page
	Intro     template.HTML
	Figures   []view.Figure
	Groups    []StationGroup
	Functions []FunctionRow
	Boards    string // address of the list of boards; "" when there are none
}

// StationGroup is the stations of one level.
type StationGroup struct {
	Title    string
	Stations []StationItem
}

// StationItem is a station in short.
type StationItem struct {
	view.Link
	Level, Status  string
	Address, Phone string
	Estate         string
	Position       string // latitude and longitude: 35.97,111.85; "" when they are not given
	Opening        Opening
}

// Opening is when a station is open. Day is that of the build, and "" where Text holds
// on every day: 建设中. The others are data for the script of the page, "" where
// nothing is known; see partials/opening.html.
type Opening struct {
	Day  string // 11月23日
	Text string // 开放 08:30—17:30, 不开放：停电
	Open bool

	From, Until string // ISO: the days that are known
	Week        string // the hours of the seven days from Monday: see [stations.Ahead.Coded]
	Other       string // days that differ
}

// FunctionRow is one of the ten functions.
type FunctionRow struct {
	No                  int
	Name, Content, When string
	Sample              bool
}

// Station is the page of one station.
type Station struct {
	view.Page
	StationItem
	Facts     []view.Field
	Hours     []Times // 工作日 → 08:30—12:00, 14:30—18:00
	Rooms     []RoomRow
	Items     []CheckRow
	Passed    int // items that are in order
	Timetable *Timetable
	Functions []FunctionRow
	Coming    []monthpages.Activity
	Board     *view.Link // nil when the station has none
	Screen    *view.Link
}

// Times are what is said of some days: hours, or that there are none.
type Times struct {
	Name   string
	Values []string
}

// RoomRow is a room.
type RoomRow struct {
	Kind, Floor, Hours, Manager string
	Seats                       int
}

// CheckRow is an item of 六有三统一.
type CheckRow struct {
	Item string
	OK   bool
	Due  view.Date
	Note string
}

// Timetable is a week of the class after school: Cells[time][day].
type Timetable struct {
	Days  []string
	Times []TimeRow
}

// TimeRow is a row of the timetable.
type TimeRow struct {
	Time  string
	Cells []Lesson // one for each day; Course is "" when there is none
}

// Lesson is a lesson.
type Lesson struct {
	Course, Teacher, Room, Grade string
	Capacity                     int
}

// FunctionsSheet is what every station of an estate does.
type FunctionsSheet struct {
	view.WallSheet
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
	view.WallSheet
	StationItem
	Timetable Timetable

	// Filled to be rendered.
	Table view.FlowTable `digest:"-"`
	Parts []view.WallBox `digest:"-"`
}
