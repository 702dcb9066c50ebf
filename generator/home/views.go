package home

import (
	"html/template"

	monthpages "biandan/generator/ledgers/months/pages"
	noticepages "biandan/generator/ledgers/notices/pages"
	partpages "biandan/generator/ledgers/programme/pages"
	servicepages "biandan/generator/ledgers/services/pages"
	starpages "biandan/generator/ledgers/stars/pages"
	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/view"
)

// Home is the home page.
type Home struct {
	view.Page
	AsOf       view.Date // the day for which the page was made
	Intro      template.HTML
	Tasks      []Task // the large tiles
	Situations []servicepages.SituationItem
	Notices    []noticepages.NoticeItem // 公示 in their period, nearest end first
	AllNews    string
	AllNotes   string
	Theme      *monthpages.MonthCard      // this month's theme
	Stations   []stationpages.StationItem // open today first
	AllSites   string
	Parts      []partpages.PartItem // the programme's six parts
	Chart      *starpages.Chart     // the newest star results; nil when there are none
	Stars      string               // address of the star page
	Verdict    string               // 96% 的党支部达到三星标准……
	News       []view.Item
}

// Task is a tile that leads to something people come for.
type Task struct {
	view.Link
	Hint string // e.g. 55 项服务，11 类
	Icon string // service, station, notice, activity
}
