package walls

import (
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/plan"
	"biandan/generator/sheet"
	"biandan/generator/view"
)

// warning stands on every sheet that is not for everybody.
const warning = "内部，不外传"

// planInside plans the sheets that never leave the organisation: of each kind whose
// records are not for everybody, all of them, unless its room has planned a design of its
// own. They have no code, as no page shows them.
func planInside(b *plan.Builder) {
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			if entries := b.Book.Entries(k); k.IsInside() && len(entries) > 0 && !b.Has(InsideAddress(k)) {
				b.PlanSheet(insideSheet(k, entries))
			}
		}
	}
}

// InsideAddress is where the sheet of a kind lies that never leaves the organisation.
func InsideAddress(k *ledger.Kind) string {
	return plan.SheetAddress(strings.Trim(k.Ledger+"/"+k.Key, "/"))
}

// InsideList is a list that never leaves the organisation, with a line below its title.
func InsideList(address, title string, at diag.Pos, lead string, groups func(q *plan.Page) []view.ListGroup) *plan.Sheet {
	return listLayout.Sheet(address, title, at, func(q *plan.Page) view.ListSheet {
		v := view.ListSheet{Sheet: q.Sheet(sheet.A4, title, "", "", calendar.Date{}, calendar.Date{}), Lead: warning + " · " + lead}
		v.QR, v.Groups = view.QR{}, groups(q)
		return q.FinishList(v)
	})
}

func insideSheet(k *ledger.Kind, entries []ledger.Entry) *plan.Sheet {
	address, at := InsideAddress(k), diag.Pos{File: entries[0].File()}
	if k.HasStanding() {
		return InsideList(address, k.Title, at, plan.Count(len(entries), "条"), func(q *plan.Page) []view.ListGroup { return listGroups(q, k, entries) })
	}
	return InsideTable(address, k.Title, at, plan.Count(len(entries), "条"), func(q *plan.Page) view.Grid { return q.Grid(k, plan.TableColumns(k), entries) })
}

// InsideTable is a table that never leaves the organisation, with a line below its title.
func InsideTable(address, title string, at diag.Pos, lead string, grid func(q *plan.Page) view.Grid) *plan.Sheet {
	return tableLayout.Sheet(address, title, at, func(q *plan.Page) view.TableSheet {
		v := view.TableSheet{WallSheet: q.WallSheet(sheet.A4.Across(), title, "", ""), Grid: grid(q)}
		v.QR, v.Short = view.QR{}, nil
		v.About, v.Call = []string{warning, lead}, []string{"看完收好，不拍照、不转发。"}
		v.Version = plan.Version(v.Grid)
		if q.Full {
			fitTable(q, &v)
		}
		return v
	})
}
