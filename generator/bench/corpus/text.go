package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// writer writes Markdown by chance.
type writer struct {
	*rand.Rand
	strings.Builder
	links []string // addresses that the text may link to
}

func (w *writer) one(list []string) string { return list[w.IntN(len(list))] }

// phrase is a thing that was done something about, sometimes emphasised or
// with a link.
func (w *writer) phrase() string {
	s := w.one(goods)
	switch w.IntN(12) {
	case 0:
		return "**" + s + "**"
	case 1:
		return "*" + s + "*"
	case 2, 3:
		return "[" + s + "](" + w.one(w.links) + ")"
	case 4:
		return "“" + s + "”"
	}
	return s
}

func (w *writer) sentence() string {
	s := w.one(whens) + "，" + w.one(whos)
	if w.IntN(2) == 0 {
		s += w.one(sites)
	}
	s += w.one(acts) + w.phrase()
	if w.IntN(3) == 0 {
		s += "，随后" + w.one(acts) + w.one(goods)
	}
	return s + "，" + w.one(ends) + "。"
}

func (w *writer) paragraph(sentences int) {
	for range sentences {
		w.WriteString(w.sentence())
	}
	w.WriteString("\n\n")
}

func (w *writer) list(n int, mark func(i int) string) {
	for i := range n {
		fmt.Fprintf(w, "%s%s%s，%s；\n", mark(i), w.one(acts), w.phrase(), w.one(ends))
	}
	w.WriteByte('\n')
}

func (w *writer) table(n int) {
	w.WriteString("| 序号 | 事项 | 谁来办 | 几天内 | 进度 |\n| ---: | --- | --- | :---: | --- |\n")
	for i := range n {
		fmt.Fprintf(w, "| %d | %s | %s | %d 天 | %s |\n", i+1, w.one(jobs), w.one(posts), 1+w.IntN(20), w.one(dones))
	}
	w.WriteByte('\n')
}

// section writes a heading and one of the usual forms below it; the first of a text
// stands below no other.
func (w *writer) section(first bool) {
	mark := []string{"## ", "## ", "### "}[w.IntN(3)]
	if first {
		mark = "## "
	}
	w.WriteString(mark + w.one(heads) + "\n\n")
	switch w.IntN(5) {
	case 0:
		w.paragraph(2 + w.IntN(2))
	case 1:
		w.list(2+w.IntN(4), func(int) string { return "- " })
	case 2:
		w.list(2+w.IntN(3), func(i int) string { return fmt.Sprintf("%d. ", i+1) })
	case 3:
		w.paragraph(1)
		w.table(2 + w.IntN(5))
	case 4:
		w.WriteString("> " + w.one(says) + "\n\n")
		w.paragraph(1 + w.IntN(2))
	}
}

// text writes paragraphs and sections until there are at least n characters.
func (w *writer) text(n int) string {
	w.paragraph(1 + w.IntN(2))
	for first := true; utf8.RuneCountInString(w.String()) < n; first = false {
		w.section(first)
	}
	return w.String()
}
