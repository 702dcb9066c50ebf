package pages

import "biandan/generator/view"

// Life is the index of the ledger: how the meetings were kept, then its tables.
type Life struct {
	view.Table
	Span           string // 1 月到 10 月
	Branches       int
	Due, Held      int    // meetings; none due in the first months
	OnTime         string // 98.4%; ""
	Expected, Came int    // persons; 0: not told
}
