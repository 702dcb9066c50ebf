package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"biandan/generator/diag"
)

var (
	ruleShortcode = diag.Define(diag.Rule{Code: "E0404", Name: "没有这个短代码", Severity: diag.Error,
		Why: "双花括号里写的是短代码，只有固定的几种", Mend: "改成 notice、phone、table、figure、promise 或 hours；要写双花括号本身，用 \\{\\{"})
	ruleArgument = diag.Define(diag.Rule{Code: "E0405", Name: "短代码的参数不对", Severity: diag.Error,
		Why: "参数不对，这一块就显示不出来", Mend: "照提示改参数"})
	ruleUnclosed = diag.Define(diag.Rule{Code: "E0406", Name: "短代码没有配对", Severity: diag.Error,
		Why: "提示框要有开头，也要有结尾，各占一行", Mend: "补上 {{ notice }} 或 {{ /notice }}，单独成行"})
)

// argument declares one argument of a shortcode.
type argument struct {
	name     string // "" is the first one without a name
	label    string // of one without a name, for messages
	required bool
	number   bool
	pattern  *regexp.Regexp
	hint     string
}

// shortcode declares one shortcode.
type shortcode struct {
	inline    bool // within a sentence, else on a line of its own
	container bool // has content and an end
	args      []argument
}

var word = regexp.MustCompile(`^[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*$`)

var shortcodes = map[string]shortcode{
	"notice": {container: true, args: []argument{
		{name: "title"},
		{name: "kind", pattern: regexp.MustCompile(`^(提示|注意|重要)$`), hint: "可以写：提示、注意、重要"},
	}},
	"phone": {inline: true, args: []argument{
		{label: "号码", required: true, pattern: regexp.MustCompile(`^(0\d{2,3}-\d{7,8}|1\d{2,4}|400-?\d{3}-?\d{4})$`), hint: "写成 {{ phone \"0357-0000000\" }}"},
	}},
	"figure": {inline: true, args: []argument{
		{label: "数字的名字", required: true, hint: "写成 {{ figure \"服务事项\" }}"},
	}},
	"promise": {inline: true, args: []argument{
		{label: "承诺的名字", required: true, hint: "写成 {{ promise \"派单\" }}"},
	}},
	"hours": {inline: true, args: []argument{
		{label: "驿站的编号", required: true, hint: "写成 {{ hours \"yz-01\" }}"},
	}},
	"table": {args: []argument{
		{name: "ledger", required: true, pattern: word, hint: "写台账的文件夹名，如 ledger=\"stations\""},
		{name: "kind", pattern: word, hint: "写台账里 [[…]] 的名字，如 kind=\"function\""},
		{name: "columns", pattern: word, hint: "写键名，用英文逗号隔开，如 columns=\"no,name\""},
		{name: "limit", number: true, hint: "写一个数，如 limit=10"},
	}},
}

var shortcodeNames = []string{"notice", "phone", "table", "figure", "promise", "hours"}

// quotes reports whether a call stands for a value of the records, which is known when
// the whole site is.
func (c Call) quotes() bool { return c.Name == "figure" || c.Name == "promise" || c.Name == "hours" }

// node is a shortcode in the tree, as a block or inline.
type shortcodeNode struct {
	ast.BaseBlock
	call   Call
	at     diag.Pos
	closed bool
}

type inlineShortcodeNode struct {
	ast.BaseInline
	call Call
	at   diag.Pos
}

var (
	kindShortcode       = ast.NewNodeKind("Shortcode")
	kindInlineShortcode = ast.NewNodeKind("InlineShortcode")
)

func (n *shortcodeNode) Kind() ast.NodeKind       { return kindShortcode }
func (n *inlineShortcodeNode) Kind() ast.NodeKind { return kindInlineShortcode }

func (n *shortcodeNode) Dump(src []byte, level int)       { ast.DumpHelper(n, src, level, nil, nil) }
func (n *inlineShortcodeNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// shown is what a shortcode within a sentence shows, as far as the text alone tells.
func (n *inlineShortcodeNode) shown() string {
	if n.call.quotes() {
		return ""
	}
	return n.call.Args[""]
}

// quotesRecords reports whether a part of the text has a value of the records in it.
func quotesRecords(part ast.Node) (found bool) {
	ast.Walk(part, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(*inlineShortcodeNode); ok && n.call.quotes() {
			found = true
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

func callOf(n ast.Node) (Call, diag.Pos) {
	if b, ok := n.(*shortcodeNode); ok {
		return b.call, b.at
	}
	i := n.(*inlineShortcodeNode)
	return i.call, i.at
}

var inlinePattern = regexp.MustCompile(`^\{\{\s*([^\s{}"]*)\s*((?:[^"{}]|"[^"]*")*?)\s*\}\}`)

// scan splits a shortcode at the beginning of line. ok is false when there is none.
func scan(line []byte) (name string, args []byte, argsAt, length int, ok bool) {
	m := inlinePattern.FindSubmatchIndex(line)
	if m == nil {
		return "", nil, 0, 0, false
	}
	return string(line[m[2]:m[3]]), line[m[4]:m[5]], m[4], m[1], true
}

var argPattern = regexp.MustCompile(`^\s*(?:([^\s="]+)\s*=\s*)?("[^"]*"|[^\s"]+)`)

// newCall checks a use of the shortcode name. offset is that of its first brace.
func newCall(in *input, name string, args []byte, offset, argsAt int) (Call, bool) {
	c := Call{Name: name, Args: map[string]string{}, At: map[string]diag.Pos{}}
	def, ok := shortcodes[name]
	if !ok {
		in.bag.Add(ruleShortcode, in.pos(offset), fmt.Sprintf("没有叫“%s”的短代码", name), diag.DidYouMean(name, shortcodeNames, ""))
		return c, false
	}
	ok = true
	given := map[string]bool{}
	for at := offset + argsAt; len(bytes.TrimSpace(args)) > 0; {
		m := argPattern.FindSubmatchIndex(args)
		if m == nil {
			in.bag.Add(ruleArgument, in.pos(at), "参数的写法不对", "写成 名字=\"值\"，引号要成对")
			return c, false
		}
		key := ""
		if m[2] >= 0 {
			key = string(args[m[2]:m[3]])
		}
		given[key] = true
		if def.find(key) == nil {
			message, place := fmt.Sprintf("短代码 %s 没有参数“%s”", name, key), in.pos(at+m[2])
			if key == "" {
				message, place = fmt.Sprintf("短代码 %s 的值前面要写参数的名字", name), in.pos(at+m[4])
			}
			in.bag.Add(ruleArgument, place, message, diag.DidYouMean(key, def.names(), "可用的参数："+strings.Join(def.names(), "、")))
			ok = false
		} else if !def.find(key).accept(in, &c, string(args[m[4]:m[5]]), in.pos(at+m[4])) {
			ok = false
		}
		at, args = at+m[1], args[m[1]:]
	}
	for _, a := range def.args {
		if a.required && !given[a.name] {
			in.bag.Add(ruleArgument, in.pos(offset), fmt.Sprintf("短代码 %s 缺少参数%s", name, a.title()), a.hint)
			ok = false
		}
	}
	return c, ok
}

// find returns the declaration of an argument, or nil.
func (def shortcode) find(key string) *argument {
	for i := range def.args {
		if def.args[i].name == key {
			return &def.args[i]
		}
	}
	return nil
}

func (def shortcode) names() []string {
	var names []string
	for _, a := range def.args {
		if a.name != "" {
			names = append(names, a.name)
		}
	}
	return names
}

// title names an argument in a message.
func (a *argument) title() string {
	if a.name == "" {
		return "“" + a.label + "”"
	}
	return "“" + a.name + "”"
}

// accept checks the value of an argument and adds it to the call.
func (a *argument) accept(in *input, c *Call, value string, at diag.Pos) bool {
	quoted := strings.HasPrefix(value, `"`)
	value = strings.Trim(value, `"`)
	_, err := strconv.ParseUint(value, 10, 16)
	if a.number && (quoted || err != nil) || !a.number && !quoted || a.pattern != nil && !a.pattern.MatchString(value) {
		in.bag.Add(ruleArgument, at, fmt.Sprintf("参数%s的值“%s”不对", a.title(), value), a.hint)
		return false
	}
	c.Args[a.name], c.At[a.name] = value, at
	return true
}

// inlineShortcode parses shortcodes within a sentence.
type inlineShortcode struct{}

func (inlineShortcode) Trigger() []byte { return []byte{'{'} }

func (inlineShortcode) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	name, args, argsAt, length, ok := scan(line)
	in, _ := pc.Get(inputKey).(*input)
	if !ok || in == nil {
		return nil
	}
	if def, known := shortcodes[strings.TrimPrefix(name, "/")]; known && !def.inline {
		in.bag.Addf(ruleUnclosed, in.pos(segment.Start), "短代码 %s 要单独占一行", name)
		block.Advance(length)
		return &inlineShortcodeNode{}
	}
	call, ok := newCall(in, name, args, segment.Start, argsAt)
	if !ok {
		call = Call{}
	}
	block.Advance(length)
	return &inlineShortcodeNode{call: call, at: in.pos(segment.Start)}
}

// blockShortcode parses shortcodes on lines of their own.
type blockShortcode struct{}

func (blockShortcode) Trigger() []byte { return []byte{'{'} }

func (blockShortcode) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	start := pc.BlockOffset()
	in, _ := pc.Get(inputKey).(*input)
	if start < 0 || in == nil {
		return nil, parser.NoChildren
	}
	name, args, argsAt, length, ok := scan(line[start:])
	if !ok || len(bytes.TrimSpace(line[start+length:])) > 0 {
		return nil, parser.NoChildren
	}
	offset := segment.Start - segment.Padding + start
	if base, end := strings.CutPrefix(name, "/"); end && shortcodes[base].container {
		in.bag.Addf(ruleUnclosed, in.pos(offset), "这里的 {{ %s }} 前面没有对应的开头", name)
		advanceLine(reader, line, segment)
		return &shortcodeNode{}, parser.NoChildren
	}
	def, known := shortcodes[name]
	if known && def.inline {
		return nil, parser.NoChildren
	}
	call, ok := newCall(in, name, args, offset, argsAt)
	if !ok && def.container {
		call = Call{Name: name}
	} else if !ok {
		call = Call{}
	}
	advanceLine(reader, line, segment)
	n := &shortcodeNode{call: call, at: in.pos(offset)}
	if def.container && depth(parent) >= maxContainers {
		in.bag.Addf(ruleUnclosed, n.at, "提示框套了 %d 层以上", maxContainers)
		n.closed = true
		return n, parser.NoChildren
	}
	if def.container {
		return n, parser.HasChildren
	}
	return n, parser.NoChildren
}

// maxContainers is how deep containers may stand in each other.
const maxContainers = 3

func depth(n ast.Node) int {
	d := 0
	for ; n != nil && d < maxContainers; n = n.Parent() {
		if n.Kind() == kindShortcode {
			d++
		}
	}
	return d
}

// advanceLine moves to the end of the line, before its line feed.
func advanceLine(reader text.Reader, line []byte, segment text.Segment) {
	n := segment.Len()
	if bytes.HasSuffix(line, []byte("\n")) {
		n--
	}
	reader.Advance(n)
}

func (blockShortcode) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*shortcodeNode)
	if n.closed || !shortcodes[n.call.Name].container {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	if name, _, _, _, ok := scan(bytes.TrimSpace(line)); ok && name == "/"+n.call.Name {
		n.closed = true
		advanceLine(reader, line, segment)
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (blockShortcode) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	n := node.(*shortcodeNode)
	if in, _ := pc.Get(inputKey).(*input); in != nil && shortcodes[n.call.Name].container && !n.closed {
		in.bag.Addf(ruleUnclosed, n.at, "{{ %s }} 没有结尾的 {{ /%s }}", n.call.Name, n.call.Name)
	}
}

func (blockShortcode) CanInterruptParagraph() bool { return true }
func (blockShortcode) CanAcceptIndentedLine() bool { return false }
