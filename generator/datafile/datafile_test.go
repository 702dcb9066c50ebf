package datafile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/source"
)

func parseText(tb testing.TB, text string) (*Table, diag.List, *source.Text) {
	tb.Helper()
	bag := &diag.Bag{}
	t, ok := source.NewText("a.toml", []byte(text), bag)
	if !ok {
		return nil, bag.List(), nil
	}
	table, _ := Parse(t, 0, len(t.Data), bag)
	return table, bag.List(), t
}

func codesOf(l diag.List) []string {
	out := []string{}
	for _, d := range l {
		out = append(out, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Column, d.Code))
	}
	return out
}

// TestSyntaxIsExplained wants for the mistakes that people make a sentence of
// ours at the place of the mistake.
func TestSyntaxIsExplained(t *testing.T) {
	for _, c := range []struct{ text, place, says string }{
		{"title = “关于”", "1:9", "中文引号"},
		{"a = 1\ntitle = ‘关于’", "2:9", "中文引号"},
		{"title：\"关于\"", "1:6", "全角的“：”"},
		{"title: \"关于\"", "1:6", "要用等号"},
		{"title ＝ \"关于\"", "1:7", "全角的“＝”"},
		{"tags = [\"甲\"，\"乙\"]", "1:12", "全角的“，”"},
		{"tags = [\"甲\" \"乙\"]", "1:13", "逗号"},
		{"title = \"关于\"三会一课\"的通知\"", "1:13", "又出现了英文双引号"},
		{"title = \"关于", "1:11", "没有配对"},
		{"title = 关于", "1:9", "值写法不对"},
		{"标题 = \"关于\"", "1:1", "键“标题”不能用汉字"},
		{"title = \"关于”", "1:12", "结尾的引号 ” 是中文引号"},
		{"title = \"关于” # 甲", "1:12", "结尾的引号"},
		{"tags = [\n  \"甲\",\n  \"乙”,\n]", "3:5", "结尾的引号"},
		{"title = \"关于“三会一课”的通知", "1:20", "没有配对"},
		{"day = 2026年11月3日", "1:7", "日期“2026年11月3日”的写法不对"},
		{"day = 2026/11/03 # 甲", "1:7", "日期“2026/11/03”的写法不对"},
		{"day = 2026-11-3", "1:7", "日期“2026-11-3”的写法不对"},
		{"days = [2026-11-03, 2026-11-3]", "1:21", "日期“2026-11-3”的写法不对"},
		{"day = ２０２６－１１－０３", "1:7", "日期“２０２６－１１－０３”的写法不对"},
		{"phone = 0357-0000000", "1:9", "没有加引号，又不是日期"},
		{"phone = 03570000000", "1:9", "以 0 开头"},
		{"open = 25:00", "1:8", "没有 25:00 这个时刻"},
		{"day = 2026-11-23T25:00", "1:7", "没有这个时刻"},
		{"seats = 5个", "1:10", "数字 5 的后面多了“个”"},
		{"seats = ５", "1:9", "全角的“５”"},
		{"draft = True", "1:9", "“True”这个值的写法不对"},
		{"draft = 是 # 甲", "1:9", "“是”这个值的写法不对"},
		{"title = \"C:\\党委\"", "1:12", "反斜杠"},
		{"title\u00a0= 1", "1:6", "特殊的空格"},
		{"+++\ntitle = 1", "1:1", "台账（.toml）里不用 +++"},
		{"只是说明", "1:1", "不是“键 = 值”"},
		{"title", "1:5", "没有等号"},
		{"a = 1　", "1:6", "全角空格"},
		{"a = [1, 2", "1:9", "数组没有写完"},
		{"a = { b = 1", "1:11", "花括号"},
		{"a = 1 b = 2", "1:7", "多余的内容"},
		{"【[branch]]", "1:1", "全角的“【”"},
		{"a = " + strings.Repeat("[", 20000), "", "套得太深"},
	} {
		_, diags, _ := parseText(t, c.text)
		if len(diags) != 1 || diags[0].Code != ruleSyntax.Code || !strings.Contains(diags[0].Message, c.says) ||
			c.place != "" && fmt.Sprintf("%d:%d", diags[0].Pos.Line, diags[0].Pos.Column) != c.place {
			t.Errorf("%.40q: got %v, want %s %s", c.text, diags, c.place, c.says)
		}
	}
}

type person struct {
	Name string `toml:"name,required" zh:"姓名"`
	Age  int    `toml:"age" zh:"年龄" check:"min=0,max=150"`
}

type color string

func (color) Options() []string { return []string{"红", "黄"} }

type sample struct {
	Title  string            `toml:"title,required" zh:"标题"`
	Share  float64           `toml:"share" zh:"占比" check:"min=0,max=100"`
	Day    calendar.Date     `toml:"day" zh:"日子"`
	Month  calendar.Month    `toml:"month" zh:"月份"`
	On     bool              `toml:"on" zh:"启用"`
	Color  color             `toml:"color" zh:"颜色"`
	Tags   []string          `toml:"tags" zh:"标签"`
	Days   []calendar.Date   `toml:"days" zh:"日子们"`
	Lead   person            `toml:"lead" zh:"负责人"`
	People []person          `toml:"people" zh:"人员"`
	Extra  map[string]string `toml:"extra" zh:"附加"`
}

func TestDecode(t *testing.T) {
	table, diags, _ := parseText(t, `title = "甲"
share = 94.48
day = 2026-02-28
month = "2026-11"
on = true
color = "红"
tags = ["一", "二"]
days = [2026-01-01, 2026-01-02]
lead.name = "乙"
extra = { a = "1" }
[[people]]
name = "丙"
age = 0x20
[[people]]
name = "丁"
`)
	var got sample
	bag := &diag.Bag{}
	if !Decode("a.toml", table, &got, bag) || len(diags) > 0 {
		t.Fatal(diags, bag.List())
	}
	day := func(d int) calendar.Date { return calendar.Date{Year: 2026, Month: 1, Day: d} }
	want := sample{"甲", 94.48, calendar.Date{Year: 2026, Month: 2, Day: 28}, calendar.Month{Year: 2026, Month: 11}, true, "红",
		[]string{"一", "二"}, []calendar.Date{day(1), day(2)}, person{Name: "乙"}, []person{{"丙", 32}, {"丁", 0}}, map[string]string{"a": "1"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestPlaces wants all findings of a file at once, each at its own place: in
// arrays of tables, inline tables and dotted keys.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"all at once", "titel = \"甲\"\nshare = 101\nday = 2026-02-30\non = \"是\"\ncolor = \"绿\"\n",
			[]string{"1:1 E0203", "2:9 E0207", "3:7 E0208", "4:6 E0204", "5:9 E0206"}},
		{"array of tables", "title = \"甲\"\n[[people]]\nname = \"乙\"\n[[people]]\nname = \"丙\"\nage = -1\n[[people]]\nage = 1\n",
			[]string{"6:7 E0207", "7:3 E0205"}},
		{"inline tables", "title = \"甲\"\npeople = [{ name = \"乙\", aeg = 1 }, { name = 3 }]\n",
			[]string{"2:25 E0203", "2:45 E0204"}},
		{"dotted keys", "title = \"甲\"\nlead.name = \"乙\"\nlead.age = 151\nlead.oops.deep = 1\n",
			[]string{"3:12 E0207", "4:6 E0203"}},
		{"Chinese columns", "title = \"甲\"\nlead = { name = \"乙丙丁\", 年 = 1 }", []string{"2:24 E0201"}},
		{"array elements", "title = \"甲\"\ntags = [\"一\", 2,\n  true]", []string{"2:14 E0204", "3:3 E0204"}},
		{"duplicate key", "title = \"甲\"\n[lead]\nname = \"乙\"\nname = \"丙\"", []string{"4:1 E0202"}},
		{"duplicate table", "title = \"甲\"\n[lead]\nname = \"乙\"\n[lead]\nage = 1", []string{"4:2 E0202"}},
		{"single instead of array", "title = \"甲\"\n[people]\nname = \"乙\"", []string{"2:2 E0204"}},
		{"month", "title = \"甲\"\nmonth = \"2026-13\"", []string{"2:9 E0209"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, diags, _ := parseText(t, c.text)
			bag := &diag.Bag{}
			bag.Append(diags)
			if !slices.Contains(codesOf(diags), "2:24 E0201") {
				Decode("a.toml", table, &sample{}, bag)
			}
			if got := codesOf(bag.List()); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v\n%v", got, c.want, bag.List())
			}
		})
	}
}

func TestPlacesWithMarkAndCRLF(t *testing.T) {
	table, diags, _ := parseText(t, "\uFEFFtitle = \"甲\"\r\n[lead]\r\nname = \"乙\"\r\nage = 200\r\n")
	bag := &diag.Bag{}
	bag.Append(diags)
	Decode("a.toml", table, &sample{}, bag)
	if got := codesOf(bag.List()); !slices.Equal(got, []string{"4:7 E0207"}) {
		t.Error(got)
	}
}

func TestOriginAt(t *testing.T) {
	table, _, _ := parseText(t, "title = \"甲\"\n[[people]]\nname = \"乙\"\n[[people]]\nage = 3\n")
	o := OriginOf("a.toml", table)
	for _, c := range []struct {
		path []any
		want string
	}{
		{[]any{"title"}, "a.toml:1:9"},
		{[]any{"people", 1, "age"}, "a.toml:5:7"},
		{[]any{"people", 1, "name"}, "a.toml:4:3"},
		{[]any{"people", 9, "name"}, "a.toml:2:3"},
		{[]any{"lead", "name"}, "a.toml:1:1"},
	} {
		if got := o.At(c.path...).String(); got != c.want {
			t.Errorf("%v: got %s, want %s", c.path, got, c.want)
		}
	}
}

// TestWhatIsMissingIsShownAsItMayBe wants in the hint a number that the field allows.
func TestWhatIsMissingIsShownAsItMayBe(t *testing.T) {
	table, _, _ := parseText(t, "")
	bag := &diag.Bag{}
	Decode("a.toml", table, &struct {
		Year  int `toml:"year,required" check:"min=2015,max=2100"`
		Count int `toml:"count,required" check:"min=0"`
		Least int `toml:"least,required" check:"min=3,max=9"`
	}{}, bag)
	var hints []string
	for _, d := range bag.List() {
		hints = append(hints, d.Hint)
	}
	if want := []string{"补上一行：count = 1", "补上一行：least = 3", "补上一行：year = 2026"}; !slices.Equal(hints, want) {
		t.Errorf("%q, want %q", hints, want)
	}
}
