package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"biandan/generator/diag"
)

var (
	ruleMark = diag.Define(diag.Rule{Code: "E0414", Name: "记号没有起作用", Severity: diag.Warning, Tunable: true,
		Why: "这几个记号会原样出现在网页和墙上，读者看不懂", Mend: "照提示改；就是要写这几个符号，前面加反斜杠 \\"})
	ruleFootnote = diag.Define(diag.Rule{Code: "E0415", Name: "脚注对不上", Severity: diag.Warning, Tunable: true,
		Why: "没有解释的脚注会原样显示，没有人引用的解释不会显示", Mend: "引用写 [^1]，解释另起一行写 [^1]: 文字，两处的名字要一样"})
)

// mark is a sign of Markdown that stands in the text as it was written.
type mark struct {
	needs   []string // one of these, or the pattern matches nothing
	pattern *regexp.Regexp
	say     string
	hint    string
	rule    *diag.Rule
}

// mayStandIn reports whether the pattern may match in a text; in nearly all it may not.
func (m *mark) mayStandIn(text []byte) bool {
	return slices.ContainsFunc(m.needs, func(sign string) bool { return bytes.Contains(text, []byte(sign)) })
}

// marksIn returns the signs that may stand in a text.
func marksIn(text []byte) (some []*mark) {
	for i := range marks {
		if marks[i].mayStandIn(text) {
			some = append(some, &marks[i])
		}
	}
	return some
}

var marks = []mark{
	{[]string{"[^"}, regexp.MustCompile(`\[\^[^\]\s]+\]`), "脚注“%s”没有解释", "另起一行写解释，如 [^1]: 文字", ruleFootnote},
	{[]string{"[!"}, regexp.MustCompile(`^\s*\[!(?i:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]`), "“%s”在这里不起作用", "提示框写成 {{ notice title=\"提示\" }}、文字、{{ /notice }}，各占一行", ruleMark},
	// Stars may hide a part of a name or a number (王**), and lines leave room to write.
	{[]string{"**"}, regexp.MustCompile(`(?:^|[^*])(\*\*[ \x{3000}]+[^*\n]+\*\*)|(\*\*[^*\s][^*\n]*[ \x{3000}]+\*\*)(?:[^*]|$)|(?:^|[\s，。：；、（])(\*\*[\p{Han}“《（][^*\n]*)`), "“%s”没有变成粗体", "星号和文字之间不要有空格，前后要成对：**重要**", ruleMark},
	{[]string{"~~"}, regexp.MustCompile(`~~[^~\n]*`), "“%s”没有起作用", "记号和文字之间不要有空格，前后要成对：~~作废~~", ruleMark},
	{[]string{"```"}, regexp.MustCompile("```"), "“%s”没有起作用", "前后各一行，单独写三个反引号", ruleMark},
	{[]string{"]("}, regexp.MustCompile(`!?\[[^\]\n]*\]\([^)\n]*\)?`), "“%s”没有成为链接", "路径里有空格的，写成 [文字](<路 径.docx>)；括号要成对", ruleMark},
	{[]string{"]（", "】"}, regexp.MustCompile(`(?:\[[^\]\n]+\]（|【[^】\n]+】\s*[（(]\s*(?:/|https?:|[\w-]+\.md))[^）)\n]*[）)]?`), "“%s”没有成为链接", "链接的括号要用半角：[文字](/services/)", ruleMark},
	{[]string{"#", "＃"}, regexp.MustCompile(`^\s*[#＃]{2,6}\S*`), "“%s”没有成为标题", "井号后面空一格：## 标题", ruleMark},
	{[]string{"{"}, regexp.MustCompile(`\{[#.][\w-]+\}|\{[\w-]+=[^}]*\}`), "“%s”在这里不起作用", "只有标题后面能写 {#名字}；去掉这一段", ruleMark},
}

// checkMarks reports signs that stand in the text of a block as they were written,
// each kind once a block. What stands in code is meant so.
func (in *input) checkMarks(block ast.Node, body []byte) {
	var run []byte
	start := -1
	flush := func() {
		for _, m := range in.marks {
			if !m.mayStandIn(run) {
				continue
			}
			at := m.pattern.FindSubmatchIndex(run)
			for len(at) > 2 { // what stands before a sign is no part of it
				if at = at[2:]; at[0] >= 0 {
					break
				}
			}
			if at != nil && (at[0] == 0 || run[at[0]-1] != '\\') {
				in.bag.Add(m.rule, in.pos(start+at[0]), fmt.Sprintf(m.say, shorten(strings.TrimSpace(string(run[at[0]:at[1]])))), m.hint)
			}
		}
		run, start = run[:0], -1
	}
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			t, ok := c.(*ast.Text)
			switch {
			case ok && !t.IsRaw():
				if start >= 0 && start+len(run) != t.Segment.Start {
					flush()
				}
				if start < 0 {
					start = t.Segment.Start
				}
				run = append(run, t.Segment.Value(body)...)
			case c.Type() == ast.TypeInline:
				flush()
				if c.Kind() != ast.KindCodeSpan && c.Kind() != ast.KindImage {
					walk(c)
				}
				flush()
			}
		}
	}
	raw := rawOf(block, body)
	if slices.ContainsFunc(in.marks, func(m *mark) bool { return m.mayStandIn(raw) }) {
		walk(block)
		flush()
	}
}

// rawOf is the source of a block's lines.
func rawOf(block ast.Node, body []byte) []byte {
	if lines := block.Lines(); lines.Len() > 0 {
		return body[lines.At(0).Start:lines.At(lines.Len()-1).Stop]
	}
	return nil
}

var definition = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\s]+)\]:`)

// checkFootnotes reports explanations that nothing refers to: they are not shown.
func (in *input) checkFootnotes(root ast.Node, body []byte) {
	if !bytes.Contains(body, []byte("[^")) {
		return
	}
	shown := map[string]bool{}
	code := [][2]int{}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *extast.Footnote:
			shown[string(n.Ref)] = true
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			if lines := n.Lines(); entering && lines.Len() > 0 {
				code = append(code, [2]int{lines.At(0).Start, lines.At(lines.Len() - 1).Stop})
			}
		}
		return ast.WalkContinue, nil
	})
	for _, m := range definition.FindAllSubmatchIndex(body, -1) {
		inCode := false
		for _, c := range code {
			inCode = inCode || m[0] >= c[0] && m[0] < c[1]
		}
		if name := string(body[m[2]:m[3]]); !shown[name] && !inCode {
			in.bag.Add(ruleFootnote, in.pos(m[2]-2), fmt.Sprintf("脚注“[^%s]”的解释没有人引用，不会显示", name), fmt.Sprintf("在要解释的地方写 [^%s]，或者删掉这一行", name))
		}
	}
}
