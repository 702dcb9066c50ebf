package build_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/themes"
)

// rowsIn are the rows of a kind in the files of a ledger, read by another parser.
func rowsIn(t *testing.T, folder, key string) (rows []map[string]any) {
	t.Helper()
	names, err := filepath.Glob("../../content/" + folder + "/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatal(folder, err)
	}
	for _, name := range names {
		var file map[string][]map[string]any
		if _, err := toml.DecodeFile(name, &file); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, file[key]...)
	}
	return rows
}

func having(rows []map[string]any, key string, values ...any) (list []map[string]any) {
	for _, r := range rows {
		for _, v := range values {
			if fmt.Sprint(r[key]) == fmt.Sprint(v) {
				list = append(list, r)
			}
		}
	}
	return list
}

func sum(rows []map[string]any, keys ...string) (n float64) {
	for _, r := range rows {
		for _, key := range keys {
			if v, ok := r[key].(int64); ok {
				n += float64(v)
			}
		}
	}
	return n
}

// inner gathers the tables of a list in each row.
func inner(rows []map[string]any, key string) (list []map[string]any) {
	for _, r := range rows {
		all, _ := r[key].([]map[string]any)
		if all == nil {
			for _, x := range r[key].([]any) {
				all = append(all, x.(map[string]any))
			}
		}
		list = append(list, all...)
	}
	return list
}

// since keeps the rows of a year and later; the year stands at the beginning of a value.
func since(rows []map[string]any, key, year string) (list []map[string]any) {
	for _, r := range rows {
		if fmt.Sprint(r[key]) >= year {
			list = append(list, r)
		}
	}
	return list
}

// TestFiguresOfTheArticle counts each figure of the article in the files of the
// demonstration, by itself, and wants the site to tell the same, and what was published.
func TestFiguresOfTheArticle(t *testing.T) {
	bag := &diag.Bag{}
	s, r := build.Plan(t.Context(), source.Take(os.DirFS("../.."), bag), build.Options{Themes: themes.FS}, bag.List())
	if s == nil {
		t.Fatal(r.Diags)
	}
	share := func(part, whole float64) float64 { return math.Round(10000*part/whole) / 100 }
	coverage := since(rowsIn(t, "organisation", "coverage"), "as_of", "2026-0")
	last := ""
	for _, c := range coverage {
		last = max(last, fmt.Sprint(c["as_of"]))
	}
	coverage = having(coverage, "as_of", last)
	reform, open := rowsIn(t, "organisation", "reform"), having(rowsIn(t, "stations", "station"), "status", "开放")
	care, stars := since(rowsIn(t, "care", "care"), "quarter", "2025"), having(rowsIn(t, "stars", "result"), "year", 2025)
	for _, c := range []struct {
		figure    ledger.FigureName
		counted   float64
		published string
	}{
		{"社区党委", float64(len(having(rowsIn(t, "branches", "branch"), "level", "社区党委"))), "2"},
		{"小区党支部", float64(len(having(rowsIn(t, "branches", "branch"), "level", "小区党支部"))), "30"},
		{"委员单位", float64(len(rowsIn(t, "branches", "seat"))), "63"},
		{"报到党员", sum(inner(rowsIn(t, "checkins", "checkin"), "to"), "n"), "2400余"},
		{"服务类别", float64(len(rowsIn(t, "services", "category"))), "11"},
		{"服务事项", float64(len(rowsIn(t, "services", "service"))), "50余"},
		{"驿站功能", float64(len(rowsIn(t, "stations", "function"))), "10"},
		{"涉改单位党组织减少", share(sum(reform, "before")-sum(reform, "after"), sum(reform, "before")), "28"},
		{"两新组织覆盖率", share(sum(coverage, "alone", "joint"), sum(coverage, "total")), "94.48"},
		{"党务干部", sum(rowsIn(t, "tasks", "staff"), "n"), "56"},
		{"走访慰问", sum(having(care, "kind", "走访慰问"), "people"), "54"},
		{"生活帮扶", sum(having(care, "kind", "生活帮扶", "政治生日"), "people"), "1500余"},
		{"两优一先个人", sum(having(having(since(rowsIn(t, "care", "honour"), "year", "2025"), "level", "县"), "name", "优秀共产党员", "优秀党务工作者"), "n"), "53"},
		{"发展党员", sum(inner(having(since(rowsIn(t, "education", "batch"), "year", "2021"), "stage", "接收预备党员"), "rows"), "n"), "132"},
		{"考核指标", float64(len(rowsIn(t, "stars", "indicator"))), "46"},
		{"三星以上占比", share(float64(len(having(stars, "star", 3, 4, 5))), float64(len(stars))), "96"},
		{"四星以上占比", share(float64(len(having(stars, "star", 4, 5))), float64(len(stars))), "51"},
		{"五星占比", share(float64(len(having(stars, "star", 5))), float64(len(stars))), "30"},
	} {
		n := c.figure.In(s.Model.Book)
		if n.Value != ledger.Decimal(c.counted) {
			t.Errorf("%s: the site says %s, the files %v", c.figure, n.Value, c.counted)
		}
		told := ""
		for _, claim := range having(rowsIn(t, "figures", "claim"), "figure", c.figure) {
			word, _ := claim["approx"].(string)
			told = strings.TrimSuffix(fmt.Sprint(claim["n"]), ".0") + word
		}
		if told != c.published {
			t.Errorf("%s: %q was published, the claims say %q", c.figure, c.published, told)
		}
	}
	layers := fmt.Sprintf("%d+%d+%d+%d", len(having(open, "level", "县")), len(having(open, "level", "镇")), len(having(open, "level", "社区")), len(having(open, "level", "小区")))
	if n := ledger.FigureName("阵地体系").In(s.Model.Book); n.Value != layers || !strings.HasPrefix(layers, "1+1+2+") {
		t.Errorf("the site says %s, the files %s", n.Value, layers)
	}
	if n := ledger.FigureName("每季度联办").In(s.Model.Book); n.Value == "" || n.Value == "0" {
		t.Error("a committee had no joint activity in a quarter")
	}
}

// TestHistoryIsTold: the numbers of 2020 stand on 数说, and in no sum.
func TestHistoryIsTold(t *testing.T) {
	told := map[string]bool{}
	for _, n := range inner(rowsIn(t, "figures", "campaign"), "numbers") {
		word, _ := n["approx"].(string)
		told[fmt.Sprint(n["n"])+word] = true
	}
	for _, want := range []string{"63", "2400余", "300余", "4", "30", "90"} {
		if !told[want] {
			t.Errorf("no campaign tells %s: %v", want, told)
		}
	}
}
