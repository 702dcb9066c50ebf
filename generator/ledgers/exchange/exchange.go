// Package exchange is the ledger of what is offered, needed and shared (服务联创 ·
// 三清单), and of the orders that residents place (点单、派单、送单、评单).
package exchange

import (
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/stations"
	"biandan/generator/ledgers/teams"
)

// Group is what a service is about.
type Group string

// Options lists the groups.
func (Group) Options() []string {
	return []string{"学习", "健康", "法律", "维修", "文体", "助老", "托幼", "其他"}
}

// Offer is what a unit or a team offers (服务清单).
type Offer struct {
	ledger.Record
	Name     string                    `toml:"name,required" zh:"服务"`
	Group    Group                     `toml:"group,required" zh:"类别"`
	Unit     ledger.Ref[branches.Unit] `toml:"unit" zh:"哪个单位"`
	Team     ledger.Ref[teams.Team]    `toml:"team" zh:"哪支服务队"`
	Content  string                    `toml:"content,required" zh:"做什么"`
	For      string                    `toml:"for" zh:"给谁"`
	When     string                    `toml:"when" zh:"什么时候"`
	Capacity int                       `toml:"capacity" zh:"每月几次" check:"min=0"`
	Phone    string                    `toml:"phone,required" zh:"电话" check:"phone"`
	ValidTo  calendar.Date             `toml:"valid_to,required" zh:"到哪天止"`
	Updated  calendar.Date             `toml:"updated,required" zh:"更新日期"`
}

// Source is from whom a need comes.
type Source string

// Options lists the sources.
func (Source) Options() []string { return []string{"单位", "社区", "小区", "居民"} }

// Need is what is needed (需求清单): of many, never of one person.
type Need struct {
	ledger.Record
	Text     string                      `toml:"text,required" zh:"需求"`
	From     Source                      `toml:"from,required" zh:"谁提的"`
	Branch   ledger.Ref[branches.Branch] `toml:"branch" zh:"小区党支部"`
	Group    Group                       `toml:"group,required" zh:"类别"`
	People   int                         `toml:"people" zh:"多少人要" check:"min=0"`
	Urgent   bool                        `toml:"urgent" zh:"急"`
	Found    calendar.Date               `toml:"found,required" zh:"摸到的日期"`
	Offer    ledger.Ref[Offer]           `toml:"offer" zh:"哪项服务对上了"`
	Resource ledger.Ref[Resource]        `toml:"resource" zh:"哪样资源对上了"`
	Reason   string                      `toml:"reason" zh:"一时办不了的原因"`
	Closed   calendar.Date               `toml:"closed" zh:"办好的日期"`
}

// ResourceKind is what is shared.
type ResourceKind string

// Options lists the kinds.
func (ResourceKind) Options() []string { return []string{"场地", "设备", "人才", "资金"} }

// Resource is what can be borrowed (资源清单).
type Resource struct {
	ledger.Record
	Name    string                       `toml:"name,required" zh:"资源"`
	Kind    ResourceKind                 `toml:"kind,required" zh:"种类"`
	Unit    ledger.Ref[branches.Unit]    `toml:"unit" zh:"哪个单位"`
	Branch  ledger.Ref[branches.Branch]  `toml:"branch" zh:"哪个党组织"`
	Spec    string                       `toml:"spec" zh:"规格"`
	Size    int                          `toml:"size" zh:"多少（座、件、人）" check:"min=0"`
	Station ledger.Ref[stations.Station] `toml:"station" zh:"驿站"`
	Hours   []stations.Hours             `toml:"hours" zh:"什么时候能用"`
	Phone   string                       `toml:"phone,required" zh:"预约电话" check:"phone"`
	Terms   string                       `toml:"terms" zh:"怎么借"`
	ValidTo calendar.Date                `toml:"valid_to,required" zh:"到哪天止"`
}

// Way is how an order came.
type Way string

// Options lists the ways.
func (Way) Options() []string { return []string{"驿站", "电话", "网页单", "走访"} }

// Outcome is how an order ended.
type Outcome string

// Options lists the outcomes.
func (Outcome) Options() []string { return []string{"办结", "部分办结", "办不了", "撤回"} }

// Order is an order of a resident. No name, no number, no door stands in it, and only
// sums are public.
type Order struct {
	ledger.Record
	Offer      ledger.Ref[Offer]           `toml:"offer,required" zh:"点了哪项服务"`
	Community  ledger.Ref[branches.Branch] `toml:"community,required" zh:"社区党委"`
	Via        Way                         `toml:"via" zh:"怎么点的"`
	Ordered    calendar.Date               `toml:"ordered,required" zh:"点单"`
	Dispatched calendar.Date               `toml:"dispatched" zh:"派单"`
	To         ledger.Ref[branches.Branch] `toml:"to" zh:"派给谁"`
	Accepted   calendar.Date               `toml:"accepted" zh:"接单"`
	Done       calendar.Date               `toml:"done" zh:"送单"`
	Result     Outcome                     `toml:"result" zh:"结果"`
	Reason     string                      `toml:"reason" zh:"办不了的原因"`
	Rating     int                         `toml:"rating" zh:"评单（1—5）" check:"min=0,max=5"`
	Rated      calendar.Date               `toml:"rated" zh:"评单日期"`
}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "exchange", Title: "服务超市", Needs: []string{"branches", "stations", "teams", "holidays", "figures"}, Check: check, Remind: remind},
		ledger.Rows[Offer]("offer", "能点的服务").Open().Hide("updated").Check((*Offer).check).Count("能点的服务", "单位和服务队报的、没有到期的服务", "项", nil).
			AsList(ruleExpired, func(o *Offer, _ *ledger.Book) ledger.Lasts {
				return ledger.Lasts{Title: o.Name, To: o.ValidTo, ToKey: "valid_to", Group: string(o.Group)}
			}).PublishIf(func(o *Offer, b *ledger.Book) bool { return !o.ValidTo.Before(b.AsOf) }),
		ledger.Rows[Need]("need", "大家要的").Open().Check((*Need).check).
			Count("对上的需求", "需求清单里对上了服务或者资源的", "件", (*Need).isMet).AsMatter(ruleOrder, nil, func(n *Need, _ *ledger.Book) ledger.Matter {
			return ledger.Matter{Title: n.Text, Steps: []ledger.Step{{Name: "摸到", Key: "found", Day: n.Found}, {Name: "办好", Key: "closed", Day: n.Closed}}}
		}),
		ledger.Rows[Resource]("resource", "能借的资源").Open().Check((*Resource).check).
			Count("能借的资源", "单位和党组织报的、没有到期的场地、设备、人才", "样", nil).AsList(ruleExpired, func(r *Resource, _ *ledger.Book) ledger.Lasts {
			return ledger.Lasts{Title: r.Name, To: r.ValidTo, ToKey: "valid_to", Group: string(r.Kind)}
		}).PublishIf(func(r *Resource, b *ledger.Book) bool {
			return r.Kind != "资金" && !r.ValidTo.Before(b.AsOf)
		}),
		ledger.Rows[Order]("order", "点单").Inside(ledger.Specific).Past(ruleOrder, "rated").Check((*Order).check).AsMatter(ruleOrder, nil, (*Order).ordered).
			AsGrid("今年的点单", "社区", "件", true, func(o *Order, b *ledger.Book) []ledger.Count {
				if o.Ordered.Year != b.AsOf.Year {
					return nil
				}
				m := o.ordered(b)
				state, _ := m.State(b.AsOf)
				return []ledger.Count{{Of: o.Community.Entry(b), Column: "点单", N: 1}, {Of: o.Community.Entry(b), Column: state, N: 1}}
			}),
	)
	declareFigures()
}

// isMet reports whether something was found for the need.
func (n *Need) isMet(*ledger.Book) bool { return !n.Offer.IsZero() || !n.Resource.IsZero() }

// ordered is an order as a matter; it is due when the promise says.
func (o *Order) ordered(b *ledger.Book) ledger.Matter {
	m := ledger.Matter{Title: o.ID, Due: dueOf(b, o.Ordered, "办结"), DueAt: "ordered", Steps: []ledger.Step{
		{Name: "点单", Key: "ordered", Day: o.Ordered}, {Name: "派单", Key: "dispatched", Day: o.Dispatched},
		{Name: "接单", Key: "accepted", Day: o.Accepted}, {Name: "送单", Key: "done", Day: o.Done}}}
	if o.Result != "" && o.Result != "办结" {
		m.End = string(o.Result)
	}
	return m
}

// declareFigures declares the rates, each with one definition.
func declareFigures() {
	ledger.Figure("今年点单", "今年居民点的单", func(b *ledger.Book) ledger.Number { return ledger.Counted(tally.Of(b).all, "件", "exchange") })
	rate := func(name, counted string, of func(t rates) (part, whole int)) {
		ledger.Figure(name, counted, func(b *ledger.Book) ledger.Number {
			part, whole := of(tally.Of(b))
			const fewest = 10 // that say something
			if whole < fewest {
				return ledger.Number{}
			}
			return ledger.Share(part, whole, "exchange")
		})
	}
	rate("点单响应率", "按时派单的 ÷（到了派单期限的 − 撤回的）；不满 10 件不算", func(t rates) (int, int) { return t.inTime, t.dispatchDue })
	rate("点单办结率", "办结的 ÷（全部 − 撤回的 − 没有到期的）；不满 10 件不算", func(t rates) (int, int) { return t.done, t.due })
	rate("点单满意率", "评 4 分、5 分的 ÷ 评了的；不满 10 个评价不算", func(t rates) (int, int) { return t.content, t.rated })
}

// rates are counts of the orders of the year.
type rates struct{ all, dispatchDue, inTime, due, done, rated, content int }

var tally = ledger.Derive(func(b *ledger.Book) (t rates) {
	for _, o := range ledger.All[Order](b) {
		if o.Ordered.Year != b.AsOf.Year || o.Draft {
			continue
		}
		t.all++
		limit := dueOf(b, o.Ordered, "派单")
		past := func(limit calendar.Date) bool { return !limit.IsZero() && limit.Before(b.AsOf) }
		inTime := !o.Dispatched.IsZero() && (limit.IsZero() || !o.Dispatched.After(limit))
		if o.Result != "撤回" && (!o.Dispatched.IsZero() || past(limit)) {
			t.dispatchDue++
			if inTime {
				t.inTime++
			}
		}
		if isDone := o.Result == "办结"; o.Result != "撤回" && (o.Result != "" || past(dueOf(b, o.Ordered, "办结"))) {
			t.due++
			if isDone {
				t.done++
			}
		}
		if o.Rating > 0 {
			t.rated++
			if o.Rating >= 4 {
				t.content++
			}
		}
	}
	return t
})

// giving are the units that offer or share something.
func giving(b *ledger.Book) map[string]bool {
	gives := map[string]bool{}
	for _, o := range ledger.All[Offer](b) {
		gives[o.Unit.ID] = true
	}
	for _, r := range ledger.All[Resource](b) {
		gives[r.Unit.ID] = true
	}
	return gives
}

func remind(b *ledger.Book, bag *diag.Bag) {
	const quarter = 92 // days
	for _, o := range ledger.All[Offer](b) {
		if old := b.AsOf.Sub(o.Updated); old > quarter {
			bag.Addf(ruleStale, o.At("updated"), "“%s”%d 天没有更新了", o.Name, old)
		}
	}
	for _, o := range ledger.All[Order](b) {
		limit := dueOf(b, o.Ordered, "办结")
		if o.Done.IsZero() && o.Result == "" && !limit.IsZero() && limit.Before(b.AsOf) {
			bag.Addf(ruleSlow, o.At("ordered"), "“%s”%s 点的，到 %s 该办结", o.ID, o.Ordered, limit)
		}
	}
}
