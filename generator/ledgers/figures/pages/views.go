package pages

import (
	"html/template"

	"biandan/generator/view"
)

// Figures is the page of all figures.
type Figures struct {
	view.Page
	AsOf     view.Date // the day on which they were counted
	Intro    template.HTML
	Groups   []Group
	Promises []view.Field
	Data     []view.Link
}

// Group are the figures of one ledger.
type Group struct {
	Title, URL string
	Rows       []Row
}

// Row is a figure: how it is counted, and what was published of it.
type Row struct {
	Name, Value, Unit, Counted string
	Claim                      string    // 县委组织部工作总结写的是50余项
	Date                       view.Date // of the claim
}
