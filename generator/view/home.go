package view

import "html/template"

// Home is the home page.
type Home struct {
	Page
	AsOf     Date // the day for which the page was made
	Intro    template.HTML
	Tasks    []Task       // the four large tiles
	Notices  []NoticeItem // 公示 in their period, nearest end first
	AllNews  string
	AllNotes string
	Theme    *MonthCard    // this month's theme
	Stations []StationItem // open today first
	AllSites string
	Parts    []PartItem // the programme's six parts
	Chart    *Chart     // the newest star results; nil when there are none
	Stars    string     // address of the star page
	Verdict  string     // 96% 的党支部达到三星标准……
	News     []Item
}

// Task is a tile that leads to something people come for.
type Task struct {
	Link
	Hint string // e.g. 55 项服务，11 类
	Icon string // service, station, notice, activity
}

// PartItem is a part of the programme with its live figure.
type PartItem struct {
	Link
	No      int
	Summary string
	Topics  []string
	Figure  *Figure
}

// MonthCard is a monthly theme in short.
type MonthCard struct {
	Link               // title and page
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
	Date        Date
	Time, Place string
	Host        Link // URL may be ""
	Joint       string
	Station     Link
	Contact     string
	Past        bool
}

// Chart is a distribution of star ratings: exclusive counts, cumulative shares.
type Chart struct {
	Year  int
	Total int
	Bars  []Bar // from five stars down
}

// Bar is one bar of a chart. Width and Left are percents of the total.
type Bar struct {
	Label       string // 五星级
	Star        int    // 0 for all those below the published ones
	Count       int
	Share       string // exclusive, 30%
	Cumulative  string // this star and more, 96%; "" for the last
	Width, Left float64
}
