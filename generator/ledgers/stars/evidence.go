package stars

import (
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

var ruleNoEvidence = diag.Define(diag.Rule{Code: "E1526", Name: "指标没有说由哪本台账佐证", Severity: diag.Reminder,
	Why: "写明佐证，考核的时候就不用另外准备材料：每个党支部的数、写在哪里、还缺什么，都从台账里来", Mend: "补上佐证的台账（evidence）；台账里没有、要去看的，写 evidence = \"现场查看\""})

// Evidence is what the ledgers say of a branch for its indicators (佐证), and what it has
// to do; only for inside.
type Evidence struct {
	Year   int
	Proofs map[*Indicator]branches.Proof // of those that apply to it
	Due    diag.List                     // findings and reminders that concern it
}

// EvidenceOf is the evidence of all graded branches, by their ids.
var EvidenceOf = ledger.Derive(func(b *ledger.Book) map[string]*Evidence {
	bag := &diag.Bag{}
	b.Check(bag)
	b.Remind(bag)
	due := b.Concerns(bag.List())
	all, year := map[string]*Evidence{}, gradedYear(b)
	for _, br := range branches.Graded(b) {
		e := &Evidence{Year: year, Proofs: map[*Indicator]branches.Proof{}, Due: due[br]}
		if u := br.Unit.Entry(b); u != nil {
			e.Due = append(e.Due[:len(e.Due):len(e.Due)], due[u]...)
		}
		for _, i := range ledger.All[Indicator](b) {
			if i.appliesTo(br.Class) {
				e.Proofs[i] = i.Evidence.Of(b, br, year)
			}
		}
		all[br.ID] = e
	}
	return all
})

// gradedYear is the year of which evidence is gathered: until March the one before.
func gradedYear(b *ledger.Book) int {
	if b.AsOf.After(branches.EndOfMarch(b.AsOf.Year)) {
		return b.AsOf.Year
	}
	return b.AsOf.Year - 1
}

// remindEvidence wants each indicator to say which ledger proves it.
func remindEvidence(all []*Indicator, bag *diag.Bag) {
	open := rules.Filter(all, func(i *Indicator) bool { return i.Evidence == "" })
	if len(open) > 0 {
		bag.Addf(ruleNoEvidence, open[0].At("name"), "%d 项指标里有 %d 项没有写佐证的台账，第一项是“%s”", len(all), len(open), open[0].Name)
	}
}
