package build_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// toyTeam and the init below are all that a new ledger needs.
type toyTeam struct {
	ledger.Record
	Name   string                      `toml:"name,required" zh:"名称"`
	Field  toyField                    `toml:"field" zh:"专业"`
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"党支部"`
	Others []ledger.Ref[toyTeam]       `toml:"others" zh:"协作"`
	People int                         `toml:"people" zh:"人数" check:"min=0"`
}

type toyField string

func (toyField) Options() []string { return []string{"医疗", "司法"} }

func init() {
	ledger.Declare(ledger.Ledger{Folder: "toys", Title: "服务队"},
		ledger.Rows[toyTeam]("team", "服务队").WithPage().Open().Posts("服务队", 120, "小区"),
	)
}

const toyRows = `[[team]]
id = "yiliao"
name = "医疗队"
field = "医疗"
branch = "dongjie"
people = 12

[[team]]
id = "sifa"
name = "司法队"
field = "司法"
branch = "dongjie"
others = ["yiliao"]
`

const toyBranch = "[[branch]]\nid = \"dongjie\"\nname = \"东街社区党委\"\nlevel = \"社区党委\"\n"

// TestToyLedger wants of a ledger that is only declared: a list page, a page
// for each row, strict decoding, checked references, open data, the shortcode.
func TestToyLedger(t *testing.T) {
	in := files{"content/toys/a.toml": toyRows, "content/branches/a.toml": toyBranch,
		"content/about.md": "+++\ntitle = \"关于\"\n+++\n{{ table ledger=\"toys\" columns=\"name,branch\" }}\n\n[医疗队](/toys/yiliao/)\n"}
	tree, r := buildSite(t, in, build.Options{})
	if len(r.Diags) > 0 {
		t.Fatal(r.Diags)
	}
	for p, texts := range map[string][]string{
		"toys/index.html":             {"服务队", "医疗队", "东街社区党委", "人数"},
		"toys/sifa/index.html":        {"司法队", "协作", "医疗队"},
		"about/index.html":            {"医疗队", "东街社区党委"},
		"data/toys-team.csv":          {"编号,名称,专业,党支部,协作,人数\r\n", "sifa,司法队,司法,东街社区党委,医疗队,\r\n"},
		"data/toys-team.json":         {`"name":"医疗队"`},
		"sitemap/index.html":          {"医疗队"},
		"branches/dongjie/index.html": {"东街社区党委"},
	} {
		for _, text := range texts {
			if !strings.Contains(tree[p], text) {
				t.Errorf("%s lacks %q", p, text)
			}
		}
	}
}

func TestToyLedgerIsChecked(t *testing.T) {
	in := files{"content/branches/a.toml": toyBranch, "content/toys/a.toml": toyRows +
		"\n[[team]]\nid = \"san\"\nnme = \"三\"\nfield = \"医药\"\nbranch = \"dongije\"\nothers = [\"sifa\", \"yilao\"]\npeople = -1\n\n[[team]]\nid = \"sifa\"\nname = \"又一个\"\n\n[[team]]\nname = \"没有编号\"\n"}
	_, r := buildSite(t, in, build.Options{})
	var got []string
	for _, d := range r.Diags {
		got = append(got, fmt.Sprintf("%s %s", d.Pos, d.Code))
	}
	// The name that row 15 lacks is the key that was mistyped in it.
	want := []string{"content/toys/a.toml:17:1 E0203", "content/toys/a.toml:18:9 E0206",
		"content/toys/a.toml:19:10 E0302", "content/toys/a.toml:20:19 E0302", "content/toys/a.toml:21:10 E0207", "content/toys/a.toml:24:6 E0301", "content/toys/a.toml:27:3 E0205"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestToyLedgerHangsOnWalls wants of a ledger that says it posts something: a
// sheet on the wall of a station, on as many boxes as it takes, each with the
// heads of the table, and none for a wall of another level.
func TestToyLedgerHangsOnWalls(t *testing.T) {
	station := func(id, level string) string {
		return fmt.Sprintf("[[station]]\nid = %q\nname = \"驿站%s\"\nlevel = %q\nstatus = \"开放\"\naddress = \"示例路 1 号\"\nphone = \"0357-0000000\"\n", id, id, level)
	}
	rows := toyRows
	for i := range 200 {
		rows += fmt.Sprintf("\n[[team]]\nid = \"t%d\"\nname = \"第%d志愿服务队\"\nfield = \"司法\"\npeople = %d\n", i, i, i)
	}
	in := files{"content/toys/a.toml": rows, "content/branches/a.toml": toyBranch, "content/stations/a.toml": station("xiaoqu", "小区") + station("shequ", "社区")}
	tree, r := buildSite(t, in, build.Options{})
	if r.Diags.HasErrors() {
		t.Fatal(r.Diags)
	}
	sheet := tree["sheets/boards/toys/team.html"]
	boxes, heads := strings.Count(sheet, "<article"), strings.Count(sheet, "<thead>")
	if boxes < 3 || heads != boxes || !strings.Contains(sheet, fmt.Sprintf("第 %d 张，共 %d 张", boxes, boxes)) {
		t.Errorf("%d boxes, %d heads", boxes, heads)
	}
	for i := range 200 {
		if n := strings.Count(sheet, fmt.Sprintf("第%d志愿服务队", i)); n != 1 {
			t.Errorf("row %d is there %d times", i, n)
		}
	}
	if !strings.Contains(tree["screens/xiaoqu/index.html"], "第199志愿服务队") || strings.Contains(tree["screens/shequ/index.html"], "志愿服务队") {
		t.Error("on the wrong walls")
	}
}

// The toys of the four shapes: each is all that a ledger of its shape needs.
type (
	toyLoan struct {
		ledger.Record
		Name string        `toml:"name,required" zh:"名称"`
		From calendar.Date `toml:"from" zh:"从哪天起"`
		To   calendar.Date `toml:"to" zh:"到哪天止"`
	}
	toyFair struct {
		ledger.Record
		Name   string                      `toml:"name,required" zh:"名称"`
		Date   calendar.Date               `toml:"date,required" zh:"日期"`
		Host   ledger.Ref[branches.Branch] `toml:"host" zh:"承办"`
		People int                         `toml:"people" zh:"人次"`
	}
	toyRepair struct {
		ledger.Record
		Name  string        `toml:"name,required" zh:"名称"`
		Found calendar.Date `toml:"found,required" zh:"发现"`
		Due   calendar.Date `toml:"due" zh:"期限"`
		Done  calendar.Date `toml:"done" zh:"修好"`
	}
	toyCount struct {
		ledger.Record
		Branch ledger.Ref[branches.Branch] `toml:"branch,required" zh:"党组织"`
		N      int                         `toml:"n,required" zh:"人数"`
	}
)

var (
	ruleToySpan  = diag.Define(diag.Rule{Code: "E9911", Name: "到期还列着", Severity: diag.Warning, Why: "原因", Mend: "改法"})
	ruleToyHeld  = diag.Define(diag.Rule{Code: "E9912", Name: "没有结果", Severity: diag.Warning, Why: "原因", Mend: "改法"})
	ruleToyOrder = diag.Define(diag.Rule{Code: "E9913", Name: "日子倒了", Severity: diag.Error, Why: "原因", Mend: "改法"})
	ruleToyLate  = diag.Define(diag.Rule{Code: "E9914", Name: "逾期", Severity: diag.Warning, Why: "原因", Mend: "改法"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "shapes", Title: "四种"},
		ledger.Rows[toyLoan]("loan", "能借的").Open().AsList(ruleToySpan, func(l *toyLoan, _ *ledger.Book) ledger.Lasts {
			return ledger.Lasts{Title: l.Name, From: l.From, To: l.To, ToKey: "to"}
		}),
		ledger.Rows[toyFair]("fair", "集市").Open().Posts("集市预告", 130, "小区").AsEvent(ruleToyHeld, func(f *toyFair, b *ledger.Book) ledger.Event {
			return ledger.Event{Title: f.Name, Day: f.Date, Of: []ledger.Entry{f.Host.Entry(b)}, Done: f.People > 0}
		}),
		ledger.Rows[toyRepair]("repair", "修理").Open().AsMatter(ruleToyOrder, ruleToyLate, func(r *toyRepair, _ *ledger.Book) ledger.Matter {
			return ledger.Matter{Title: r.Name, Due: r.Due, DueAt: "due", Steps: []ledger.Step{{Name: "发现", Key: "found", Day: r.Found}, {Name: "修好", Key: "done", Day: r.Done}}}
		}),
		ledger.Rows[toyCount]("count", "人数").Inside(ledger.UnitOnly).AsGrid("各处人数", "党组织", "人", true, func(c *toyCount, b *ledger.Book) []ledger.Count {
			return []ledger.Count{{Of: c.Branch.Entry(b), Column: "人数", N: c.N}}
		}),
	)
}

// TestShapes wants of a kind that declares its shape, and no more: states, groups in
// their order, sums without small counts, open data, a sheet, a calendar, turns, the
// rules of the shape and what falls due.
func TestShapes(t *testing.T) {
	in := files{"content/branches/a.toml": toyBranch + "[[branch]]\nid = \"a\"\nname = \"甲党支部\"\nlevel = \"单位党支部\"\n[[branch]]\nid = \"b\"\nname = \"乙党支部\"\nlevel = \"单位党支部\"\n[[branch]]\nid = \"c\"\nname = \"丙党支部\"\nlevel = \"单位党支部\"\nscope = \"unit\"\n",
		"content/stations/a.toml": "[[station]]\nid = \"s\"\nname = \"驿站\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"示例路 1 号\"\nphone = \"0357-0000000\"\n",
		"content/shapes/a.toml": "[[loan]]\nname = \"梯子\"\nto = 2026-12-31\n[[loan]]\nname = \"水泵\"\nto = 2026-11-01\n" +
			"[[fair]]\nname = \"春市\"\ndate = 2026-11-02\n[[fair]]\nname = \"冬市\"\ndate = 2026-12-05\nhost = \"dongjie\"\n[[fair]]\nname = \"秋市\"\ndate = 2026-07-01\npeople = 9\n" +
			"[[repair]]\nname = \"路灯\"\nfound = 2026-11-01\ndue = 2026-12-01\n[[repair]]\nname = \"水管\"\nfound = 2026-10-01\ndue = 2026-10-20\n[[repair]]\nname = \"门锁\"\nfound = 2026-10-01\ndone = 2026-10-05\n" +
			"[[count]]\nbranch = \"dongjie\"\nn = 2\n[[count]]\nbranch = \"a\"\nn = 40\n[[count]]\nbranch = \"b\"\nn = 7\n[[count]]\nbranch = \"c\"\nn = 30\n"}
	tree, r := buildSite(t, in, build.Options{Today: calendar.Date{Year: 2026, Month: 11, Day: 23}})
	var got []string
	for _, d := range r.Diags {
		if strings.HasPrefix(d.Pos.File, "content/shapes/") {
			got = append(got, fmt.Sprintf("%s %s", d.Pos, d.Code))
		}
	}
	if want := []string{"content/shapes/a.toml:6:6 E9911", "content/shapes/a.toml:9:8 E9912", "content/shapes/a.toml:25:7 E9914"}; !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	page := tree["shapes/index.html"]
	at := -1
	for _, text := range []string{"能借的", "梯子", "水泵", "已结束", "集市", "2026年第4季度", "冬市", "计划", "春市", "待补结果", "2026年第3季度", "秋市", "修理", "逾期", "水管", "在办", "路灯", "办结", "门锁", "各处人数", "少于3", "不单列", "其他"} {
		next := strings.Index(page[at+1:], text)
		if next < 0 {
			t.Errorf("the page lacks %q, or shows it before what should stand above", text)
			continue
		}
		at += 1 + next
	}
	for p, texts := range map[string][]string{
		"data/shapes-repair.csv":         {"名称,发现,期限,修好,状态\r\n", "水管,2026-10-01,2026-10-20,,逾期\r\n"},
		"calendars/all.ics":              {"SUMMARY:冬市"},
		"calendars/branches/dongjie.ics": {"SUMMARY:冬市"},
		"sheets/boards/shapes/fair.html": {"冬市", "计划"},
	} {
		for _, text := range texts {
			if !strings.Contains(tree[p], text) {
				t.Errorf("%s lacks %q", p, text)
			}
		}
	}
	if _, shown := tree["data/shapes-count.csv"]; shown || strings.Contains(page, "丙党支部") || strings.Contains(tree["sheets/boards/shapes/fair.html"], "秋市") || strings.Contains(tree["calendars/branches/dongjie.ics"], "春市") {
		t.Error("what should not be shown is")
	}
	if r.Next.Date.String() != "2026-12-02" {
		t.Errorf("the next turn is %v", r.Next)
	}
}
