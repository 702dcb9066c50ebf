package pages

import (
	"html/template"

	stationpages "biandan/generator/ledgers/stations/pages"
	"biandan/generator/view"
)

// Services is the directory of services.
type Services struct {
	view.Page
	Intro      template.HTML
	Figures    []view.Figure
	Situations []SituationItem
	Journeys   []view.Link
	Categories []CategoryItem
}

// SituationItem is a situation of life in short.
type SituationItem struct {
	view.Link
	Words string // 养老金、高龄津贴、助餐
}

// Situation is the page of a situation of life.
type Situation struct {
	view.Page
	SituationItem
	Journeys []Journey
	Services []ServiceItem
	Others   []view.Link
}

// Journey is one thing in life, step by step.
type Journey struct {
	ID, Name string
	Steps    []JourneyStep
}

// JourneyStep is a step of a journey: a service, and what is done there.
type JourneyStep struct {
	ServiceItem
	What string
}

// CategoryItem is a category with its services.
type CategoryItem struct {
	view.Link
	No       int
	Summary  string
	Services []ServiceItem
}

// ServiceItem is a service in short.
type ServiceItem struct {
	view.Link
	No       int
	Audience string
	Words    string // what people say for it
	Limit    string // 即时办结, 3 个工作日
	Place    string
	Phone    string
	A, B     string // names of the posts
}

// Category is the page of one category.
type Category struct {
	view.Page
	CategoryItem
	Others []view.Link
}

// Service is the page of one service.
type Service struct {
	view.Page
	ServiceItem
	Category   view.Link
	Facts      []view.Field
	Conditions []string
	Materials  []string
	Steps      []string
	Time       string
	Fee        string
	Basis      string
	Supervise  string
	Online     string
	Duty       *Duty
	Updated    view.Date
	Change     string
	History    *view.Link // what was changed with it; nil: nothing was
	Siblings   []view.Link
}

// History is what was changed in the list, when and why.
type History struct {
	view.Page
	Verdict   string
	Revisions []Revision // the newest first
}

// Revision is what was changed from one day on.
type Revision struct {
	ID      string // "" when nothing can lead here
	InForce view.Date
	Ahead   bool   // that day has not come
	Count   string // 新增 1 项、修改 4 项
	Facts   []view.Field
	Changes []Change
}

// Change is what was changed in a service, which may be gone. Field, Before and After
// are "" where the record says it in words only.
type Change struct {
	view.Link
	Kind, Field, Before, After, Why string
}

// Duty is the row of the duty list of a service.
type Duty struct{ Content, Standard, Consequence string }

// PostsSheet is who is there and when, and who does the work of whom.
type PostsSheet struct {
	view.WallSheet
	stationpages.StationItem
	Leader string
	Hours  []view.Field
	Posts  []PostRow

	// Filled to be rendered.
	Table view.FlowTable `digest:"-"`
	Parts []view.WallBox `digest:"-"`
}

// PostRow is a post with those that take its place.
type PostRow struct {
	Name, Phone string
	Others      []string // B posts
}

// GuideSheet is how a service is done.
type GuideSheet struct {
	view.TextSheet
	Rows []GuideRow
}

// GuideRow is a part of a guide: 带什么来.
type GuideRow struct {
	Title string
	Lines []string
}
