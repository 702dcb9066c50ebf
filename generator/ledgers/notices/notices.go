// Package notices is the ledger of notices (公示、公告、通知) and of the county's rules
// for their periods. period.go is where periods are counted, state.go what a
// notice is on a day.
package notices

import (
	"fmt"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

// Form is what a notice is as a document (文种).
type Form string

// The forms of notices.
const (
	Gongshi Form = "公示" // published for objections, during a period
	Gonggao Form = "公告" // an announcement
	Tongzhi Form = "通知" // asks somebody to do something
)

// Options lists the forms.
func (Form) Options() []string {
	return []string{string(Gongshi), string(Gonggao), string(Tongzhi)}
}

// Matter is what a 公示 is about; it decides the least period.
type Matter string

// Options lists the matters.
func (Matter) Options() []string {
	return []string{"发展党员", "干部任前", "换届选举", "星级评定", "评先评优", "服务清单", "其他"}
}

// Acceptance says where objections go (受理单位).
type Acceptance struct {
	Office  string `toml:"office,required" zh:"受理单位"`
	Phone   string `toml:"phone,required" zh:"受理电话" check:"phone"`
	Address string `toml:"address" zh:"来信地址"`
	Method  string `toml:"method" zh:"反映方式"`
}

// Notice is a 公示, 公告 or 通知.
type Notice struct {
	ledger.Page
	Kind     Form                        `toml:"kind,required" zh:"种类"`
	Matter   Matter                      `toml:"matter" zh:"公示事项"`
	Issuer   string                      `toml:"issuer,required" zh:"发布单位"`
	DocNo    string                      `toml:"doc_no" zh:"文号"`
	Branch   ledger.Ref[branches.Branch] `toml:"branch" zh:"党组织"`
	Start    calendar.Date               `toml:"start" zh:"公示开始"`
	Workdays int                         `toml:"workdays" zh:"公示工作日" check:"min=1,max=60"`
	End      calendar.Date               `toml:"end" zh:"截止日期"`
	Accept   Acceptance                  `toml:"accept" zh:"受理"`
	Outcome  Outcome                     `toml:"outcome" zh:"公示结果"`
	Approval Approval                    `toml:"approval" zh:"党务公开审批"`
	Look     Look                        `toml:"form" zh:"张贴的样子"`
	ledger.Paper

	Said Said // what the text says that rules hold against the fields
}

// Outcome is what came of a 公示 (公示结果): numbers, never who said something.
type Outcome struct {
	Received int           `toml:"received" zh:"收到意见（条）" check:"min=0"`
	Upheld   int           `toml:"upheld" zh:"采纳（条）" check:"min=0"`
	Decision string        `toml:"decision,required" zh:"怎么定的"`
	Date     calendar.Date `toml:"date,required" zh:"答复日期"`
	Reasons  []string      `toml:"reasons" zh:"没有采纳的理由"`
}

// Look is how a notice looks on paper.
type Look string

// The forms: a poster, or the page of an official document (GB/T 9704).
const (
	PosterLook   Look = "海报"
	DocumentLook Look = "公文"
)

// Options lists the forms.
func (Look) Options() []string { return []string{string(PosterLook), string(DocumentLook)} }

var (
	ruleNoPeriod = diag.Define(diag.Rule{Code: "E1601", Name: "公示缺少要素", Severity: diag.Error,
		Why:     "公示要写明事项、起止日期和受理单位、电话，群众才能提意见",
		Mend:    "补上公示事项（matter）、公示开始（start），公示工作日（workdays）或截止日期（end），以及受理（[accept]）",
		Example: "kind = \"公示\"\nmatter = \"发展党员\"\nstart = 2026-11-23\nworkdays = 5\n[accept]\noffice = \"组织部\"\nphone = \"0357-0000000\""})
	ruleShort = diag.Define(diag.Rule{Code: "E1602", Name: "公示期不足", Severity: diag.Error,
		Why: "公示期按工作日算，不得少于规定的天数；周末和节假日不算，调休上班的周末算", Mend: "把截止日期往后改，或者改用公示工作日（workdays）让工具来算"})
	ruleBackward = diag.Define(diag.Rule{Code: "E1603", Name: "截止日期早于开始日期", Severity: diag.Error,
		Why: "截止在开始之前，公示期就是空的", Mend: "核对公示开始（start）和截止日期（end）"})
	ruleNoPeriodRule = diag.Define(diag.Rule{Code: "E1604", Name: "这类公示没有规定期限", Severity: diag.Error,
		Why: "公示期至少几个工作日，由县里的规定决定，写在 content/notices/ 的 [[period]] 里", Mend: "补一行 [[period]]，写上公示事项（matter）和至少几个工作日（workdays）"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "notices", Title: "公示公告", Check: checkNotices, Remind: remind, Needs: []string{"holidays", "branches", "services", "stations"}},
		ledger.Pages[Notice]("公示公告").Open().Hide("form", "sheet", "landscape", "approval").Reading((*Notice).read).Turning((*Notice).turns).Finding(ledger.RankOther, (*Notice).hit).Posts("公示公告", 90, ledger.EveryLevel).
			Check((*Notice).check).Unique(ruleDocNo, "doc_no", "文号“%s”", func(n *Notice) string { return n.DocNo }),
		ledger.Rows[Period]("period", "公示期规定").AsRule().Check((*Period).check).
			Unique(ruleTwoPeriods, "matter", "“%s”的公示期", func(p *Period) string { return string(p.Matter) }),
	)
}

func checkNotices(b *ledger.Book, bag *diag.Bag) {
	rules.Unique(bag, ruleSameTitle, In(Open(b), Current, b), "title", "还没有结束的公示“%s”", func(n *Notice) string { return n.Title })
}

func (n *Notice) check(b *ledger.Book, bag *diag.Bag) {
	_, last := n.Days(b)
	checkWords(b, n, last, bag)
	checkOutcome(b, n, last, bag)
	checkApproval(b, n, bag)
	switch {
	case !n.End.IsZero() && n.End.Before(n.Start):
		bag.Addf(ruleBackward, n.At("end"), "截止日期 %s 早于开始日期 %s", n.End, n.Start)
		return
	case n.Start.IsZero() && !n.End.IsZero() && n.End.Before(n.Date):
		bag.Addf(ruleBackward, n.At("end"), "截止日期 %s 早于发布日期 %s", n.End, n.Date)
	}
	if n.Kind == Gongshi {
		checkGongshi(b, n, last, bag)
	}
}

// wanted are the keys of a 公示 as a finding names them.
var wanted = map[string]string{"matter": "matter", "start": "start", "workdays": "workdays（或 end）", "accept": "[accept] 的 office、phone"}

func checkGongshi(b *ledger.Book, n *Notice, last calendar.Date, bag *diag.Bag) {
	complete := true
	var missing []string
	for _, f := range []struct {
		absent bool
		key    string
		or     string
	}{
		{n.Matter == "", "matter", ""}, {n.Start.IsZero(), "start", ""}, {n.Workdays == 0 && n.End.IsZero(), "workdays", "end"},
		{n.Accept.Office == "" || n.Accept.Phone == "", "accept", ""},
	} {
		complete = complete && !f.absent
		// What was written and cannot be used was reported where it stands.
		if f.absent && !n.Origin.Has(f.key) && !n.Origin.Has(f.or) {
			missing = append(missing, wanted[f.key])
		}
	}
	if missing != nil {
		bag.Add(ruleNoPeriod, n.At("kind"), fmt.Sprintf("公示“%s”缺少：%s", n.Title, strings.Join(missing, "、")), "补上这几项")
	}
	if !complete {
		return
	}
	p := n.period(b)
	if p == nil {
		bag.Addf(ruleNoPeriodRule, n.At("matter"), "没有规定“%s”公示几个工作日", n.Matter)
		return
	}
	checkPeriod(b, n, p, bag)
	checkVisible(b, n, last, bag)
}
