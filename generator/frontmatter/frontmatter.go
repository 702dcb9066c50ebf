// Package frontmatter splits a Markdown file into its head and its body.
//
// The head is TOML between two lines that hold nothing but +++; the first of
// them is the first line of the file:
//
//	+++
//	title = "关于……的公示"
//	+++
//	正文
package frontmatter

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/source"
)

const fence = "+++"

var (
	ruleNoHead = diag.Define(diag.Rule{Code: "E0210", Name: "缺少文章开头的数据", Severity: diag.Error,
		Why:     "每篇文章开头都要有一段数据，写明标题、日期等",
		Mend:    "在文件第一行写 +++，接着写 title = \"标题\"，再用单独一行 +++ 结束",
		Example: "+++\ntitle = \"关于……的公示\"\ndate = 2026-11-23\n+++\n正文从这里开始"})
	ruleOpenHead = diag.Define(diag.Rule{Code: "E0211", Name: "文章开头的数据没有结束", Severity: diag.Error,
		Why: "只有一行 +++，就分不清哪里是数据、哪里是正文", Mend: "在数据的下面加上单独一行 +++"})
)

// Parts are the byte ranges of a file: its head without the fences, and its body.
type Parts struct {
	HeadStart, HeadEnd int
	BodyStart          int
}

// Split finds the parts of data. open reports whether the first line is a
// fence; ok, whether a second one follows.
func Split(data []byte) (p Parts, open, ok bool) {
	first, rest := line(data, 0)
	if !isFence(first) {
		return Parts{}, false, false
	}
	p.HeadStart = rest
	for at := rest; at < len(data); {
		l, next := line(data, at)
		if isFence(l) {
			p.HeadEnd, p.BodyStart = at, next
			return p, true, true
		}
		at = next
	}
	return p, true, false
}

func line(data []byte, at int) (l []byte, next int) {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return data[at : at+i], at + i + 1
	}
	return data[at:], len(data)
}

func isFence(l []byte) bool { return string(bytes.TrimRight(l, " \t\r")) == fence }

// Parse splits t and parses its head. Findings go to bag.
func Parse(t *source.Text, bag *diag.Bag) (head *datafile.Table, bodyStart int, ok bool) {
	p, open, ok := Split(t.Data)
	switch {
	case !open:
		reportNoHead(t, bag)
		return nil, 0, false
	case !ok:
		reportOpenHead(t, p.HeadStart, bag)
		return nil, 0, false
	}
	head, ok = datafile.Parse(t, p.HeadStart, p.HeadEnd, bag)
	return head, p.BodyStart, ok
}

// likeFence reports whether a line is meant as a fence: of full-width signs, of
// too many or too few, with blanks before it.
func likeFence(l []byte) bool {
	folded := strings.TrimSpace(norm.NFKC.String(string(l)))
	return len(folded) >= 2 && strings.Trim(folded, "+") == ""
}

func reportNoHead(t *source.Text, bag *diag.Bag) {
	message, hint := "文件的第一行不是 +++", ""
	first, _ := line(t.Data, 0)
	text := bytes.TrimLeft(t.Data, " \t\n\r")
	begin, _ := line(text, 0)
	switch {
	case len(text) == 0:
		message = "这个文件是空的"
	case bytes.HasPrefix(t.Data, []byte("---")):
		message = "文章开头的数据用了 ---（YAML），这里用的是 +++（TOML）"
	case likeFence(first):
		message, hint = fmt.Sprintf("第一行的“%s”不是三个英文加号", bytes.TrimSpace(first)), "把第一行改成 +++：三个英文（半角）加号，前面没有空格"
	case isFence(begin):
		message, hint = "第一行的 +++ 前面有空行", "删掉前面的空行，让 +++ 在第一行"
	case data.Match(begin) && bytes.Contains(begin, []byte("=")):
		message, hint = "开头的数据前面少了一行 +++", "在最前面加上单独一行 +++；数据的下面也要有一行"
	}
	bag.Add(ruleNoHead, t.Pos(0), message, hint)
}

// data matches the lines that a head may have.
var data = regexp.MustCompile(`^\s*($|#|\[|\]|\{|\}|"|'|[A-Za-z0-9_."'-]+\s*[=:＝：])`)

// reportOpenHead says where the head seems to end.
func reportOpenHead(t *source.Text, at int, bag *diag.Bag) {
	for start := at; at < len(t.Data); {
		l, next := line(t.Data, at)
		pos := t.Pos(at)
		switch {
		case likeFence(l):
			bag.Add(ruleOpenHead, pos, fmt.Sprintf("这一行的“%s”不是三个英文加号，开头的数据没有结束", bytes.TrimSpace(l)), "把这一行改成 +++：三个英文（半角）加号，前面没有空格")
			return
		case !data.Match(l) && at > start:
			bag.Add(ruleOpenHead, t.Pos(0), "第一行的 +++ 没有与之配对的结束行", fmt.Sprintf("在数据的下面加上单独一行 +++，看来是在第 %d 行的前面", pos.Line))
			return
		}
		at = next
	}
	bag.Addf(ruleOpenHead, t.Pos(0), "第一行的 +++ 没有与之配对的结束行")
}
