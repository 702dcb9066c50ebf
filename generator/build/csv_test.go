package build_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"biandan/generator/build"
)

// TestTableOfASpreadsheetEqualsTOML: what a spreadsheet program saved, in the encoding of
// a Chinese Windows, with Chinese headings and its own way of dates, makes the same site
// as the TOML file; and a finding names the cell.
func TestTableOfASpreadsheetEqualsTOML(t *testing.T) {
	branches := "[[branch]]\nid = \"z\"\nname = \"甲党支部\"\nlevel = \"单位党支部\"\nclass = \"机关\"\nmembers = 9\n[[branch]]\nid = \"y\"\nname = \"乙党支部\"\nlevel = \"单位党支部\"\nclass = \"机关\"\nmembers = 5\n"
	rows := "[[report]]\nbranch = \"z\"\nyear = 2026\nassembly = [1, 0, 2]\nlecture = [0, 1]\ntheme_day = [2026-01-05, 2026-02-10]\ndue = [1200, 9]\ncame = [8, 9]\n" +
		"[[report]]\nbranch = \"y\"\nyear = 2026\nassembly = [2]\n"
	sheet := "党支部,年份,党员大会1月,党员大会2月,党员大会3月,党课1月,党课2月,主题党日1月,主题党日2月,应到（人次）1月,应到（人次）2月,实到（人次）1月,实到（人次）2月\r\n" +
		"z,2026,1,0,2,0,1,2026/1/5,2026年2月10日,\"1,200\",9,8,9\r\n,,,\r\ny,2026,2\r\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(sheet)
	if err != nil {
		t.Fatal(err)
	}
	options := build.Options{}
	site := func(file, text string) (map[string]string, []string) {
		tree, r := buildSite(t, files{"content/branches/a.toml": branches, file: text, "content/life/_index.md": "+++\ntitle = \"组织生活\"\n+++\n正文\n"}, options)
		var codes []string
		for _, d := range r.Diags {
			if strings.HasPrefix(d.Pos.File, "content/life/") {
				codes = append(codes, d.Code+" "+d.Pos.String()+" "+d.Message)
			}
		}
		return tree, codes
	}
	_, fromTOML := site("content/life/2026.toml", rows)
	for name, text := range map[string]string{"GBK": gbk, "UTF-8": sheet, "UTF-8 with BOM": "\uFEFF" + sheet, "keys": strings.NewReplacer("党支部", "branch", "年份", "year", "党员大会", "assembly", "党课", "lecture").Replace(sheet)} {
		_, fromCSV := site("content/life/2026.csv", text)
		if len(fromCSV) != len(fromTOML) || len(fromCSV) == 0 {
			t.Errorf("%s: %d findings\n%s\nTOML: %d\n%s", name, len(fromCSV), strings.Join(fromCSV, "\n"), len(fromTOML), strings.Join(fromTOML, "\n"))
		}
	}
	// Without what is wrong in it, both make the same files.
	fine := strings.NewReplacer("1200", "9")
	trees := []map[string]string{}
	for file, text := range map[string]string{"content/life/2026.toml": fine.Replace(rows), "content/life/2026.csv": strings.Replace(sheet, "\"1,200\"", "9", 1)} {
		tree, found := site(file, text)
		if len(tree) == 0 {
			t.Fatal(file, found)
		}
		trees = append(trees, tree)
	}
	if !maps.Equal(trees[0], trees[1]) {
		t.Errorf("the sites differ: %v, %v", slices.Sorted(maps.Keys(trees[0])), slices.Sorted(maps.Keys(trees[1])))
	}
}
