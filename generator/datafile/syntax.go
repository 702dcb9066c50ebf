package datafile

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// explain turns the parser's complaint about the byte at offset into a Chinese
// sentence and a hint, and may move the offset to the true culprit.
func explain(data []byte, offset int, complaint string) (at int, message, hint string) {
	for offset > 0 && offset < len(data) && !utf8.RuneStart(data[offset]) {
		offset-- // the parser counts bytes
	}
	if at, message, hint, ok := slip(data, offset, complaint); ok {
		return at, message, hint
	}
	if i, r := culprit(data, offset); i >= 0 {
		want := fullWidth[r]
		switch want {
		case wideSpace:
			if r != '\u3000' {
				return i, "这里有一个特殊的空格（从网页或 WPS 里粘贴来的）", "删掉它，用键盘打一个普通的空格"
			}
			return i, "这里有一个全角空格", "换成普通的（半角）空格，或者删掉"
		case `"`, `'`:
			return i, fmt.Sprintf("这里的引号 %c 是中文引号，TOML 要用英文双引号", r), `把包住文字的引号改成英文双引号 "…"；文字里面的中文引号可以保留`
		}
		return i, fmt.Sprintf("这里用了全角的“%c”", r), fmt.Sprintf("改成英文（半角）的 %s", want)
	}
	r, _ := utf8.DecodeRune(data[min(offset, len(data)):])
	line := lineAround(data, offset)
	key, isChineseKey := chineseKey(line)
	switch {
	case strings.Contains(complaint, "nested more than"):
		return offset, "数组或表套得太深", "这里的括号套了上百层，多半是粘贴错了"
	case strings.Contains(complaint, "'=' after key") && r == ':':
		return offset, "键和值之间要用等号", "把冒号“:”改成等号“=”"
	case strings.Contains(complaint, "'=' after key"):
		return offset, "键的后面没有等号", "写成 键 = 值；只写文字说明的行，前面加 #"
	case strings.Contains(complaint, "start of key") && r > unicode.MaxASCII && bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")):
		return offset, fmt.Sprintf("方括号里以“%c”开头的名字没有加引号", r), "名字是汉字的，要加英文双引号，如 [sheets.\"大海报\"]"
	case strings.Contains(complaint, "start of key") && r > unicode.MaxASCII && isChineseKey:
		return offset, fmt.Sprintf("键“%s”不能用汉字", key), "键用英文名；每一种有哪些键、各是什么意思，运行 biandan new 种类 \"标题\" --print 就能看到"
	case strings.Contains(complaint, "start of key") && r > unicode.MaxASCII:
		return offset, fmt.Sprintf("这一行以“%c”开头，不是“键 = 值”", r), "键用英文名；只写文字说明的行，前面加 #；较长的文字请放在 +++ 的下面"
	case strings.Contains(complaint, "start of value"), strings.Contains(complaint, "expected value"):
		return offset, "等号后面的值写法不对", "文字要放在英文双引号里；日期写成 2026-11-23，数字直接写，是和否写 true、false"
	case strings.Contains(complaint, "escape"):
		return offset, "文字里的反斜杠 \\ 在 TOML 里有特殊的意思", "改成斜杠 /，或者写两个反斜杠 \\\\"
	case bytes.Count(line, []byte(`"`)) > 2 && !bytes.Contains(line, []byte("[")) && !bytes.Contains(line, []byte("{")):
		return offset, "文字里面又出现了英文双引号，到这里文字就提前结束了", "文字里面的引号改用中文引号“ ”"
	case strings.Contains(complaint, "basic string"), strings.Contains(complaint, "literal string"), strings.Contains(complaint, "string"):
		return offset, "文字的引号没有配对", "检查这一行：开头和结尾各要一个英文双引号，中间不能换行"
	case strings.Contains(complaint, "array"):
		return offset, "数组没有写完，或者缺了逗号", "数组写成 [\"甲\", \"乙\"]：各项之间用英文逗号，最后有 ]"
	case strings.Contains(complaint, "inline table"):
		return offset, "花括号里的表没有写完，或者缺了逗号", "写成 { 键 = 值, 键 = 值 }"
	case strings.Contains(complaint, "date"), strings.Contains(complaint, "time"):
		return offset, "日期或时刻的写法不对", "日期写成 2026-11-23；时刻写成文字，如 \"08:30\""
	case strings.Contains(complaint, "newline"):
		return offset, "值的后面还有多余的内容", "一行只写一个“键 = 值”；说明文字前面加 #"
	}
	return offset, "这里不符合 TOML 的写法", ""
}

// culprit finds full-width punctuation at the offset or, outside quotes, on its line.
func culprit(data []byte, offset int) (int, rune) {
	if r, _ := utf8.DecodeRune(data[min(offset, len(data)):]); fullWidth[r] != "" {
		return offset, r
	}
	start := bytes.LastIndexByte(data[:min(offset, len(data))], '\n') + 1
	quote := byte(0)
	for i := start; i < len(data) && data[i] != '\n'; {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case quote == 0 && r == '#':
			return -1, 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = byte(r)
		case quote == '"' && r == '\\':
			n++
		case quote != 0 && byte(r) == quote && r < utf8.RuneSelf:
			quote = 0
		case quote == 0 && fullWidth[r] != "":
			return i, r
		}
		i += n
	}
	return -1, 0
}

func lineAround(data []byte, offset int) []byte {
	offset = min(offset, len(data))
	start := bytes.LastIndexByte(data[:offset], '\n') + 1
	if end := bytes.IndexByte(data[offset:], '\n'); end >= 0 {
		return data[start : offset+end]
	}
	return data[start:]
}
