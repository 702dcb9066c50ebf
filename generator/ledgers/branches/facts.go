package branches

import (
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

var (
	ruleSeatLevel = diag.Define(diag.Rule{Code: "E1106", Name: "席位不在社区党委", Severity: diag.Error,
		Why: "兼职委员是社区党委的委员；写成别的党组织，席位表就是错的", Mend: "把社区党委（committee）改成社区党委的编号"})
	ruleUnitName = diag.Define(diag.Rule{Code: "E1107", Name: "单位名称重复", Severity: diag.Error,
		Why: "同一个单位写了两行，席位、报到、覆盖率都会多算一个", Mend: "删掉多的一行，引用它的地方改成留下的编号"})
	ruleUnitClass = diag.Define(diag.Rule{Code: "E1108", Name: "党支部与所在单位对不上", Severity: diag.Warning, Tunable: true,
		Why: "类别决定按哪一类考核，要和单位的性质一致；支部名称要让人看出是哪个单位的；两新党支部没有单位，就算不出覆盖率", Mend: "核对类别（class）、名称（name）、所在单位（unit）与单位那一行"})
	ruleMembers = diag.Define(diag.Rule{Code: "E1111", Name: "党员人数不合规定", Severity: diag.Warning, Tunable: true,
		Why: "党支部工作条例：正式党员 3 人以上成立党支部，一般不超过 50 人", Mend: "核对党员人数（members）；功能型党支部写 functional = true"})
	rulePosts = diag.Define(diag.Rule{Code: "E1112", Name: "班子职数不合规定", Severity: diag.Warning, Tunable: true,
		Why: "党支部工作条例：党员 7 人以上设委员会，由 3 至 5 人组成，最多不超过 7 人；不足 7 人设书记 1 人", Mend: "核对班子成员（roles）：书记正好一名，职数与人数相称"})
	ruleBranchName = diag.Define(diag.Rule{Code: "E1113", Name: "党组织名称重复", Severity: diag.Error,
		Why: "两个党组织同名，居民和台账都分不清说的是哪一个", Mend: "改其中一个的名称，或者删掉重复的一行"})
	ruleAhead = diag.Define(diag.Rule{Code: "E1114", Name: "成立、选举的日期不对", Severity: diag.Error,
		Why: "已经成立、已经选出来的，日期不会在以后，选举也不会早于成立", Mend: "核对成立日期（founded）和本届选举日期（elected）"})
	ruleUnitPhone = diag.Define(diag.Rule{Code: "E1117", Name: "党支部与所在单位的电话不一样", Severity: diag.Warning, Tunable: true,
		Why: "同一个电话在两处写了两样，多半是抄错一位，居民就打到别处去了", Mend: "核对党支部和单位的公开电话（phone）；党支部另有电话的，在 [rules] 里关掉这一条"})
	ruleTerm = diag.Define(diag.Rule{Code: "E1116", Name: "任期已满没有换届", Severity: diag.Warning, Tunable: true,
		Why: "任期届满应当按期换届：党支部一般 3 年，社区党委 5 年", Mend: "换届以后改本届选举日期（elected）；批准延期的，把任期（term）改成批准的年数"})
)

var ruleTermEnds = diag.Define(diag.Rule{Code: "E1118", Name: "任期快要满了", Severity: diag.Reminder,
	Why: "换届要提前半年请示、准备人选；到期才想起来就晚了", Mend: "安排换届；批准延期的，把任期（term）改成批准的年数"})

// soon is how many days before its end a new term is prepared.
const soon = 183

// remind tells of terms that end within half a year.
func (br *Branch) remind(b *ledger.Book, bag *diag.Bag) {
	if end := br.TermEnd(); !end.IsZero() && !br.Functional && !end.Before(b.AsOf) && end.Sub(b.AsOf) <= soon {
		bag.Addf(ruleTermEnds, br.At("elected"), "“%s”的任期到 %s 为止，还有 %d 天", br.Name, end, end.Sub(b.AsOf))
	}
}

// The terms where a branch says nothing, in years.
const (
	branchTerm    = 3
	committeeTerm = 5
)

// IsOrdinary reports whether the rules on size, posts and terms of a Party branch
// (党支部) hold: a functional one only gathers members of other branches.
func (br *Branch) IsOrdinary() bool {
	return br.Level.IsBranch() && !br.Functional
}

// check looks for facts of one organisation that contradict others.
func (br *Branch) check(b *ledger.Book, bag *diag.Bag) {
	checkUnit(b, br, bag)
	checkSize(br, bag)
	rules.Order(bag, ruleAhead, b.Present,
		rules.Step{Name: "成立", Date: br.Founded, At: func() diag.Pos { return br.At("founded") }},
		rules.Step{Name: "选举", Date: br.Elected, At: func() diag.Pos { return br.At("elected") }})
	if end := br.TermEnd(); !end.IsZero() && end.Before(b.AsOf) && !br.Functional {
		bag.Addf(ruleTerm, br.At("elected"), "“%s”本届 %s 选出，任期 %d 年，%s 已满", br.Name, br.Elected, br.term(), end)
	}
}

func (br *Branch) term() int {
	switch {
	case br.Term > 0:
		return br.Term
	case br.Level == LevelCommittee:
		return committeeTerm
	}
	return branchTerm
}

// TermEnd returns the last day of the term, or no date where none is known.
func (br *Branch) TermEnd() calendar.Date {
	if br.Elected.IsZero() {
		return calendar.Date{}
	}
	return br.Elected.YearMonth().Add(12 * br.term()).First().AddDays(br.Elected.Day - 2)
}

// classOf says in which class branches of units of a kind are graded.
var classOf = map[UnitKind]Class{"机关": "机关", "事业": "企事业", "企业": "企事业", "两新": "两新", "社会组织": "两新"}

func checkUnit(b *ledger.Book, br *Branch, bag *diag.Bag) {
	u := br.Unit.In(b)
	switch {
	case br.Unit.IsZero() && br.Level == LevelUnit && br.Class == "两新":
		bag.Addf(ruleUnitClass, br.At("name"), "两新党支部“%s”没有写所在单位", br.Name)
	case u == nil:
	case br.Class != "" && classOf[u.Kind] != "" && classOf[u.Kind] != br.Class:
		bag.Addf(ruleUnitClass, br.At("class"), "“%s”写的类别是%s，“%s”的性质却是%s", br.Name, br.Class, u.Name, u.Kind)
	case br.Level == LevelUnit && !inOrder(core(u.Name), core(br.Name)):
		bag.Addf(ruleUnitClass, br.At("name"), "“%s”的所在单位是“%s”，名称里却看不出来", br.Name, u.Name)
	}
	if u != nil && br.Level == LevelUnit && br.Phone != "" && u.Phone != "" && br.Phone != u.Phone {
		bag.Addf(ruleUnitPhone, br.At("phone"), "“%s”的电话是 %s，“%s”的是 %s（%s）", br.Name, br.Phone, u.Name, u.Phone, u.At("phone"))
	}
}

// inOrder reports whether the characters of a name stand in another in their order:
// 团县委 in 共青团浮山县委机关党支部.
func inOrder(name, other string) bool {
	rest := []rune(name)
	for _, r := range other {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// core is a unit's name as its branch may shorten it: without the words for county,
// office and company that only one of both may have.
func core(name string) string {
	name = rules.Name(name)
	for _, word := range []string{"有限责任公司", "股份有限公司", "有限公司", "机关"} {
		name = strings.ReplaceAll(name, word, "")
	}
	return strings.TrimPrefix(name, "县")
}

func checkSize(br *Branch, bag *diag.Bag) {
	if br.Level == LevelCommittee && len(br.Roles) > 0 && br.secretaries() != 1 {
		bag.Addf(rulePosts, br.At("roles"), "“%s”写了 %d 名书记，应当正好 1 名", br.Name, br.secretaries())
	}
	if !br.IsOrdinary() || !br.Origin.Has("members") {
		return
	}
	const least, most = 3, 50
	if br.Members < least || br.Members > most {
		bag.Addf(ruleMembers, br.At("members"), "“%s”有 %d 名党员，应当是 %d 到 %d 名", br.Name, br.Members, least, most)
	}
	const committee, fewest, many = 7, 3, 7
	at := br.At("members")
	if br.Origin.Has("roles") {
		at = br.At("roles")
	}
	switch n := len(br.Roles); {
	case br.secretaries() != 1:
		bag.Addf(rulePosts, at, "“%s”写了 %d 名书记，应当正好 1 名", br.Name, br.secretaries())
	case br.Members >= committee && (n < fewest || n > many):
		bag.Addf(rulePosts, at, "“%s”有 %d 名党员，班子却写了 %d 人，应当是 %d 到 %d 人", br.Name, br.Members, n, fewest, many)
	}
}

// secretaries counts the posts of secretary (书记), deputies apart.
func (br *Branch) secretaries() (n int) {
	for _, r := range br.Roles {
		if strings.HasSuffix(r.Post, "书记") && !strings.HasSuffix(r.Post, "副书记") {
			n++
		}
	}
	return n
}
