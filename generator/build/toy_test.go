package build_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"biandan/generator/build"
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
	ledger.Declare(ledger.Ledger{Folder: "toys", Title: "服务队", Kinds: []ledger.Kind{
		ledger.Rows[toyTeam]("team", "服务队").WithPage().Open().Posts("服务队", 120, "小区"),
	}})
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
	sheet := tree["sheets/boards/toys/team/index.html"]
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
