package personal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// normal is a text in which each character has one form, with the place of each in
// the text as it was written.
type normal struct {
	text []rune
	at   []int32 // byte of the text
	size []uint8 // bytes in the text
}

// chineseDigit returns the digit that a Chinese one stands for; 0 for others.
func chineseDigit(r rune) rune {
	switch r {
	case '〇', '○', '零':
		return '0'
	case '一', '壹', '幺':
		return '1'
	case '二', '贰':
		return '2'
	case '三', '叁':
		return '3'
	case '四', '肆':
		return '4'
	case '五', '伍':
		return '5'
	case '六', '陆':
		return '6'
	case '七', '柒':
		return '7'
	case '八', '捌':
		return '8'
	case '九', '玖':
		return '9'
	}
	return 0
}

// isDigit reports whether a character stands for a digit.
func isDigit(r rune) bool {
	switch {
	case r < 0x80:
		return '0' <= r && r <= '9'
	case r >= 0x3000 && r < 0xFF00: // Han nearly all
		return chineseDigit(r) != 0
	}
	return r == '○' || unicode.IsDigit(r)
}

// invisible reports characters that nobody sees, and those that are drawn around the
// one before them.
func invisible(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u2800', '\u3164', '\uFFA0':
		return true
	}
	return r > 0x7E && !(r > 0x3164 && r < 0xFE00) && unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me)
}

func normalise(text string) *normal {
	room := len(text)/2 + 4
	n := &normal{make([]rune, 0, room), make([]int32, 0, room), make([]uint8, 0, room)}
	for at, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[at:])
		}
		switch {
		case r < '\t', r > '\r' && r < ' ', r == 0x7F, r == 0x3164: // controls, and what looks like a blank
		case r < 0x80:
			n.add(r, at, size)
		case chineseDigit(r) != 0:
			n.add(chineseDigit(r), at, size)
		case r == 0x3000:
			n.add(' ', at, size)
		case r > 0x3000 && r < 0xFE00:
			n.add(r, at, size)
		case r > 0xFF00 && r < 0xFF5F: // full-width
			n.add(r-0xFEE0, at, size)
		case invisible(r):
		case unicode.Is(unicode.No, r): // ① stands before a number, and is no part of it
			n.add(' ', at, size)
		default:
			for _, c := range norm.NFKC.String(string(r)) {
				n.add(c, at, size)
			}
		}
	}
	return n
}

func (n *normal) add(r rune, at, size int) {
	n.text, n.at, n.size = append(n.text, r), append(n.at, int32(at)), append(n.size, uint8(size))
}

// before reports whether one of some words stands at most so many characters before
// a place.
func (n *normal) before(place, reach int, words ...string) bool {
	near := string(n.text[max(0, place-reach):place])
	for _, w := range words {
		if strings.Contains(near, w) {
			return true
		}
	}
	return false
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// letter reports whether a character belongs to a word or a code of Latin letters.
func letter(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || r == '_') }
