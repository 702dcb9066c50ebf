package poster

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/publish"
)

// Work is what [Run] is to print, and where to.
type Work struct {
	Tree      Tree
	Documents []Document
	Form      Form
	Address   string // of the site
	Program   string // the browser
	Stamp     string // changes when the browser does
	Tool      digest.Sum
	Folder    string            // for the PDFs
	CacheDir  string            // may hold what was printed before
	Stays     func(string) bool // PDFs of ours that are left in place though no document of this work
	Jobs      int               // tabs at one time; 0: as many as there are cores
	NoCache   bool              // print everything again
	Progress  func(done, total int)
}

// file is what the browser gets for an address.
func (w *Work) file(p string) ([]byte, bool) {
	data, found, ok := w.Tree.File(p)
	return data, ok && !found.HasErrors()
}

// setup is that of the browser for this work.
func (w *Work) setup(tabs int) Setup {
	return Setup{w.Program, w.Address, w.file, tabs, w.CacheDir}
}

// manyTabs is how many are opened at most, unless more are asked for: each takes
// a hundred megabytes.
const manyTabs = 8

// tabs is how many tabs print n documents.
func (w *Work) tabs(n int) int {
	if w.Jobs > 0 {
		return min(w.Jobs, n)
	}
	return min(runtime.GOMAXPROCS(0), manyTabs, n)
}

// sheets are those of all documents.
func (w *Work) sheets() []Sheet {
	var list []Sheet
	for _, d := range w.Documents {
		list = append(list, d.Sheets...)
	}
	return list
}

// Report says what was printed.
type Report struct {
	Documents, Printed int
	Pages              int // of those that were printed
	Problems           []Problem
	Diags              diag.List
}

// shown is what is remembered of a document: the files that it showed.
type shown struct {
	Name   string
	Loaded []string
}

const (
	shownName = "sheets"
	pdfPrefix = "pdf-"
)

// Run prints what has changed since it was printed last. A document that cannot
// be printed is a problem in the report and leaves its old PDF; the others are
// written. The error is a [Problem] of the whole machine, or one of its disk.
func Run(ctx context.Context, w Work) (*Report, error) {
	dir, err := cache.Open(w.CacheDir, w.Tool)
	if err != nil {
		return nil, err
	}
	stage, err := publish.BeginMarked("print-", ".pdf", Mark, w.Folder, w.CacheDir, dir)
	if err != nil {
		return nil, err
	}
	defer stage.Discard()
	r := &run{Work: w, dir: dir, stage: stage, loaded: map[string][]string{}, report: &Report{Documents: len(w.Documents)}}
	var known []shown
	dir.Load(shownName, &known)
	for _, s := range known {
		r.loaded[s.Name] = s.Loaded
	}
	if err := r.print(ctx, r.stale()); err != nil {
		return r.report, err
	}
	bag := &diag.Bag{}
	bag.Append(r.report.Diags)
	stage.Check(bag)
	if r.report.Diags = bag.List(); r.report.Diags.HasErrors() {
		return r.report, nil
	}
	stage.Leave(w.Stays)
	_, err = stage.Commit(digest.Sum{})
	return r.report, err
}

type run struct {
	Work
	dir   *cache.Dir
	stage *publish.Stage

	mu     sync.Mutex
	loaded map[string][]string // by name of the document
	report *Report
	done   int
	failed error
}

// name is that of a document's PDF in the form of this work.
func (r *run) name(d Document) string {
	return strings.TrimSuffix(d.Name, ".pdf") + r.Form.Suffix() + ".pdf"
}

// key is the identity of a document's PDF; ok is false when nobody knows what
// the document shows.
func (r *run) key(d Document) (key digest.Sum, ok bool) {
	type file struct {
		Path string
		Key  digest.Sum
	}
	loaded, ok := r.loaded[r.name(d)]
	if !ok {
		return key, false
	}
	files := make([]file, len(loaded))
	for i, p := range loaded {
		k, _ := r.Tree.Key(p) // a file that is not there has none
		files[i] = file{p, k}
	}
	for _, s := range d.Sheets {
		if !slices.Contains(loaded, s.Path) {
			return key, false
		}
	}
	return digest.Of(r.Tool, r.Address, r.Stamp, r.Form, r.sizes(d), files), true
}

// sizes are what a document depends on beside the files that it shows.
func (r *run) sizes(d Document) []Sheet {
	sheets := slices.Clone(d.Sheets)
	for i := range sheets {
		sheets[i].At = diag.Pos{}
	}
	return sheets
}

// stale returns the documents that have to be printed. The PDFs of the others
// stand in their places or are taken from the cache.
func (r *run) stale() []Document {
	var list []Document
	for _, d := range r.Documents {
		if key, ok := r.key(d); !ok || r.NoCache || !r.reuse(d, key) {
			list = append(list, d)
		}
	}
	return list
}

func (r *run) reuse(d Document, key digest.Sum) bool {
	if r.stage.Fresh(r.name(d), key) {
		return true
	}
	var pdf string
	return r.dir.Load(pdfPrefix+key.String(), &pdf) &&
		r.stage.Put(r.name(d), key, []byte(pdf), d.Sheets[0].At, &diag.Bag{}) == nil
}

// render makes the pages of a document before the browser asks for them, to see
// what is wrong with them.
func (r *run) render(d Document) diag.List {
	var all diag.List
	for _, s := range d.Sheets {
		_, found, _ := r.Tree.File(s.Path)
		all = append(all, found...)
	}
	return all
}

// print prints the documents, several at a time.
func (r *run) print(ctx context.Context, list []Document) error {
	if len(list) == 0 {
		return nil
	}
	tabs := r.tabs(len(list))
	r.Progress(0, len(list))
	b, err := Start(ctx, r.setup(tabs))
	if err != nil {
		return err
	}
	defer b.Close()
	spread(len(list), tabs, func(i int) bool { return r.one(ctx, b, list[i], len(list)) })
	r.remember()
	return r.failed
}

// spread calls f for 0 to n-1, so many at a time, until it says to stop.
func spread(n, workers int, f func(i int) bool) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && f(i); i = int(next.Add(1)) - 1 {
			}
		})
	}
	wg.Wait()
}

// one prints one document of that many; it reports whether to go on.
func (r *run) one(ctx context.Context, b *Browser, d Document, total int) bool {
	found := r.render(d)
	var p *Printed
	var err error
	if !found.HasErrors() {
		p, err = b.Print(ctx, d, r.Form)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if found.HasErrors() {
		r.report.Diags = append(r.report.Diags, found...)
	} else if err := r.keep(d, p, err); err != nil && r.failed == nil {
		r.failed = err
	}
	r.done++
	r.Progress(r.done, total)
	return r.failed == nil
}

// keep stages a PDF and stores it for another time.
func (r *run) keep(d Document, p *Printed, err error) error {
	if problem := (Problem{}); errors.As(err, &problem) && problem.At.File != "" {
		r.report.Problems = append(r.report.Problems, problem)
		r.stage.Leave(func(name string) bool { return name == r.name(d) })
		return nil
	}
	if err != nil {
		return err
	}
	r.report.Printed++
	r.report.Pages += len(p.Boxes)
	r.loaded[r.name(d)] = p.Loaded
	key, _ := r.key(d)
	if r.dir.Save(pdfPrefix+key.String(), string(p.PDF)) != nil {
		key = digest.Sum{} // printed again another time
	}
	return r.stage.Put(r.name(d), key, p.PDF, d.Sheets[0].At, &diag.Bag{})
}

// remember keeps what each document shows. A failure costs only time.
func (r *run) remember() {
	list := make([]shown, 0, len(r.loaded))
	for name, loaded := range r.loaded {
		list = append(list, shown{name, loaded})
	}
	slices.SortFunc(list, func(a, b shown) int { return strings.Compare(a.Name, b.Name) })
	r.dir.Save(shownName, list)
}
