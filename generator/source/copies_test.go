package source

import (
	"testing"
	"testing/fstest"

	"biandan/generator/diag"
)

func TestCopies(t *testing.T) {
	for _, c := range []struct {
		name     string
		original string
		sure     bool
	}{
		{"a - 副本", "a", true}, {"a - 副本 (2)", "a", true}, {"甲-副本", "甲", true}, {"a - Copy", "a", true}, {"a - Copy (3)", "a", true},
		{"甲的副本", "甲", true}, {"复件 甲", "甲", true}, {"复件 (2) 甲", "甲", true}, {"a-DESKTOP-AB12", "a", true}, {"a-LAPTOP-9ZQ8XW", "a", true},
		{"a (某某的电脑 冲突副本 2026-11-20)", "a", true}, {"a (conflicted copy 2026-11-20)", "a", true},
		{"a (1)", "a", false}, {"a（2）", "a", false}, {"2026-11 通知(3)", "2026-11 通知", false},
		{"a", "", false}, {"身份证副本怎么办", "", false}, {"回避办法（利益冲突）", "", false}, {"复件管理办法", "", false}, {"Copy", "", false},
		{"关于停水的通知（第二号）", "", false}, {"CDLW-desktop-1", "", false}, {"(1)", "", false}, {"副本", "", false},
	} {
		if original, sure := copyOf(c.name); original != c.original || sure != c.sure {
			t.Errorf("%q: copy of %q, %v", c.name, original, sure)
		}
	}
}

// TestNumbersOfOneSeries holds what people number themselves, and pictures and
// attachments, which are not on the site unless a page shows them, apart from
// copies.
func TestNumbersOfOneSeries(t *testing.T) {
	m := fstest.MapFS{"site.toml": {}}
	for _, p := range []string{"news/值班表 (1).md", "news/值班表 (2).md", "news/活动.jpg", "news/活动 (1).jpg", "news/表 - 副本.docx", "notices/a.md", "news/a (1).md"} {
		m["content/"+p] = &fstest.MapFile{}
	}
	bag := &diag.Bag{}
	s := Take(m, bag)
	if list := bag.List(); len(list) > 0 {
		t.Errorf("found: %v", list)
	}
	m["content/news/值班表.md"] = &fstest.MapFile{}
	again := &diag.Bag{}
	s.again(m, []string{"content/news/值班表.md"}, again)
	if list := again.List(); len(list) != 2 {
		t.Errorf("with the original: %v", list)
	}
}
