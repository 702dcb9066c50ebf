package source

import (
	"path"
	"regexp"
	"strings"

	"biandan/generator/diag"
)

var ruleCopy = diag.Define(diag.Rule{Code: "E0109", Name: "复制时留下的文件", Severity: diag.Warning,
	Why:  "资源管理器、WPS 和网盘复制文件、合并不了两台电脑的修改时，会在旁边留下一份；两份都会上网，内容又往往不一样",
	Mend: "留下要的那一份，删掉另一份；两份都要的，给它起一个自己的名字"})

// A name that a program gives to a copy: what it was copied from, and a mark of
// Explorer (old ones put it before), of WPS, or of a drive that could not merge.
// A number in brackets is a mark only beside the file without it, as people
// number their files in the same way.
var (
	copied   = regexp.MustCompile(`^(.+?)(?: ?- ?副本| - Copy| ?的副本|-(?:DESKTOP|LAPTOP|WIN)-[0-9A-Z]+| ?[(（][^()（）]*(?:冲突副本|冲突文件|[Cc]onflict)[^()（）]*[)）])(?: ?[(（]\d+[)）])?$`)
	before   = regexp.MustCompile(`^复件(?: \(\d+\))? (.+)$`)
	numbered = regexp.MustCompile(`^(.+?) ?[(（]\d+[)）]$`)
)

// copies reports the pages and ledgers of the content that are copies of others.
func (s *Snapshot) copies(bag *diag.Bag) {
	for _, f := range s.Files(ContentDir) {
		ext := path.Ext(f.Path)
		if ext != ".md" && ext != ".toml" {
			continue
		}
		dir, name := path.Split(strings.TrimSuffix(f.Path, ext))
		original, sure := copyOf(name)
		switch beside := original != "" && s.Has(dir+original+ext); {
		case beside:
			bag.Addf(ruleCopy, diag.Pos{File: f.Path}, "“%s”像是“%s”的副本，两份都会上网", name+ext, original+ext)
		case sure:
			bag.Addf(ruleCopy, diag.Pos{File: f.Path}, "“%s”像是复制时留下的，它会上网", name+ext)
		}
	}
}

// copyOf returns the name that a name says it is the copy of, "" for none; sure
// when only a program gives such a name.
func copyOf(name string) (original string, sure bool) {
	if !mayBeCopy(name) {
		return "", false
	}
	for _, r := range []*regexp.Regexp{copied, before} {
		if m := r.FindStringSubmatch(name); m != nil {
			return m[1], true
		}
	}
	if m := numbered.FindStringSubmatch(name); m != nil {
		return m[1], false
	}
	return "", false
}

// mayBeCopy says at little cost that nearly all names are none.
func mayBeCopy(name string) bool {
	ends := func(with string) bool { return strings.HasSuffix(name, with) }
	return ends(")") || ends("）") || ends("副本") || ends(" - Copy") || strings.HasPrefix(name, "复件 ") ||
		strings.Contains(name, "-DESKTOP-") || strings.Contains(name, "-LAPTOP-") || strings.Contains(name, "-WIN-")
}
