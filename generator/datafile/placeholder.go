package datafile

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/diag"
)

var rulePlaceholder = diag.Define(diag.Rule{Code: "E0213", Name: "占位的文字还没有换", Severity: diag.Error,
	Why: "（发布单位）这样的是 biandan new 留的空，公布出去就是一处空白", Mend: "换成真的；还没有定下来的，先写 draft = true",
	Example: "错：issuer = \"（发布单位）\"　对：issuer = \"东街社区党委\""})

// Placeholder is a value that still is the sample of its field.
type Placeholder struct {
	At         diag.Pos
	key, title string
}

// NoID stands for the id of a record that is referred to.
const NoID = "（编号）"

// Sample is the text that stands for a field's own until somebody writes it.
func (f *Field) Sample() string { return "（" + f.Title + "）" }

// isPlaceholder reports whether a text stands for another.
func (f *Field) isPlaceholder(text string) bool {
	return strings.HasPrefix(text, "（") && (text == f.Sample() || text == NoID)
}

// ReportPlaceholders reports the samples of a record that would be published, all at
// the place of the first.
func ReportPlaceholders(list []Placeholder, bag *diag.Bag) {
	if len(list) == 0 {
		return
	}
	var names []string
	for _, p := range list {
		if name := fmt.Sprintf("%s（%s）", p.title, p.key); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	bag.Addf(rulePlaceholder, list[0].At, "占位的文字还没有换：%s", strings.Join(names, "、"))
}

// ReportPlaceholderText reports a text that still is what a page began with.
func ReportPlaceholderText(at diag.Pos, bag *diag.Bag) {
	bag.Add(rulePlaceholder, at, "正文还是占位的文字", "")
}

// IsPlaceholderText reports whether a page's whole text is one sentence in brackets.
func IsPlaceholderText(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "（") && strings.HasSuffix(text, "）") && !strings.Contains(text, "\n")
}
