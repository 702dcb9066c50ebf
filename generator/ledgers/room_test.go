package ledgers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	_ "biandan/generator/ledgers/testdata/clubs/pages" // the line in the list
	"biandan/generator/source"
	"biandan/themes"
)

// TestNewRoom builds a site with a ledger that has its own page, its own sheet on
// boards and a figure, and is known to nobody: its folder, its layouts and one line
// in a list are all that it takes.
func TestNewRoom(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.toml":                   "title = \"县门户\"\ncounty = \"县\"\npublisher = \"县委组织部\"\nphone = \"0357-0000000\"\ntheme = \"mine\"\nlinks = \"absolute\"\n[paper]\nclubs = \"A3\"\n",
		"themes/mine/theme.toml":      "name = \"mine\"\n",
		"content/_index.md":           "+++\ntitle = \"首页\"\n+++\n",
		"content/programme/zhendi.md": "+++\ntitle = \"阵地\"\nno = 1\nfigure = \"社团成员\"\n+++\n正文\n",
		"content/branches/a.toml":     "[[branch]]\nid = \"dongjie\"\nname = \"东街社区党委\"\nlevel = \"社区党委\"\n",
		"content/stations/a.toml": "[[station]]\nid = \"xiaoqu\"\nname = \"小区驿站\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"示例路 1 号\"\nphone = \"0357-0000000\"\n" +
			"[[station]]\nid = \"shequ\"\nname = \"社区中心\"\nlevel = \"社区\"\nstatus = \"开放\"\naddress = \"示例路 2 号\"\nphone = \"0357-0000000\"\n",
		"content/clubs/a.toml": "[[club]]\nid = \"heying\"\nname = \"合影社\"\nbranch = \"dongjie\"\npeople = 12\n[[club]]\nid = \"qi\"\nname = \"棋社\"\npeople = 30\nscope = \"party\"\n[[club]]\nid = \"kong\"\nname = \"空社\"\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, name := range []string{"clubs.html", "sheet-clubs.html"} {
		data, err := os.ReadFile(filepath.Join("testdata", "clubs", "layouts", name))
		if err != nil {
			t.Fatal(err)
		}
		files["themes/mine/layouts/clubs/"+name] = &fstest.MapFile{Data: data}
	}
	bag := &diag.Bag{}
	session := build.NewSession(t.TempDir(), [16]byte{})
	defer session.Close()
	tree, r := session.Build(t.Context(), source.Take(files, bag), build.Options{Themes: themes.FS, AsOf: calendar.Date{Year: 2026, Month: 11, Day: 23}}, bag.List(), nil)
	if tree == nil {
		t.Fatal(r.Diags)
	}
	for p, texts := range map[string][]string{
		"clubs/index.html":            {`<ul class="clubs">`, `<a href="/clubs/heying/">合影社</a>，东街社区党委，12 人`},
		"clubs/heying/index.html":     {"合影社", "东街社区党委"},
		"sheets/clubs.html":           {"2 个社团", "合影社", "@page{size:297mm 420mm"},
		"boards/xiaoqu/index.html":    {"社团招新", "A3"},
		"screens/xiaoqu/index.html":   {"k-sheet-clubs", "合影社"},
		"programme/zhendi/index.html": {"42", "社团成员"},
		"index.html":                  {"42", "社团成员"},
		"data/clubs-club.csv":         {"合影社", "空社"},
	} {
		page, _, ok := tree.File(p)
		if !ok {
			t.Errorf("%s is not there", p)
		}
		for _, text := range texts {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s lacks %q", p, text)
			}
		}
	}
	for _, p := range []string{"clubs/index.html", "sheets/clubs.html", "screens/xiaoqu/index.html", "data/clubs-club.csv"} {
		if page, _, _ := tree.File(p); strings.Contains(string(page), "棋社") {
			t.Errorf("%s shows a club that is not public", p)
		}
	}
	if page, _, _ := tree.File("screens/shequ/index.html"); strings.Contains(string(page), "社团") {
		t.Error("it hangs on a wall of another level")
	}
	found := false
	for _, d := range r.Diags {
		found = found || d.Code == "E9901" && strings.Contains(d.Message, "空社") && d.Pos.Line == 13
	}
	if !found {
		t.Errorf("its rule is not kept: %v", r.Diags)
	}
}
