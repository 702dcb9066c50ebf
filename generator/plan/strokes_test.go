package plan

import (
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

func TestStrokes(t *testing.T) {
	c := collate.New(language.MustParse("zh-u-co-stroke"))
	for name, want := range map[string]string{
		"一站式": "1 画", "人社": "2 画", "山": "3 画", "公租房": "4 画", "示范": "5 画", "老年": "6 画", "医保": "7 画", "服务": "8 画", "驿站": "8 画",
		"临时救助": "9 画", "党支部": "10 画", "清单": "11 画", "就业": "12 画", "路": "13 画", "慢": "14 画", "影": "15 画", "鑫": "24 画", "60 岁": "数字和字母", "AB岗": "数字和字母",
	} {
		if got := strokes(c, name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
