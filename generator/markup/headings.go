package markup

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"biandan/generator/diag"
)

var (
	ruleHeadingID = diag.Define(diag.Rule{Code: "E0417", Name: "标题后面的花括号不起作用", Severity: diag.Warning, Tunable: true,
		Why: "花括号里只能写 {#名字}，一页里每个名字只能用一次；别的写法不会显示，也没有用", Mend: "改成 {#名字}，或者去掉花括号；要显示花括号，写 \\{"})
	ruleHeading = diag.Define(diag.Rule{Code: "E0418", Name: "标题的级别不对，或者是空的", Severity: diag.Warning, Tunable: true,
		Why: "网页的标题已经是一级标题；正文再写一个，或者跳过一级，读屏软件和搜索引擎就分不清哪个是题目、哪段归哪段", Mend: "正文的标题从 ## 写起，一级一级往下写；与题目一样的，删掉这一行"})
)

// Reserved are the ids of the theme's own elements that a heading could have: one that
// would have them gets a number. Ids that are made by counting have a full stop in them, and
// are not listed, as no heading has it.
var Reserved = []string{
	"main", "top", "sheet", "size", "size-any", "size-big", "filter", "outline-h", "rel-h", "motif", "half", "st0", "st1", "st2", "st3", "st4", "st5",
	"ac-h", "b-acts", "b-child", "b-list", "b-seats", "b-today", "b-wall", "cat-o", "f-p", "h-life", "h-news", "h-notice", "h-parts", "h-stars", "h-station", "h-theme",
	"m-acts", "m-tasks", "n-com", "n-cur", "n-end", "n-oth", "s-fn", "st-acts", "st-class", "st-fn", "st-hours", "st-rooms", "sv-all", "sv-here", "sv-life", "sv-more", "sv-one", "sv-s", "t-class", "t-find", "t-tree", "t-unit",
	"x-class", "x-ind", "x-rules", "print", "seek", "q", "h-all",
}

// headingIDs makes ids from the text of headings: letters of any script and
// digits stay, anything else becomes a hyphen; a second one of the same text
// gets -1, and so on.
type headingIDs struct {
	used map[string]bool
	next map[string]int // the number to try next, by text
}

func newHeadingIDs() *headingIDs {
	return &headingIDs{used: map[string]bool{}, next: map[string]int{}}
}

func (h *headingIDs) taken(id string) bool { return h.used[id] || slices.Contains(Reserved, id) }

// take returns an id that nobody has, made from the one that is wanted.
func (h *headingIDs) take(wanted string) string {
	id := wanted
	for h.taken(id) {
		h.next[wanted]++
		id = fmt.Sprintf("%s-%d", wanted, h.next[wanted])
	}
	h.used[id] = true
	return id
}

// odd reports whether a rune has no place in an id that a heading is given.
func odd(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && r != '-' && r != '_'
}

// Anchor returns the id that a heading with that text gets: its letters and digits.
// Blanks and ASCII punctuation divide words, Chinese punctuation does not.
func Anchor(heading string) string {
	id := strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', unicode.IsMark(r):
			return unicode.ToLower(r)
		case r < unicode.MaxASCII, unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, heading), unicode.IsSpace), "-")
	if id == "" {
		return "section"
	}
	return id
}

// under returns the level at which a heading of that level stands under those before
// it, one below the nearest that is above it; the title of the page is the first.
func (in *input) under(level int) int {
	for len(in.levels) > 0 && in.levels[len(in.levels)-1] >= level {
		in.levels = in.levels[:len(in.levels)-1]
	}
	in.levels = append(in.levels, level)
	return len(in.levels) + 1
}

// heading settles the id and the level of a heading, and reports what its writer
// cannot have meant.
func (in *input) heading(n *ast.Heading, ids *headingIDs, body []byte) Heading {
	at := func() diag.Pos { return in.pos(max(n.Pos(), 0)) }
	for _, a := range n.Attributes() {
		if name := string(a.Name); name != "id" && name != "class" {
			in.bag.Addf(ruleHeadingID, at(), "标题后面的“%s”不起作用", name)
			break
		}
	}
	keepAttributes(n, "id", "class")
	shown := visible(n, body)
	if shown == "" && n.FirstChild() == nil {
		in.bag.Addf(ruleHeading, at(), "这里有一个空的标题")
	}
	if n.Level == 1 {
		in.bag.Addf(ruleHeading, at(), "正文里有一级标题“%s”", shorten(shown))
		n.Level = 2
	}
	if level := in.under(n.Level); level != n.Level {
		in.bag.Addf(ruleHeading, at(), "标题“%s”写成第 %d 级，上面没有第 %d 级", shorten(shown), n.Level, n.Level-1)
		n.Level = level
	}
	wanted := Anchor(shown)
	if given, ok := n.AttributeString("id"); ok {
		raw, ok := given.([]byte)
		switch name := string(raw); {
		case !ok || name == "" || strings.ContainsFunc(name, odd):
			in.bag.Addf(ruleHeadingID, at(), "标题的名字“%s”要由汉字、字母、数字、- 和 _ 组成", shorten(name))
		default:
			wanted = name
		}
		if ids.taken(wanted) {
			reason := "已经用过"
			if slices.Contains(Reserved, wanted) {
				reason = "网页自己在用"
			}
			in.bag.Addf(ruleHeadingID, at(), "标题的名字“%s”%s", wanted, reason)
		}
	}
	id := ids.take(wanted)
	n.SetAttributeString("id", []byte(id))
	return Heading{n.Level, id, shown}
}
