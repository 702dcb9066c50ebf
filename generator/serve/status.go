package serve

import (
	"net/url"
	"strings"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// ahead is how many days are looked ahead.
const ahead = 30

// statusPage shows what turns by itself in the next days, and what falls due.
type statusPage struct {
	Days  int
	Query string
	Turns []turnRow
	Due   []dueRow
}

type turnRow struct{ Day, What string }

type dueRow struct{ Message, Place, Code, Reason, Hint string }

// listStatus lists what biandan status tells, as far as it holds what is looked for.
func listStatus(t *build.Tree, query url.Values) statusPage {
	v := statusPage{Days: ahead, Query: strings.TrimSpace(query.Get("q"))}
	book := t.Site.Book
	for _, turn := range book.Turns(ledger.Visible{}, book.AsOf.AddDays(ahead)) {
		for _, what := range turn.What {
			if strings.Contains(what, v.Query) {
				v.Turns = append(v.Turns, turnRow{turn.Date.Chinese() + "（" + turn.Date.ChineseWeekday() + "）", what})
			}
		}
	}
	bag := &diag.Bag{}
	book.Remind(bag)
	for _, d := range bag.List() {
		if row := (dueRow{d.Message, d.Pos.String(), d.Code, d.Reason, d.Hint}); strings.Contains(row.Message+"\n"+row.Place+"\n"+row.Code, v.Query) {
			v.Due = append(v.Due, row)
		}
	}
	return v
}
