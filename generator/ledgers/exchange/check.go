package exchange

import (
	"fmt"
	"regexp"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/figures"
	"biandan/generator/ledgers/holidays"
)

var (
	ruleOrder = diag.Define(diag.Rule{Code: "E2001", Name: "点单的日子倒了", Severity: diag.Error,
		Why: "先点单，再派单、接单、送单、评单；日子倒了，时限就算错了", Mend: "核对这一行的各个日期"})
	ruleDispatch = diag.Define(diag.Rule{Code: "E2002", Name: "派单晚了", Severity: diag.Warning, Tunable: true,
		Why: "承诺了几个工作日内派单，居民等着", Mend: "派了的补上派单日期（dispatched）；没有派的马上派；居民不要了的写 result = \"撤回\""})
	ruleNeed = diag.Define(diag.Rule{Code: "E2003", Name: "需求没有回音", Severity: diag.Warning, Tunable: true,
		Why: "摸到需求 15 天了，对上了哪项服务，或者为什么一时办不了，要有个说法", Mend: "补上哪项服务对上了（offer）、哪样资源对上了（resource），或者原因（reason）"})
	ruleOutcome = diag.Define(diag.Rule{Code: "E2004", Name: "点单的结果自相矛盾", Severity: diag.Error,
		Why: "没有送单的没有评分；办不了的要说原因；办结的有送单日期", Mend: "核对结果（result）、送单（done）、评单（rating）、原因（reason）"})
	rulePerson = diag.Define(diag.Rule{Code: "E2005", Name: "需求里写了是哪一家", Severity: diag.Error,
		Why: "写了楼号房号、姓氏，就知道是谁家；需求清单写的是大家要的，不写一家一户", Mend: "去掉门牌和称呼，写有多少人要"})
	ruleExpired = diag.Define(diag.Rule{Code: "E2006", Name: "到期的还列着", Severity: diag.Warning, Tunable: true,
		Why: "到期的服务、资源已经从网上撤下；还提供的要改日期", Mend: "还提供的改到哪天止（valid_to）；不提供的删掉"})
	ruleStale = diag.Define(diag.Rule{Code: "E2007", Name: "服务一个季度没有更新", Severity: diag.Reminder,
		Why: "三清单每季度更新一次", Mend: "核对以后改更新日期（updated）"})
	ruleNothing = diag.Define(diag.Rule{Code: "E2008", Name: "委员单位什么也没有提供", Severity: diag.Warning, Tunable: true,
		Why: "每个委员单位至少有一项服务或者一样资源", Mend: "在 content/exchange/ 里补上 [[offer]] 或 [[resource]]"})
	ruleSlow = diag.Define(diag.Rule{Code: "E2009", Name: "点单该办结了", Severity: diag.Reminder,
		Why: "承诺的时限到了", Mend: "办了的补上送单（done）和结果（result）"})
	ruleShut = diag.Define(diag.Rule{Code: "E2011", Name: "场地能用的时候驿站不开门", Severity: diag.Warning, Tunable: true,
		Why: "借到了进不去", Mend: "核对什么时候能用（hours）和驿站的开放时间"})
	ruleGiver = diag.Define(diag.Rule{Code: "E2010", Name: "没有写谁提供", Severity: diag.Error,
		Why: "服务和资源要有一个单位、服务队或者党组织负责，写两个就不知道找谁", Mend: "写其中一个"})
)

// dueOf is the day until which a promise binds, of what began on a day: no date when
// nothing was promised.
func dueOf(b *ledger.Book, from calendar.Date, promise string) calendar.Date {
	for _, p := range ledger.All[figures.Promise](b) {
		if p.Name != promise || from.IsZero() {
			continue
		}
		if p.Unit == "个工作日" {
			if d, err := holidays.Of(b).AddWorkdays(from.AddDays(1), p.N); err == nil {
				return d
			}
		} else if p.Unit == "天" {
			return from.AddDays(p.N)
		}
	}
	return calendar.Date{}
}

// household are words that say whose household it is.
var household = regexp.MustCompile(`[\d一二三四五六七八九十]+\s*(号楼|栋|幢)\s*[\d一二三四五六七八九十]+\s*(单元|层|室|号|楼)|[\d一二三四五六七八九十]+\s*单元\s*[\d一二三四五六七八九十]+|[\d一二三四五六七八九十]+(楼|层)[东西南北中]?户|[老小][\p{Han}]家|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭郎鲁韦马苗方俞任袁柳唐罗薛贺倪汤常傅齐康余孟黄萧尹姚汪毛贾江郭林钟徐邱骆高夏蔡田胡霍虞万柯管卢莫房丁邓崔石侯宁龚程陆杜董梁段武刘龙叶黎白乔曾关庞](某|先生|女士|大爷|大妈|大娘|师傅)`)

func check(b *ledger.Book, bag *diag.Bag) {
	gives := giving(b)
	if len(gives) == 0 {
		return
	}
	for _, s := range ledger.All[branches.Seat](b) {
		if !gives[s.Unit.ID] {
			bag.Addf(ruleNothing, s.At("unit"), "“%s”没有一项服务，也没有一样资源", ledger.RefName(b, s.Unit))
		}
	}
}

func (o *Offer) check(_ *ledger.Book, bag *diag.Bag) {
	if o.Unit.IsZero() == o.Team.IsZero() {
		bag.Addf(ruleGiver, o.At("name"), "服务“%s”没有写哪个单位或者哪支服务队，或者写了两个", o.Name)
	}
}

func (o *Order) check(b *ledger.Book, bag *diag.Bag) {
	limit := dueOf(b, o.Ordered, "派单")
	// One that was dispatched late cannot be mended: the rate tells of it.
	if o.Dispatched.IsZero() && o.Result != "撤回" && !limit.IsZero() && limit.Before(b.AsOf) {
		bag.Addf(ruleDispatch, o.At("ordered"), "%s%s 点的，到 %s 应当派单，还没有派", orderName(o), o.Ordered, limit)
	}
	if c := o.Community.In(b); c != nil && c.Level != branches.LevelCommittee {
		bag.Addf(ruleOutcome, o.At("community"), "“%s”不是社区党委", c.Name)
	}
	checkOutcome(o, bag)
}

// check wants what can be used in a station to be used while that is open.
func (r *Resource) check(b *ledger.Book, bag *diag.Bag) {
	if r.Unit.IsZero() == r.Branch.IsZero() {
		bag.Addf(ruleGiver, r.At("name"), "资源“%s”没有写哪个单位或者哪个党组织，或者写了两个", r.Name)
	}
	st := r.Station.In(b)
	if st == nil {
		return
	}
	for i, x := range r.Hours {
		if day := st.ClosedDuring(x); day != "" {
			bag.Addf(ruleShut, r.At("hours", i), "“%s”写的是%s %s，%s的%s不开到那么久", r.Name, x.DaysText(), x.Time, st.Name, day)
		}
	}
}

func (n *Need) check(b *ledger.Book, bag *diag.Bag) {
	for key, text := range map[string]string{"text": n.Text, "reason": n.Reason} {
		if said := household.FindString(text); said != "" {
			bag.Addf(rulePerson, n.At(key), "“%s”说出了是哪一家", said)
		}
	}
	const patience = 15 // days
	if waited := b.AsOf.Sub(n.Found); !n.isMet(b) && n.Reason == "" && n.Closed.IsZero() && waited > patience {
		bag.Addf(ruleNeed, n.At("text"), "“%s”过去 %d 天了，没有对上服务，也没有说原因", n.Text, waited)
	}
	if o := n.Offer.In(b); o != nil && o.ValidTo.Before(b.AsOf) && n.Closed.IsZero() {
		bag.Addf(ruleNeed, n.At("offer"), "对上的服务“%s”已经到期（%s）", o.Name, o.ValidTo)
	}
}

// needsReason are the outcomes that need a reason.
var needsReason = []Outcome{"办不了", "部分办结"}

func checkOutcome(o *Order, bag *diag.Bag) {
	switch {
	case o.Rating > 0 && o.Done.IsZero():
		bag.Addf(ruleOutcome, o.At("rating"), "还没有送单，就有了评分")
	case slices.Contains(needsReason, o.Result) && o.Reason == "":
		bag.Addf(ruleOutcome, o.At("result"), "%s，没有写原因", o.Result)
	case o.Result == "办结" && o.Done.IsZero():
		bag.Addf(ruleOutcome, o.At("result"), "写了办结，没有写送单的日期")
	case o.Result == "撤回" && (!o.Done.IsZero() || o.Rating > 0):
		bag.Addf(ruleOutcome, o.At("result"), "撤回的，却写了送单或者评分")
	case !o.Rated.IsZero() && o.Rated.Before(o.Done):
		bag.Addf(ruleOrder, o.At("rated"), "评单 %s 早于送单 %s", o.Rated, o.Done)
	}
}

func orderName(o *Order) string { return fmt.Sprintf("点单“%s”", o.ID) }
