// Package generator_test holds the rule that no compiler checks: which package
// may import which.
package generator_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
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
	"digest", "calendar", "diag", "view", "cache", "minify", "typeset", // 0: plain values
	"source",                                                                  // 1: the only reader of input files
	"datafile", "config", "frontmatter", "markup", "asset", "layout", "theme", // 2: one file → value
	"ledger", "site", "plan", // 3: the whole site → values
	"render", "publish", "poster", // 4: values → bytes
	"build",                                // 5: the phases
	"schema", "scaffold", "watch", "serve", // 6: what happens around a build
}

func TestImportsPointDownwards(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "testdata" || e.Name() == "bench" {
			continue
		}
		rank := slices.Index(layers, e.Name())
		if rank < 0 {
			t.Errorf("package %s has no layer", e.Name())
			continue
		}
		for _, imported := range imports(t, e.Name()) {
			if name, ok := strings.CutPrefix(imported, "biandan/generator/"); ok && slices.Index(layers, name) >= rank {
				t.Errorf("%s imports %s, which does not lie below it", e.Name(), name)
			}
			if imported == "biandan/themes" || strings.HasPrefix(imported, "biandan/cmd") {
				t.Errorf("%s imports %s: only the command does", e.Name(), imported)
			}
		}
	}
}

// TestOnlyTheSourceReadsInput wants the file system out of all packages but
// those whose job it is, and the clock, chance and environment out of all.
func TestOnlyTheSourceReadsInput(t *testing.T) {
	mayUseFiles := []string{"source", "publish", "cache", "watch"}
	never := map[string]bool{"math/rand": true, "math/rand/v2": true, "net/http": true, "os/exec": true, "unsafe": true}
	for _, name := range layers {
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
