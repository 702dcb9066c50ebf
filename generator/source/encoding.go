package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"biandan/generator/diag"
)

var ruleMojibake = diag.Define(diag.Rule{Code: "E0114", Name: "像是乱码", Severity: diag.Warning,
	Why:     "两三个字的 GBK 编码，有时碰巧也说得通是 UTF-8，就会显示成外国字母",
	Mend:    "用编辑器按 GBK 重新打开，看清是汉字，再存成 UTF-8；或者把这几个字重新打一遍",
	Example: "错：title = \"\u0368\u05AA\"\n对：title = \"通知\""})

// isUTF16 reports whether data is UTF-16: it begins with a mark, or each other byte of
// what is ASCII in it (every text here has some) is zero.
func isUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return true
	}
	if bytes.IndexByte(data, 0) < 0 {
		return false
	}
	var zeros [2]int
	for i, c := range data {
		if c == 0 {
			zeros[i%2]++
		}
	}
	return min(zeros[0], zeros[1]) == 0 && zeros[0]+zeros[1] > 4 && zeros[0]+zeros[1] > len(data)/10
}

// reportNotUTF8 says of data that is not UTF-8 what it seems to be.
func (t *Text) reportNotUTF8(bag *diag.Bag) {
	first := t.Pos(invalidAt(t.Data))
	inGB, inUTF8 := t.encodings()
	_, all := fromGB(t.Data)
	switch {
	case len(inGB) > 0 && inUTF8:
		bag.Add(ruleNotUTF8, first, fmt.Sprintf("第 %s 行是 GBK 编码，别的行是 UTF-8", listed(inGB)),
			"把这几行重新打一遍，再存成 UTF-8；不要整个文件转换编码，那样别的行会变成乱码")
	case all && !inUTF8:
		bag.Addf(ruleNotUTF8, first, "这个文件不是 UTF-8 编码，看起来是 GBK（记事本里叫 ANSI）")
	default:
		bag.Addf(ruleNotUTF8, first, "这里有不是 UTF-8 编码的字节")
	}
}

// encodings looks at each line: the numbers of those that are Chinese in GBK, and
// whether there are others that are Chinese in UTF-8.
func (t *Text) encodings() (inGB []int, inUTF8 bool) {
	number := 0
	for line := range bytes.Lines(t.Data) {
		number++
		switch {
		case utf8.Valid(line):
			inUTF8 = inUTF8 || bytes.ContainsFunc(line, isHan)
		case isChineseGB(line):
			inGB = append(inGB, number)
		}
	}
	return inGB, inUTF8
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isCommonGB reports whether two bytes are one of the 3755 commonest characters in GBK.
func isCommonGB(lead, trail byte) bool {
	return 0xB0 <= lead && lead <= 0xD7 && trail >= 0xA1 && trail < 0xFF
}

// isChineseGB reports whether a line is in GBK what people write: most of it common
// characters and punctuation. UTF-8 that is read as GBK is hardly ever.
func isChineseGB(line []byte) bool {
	if _, ok := fromGB(line); !ok {
		return false
	}
	common, all := 0, 0
	for i := 0; i < len(line); i++ {
		if line[i] < utf8.RuneSelf {
			continue
		}
		if all++; i+1 < len(line) {
			if isCommonGB(line[i], line[i+1]) || line[i] == 0xA1 || line[i] == 0xA3 {
				common++
			}
			i++
		}
	}
	return 4*common >= 3*all
}

// fromGB decodes the encoding that Chinese Windows had before UTF-8.
func fromGB(data []byte) (utf8Text []byte, ok bool) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// reportMojibake reports what are common Chinese characters in GBK and foreign letters in
// UTF-8: 通知 is U+0368 U+05AA. Foreign words are letters of one script; beside Chinese, or when
// they are Latin, such a word is believed.
func (t *Text) reportMojibake(bag *diag.Bag) {
	chinese := bytes.ContainsFunc(t.Data, isHan)
	at := 0
	for line := range bytes.Lines(t.Data) {
		if from, meant, scripts := foreign(line); meant != "" && (scripts > 1 || !chinese) {
			bag.Addf(ruleMojibake, t.Pos(at+from), "“%s”是乱码，看来是 GBK 编码的“%s”", strings.TrimSpace(string(line[from:from+len(meant)/3*2])), meant)
		}
		at += len(line)
	}
}

// foreign finds the letters of two bytes in a line. When all that stand together are
// common characters in GBK, it returns the offset of the first such word, what it is in
// GBK, and of how many scripts its letters are, none of which is 1 for Latin.
func foreign(line []byte) (from int, meant string, scripts int) {
	for i := 0; i < len(line); {
		begin := i
		seen := map[int]bool{}
		distinct := map[[2]byte]bool{}
		for i+1 < len(line) && 0xC2 <= line[i] && line[i] <= 0xDF {
			r, _ := utf8.DecodeRune(line[i:])
			if !isCommonGB(line[i], line[i+1]) {
				return 0, "", 0
			}
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				seen[block(r)] = true
			}
			distinct[[2]byte(line[i:i+2])] = true
			i += 2
		}
		if latin := len(seen) == 1 && seen[0]; len(distinct) > 1 && len(seen) > 0 && !latin && meant == "" {
			text, _ := fromGB(line[begin:i])
			from, meant, scripts = begin, string(text), len(seen)
		}
		if begin == i {
			i++
		}
	}
	return from, meant, scripts
}

// block returns the number of the script of a letter of two bytes.
func block(r rune) int {
	ends := []rune{0x250, 0x300, 0x370, 0x400, 0x530, 0x590}
	for i, end := range ends {
		if r < end {
			return i
		}
	}
	return len(ends)
}
