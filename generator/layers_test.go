// Package generator_test holds the rule that no compiler checks: which package
// may import which.
package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is a statement of policy: a package imports only packages that stand
// before it in this list. Those of one line know nothing of each other unless
// the later one says so here by standing later. The programs in bench are no
// part of the tool and lie above all of them.
var layers = []string{
	"digest", "calendar", "diag", "view", "cache", "personal", "pinyin", "typeset", "rules", // 0: plain values
	"source",                                                                                // 1: the only reader of input files
	"datafile", "config", "frontmatter", "markup", "asset", "attachment", "layout", "theme", // 2: one file → value
	"ledger", "ledgers/*", "site", // 3: the whole site → values
	"search", "sheet", "plan", "walls", "ledgers/*/pages", "home", "ledgers", // 4: values → views
	"render", "publish", "poster", // 5: values → bytes
	"build",                                // 6: the phases
	"schema", "scaffold", "watch", "serve", // 7: what happens around a build
}

// The rooms: a ledger's records may refer to those of another, its pages may read
// any records and show a part of another ledger's pages; the compiler sees to it
// that there is no circle. Nobody else knows a ledger but those named here.
var (
	records     = regexp.MustCompile(`^ledgers/[a-z]+$`)
	pages       = regexp.MustCompile(`^ledgers/[a-z]+/pages$`)
	knowLedgers = []string{"walls", "home", "ledgers"}
)

// layerOf returns the place of a package in layers; -1 for one that has none.
func layerOf(name string) int {
	switch {
	case records.MatchString(name):
		name = "ledgers/*"
	case pages.MatchString(name):
		name = "ledgers/*/pages"
	}
	return slices.Index(layers, name)
}

func TestImportsPointDownwards(t *testing.T) {
	for _, name := range packages(t) {
		rank := layerOf(name)
		if rank < 0 {
			t.Errorf("package %s has no layer", name)
			continue
		}
		for _, imported := range imports(t, name) {
			if strings.HasPrefix(imported, "biandan/themes") || strings.HasPrefix(imported, "biandan/cmd") {
				t.Errorf("%s imports %s: only the command does", name, imported)
			}
			below, ok := strings.CutPrefix(imported, "biandan/generator/")
			if !ok {
				continue
			}
			sameKind := layerOf(below) == rank && (records.MatchString(name) || pages.MatchString(name))
			if layerOf(below) >= rank && !sameKind {
				t.Errorf("%s imports %s, which does not lie below it", name, below)
			}
			isLedger := records.MatchString(below) || pages.MatchString(below)
			if isLedger && !records.MatchString(name) && !pages.MatchString(name) && !slices.Contains(knowLedgers, name) {
				t.Errorf("%s knows the ledger %s", name, below)
			}
		}
	}
}

// packages lists the packages of the tool.
func packages(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "bench"):
			return fs.SkipDir
		case d.IsDir():
			if files, _ := filepath.Glob(filepath.Join(p, "*.go")); p != "." && len(files) > 0 {
				names = append(names, filepath.ToSlash(p))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestOnlyTheSourceReadsInput wants the file system out of all packages but
// those whose job it is, and the clock, chance and environment out of all.
func TestOnlyTheSourceReadsInput(t *testing.T) {
	mayUseFiles := []string{"source", "publish", "cache", "watch"}
	never := map[string]bool{"math/rand": true, "math/rand/v2": true, "net/http": true, "os/exec": true, "unsafe": true}
	for _, name := range packages(t) {
		for _, imported := range imports(t, name) {
			if imported == "os" && !slices.Contains(mayUseFiles, name) {
				t.Errorf("%s imports os", name)
			}
			if never[imported] && !(name == "serve" && imported == "net/http") {
				t.Errorf("%s imports %s", name, imported)
			}
		}
		if name == "publish" {
			continue // it ages the staged files of killed builds
		}
		for _, f := range sources(t, name) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, call := range []string{"time.Now(", "time.Since(", "Getenv("} {
				if strings.Contains(string(data), call) {
					t.Errorf("%s calls %s…)", f, call)
				}
			}
		}
	}
}

// TestWhatIsPrintedIsVisible wants all that the command prints to go through
// diag.Printf: values of the content may hold escapes and ends of lines.
func TestWhatIsPrintedIsVisible(t *testing.T) {
	for _, f := range sources(t, "../cmd/biandan") {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{"fmt.Fprint", "fmt.Print", "json.NewEncoder"} {
			if strings.Contains(string(data), call) {
				t.Errorf("%s calls %s…", f, call)
			}
		}
	}
}

func sources(t *testing.T, name string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(name, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of %s", name)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

func imports(t *testing.T, name string) []string {
	t.Helper()
	var list []string
	for _, f := range sources(t, name) {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range tree.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, p)
		}
	}
	return list
}
