// Package corpus writes the site that the benchmarks build: some thousands of
// made-up Chinese notices, 300 Party organisations, 60 stations, a service list,
// two years of monthly themes and of ratings. All places are invented, nobody is
// named, and the phone numbers cannot ring.
//
// The same number of notices always gives the same bytes, and a notice depends
// on nothing but its own number: a larger corpus contains the smaller one.
//
// [Site] is the corpus in the schema of biandan, [Peer] the same pages and texts
// in a form that Hugo reads.
package corpus

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"biandan/generator/calendar"
)

// AsOf is the day that the corpus is of.
var AsOf = calendar.Date{Year: 2026, Month: time.November, Day: 23}

// Site yields the files of a biandan site with so many notices, by path.
func Site(notices int) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if !yield("site.toml", []byte(siteTOML)) {
			return
		}
		for _, r := range allRows() {
			if !yield("content/"+r.folder+"/"+r.kind+".toml", r.ledger()) {
				return
			}
		}
		for p := range pages(notices) {
			if !yield("content/"+p.path, p.site()) {
				return
			}
		}
	}
}

// Peer yields the content and data files of a Hugo site with the same pages: a
// record that has a page becomes a Markdown file, the others become data.
func Peer(notices int) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, r := range allRows() {
			if !r.paged {
				if !yield("data/"+r.folder+"_"+r.kind+".toml", r.ledger()) {
					return
				}
				continue
			}
			for _, t := range r.list {
				p := page{head: append(table{{"title", t.text("name")}, {"layout", r.kind}}, t...), more: r.more}
				if !yield("content/"+r.folder+"/"+t.text("id")+".md", p.peer()) {
					return
				}
			}
		}
		for p := range pages(notices) {
			if !yield("content/"+p.path, p.peer()) {
				return
			}
		}
	}
}

// Write writes files below dir, with a time long past: tools mistrust a file
// that was written a moment ago.
func Write(dir string, files iter.Seq2[string, []byte]) error {
	old := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	made := map[string]bool{}
	for p, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(p))
		if folder := filepath.Dir(file); !made[folder] {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			made[folder] = true
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(file, old, old); err != nil {
			return err
		}
	}
	return nil
}

// pages yields all Markdown files of content/.
func pages(notices int) iter.Seq[page] {
	return func(yield func(page) bool) {
		for _, p := range sections() {
			if !yield(p) {
				return
			}
		}
		for i := range months {
			if !yield(month(i)) {
				return
			}
		}
		for _, p := range decisions() {
			if !yield(p) {
				return
			}
		}
		for i := range notices {
			if !yield(notice(i)) {
				return
			}
		}
	}
}

// chance is the source of chance of one page or record: the same for the same
// class and number.
func chance(class string, i int) *rand.Rand {
	seed := uint64(0)
	for _, c := range []byte(class) {
		seed = seed*131 + uint64(c)
	}
	return rand.New(rand.NewPCG(seed, uint64(i)))
}

// phone returns a number that cannot ring: no exchange begins with 0000.
func phone(i int) string { return fmt.Sprintf("0357-0000%03d", i%1000) }

const siteTOML = `title = "云溪红扁担"
county = "云溪县"
slogan = "挑起一头是民情，挑起一头是服务"
base_url = "https://yunxi.example/"
as_of = 2026-11-23
links = "absolute"
publisher = "中共云溪县委组织部（虚构）"
phone = "0357-0000001"
supervise = "0357-0000002"
address = "云溪县溪口路 1 号（虚构）"
sample = "测速用的虚构内容，地名都是编的，电话均不能拨通"

[[menu]]
name = "公示公告"
url = "/notices/"

[[menu]]
name = "服务清单"
url = "/services/"

[[menu]]
name = "红扁担驿站"
url = "/stations/"

[[menu]]
name = "组织体系"
url = "/branches/"

[[menu]]
name = "一月一主题"
url = "/months/"

[[menu]]
name = "星级党组织"
url = "/stars/"
`
