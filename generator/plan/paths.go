package plan

import (
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/site"
)

var ruleSamePath = diag.Define(diag.Rule{Code: "E0501", Name: "两个页面用同一个网址", Severity: diag.Error,
	Why: "后写的会盖掉先写的，总有一个页面打不开；只差大小写的，在 Windows 上也是同一个", Mend: "给其中一个换编号、文件名或网址中的名字（slug）"})

// checkPaths reports outputs that share a path, or whose path cannot be, or
// where a file of one is a folder of another. The outputs are sorted.
func (b *Builder) checkPaths() {
	type place struct {
		key string // equal for paths that some disks take for one
		*Output
	}
	all := make([]place, len(b.outputs))
	parallel(len(all), 512, func(i int) {
		o := b.outputs[i]
		if _, isRecord := o.at.(*site.Page); !isRecord || len(o.Path) > site.MaxPath { // whose address was checked when it was made
			site.CheckPath(o.Path, o, b.Bag)
		}
		all[i] = place{site.Fold(o.Path), o}
	})
	files := map[string]*Output{} // beside the pages, which are nearly all
	for _, p := range all {
		if !strings.HasSuffix(p.key, ".html") {
			files[p.key] = p.Output
		}
	}
	byKey := func(x, y place) int { return strings.Compare(x.key, y.key) }
	if !slices.IsSortedFunc(all, byKey) { // some path is not its own key
		slices.SortStableFunc(all, byKey)
	}
	find := func(key string) *Output {
		if !strings.HasSuffix(key, ".html") {
			return files[key]
		}
		if i, ok := slices.BinarySearchFunc(all, key, func(p place, key string) int { return strings.Compare(p.key, key) }); ok {
			return all[i].Output
		}
		return nil
	}
	first := place{}
	for _, p := range all {
		if p.key == first.key {
			b.collision(first.Output, p.Output)
			continue
		}
		// The folders that hold the path before this one were looked at with it.
		for dir := folderOf(p.key); dir != "" && !below(first.key, dir); dir = folderOf(dir) {
			if f := find(dir); f != nil {
				b.Bag.Addf(ruleSamePath, p.Pos(), "网址“%s”既是文件（%s）又是文件夹", dir, f.Pos())
			}
		}
		first = p
	}
}

// folderOf is the folder that holds a file or folder, "" at the root.
func folderOf(p string) string { return p[:max(0, strings.LastIndexByte(p, '/'))] }

// below reports whether a file lies in a folder, or in one below it.
func below(file, dir string) bool {
	return len(file) > len(dir) && file[len(dir)] == '/' && file[:len(dir)] == dir
}

// collision reports two outputs with one path at the one that can be changed:
// a page that the tool makes by itself has no line.
func (b *Builder) collision(first, second *Output) {
	address := strings.TrimSuffix(second.Path, indexFile)
	one, other := first.Pos(), second.Pos()
	switch {
	case other.Line == 0 && one.Line != 0:
		b.Bag.Addf(ruleSamePath, one, "网址“%s”是本工具自己要用的", address)
	case one.Line == 0 && other.Line != 0:
		b.Bag.Addf(ruleSamePath, other, "网址“%s”是本工具自己要用的", address)
	default:
		b.Bag.Addf(ruleSamePath, other, "网址“%s”已经由 %s 用了", address, one)
	}
}
