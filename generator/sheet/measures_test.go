package sheet_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"testing"

	_ "biandan/generator/ledgers"
	"biandan/generator/sheet"
	"biandan/generator/view"
	"biandan/themes"
)

var (
	propertySet  = regexp.MustCompile(`(--[a-z][a-z0-9-]*):`)
	propertyUsed = regexp.MustCompile(`var\((--[a-z][a-z0-9-]*)`)
	propertySaid = regexp.MustCompile(`"(--[a-z][a-z0-9-]*)"`) // by a script
	comment      = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

func found(in string, of *regexp.Regexp) map[string]bool {
	names := map[string]bool{}
	for _, m := range of.FindAllStringSubmatch(in, -1) {
		names[m[1]] = true
	}
	return names
}

// themeText is the text of all files of the theme's folder with that ending.
func themeText(t *testing.T, dir, ending string) (text string) {
	t.Helper()
	err := fs.WalkDir(themes.FS, "hongbiandan/"+dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(p) == ending {
			data, err := fs.ReadFile(themes.FS, p)
			text += string(data)
			return err
		}
		return err
	})
	if err != nil || text == "" {
		t.Fatalf("no text in %s/*%s: %v", dir, ending, err)
	}
	return text
}

// TestMeasuresAreSaidOnce: the style sheet uses all measures with which texts are
// measured, sets none of them itself, and uses no property that nobody sets.
func TestMeasuresAreSaidOnce(t *testing.T) {
	data, err := fs.ReadFile(themes.FS, "hongbiandan/assets/sheet.css")
	if err != nil {
		t.Fatal(err)
	}
	style := comment.ReplaceAllString(string(data), "")
	measures, used, own := found(sheet.Measures(), propertySet), found(style, propertyUsed), found(style, propertySet)
	given := found(themeText(t, "layouts", ".html"), propertySet)
	maps.Copy(given, found(themeText(t, "assets", ".js"), propertySaid))
	paper := &view.Sheet{}
	sheet.SetPaper(paper, "")
	maps.Copy(given, found(string(paper.Paper), propertySet))
	printing, err := os.ReadFile("../poster/page.js")
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(given, found(string(printing), propertySaid))
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if !measures[name] && !own[name] && !given[name] {
			t.Errorf("sheet.css uses %s, which nobody sets", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(measures)) {
		if !used[name] {
			t.Errorf("sheet.css does not use the measure %s", name)
		}
		if own[name] || given[name] {
			t.Errorf("the measure %s is set a second time, in the theme", name)
		}
	}
}

// TestMeasures reads the rule as a browser would, and wants a name for one
// measure only.
func TestMeasures(t *testing.T) {
	rule := regexp.MustCompile(`^\n:root\{(--[a-z][a-z0-9-]*:[0-9]+(\.[0-9]+)?(;|\}\n$))+$`)
	if s := sheet.Measures(); !rule.MatchString(s) {
		t.Errorf("no rule of numbers: %q", s)
	}
	defer func() {
		if recover() == nil {
			t.Error("a name may be used twice")
		}
	}()
	sheet.Measure("foot-letter", 5)
}
