package notices

import (
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// CheckAfter is the rule maker for what must not happen before a 公示 is over: the
// notice is a 公示 of that matter, and decided lies after its last day. Findings are
// of the rule of the ledger that asks.
func CheckAfter(b *ledger.Book, rule *diag.Rule, n *Notice, matter Matter, decided calendar.Date, at diag.Pos, bag *diag.Bag) {
	last, err := n.LastDay(b)
	switch {
	case n.Kind != Gongshi || n.Matter != matter:
		bag.Addf(rule, at, "“%s”不是“%s”的公示", n.Title, matter)
	case n.Draft || !n.IsPublic():
		bag.Addf(rule, at, "公示“%s”没有公开", n.Title)
	case err != nil || last.IsZero() || decided.IsZero():
	case !decided.After(last):
		bag.Addf(rule, at, "公示“%s”到 %s 才结束，%s 还在公示期里或以前", n.Title, last, decided)
	}
}
