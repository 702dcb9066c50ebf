package pages

import (
	noticepages "biandan/generator/ledgers/notices/pages"
	"biandan/generator/view"
)

// Way is the index of the ledger: the way into the Party, then its tables.
type Way struct {
	view.Table
	Steps    []Step
	Ask      []view.Field // the committees of communities, with their phones
	Branches string       // where everybody finds their branch; ""
	AsOf     view.Date    // the day from which the days left are counted, while some are
	Running  []noticepages.NoticeItem
	Classes  *view.Register // those of this year that are still to come; nil: none
}

// Step is a step of the way.
type Step struct {
	Name, What string
	Facts      []view.Field
}
