package markup

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	htmlrenderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// hooks renders the nodes that the site takes part in.
type hooks struct{}

func (hooks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindText, renderText)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindImage, renderImage)
	r.Register(ast.KindAutoLink, renderAutoLink)
	r.Register(ast.KindHTMLBlock, renderHTMLBlock)
	r.Register(ast.KindRawHTML, renderRawHTML)
	r.Register(extast.KindTableCell, renderCell)
	r.Register(extast.KindTaskCheckBox, renderBox)
	r.Register(kindShortcode, renderShortcode)
	r.Register(kindInlineShortcode, renderShortcode)
}

// texts writes a text as it stands between tags.
var texts = htmlrenderer.NewWriter(htmlrenderer.WithEscapedSpace())

func renderText(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	if n.IsRaw() {
		texts.RawWrite(w, n.Segment.Value(src))
		return ast.WalkContinue, nil
	}
	texts.Write(w, n.Segment.Value(src))
	switch {
	case n.HardLineBreak():
		w.WriteString("<br>\n")
	case n.SoftLineBreak():
		w.WriteString(breakOf(n, src))
	}
	return ast.WalkContinue, nil
}

// altOf is what is said in place of a picture.
func altOf(n *ast.Image, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		writeVisible(&b, c, src, true)
	}
	return b.String()
}

// decoration is what is written in place of a picture's words when it says nothing.
const decoration = "装饰"

// said is the words of a picture for those who do not see it; a mistake goes to the bag.
func (in *input) said(n *ast.Image, dest string, src []byte) string {
	alt := strings.TrimSpace(altOf(n, src))
	name := path.Base(dest)
	alone := n.Parent().Kind() == ast.KindLink && n.Parent().ChildCount() == 1
	switch {
	case alt == decoration && alone:
		in.bag.Addf(ruleAlt, in.pos(n.Pos()), "图片“%s”是一个链接，没有说通到哪里", shorten(name))
	case alt == decoration:
	case alt == "":
		in.bag.Addf(ruleAlt, in.pos(n.Pos()), "图片“%s”没有说明文字", shorten(name))
	case alt == name || alt == "alt text" || alt == strings.TrimSuffix(name, path.Ext(name)) && isASCII(alt): // as editors and cameras put it there
		in.bag.Addf(ruleAlt, in.pos(n.Pos()), "图片“%s”的说明文字只是“%s”", shorten(name), shorten(alt))
		return alt
	default:
		return alt
	}
	return ""
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// isCellBreak reports whether raw HTML is a line break in a cell of a table, for which
// Markdown has no sign.
func isCellBreak(n *ast.RawHTML, src []byte) bool {
	tag := strings.ToLower(strings.Join(strings.Fields(string(n.Segments.Value(src))), ""))
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == extast.KindTableCell {
			return tag == "<br>" || tag == "<br/>"
		}
	}
	return false
}

// EscapeURL writes an address as it stands in an attribute.
func EscapeURL(dest string) string {
	if !strings.ContainsFunc(dest, func(r rune) bool {
		return r != '/' && r != '-' && r != '.' && (r < '0' || '9' < r) && (r < 'a' || 'z' < r)
	}) {
		return dest // as most are
	}
	return string(util.EscapeHTML(util.URLEscape([]byte(dest), false)))
}

// destination returns what a link leads to, with Markdown's escapes resolved:
// what is checked must be what the reader's browser will see.
func destination(raw []byte) string {
	return string(unescaped(raw[:min(len(raw), maxAddress+1)])) // what is longer is refused for its length
}

// unescaped resolves the escapes of Markdown; nearly no text has any.
func unescaped(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 && bytes.IndexByte(raw, '&') < 0 {
		return raw
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
}

func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !entering {
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	}
	in, dest := inputOf(n), destination(n.Destination)
	if p := LinkProblem(dest); p != "" {
		in.bag.Addf(ruleScheme, in.pos(n.Pos()), "%s", p)
		dest = ""
	}
	w.WriteString(`<a href="`)
	if IsExternal(dest) || dest == "" {
		w.WriteString(EscapeURL(dest))
	} else {
		w.(*holeWriter).leave(Hole{Kind: LinkHole, Dest: dest}, in.pos(n.Pos()))
	}
	w.WriteByte('"')
	w.WriteString(relOf(dest))
	writeTitle(w, n.Title)
	if n.Attributes() != nil {
		htmlrenderer.RenderAttributes(w, n, htmlrenderer.LinkAttributeFilter)
	}
	return ast.WalkContinue, w.WriteByte('>')
}

// relOf is the relation of what a link leads to, as an attribute. That it is another
// site is shown beside the link, but for sites of governments.
func relOf(dest string) string {
	u, err := url.Parse(dest)
	switch {
	case err != nil || u.Host == "" && schemeOf(dest) != "http" && schemeOf(dest) != "https":
		return ""
	case strings.HasSuffix("."+strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".gov.cn"):
		return ` rel="noopener noreferrer"`
	}
	return ` rel="external noopener noreferrer"`
}

func renderAutoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	dest := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && schemeOf(dest) != "mailto" {
		dest = "mailto:" + dest
	}
	if p := LinkProblem(dest); p != "" {
		in := inputOf(n)
		in.bag.Addf(ruleScheme, in.pos(n.Pos()), "%s", p)
		dest = ""
	}
	w.WriteString(`<a href="` + EscapeURL(dest) + `"` + relOf(dest) + `>`)
	w.Write(util.EscapeHTML(n.Label(src)))
	w.WriteString("</a>")
	return ast.WalkContinue, nil
}

func writeTitle(w util.BufWriter, title []byte) {
	if title != nil {
		w.WriteString(` title="`)
		htmlrenderer.DefaultWriter.Write(w, title)
		w.WriteByte('"')
	}
}

func renderImage(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	in, dest := inputOf(n), destination(n.Destination)
	if p := LinkProblem(dest); p != "" {
		in.bag.Addf(ruleScheme, in.pos(n.Pos()), "%s", p)
		dest = ""
	} else if IsExternal(dest) {
		in.bag.Addf(ruleHotlink, in.pos(n.Pos()), "图片“%s”在别的网站上", shorten(dest))
	}
	w.WriteString(`<img src="`)
	if IsExternal(dest) || dest == "" {
		w.WriteString(EscapeURL(dest))
	} else {
		w.(*holeWriter).leave(Hole{Kind: ImageHole, Dest: dest}, in.pos(n.Pos()))
	}
	w.WriteString(`" alt="` + html.EscapeString(in.said(n, dest, src)) + `"`)
	writeTitle(w, n.Title)
	if n.Attributes() != nil {
		htmlrenderer.RenderAttributes(w, n, htmlrenderer.ImageAttributeFilter)
	}
	return ast.WalkSkipChildren, w.WriteByte('>')
}

// renderHTMLBlock and renderRawHTML show the text that was reported, so that
// nothing is lost where the diagnostic is only a warning; comments are dropped.
func renderHTMLBlock(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n := node.(*ast.HTMLBlock); entering {
		writeRaw(w, string(blockSource(n, src)))
	}
	return ast.WalkSkipChildren, nil
}

func renderRawHTML(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n := node.(*ast.RawHTML); entering && isCellBreak(n, src) {
		w.WriteString("<br>")
	} else if entering {
		writeRaw(w, string(n.Segments.Value(src)))
	}
	return ast.WalkSkipChildren, nil
}

func writeRaw(w util.BufWriter, s string) {
	if len(s) < 4 || s[:4] != "<!--" {
		w.WriteString(html.EscapeString(s))
	}
}

// columns are the names of the columns of the table that is being written, each
// as an attribute of its cells, for the layout of narrow screens.
type columns struct {
	labels []string
	next   int
}

// maxLabel is the length in bytes up to which a column's name is repeated in
// its cells.
const maxLabel = 90

func renderCell(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.TableCell)
	head := n.Parent().Kind() == extast.KindTableHeader
	if !entering {
		if head {
			w.WriteString("</th>")
		} else {
			w.WriteString("</td>")
		}
		return ast.WalkContinue, nil
	}
	c := &inputOf(n).columns
	if n.PreviousSibling() == nil {
		c.next = 0
		if head {
			c.labels = c.labels[:0]
		}
	}
	if head {
		label := ""
		if name := visible(n, src); len(name) <= maxLabel {
			label = ` data-label="` + html.EscapeString(name) + `"`
		}
		c.labels = append(c.labels, label)
		w.WriteString(`<th scope="col"`)
	} else {
		w.WriteString("<td")
		if c.next < len(c.labels) {
			w.WriteString(c.labels[c.next])
		}
		c.next++
	}
	if n.Alignment == extast.AlignRight || n.Alignment == extast.AlignCenter {
		w.WriteString(` class="to-` + n.Alignment.String() + `"`) // no style: the policy of pages forbids it
	}
	w.WriteString(">")
	return ast.WalkContinue, nil
}

// renderBox gives the box of a task a name for those who do not see it; what is to be
// done stands beside it, and is read anyway.
func renderBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	switch {
	case !entering:
	case node.(*extast.TaskCheckBox).IsChecked:
		w.WriteString(`<input type="checkbox" aria-label="已勾选" checked disabled> `)
	default:
		w.WriteString(`<input type="checkbox" aria-label="未勾选" disabled> `)
	}
	return ast.WalkContinue, nil
}

func renderShortcode(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	call, pos := callOf(node)
	switch {
	case call.Name == "notice" && entering:
		kind := call.Args["kind"]
		if kind == "" {
			kind = "提示"
		}
		title := call.Args["title"]
		if title == "" {
			title = kind
		}
		fmt.Fprintf(w, "<aside class=\"notice notice-%s\" role=\"note\">\n<p class=\"notice-title\">%s</p>\n", noticeClass[kind], html.EscapeString(title))
	case call.Name == "notice":
		w.WriteString("</aside>\n")
	case call.Name == "phone" && entering:
		number := call.Args[""]
		fmt.Fprintf(w, `<a class="phone" href="tel:%s">%s</a>`, number, number)
	case call.quotes() && entering:
		w.(*holeWriter).leave(Hole{Kind: ValueHole, Call: &call}, pos)
	case call.Name == "table" && entering:
		w.(*holeWriter).leave(Hole{Kind: TableHole, Call: &call}, pos)
	}
	return ast.WalkContinue, nil
}

var noticeClass = map[string]string{"提示": "tip", "注意": "caution", "重要": "important"}
