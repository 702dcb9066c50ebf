package personal

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFind is a table of texts: what is personal in them stands between 【 and 】,
// which are taken out before the text is looked at. All numbers are made up.
func TestFind(t *testing.T) {
	for kind, texts := range map[Kind][]string{
		Identity: {
			"身份证号 【11010519491231002X】。", "【11010519491231002X】", "证件：【11010519491231002x】，", "张某（【11010519491231002X】）",
			"【110105 19491231 002X】", "【110105-19491231-002X】", "【1101 0519 4912 3100 2X】", "【１１０１０５１９４９１２３１００２Ｘ】", "【11010519491231\u200b002X】",
			"【一一〇一〇五一九四九一二三一〇〇二X】", "| 甲 | 【11010519491231002X】 |", "甲【110101199003070011】乙", "【110101.19900307.0011】", "id:【110101199003070011】",
			"身份证 【110105491231002】（旧）", "①【110101199003070011】②", "1.【110101199003070011】", "【110101199003070011】/【11010519491231002X】",
		},
		NearIdentity: {"【110105194912310020】", "【110101199003070012】，", "【11010119900307001X】"},
		Mobile: {
			"手机 【13900139000】", "【139 0013 9000】", "【139-0013-9000】", "【１３９００１３９０００】", "【139\u200b00139000】", "联系人：甲，【13900139000】。", "+【86 13900139000】", "（【8613900139000】）",
			"|示例|【139 0013 9000】|", "【一三九〇〇一三九〇〇〇】", "【幺三九零零幺三九零零零】", "①【13900139000】", "1.【13900139000】", "电话/【13900139000】", "【13900139000】/【19200139000】", "【139.0013.9000】",
			"tel:【13900139000】", "【139·0013·9000】", "甲【13900139000】乙", "【13900139000】转 2", "微信同号【16600139000】",
		},
		Card:  {"卡号【6222 0000 0000 0009】", "【6222 0212 3456 7890 128】", "【6222000000000009】", "账号：【4000 0000 0000 0002】", "【６２２２０００００００００００９】", "【6222-0000-0000-0009】"},
		Door:  {"住文化路小区【3号楼2单元501室】", "【12栋1单元302】", "【5幢801室】", "【三号楼二单元五〇一室】", "阳光花园【8座1203号】", "【３号楼２单元５０１室】"},
		Birth: {"张某，【1990年3月7日出生】", "【1990年3月7日生】，", "【出生日期：1990-03-07】", "【一九九〇年三月七日出生】", "（【1990.3.7生】）", "【生于1990年3月7日】"},
	} {
		for _, c := range texts {
			check(t, c, kind)
		}
	}
	for _, c := range []string{
		"", "没有数字", "0357-0000104", "03570000104", "(0357)0000104", "400-000-0000", "12345", "12380", "110、119、120", "96333",
		"2026年11月23日", "2026-11-23", "2026. 11. 23", "2026-11-23 08:30—12:00", "08:30—12:00、14:30—18:00", "2026-11-23 2026-12-01 2026-12-31", "1998.10.1.2026",
		"晋委发〔2026〕12号", "浮组发〔2026〕123号", "文号 15000000000", "编号：13900139000", "订单 13900139000", "共 13800000000 元", "13800000000.50元", "13,800,000,000 元", "13800000000人次",
		"统一社会信用代码 91140000MA0GUQ1X0K", "统一社会信用代码：110101199003070011", "ISBN 978-7-01-002345-6", "晋公网安备14102702000001号", "晋ICP备12345678号-1", "1410270001",
		"https://a.example/110101199003070011", "https://a.example/?id=13900139000", "[附件](http://a.example/f/13900139000.pdf)", "a13900139000b", "SN13900139000X1", "1390013900", "139001390000", "23900139000", "12900139000",
		"000000000000000000", "123456789012345678", "110101209913450011", "110105 1949123 1002", "6222000000000000", "4000000000000002", "1234567890123456",
		"3号楼一层大厅", "2单元门口", "示例路 1 号", "东大街 8 号院", "第3栋到第5栋", "1—10号楼", "501 室", "3号楼东侧",
		"2026年9月1日生效", "成立于1990年3月7日", "1990年3月出生", "生日会", "出生率 8.5‰", "第三次全体会议", "一二三四五六七八九十", "二〇二六年十一月二十三日", "九〇后", "三会一课", "80.5 分", "96%、51%、30%",
		"1390-1391-1392-1393", "15:30—16:30", "37.5 ℃", "1 2 3 4 5 6 7 8 9 10 11 12", "11 22 33 44 55 66 77 88", "K139+001", "G13900139000", "139 001 39000 0",
	} {
		check(t, c, -1)
	}
}

func check(t *testing.T, c string, kind Kind) {
	t.Helper()
	text := strings.NewReplacer("【", "", "】", "").Replace(c)
	var marked strings.Builder
	from := 0
	for _, f := range Find(text) {
		if f.Start < from || f.End > len(text) || f.Start >= f.End {
			t.Fatalf("%q: found at %d to %d", text, f.Start, f.End)
		}
		if f.Kind != kind {
			t.Errorf("%q: %q is taken for kind %d", c, text[f.Start:f.End], f.Kind)
		}
		marked.WriteString(text[from:f.Start] + "【" + text[f.Start:f.End] + "】")
		from = f.End
	}
	if got := marked.String() + text[from:]; got != c {
		t.Errorf("%q: found as %q", c, got)
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{"13900139000": "139******00", "11010519491231002X": "110*************2X", "1": "*", "": "", "三号楼二单元五〇一室": "三号楼*****一室"} {
		if got := Mask(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzFind wants places that are in the text, in order, of whole characters, and
// that a number is found wherever it stands among what is no part of it.
func FuzzFind(f *testing.F) {
	f.Add("甲 139", uint64(1))
	f.Add("\u200b①１３９.", uint64(2))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		last := 0
		for _, x := range Find(text) {
			if x.Start < last || x.End <= x.Start || x.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[x.Start:x.End]) {
				t.Fatalf("%q: %+v", text, x)
			}
			last = x.Start
		}
		r := rand.New(rand.NewPCG(seed, 1))
		number := "13900139000"
		at := r.IntN(len(text) + 1)
		for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
			at--
		}
		found := false
		for _, x := range Find(text[:at] + "，" + number + "，" + text[at:]) {
			found = found || x.Kind == Mobile && x.Start == at+len("，")
		}
		before := text[max(0, at-40):at]
		if !found && !strings.ContainsAny(before, "号单水N:/") {
			t.Errorf("%q: not found at %d", text, at)
		}
	})
}
