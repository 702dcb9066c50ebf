package serve

import (
	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/ledger"
	"biandan/generator/plan"
)

// condition says why a record would not be on the public site on a day, in a
// few characters; "" when nothing of it says so.
func condition(e ledger.Entry, day calendar.Date) string {
	if ledger.IsDraft(e) {
		return "草稿"
	}
	if pe, ok := e.(ledger.PageEntry); ok {
		switch p := ledger.PageOf(pe); {
		case p.IsFuture(day):
			return "还没上线"
		case p.IsExpired(day):
			return "已下线"
		}
	}
	return ""
}

// marks returns the conditions of the pages that only a preview shows, and of
// their sheets, by address.
func marks(t *build.Tree) map[string]string {
	m, list := t.Site.Model, map[string]string{}
	for _, p := range m.Pages {
		if c := condition(p.Entry, m.AsOf); c != "" {
			list[t.Site.Address(p.Path)] = c
			list[t.Site.Address(plan.SheetAddress(p.Path))] = c
		}
	}
	return list
}
