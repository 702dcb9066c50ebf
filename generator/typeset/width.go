// Package typeset is a small model of how a browser sets Chinese text: how wide
// a text is, in how many lines it comes, where a long title may be broken, and
// which size of letters fills a space.
//
// It knows no fonts. A Han character and full-width punctuation are one em wide
// in every font; for the letters of the keyboard there is a table, the widest of
// the fonts that sheets name. So a text is never wider than it says here, and
// what fits here fits on paper. All lengths are multiples of one em unless a
// comment says otherwise.
package typeset

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// ascii are the widths of the characters from the space to the tilde in
// hundredths of an em: the greatest of Noto Serif CJK Bold, Noto Sans CJK
// Regular and Bold, as a browser measures them.
var ascii = [95]uint8{25, 37, 58, 62, 59, 97, 81, 33, 40, 40, 51, 61, 34, 37, 34, 40, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 34, 34, 61, 61, 61, 52, 101,
	75, 71, 71, 79, 67, 65, 76, 87, 43, 57, 77, 65, 101, 82, 79, 68, 79, 76, 63, 70, 82, 74, 110, 73, 71, 63, 38, 40, 38, 61, 60,
	63, 60, 68, 57, 66, 59, 41, 60, 69, 35, 34, 66, 36, 101, 69, 63, 68, 65, 50, 50, 43, 68, 58, 88, 60, 59, 52, 38, 34, 38, 61}

// otherLetter is the width of a letter of another alphabet than these.
const otherLetter = 0.9

// widthOf is the width of one character.
func widthOf(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(ascii[r-' ']) / 100
	case r < ' ' || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x2000 && unicode.IsLetter(r):
		return otherLetter
	}
	return 1
}

// Width is the width of a text on one line.
func Width(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += widthOf(r)
	}
	return w
}

// Lines is the number of lines that a text takes within a width; a line break in
// it begins a new one. An empty text takes one.
func Lines(s string, width float64) int {
	lines, at := 1, 0.0
	space := 0.0 // pending: a space at the end of a line is not shown
	for len(s) > 0 {
		if s[0] == '\n' {
			lines, at, space = lines+1, 0, 0
			s = s[1:]
			continue
		}
		n := next(s)
		w := Width(s[:n])
		switch {
		case s[:n] == " ":
			space = w
		case at > 0 && at+space+w > width+1e-9:
			lines, at, space = lines+1, 0, 0
			fallthrough
		default:
			at += space + w
			space = 0
			if at > width+1e-9 { // a word that no line holds is broken anywhere
				more := math.Ceil(at/math.Max(width, 1)) - 1
				lines += int(more)
				at -= more * math.Max(width, 1)
			}
		}
		s = s[n:]
	}
	return lines
}

// next is the length of the first piece of s that no line break divides: a
// character with the punctuation that clings to it, a word of Latin letters and
// digits, or a space.
func next(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if r == ' ' {
		return n
	}
	for n < len(s) {
		q, m := utf8.DecodeRuneInString(s[n:])
		if q == ' ' || q == '\n' || !clings(r, q) {
			break
		}
		r, n = q, n+m
	}
	return n
}

// clings reports whether no line may end between a and b.
func clings(a, b rune) bool {
	return isOpening(a) || isClosing(b) || inWord(a) && inWord(b) || unicode.In(b, unicode.Mn, unicode.Me, unicode.Cf)
}

func isOpening(r rune) bool { return containsRune("（《〈〔【“‘「『([{", r) }

func isClosing(r rune) bool {
	return containsRune("）》〉〕】”’」』)]}、，。；：？！…—·,.;:?!%％℃", r)
}

// inWord reports whether a character belongs to a word that is not divided: all
// of the keyboard's and the letters of other alphabets.
func inWord(r rune) bool {
	return r > ' ' && r <= '~' || r > 0x7f && r < 0x2000 && unicode.IsLetter(r)
}

func containsRune(s string, r rune) bool {
	for _, x := range s {
		if x == r {
			return true
		}
	}
	return false
}

// Largest returns the largest size from least to most that fits, to a twentieth;
// ok is false when not even the least does. fits must hold for every size below
// one for which it holds.
func Largest(least, most float64, fits func(size float64) bool) (size float64, ok bool) {
	const steps = 20
	lo, hi := int(math.Ceil(least*steps-1e-9)), int(math.Floor(most*steps+1e-9))
	if !fits(float64(lo) / steps) {
		return least, false
	}
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(float64(mid) / steps) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return float64(lo) / steps, true
}
