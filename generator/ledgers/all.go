// Package ledgers is the list of all ledgers: who imports it has them all. A ledger
// is a folder here with its records, and below it, where a table is not enough, its
// pages.
package ledgers

import (
	_ "biandan/generator/home"
	_ "biandan/generator/ledgers/appraisals"
	_ "biandan/generator/ledgers/branches/pages"
	_ "biandan/generator/ledgers/care"
	_ "biandan/generator/ledgers/channels"
	_ "biandan/generator/ledgers/checkins"
	_ "biandan/generator/ledgers/claims"
	_ "biandan/generator/ledgers/education/pages"
	_ "biandan/generator/ledgers/exchange/pages"
	_ "biandan/generator/ledgers/figures/pages"
	_ "biandan/generator/ledgers/holidays"
	_ "biandan/generator/ledgers/life/pages"
	_ "biandan/generator/ledgers/meetings/pages"
	_ "biandan/generator/ledgers/months/pages"
	_ "biandan/generator/ledgers/news/pages"
	_ "biandan/generator/ledgers/notices/pages"
	_ "biandan/generator/ledgers/organisation"
	_ "biandan/generator/ledgers/problems"
	_ "biandan/generator/ledgers/programme/pages"
	_ "biandan/generator/ledgers/services/pages"
	_ "biandan/generator/ledgers/stars/pages"
	_ "biandan/generator/ledgers/stations/pages"
	_ "biandan/generator/ledgers/supervision"
	_ "biandan/generator/ledgers/tasks"
	_ "biandan/generator/ledgers/teams"
	_ "biandan/generator/walls"
)
