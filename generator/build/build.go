// Package build runs the phases of a build, on all cores:
//
//	read     site.toml, content/ and themes/ of a snapshot
//	parse    each content file by itself → records and documents
//	check    all records together → diagnostics, figures
//	plan     public records → pages, addresses, links
//	render   each page → bytes, staged
//	publish  staged bytes → public/
//
// A build is a pure function of the snapshot and the day ([Options.AsOf]): the
// same input gives the same bytes. Whatever is wrong with the content is in the
// report, all of it at once; a build with an error publishes nothing.
package build

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"

	"biandan/generator/asset"
	"biandan/generator/cache"
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	_ "biandan/generator/ledgers" // all of them
	"biandan/generator/markup"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/theme"
)

// Options say what to build. Zero values are those of a public build.
type Options struct {
	AsOf    calendar.Date  // the day that the site shows; of site.toml's as_of and this, this counts when set
	Today   calendar.Date  // used when neither is set
	BaseURL string         // counts over that of site.toml when set
	Visible ledger.Visible // drafts, future and expired pages
	Themes  fs.FS          // the built-in themes
	Tool    digest.Sum     // identity of the program: another one believes no cache
	NoCache bool           // do all the work again
	Strict  bool           // publish nothing when there is a warning
	Verify  bool           // do all the work again, and report where the cache would have differed
	Preview bool           // no browser keeps pages that would be looked at when the preview is over
	// Progress is told when a phase begins and how much of it is done; may be
	// nil. It is called by many goroutines.
	Progress func(phase Phase, done, total int)
}

// Phase is a part of a build.
type Phase string

// The phases, as the terminal names them.
const (
	PhaseRead    Phase = "读取"
	PhaseParse   Phase = "解析"
	PhaseCheck   Phase = "核对"
	PhasePlan    Phase = "编排"
	PhaseRender  Phase = "生成"
	PhasePublish Phase = "发布"
)

// Report says what a build found and did.
type Report struct {
	Config *config.Config // nil when site.toml cannot be read
	AsOf   calendar.Date
	Next   ledger.Turn // when the site changes by itself; never when site.toml fixes its day
	Drafts int         // records that are not published as they are drafts
	Future int         // pages that are not published yet, by their day
	Diags  diag.List   // sorted; severities as the site chose them
	Unread int         // content files that cannot be read as a whole: what refers to them was not checked

	// The work that was done: content files read, be it from the cache; of these
	// parsed; outputs known, of these compared with what is published, but for parts of the index of the search; pages rendered,
	// and pictures made ready.
	Read, Parsed, Planned, Compared, Rendered, Prepared int
	Indexed                                             int // parts of the index of the search that were made
	Pages                                               int
	publish.Counts
}

// Site is a planned site: everything is known but the bytes of its pages.
type Site struct {
	Model   *site.Model
	Theme   *theme.Theme
	Outputs []*plan.Output
	Texts   *plan.Texts
	Book    *ledger.Book // all records, also those that are not public
}

// View makes the view of an output.
func (s *Site) View(o *plan.Output, full bool) any { return o.View(s.Texts, full) }

// Plan reads, checks and plans a site. The site is nil when the report has errors.
func Plan(ctx context.Context, s *source.Snapshot, o Options, found diag.List) (*Site, *Report) {
	b := newBuild(ctx, s, o, found)
	planned := b.plan()
	r := b.finish()
	if r.Diags.HasErrors() {
		return nil, r
	}
	return planned, r
}

// Records reads the records of a site and checks nothing: who mends a reference looks
// for ids in a site that has errors.
func Records(ctx context.Context, s *source.Snapshot, o Options) *ledger.Book {
	b := newBuild(ctx, s, o, nil)
	return ledger.NewBook(o.Today, ledger.Settings{}, b.parse(), b.bag)
}

// Run builds the site and publishes it to the folder dest, with cacheDir for
// what must outlive the build. The error is one of the environment: a folder
// that cannot be written, or that ctx was cancelled.
func Run(ctx context.Context, s *source.Snapshot, o Options, found diag.List, dest, cacheDir string) (*Report, error) {
	if o.Visible.Inside {
		panic("build: what is inside is not published")
	}
	dir, err := cache.Open(cacheDir, o.Tool)
	if err != nil {
		return &Report{AsOf: o.Today}, err
	}
	b := newBuild(ctx, s, o, found)
	var stage *publish.Stage
	var beginning sync.WaitGroup
	beginning.Go(func() { stage, err = publish.Begin(dest, cacheDir, dir) }) // it reads the manifest meanwhile
	input := inputOf(s, o, dir)
	last := b.lastOutcome(dir, publish.ManifestOf(dest, cacheDir))
	beginning.Wait()
	if err != nil {
		return b.report, err
	}
	defer stage.Discard()
	if last.is(input) && b.unchanged(last, stage) {
		return b.report, nil
	}
	if err := b.publish(stage, dir); err != nil || b.refused() {
		return b.report, err
	}
	b.remember(dir, stage, input)
	return b.report, nil
}

// publish makes what has changed and brings the folder of the stage to it, unless
// the findings forbid that. dir is the cache.
func (b *build) publish(stage *publish.Stage, dir *cache.Dir) (err error) {
	if !b.options.NoCache {
		b.archive = openArchive(dir)
	}
	defer func() { b.archive.close() }()
	planned := b.plan()
	var saving sync.WaitGroup
	defer saving.Wait()
	b.finish()
	if b.ctx.Err() != nil {
		return b.ctx.Err() // an interrupted build knows only a part
	}
	saving.Go(b.archive.save)
	if b.refused() {
		return nil
	}
	planned.Texts.Grams.Written = stage.Written
	if err := b.render(planned, stage); err != nil {
		return err
	}
	stage.Check(b.bag)
	b.vanished(planned, stage)
	b.finish()
	if b.refused() {
		return nil
	}
	b.progress(PhasePublish, 0, 1)
	if b.report.Counts, err = stage.Commit(b.now.mark()); err != nil {
		return err
	}
	planned.Texts.Remember()
	b.archive.saveIndex()
	return nil
}

func newBuild(ctx context.Context, s *source.Snapshot, o Options, found diag.List) *build {
	b := &build{ctx: ctx, snapshot: s, options: o, bag: &diag.Bag{}, report: &Report{AsOf: o.Today}, markdown: markup.NewParser(), archive: &archive{}}
	b.bag.Append(found)
	return b
}

// build is one build of a site.
type build struct {
	ctx      context.Context
	snapshot *source.Snapshot
	options  Options
	bag      *diag.Bag
	report   *Report
	markdown *markup.Parser
	archive  *archive

	framing  sync.Once // see [build.frame]
	settings *config.Config
	theme    *theme.Theme

	themes *themes // of the session; nil in a build that stands alone

	// Of a build that stands alone: what the last plan was made from, and what this
	// one is; how the content has changed since.
	before, now model
	was         []entry // the files as they were known before
	edits       edits
}

// finish puts the findings so far into the report.
func (b *build) finish() *Report {
	b.report.Diags = b.bag.List()
	if b.report.Config != nil {
		b.report.Diags = b.report.Diags.Tune(b.report.Config.Severities)
	}
	return b.report
}

// refused reports whether the findings so far forbid to publish.
func (b *build) refused() bool {
	broken, warnings := b.report.Diags.Count()
	return broken > 0 || warnings > 0 && b.options.Strict
}

func (b *build) progress(p Phase, done, total int) {
	if b.options.Progress != nil {
		b.options.Progress(p, done, total)
	}
}

// plan runs the phases up to plan; the site is nil when one of them cannot go on.
func (b *build) plan() *Site {
	b.progress(PhaseRead, 0, 1)
	if !b.snapshot.Has(source.ConfigFile) {
		return nil
	}
	var loading sync.WaitGroup
	loading.Go(func() { b.frame() }) // neither knows of the other
	files := b.parse()
	loading.Wait()
	c, t := b.frame()
	if c == nil {
		return nil
	}
	for _, f := range files {
		if f.Broken {
			b.report.Unread++
		}
	}
	b.progress(PhaseCheck, 0, 1)
	present := b.options.Today
	if !c.AsOf.IsZero() {
		present = c.AsOf
	}
	book := ledger.NewBook(b.report.AsOf, ledger.Settings{Phones: append([]string{c.Phone, c.Supervise}, c.Phones...), MonthsFrom: c.MonthsFrom, MinCell: c.MinCell, Openness: c.Openness, Mourning: c.Mourning, Present: present}, files, b.bag)
	var beside sync.WaitGroup // what the plan does not ask for
	defer beside.Wait()
	beside.Go(func() {
		book.Check(b.bag)
		if b.report.Unread == 0 { // what cannot be read may refer to any file
			b.unused(files, c.Emblem)
		}
		b.report.Drafts, b.report.Future = book.Waiting(b.options.Visible)
		if c.AsOf.IsZero() || !b.options.AsOf.IsZero() {
			b.report.Next = book.Next(b.options.Visible)
		}
	})
	if t == nil || b.report.Unread > 0 || !b.snapshot.HasContent() || b.ctx.Err() != nil {
		return nil // links into what cannot be read, or is not there, are not dead
	}
	b.progress(PhasePlan, 0, 1)
	model := site.New(c, book.Public(b.options.Visible), b.bag)
	texts := &plan.Texts{Body: b.bodies(), Theme: t, Grams: b.grams()}
	outputs := b.outputs(model, t)
	s := &Site{Model: model, Theme: t, Outputs: outputs, Texts: texts, Book: book}
	b.report.Planned, b.report.Pages = len(outputs), s.Pages()
	return s
}

// outputs plans what is made of a model, and makes its pictures ready.
func (b *build) outputs(model *site.Model, t *theme.Theme) (outputs []*plan.Output) {
	pictures := asset.NewPictures(b.archive.dir, b.options.Verify)
	looked := &b.archive.looked
	if b.options.Verify {
		looked = &plan.Looked{}
	}
	if b.options.Visible.Inside {
		outputs = plan.MakeInside(model, b.snapshot, t, pictures, b.bag)
	} else {
		outputs = plan.Make(model, b.snapshot, t, pictures, looked, b.bag)
	}
	pictures.Keep()
	b.report.Prepared = pictures.Prepared
	for _, p := range pictures.Differ {
		b.bag.Addf(ruleStale, diag.Pos{File: p}, "“%s”的缓存与重新处理的图片不一致", p)
	}
	return outputs
}

// Pages returns the number of pages among the outputs.
func (s *Site) Pages() (n int) {
	for _, o := range s.Outputs {
		if o.Layout != "" {
			n++
		}
	}
	return n
}

// frame reads the settings and loads the theme, once; both are nil when they
// cannot be used.
func (b *build) frame() (*config.Config, *theme.Theme) {
	b.framing.Do(func() {
		if !b.snapshot.Has(source.ConfigFile) {
			return // reported when the snapshot was taken
		}
		if c, ok := b.config(); ok {
			b.settings, b.theme = c, b.loadTheme(c)
		}
	})
	return b.settings, b.theme
}

// config reads site.toml and settles the day of the build.
func (b *build) config() (*config.Config, bool) {
	b.report.AsOf = b.options.Today
	t, ok := b.snapshot.Text(source.ConfigFile, b.bag)
	if !ok {
		return nil, false
	}
	c, ok := config.Parse(t, b.bag)
	ledger.CheckSettings(t, b.bag)
	b.report.Config = c
	if address, ok := config.Address(b.options.BaseURL); ok {
		c.BaseURL = address
	}
	if b.options.Preview {
		c.Offline = false
	}
	if !c.AsOf.IsZero() {
		b.report.AsOf = c.AsOf
	}
	if !b.options.AsOf.IsZero() {
		b.report.AsOf = b.options.AsOf
	}
	return c, ok
}

// parse decodes all content files, each by itself.
func (b *build) parse() []*ledger.File {
	all := b.snapshot.Files(source.ContentDir)
	content := make([]source.File, 0, len(all))
	for _, f := range all {
		if ledger.IsContent(f.Path) {
			content = append(content, f)
		}
	}
	files := make([]*ledger.File, len(content))
	b.archive.next = make([]entry, len(content))
	var parsed atomic.Int64
	b.each(PhaseParse, len(content), func() func(int) error {
		return func(i int) error {
			file, again := b.archive.file(i, content[i], b.snapshot, b.markdown, b.options.Verify, b.bag)
			files[i] = file
			if again {
				parsed.Add(1)
			}
			b.bag.Append(file.Diags)
			return nil
		}
	})
	b.report.Read, b.report.Parsed = len(content), int(parsed.Load())
	last := b.archive.last
	b.was = last
	b.edits = b.archive.settle(files)
	if b.themes == nil { // a session has the plan itself
		b.before, b.now = b.models(last, b.archive.last)
	}
	return slices.DeleteFunc(files, func(f *ledger.File) bool { return f == nil }) // nil after an interrupt
}

// bodies returns the function by which pages get the bodies of documents; it
// parses a file once more when the cache has lost it. It belongs to this build:
// a page that is made later, while the next build runs, shows this one's text.
func (b *build) bodies() func(file string, d *markup.Document) string {
	known := b.archive.last
	return func(path string, d *markup.Document) string {
		var ref cache.Ref
		if n, ok := find(known, path); ok {
			ref = known[n].Body
		}
		return b.archive.body(ref, d, func() *markup.Document {
			if t, ok := b.snapshot.Text(path, b.bag); ok {
				return ledger.ParseFile(t, b.markdown).Doc()
			}
			return nil
		})
	}
}
