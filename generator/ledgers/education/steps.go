package education

import (
	"cmp"
	"slices"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

// Step is a step of the way into the Party, as those read it who want to go it (入党怎么走).
// It is not a [Stage]: the way begins before anybody is counted.
type Step struct {
	ledger.Record
	No    int    `toml:"no,required" zh:"序号" check:"min=1"`
	Name  string `toml:"name,required" zh:"哪一步"`
	What  string `toml:"what,required" zh:"做什么"`
	Least string `toml:"least,required" zh:"要多久"`
	Who   string `toml:"who,required" zh:"找谁"`
}

var ruleSteps = diag.Define(diag.Rule{Code: "E2509", Name: "入党的步骤缺号或者重号", Severity: diag.Error,
	Why: "从递交申请书到转正，一步接一步，一个号一步", Mend: "从 1 起一个一个排，核对序号（no）"})

// Steps are the public steps of the way, in their order.
func Steps(b *ledger.Book) []*Step {
	return slices.SortedStableFunc(slices.Values(ledger.All[Step](b)), func(x, y *Step) int { return cmp.Compare(x.No, y.No) })
}

func checkSteps(b *ledger.Book, bag *diag.Bag) {
	all := ledger.All[Step](b)
	no := func(s *Step) int { return s.No }
	rules.Numbered(bag, ruleSteps, all, "no", no, "入党步骤")
}
