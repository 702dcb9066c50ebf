package build

import (
	"encoding/binary"
	"slices"
	"strings"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/source"
)

// The commonest edit is one of a text. Then the plan stays as it was, and only
// the pages that show the text have another identity: a session needs no new
// plan, and a process a look at no other page.

// reread reads files again that were written; ok is false when more than texts
// has changed. told is what was found in them before.
func (b *build) reread(written []source.File, told diag.List) (edits []edit, ok bool) {
	for _, f := range written {
		if slices.ContainsFunc(told, func(d diag.Diagnostic) bool { return d.Pos.File == f.Path }) {
			return nil, false // its findings stand at other places now
		}
		e, ok := b.archive.reread(f, b.snapshot, b.markdown)
		if !ok {
			return nil, false
		}
		edits = append(edits, e)
	}
	return edits, true
}

// mostEdited is the number of files from which on a plan costs no more.
const mostEdited = 100

// model is the identity of all that a plan is made from: the options, the content
// files as the archive knows them, the other files as the disk tells.
type model struct {
	sum     digest.Sum
	settled bool // false: one of the files was written so lately that its time does not tell
}

// mark is what a manifest says of the model; nothing while it is not settled.
func (m model) mark() digest.Sum {
	if !m.settled {
		return digest.Sum{}
	}
	return m.sum
}

// models are the model as it was and as it is, of content files as they were known
// and are. The other files are those of now in both.
func (b *build) models(was, is []entry) (before, now model) {
	var rest []source.File
	for _, f := range b.snapshot.All() {
		if !isParsed(f.Path) {
			rest = append(rest, f)
		}
	}
	others, settled := statsOf(rest, b.archive.dir)
	of := func(known []entry) model {
		files := make([]byte, 0, usualEntry*len(known))
		for i := range known {
			files = append(digest.Append(files, &known[i].Path), known[i].Source[:]...)
		}
		o := &b.options
		return model{digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible, others, digest.Bytes(files)), settled}
	}
	return of(was), of(is)
}

// usualEntry is how many bytes a path takes in an identity, with what belongs to it.
const usualEntry = 80

// isParsed reports whether the archive knows a file by its bytes.
func isParsed(p string) bool {
	return strings.HasPrefix(p, source.ContentDir+"/") && ledger.IsContent(p)
}

// statsOf returns the identity of what the disk tells of input files: their paths,
// sizes and stamps. settled is false when one was written so lately that its time
// does not tell.
func statsOf(files []source.File, c *cache.Dir) (sum digest.Sum, settled bool) {
	settled = true
	all := make([]byte, 0, usualEntry*len(files))
	for i := range files {
		f := &files[i]
		all = binary.LittleEndian.AppendUint64(binary.AppendVarint(digest.Append(all, &f.Path), f.Size), f.Stamp)
		settled = settled && c != nil && c.Settled(f.ModTime)
	}
	return digest.Bytes(all), settled
}

// untouched returns a function that tells which outputs are as they were when
// the folder was published to last, because nothing but the words of other files
// has changed since.
func (b *build) untouched(stage *publish.Stage) func(*plan.Output) bool {
	if b.edits.rest || !b.before.settled || stage.MadeFrom() != b.before.sum || b.options.NoCache || b.options.Verify {
		return func(*plan.Output) bool { return false }
	}
	return func(o *plan.Output) bool {
		return !slices.ContainsFunc(b.edits.texts, o.Shows) && !slices.ContainsFunc(b.edits.words, func(f string) bool { return o.Shows(f) || o.Names(f) })
	}
}
