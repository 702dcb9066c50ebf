package build

import (
	"biandan/generator/cache"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/publish"
	"biandan/generator/source"
)

// outcome is what is remembered of the last build that published to a folder:
// enough to say the same again when nothing has changed.
type outcome struct {
	Identity       digest.Sum
	Manifest       string // its mark: another build may have published since, and ended before it left an outcome
	AsOf           calendar.Date
	Next           ledger.Turn
	Diags          diag.List
	Planned, Pages int
}

const outcomePrefix = "last-"

// identityOf is the identity of all that a build depends on: the tool, the
// options, the names, sizes and times of all input files. settled is false when
// a file was written so lately that its time does not tell.
func identityOf(s *source.Snapshot, o Options, c *cache.Dir) (id digest.Sum, settled bool) {
	files, settled := statsOf(s, c, func(string) bool { return false })
	return digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible, o.Strict, files), settled
}

// lastOutcome returns the identity of this build, and what the last one to
// publish with the manifest of that name found, nil when that is not known; same
// says that it was this one.
func (b *builder) lastOutcome(c *cache.Dir, manifest string) (id digest.Sum, last *outcome, same bool) {
	id, settled := identityOf(b.snapshot, b.options, c)
	if len(b.bag.List()) > 0 || b.options.NoCache || b.options.Verify {
		return id, nil, false
	}
	last = &outcome{}
	if !c.Load(outcomePrefix+manifest, last) {
		return id, nil, false
	}
	return id, last, settled && last.Identity == id
}

// unchanged fills the report when nobody has touched what the same build has
// published before.
func (b *builder) unchanged(last *outcome, stage *publish.Stage) bool {
	files, ok := stage.Untouched()
	if !ok || last.Manifest != stage.Mark() {
		return false
	}
	b.report.AsOf, b.report.Next, b.report.Diags = last.AsOf, last.Next, last.Diags
	b.report.Planned, b.report.Pages, b.report.Files = last.Planned, last.Pages, files
	return true
}

// remember keeps the outcome for the next build.
func (b *builder) remember(c *cache.Dir, stage *publish.Stage, id digest.Sum) {
	r := b.report
	c.Save(outcomePrefix+stage.Name(), outcome{id, stage.Mark(), r.AsOf, r.Next, r.Diags, r.Planned, r.Pages})
}
