// Package plan decides which files a site consists of: Model → []Output. It is
// the only builder of views.
//
// An [Output] is a path below public/ with either its bytes or a layout and a
// view. Views are made when they are asked for, one page at a time and by many
// workers, so that the bodies of a large site are never all in memory.
//
// Here is what the pages of all ledgers share: addresses and links, heads, lists,
// articles, tables, open data, the sitemap. A ledger with pages of its own design
// has a [Room]; the others get tables. Before anything is rendered, [Make] has
// checked every link, every picture and every output path.
package plan

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"biandan/generator/asset"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/sheet"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// indexFile is the file that a server gives for a folder.
const indexFile = "index.html"

// Output is one file of the site.
type Output struct {
	Path   string            // below public/, slash-separated
	File   string            // what made it: a content file, a folder of them, or a file of the theme
	title  string            // of a page
	note   string            // what the page is, where its title is that of another: 张贴
	Layout string            // "" when [Output.Bytes] has the content
	Wall   []string          // of a page that shows sheets: their paths, in order
	bytes  func() []byte     // of one that is no page and is not made from texts
	key    func() digest.Sum // of one whose bytes need not be made to be compared; nil
	texts  *made             // of one that depends on the texts of many pages

	builder *Builder
	make    func(p *Page) any // the view
	others  []string
	record  *site.Page  // of a page that names no other of its kind but its neighbours: see [LayoutOf.PageOf]; nil
	older   bool        // it is behind the front of a list
	at      diag.Placed // the place in File that made it; nil: all of it
}

// Bytes are those of an output without a layout.
func (o *Output) Bytes(t *Texts) []byte {
	if o.texts != nil {
		return o.texts.bytes(t)
	}
	return o.bytes()
}

// IsIndex reports whether the output is a part of the index of the search.
func (o *Output) IsIndex() bool { return o.texts != nil }

// Key returns the identity of what the bytes of an output without a layout are made from,
// where that is known before they are made. How they are made is the tool's.
func (o *Output) Key(t *Texts) (key digest.Sum, ok bool) {
	switch {
	case o.texts != nil:
		return o.texts.key(t), true
	case o.key != nil:
		return o.key(), true
	}
	return key, false
}

// Others are the content files whose bodies the page shows beside that of File; it
// shows no others.
func (o *Output) Others() []string { return o.others }

// View makes the view of a page. Unless full is set, bodies are left out: their
// keys are enough for the identity of the view.
func (o *Output) View(t *Texts, full bool) any {
	p := o.builder.page(strings.TrimSuffix(o.Path, indexFile), o.Layout)
	p.Full, p.texts, p.source, p.more = full, t, o.File, o.Others()
	return o.make(p)
}

// Pos returns the place that made the output, for messages.
func (o *Output) Pos() diag.Pos {
	if o.at == nil {
		return diag.Pos{File: o.File}
	}
	return o.at.Pos()
}

// IsSheet reports whether the output is a page that is made for paper.
func (o *Output) IsSheet() bool { return isSheet(o.Layout) }

// Title is the title of a page; that of a sheet says that it is one.
func (o *Output) Title() string {
	if o.note != "" {
		return o.title + "（" + o.note + "）"
	}
	return o.title
}

// Sheet returns what every sheet has in its view, the size above all; nil when
// the output is none. It makes the view, without bodies.
func (o *Output) Sheet(t *Texts) *view.Sheet {
	if !o.IsSheet() {
		return nil
	}
	s := sheetOf(o.View(t, false))
	return &s
}

// Shows reports whether the output depends on the body of a content file.
func (o *Output) Shows(file string) bool {
	return o.texts != nil || o.File == file || slices.Contains(o.Others(), file)
}

// Names reports whether the output may depend on the title or the summary of a content
// file.
func (o *Output) Names(file string) bool {
	if o.record == nil || o.record.Doc != nil && slices.ContainsFunc(o.record.Doc.Holes, markup.Hole.Quotes) {
		return true
	}
	switch pg := o.builder.PageOfFile(file); pg {
	case o.record, o.record.Newer, o.record.Older:
		return true
	default:
		return pg != nil && ledger.KindOf(pg.Entry) != ledger.KindOf(o.record.Entry)
	}
}

var (
	ruleMenu = diag.Define(diag.Rule{Code: "E0703", Name: "导航指向不存在的页面", Severity: diag.Error,
		Why: "导航在每一页上，点进去却是空的", Mend: "改成已有页面的网址，如 \"/stations/\""})
	ruleEmblem = diag.Define(diag.Rule{Code: "E0704", Name: "党徽文件找不到", Severity: diag.Error,
		Why: "党徽必须用经过核对的标准图样，文件由县里放在 content/ 里", Mend: "核对党徽文件（emblem）的路径，如 emblem = \"content/dang-hui.svg\"；没有就删掉这一行"})
)

// Make plans the outputs, sorted by path; what they show of pictures is prepared by
// pictures, and looked remembers what stands in attachments; nil: nothing. Findings
// go to bag.
func Make(m *site.Model, s *source.Snapshot, t *theme.Theme, pictures *asset.Pictures, looked *Looked, bag *diag.Bag) []*Output {
	b := newBuilder(m, s, t, pictures, bag)
	planned := map[string]bool{"": true} // folders that need no table
	events := b.findEvents()
	b.feeds = sync.OnceValue(func() feeds { return b.findFeeds(events) })
	b.findable = sync.OnceValue(b.findAll)
	b.Beside(func() { b.feeds() })
	b.Beside(func() { b.findable() })
	planPlainPages(b)
	for _, r := range rooms {
		planned[r.Folder] = r.Plan(b)
	}
	planTables(b, planned)
	planData(b)
	planCalendars(b, events)
	planFeeds(b)
	planSitemap(b)
	planSearch(b)
	planRedirects(b)
	planWorker(b)
	filled := b.checkLinks()
	b.addFiles()
	b.Beside(func() { b.checkAttachments(looked) })
	b.checkMenu()
	b.checkColumns()
	slices.SortStableFunc(b.outputs, func(x, y *Output) int { return strings.Compare(x.Path, y.Path) })
	b.checkPaths()
	b.checks.Wait()
	b.filled = filled // nobody makes views any more until it is there for all
	return b.outputs
}

// MakeInside plans the sheets that never leave the organisation, and nothing else: what
// the book holds is not for everybody. The outputs are only printed.
func MakeInside(m *site.Model, s *source.Snapshot, t *theme.Theme, pictures *asset.Pictures, bag *diag.Bag) []*Output {
	b := newBuilder(m, s, t, pictures, bag)
	for _, r := range rooms {
		if r.Inside != nil {
			r.Inside(b)
		}
	}
	slices.SortStableFunc(b.outputs, func(x, y *Output) int { return strings.Compare(x.Path, y.Path) })
	return b.outputs
}

// Builder collects the outputs of a site.
type Builder struct {
	*site.Model
	Bag      *diag.Bag
	snapshot *source.Snapshot
	theme    *theme.Theme // of the time of planning
	pictures *asset.Pictures
	outputs  []*Output
	paths    map[string]bool // addresses of the pages that are planned, but for those of records
	records  []bool          // by index: the page of the record is planned

	style, sheetStyle, script, searcher, turner, emblem, share string            // output paths
	integrity                                                  map[string]string // digests of the files of the theme, by output path
	worker                                                     theme.Asset       // what pages without network need; empty where there are none
	golden                                                     bool              // the emblem, and it can be seen on red
	sites                                                      map[string]common // by the way to the root
	columns                                                    map[place]column  // see [Page.column]
	feeds                                                      func() feeds      // made beside the planning
	base                                                       string            // path of the site's root, when links begin with it
	filled                                                     []filled          // by page; nil while the site is planned

	events     map[*site.Page][]dated // those that the record of a page stands for, by day
	calendars  map[ledger.Entry]bool  // of which records there are some
	findable   func() findable        // made beside the planning; see findAll
	found      []found                // what a search finds
	foundKinds []*ledger.Kind         // the kinds of these
	checks     sync.WaitGroup         // that go on beside the planning

	mu     sync.Mutex
	quoted map[string]map[string]string // see [Builder.quotes]
	files  map[string]*waited           // content files that pages refer to
	users  map[string][]string          // of each of these, the files of the pages
}

func newBuilder(m *site.Model, s *source.Snapshot, t *theme.Theme, pictures *asset.Pictures, bag *diag.Bag) *Builder {
	room := 2*len(m.Pages) + 256 // most pages have a sheet
	b := &Builder{Model: m, snapshot: s, theme: t, pictures: pictures, Bag: bag, paths: make(map[string]bool, room/2), records: make([]bool, len(m.Pages)), outputs: make([]*Output, 0, room),
		sites: map[string]common{}, columns: map[place]column{}, feeds: func() (none feeds) { return none }, integrity: map[string]string{}, events: map[*site.Page][]dated{}, base: BasePath(m.Config.BaseURL), quoted: map[string]map[string]string{}, files: map[string]*waited{}, users: map[string][]string{}}
	b.paths[""] = true
	for _, a := range t.Assets {
		data := a.Data
		if a.Name == workerFile {
			b.worker = a
			continue
		}
		switch a.Name { // behind what is there: an @import must stand first
		case "sheet.css":
			data = append(slices.Clip(data), sheet.Measures()...)
		case "site.css":
			data = append(slices.Clip(data), formats(m.Config)...)
		}
		out := "assets/" + asset.Fingerprint(a.Name, data)
		sum := sha256.Sum256(data)
		b.integrity[out] = "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
		switch a.Name {
		case "site.css":
			b.style = out
		case "sheet.css":
			b.sheetStyle = out
		case "site.js":
			b.script = out
		case "search.js":
			b.searcher = out
		case "screen.js":
			b.turner = out
		case shareFile:
			b.share = out
		}
		b.addBytes(out, a.File, func() []byte { return data })
	}
	if b.share == "" && m.Config.BaseURL != "" {
		b.drawShare()
	}
	if e := m.Config.Emblem; e != "" {
		if f := b.contentFile(e, source.ConfigFile); f.ok {
			b.emblem = strings.TrimPrefix(e, source.ContentDir+"/")
			b.golden = b.checkEmblem(e, f.data, m.Config.At("emblem"))
		} else {
			bag.Addf(ruleEmblem, m.Config.At("emblem"), "找不到党徽文件“%s”", e)
		}
	}
	return b
}

// shareFile is the file of a theme for the picture beside a link that people share.
const shareFile = "share.png"

// drawShare plans the picture of a theme that has none.
func (b *Builder) drawShare() {
	b.share = "assets/" + shareFile
	b.addBytes(b.share, source.ConfigFile, asset.Share).key = func() digest.Sum { return digest.Of(shareFile) }
}

// formats are classes for the sizes of paper, by which a board knows how large the
// pictures of its sheets are.
func formats(c *config.Config) (css []byte) {
	for _, s := range c.Sizes() {
		css = fmt.Appendf(css, ".f%dx%d{--w:%d;--h:%d}", s.Width, s.Height, s.Width, s.Height)
	}
	return css
}

// FileOf is the file, below public/, that a server gives for an address of the site.
func FileOf(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + indexFile
	}
	return address
}

// addPage plans the page at an address; make fills its view.
func (b *Builder) addPage(address, layout, title string, src diag.Placed, make func(p *Page) any) *Output {
	p := FileOf(address)
	if pg, ok := src.(*site.Page); ok && pg.Path == address {
		b.records[pg.Index] = true
	} else {
		b.paths[p[:len(address)]] = true // one string for both
	}
	o := &Output{Path: p, File: fileOf(src), title: title, Layout: layout, builder: b, make: make, at: src}
	b.outputs = append(b.outputs, o)
	return o
}

// Has reports whether a page is planned at an address, or a record has its page there.
func (b *Builder) Has(address string) bool {
	return b.paths[address] || b.AtAddress(address) != nil
}

// destinations are the links to all pages that are planned, as they are written in the
// content, sorted.
func (b *Builder) destinations() (list []string) {
	for p := range b.paths {
		list = append(list, "/"+p)
	}
	for i, pg := range b.Pages {
		if b.records[i] {
			list = append(list, "/"+pg.Path)
		}
	}
	slices.Sort(list)
	return list
}

// Beside runs a check while the planning goes on.
func (b *Builder) Beside(check func()) { b.checks.Go(check) }

// fileOf is the file of a place, which for a page is known before its line.
func fileOf(p diag.Placed) string {
	if pg, ok := p.(*site.Page); ok {
		return pg.Entry.File()
	}
	return p.Pos().File
}

// addBytes plans a file that a content file or folder, or a file of the theme, makes.
func (b *Builder) addBytes(p, file string, bytes func() []byte) *Output {
	o := &Output{Path: p, File: file, bytes: bytes}
	b.outputs = append(b.outputs, o)
	return o
}

func (b *Builder) checkMenu() {
	for i, item := range b.Config.Menu {
		if p := markup.LinkProblem(item.URL); p != "" {
			b.Bag.Add(ruleMenu, b.Config.At("menu", i, "url"), p, "写站内的网址，如 \"/stations/\"，或者 https:// 开头的网址")
			continue
		}
		if !markup.IsExternal(item.URL) && !b.Has(strings.TrimPrefix(item.URL, "/")) {
			b.Bag.Add(ruleMenu, b.Config.At("menu", i, "url"), fmt.Sprintf("导航“%s”指向的“%s”不存在", item.Name, item.URL), diag.DidYouMean(item.URL, b.destinations(), ""))
		}
	}
}

// checkLinks resolves the links of all documents, so that a dead one is reported
// before anything is rendered, and gathers the files they refer to. What fills the
// holes of the documents is returned by page.
func (b *Builder) checkLinks() []filled {
	list := make([]filled, len(b.Pages))
	parallel(len(b.Pages), 64, func(i int) {
		if p := b.Pages[i]; p.Doc != nil {
			f := &list[i]
			f.root, f.fills = b.checkDoc(p.Entry.File(), p.Path, p.Doc)
		}
	})
	for _, folder := range b.Sections() {
		s := b.Section(folder)
		if s.Doc != nil {
			b.checkDoc(s.File(), SectionPath(folder), s.Doc)
		}
	}
	return list
}

// checkDoc reports what is wrong with the links of a document, and returns what
// fills its holes on pages with that way to the root.
func (b *Builder) checkDoc(file, address string, d *markup.Document) (root string, fills []string) {
	if len(d.Holes) == 0 {
		return b.rootOf(address), nil
	}
	p := b.page(address, "")
	tables, holes := 0, d.Holes
	for i, h := range d.Holes {
		if h.Kind != markup.TableHole {
			continue
		}
		if tables++; tables > maxTables {
			b.Bag.Addf(ruleManyTables, h.Pos(file), "这一页有 %d 个以上的台账表格", maxTables)
			holes = holes[:i]
			break
		}
	}
	return p.root, p.fills(file, holes, b.Bag)
}

// SectionPath is the address of a folder.
func SectionPath(folder string) string {
	if folder == "" {
		return ""
	}
	return folder + "/"
}

// parallel calls f for 0 to n-1 on all cores; a core asks for a share of the numbers
// at one time.
func parallel(n, share int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n/share+1, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				to := int(next.Add(int64(share)))
				if to-share >= n {
					return
				}
				for i := to - share; i < min(to, n); i++ {
					f(i)
				}
			}
		})
	}
	wg.Wait()
}

// Count writes a number with its unit.
func Count(n int, unit string) string { return fmt.Sprintf("%d %s", n, unit) }
