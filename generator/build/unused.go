package build

import (
	"fmt"
	"path"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/plan"
	"biandan/generator/source"
)

var ruleUnused = diag.Define(diag.Rule{Code: "E0111", Name: "没有用到的文件", Severity: diag.Warning, Tunable: true,
	Why:  "content/ 里只有文章（.md）、台账（.toml）和它们链接的图片、附件会上网；别的放在这里，人家以为上了网，其实没有",
	Mend: "要上网的，在文章里链接它；不要的，删掉或者移出 content/"})

const (
	maxUnused = 3 // that are named one by one; of more in a folder, the folder
	maxNamed  = 5
)

// unused reports the files of the content that nothing reads: neither a page nor a
// ledger, and no page refers to them, be it public or not.
func (b *build) unused(files []*ledger.File, named ...string) {
	var folders []string
	idle := map[string][]string{}
	used := referred(b.snapshot, files, named)
	if used == nil {
		return
	}
	for _, d := range b.bag.List() {
		used[d.Pos.File] = true // something else is wrong with it
	}
	for _, f := range b.snapshot.Files(source.ContentDir) {
		if ledger.IsContent(f.Path) || used[f.Path] {
			continue
		}
		folder := path.Dir(f.Path)
		if idle[folder] == nil {
			folders = append(folders, folder)
		}
		idle[folder] = append(idle[folder], path.Base(f.Path))
	}
	for _, folder := range folders {
		list := idle[folder]
		if len(list) > maxUnused {
			shown := strings.Join(list[:min(len(list), maxNamed)], "、")
			b.bag.Addf(ruleUnused, diag.Pos{File: folder}, "这个文件夹里有 %d 个文件没有哪一页用到：%s%s", len(list), shown, map[bool]string{true: "……"}[len(list) > maxNamed])
			continue
		}
		for _, name := range list {
			b.bag.Add(ruleUnused, diag.Pos{File: folder + "/" + name}, fmt.Sprintf("没有哪一页用到“%s”，它不会上网", name), "")
		}
	}
}

// referred are the files that pages refer to, and those that are named; nil where
// all files are pages and ledgers, as in most sites.
func referred(s *source.Snapshot, files []*ledger.File, named []string) map[string]bool {
	pure := true
	for _, f := range s.Files(source.ContentDir) {
		pure = pure && ledger.IsContent(f.Path)
	}
	if pure {
		return nil
	}
	used := map[string]bool{}
	for _, p := range named {
		used[p] = true
	}
	for _, f := range files {
		if d := f.Doc(); d != nil {
			for _, h := range d.Holes {
				dest, _, _ := strings.Cut(h.Dest, "#")
				if p, ok := plan.ContentPath(f.Path, dest); ok {
					used[p] = true
				}
			}
		}
	}
	return used
}
