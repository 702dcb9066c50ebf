package plan

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"biandan/generator/attachment"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/personal"
	"biandan/generator/source"
)

var ruleUnread = diag.Define(diag.Rule{Code: "E0908", Name: "附件没有查过个人信息", Severity: diag.Warning, Tunable: true,
	Why:  "附件和网页一样谁都能打开；本工具读不了的附件，里面有没有身份证号、手机号，没有人查过",
	Mend: "另存为 .docx、.xlsx 或者带文字的 PDF，换掉这个附件"})

// Looked remembers what was found in attachments: they change more seldom than all
// else, and a PDF takes as long to read as a hundred pages.
type Looked struct {
	Seen    []Seen // by the plan before, sorted by key
	Changed bool   // by the plan
}

// Seen is what was found in an attachment. It depends on its name and its bytes.
type Seen struct {
	Key      digest.Sum
	Personal []Sight
	Unread   []attachment.Unread
}

// Sight is something personal at some place of an attachment.
type Sight struct {
	Kind  personal.Kind
	Where string
	Text  string
}

func (s *Seen) compare(key digest.Sum) int { return bytes.Compare(s.Key[:], key[:]) }

// checkAttachments looks for personal data in the files that pages link to. Pictures
// and films have no text that could be read.
func (b *Builder) checkAttachments(looked *Looked) {
	paths := b.attachments()
	all := make([]Seen, len(paths))
	parallel(len(paths), 1, func(i int) {
		name, data := path.Base(paths[i]), b.files[paths[i]].data
		key := digest.Of(name, digest.Bytes(data))
		if n, ok := slices.BinarySearchFunc(looked.Seen, key, func(s Seen, key digest.Sum) int { return s.compare(key) }); ok {
			all[i] = looked.Seen[n]
		} else {
			all[i] = look(name, data)
			all[i].Key = key
		}
	})
	for i, p := range paths {
		b.report(p, &all[i])
	}
	slices.SortFunc(all, func(a, b Seen) int { return a.compare(b.Key) })
	same := func(a, b Seen) bool { return a.Key == b.Key }
	all = slices.CompactFunc(all, same)
	looked.Changed = looked.Changed || !slices.EqualFunc(all, looked.Seen, same)
	looked.Seen = all
}

// attachments are the files that are published and may hold text.
func (b *Builder) attachments() (paths []string) {
	for _, p := range slices.Sorted(maps.Keys(b.files)) {
		if b.files[p].ok && !b.files[p].pixels && !attachment.IsMedia(p) && p != b.Config.Emblem {
			paths = append(paths, p)
		}
	}
	return paths
}

// look finds what is personal in an attachment.
func look(name string, data []byte) (c Seen) {
	text := attachment.Read(name, data)
	c.Unread = text.Unread
	defer c.compact()
	for _, p := range text.Parts {
		for _, x := range personal.FindInLines(p.Lines) {
			where := p.Where
			if p.Numbered {
				where += fmt.Sprintf("第 %d 行", x.Line+1)
			}
			c.add(x.Kind, where, x.Text)
		}
	}
	title := name
	for _, p := range text.Parts[:min(len(text.Parts), titleParts)] {
		title += "\n" + strings.Join(p.Lines[:min(len(p.Lines), titleParts)], "\n")
	}
	for _, t := range text.Tables {
		c.lookAtTable(title, t)
	}
	return c
}

// titleParts is how many paragraphs before a table may say what it is about.
const titleParts = 3

func (c *Seen) add(k personal.Kind, where, text string) {
	c.Personal = append(c.Personal, Sight{k, where, text})
}

// compact drops what is there twice, as a page of a PDF is read in two orders.
func (c *Seen) compact() {
	known := make(map[Sight]bool, len(c.Personal))
	c.Personal = slices.DeleteFunc(c.Personal, func(s Sight) bool {
		twice := known[s]
		known[s] = true
		return twice
	})
}

// lookAtTable finds what is personal in a table. What a number is says the head of
// its column.
func (c *Seen) lookAtTable(title string, t attachment.Table) {
	heads := map[int]string{}
	rows := make([][]string, len(t.Rows))
	for i, cells := range t.Rows {
		for _, cell := range cells {
			c.lookAtCell(heads[cell.Column], cell)
		}
		if len(heads) == 0 && len(cells) > 1 { // one cell alone is a title
			for _, cell := range cells {
				heads[cell.Column] = cell.Text
			}
		}
		rows[i] = plainRow(cells)
	}
	if row, column, ok := personal.Roll(title+"\n"+t.Where, rows); ok {
		for _, cell := range t.Rows[row] {
			if cell.Column == column {
				c.add(personal.Hardship, cell.Where, cell.Text)
			}
		}
	}
}

func (c *Seen) lookAtCell(head string, cell attachment.Cell) {
	const label = "："
	lines := strings.Split(cell.Text, "\n")
	before := 0
	if head != "" && len([]rune(head)) <= longestHead && !strings.Contains(head, "\n") {
		before = len(head) + len(label)
		lines[0] = head + label + lines[0]
	}
	for _, x := range personal.FindInLines(lines) {
		if x.Line == 0 && x.Column < before {
			if x.Column+len(x.Text) <= before {
				continue // it is in the head, and told there
			}
			x.Text = x.Text[before-x.Column:]
		}
		c.add(x.Kind, cell.Where, x.Text)
	}
}

// longestHead is how many characters a cell has at most that says what is below it.
const longestHead = 20

// plainRow is the texts of a row by their columns.
func plainRow(cells []attachment.Cell) []string {
	const widest = 256 // columns
	var row []string
	for _, cell := range cells {
		if cell.Column < 0 || cell.Column >= widest {
			continue
		}
		for len(row) <= cell.Column {
			row = append(row, "")
		}
		row[cell.Column] = cell.Text
	}
	return row
}

// mostTold is how many places of one kind are told of an attachment; who has read
// them knows what it is.
const mostTold = 20

// report reports what was found in an attachment, unless one of the pages that link
// to it allows it.
func (b *Builder) report(p string, c *Seen) {
	pages := slices.Sorted(slices.Values(b.users[p]))
	allowed := func(by func(ledger.Entry) bool) bool {
		return slices.ContainsFunc(pages, func(file string) bool {
			e := b.entryOf(file)
			return e != nil && by(e)
		})
	}
	at, name, linked := diag.Pos{File: p}, path.Base(p), "，链接它的是 "+pages[0]
	if len(pages) > 1 {
		linked += fmt.Sprintf(" 等 %d 个文件", len(pages))
	}
	kinds := map[personal.Kind][]Sight{}
	for _, s := range c.Personal {
		if !allowed(func(e ledger.Entry) bool { return ledger.Allows(e, s.Text) }) {
			kinds[s.Kind] = append(kinds[s.Kind], s)
		}
	}
	how := "在 " + pages[0] + " 开头写 [[allow]]：原文（text）"
	for kind, sights := range kinds {
		for i, s := range sights[:min(len(sights), mostTold)] {
			more := linked
			if rest := len(sights) - mostTold; i == mostTold-1 && rest > 0 {
				more += fmt.Sprintf("；这样的还有 %d 处", rest)
			}
			ledger.AddPersonal(kind, at, s.Where, s.Text, more, "；确实要公布的，"+how+"和理由（reason）", b.Bag)
		}
	}
	if allowed(func(e ledger.Entry) bool { return ledger.AllowsFile(e, name) }) {
		return
	}
	for _, u := range c.Unread {
		where := u.Where
		if where == "" {
			where = "“" + name + "”"
		}
		b.Bag.Add(ruleUnread, at, where+"没有查过有没有个人信息，因为它"+u.Why+linked,
			ruleUnread.Mend+"；打开看过、确认没有的，"+how+"写文件名“"+name+"”，还有理由（reason）")
	}
}

// entryOf returns the record of a page or of the head of a list, or nil.
func (b *Builder) entryOf(file string) ledger.Entry {
	if p := b.PageOfFile(file); p != nil {
		return p.Entry
	}
	if path.Base(file) == ledger.IndexFile {
		folder := strings.TrimPrefix(strings.TrimPrefix(path.Dir(file), source.ContentDir), "/")
		if s := b.Section(folder); s != nil {
			return s
		}
	}
	return nil
}
