package services

import (
	"slices"

	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Situation is a situation of life in which people look for services (生活情形): 家里有老人.
type Situation struct {
	ledger.Record
	Order    int                   `toml:"order,required" zh:"次序" check:"min=1"`
	Name     string                `toml:"name,required" zh:"名称"`
	Words    []string              `toml:"words" zh:"常说的事"` // as residents say it
	Services []ledger.Ref[Service] `toml:"services,required" zh:"服务事项"`
}

// Journey is one thing in life that takes several services, step by step (一件事).
type Journey struct {
	ledger.Record
	Name      string                `toml:"name,required" zh:"名称"`
	Situation ledger.Ref[Situation] `toml:"situation,required" zh:"生活情形"`
	Steps     []Step                `toml:"steps,required" zh:"步骤"`
}

// Step is a step of a journey.
type Step struct {
	Service ledger.Ref[Service] `toml:"service,required" zh:"服务事项"`
	Text    string              `toml:"text,required" zh:"做什么"`
}

var (
	ruleNoSituation = diag.Define(diag.Rule{Code: "E1420", Name: "服务事项不属于任何生活情形", Severity: diag.Warning, Tunable: true,
		Why: "居民按“老人”“孩子”“看病”来找，哪一种情形里都没有的事项，等于找不到", Mend: "把事项的编号写进一个 [[situation]] 的服务事项（services）"})
	ruleSituationTwice = diag.Define(diag.Rule{Code: "E1421", Name: "生活情形或一件事写重了", Severity: diag.Error,
		Why: "情形重名、次序相同，或者同一事项列了两次，居民分不清点哪一个", Mend: "改名称、次序，或者删掉重复的事项"})
)

// Situations returns the situations of a book in their order.
func Situations(b *ledger.Book) []*Situation {
	list := slices.Clone(ledger.All[Situation](b))
	slices.SortStableFunc(list, func(x, y *Situation) int { return x.Order - y.Order })
	return list
}

// checkSituations holds situations and journeys against the list: each service has its
// place, once there are situations.
func checkSituations(b *ledger.Book, bag *diag.Bag) {
	all := Situations(b)
	if len(all) == 0 {
		return
	}
	placed := map[string]bool{}
	for _, s := range all {
		here := map[string]bool{}
		for i, ref := range s.Services {
			if here[ref.ID] {
				bag.Addf(ruleSituationTwice, s.At("services", i), "“%s”里已经有事项“%s”", s.Name, ref.ID)
			}
			here[ref.ID], placed[ref.ID] = true, true
		}
	}
	for _, s := range ledger.All[Service](b) {
		if !placed[s.ID] {
			bag.Addf(ruleNoSituation, s.At("name"), "事项“%s”不在任何一个生活情形里", s.Name)
		}
	}
}
