package build

import (
	"slices"

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
	Drafts, Future int
}

const outcomePrefix = "last-"

// input is the identity of all that a build depends on: the tool, the options, the
// names, sizes and times of all input files.
type input struct {
	sum     digest.Sum
	settled bool // false: a file was written so lately that its time does not tell
}

func inputOf(s *source.Snapshot, o Options, c *cache.Dir) input {
	files, settled := statsOf(s.All(), c)
	return input{digest.Of(o.Tool, o.AsOf, o.Today, o.BaseURL, o.Visible, o.Strict, files), settled}
}

// lastOutcome returns what the last build found that published with the manifest of
// that name; nil when it is not known or not to be believed.
func (b *build) lastOutcome(c *cache.Dir, manifest string) *outcome {
	last := &outcome{}
	if len(b.bag.List()) > 0 || b.options.NoCache || b.options.Verify || !c.Load(outcomePrefix+manifest, last) {
		return nil
	}
	return last
}

// is reports whether it is the outcome of a build of that input.
func (o *outcome) is(i input) bool { return o != nil && i.settled && o.Identity == i.sum }

// unchanged fills the report when nobody has touched what the same build has
// published before.
func (b *build) unchanged(last *outcome, stage *publish.Stage) bool {
	files, ok := stage.Untouched()
	if !ok || last.Manifest != stage.Mark() {
		return false
	}
	b.report.AsOf, b.report.Next, b.report.Diags = last.AsOf, last.Next, last.Diags
	b.report.Planned, b.report.Pages, b.report.Files = last.Planned, last.Pages, files
	b.report.Drafts, b.report.Future = last.Drafts, last.Future
	return true
}

// remember keeps the outcome for the next build.
func (b *build) remember(c *cache.Dir, stage *publish.Stage, i input) {
	r := b.report
	told := slices.DeleteFunc(slices.Clone(r.Diags), func(d diag.Diagnostic) bool { return d.Code == ruleVanished.Code }) // said once
	c.Save(outcomePrefix+stage.Name(), outcome{i.sum, stage.Mark(), r.AsOf, r.Next, told, r.Planned, r.Pages, r.Drafts, r.Future})
}
