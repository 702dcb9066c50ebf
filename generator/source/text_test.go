package source

import (
	"strings"
	"testing"

	"biandan/generator/diag"
)

// taken returns what a text has become, and its findings as place, code, message.
func taken(t *testing.T, data string) (text *Text, found string) {
	t.Helper()
	bag := &diag.Bag{}
	text, ok := NewText("a.md", []byte(data), bag)
	if !ok {
		text = &Text{Data: []byte("no text")}
	}
	var list []string
	for _, d := range bag.List() {
		list = append(list, strings.TrimPrefix(d.Pos.String(), "a.md:")+" "+d.Code+" "+d.Message)
	}
	return text, strings.Join(list, "\n")
}

// TestWhatATextBecomes gives bytes as people's files have them: what stays of them, and
// what is said.
func TestWhatATextBecomes(t *testing.T) {
	for _, c := range []struct{ name, data, want, found string }{
		{"two marks", "\uFEFF\uFEFF甲", "甲", ""},
		{"line ends of Windows", "甲\r\n乙\r\n", "甲\n乙\n", ""},
		{"line ends of old Macs", "甲\r乙\r", "甲\n乙\n", ""},
		{"letters and accents apart", "Cafe\u0301，lu\u0308\u030C，か\u3099", "Caf\u00E9，l\u01DA，が", ""},
		{"an accent that nothing has", "x\u0301\u0302", "x\u0301\u0302", ""},
		{"what nobody sees", "甲\u200B乙\n丙\u200B丁\uFEFF\n\u200B", "甲乙\n丙丁\n", "1:2 E0112 这里有一个看不见的字符：零宽空格（U+200B）；第 2、3 行也有\n2:4 E0112 这里有一个看不见的字符：零宽不换行空格（U+FEFF）"},
		{"written as an entity", "甲&#8203;乙&#x200b;丙&shy;丁&nbsp;&amp;&#169;&#0;", "甲乙丙丁&nbsp;&amp;&#169;&#0;", "1:2 E0112 这里有一个看不见的字符：零宽空格（U+200B）\n1:19 E0112 这里有一个看不见的字符：软连字符（U+00AD）"},
		{"controls", "甲\b乙\v丙\u0085", "甲乙丙", "1:2 E0113 这里有一个控制字符：退格符（U+0008）\n1:4 E0113 这里有一个控制字符：垂直制表符，Word 里的手动换行（U+000B）\n1:6 E0113 这里有一个控制字符：下一行（U+0085）"},
		{"lost in conversion", "甲\uFFFD乙", "甲\uFFFD乙", "1:2 E0106 这里的字在转换编码时丢了，只剩下“\uFFFD”"},
		{"the other way round", "a\u202Ecba\u202C", "acba", "1:2 E0112 这里有一个看不见的字符：从右到左强制（U+202E）\n1:6 E0112 这里有一个看不见的字符：方向恢复（U+202C）"},
		{"emoji, Arabic, variants of characters", "👨‍👩‍👧❤️🏴󠁧󠁢󠁿 ن\u200Cه 葛󠄀", "👨‍👩‍👧❤️🏴󠁧󠁢󠁿 ن\u200Cه 葛󠄀", ""},
		{"joiners among Han", "甲\u200D乙", "甲乙", "1:2 E0112 这里有一个看不见的字符：零宽连字（U+200D）"},
		{"what looks alike is left alone", "“甲”——乙…　丙 丁·戊××己￥１２℃①éàü\t", "“甲”——乙…　丙 丁·戊××己￥１２℃①éàü\t", ""},
		{"UTF-16 without a mark", "+\x00+\x00+\x00\n\x00t\x00=\x00\x1A\x90", "no text", "1:1 E0106 这个文件是 UTF-16 编码（记事本里叫 Unicode）"},
		{"GBK", "title = \"\xB9\xD8\xD3\xDA\"\n", "no text", "1:10 E0106 这个文件不是 UTF-8 编码，看起来是 GBK（记事本里叫 ANSI）"},
		{"lines of GBK", "第一行\n\xB9\xD8\xD3\xDA\n第三行\n\xB5\xDA\xCB\xC4\xD0\xD0\n", "no text", "2:1 E0106 第 2、4 行是 GBK 编码，别的行是 UTF-8"},
		{"half a character", "第一行\n电话\xE7\x94，第二行\n", "no text", "2:3 E0106 这里有不是 UTF-8 编码的字节"},
		{"GBK that is UTF-8", "a\ntitle = \"\xCD\xA8\xD6\xAA\"\n", "a\ntitle = \"\xCD\xA8\xD6\xAA\"\n", "2:10 E0114 “\xCD\xA8\xD6\xAA”是乱码，看来是 GBK 编码的“通知”"},
		{"the same, beside Chinese", "第一行\n\xCD\xA8\xD6\xAA\n", "第一行\n\xCD\xA8\xD6\xAA\n", "2:1 E0114 “\xCD\xA8\xD6\xAA”是乱码，看来是 GBK 编码的“通知”"},
		{"one script, no Chinese", "\xD1\xA7\xD0\xA3", "\xD1\xA7\xD0\xA3", "1:1 E0114 “\xD1\xA7\xD0\xA3”是乱码，看来是 GBK 编码的“学校”"},
		{"foreign words", "Привет, да, αβγ, déjà éé, 俄语да", "Привет, да, αβγ, déjà éé, 俄语да", ""},
		{"foreign words without Chinese", "Привет\nκαλημέρα\nöä §§ ··", "Привет\nκαλημέρα\nöä §§ ··", ""},
	} {
		text, found := taken(t, c.data)
		if string(text.Data) != c.want || found != c.found {
			t.Errorf("%s: %q\n%s", c.name, text.Data, found)
		}
	}
}

// TestPlacesAreThoseOfTheFile looks for a letter behind what was taken away or put
// together: its column is the one in the file, and only in its own line.
func TestPlacesAreThoseOfTheFile(t *testing.T) {
	data := "\uFEFF甲\u200B\u200B乙e\u0301&#8203;X\r\n\u200BX\rX\u200B\nXe\u0301e\u0301X"
	text, _ := taken(t, data)
	want := []string{"a.md:1:14", "a.md:2:2", "a.md:3:1", "a.md:4:1", "a.md:4:6"}
	var got []string
	for i, c := range text.Data {
		if c == 'X' {
			got = append(got, text.Pos(i).String())
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%v, want %v", got, want)
	}
	if at := text.PosInLine(1, len("甲乙")).String(); at != "a.md:1:5" {
		t.Errorf("in the first line: %s", at)
	}
}

// FuzzText wants nothing of what nobody sees in any text that is taken, the same text
// when it is taken again, and places that rise.
func FuzzText(f *testing.F) {
	for _, s := range []string{"甲\u200B乙", "e\u0301", "&#8203;&shy;", "&&#82&#8203;03;", "\r\r\n", "\xCD\xA8\xD6\xAA", "👨‍👩‍👧", "\uFEFF\uFEFF", "か\u3099\u1100\u1161"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, ok := NewText("a.md", data, &diag.Bag{})
		if !ok {
			return
		}
		for i, r := range string(text.Data) {
			before := []rune(string(text.Data[:i]))
			after := []rune(string(text.Data[i:]))
			if rule, name := ruleFor(r); rule != nil && !(len(before) > 0 && len(after) > 1 && belongs(before[len(before)-1], r, after[1])) && r < 0xE0000 && r != '\u180E' && r != '\u200C' && r != '\u200D' {
				t.Fatalf("%s is left", name)
			}
		}
		last := diag.Pos{Line: 1}
		for i := range text.Data {
			at := text.Pos(i)
			if at.Line < last.Line || at.Line == last.Line && at.Column < last.Column {
				t.Fatalf("%v after %v", at, last)
			}
			last = at
		}
	})
}

// BenchmarkText takes a text of the usual kind.
func BenchmarkText(b *testing.B) {
	data := []byte("+++\ntitle = \"关于“三会一课”的公示\"\ndate = 2026-11-23\n+++\n" + strings.Repeat("根据《条例》规定，现将有关情况公示如下（2026年11月23日—29日），请监督：东街社区。\n", 40))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		NewText("a.md", data, &diag.Bag{})
	}
}
