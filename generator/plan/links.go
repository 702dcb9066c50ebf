package plan

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/source"
	"biandan/generator/view"
)

var (
	ruleWithheldLink = diag.Define(diag.Rule{Code: "E0413", Name: "链接的那一页现在不在网上", Severity: diag.Warning, Tunable: true,
		Why: "那一页还没有到日子，或者已经下线；这期间链接先通到它所在的列表，网站照样生成", Mend: "下线的，去掉链接；没有到日子的，到了自己会通"})
	ruleDeadLink = diag.Define(diag.Rule{Code: "E0402", Name: "链接指向不存在的内容", Severity: diag.Error,
		Why: "读者点进去是空的；检查网站的人把它叫作死链", Mend: "核对路径：可以写相对的文件（../notices/a.md），也可以写网址（/stations/yz-01/）"})
	ruleAnchor = diag.Define(diag.Rule{Code: "E0408", Name: "链接指向不存在的标题", Severity: diag.Error,
		Why: "井号后面要是那一页里的标题，否则只会停在页首", Mend: "改成那一页里已有的标题文字"})
	ruleNoPicture = diag.Define(diag.Rule{Code: "E0411", Name: "当作图片的不是图片", Severity: diag.Error,
		Why: "感叹号开头的写法只能放图片；视频、文档放在那里，网页和张贴的纸上都会缺一块", Mend: "去掉前面的感叹号，写成链接"})
	ruleTableCall = diag.Define(diag.Rule{Code: "E0409", Name: "短代码引用的台账不对", Severity: diag.Error,
		Why: "台账、种类或列名写错了，表格就出不来", Mend: "核对台账（ledger）、种类（kind）和列（columns）"})
	ruleQuote = diag.Define(diag.Rule{Code: "E0419", Name: "引用的数字或承诺没有", Severity: diag.Error,
		Why: "正文里的数从台账来，台账里没有这一个，句子就缺了一块", Mend: "核对名字；承诺写在 content/figures/ 的 [[promise]] 里"})
	ruleManyTables = diag.Define(diag.Rule{Code: "E0410", Name: "一页里台账表格太多", Severity: diag.Error,
		Why: "每个表格都带着整本台账，旧手机打不开这样的一页", Mend: "同一个表格只放一次，别的分到几页里"})
)

// Page is a page whose view is being made: the place from which links are made.
type Page struct {
	*Builder
	Path   string // address
	Full   bool   // the view is to be rendered: fill in bodies, and what is digest:"-"
	layout string
	texts  *Texts
	source string   // the content file whose body may be shown; "" for lists
	more   []string // others, on a page that shows sheets
	root   string   // from the page to the site's root, ends in a slash or is empty
	screen bool     // it is made for a television
}

func (b *Builder) page(address, layout string) *Page {
	return &Page{Builder: b, Path: address, layout: layout, root: b.rootOf(address)}
}

// rootOf is the way from an address to the root of the site.
func (b *Builder) rootOf(address string) string {
	if b.Config.Links == config.Relative {
		return strings.Repeat("../", strings.Count(address, "/"))
	}
	return b.base
}

// BasePath returns the path of the site's address, with a slash at both ends.
func BasePath(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Path == "" {
		return "/"
	}
	return strings.TrimSuffix(u.EscapedPath(), "/") + "/"
}

// URL returns the link to an address or to a file of the site.
func (p *Page) URL(to string) string {
	if p.Config.Links == config.Relative {
		to = FileOf(to)
	}
	return p.root + escaped(to)
}

// escaped writes an address as links have it: those of most pages need nothing.
func escaped(address string) string {
	for i := range len(address) {
		if c := address[i]; c != '/' && c != '-' && c != '.' && (c < '0' || '9' < c) && (c < 'a' || 'z' < c) {
			return (&url.URL{Path: address}).EscapedPath()
		}
	}
	return address
}

// Link is a text with the link to an address.
func (p *Page) Link(text, to string) view.Link { return view.Link{Text: text, URL: p.URL(to)} }

// full returns the complete address, or "" when the site has none.
func (b *Builder) full(address string) string {
	if b.Config.BaseURL == "" {
		return ""
	}
	return b.Config.BaseURL + escaped(address)
}

// Body puts a document together for the page; html is empty unless the page is to
// be rendered.
func (p *Page) Body(file string, d *markup.Document) (html template.HTML, key string) {
	return p.body(file, d, p.Full)
}

func (p *Page) body(file string, d *markup.Document, full bool) (html template.HTML, key string) {
	if d == nil {
		return "", ""
	}
	if file != p.source && !slices.Contains(p.more, file) && path.Base(file) != ledger.IndexFile {
		panic("plan: " + p.Path + " shows the body of " + file) // an edit of it would not be seen
	}
	if newer := p.texts.Newer[file]; newer != nil {
		d = newer
	}
	known := p.filledOf(file, d)
	var fills []string
	if known != nil && known.root == p.root && !p.onPaper(d.Holes) {
		fills, key = known.fills, known.keyOf(d)
	} else {
		fills = p.fills(file, d.Holes, &diag.Bag{}) // what is to be said of them was said when the links were checked
		key = bodyKey(d, fills)
	}
	if !full {
		return "", key
	}
	return template.HTML(d.Fill(p.texts.Body(file, d), fills)), key
}

// onPaper reports whether the page shows pictures in their full size, as paper does.
func (p *Page) onPaper(holes []markup.Hole) bool {
	return isSheet(p.layout) && slices.ContainsFunc(holes, isPicture)
}

func isPicture(h markup.Hole) bool { return h.Kind == markup.ImageHole }

// fills returns the HTML for holes of a document in the named file.
func (p *Page) fills(file string, holes []markup.Hole, bag *diag.Bag) []string {
	fills := make([]string, len(holes))
	first := slices.IndexFunc(holes, isPicture) // is seen at once, perhaps
	for i, h := range holes {
		if isPicture(h) {
			fills[i] = p.resolveImage(file, h, i != first, bag)
		} else {
			fills[i] = p.resolve(file, h, bag)
		}
	}
	return fills
}

// filled are the holes of a document, filled for pages with that way to the root,
// and the identity of its body there, which is found when it is asked for.
type filled struct {
	root  string
	fills []string
	key   atomic.Pointer[string]
}

func (f *filled) keyOf(d *markup.Document) string {
	if key := f.key.Load(); key != nil {
		return *key
	}
	key := bodyKey(d, f.fills)
	f.key.Store(&key)
	return key
}

// filledOf is what is known of a document since the links were checked, or nil.
func (b *Builder) filledOf(file string, d *markup.Document) *filled {
	pg := b.PageOfFile(file)
	if pg == nil || pg.Doc != d || b.filled == nil {
		return nil
	}
	return &b.filled[pg.Index]
}

func bodyKey(d *markup.Document, fills []string) string { return digest.Of(d.Digest, fills).String() }

// resolve returns the HTML that fills a hole of a document in the named file, unless
// it is a picture.
func (p *Page) resolve(file string, h markup.Hole, bag *diag.Bag) string {
	switch h.Kind {
	case markup.TableHole:
		return p.resolveTable(h, bag)
	case markup.ValueHole:
		return p.resolveValue(file, h, bag)
	}
	dest, fragment, hasFragment := strings.Cut(h.Dest, "#")
	if dest == "" {
		p.checkAnchor(p.DocOfFile(file), fragment, h.Pos(file), bag)
		return markup.EscapeURL(h.Dest)
	}
	address, ok := p.target(file, dest, h)
	if !ok {
		if list, ok := p.withheld(file, dest, h, bag); ok {
			return markup.EscapeURL(p.URL(list))
		}
		bag.Add(ruleDeadLink, h.Pos(file), fmt.Sprintf("链接指向的“%s”不存在", dest), cmp.Or(p.respelled(file, dest), p.suggest(dest)))
		return ""
	}
	to := p.URL(address)
	if hasFragment {
		p.checkAnchor(p.DocAt(address), fragment, h.Pos(file), bag)
		to += "#" + fragment
	}
	return markup.EscapeURL(to)
}

// withheld reports a link to a page that is written and not published. What only the
// day is against stops nobody: until the page is there, or when it is over, the link
// leads to the list in which it stands, whose address is returned.
func (p *Page) withheld(file, dest string, h markup.Hole, bag *diag.Bag) (list string, ok bool) {
	plain, ok := ContentPath(file, dest)
	if !ok {
		return "", false
	}
	names := []string{plain} // of the file that may be meant
	if strings.HasPrefix(dest, "/") {
		plain = strings.TrimSuffix(plain, "/index.html")
		names = []string{plain, plain + ".md", plain + "/index.md"}
	}
	for _, name := range names {
		byDay, why := p.Book.Withheld(name, ledger.Visible{})
		list = SectionPath(strings.Split(strings.TrimPrefix(name, source.ContentDir+"/"), "/")[0])
		switch {
		case why == "":
		case byDay && p.Has(list):
			bag.Addf(ruleWithheldLink, h.Pos(file), "链接指向的“%s”%s", dest, why)
			return list, true
		default:
			bag.Add(ruleDeadLink, h.Pos(file), fmt.Sprintf("链接指向的“%s”%s", dest, why), "去掉这个链接，或者先公开那一页")
			return "", true
		}
	}
	return "", false
}

// ContentPath is the path of the file of the content that a destination in a file
// names, be there such a file or not; ok is false where it can be none.
func ContentPath(file, dest string) (p string, ok bool) {
	if isPlain(dest) {
		if !strings.HasPrefix(dest, "/") {
			return path.Dir(file) + "/" + strings.TrimSuffix(dest, "/"), true
		}
		return source.ContentDir + strings.TrimSuffix(dest, "/"), true
	}
	plain, err := url.PathUnescape(dest)
	plain = norm.NFC.String(plain)
	switch {
	case err != nil:
		return "", false
	case strings.HasPrefix(plain, "/"):
		return path.Join(source.ContentDir, plain), true
	}
	return path.Join(path.Dir(file), plain), true
}

// isPlain reports whether a destination is one as most links have it: names of files
// that stand for themselves, no ../ among them.
func isPlain(dest string) bool {
	before := byte('/')
	for i := range len(dest) {
		c := dest[i]
		if ordinary := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || c == '-'; !ordinary && (before == '/' || c != '.' && c != '/') && (i > 0 || c != '/') {
			return false
		}
		before = c
	}
	return len(dest) > 1
}

// target finds the address that a destination in a file leads to.
func (p *Page) target(file, dest string, h markup.Hole) (address string, ok bool) {
	if rest, ok := strings.CutPrefix(dest, "/"); ok {
		if address, err := url.PathUnescape(rest); err == nil && p.Has(address) {
			return address, true
		}
	}
	plain, ok := ContentPath(file, dest)
	if !ok {
		return "", false
	}
	if to := p.PageOfFile(plain); to != nil {
		return to.Path, true
	}
	if path.Base(plain) == "_index.md" {
		folder := strings.TrimPrefix(strings.TrimPrefix(path.Dir(plain), source.ContentDir), "/")
		return SectionPath(folder), p.Has(SectionPath(folder))
	}
	if f := p.contentFile(plain, file); f.ok {
		return strings.TrimPrefix(plain, source.ContentDir+"/"), true
	}
	return "", false
}

// respelled says how to write a destination that names a file as Windows takes it: with
// other strokes between the folders, with other capitals. On the web they are not the same.
func (p *Page) respelled(file, dest string) (hint string) {
	plain, _ := url.PathUnescape(dest)
	written := path.Clean(strings.ReplaceAll(plain, `\`, "/"))
	meant, ok := ContentPath(file, (&url.URL{Path: written}).EscapedPath())
	if !ok {
		return ""
	}
	for _, f := range p.snapshot.Files(source.ContentDir) {
		if !strings.EqualFold(f.Path, meant) {
			continue
		}
		named := strings.TrimLeft(written, "./") // behind the ../ that lead to it
		parts := strings.Split(f.Path, "/")
		to := strings.TrimSuffix(written, named) + strings.Join(parts[len(parts)-strings.Count(named, "/")-1:], "/")
		if strings.Contains(plain, `\`) {
			return "写成 " + to + "：路径里用斜杠 /，不用 \\"
		}
		return "写成 " + to + "：大小写要和文件名一模一样"
	}
	return ""
}

func (p *Page) suggest(dest string) string {
	if strings.HasPrefix(dest, "/") {
		return diag.DidYouMean(dest, p.destinations(), "")
	}
	var known []string
	for _, q := range p.Pages {
		if q.Doc != nil {
			known = append(known, path.Base(q.Entry.File()))
		}
	}
	return diag.DidYouMean(path.Base(dest), sorted(known), "")
}

func (p *Page) checkAnchor(d *markup.Document, fragment string, at diag.Pos, bag *diag.Bag) {
	id, err := url.PathUnescape(fragment)
	if d == nil || id == "" || err == nil && d.HasAnchor(id) || strings.HasPrefix(id, "fn") {
		return
	}
	var ids []string
	for _, hd := range d.Headings.All() {
		ids = append(ids, hd.ID)
	}
	bag.Add(ruleAnchor, at, fmt.Sprintf("那一页里没有标题“%s”", id), diag.DidYouMean(id, ids, "有的标题："+strings.Join(ids, "、")))
}

// resolveValue returns the value of the records that a text quotes.
func (p *Page) resolveValue(file string, h markup.Hole, bag *diag.Bag) string {
	name, all := strings.TrimSpace(h.Call.Args[""]), p.quotes(h.Call.Name)
	text, ok := all[name]
	if !ok {
		hint, known := "", slices.Sorted(maps.Keys(all))
		if len(known) > 0 {
			hint = diag.DidYouMean(name, known, "可以写："+strings.Join(known, "、"))
		}
		bag.Add(ruleQuote, h.Pos(file), fmt.Sprintf("没有叫“%s”的%s", name, map[string]string{"figure": "数字", "promise": "承诺", "hours": "驿站，或者它没有写开放时间"}[h.Call.Name]), hint)
	}
	return html.EscapeString(text)
}

// quotes are what texts may quote with a shortcode; many may, so it is counted once.
func (b *Builder) quotes(kind string) map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.quoted[kind] == nil {
		b.quoted[kind] = ledger.Quotes(b.Book, kind)
	}
	return b.quoted[kind]
}

// resolveTable makes the table of a {{ table }} shortcode.
func (p *Page) resolveTable(h markup.Hole, bag *diag.Bag) string {
	g, ok := p.tableOf(h.Call, bag)
	if !ok {
		return ""
	}
	var b strings.Builder
	add := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(part)
		}
	}
	heads := make([]string, len(g.Heads))
	add("<table><caption>", html.EscapeString(g.Caption), "</caption><thead><tr>")
	for i, head := range g.Heads {
		heads[i] = html.EscapeString(head)
		add(`<th scope="col">`, heads[i], "</th>")
	}
	add("</tr></thead><tbody>")
	for _, r := range g.Rows {
		add("<tr>")
		for i, cell := range r.Cells {
			add(`<td data-label="`, heads[i], `">`)
			if i == 0 && r.URL != "" {
				add(`<a href="`, html.EscapeString(r.URL), `">`, html.EscapeString(cell), "</a>")
			} else {
				add(html.EscapeString(cell))
			}
			add("</td>")
		}
		add("</tr>")
	}
	add("</tbody></table>")
	return b.String()
}
