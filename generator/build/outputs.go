package build

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/plan"
	"biandan/generator/publish"
	"biandan/generator/render"
	"biandan/generator/theme"
)

// render makes the outputs whose identity has changed since they were written.
func (b *build) render(s *Site, stage *publish.Stage) error {
	var compared, rendered, indexed atomic.Int64
	untouched := b.untouched(stage)
	stage.Expect(len(s.Outputs))
	err := b.each(PhaseRender, len(s.Outputs), func() func(int) error {
		w := &worker{build: b, site: s, stage: stage, compared: &compared, rendered: &rendered, indexed: &indexed} // one for each worker
		return func(i int) error {
			o := s.Outputs[i]
			if untouched(o) && stage.Keep(o.Path) {
				return nil
			}
			if !o.IsIndex() {
				compared.Add(1)
			}
			if o.Layout == "" {
				return w.file(o)
			}
			return w.page(o)
		}
	})
	b.report.Compared, b.report.Rendered, b.report.Indexed = int(compared.Load()), int(rendered.Load()), int(indexed.Load())
	return err
}

// worker makes outputs, one after the other.
type worker struct {
	*build
	site  *Site
	stage *publish.Stage

	compared, rendered, indexed *atomic.Int64

	encoded, written []byte // room for a view and for a page
}

// file makes an output without a layout, unless it stands as it would be made.
func (w *worker) file(o *plan.Output) error {
	key, data := w.site.identity(w.options.Tool, o)
	fresh := w.fresh(o, key)
	if fresh && !w.options.Verify {
		return nil
	}
	if data == nil {
		data = o.Bytes(w.site.Texts)
	}
	if o.IsIndex() {
		w.indexed.Add(1)
	}
	return w.put(o, key, data, fresh)
}

// page makes a page, unless it stands as it would be made.
func (w *worker) page(o *plan.Output) error {
	last, stood := w.stage.Our(o.Path)
	full := !stood // as it has to be made anyway
	v := o.View(w.site.Texts, full)
	key, encoded := identity(w.options.Tool, w.site.Theme, o, v, w.encoded)
	w.encoded = encoded
	fresh := w.fresh(o, key)
	if fresh && !w.options.Verify {
		return nil
	}
	if !full {
		v = w.site.View(o, true)
	}
	room := slices.Grow(w.written[:0], int(min(max(0, last.Size), mostRoom))) // most pages keep their length
	data, ok := render.Page(o, v, w.site.Theme, room, w.bag)
	w.written = data
	if cap(data) > largePage {
		w.written = nil
	}
	if !ok {
		return nil
	}
	w.rendered.Add(1)
	return w.put(o, key, data, fresh)
}

// largePage is the number of bytes of a page whose room is not kept for the next.
const largePage = 1 << 20

// mostRoom is the number of bytes for which room is made before a page is.
const mostRoom = 8 << 20

// fresh reports whether an output stands as it would be made.
func (w *worker) fresh(o *plan.Output, key digest.Sum) bool {
	return !w.options.NoCache && w.stage.Fresh(o.Path, key)
}

// put stages the bytes of an output; those of one that was fresh should stand.
func (w *worker) put(o *plan.Output, key digest.Sum, data []byte, fresh bool) error {
	if fresh && !w.stage.Holds(o.Path, data) {
		w.bag.Addf(ruleStale, o.Pos(), "“%s”的缓存与重新生成的结果不一致", o.Path)
	}
	return w.stage.Put(o.Path, key, data, o, w.bag)
}

var ruleStale = diag.Define(diag.Rule{Code: "E0605", Name: "缓存不可靠", Severity: diag.Error,
	Why: "缓存里的结果和重新做的不一样，说明本工具判断“没有变”时出了错", Mend: "加 --no-cache 再生成一次，并把这条消息发给维护者"})

// identity is what the bytes of a page depend on: the tool, all template text
// that its layout can reach, its view. A view without bodies has the same as the
// full one. encoded is what it is the digest of, in the room given.
func identity(tool digest.Sum, t *theme.Theme, o *plan.Output, view any, room []byte) (key digest.Sum, encoded []byte) {
	closure := t.Closure(o.Layout)
	encoded = append(append(room[:0], tool[:]...), closure[:]...)
	encoded = digest.Append(encoded, view)
	return digest.Bytes(encoded), encoded
}

// identity is what the bytes of an output depend on; data are the bytes of one
// that is no page.
func (s *Site) identity(tool digest.Sum, o *plan.Output) (key digest.Sum, data []byte) {
	if o.Layout == "" {
		if key, known := o.Key(s.Texts); known {
			return digest.Of(tool, key), nil
		}
		data = o.Bytes(s.Texts)
		return digest.Bytes(data), data
	}
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	key, *room = identity(tool, s.Theme, o, s.View(o, false), *room)
	return key, nil
}

// each calls the functions that worker makes, one for each core, with 0 to n-1,
// until one fails or the build is interrupted.
func (b *build) each(p Phase, n int, worker func() func(i int) error) error {
	var next, done atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	b.progress(p, 0, n)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			work := worker()
			for failed.Load() == nil && b.ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := work(i); err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
				b.progress(p, int(done.Add(1)), n)
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return b.ctx.Err()
}
