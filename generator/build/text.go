package build

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/minify"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/render"
	"biandan/generator/source"
	"biandan/generator/theme"
)

// The commonest edit is one of a text. Then the plan stays as it was, and only
// the pages that show the text have another identity. A session needs no new
// plan. A process needs none where it knows the drafts of these pages; where one
// of them shows more than a single text (a board does), it needs a plan, but a
// look at no other page.

// retext stages the pages that show a text, when nothing but texts was edited
// since the folder was published to. done is false when more has changed, or
// when it cannot know; then nothing is staged, and a plan is needed.
func (b *builder) retext(stage *publish.Stage, last *outcome) (done bool, err error) {
	if last == nil || last.Manifest != stage.Mark() || !b.drafts.known {
		return false, nil
	}
	written, ok := b.archive.written(b.snapshot)
	if !ok {
		return false, nil
	}
	edits, ok := b.reread(written, last.Diags)
	b.planned = modelOf(b.snapshot, b.options, b.archive.dir, b.archive.last)
	if !ok || b.planned != stage.MadeFrom() {
		return false, nil
	}
	c, t := b.frame()
	if t == nil {
		return false, nil
	}
	pages, ok := b.press(plan.NewDesk(c, b.snapshot, t), t, edits, stage.Owns)
	if !ok {
		return false, nil
	}
	known := b.archive.with(edits)
	model := modelOf(b.snapshot, b.options, b.archive.dir, known)
	if _, stand := stage.Untouched(); !stand {
		return false, nil
	}
	b.archive.replace(known, edits)
	b.model = model
	b.repeat(last, edits, len(pages))
	for _, p := range pages {
		if err := stage.Put(p.out.Path, p.key, p.data, p.out, b.bag); err != nil {
			return true, err
		}
	}
	stage.LeaveAll()
	return true, nil
}

// pressed is a page that was made without a plan.
type pressed struct {
	out  *plan.Output
	key  digest.Sum
	data []byte
}

// press makes the pages that show the edited texts.
func (b *builder) press(desk *plan.Desk, t *theme.Theme, edits []edit, owns func(page string) bool) (pages []pressed, ok bool) {
	w := &minify.Writer{}
	for _, e := range edits {
		if e.doc == nil {
			continue
		}
		drafts, ok := b.drafts.of(e.entry.Path, owns)
		if !ok {
			return nil, false
		}
		for i := range drafts {
			o, v, ok := desk.Page(&drafts[i], e.doc)
			if !ok {
				return nil, false
			}
			data, ok := render.Page(o, v, t, w, &diag.Bag{})
			if !ok {
				return nil, false // with a plan it is known where to mend it
			}
			key, _ := identity(b.options.Tool, t, o, v, nil)
			pages = append(pages, pressed{o, key, bytes.Clone(data)})
		}
	}
	return pages, true
}

// repeat reports what the last build found, and the work of this one.
func (b *builder) repeat(last *outcome, edits []edit, pages int) {
	b.bag = &diag.Bag{} // the settings and the theme said it again
	b.bag.Append(last.Diags)
	r := b.report
	r.Next, r.Planned, r.Pages = last.Next, last.Planned, last.Pages
	r.Read, r.Compared, r.Rendered = len(edits), pages, pages
	for _, e := range edits {
		if e.doc != nil {
			r.Parsed++
		}
	}
}

// reread reads files again that were written; ok is false when more than texts
// has changed. told is what was found in them before.
func (b *builder) reread(written []source.File, told diag.List) (edits []edit, ok bool) {
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

// modelOf is the identity of all that a plan is made from: the options, the
// content files as the archive knows them, the other files as the disk tells. It
// is zero while one of these was written so lately that its time does not tell.
func modelOf(s *source.Snapshot, o Options, c *cache.Dir, known []entry) digest.Sum {
	others, settled := statsOf(s, c, parsed)
	if !settled {
		return digest.Sum{}
	}
	files := make([]byte, 0, usualEntry*len(known))
	for i := range known {
		files = append(digest.Append(files, &known[i].Path), known[i].Source[:]...)
	}
	return digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible, others, digest.Bytes(files))
}

// usualEntry is how many bytes a path takes in an identity, with what belongs to it.
const usualEntry = 80

// parsed reports whether the archive knows a file by its bytes.
func parsed(p string) bool {
	return strings.HasPrefix(p, source.ContentDir+"/") && ledger.IsContent(p)
}

// statsOf returns the identity of what the disk tells of the input files, but for
// those that are skipped: their paths, sizes and times. settled is false when one
// was written so lately that its time does not tell.
func statsOf(s *source.Snapshot, c *cache.Dir, skip func(path string) bool) (sum digest.Sum, settled bool) {
	settled = true
	files := s.All()
	all := make([]byte, 0, usualEntry*len(files))
	for i := range files {
		f := &files[i]
		if !skip(f.Path) {
			all = binary.AppendVarint(binary.AppendVarint(digest.Append(all, &f.Path), f.Size), f.ModTime.UnixNano())
			settled = settled && c != nil && c.Settled(f.ModTime)
		}
	}
	return digest.Bytes(all), settled
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
