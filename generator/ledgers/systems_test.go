package ledgers

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biandan/generator/diag"
	"biandan/generator/ledger"
)

var rowOfSystems = regexp.MustCompile("(?m)^\\| ([^|`]+) \\| `([a-z]+)` \\| `content/([a-z]+)/` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$")

// TestTableOfSystems holds the table of ARCHITECTURE.md against the program: every
// ledger has a row, its folder is there in the demonstration, a sheet is one that it
// posts, and every rule of a ledger lies in its row and in no other.
func TestTableOfSystems(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for _, m := range rowOfSystems.FindAllStringSubmatch(string(text), -1) {
		if m[2] != m[3] || rows[m[2]] != nil {
			t.Errorf("%s: %q", m[2], m[0])
		}
		rows[m[2]] = m[4:]
	}
	for _, l := range ledger.Ledgers() {
		if _, err := os.Stat(l.Folder); err != nil || l.Folder == "" { // plain pages, or a ledger of the tests
			continue
		}
		row := rows[l.Folder]
		if row == nil {
			t.Errorf("the table has no row for %s (%s)", l.Folder, l.Title)
			continue
		}
		delete(rows, l.Folder)
		if files, _ := filepath.Glob("../../content/" + l.Folder + "/*"); len(files) == 0 {
			t.Errorf("the demonstration has no content/%s/", l.Folder)
		}
		if row[0] != "`/"+l.Folder+"/`" && row[0] != "—" {
			t.Errorf("%s: the page is %s", l.Folder, row[0])
		}
		isPosted := func(p ledger.Posting) bool { return p.Name == row[1] && p.Kind.Ledger == l.Folder }
		if row[1] != "—" && !slices.ContainsFunc(ledger.Postings(), isPosted) {
			t.Errorf("%s posts no %s", l.Folder, row[1])
		}
		checkRules(t, l.Folder, row[2])
	}
	for folder := range rows {
		t.Errorf("the table has a row for %s, which is no ledger", folder)
	}
}

// checkRules wants the codes that the files of a ledger define to lie in a span, which
// both ends of it are of.
func checkRules(t *testing.T, folder, span string) {
	first, last, several := strings.Cut(span, "–")
	if !several {
		last = first
	}
	var codes []string
	for _, r := range diag.Rules() {
		files, _ := filepath.Glob(folder + "/*.go")
		pages, _ := filepath.Glob(folder + "/pages/*.go")
		for _, name := range append(files, pages...) {
			if data, err := os.ReadFile(name); err == nil && strings.Contains(string(data), `"`+r.Code+`"`) {
				codes = append(codes, r.Code)
			}
		}
	}
	slices.Sort(codes)
	switch {
	case len(codes) == 0 && span == "—":
	case len(codes) == 0 || codes[0] != first || codes[len(codes)-1] != last:
		t.Errorf("%s has the rules %v, the table says %s", folder, codes, span)
	}
}
