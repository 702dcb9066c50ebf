package datafile

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/calendar"
)

// fullWidth maps the punctuation that a Chinese input method gives to what TOML
// wants.
var fullWidth = map[rune]string{
	'“': `"`, '”': `"`, '‘': `'`, '’': `'`, '＂': `"`, '＇': `'`, '「': `"`, '」': `"`,
	'：': "=", '＝': "=", '，': ",", '、': ",", '。': ".", '．': ".",
	'【': "[", '】': "]", '［': "[", '］': "]", '｛': "{", '｝': "}", '＃': "#", '－': "-",
	'０': "0", '１': "1", '２': "2", '３': "3", '４': "4", '５': "5", '６': "6", '７': "7", '８': "8", '９': "9",
	'\u3000': wideSpace, '\u00a0': wideSpace,
}

const wideSpace = "空格"

// slip recognises the commonest mistakes on the line of the byte at offset,
// which a parser only sees as something that does not go on as it should.
func slip(data []byte, offset int, complaint string) (at int, message, hint string, ok bool) {
	start := bytes.LastIndexByte(data[:min(offset, len(data))], '\n') + 1
	line := string(lineAround(data, offset))
	if strings.HasPrefix(line, "+++") {
		return start, "台账（.toml）里不用 +++", "删掉这一行；要写的是文章，就把文件名改成 .md 结尾", true
	}
	if at := strings.LastIndexAny(line, "”“’＂"); at >= 0 && strings.Contains(complaint, "string") && endsThere(line, at) {
		r, _ := utf8.DecodeRuneInString(line[at:])
		return start + at, fmt.Sprintf("结尾的引号 %c 是中文引号，TOML 要用英文双引号", r), `把结尾的引号改成英文双引号 "；文字里面的中文引号可以保留`, true
	}
	key, value, found := strings.Cut(line, "=")
	if !found || strings.ContainsAny(key, `"'#`) {
		return 0, "", "", false
	}
	at = start + len(line) - len(strings.TrimLeft(value, " \t"))
	value, _, _ = strings.Cut(value, "#")
	value = strings.TrimSpace(value)
	switch day, isDate := tidyDate(value); {
	case isDate:
		return at, fmt.Sprintf("日期“%s”的写法不对", value), hintDate(day), true
	case words[value] != "":
		return at, fmt.Sprintf("“%s”这个值的写法不对", value), "写成小写的 " + words[value] + "，不加引号", true
	case padded.MatchString(value):
		return at, fmt.Sprintf("“%s”以 0 开头，不是数字", value), fmt.Sprintf("电话、编号一类的是文字，要加英文双引号：\"%s\"；是数字的，去掉前面的 0", value), true
	}
	if m := counted.FindStringSubmatch(value); m != nil {
		return at + len(m[1]), fmt.Sprintf("数字 %s 的后面多了“%s”", m[1], m[2]), "只写数字 " + m[1] + "；是文字的，整个放在英文双引号里", true
	}
	return 0, "", "", false
}

// endsThere reports whether a text that begins with an English quotation mark
// seems to end with the Chinese one at that place: only a comment may follow.
func endsThere(line string, at int) bool {
	_, size := utf8.DecodeRuneInString(line[at:])
	rest := strings.TrimSpace(line[at+size:])
	return (rest == "" || rest[0] == '#' || rest[0] == ',' || rest[0] == ']') && strings.ContainsAny(line[:at], `"'`)
}

// words are how people write what TOML calls true and false.
var words = map[string]string{
	"True": "true", "TRUE": "true", "是": "true", "yes": "true", "Yes": "true",
	"False": "false", "FALSE": "false", "否": "false", "no": "false", "No": "false",
}

var (
	counted   = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*(\p{Han}{1,4})$`)
	padded    = regexp.MustCompile(`^0\d+$`)
	looseDate = regexp.MustCompile(`^(\d{4})\s*[-年/.。—–]\s*(\d{1,2})\s*[-月/.。—–]\s*(\d{1,2})\s*日?$`)
	plainDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
)

// tidyDate recognises a date that is not written as TOML wants it: 2026年11月3日,
// 2026/11/3, ２０２６－１１－０３.
func tidyDate(text string) (day string, ok bool) {
	m := looseDate.FindStringSubmatch(norm.NFKC.String(text))
	if m == nil || plainDate.MatchString(text) {
		return "", false
	}
	return fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3]), true
}

func hintDate(day string) string {
	if _, ok := calendar.ParseDate(day); !ok {
		day = "2026-11-23 的样子"
	}
	return "写成 " + day + "：四位年、两位月、两位日，中间用英文短横线，不加引号"
}

// chineseKey returns the key of a line that gives a value to a key in Chinese.
func chineseKey(line []byte) (key string, ok bool) {
	before, _, ok := bytes.Cut(line, []byte("="))
	key = string(bytes.TrimSpace(before))
	return key, ok && key != "" && !strings.ContainsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
}
