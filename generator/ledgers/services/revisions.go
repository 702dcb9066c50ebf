package services

import (
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/notices"
	"biandan/generator/rules"
)

// ChangeKind is what a revision does to a service.
type ChangeKind string

// The kinds of changes.
const (
	Added    ChangeKind = "新增"
	Dropped  ChangeKind = "取消"
	Modified ChangeKind = "修改"
	Merged   ChangeKind = "合并"
)

// Options lists the kinds of changes.
func (ChangeKind) Options() []string {
	return []string{string(Added), string(Dropped), string(Modified), string(Merged)}
}

// Change is what a revision did to one service: by its id, or by its name when it
// is not in the list any more.
type Change struct {
	Service string     `toml:"service,required" zh:"事项的编号"`
	Kind    ChangeKind `toml:"kind,required" zh:"怎么调整"`
	Field   string     `toml:"field" zh:"改的是哪一项"`
	Before  string     `toml:"before" zh:"原来"`
	After   string     `toml:"after" zh:"现在"`
	Why     string     `toml:"why,required" zh:"原因"`
}

// Revision is a change of the list of services (清单动态调整): announced for
// objections first, then in force.
type Revision struct {
	ledger.Record
	Notice    ledger.Ref[notices.Notice] `toml:"notice,required" zh:"公示"`
	Announced ledger.Ref[notices.Notice] `toml:"announced" zh:"公告"`
	InForce   calendar.Date              `toml:"in_force,required" zh:"施行日期"`
	Changes   []Change                   `toml:"changes,required" zh:"调整的事项"`
}

// Latest is the last change of a service that is in force.
type Latest struct {
	Date     calendar.Date
	Why      string
	Revision string // its id, "" when it has none
}

// LatestOf returns the last change of a service; it is zero when there was none.
func LatestOf(b *ledger.Book, s *Service) Latest { return latest.Of(b)[s.ID] }

var latest = ledger.Derive(func(b *ledger.Book) map[string]Latest {
	last := map[string]Latest{}
	for _, r := range ledger.All[Revision](b) {
		for _, c := range r.Changes {
			if r.IsPublic() && !r.Draft && !r.InForce.After(b.AsOf) && last[c.Service].Date.Before(r.InForce) {
				last[c.Service] = Latest{r.InForce, string(c.Kind) + "：" + c.Why, r.ID}
			}
		}
	}
	return last
})

var (
	ruleInForce = diag.Define(diag.Rule{Code: "E1408", Name: "清单没有公示完就施行了", Severity: diag.Error,
		Why: "两个清单动态调整，先公示、后施行：公示的最后一天过了，才能施行", Mend: "核对施行日期（in_force）、公告（announced）与那份公示的期限"})
	ruleNotAsRevised = diag.Define(diag.Rule{Code: "E1409", Name: "清单与调整后的不一样", Severity: diag.Error,
		Why: "公示、公告里说改成了这样，清单里却是那样，居民不知道信哪个", Mend: "核对事项里的值与调整记录的现在（after）；以后又改过的，补一条调整记录"})
	ruleDropped = diag.Define(diag.Rule{Code: "E1415", Name: "已经取消的事项还在清单里", Severity: diag.Error,
		Why: "公告说取消了，清单里还有，居民会白跑一趟", Mend: "删掉这个事项和它的责任；没有取消的，改调整记录"})
)

// ofList is the matter of the 公示 that a revision needs.
const ofList notices.Matter = "服务清单"

func checkRevisions(b *ledger.Book, bag *diag.Bag) {
	columns := ledger.Columns(ledger.Lookup("services").Kind("service"))
	newest := map[[2]string]calendar.Date{} // service and field
	for _, r := range ledger.All[Revision](b) {
		for _, c := range r.Changes {
			if k := [2]string{c.Service, c.Field}; !r.InForce.After(b.AsOf) && newest[k].Before(r.InForce) {
				newest[k] = r.InForce
			}
		}
	}
	for _, r := range ledger.All[Revision](b) {
		if n := r.Notice.In(b); n != nil {
			notices.CheckAfter(b, ruleInForce, n, ofList, r.InForce, r.At("in_force"), bag)
			checkAnnounced(b, r, n, bag)
		}
		for i, c := range r.Changes {
			s := ledger.Find[Service](b, c.Service)
			switch {
			case r.InForce.After(b.AsOf) || newest[[2]string{c.Service, c.Field}] != r.InForce:
			case c.Kind == Dropped && s != nil:
				bag.Addf(ruleDropped, s.At("id"), "事项“%s”自 %s 起取消（%s），清单里还有", s.Name, r.InForce, r.At("changes", i, "kind"))
			case c.Kind != Dropped && s == nil:
				bag.Addf(ruleNotAsRevised, r.At("changes", i, "service"), "清单里没有编号为“%s”的事项", c.Service)
			case c.Field == "" && c.After != "":
				bag.Addf(ruleNotAsRevised, r.At("changes", i, "after"), "写了现在是“%s”，没有写改的是哪一项（field）", c.After)
			case c.After != "" && c.Before == c.After:
				bag.Addf(ruleNotAsRevised, r.At("changes", i, "after"), "原来和现在都是“%s”，没有改", c.After)
			case s != nil && c.Field != "" && c.After != "":
				checkAfter(b, s, r, i, columns, bag)
			}
		}
	}
}

// checkAnnounced wants the 公告 of a revision between its 公示 and the day on which
// it is in force.
func checkAnnounced(b *ledger.Book, r *Revision, n *notices.Notice, bag *diag.Bag) {
	a := r.Announced.In(b)
	if a == nil || a.Date.IsZero() || n.Matter != ofList {
		return
	}
	last, err := n.LastDay(b)
	switch {
	case a.Kind != notices.Gonggao:
		bag.Addf(ruleInForce, r.At("announced"), "“%s”是%s，不是公告", a.Title, a.Kind)
	case err == nil && !a.Date.After(last):
		bag.Addf(ruleInForce, r.At("announced"), "公告“%s”是 %s 的，公示“%s”到 %s 才结束", a.Title, a.Date, n.Title, last)
	case a.Date.After(r.InForce) && !r.InForce.IsZero():
		bag.Addf(ruleInForce, r.At("announced"), "公告“%s”是 %s 的，清单 %s 已经施行", a.Title, a.Date, r.InForce)
	}
}

// checkAfter holds the present value of a field against what a revision made it.
func checkAfter(b *ledger.Book, s *Service, r *Revision, i int, columns []ledger.Column, bag *diag.Bag) {
	c := r.Changes[i]
	for _, col := range columns {
		if col.Key != c.Field && col.Title != c.Field {
			continue
		}
		if now := col.Cell(b, s); !strings.Contains(rules.Name(now), rules.Name(c.After)) {
			bag.Addf(ruleNotAsRevised, s.At(col.Key), "事项“%s”的%s是“%s”，%s 起应当是“%s”（%s）", s.Name, col.Title, now, r.InForce, c.After, r.At("changes", i, "after"))
		}
		return
	}
	bag.Addf(ruleNotAsRevised, r.At("changes", i, "field"), "服务事项没有“%s”这一项", c.Field)
}
