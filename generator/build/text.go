package build

import (
	"slices"
	"strings"

	"biandan/generator/cache"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/source"
)

// The commonest edit is one of a text. Then the plan stays as it was, and only
// the pages that show the text have another identity: a process needs to find
// that of no other, and a session needs no new plan.

// modelOf is the identity of all that a plan is made from: the options, the
// content files as the archive knows them, the other files as the disk tells. It
// is zero while one of these was written so lately that its time does not tell.
func modelOf(s *source.Snapshot, o Options, l *archive) digest.Sum {
	type content struct {
		Path   string
		Source digest.Sum
	}
	files := make([]content, len(l.last))
	for i, e := range l.last {
		files[i] = content{e.Path, e.Source}
	}
	others, settled := statsOf(s, l.dir, parsed)
	if !settled {
		return digest.Sum{}
	}
	return digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible, others, files)
}

// parsed reports whether the archive knows a file by its bytes.
func parsed(p string) bool {
	return strings.HasPrefix(p, source.ContentDir+"/") && ledger.IsContent(p)
}

// stat is what the disk tells of a file.
type stat struct {
	Path       string
	Size, Time int64
}

// statsOf returns what the disk tells of the input files, but for those that are
// skipped. settled is false when one was written so lately that its time does
// not tell.
func statsOf(s *source.Snapshot, c *cache.Dir, skip func(path string) bool) (files []stat, settled bool) {
	settled = true
	for _, f := range s.All() {
		if !skip(f.Path) {
			files = append(files, stat{f.Path, f.Size, f.ModTime.UnixNano()})
			settled = settled && c != nil && c.Settled(f.ModTime)
		}
	}
	return files, settled
}

// untouched returns a function that tells which outputs are as they were when
// the folder was published to last, because nothing but the text of other files
// has changed since.
func (b *builder) untouched(stage *publish.Stage) func(*plan.Output) bool {
	if !b.onlyText || b.planned == (digest.Sum{}) || stage.MadeFrom() != b.planned || b.options.NoCache || b.options.Verify {
		return func(*plan.Output) bool { return false }
	}
	return func(o *plan.Output) bool { return !slices.ContainsFunc(b.edited, o.Shows) }
}
