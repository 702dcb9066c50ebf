package pages

import (
	"html/template"

	"biandan/generator/view"
)

// Stars is the star board of a year.
type Stars struct {
	view.Page
	Intro      template.HTML
	Year       int
	Years      []view.PageLink
	Verdict    string // 100 个参评党支部中，96% 达到三星标准……
	Chart      Chart
	Classes    []ClassBoard
	Policy     string // which ratings are published, in words
	Pairs      int    // helping pairs of the year
	Rules      []view.Field
	Indicators []view.Grid // by dimension
}

// ClassBoard is the published results of a class.
type ClassBoard struct {
	Class string
	Chart Chart
	Stars []StarGroup // from five stars down
	Held  string      // 另有 1 个党支部为二星级及以下; ""
}

// StarGroup is the branches with one rating.
type StarGroup struct {
	Mark     Mark
	Branches []view.Link
}

// Mark is a published rating.
type Mark struct {
	Year int
	Star int
	Word string // 四星级
	Full string // ★★★★
	Rest string // ☆
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

// StarsSheet is the result of a year.
type StarsSheet struct {
	view.Sheet
	Verdict string
	Chart   Chart
	Classes []ClassBoard

	// Filled to be rendered.
	Title  view.Heading `digest:"-"`
	Letter float64      `digest:"-"` // of the table
	Speech float64      `digest:"-"` // of the verdict
}

// PlateSheet is the plate with a branch's stars.
type PlateSheet struct {
	view.WallSheet
	Branch string
	Mark   Mark
}
