package scaffold_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	_ "biandan/generator/ledgers" // all of them
	"biandan/generator/ledgers/branches"
	"biandan/generator/markup"
	"biandan/generator/scaffold"
	"biandan/generator/source"
	"biandan/themes"
)

// toy is a ledger that is only declared, with a field of every type.
type toy struct {
	ledger.Record
	Name    string                      `toml:"name,required" zh:"名称"`
	Kind    toyKind                     `toml:"kind,required" zh:"种类"`
	Kinds   []toyKind                   `toml:"kinds" zh:"种类"`
	Branch  ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党组织"`
	Others  []ledger.Ref[toy]           `toml:"others" zh:"协作"`
	Day     calendar.Date               `toml:"day,required" zh:"日子"`
	Days    []calendar.Date             `toml:"days" zh:"日子"`
	Share   float64                     `toml:"share" zh:"占比" check:"max=0.5"`
	Hours   string                      `toml:"hours,required" zh:"时间" check:"hours"`
	Color   string                      `toml:"color" zh:"颜色" check:"color"`
	Site    string                      `toml:"site" zh:"网址" check:"url"`
	Done    bool                        `toml:"done" zh:"完成"`
	Place   toyPlace                    `toml:"place,required" zh:"地方"`
	Visits  []toyPlace                  `toml:"visits" zh:"去过"`
	Numbers []int                       `toml:"numbers" zh:"号码"`
}

type toyKind string

func (toyKind) Options() []string { return []string{"医疗", "司法"} }

type toyPlace struct {
	Room  string     `toml:"room,required" zh:"房间"`
	Inner []toyInner `toml:"inner" zh:"里面"`
}

type toyInner struct {
	Seats int `toml:"seats,required" zh:"座位" check:"min=3"`
}

func init() {
	ledger.Declare(ledger.Ledger{Folder: "toys", Title: "玩具"}, ledger.Rows[toy]("toy", "玩具").WithPage().Open())
}

var day = calendar.Date{Year: 2026, Month: 11, Day: 23}

func create(t *testing.T, r scaffold.Request) scaffold.File {
	t.Helper()
	r.Date = day
	f, err := scaffold.New(r)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return f
}

var comment = regexp.MustCompile(`(?m)^# (\[?\[?[a-z][a-z0-9_.]*(\]|  ?= ?| ?= ))`)

// filled returns an archetype with something else for its samples.
func filled(text string) string {
	text = regexp.MustCompile(`"（[^"]*）"`).ReplaceAllString(text, `"甲"`)
	return regexp.MustCompile(`(?m)^（.*）$`).ReplaceAllString(text, "正文")
}

// TestArchetypesDecode wants every archetype to be free of findings, but for the
// samples: as it is, and with everything optional written out.
func TestArchetypesDecode(t *testing.T) {
	for _, k := range scaffold.Kinds() {
		for _, name := range append([]string{k.Name, k.Title}, k.Forms...) {
			f := create(t, scaffold.Request{Kind: name, Title: `示例 "2026" \ 第一`})
			records := 1
			if k.Name == "service" {
				records = 2 // with its duty
			}
			full := comment.ReplaceAllString(string(f.Data), "$1")
			if full == string(f.Data) {
				t.Errorf("%s: nothing optional", name)
			}
			for _, text := range []string{string(f.Data), full} {
				bag := &diag.Bag{}
				s, _ := source.NewText(f.Path, []byte(filled(text)), bag)
				file := ledger.ParseFile(s, markup.NewParser())
				if l := append(bag.List(), file.Diags...); len(l) > 0 || len(file.Entries) != records {
					t.Errorf("%s: %d records, %v\n%s", name, len(file.Entries), l, text)
				}
			}
		}
	}
}

func TestArchetypeOfALedgerThatIsOnlyDeclared(t *testing.T) {
	f := create(t, scaffold.Request{Kind: "toys", Title: "积木"})
	if f.Path != "content/toys/toy-ji-mu.toml" {
		t.Error(f.Path)
	}
	for _, line := range []string{
		`id = "ji-mu"  # 编号：别处用它来引用这一条，定了就不要改`,
		`name = "积木"  # 名称（必填）`,
		`kind = "医疗"  # 种类（必填），可写：医疗、司法`,
		`branch = "（编号）"  # 党组织（必填）：写党组织的编号，见 content/branches/`,
		`# share = 0.5  # 占比`,
		`[toy.place]  # 地方（必填）`,
		`# [[toy.place.inner]]  # 里面：一条一段，可以有多段`,
	} {
		if !strings.Contains(string(f.Data), "\n"+line+"\n") {
			t.Errorf("no line %s in\n%s", line, f.Data)
		}
	}
}

func TestPath(t *testing.T) {
	december := calendar.Month{Year: 2026, Month: 12}
	for _, c := range []struct {
		r    scaffold.Request
		path string
	}{
		{scaffold.Request{Kind: "公示", Title: "关于供暖的公示"}, "content/notices/2026-11-23-gong-nuan.md"},
		{scaffold.Request{Kind: "notice", Title: "2026 年第四批发展对象"}, "content/notices/2026-11-23-di-si-pi-fa-zhan-dui-xiang.md"},
		{scaffold.Request{Kind: "动态", Title: "供暖", Slug: "nuan"}, "content/news/2026-11-23-nuan.md"},
		{scaffold.Request{Kind: "页面", Title: "停车办法"}, "content/ting-che-ban-fa.md"},
		{scaffold.Request{Kind: "栏目", Title: "专栏"}, "content/zhuan-lan/_index.md"},
		{scaffold.Request{Kind: "month", Title: "十二月", Month: december}, "content/months/2026-12.md"},
		{scaffold.Request{Kind: "月主题", Title: "十一月"}, "content/months/2026-11.md"},
		{scaffold.Request{Kind: "驿站", Title: "和苑小区驿站"}, "content/stations/station-he-yuan-xiao-qu-yi-zhan.toml"},
		{scaffold.Request{Kind: "duty"}, "content/services/duty.toml"},
	} {
		if f := create(t, c.r); f.Path != c.path {
			t.Errorf("%+v: %s, want %s", c.r, f.Path, c.path)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		r             scaffold.Request
		message, hint string
	}{
		{scaffold.Request{Kind: "notcie", Title: "甲"}, "没有“notcie”这一种", "是不是想写“notice”？"},
		{scaffold.Request{Kind: "公式", Title: "甲"}, "没有“公式”这一种", "可以写："},
		{scaffold.Request{Kind: "", Title: "甲"}, "没有“”这一种", "可以写："},
		{scaffold.Request{Kind: "公示", Title: " "}, "没有写标题", "引号"},
		{scaffold.Request{Kind: "公示", Title: "甲\n乙"}, "不能显示", "一行"},
		{scaffold.Request{Kind: "公示", Title: "！"}, "取不出文件名", "--slug"},
		{scaffold.Request{Kind: "公示", Title: "甲", Slug: "../x"}, "不能用在网址里", "--slug"},
		{scaffold.Request{Kind: "公示", Title: "甲", Slug: "Con"}, "不能用在网址里", "--slug"},
		{scaffold.Request{Kind: "公示", Title: "甲", Slug: "con"}, "Windows 保留的名字", "--slug"},
		{scaffold.Request{Kind: "公示", Title: "甲", Month: day.YearMonth()}, "只有月主题", "--month"},
	} {
		_, err := scaffold.New(c.r)
		m, _ := err.(scaffold.Mistake)
		if !strings.Contains(m.Message, c.message) || !strings.Contains(m.Hint, c.hint) {
			t.Errorf("%+v: %q %q", c.r, m.Message, m.Hint)
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"关于 2026 年第四批发展对象的公示":         "2026-nian-di-si-pi-fa-zhan-dui-xiang",
		"关于四点半课堂冬季作息的通知":              "si-dian-ban-ke-tang-dong-ji-zuo-xi",
		"供暖第五天，登记的九十三户修好八十六户":         "gong-nuan-di-wu-tian-deng-ji-de-jiu-shi",
		"ＡＢ岗 v2.0（试行）":                "ab-gang-v2-0-shi-xing",
		"妇女儿童":                        "fu-nv-er-tong",
		strings.Repeat("a", 60) + "乙": strings.Repeat("a", 40),
		"！？":                          "",
		"😀👍":                          "",
	} {
		if got := scaffold.Slug(title); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}

// siteOn returns the starter site of a day as a file system.
func siteOn(t *testing.T, d calendar.Date) fstest.MapFS {
	t.Helper()
	files, err := scaffold.Site(d)
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{}
	for _, f := range files {
		m[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	return m
}

func buildOn(t *testing.T, m fstest.MapFS, d calendar.Date) (dir string, r *build.Report) {
	t.Helper()
	dir = t.TempDir()
	bag := &diag.Bag{}
	r, err := build.Run(context.Background(), source.Take(m, bag), build.Options{Today: d, Themes: themes.FS}, bag.List(), dir, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir, r
}

// hasFinding reports findings but for the one in December that the next year's days
// off are missing, which nobody can know before.
func hasFinding(r *build.Report) bool {
	return slices.ContainsFunc(r.Diags, func(d diag.Diagnostic) bool { return d.Code != "E1704" })
}

// TestSiteBuildsOnAnyDay wants no finding on the day of init, and none a year later.
func TestSiteBuildsOnAnyDay(t *testing.T) {
	days := []calendar.Date{{Year: 2026, Month: 12, Day: 17}, {Year: 2026, Month: 12, Day: 31}, {Year: 2031, Month: 2, Day: 28}}
	for m := (calendar.Month{Year: 2026, Month: 1}); m.Year < 2027; m = m.Add(1) {
		days = append(days, m.Last().AddDays(-int(m.Month)))
	}
	for _, d := range days {
		if _, r := buildOn(t, siteOn(t, d), d); hasFinding(r) {
			t.Errorf("%s: %v", d, r.Diags)
		}
	}
	if _, r := buildOn(t, siteOn(t, day), day.AddDays(400)); hasFinding(r) {
		t.Errorf("a year later: %v", r.Diags)
	}
}

func TestSiteIsOfItsDay(t *testing.T) {
	d := calendar.Date{Year: 2026, Month: 3, Day: 2}
	m := siteOn(t, d)
	for _, p := range []string{"content/months/2026-03.md", "content/news/2026-03-02-wang-zhan-kai-tong.md", ".gitignore", "content/_index.md"} {
		if m[p] == nil {
			t.Errorf("no %s", p)
		}
	}
	dir, _ := buildOn(t, m, d)
	home, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"关于发展对象的公示（示例）", "邻里相助（示例）", "网站开通（示例）", "示例小区红扁担驿站"} {
		if !strings.Contains(string(home), text) {
			t.Errorf("the home page lacks %s", text)
		}
	}
}

// TestSiteShowsEverySetting wants the starter's site.toml to have each setting
// that a build knows.
func TestSiteShowsEverySetting(t *testing.T) {
	text := string(siteOn(t, day)["site.toml"].Data)
	for _, f := range datafile.FieldsOf(reflect.TypeFor[config.Config]()).List {
		if !regexp.MustCompile(`(?m)^(# )?(` + f.Key + ` = .*  # |\[+` + f.Key + `[].])`).MatchString(text) {
			t.Errorf("site.toml does not explain %s", f.Key)
		}
	}
}

// TestSiteHasOnlySampleData wants no telephone that could ring.
func TestSiteHasOnlySampleData(t *testing.T) {
	m := siteOn(t, day)
	phone := regexp.MustCompile(`0\d{2,3}-\d{7,8}|1[3-9]\d{9}`)
	fs.WalkDir(m, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		for _, n := range phone.FindAllString(string(m[p].Data), -1) {
			if n != "0357-0000000" {
				t.Errorf("%s: %s", p, n)
			}
		}
		return nil
	})
}

// TestGongshiBuilds wants a new 公示, no longer a draft, to build in the starter
// site: only its placeholders are left to replace.
func TestGongshiBuilds(t *testing.T) {
	m := siteOn(t, day)
	f := create(t, scaffold.Request{Kind: "公示", Title: "关于文明楼栋的公示"})
	_, rest, _ := strings.Cut(string(f.Data), "\ndraft")
	_, rest, _ = strings.Cut(rest, "\n")
	m[f.Path] = &fstest.MapFile{Data: []byte(filled(string(f.Data)[:strings.Index(string(f.Data), "draft")] + rest))}
	dir, r := buildOn(t, m, day)
	if len(r.Diags) > 0 {
		t.Fatal(r.Diags)
	}
	page := filepath.Join(dir, "notices", "2026-11-23-wen-ming-lou-dong", "index.html")
	if data, err := os.ReadFile(page); err != nil || !strings.Contains(string(data), "2026年11月27日") {
		t.Error(err, fmt.Sprintf("%.300s", data))
	}
}
