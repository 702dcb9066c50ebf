package source

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/diag"
)

var (
	ruleUnseen = diag.Define(diag.Rule{Code: "E0112", Name: "看不见的字符", Severity: diag.Warning, Tunable: true,
		Why:  "看不见的字符多半是从网页、微信里粘贴来的；留在链接、编号里会对不上，留在文字里就搜不到这个词",
		Mend: "网页上已经去掉了；在原文里把这几个字删掉，用键盘重新打一遍"})
	ruleControl = diag.Define(diag.Rule{Code: "E0113", Name: "控制字符", Severity: diag.Error,
		Why:  "控制字符是给机器用的，网页里不许有；从 Word 里粘贴来的，常常是换行，去掉它两行就会连在一起",
		Mend: "删掉它；要换行的，按回车键"})
)

// unseen are the characters that nobody sees, by what they are called.
var unseen = map[rune]string{
	'\u00AD': "软连字符", '\u034F': "组合用连接符", '\u061C': "阿拉伯文方向标记", '\u115F': "谚文填充符", '\u1160': "谚文填充符",
	'\u17B4': "高棉文隐藏元音", '\u17B5': "高棉文隐藏元音", '\u180E': "蒙古文元音分隔符",
	'\u200B': "零宽空格", '\u200C': "零宽不连字", '\u200D': "零宽连字", '\u200E': "从左到右标记", '\u200F': "从右到左标记",
	'\u202A': "从左到右嵌入", '\u202B': "从右到左嵌入", '\u202C': "方向恢复", '\u202D': "从左到右强制", '\u202E': "从右到左强制",
	'\u2060': "字间连接符", '\u2061': "看不见的函数号", '\u2062': "看不见的乘号", '\u2063': "看不见的逗号", '\u2064': "看不见的加号",
	'\u2066': "从左到右隔离", '\u2067': "从右到左隔离", '\u2068': "方向隔离", '\u2069': "隔离结束",
	'\u2800': "空白盲文", '\u3164': "谚文填充符", '\uFFA0': "谚文填充符", '\uFEFF': "零宽不换行空格",
}

// controls are those that have a name which somebody may know.
var controls = map[rune]string{
	0: "空字符", 7: "响铃符", 8: "退格符", '\v': "垂直制表符，Word 里的手动换行", '\f': "换页符，Word 里的分页", 0x1B: "转义符", 0x7F: "删除符",
	'\u0085': "下一行", '\u2028': "行分隔符", '\u2029': "段分隔符",
}

// ruleFor returns the rule against a character, and what it is called; nil for one that
// may stand in a text.
func ruleFor(r rune) (rule *diag.Rule, name string) {
	if name, ok := unseen[r]; ok {
		return ruleUnseen, name
	}
	if name, ok := controls[r]; ok {
		return ruleControl, name
	}
	switch {
	case r == '\n' || r == '\t' || r == '\r':
	case unicode.Is(unicode.Cc, r):
		return ruleControl, "没有名字的控制字符"
	case r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF:
		return ruleControl, "不是字符的编码"
	case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return ruleUnseen, "格式符"
	}
	return nil, ""
}

// Unseen returns what a character is called that nobody sees; ok is false for others.
func Unseen(r rune) (name string, ok bool) {
	rule, name := ruleFor(r)
	return fmt.Sprintf("%s（U+%04X）", name, r), rule != nil
}

// harmless are the lengths of the characters that begin with a byte and can be passed
// over without a look: ASCII that is printed, Han. The others are looked at.
var harmless = func() (length [256]uint8) {
	for c := ' '; c < 0x7F; c++ {
		length[c] = 1
	}
	length['\n'], length['\t'], length['&'] = 1, 1, 0
	for c := 0xE4; c <= 0xED; c++ {
		length[c] = 3
	}
	return length
}()

// suspect reports whether there may be something in a valid text that [Text.tidy] or
// [Text.reportMojibake] has to look at. For most files this is all that is done.
func suspect(data []byte) bool {
	for i := 0; i < len(data); {
		c := data[i]
		n := int(harmless[c])
		switch {
		case n > 0:
		case c == 0xE3 && data[i+1] <= 0x81, c == 0xEF && data[i+1] == 0xBC: // punctuation
			n = 3
		default:
			if n = passed(data[i:]); n == 0 {
				return true
			}
		}
		i += n
	}
	return false
}

// passed returns the length of the character that data begins with, 0 if it must be
// looked at.
func passed(data []byte) int {
	next := byte(0)
	if len(data) > 1 {
		next = data[1]
	}
	switch c := data[0]; {
	case c == '&':
		if next == '#' || entity(data) > 0 {
			return 0
		}
		return 1
	case c == 0xE2: // quotation marks and dashes stand beside what nobody sees
		if next == 0x81 || next == 0xA0 || next == 0x80 && (0x8B <= data[2] && data[2] <= 0x8F || data[2] >= 0xA8 && data[2] <= 0xAE) {
			return 0
		}
		return 3
	case c == 0xE3 && next != 0x82 && next != 0x85:
		return 3
	case c == 0xE3 && data[2] != 0x99 && data[2] != 0x9A && data[2] != 0xA4:
		return 3
	case c == 0xEF && next != 0xB7 && next != 0xBB && next != 0xBE && next != 0xBF:
		return 3
	case c == 0xC2 && 0xA1 <= next && next != 0xAD && (len(data) < 3 || data[2] < 0xC2 || data[2] > 0xDF):
		return 2
	}
	r, n := utf8.DecodeRune(data)
	if rule, _ := ruleFor(r); rule != nil || r == utf8.RuneError || unicode.Is(unicode.Mn, r) || 0x1100 <= r && r < 0x1200 || n == 2 && len(data) > 2 && data[2] >= 0xC2 && data[2] <= 0xDF {
		return 0
	}
	return n
}

// entity returns the length of an HTML entity that data begins with, 0 when that is not
// of a character that nobody should write.
func entity(data []byte) int {
	end := bytes.IndexByte(data[:min(len(data), 32)], ';')
	if end < 3 {
		return 0
	}
	if rule, _ := ruleFor(entityOf(string(data[:end+1]))); rule == nil {
		return 0
	}
	return end + 1
}

// entityOf returns the character that an HTML entity stands for.
func entityOf(text string) rune {
	if number, ok := strings.CutPrefix(text[:len(text)-1], "&#"); ok {
		base := 10
		if number != "" && number[0]|0x20 == 'x' {
			number, base = number[1:], 16
		}
		n, err := strconv.ParseUint(number, base, 21)
		if err != nil || n == 0 { // Markdown takes zero for U+FFFD
			return ' '
		}
		return rune(n)
	}
	if plain := html.UnescapeString(text); utf8.RuneCountInString(plain) == 1 {
		r, _ := utf8.DecodeRuneInString(plain)
		return r
	}
	return ' '
}

// tidier takes out of a text what nobody sees, and puts letters and their accents
// together.
type tidier struct {
	out          []byte
	line, column int // in the file
	cuts         []cut
	found        map[rune][]diag.Pos
	order        []rune // of what was found
}

// tidy normalises the text and reports what was taken out of it.
func (t *Text) tidy(bag *diag.Bag) {
	w := &tidier{out: make([]byte, 0, len(t.Data)), line: 1, column: 1, found: map[rune][]diag.Pos{}}
	for i := 0; i < len(t.Data); {
		r, n := utf8.DecodeRune(t.Data[i:])
		if r == '&' {
			if length := entity(t.Data[i:]); length > 0 {
				w.leaveOut(t.Path, entityOf(string(t.Data[i:i+length])), length)
				i += length
				continue
			}
		}
		i += n
		w.add(t.Path, r, t.Data[i:])
	}
	t.Data, t.cuts = w.out, w.cuts
	for _, r := range w.order {
		report(r, w.found[r], bag)
	}
}

// add adds a character of a file, which goes on with rest.
func (w *tidier) add(file string, r rune, rest []byte) {
	before, _ := utf8.DecodeLastRune(w.out)
	after, _ := utf8.DecodeRune(rest)
	rule, _ := ruleFor(r)
	switch {
	case rule != nil && !belongs(before, r, after):
		w.leaveOut(file, r, 1)
		return
	case r == utf8.RuneError:
		w.note(file, r)
	case unicode.Is(unicode.Mn, r) || 0x1161 <= r && r < 0x1200:
		w.compose(r)
		w.column++
		return
	}
	w.out = utf8.AppendRune(w.out, r)
	if w.column++; r == '\n' {
		w.line, w.column = w.line+1, 1
	}
}

func (w *tidier) note(file string, r rune) {
	if w.found[r] == nil {
		w.order = append(w.order, r)
	}
	w.found[r] = append(w.found[r], diag.Pos{File: file, Line: w.line, Column: w.column})
}

// leaveOut leaves out what stands for a character and is so many characters long.
func (w *tidier) leaveOut(file string, r rune, length int) {
	w.note(file, r)
	w.cuts = append(w.cuts, cut{len(w.out), length})
	w.column += length
}

// compose adds an accent to the letter before it: as one character, where there is one.
func (w *tidier) compose(r rune) {
	from := max(0, norm.NFC.LastBoundary(w.out))
	apart := utf8.AppendRune(slices.Clone(w.out[from:]), r)
	together := norm.NFC.Bytes(apart)
	n := utf8.RuneCount(apart) - utf8.RuneCount(together)
	if n <= 0 {
		w.out = utf8.AppendRune(w.out, r)
		return
	}
	w.out = append(w.out[:from], together...)
	w.cuts = append(w.cuts, cut{len(w.out), n})
}

// belongs reports whether a character that nobody sees says how its neighbours are
// written: the parts of an emoji, letters of scripts that are joined.
func belongs(before, r, after rune) bool {
	switch {
	case r == '\u200C' || r == '\u200D' || r == '\u180E':
		return joined(before) && joined(after)
	case 0xE0020 <= r && r <= 0xE007F:
		return before == 0x1F3F4 || 0xE0020 <= before && before <= 0xE007F
	}
	return false
}

func joined(r rune) bool {
	return 0x0600 <= r && r < 0x1100 || 0x1800 <= r && r < 0x18B0 || 0x2190 <= r && r < 0x2C00 || r == 0xFE0F || 0x1F000 <= r && r < 0x20000
}

// report reports a character that stands at some places, at the first.
func report(r rune, at []diag.Pos, bag *diag.Bag) {
	var lines []int
	for _, p := range at[1:] {
		if p.Line != at[0].Line && !slices.Contains(lines, p.Line) {
			lines = append(lines, p.Line)
		}
	}
	more := ""
	if len(lines) > 0 {
		more = fmt.Sprintf("；第 %s 行也有", listed(lines))
	}
	if r == utf8.RuneError {
		bag.Add(ruleNotUTF8, at[0], "这里的字在转换编码时丢了，只剩下“\uFFFD”"+more, "从原来的文件里把丢了的字补回来")
		return
	}
	rule, _ := ruleFor(r)
	name, _ := Unseen(r)
	bag.Addf(rule, at[0], "这里有一个%s：%s%s", rule.Name, name, more)
}

// listed names some lines.
func listed(lines []int) string {
	var names []string
	for _, n := range lines[:min(len(lines), 5)] {
		names = append(names, strconv.Itoa(n))
	}
	if len(lines) > 5 {
		names[4] += " 等"
	}
	return strings.Join(names, "、")
}

// Seen returns a text that was written with escapes, without the characters that nobody
// sees; they are reported at the place given.
func Seen(text string, at diag.Placed, bag *diag.Bag) string {
	if !suspect([]byte(text)) {
		return text
	}
	t := &Text{Path: at.Pos().File, Data: []byte(text)}
	found := &diag.Bag{}
	t.tidy(found)
	for _, d := range found.List() {
		d.Pos = at.Pos()
		bag.Append(diag.List{d})
	}
	return string(t.Data)
}
