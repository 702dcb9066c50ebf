package site

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"biandan/generator/diag"
	"biandan/generator/source"
)

var rulePath = diag.Define(diag.Rule{Code: "E0502", Name: "网址不能用", Severity: diag.Error,
	Why: "网址就是文件夹的名字；有的名字在 Windows 上建不了，有的会跑到网站之外", Mend: "改文件名、编号或 slug：只用字母、数字、汉字和短横线"})

// MaxPath is the greatest number of bytes in an address, so that the file below
// a folder of usual depth still fits into what Windows allows.
const MaxPath = 200

// reserved are names that Windows keeps for devices, with any ending.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true}

func init() {
	for _, n := range "0123456789¹²³" {
		reserved["com"+string(n)] = true
		reserved["lpt"+string(n)] = true
	}
}

// CheckPath reports an address or output path that some system cannot hold, or
// that leaves the site.
func CheckPath(p string, at diag.Placed, bag *diag.Bag) bool {
	problem := pathProblem(p)
	if problem != "" {
		bag.Add(rulePath, at.Pos(), fmt.Sprintf("网址“%s”不能用：%s", p, problem), "")
	}
	return problem == ""
}

func pathProblem(p string) string {
	if len(p) > MaxPath {
		return fmt.Sprintf("太长了，超过 %d 个字节", MaxPath)
	}
	if simple(p) {
		return ""
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(p, "/"), "/") {
		base, _, _ := strings.Cut(strings.ToLower(part), ".")
		switch {
		case part == "" || part == "." || part == "..":
			return "含有空的部分或者 . 和 .."
		case reserved[strings.TrimRight(base, " ")]:
			return fmt.Sprintf("“%s”是 Windows 保留的名字", part)
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, " "):
			return fmt.Sprintf("“%s”的开头或结尾是空格，或者结尾是点", part)
		}
		if i := strings.IndexFunc(part, forbidden); i >= 0 {
			r, _ := utf8.DecodeRuneInString(part[i:])
			if name, ok := source.Unseen(r); ok {
				return "含有看不见的字符：" + name
			}
			return fmt.Sprintf("含有字符 %q", r)
		}
	}
	return ""
}

// simple reports whether a path is one of those that are nearly all: small
// letters, digits, hyphens, an ending, no part that any system keeps for itself.
func simple(p string) bool {
	begin := 0
	for i := 0; i <= len(p); i++ {
		switch {
		case i == len(p) || p[i] == '/':
			part := p[begin:i]
			if part == "" && i < len(p) || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") {
				return false
			}
			if mayBeReserved(part) {
				if base, _, _ := strings.Cut(part, "."); reserved[base] {
					return false
				}
			}
			begin = i + 1
		case 'a' <= p[i] && p[i] <= 'z' || '0' <= p[i] && p[i] <= '9' || p[i] == '-' || p[i] == '.':
		default:
			return false
		}
	}
	return p != ""
}

// mayBeReserved spares most parts of a path a look into the table.
func mayBeReserved(part string) bool {
	return part != "" && strings.IndexByte("acnpl", part[0]) >= 0
}

// forbidden reports characters that file systems refuse, that addresses give
// another meaning, or that nobody can see.
func forbidden(r rune) bool {
	return strings.ContainsRune(`<>:"\|?*#%&`, r) || unicode.IsControl(r) || r == utf8.RuneError || isUnseen(r)
}

func isUnseen(r rune) bool {
	_, ok := source.Unseen(r)
	return ok
}

// Fold returns the form of a path in which two paths are equal when a disk
// that ignores case takes them for one.
func Fold(p string) string {
	if folded(p) {
		return p
	}
	return strings.Map(func(r rune) rune {
		return unicode.ToLower(unicode.ToUpper(r))
	}, p)
}

// folded reports whether a path is ASCII without capitals.
func folded(p string) bool {
	for i := range len(p) {
		if c := p[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
