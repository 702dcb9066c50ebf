package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
)

// TestWhoIsRatedLowCannotBeComputed lets branches of one class, whose names are
// held back, change their ratings of a year. Not one byte of the site may change,
// in pages, sheets or open data: then nothing in it tells which of them is rated
// low. That they are many enough to hide one is E1511.
func TestWhoIsRatedLowCannotBeComputed(t *testing.T) {
	site := fstest.MapFS{}
	demo := demonstration(t)
	for _, root := range []string{"site.toml", "content"} {
		fs.WalkDir(demo, root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(demo, p)
			site[p] = &fstest.MapFile{Data: data}
			return err
		})
	}
	of := func(data string, want func(star string) bool) (list []string) {
		for _, m := range regexp.MustCompile(`(?s)branch = "([^"]+)".*?\nstar = (\d)`).FindAllStringSubmatch(data, -1) {
			if want(m[2]) {
				list = append(list, m[1])
			}
		}
		return list
	}
	class := map[string]string{}
	for p, f := range site {
		if strings.HasPrefix(p, "content/branches/") {
			for _, block := range strings.Split(string(f.Data), "[[branch]]") {
				id, of := regexp.MustCompile(`\nid = "([^"]+)"`).FindStringSubmatch(block), regexp.MustCompile(`\nclass = "([^"]+)"`).FindStringSubmatch(block)
				if id != nil && of != nil {
					class[id[1]] = of[1]
				}
			}
		}
	}
	before, r := buildFS(t, site, build.Options{}, t.TempDir(), t.TempDir())
	if r.Diags.HasErrors() {
		t.Fatal(r.Diags)
	}
	swaps := 0
	for _, year := range []int{2024, 2025} {
		results, pairs := fmt.Sprintf("content/stars/results-%d.toml", year), fmt.Sprintf("content/stars/pairs-%d.toml", year)
		data := string(site[results].Data)
		world := maps.Clone(site)
		taken := map[string]bool{}
		var swap []string
		for _, low := range of(data, func(star string) bool { return star <= "2" }) {
			for _, other := range of(data, func(star string) bool { return star == "3" }) {
				if class[low] == class[other] && !taken[other] {
					taken[other] = true
					swap = append(swap, `"`+low+`"`, `"`+other+`"`, `"`+other+`"`, `"`+low+`"`)
					swaps++
					break
				}
			}
		}
		for _, p := range []string{results, pairs} {
			world[p] = &fstest.MapFile{Data: []byte(strings.NewReplacer(swap...).Replace(string(site[p].Data)))}
		}
		after, r := buildFS(t, world, build.Options{}, t.TempDir(), t.TempDir())
		if r.Diags.HasErrors() {
			t.Fatal(year, r.Diags)
		}
		if !maps.Equal(before, after) {
			t.Errorf("%d: the site tells who is rated low, in %v", year, difference(before, after))
		}
	}
	if swaps < 8 {
		t.Errorf("%d ratings were exchanged, want at least one of each class and year", swaps)
	}
}
