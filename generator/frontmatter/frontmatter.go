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
		message := "文件的第一行不是 +++"
		if bytes.HasPrefix(t.Data, []byte("---")) {
			message = "文章开头的数据用了 ---（YAML），这里用的是 +++（TOML）"
		}
		bag.Addf(ruleNoHead, t.Pos(0), "%s", message)
		return nil, 0, false
	case !ok:
		bag.Addf(ruleOpenHead, t.Pos(0), "第一行的 +++ 没有与之配对的结束行")
		return nil, 0, false
	}
	head, ok = datafile.Parse(t, p.HeadStart, p.HeadEnd, bag)
	return head, p.BodyStart, ok
}
