package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
)

var (
	ruleRawHTML = diag.Define(diag.Rule{Code: "E0401", Name: "正文里有 HTML", Severity: diag.Error,
		Why:     "从网页或微信里粘贴来的 HTML 会打乱版面，也可能带进脚本；正文只用 Markdown",
		Mend:    "删掉尖括号里的标签，改用 Markdown；要写尖括号本身，用 \\< 或者《》",
		Example: "错：<b>重要</b>\n对：**重要**\n错：<br>　对：行末加两个空格，或者空一行"})
	ruleScheme = diag.Define(diag.Rule{Code: "E0403", Name: "不允许的链接", Severity: diag.Error,
		Why: "链接只能指到网页、邮箱和电话；别的写法可能在读者的手机上运行程序", Mend: "改成 https:// 开头的网址、站内文件，或者 mailto:、tel:"})
	ruleHotlink = diag.Define(diag.Rule{Code: "E0412", Name: "图片在别的网站上", Severity: diag.Warning, Tunable: true,
		Why:  "别的网站随时会删掉、换掉图片，公众号的图片不给外面的网页看；张贴的纸上也印不出来",
		Mend: "把图片存到文章所在的文件夹，再写成 ![说明](文件名.jpg)"})
	ruleAlt = diag.Define(diag.Rule{Code: "E0422", Name: "图片没有说明文字", Severity: diag.Warning, Tunable: true,
		Why: "看不见图的人听到的、网络慢时先看到的，是方括号里的这句话；无障碍检查第一条就查它", Mend: "在方括号里写一句图上有什么：![居民在驿站里量血压](liang.jpg)；图只是装饰，就写 ![装饰](bian.png)"})
	ruleNesting = diag.Define(diag.Rule{Code: "E0407", Name: "嵌套太深或列太多", Severity: diag.Error,
		Why: "几十层的引用、列表或括号不是给人读的，多半是粘贴出错", Mend: "删掉多余的 > 、列表标记或括号，表格删掉空着的行和列"})
)

// maxNesting is the depth of quotes, lists and brackets that is read; a parser
// needs time that grows with the square of it.
const maxNesting = 100

// maxOpen is how many brackets of a paragraph may have no partner: each that closes
// looks at all that are open.
const maxOpen = 1000

// maxFilled is how many cells of a page's tables may be left out, at the end of
// their rows; each is made nonetheless.
const maxFilled = 10_000

// Parser parses Markdown. It may be used by many goroutines.
type Parser struct{ md goldmark.Markdown }

// NewParser returns the parser.
func NewParser() *Parser {
	return &Parser{goldmark.New(
		goldmark.WithParser(parser.NewParser(parser.WithBlockParsers(blockParsers()...), parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))),
		goldmark.WithExtensions(extension.Table, mailAddresses, extension.TaskList, extension.Footnote, extension.DefinitionList, extension.NewCJK(extension.WithEscapedSpace())),
		goldmark.WithParserOptions(parser.WithAttribute(),
			parser.WithInlineParsers(util.Prioritized(emphasis{"*_"}, 450), util.Prioritized(emphasis{"~"}, 450), util.Prioritized(inlineShortcode{}, 90),
				util.Prioritized(looseLink{}, 190)),
			parser.WithBlockParsers(util.Prioritized(blockShortcode{}, 90)),
			parser.WithParagraphTransformers(util.Prioritized(paragraphs{}, 150))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(hooks{}, 100), util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500))),
	)}
}

// mailAddresses links what GFM links but for addresses of pages: see linkAddresses.
var mailAddresses = extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"\x00"}), extension.WithLinkifyWWWRegexp(regexp.MustCompile(`^\x00`)))

// Parse reads the Markdown of t from the byte at start to the end. Findings go
// to bag.
func (p *Parser) Parse(t *source.Text, start int, bag *diag.Bag) *Document {
	body := t.Data[start:]
	in := &input{text: t, start: start, bag: bag, marks: marksIn(body)}
	if at, what := tooMuch(body); at >= 0 {
		bag.Addf(ruleNesting, in.pos(at), "%s", what)
		return &Document{}
	}
	pc := parser.NewContext()
	pc.Set(inputKey, in)
	root := p.md.Parser().Parse(text.NewReader(body), parser.WithContext(pc))
	w := &holeWriter{}
	w.Grow(len(body) + len(body)/2)
	linkAddresses(root, body)
	doc := in.inspect(root, body)
	root.OwnerDocument().AddMeta(metaInput, in)
	if err := p.md.Renderer().Render(w, body, root); err != nil {
		// holeWriter never fails, and neither do our hooks.
		panic(err)
	}
	doc.Holes = w.holes
	doc.Body = w.String()
	doc.Digest = digest.Of(struct{ HTML, Text string }{doc.Body, doc.Text})
	return doc
}

const metaInput = "biandan:input"

var inputKey = parser.NewContextKey()

// input is the file that is being parsed, for positions and diagnostics.
type input struct {
	text  *source.Text
	start int
	bag   *diag.Bag

	marks      []*mark // those that may stand in the text as they were written
	delimiters int     // runs of * _ ~ so far
	levels     []int   // as written, of the headings under which the next may stand
	columns    columns
}

func (in *input) pos(offset int) diag.Pos { return in.text.Pos(in.start + offset) }

func inputOf(n ast.Node) *input { return n.OwnerDocument().Meta()[metaInput].(*input) }

// inspect walks the tree once: it collects headings and plain text, and reports what
// is not allowed, and what does not do what it was written for.
func (in *input) inspect(root ast.Node, body []byte) *Document {
	doc := &Document{}
	var plain strings.Builder
	plain.Grow(len(body))
	var headings []Heading
	ids := newHeadingIDs()
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock && plain.Len() > 0 && !strings.HasSuffix(plain.String(), "\n") {
				plain.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			in.rawHTML(blockSource(n, body), n.Pos())
		case *ast.RawHTML:
			if !isCellBreak(n, body) {
				in.rawHTML(n.Segments.Value(body), n.Segments.At(0).Start)
			}
		case *ast.Heading:
			in.checkMarks(n, body)
			headings = append(headings, in.heading(n, ids, body))
		case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
			in.checkMarks(n, body)
			if doc.Lead == "" && n.Kind() == ast.KindParagraph && !quotesRecords(n) {
				doc.Lead = leadOf(n, body)
			}
		case *ast.Text:
			writeText(&plain, n, body)
		case *ast.String:
			plain.Write(n.Value)
		case *ast.AutoLink:
			plain.Write(n.Label(body))
		case *inlineShortcodeNode:
			plain.WriteString(n.shown())
		case *ast.CodeBlock:
			plain.Write(n.Lines().Value(body))
		case *ast.FencedCodeBlock:
			plain.Write(n.Lines().Value(body))
		}
		return ast.WalkContinue, nil
	})
	in.checkFootnotes(root, body)
	doc.Headings, doc.Text = packed(headings), strings.TrimSpace(plain.String())
	return doc
}

// maxSalutation is the length of what may stand above a text to say to whom it is.
const maxSalutation = 30

// leadOf returns the text of a paragraph when it can stand for the whole; not so that
// of pictures alone, and a salutation (各党支部：).
func leadOf(n ast.Node, body []byte) string {
	lead := visible(n, body)
	if strings.HasSuffix(lead, "：") && utf8.RuneCountInString(lead) <= maxSalutation {
		return ""
	}
	return lead
}

// blockSource is the text of a block of HTML with the line that ends it.
func blockSource(n *ast.HTMLBlock, body []byte) []byte {
	text := n.Lines().Value(body)
	if n.HasClosure() {
		text = append(bytes.Clone(text), n.ClosureLine.Value(body)...)
	}
	return text
}

// keepAttributes drops what Markdown's {…} would bring onto the page beside
// those named, such as a style.
func keepAttributes(n ast.Node, names ...string) {
	alien := func(a ast.Attribute) bool { return !slices.Contains(names, string(a.Name)) }
	if !slices.ContainsFunc(n.Attributes(), alien) {
		return
	}
	kept := map[string]any{}
	for _, name := range names {
		if v, ok := n.AttributeString(name); ok {
			kept[name] = v
		}
	}
	n.RemoveAttributes()
	for _, name := range names {
		if v, ok := kept[name]; ok {
			n.SetAttributeString(name, v)
		}
	}
}

func (in *input) rawHTML(html []byte, at int) {
	trimmed := bytes.TrimSpace(html)
	if bytes.HasPrefix(trimmed, []byte("<!--")) && bytes.Index(trimmed, []byte("-->")) == len(trimmed)-3 {
		return // a comment and nothing else
	}
	if bytes.HasPrefix(trimmed, []byte("<!--")) && !bytes.Contains(trimmed, []byte("-->")) {
		in.bag.Add(ruleRawHTML, in.pos(at), "注释没有结束", "在注释的末尾补上 -->")
		return
	}
	first, _, _ := strings.Cut(string(trimmed), "\n")
	if r := []rune(first); len(r) > 20 {
		first = string(r[:20]) + "…"
	}
	in.bag.Addf(ruleRawHTML, in.pos(at), "正文里有 HTML：%s", first)
}

// tooMuch returns the offset of what opens too many blocks, brackets or columns,
// and what to say of it; or -1.
func tooMuch(body []byte) (offset int, what string) {
	columns, filled, open := 0, 0, 0
	for at := 0; at < len(body); {
		end := bytes.IndexByte(body[at:], '\n')
		if end < 0 {
			end = len(body) - at
		}
		line := body[at : at+end]
		begin, deep := tooDeep(line)
		if deep >= 0 {
			return at + deep, fmt.Sprintf("这里套了 %d 层以上", maxNesting)
		}
		text := line[begin:]
		dividers := bytes.Count(text, []byte("|"))
		if open = max(0, open+bytes.Count(text, []byte("["))-bytes.Count(text, []byte("]"))); open > maxOpen {
			return at, fmt.Sprintf("这一段有 %d 个以上的方括号没有配对", maxOpen)
		}
		switch {
		case len(bytes.TrimSpace(text)) == 0: // the paragraph or the table ends
			columns, open = 0, 0
		case len(bytes.Trim(text, "|-: \t\r")) == 0 && bytes.IndexByte(text, '-') >= 0:
			if columns = dividers + 1; dividers > maxNesting {
				return at, fmt.Sprintf("这个表格有 %d 列以上", maxNesting)
			}
		default:
			if filled += max(0, columns-dividers-1); filled > maxFilled {
				return at, fmt.Sprintf("表格里没有写出来的格有 %d 个以上", maxFilled)
			}
		}
		at += end + 1
	}
	return -1, ""
}

// tooDeep returns the length of the signs of quotes and lists that a line begins
// with, blanks included, and the offset of the sign, the text after an indentation
// or the bracket that is one too many; or -1.
func tooDeep(line []byte) (begin, deep int) {
	i, markers, indent := 0, 0, 0
	for i < len(line) {
		if line[i] == ' ' || line[i] == '\t' {
			i, indent = i+1, indent+1
			continue
		}
		n := marker(line[i:])
		if n == 0 {
			break
		}
		if markers++; markers > maxNesting {
			return i, i
		}
		i += n
	}
	if indent > 4*maxNesting && len(bytes.TrimSpace(line[i:])) > 0 {
		return i, i
	}
	open := 0
	for at, c := range line[i:] {
		switch c {
		case '[', '!', '(':
			if open++; open > maxNesting {
				return i, i + at
			}
		case ']', ')':
			open = max(0, open-1)
		}
	}
	return i, -1
}

// marker returns the length of the sign of a quote or a list that text begins
// with; 0 if it does not.
func marker(text []byte) int {
	digits := 0
	for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
		digits++
	}
	rest := text[digits:]
	switch {
	case len(rest) == 0:
		return 0
	case digits == 0 && rest[0] == '>':
		return 1
	case digits > 0 && rest[0] != '.' && rest[0] != ')', digits == 0 && rest[0] != '-' && rest[0] != '+' && rest[0] != '*':
		return 0
	case len(rest) > 1 && rest[1] != ' ' && rest[1] != '\t' && rest[1] != '\r':
		return 0
	}
	return digits + 1
}

// maxAddress is the length in bytes up to which browsers and servers agree on
// an address.
const maxAddress = 2000

// LinkProblem says why a destination is not allowed, or "".
func LinkProblem(dest string) string {
	if len(dest) > maxAddress {
		return fmt.Sprintf("链接“%s”超过 %d 个字节", shorten(dest), maxAddress)
	}
	scheme := schemeOf(dest)
	switch strings.ToLower(scheme) {
	case "", "http", "https", "mailto", "tel":
		return ""
	}
	if len(scheme) == 1 || strings.EqualFold(scheme, "file") {
		return fmt.Sprintf("“%s”在你自己的电脑上，读者打不开；先把它放进文章所在的文件夹，再只写文件名", shorten(dest))
	}
	return fmt.Sprintf("链接“%s”以 %s: 开头", shorten(dest), shorten(scheme))
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// IsExternal reports whether a destination leads out of the site.
func IsExternal(dest string) bool {
	return schemeOf(dest) != "" || strings.HasPrefix(dest, "//")
}

var schemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// schemeOf returns the scheme of an address, "" when it has none. Browsers
// overlook blanks and control characters in it, and so does this.
func schemeOf(dest string) string {
	visible := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F {
			return -1
		}
		return r
	}, dest)
	return strings.TrimSuffix(schemePattern.FindString(visible), ":")
}
