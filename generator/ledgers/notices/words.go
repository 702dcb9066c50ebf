package notices

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/rules"
)

var (
	ruleWrongMatter = diag.Define(diag.Rule{Code: "E1606", Name: "标题与种类、事项不符", Severity: diag.Warning, Tunable: true,
		Why: "种类决定要不要公示期，事项决定公示几天；选错了，期限就按错的算", Mend: "核对标题（title）与种类（kind）、公示事项（matter）"})
	ruleSaidDay = diag.Define(diag.Rule{Code: "E1610", Name: "正文里的截止日期与公示期不符", Severity: diag.Warning, Tunable: true,
		Why: "同一个日期写了两样，居民照着正文的那个来", Mend: "核对正文与公示开始（start）、公示工作日（workdays）、截止日期（end）；正文里不写日期也可以，网页自己会写"})
	ruleSameTitle = diag.Define(diag.Rule{Code: "E1618", Name: "两份公示同名", Severity: diag.Warning, Tunable: true,
		Why: "多半是复制了一份忘了改；居民不知道该看哪一份，电话里也说不清", Mend: "改其中一份的标题（title），写明批次；多余的一份删掉"})
	ruleDocNo = diag.Define(diag.Rule{Code: "E1611", Name: "文号的写法不对，或者用了两次", Severity: diag.Warning, Tunable: true,
		Why: "党政机关公文格式：发文机关代字、年份、序号，年份用六角括号，序号不编虚位", Mend: "写成 浮组发〔2026〕5号 的样子"})
	ruleUnknownPhone = diag.Define(diag.Rule{Code: "E1612", Name: "电话不在台账里", Severity: diag.Warning, Tunable: true,
		Why: "抄错一位，居民就打到别处去了；单位、驿站、岗位的电话台账里都有", Mend: "核对号码；确实是别处的，在 site.toml 的公开电话（phones）里登记"})
	ruleNamesStay = diag.Define(diag.Rule{Code: "E1613", Name: "公示早已结束，名单还在网上", Severity: diag.Warning, Tunable: true,
		Why: "个人信息的保存期限应当是实现目的所必要的最短时间（个人信息保护法）；公示结束 30 天以后，名单该撤了", Mend: "删掉正文里的名单，或者写下线日期（expiry_date）让这一页下线"})
	ruleFunctional = diag.Define(diag.Rule{Code: "E1616", Name: "功能型党支部不发展党员、不换届", Severity: diag.Error,
		Why: "小区的功能型党支部，党员的组织关系都在原单位，发展党员、换届选举由组织关系所在的党支部办", Mend: "改成组织关系所在的党支部；不是功能型的，去掉它的 functional = true"})
)

// Said is what a notice's text, or its title, says that rules hold against its fields.
type Said struct {
	Until    []SaidDay // days after 公示期至, 截止 and the like
	Workdays []SaidCount
	Persons  int      // the line of a table of persons; 0: none
	Cells    []string // what stands in tables, where the matter is one of branches
	Phones   []SaidPhone
	Word     string // in the title of a 公示, which tells its matter
}

// SaidPhone is a telephone number with an area code in the text, with its place.
type SaidPhone struct {
	Number       string
	Line, Column int
}

// SaidCount is a number of workdays in the text with its place.
type SaidCount struct{ Days, Line, Column int }

// SaidDay is a day in the text with its place.
type SaidDay struct {
	Day          calendar.Date
	Line, Column int
}

var (
	saidUntil   = regexp.MustCompile(`(?:公示(?:时间|期限?)[^\n。]{0,30}?至|公示期至|截止(?:日期|时间)?(?:为|是|到|至)?|截至)[：:]?\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日`)
	saidDays    = regexp.MustCompile(`公示(?:期|时间|期限)(?:为|是|共)?\s*(\d{1,2})\s*个工作日`)
	saidPhone   = regexp.MustCompile(`(?:^|[^\d-])(0\d{2,3}-\d{7,8})(?:$|[^\d-])`)
	personHead  = regexp.MustCompile(`^\s*\|.*(姓名|人选|对象|候选人).*\|`)
	delimiter   = regexp.MustCompile(`^\s*\|?[\s:|-]+\|[\s:|-]*$`)
	docNoForm   = regexp.MustCompile(`^\p{Han}+〔\d{4}〕[1-9]\d{0,4}号$`)
	ofBranches  = []Matter{"发展党员", "换届选举"}
	titleWords  = map[string]Matter{"发展对象": "发展党员", "预备党员": "发展党员", "发展党员": "发展党员", "入党积极分子": "发展党员", "任前": "干部任前", "换届": "换届选举", "候选人": "换届选举", "星级": "星级评定", "评选": "评先评优", "两优一先": "评先评优", "表彰": "评先评优", "服务清单": "服务清单"}
	titleOrder  = []string{"发展对象", "预备党员", "发展党员", "入党积极分子", "任前", "换届", "候选人", "服务清单", "星级", "两优一先", "评选", "表彰"}
	endingGongs = regexp.MustCompile(`的?公示(（[^）]*）)?$`)
)

// read keeps what rules have to know of a notice's text.
func (n *Notice) read(text string, line int) {
	inTitle := func(word string) bool { return strings.Contains(n.Title, word) }
	if i := slices.IndexFunc(titleOrder, inTitle); i >= 0 && n.Kind == Gongshi {
		n.Said.Word = titleOrder[i]
	}
	previous := ""
	for l := range strings.Lines(text) {
		n.readPhones(l, line)
		if n.Kind == Gongshi {
			n.readLine(l, previous, line)
		}
		previous = l
		line++
	}
}

func (n *Notice) readPhones(l string, line int) {
	if !joinsDigits(l) { // nearly always
		return
	}
	for _, m := range saidPhone.FindAllStringSubmatchIndex(l, -1) {
		n.Said.Phones = append(n.Said.Phones, SaidPhone{l[m[2]:m[3]], line, utf8.RuneCountInString(l[:m[2]]) + 1})
	}
}

// joinsDigits reports whether a hyphen stands between two digits.
func joinsDigits(l string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(l) && l[i] >= '0' && l[i] <= '9' }
	for i := range len(l) {
		if l[i] == '-' && digit(i-1) && digit(i+1) {
			return true
		}
	}
	return false
}

// readLine keeps what one line says; previous is the one above it.
func (n *Notice) readLine(l, previous string, line int) {
	if strings.Contains(l, "公示") || strings.Contains(l, "截") {
		for _, m := range saidUntil.FindAllStringSubmatchIndex(l, -1) {
			y, _ := strconv.Atoi(l[m[2]:m[3]])
			mo, _ := strconv.Atoi(l[m[4]:m[5]])
			d, _ := strconv.Atoi(l[m[6]:m[7]])
			if day, ok := calendar.NewDate(y, mo, d); ok {
				n.Said.Until = append(n.Said.Until, SaidDay{day, line, utf8.RuneCountInString(l[:m[2]]) + 1})
			}
		}
		for _, m := range saidDays.FindAllStringSubmatchIndex(l, -1) {
			days, _ := strconv.Atoi(l[m[2]:m[3]])
			n.Said.Workdays = append(n.Said.Workdays, SaidCount{days, line, utf8.RuneCountInString(l[:m[2]]) + 1})
		}
	}
	if strings.Contains(l, "|") {
		if n.Said.Persons == 0 && delimiter.MatchString(l) && personHead.MatchString(previous) {
			n.Said.Persons = line - 1
		}
		if slices.Contains(ofBranches, n.Matter) && strings.HasPrefix(strings.TrimSpace(l), "|") {
			for cell := range strings.SplitSeq(l, "|") {
				if strings.Contains(cell, "党支部") {
					n.Said.Cells = append(n.Said.Cells, rules.Name(cell))
				}
			}
		}
	}
}

func checkWords(b *ledger.Book, n *Notice, last calendar.Date, bag *diag.Bag) {
	if n.DocNo != "" && !docNoForm.MatchString(n.DocNo) {
		bag.Addf(ruleDocNo, n.At("doc_no"), "文号“%s”的写法不对", n.DocNo)
	}
	if n.Accept.Phone != "" && len(b.Phones) > 0 && !b.HasPhone(n.Accept.Phone) && !ledger.IsSamplePhone(n.Accept.Phone) {
		bag.Addf(ruleUnknownPhone, n.At("accept", "phone"), "受理电话 %s 不在单位、党组织、岗位、驿站的台账里", n.Accept.Phone)
	}
	for _, p := range n.Said.Phones {
		if len(b.Phones) > 0 && p.Number != n.Accept.Phone && !b.HasPhone(p.Number) && !ledger.IsSamplePhone(p.Number) {
			bag.Addf(ruleUnknownPhone, diag.Pos{File: n.File(), Line: p.Line, Column: p.Column}, "正文里的电话 %s 不在单位、党组织、岗位、驿站的台账里", p.Number)
		}
	}
	if n.Kind != Gongshi && strings.Contains(n.Title, string(Gongshi)) && endingGongs.MatchString(n.Title) {
		bag.Addf(ruleWrongMatter, n.At("kind"), "标题说是公示，种类（kind）却是“%s”", n.Kind)
	}
	if n.Kind != Gongshi {
		for _, f := range []struct {
			has       bool
			key, name string
		}{{!n.Start.IsZero(), "start", "公示开始"}, {n.Workdays > 0, "workdays", "公示工作日"}, {n.Outcome.Decision != "", "outcome", "公示结果"}} {
			if f.has {
				bag.Addf(ruleWrongMatter, n.At(f.key), "只有公示才有%s（%s），种类（kind）却是“%s”", f.name, f.key, n.Kind)
				break
			}
		}
		return
	}
	if word := n.Said.Word; word != "" && n.Matter != "" && titleWords[word] != n.Matter {
		bag.Addf(ruleWrongMatter, n.At("matter"), "标题说的是“%s”，公示事项（matter）却是“%s”", word, n.Matter)
	}
	checkBranch(b, n, bag)
	if last.IsZero() {
		return
	}
	for _, s := range n.Said.Until {
		if s.Day != last {
			bag.Addf(ruleSaidDay, diag.Pos{File: n.File(), Line: s.Line, Column: s.Column}, "正文写的是 %s，公示期的最后一天是 %s", s.Day, last)
		}
	}
	for _, s := range n.Said.Workdays {
		if days, err := n.CountDays(b); err == nil && days != s.Days {
			bag.Addf(ruleSaidDay, diag.Pos{File: n.File(), Line: s.Line, Column: s.Column}, "正文写的是 %d 个工作日，公示期是 %d 个", s.Days, days)
		}
	}
	const keep = 30 // days after the period in which names may stay
	if ended := b.AsOf.Sub(last); ended > keep && n.Said.Persons > 0 && n.IsPublic() && !n.Draft && !n.IsExpired(b.AsOf) {
		bag.Addf(ruleNamesStay, diag.Pos{File: n.File(), Line: n.Said.Persons, Column: 1}, "公示 %s 已经结束，过了 %d 天，这里还有一张名单", last, ended)
	}
}

// checkBranch wants no development of members and no election by a branch whose
// members belong elsewhere.
func checkBranch(b *ledger.Book, n *Notice, bag *diag.Bag) {
	if !slices.Contains(ofBranches, n.Matter) {
		return
	}
	if br := n.Branch.In(b); br != nil && br.Functional {
		bag.Addf(ruleFunctional, n.At("branch"), "“%s”是功能型党支部，这里公示的却是%s", br.Name, n.Matter)
		return
	}
	for _, cell := range n.Said.Cells {
		if br := functional.Of(b)[cell]; br != nil {
			bag.Addf(ruleFunctional, n.At("matter"), "名单里的“%s”是功能型党支部，这里公示的却是%s", br.Name, n.Matter)
			return
		}
	}
}

// functional are the functional branches by the names that texts give them.
var functional = ledger.Derive(func(b *ledger.Book) map[string]*branches.Branch {
	byName := map[string]*branches.Branch{}
	for _, br := range ledger.All[branches.Branch](b) {
		if br.Functional {
			byName[rules.Name(br.Name)] = br
			byName[rules.Name(strings.Replace(br.Name, "小区党支部", "党支部", 1))] = br
		}
	}
	return byName
})

var (
	ruleNoOutcome = diag.Define(diag.Rule{Code: "E1614", Name: "公示结束没有写结果", Severity: diag.Warning, Tunable: true,
		Why:     "公示是听意见的；结束 15 天了，居民要知道收到几条、怎么定的",
		Mend:    "补上 [outcome]：收到几条、采纳几条、怎么定的、哪天答复的；只写数目，不写是谁提的",
		Example: "[outcome]\nreceived = 3\nupheld = 1\ndecision = \"按修改后的方案执行\"\ndate = 2026-12-03"})
	ruleOutcome = diag.Define(diag.Rule{Code: "E1615", Name: "公示结果自相矛盾", Severity: diag.Error,
		Why: "采纳的不会比收到的多，结果不会早于公示结束，也不会在今天以后", Mend: "核对 [outcome]"})
)

var ruleOutcomeDue = diag.Define(diag.Rule{Code: "E1619", Name: "公示就要结束，或者刚结束", Severity: diag.Reminder,
	Why: "结束以后要写收到几条意见、怎么定的；15 天还没有写，检查会警告", Mend: "汇总意见，结束以后补上 [outcome]"})

// remind tells of periods that end within a week, or that ended without an outcome.
func remind(b *ledger.Book, bag *diag.Bag) {
	const ahead, patience = 7, 15 // days
	for _, n := range ledger.All[Notice](b) {
		last, err := n.LastDay(b)
		if err != nil || n.Kind != Gongshi || n.Draft || last.IsZero() || n.Outcome.Decision != "" {
			continue
		}
		switch left := last.Sub(b.AsOf); {
		case left >= 0 && left <= ahead:
			bag.Addf(ruleOutcomeDue, n.At("title"), "公示“%s”%s 结束", n.Title, last)
		case left < 0 && left >= -patience:
			bag.Addf(ruleOutcomeDue, n.At("title"), "公示“%s”%s 结束了，还没有写结果", n.Title, last)
		}
	}
}

func checkOutcome(b *ledger.Book, n *Notice, last calendar.Date, bag *diag.Bag) {
	if n.Kind != Gongshi || last.IsZero() {
		return
	}
	const patience = 15 // days
	o := n.Outcome
	switch ended := b.AsOf.Sub(last); {
	case o.Decision == "":
		if ended > patience && n.IsPublic() && !n.Draft && !n.IsExpired(b.AsOf) {
			bag.Addf(ruleNoOutcome, n.At("kind"), "公示“%s”在 %s 结束，过了 %d 天还没有写结果", n.Title, last, ended)
		}
	case o.Upheld > o.Received:
		bag.Addf(ruleOutcome, n.At("outcome", "upheld"), "收到 %d 条，采纳却有 %d 条", o.Received, o.Upheld)
	case !o.Date.IsZero() && !o.Date.After(last):
		bag.Addf(ruleOutcome, n.At("outcome", "date"), "答复日期 %s 在公示的最后一天 %s 以前或当天", o.Date, last)
	case len(o.Reasons) > o.Received-o.Upheld:
		bag.Addf(ruleOutcome, n.At("outcome", "reasons"), "没有采纳的只有 %d 条，理由却写了 %d 条", o.Received-o.Upheld, len(o.Reasons))
	case o.Date.After(b.Present):
		bag.Addf(ruleOutcome, n.At("outcome", "date"), "答复日期 %s 还没有到，今天是 %s", o.Date, b.Present)
	}
}

// Text is an outcome in one sentence, or "".
func (o Outcome) Text() string {
	if o.Decision == "" {
		return ""
	}
	s := fmt.Sprintf("收到意见 %d 条，采纳 %d 条；%s", o.Received, o.Upheld, o.Decision)
	if len(o.Reasons) > 0 {
		s += "。没有采纳的理由：" + strings.Join(o.Reasons, "；")
	}
	return s
}
