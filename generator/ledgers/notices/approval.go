package notices

import (
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Approval is how a matter of the catalogue came to be told (党务公开: 提出、审核、审批). No
// page and no data shows it.
type Approval struct {
	Item     string        `toml:"item,required" zh:"目录事项"`
	Proposer string        `toml:"proposer,required" zh:"谁提出"`
	Reviewer string        `toml:"reviewer,required" zh:"谁审核"`
	Approver string        `toml:"approver,required" zh:"谁审批"`
	On       calendar.Date `toml:"approved_on,required" zh:"审批日期"`
}

var (
	ruleNoApproval = diag.Define(diag.Rule{Code: "E1620", Name: "公开的公示没有写审批", Severity: diag.Error,
		Why: "党务公开条例第十五条：目录里的事项，先提出、审核、审批，再公开；site.toml 写了 openness = true，每一件都要查得到", Mend: "补上 [approval]：目录事项（item）、谁提出（proposer）、谁审核（reviewer）、谁审批（approver）、审批日期（approved_on）；这几项只供内部，网页上不出现"})
	ruleLateApproval = diag.Define(diag.Rule{Code: "E1621", Name: "先公开后审批", Severity: diag.Error,
		Why: "党务公开条例第十五条：先审批，后公开", Mend: "核对审批日期（approved_on）和上线日期（publish_date、date）"})
)

// checkApproval wants what a site that asks for it says of each 公示 and 公告 for everybody,
// and that nothing is told before it was approved.
func checkApproval(b *ledger.Book, n *Notice, bag *diag.Bag) {
	from := n.PublishDate
	if from.IsZero() {
		from = n.Date
	}
	switch {
	case n.Approval.Item == "":
		if b.Openness && n.IsPublic() && !n.Draft && n.Kind != "通知" {
			bag.Addf(ruleNoApproval, n.At("kind"), "%s“%s”没有写审批", n.Kind, n.Title)
		}
	case n.Approval.On.After(from):
		bag.Addf(ruleLateApproval, n.At("approval", "approved_on"), "%s 就公开了，审批日期写的是 %s", from, n.Approval.On)
	}
}
