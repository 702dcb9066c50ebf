package personal

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Who is ill, poor or helped is nobody's business but theirs, once a name stands
// beside it (个人信息保护法: 医疗健康, 特定身份). What is a name is guessed by its shape,
// so these findings are warnings: a surname with what is said of people, a label, a
// column of a table. A name without any of these is found only where an illness
// follows at once.

// hardship are words of illness, disability, poverty and relief.
var hardship = regexp.MustCompile(`低保|特困|五保户|孤儿|残疾|伤残|智障|聋|失明|失聪|盲人|精神病|精神障碍|抑郁|癌|肿瘤|白血病|尿毒症|透析|瘫|脑梗|中风|` +
	`重病|大病|患病|病情|病重|身患|患有|罹患|确诊|因病|因残|住院|手术|艾滋|肝炎|摔伤|摔了|骨折|受伤|` +
	`致贫|返贫|贫困|困难(?:党员|群众|职工|家庭|户|学生|老人|居民|补助|补贴)|(?:生活|家庭|经济|特殊)困难|救助|救济|帮扶对象|慰问`)

// pairs are two characters of each of these words that has no character of its own.
var pairs = pairsOf(`低保 特困 五保 孤儿 残疾 伤残 智障 失明 失聪 盲人 神病 神障 抑郁 肿瘤 血病 尿毒 透析 脑梗 中风 重病 大病 患病 病情 病重 身患 患有 罹患 确诊 因病 因残
	住院 手术 艾滋 肝炎 摔伤 摔了 骨折 受伤 致贫 返贫 贫困 困难 救助 救济 扶对 慰问`)

func pairsOf(list string) map[[2]rune]bool {
	all := map[[2]rune]bool{}
	for pair := range strings.FieldsSeq(list) {
		r := []rune(pair)
		all[[2]rune{r[0], r[1]}] = true
	}
	return all
}

// mayTellOfHardship reports whether two characters that follow each other, or the
// second alone, are of one of these words: nearly no text has them, and it must cost
// nothing to see that.
func mayTellOfHardship(first, second rune) bool {
	switch {
	case second < firstHan || second > lastHan:
		return false
	case second == '聋' || second == '癌' || second == '瘫':
		return true
	}
	return pairs[[2]rune{first, second}]
}

const (
	// surnames after which a name is sure to stand, when what follows is of a name.
	surnames = `王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔白崔` +
		`康毛邱秦江史顾侯邵孟段雷钱汤尹黎乔贺赖龚庞樊兰殷陶翟颜倪牛温芦季俞鲁葛韦申毕聂焦柳邢岳齐梅莫庄辛祝左祁耿牟詹苗凌靳童甄裴席屈鲍霍翁隋柴冉吉饶滕瞿褚卫窦`
	// moreSurnames are words as well: 高龄, 文明, 对于.
	moreSurnames = surnames + `高于方安常文成管单项严易边向华解强关金万武施洪章伍尤骆路费纪盛欧曲游桂闵车房`
)

var (
	// 张某某, 李女士; 张建国同志, 王桂英户; 患者：张建国; 老李.
	masked   = regexp.MustCompile(`[` + moreSurnames + `](?:某{1,3}|先生|女士)`)
	named    = regexp.MustCompile(`([` + surnames + `]\p{Han}{1,2})(?:同志|先生|女士|户|身患|患|罹患|因病|因残|确诊|病重|瘫痪)`)
	labelled = regexp.MustCompile(`(?:(?:姓名|户主|申请人)[:： ]{1,2}[` + moreSurnames + `]|(?:救助对象|慰问对象|帮扶对象|受助人|患者|困难党员|困难群众)[:： ]{1,2}[` + surnames + `])\p{Han}{1,3}`)
	familiar = regexp.MustCompile(`[老小][` + surnames + `](?:$|[^\p{Han}]|[家的她他])`)

	// helps is what follows the name of somebody who does something for others.
	helps = regexp.MustCompile(`^[^，。、；：\s]{0,4}(?:走访|看望|慰问|带队|带领|率|主持|强调|指出|出席|来到|一行|深入|调研|介绍|表示|讲话|参加|负责|协助|捐|资助|牵头|陪同|为|向)`)
)

const (
	// ofPeople may stand right before a name: 党员张建国, 看望了李桂兰.
	ofPeople = "员工民众人户主者象属望问访助给为向对将和与及是叫由请把替帮的了"
	// ofKinds follow 某 where it is no name: 某些, 某个.
	ofKinds = "些种个一项位类次段天年月日条方处地市县区村街"
	// wordsAsNames look like a name with what is said of people, and are none.
	wordsAsNames = " 任何 周边 周围 石油 马上 左右 余下 江边 "
)

// inOffice stands before the name of somebody who is not the one that is helped.
var inOffice = []string{"联系", "咨询", "负责人", "经办", "主任", "书记", "部长", "局长", "县长", "院长", "医生", "大夫", "老师", "律师", "站长", "所长", "委员", "主席", "经理", "会长", "组长", "社工", "网格员", "志愿者", "干部", "记者", "民警", "法官"}

// hardships finds the names in sentences that tell of illness, poverty or help.
func hardships(text string) (all []Found) {
	for from := 0; from < len(text); {
		to := from + strings.IndexAny(text[from:], "。！？；!?;\n")
		if to < from {
			to = len(text)
		}
		if s := text[from:to]; tells(s) {
			for _, f := range names(s) {
				all = append(all, Found{Hardship, from + f.Start, from + f.End})
			}
		}
		_, size := utf8.DecodeRuneInString(text[to:])
		from = to + max(size, 1)
	}
	return all
}

// names finds what has the shape of the name of somebody who may be the one that a
// sentence tells of.
func names(s string) (all []Found) {
	add := func(from, to int) { all = append(all, Found{Hardship, from, to}) }
	for _, m := range masked.FindAllStringIndex(s, -1) {
		next, _ := utf8.DecodeRuneInString(s[m[1]:])
		last, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		plain := strings.HasSuffix(s[:m[1]], "某")
		isWord := plain && (strings.ContainsRune(ofKinds, next) && s[m[1]:] != "" || strings.HasPrefix(s[m[0]:], "于") && strings.ContainsRune("由对关处属基鉴位至", last))
		if !isWord && !acts(s, m[0], m[1]) {
			add(m[0], m[1])
		}
	}
	for _, m := range named.FindAllStringSubmatchIndex(s, -1) {
		name := []rune(s[m[0]:m[1]])
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		next, _ := utf8.DecodeRuneInString(s[m[1]:])
		isWord := strings.Contains(wordsAsNames, " "+string(name[:2])+" ") || m[0] > 0 && before > 0x3000 && before < 0xA000 && before > 0x4E00 && !strings.ContainsRune(ofPeople, before)
		switch name[len(name)-1] {
		case '患':
			isWord = isWord || next == '者'
		case '户':
			isWord = isWord || strings.ContainsRune("籍口主型外内均数", next) && s[m[1]:] != ""
		}
		if !isWord && !acts(s, m[0], m[1]) {
			add(m[2], m[3])
		}
	}
	for _, m := range labelled.FindAllStringIndex(s, -1) {
		add(m[0]+strings.LastIndexAny(s[m[0]:m[1]], ":： ")+lastSize(s[m[0]:m[1]]), m[1])
	}
	for _, m := range familiar.FindAllStringIndex(s, -1) {
		if !acts(s, m[0], m[0]+2*len("老")) {
			add(m[0], m[0]+2*len("老"))
		}
	}
	return all
}

// lastSize is the size of the mark that ends the label of a name.
func lastSize(s string) int {
	_, size := utf8.DecodeRuneInString(s[strings.LastIndexAny(s, ":： "):])
	return size
}

// acts reports whether the one who is named there is one who helps.
func acts(s string, from, to int) bool {
	if helps.MatchString(s[to:]) {
		return true
	}
	const reach = 6
	near := []rune(s[:from])
	near = near[max(0, len(near)-reach):]
	for _, office := range inOffice {
		if strings.Contains(string(near), office) {
			return true
		}
	}
	return false
}

// wholeName is what stands in a column of names.
var wholeName = regexp.MustCompile(`^[` + moreSurnames + `]\p{Han}{1,3}$`)

// ofHeads are characters of the heads of names, of each one at least: nearly no cell has any.
var ofHeads = [...]string{"户", "申", "象", "受", "患", "姓"}

// isHeadOfNames reports whether a cell says that names stand below it.
func isHeadOfNames(cell string) bool {
	const longest = 60 // bytes; more is a sentence
	if len(cell) > longest || !slices.ContainsFunc(ofHeads[:], func(c string) bool { return strings.Contains(cell, c) }) {
		return false
	}
	switch cell = bare(cell); cell {
	case "户主", "申请人", "救助对象", "慰问对象", "帮扶对象", "受助人", "患者":
		return true
	}
	return strings.Contains(cell, "姓名")
}

// Roll looks at a table with a column of names, and reports whether the table, the
// title of it or the row of one of them tells of illness, poverty or help: then the
// head of the column stands at row and column. Names of which a part is a star are
// none.
func Roll(title string, rows [][]string) (row, column int, ok bool) {
	for i, cells := range rows {
		for j, cell := range cells {
			if !isHeadOfNames(cell) {
				continue
			}
			about := tells(title) || slices.ContainsFunc(rows[:i+1], tellsRow)
			for _, below := range rows[i+1:] {
				if j < len(below) && wholeName.MatchString(bare(below[j])) && (about || tellsRow(below)) {
					return i, j, true
				}
			}
		}
	}
	return 0, 0, false
}

// tells reports whether a text tells of illness, poverty or help.
func tells(text string) bool { return mayHold(text).hardships && hardship.MatchString(text) }

func tellsRow(cells []string) bool { return slices.ContainsFunc(cells, tells) }

// blanks, and the marks of Markdown, are taken out of names and heads, which are often spread.
var blanks = strings.NewReplacer(" ", "", "\u3000", "", "\t", "", "\n", "", "*", "", "_", "")

// bare is a text without blanks, which names and heads are often spread with, and
// without the marks of Markdown.
func bare(s string) string { return blanks.Replace(s) }
