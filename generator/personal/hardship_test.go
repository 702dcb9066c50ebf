package personal

import (
	"regexp"
	"strings"
	"testing"
)

// TestNamesBesideHardship is a table of sentences: a name that stands beside illness,
// poverty or help stands between 【 and 】.
func TestNamesBesideHardship(t *testing.T) {
	for _, c := range []string{
		"【张某某】因残疾享受低保。", "看望了患尿毒症的【李女士】。", "低保户：【王建国】同志家里漏雨。", "对【赵桂兰】户给予困难补助 500 元", "患者：【陈小红】，肝炎", "户主：【高文远】，低保金每月 480 元",
		"姓名：【张三】，致贫原因：因病", "又添了一行：“楼下【老李】，腿摔了", "【刘建军】身患癌症，卧床多年", "天气好。【周某】住院，社区送去米面", "【欧先生】的孤儿补助", "慰问困难党员【马秀英】同志",
		"困难职工【孙某】、【吴某某】领到救助金", "姓 名：张三",
	} {
		check(t, c, Hardship)
	}
	for _, c := range []string{
		"县委书记王建国同志走访慰问困难党员", "王建国同志带队看望特困老人", "低保对象可以联系李女士，电话 0357-0000104", "对于某些困难家庭，任何同志都要上心", "高龄患者和残疾居民优先", "张家户籍在册的低保家庭",
		"城镇低保家庭残疾人、重度残疾人", "走访只报人次，不公布姓名、病情和住址。", "张三同志作报告。会后慰问困难党员。", "姓名、病情、住址属于个人信息", "社区代办李女士负责低保申请", "老高层小区的困难居民", "周边户都参加了大病医保宣讲",
		"老年人、残疾人由代办岗上门", "慰问品由张女士协助发放", "救助管理站", "小康路的困难群众", "易返贫致贫户、脱贫户", "低保边缘户", "残疾人王府井", "有困难找王某个",
	} {
		check(t, c, -1)
	}
}

// TestEveryWordOfHardshipIsSuspected holds the quick look against the words.
func TestEveryWordOfHardshipIsSuspected(t *testing.T) {
	for word := range strings.SplitSeq(regexp.MustCompile(`\(\?:([^)]*)\)`).ReplaceAllString(hardship.String(), ""), "|") {
		if word != "" && hardship.MatchString(word) && !mayHold(word).hardships {
			t.Errorf("%s is not suspected", word)
		}
	}
}

func TestRoll(t *testing.T) {
	table := func(text string) (rows [][]string) {
		for line := range strings.Lines(text) {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "|"))
		}
		return rows
	}
	for text, want := range map[string]bool{
		"姓名|类别\n张三|低保":                     true,
		"2026 年低保对象\n序号|姓 名|金额\n1|王 芳|480": true,
		"姓名|残疾等级\n欧阳修文|二级":                 true,
		"姓名|残疾等级\n张*|二级":                   false,
		"姓名|职务\n张三|支部书记":                   false,
		"姓名|残疾等级\n|":                       false,
		"姓名|残疾等级":                          false,
		"事项|电话\n低保申请|0357-0000104":         false,
		"户主|村组|救助金额\n李桂兰|一组|500":           true,
	} {
		if _, _, ok := Roll("", table(text)); ok != want {
			t.Errorf("%q: %v", text, ok)
		}
	}
	if row, column, ok := Roll("困难党员慰问名单", table("序号|姓名\n1|张三")); !ok || row != 0 || column != 1 {
		t.Error("the title does not count", row, column, ok)
	}
}

func TestNumberInTwoLines(t *testing.T) {
	for text, want := range map[string]string{
		"身份证 1101011990\n03070011。":           "0:4 110101199003070011",
		"甲\n> 1390013\n> 9000":                "1:2 13900139000",
		"139001  \n  39000":                   "0:0 13900139000",
		"62220000\\\n00000\n009":              "0:0 6222000000000009",
		"13900139000\n13900139000":            "0:0 13900139000,1:0 13900139000",
		"139001\n39000. 第一项":                  "",
		"日期 2026\n11. 下一项":                    "",
		"0357-8123\n456":                      "",
		"共 1380000\n0000 元":                   "",
		"1390013900\n\n0":                     "",
		"139001390\n00\n\n139001390\n00":      "0:0 13900139000,3:0 13900139000",
		"1. 13900139000\n2. 13900139001":      "0:3 13900139000,1:3 13900139001",
		"一三九〇〇一三\n九〇〇〇":                       "0:0 一三九〇〇一三九〇〇〇",
		"1390013900\n1. 第一项\n2. 第二项":          "",
		"| 13900 | 139000 |\n| 1390 | 0139 |": "",
	} {
		var got []string
		for _, f := range FindInLines(strings.Split(text, "\n")) {
			got = append(got, itoa(f.Line)+":"+itoa(len([]rune(strings.Split(text, "\n")[f.Line][:f.Column])))+" "+f.Text)
		}
		if s := strings.Join(got, ","); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

// Words are looked for only where a glance at the characters says that there may be one.
func TestEveryWordOfHardshipIsSeenAtAGlance(t *testing.T) {
	words := strings.Split(strings.NewReplacer("(?:", "|", ")", "|").Replace(hardship.String()), "|")
	words = append(words, "困难党员", "生活困难")
	n := 0
	for _, word := range words {
		if !hardship.MatchString(word) {
			continue // a part of one
		}
		if n++; !mayHold("某人" + word).hardships {
			t.Errorf("“%s” is not looked for", word)
		}
	}
	if n < 50 {
		t.Errorf("only %d words were tried", n)
	}
}
