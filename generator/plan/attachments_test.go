package plan

import (
	"fmt"
	"strings"
	"testing"
)

// TestHeadSaysWhatIsBelow looks at tables in which a value alone says nothing: what it
// is stands in the head of its column.
func TestHeadSaysWhatIsBelow(t *testing.T) {
	for text, want := range map[string]string{
		"序号,出生日期\n1,1990-03-07":                 "第 2 行第 2 列 1990-03-07",
		"户名,账号\n某社区,4000000000000002":           "第 2 行第 2 列 4000000000000002",
		"序号,订单编号\n1,13900139000":                "",
		"序号,4000000000000002":                   "",
		"2026 年名单\n序号,身份证号\n1,110105491231002":  "第 3 行第 2 列 110105491231002",
		"序号,电话 13900139000\n1,0357-0000104":     "第 1 行第 2 列 13900139000",
		"序号,电话\n1,\"13900139000\n13900139001\"": "第 2 行第 2 列 13900139000,第 2 行第 2 列 13900139001",
		"低保发放表\n序号,姓名\n1,张三":                    "第 2 行第 2 列 姓名",
		"值班表\n序号,姓名\n1,张三":                      "",
	} {
		var got []string
		c := look("a.csv", []byte(text))
		for _, s := range c.Personal {
			got = append(got, s.Where+" "+s.Text)
		}
		if s := strings.Join(got, ","); s != want || len(c.Unread) > 0 {
			t.Errorf("%q: %s, want %s; unread: %v", text, s, want, c.Unread)
		}
	}
}

// TestNameOfAnAttachmentIsItsTitle finds the names of a list in a file that is called
// after what they have in common.
func TestNameOfAnAttachmentIsItsTitle(t *testing.T) {
	const list = "序号,姓名\n1,张三"
	if c := look("困难党员慰问名单.csv", []byte(list)); len(c.Personal) != 1 {
		t.Errorf("%+v", c)
	}
}

// TestLargeListCostsLittle has a list of many numbers, of which each is another.
func TestLargeListCostsLittle(t *testing.T) {
	var b strings.Builder
	for i := range 50000 {
		fmt.Fprintf(&b, "1%d\n", 3900000000+i)
	}
	if c := look("a.txt", []byte(b.String())); len(c.Personal) != 50000 {
		t.Errorf("found %d", len(c.Personal))
	}
}
