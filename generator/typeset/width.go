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
)

// ascii are the widths of the characters from the space to the tilde in
// hundredths of an em: the greatest of Noto Serif CJK Bold, Noto Sans CJK
// Regular and Bold, as a browser measures them.
var ascii = [95]uint8{25, 37, 58, 62, 59, 97, 81, 33, 40, 40, 51, 61, 34, 37, 34, 40, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 34, 34, 61, 61, 61, 52, 101,
	75, 71, 71, 79, 67, 65, 76, 87, 43, 57, 77, 65, 101, 82, 79, 68, 79, 76, 63, 70, 82, 74, 110, 73, 71, 63, 38, 40, 38, 61, 60,
	63, 60, 68, 57, 66, 59, 41, 60, 69, 35, 34, 66, 36, 101, 69, 63, 68, 65, 50, 50, 43, 68, 58, 88, 60, 59, 52, 38, 34, 38, 61}

// otherLetter is the width of a letter of another alphabet than these, em that
// of all else, in hundredths of an em.
const (
	otherLetter = 90
	em          = 100
)

// class says how a character stands beside others.
type class uint8

const (
	opening class = 1 << iota // no line ends after it
	closing                   // no line begins with it
	inWord                    // all of the keyboard's and the letters of other alphabets: no line ends between two
	mark                      // it joins the character before it
)

// measure returns the width of a character in hundredths of an em, and its class.
func measure(r rune) (width int, c class) {
	switch {
	case r >= 0x3400 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0x20000 && r <= 0x3ffff:
		return em, 0 // nearly all that is written
	case r < ' ':
		return 0, 0
	case r == ' ':
		return int(ascii[0]), 0
	case r == preSpace:
		return int(ascii[0]), 0
	case r <= '~':
		return int(ascii[r-' ']), inWord | sideOf(r)
	case r < 0x2000 && unicode.IsLetter(r):
		return otherLetter, inWord
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0, mark
	}
	return em, sideOf(r)
}

// sideOf tells to which side a punctuation mark clings.
func sideOf(r rune) class {
	switch r {
	case '（', '《', '〈', '〔', '【', '“', '‘', '「', '『', '(', '[', '{':
		return opening
	case '）', '》', '〉', '〕', '】', '”', '’', '」', '』', ')', ']', '}', '、', '，', '。', '；', '：', '？', '！', '…', '—', '·', ',', '.', ';', ':', '?', '!', '%', '％', '℃':
		return closing
	}
	return 0
}

// cling reports whether no line may end between characters of the classes a and b.
func cling(a, b class) bool {
	return a&opening|b&(closing|mark) != 0 || a&b&inWord != 0
}

func clings(a, b rune) bool {
	_, x := measure(a)
	_, y := measure(b)
	return cling(x, y)
}

func isOpening(r rune) bool { return sideOf(r) == opening }

func isClosing(r rune) bool { return sideOf(r) == closing }

func isInWord(r rune) bool {
	_, c := measure(r)
	return c&inWord != 0
}

// Width is the width of a text on one line.
func Width(s string) float64 {
	w := 0
	for _, r := range s {
		width, _ := measure(r)
		w += width
	}
	return float64(w) / em
}

// Text is a text that was measured once, to be asked often in how many lines it
// comes: the widths, in hundredths of an em, of its smallest parts that no line
// break divides. A negative one is that of a space, and several single Han
// characters that follow each other are one number.
type Text []int32

const (
	run       = 1 << 29 // and so many characters, each one em wide
	lineBreak = math.MaxInt32
)

// measured appends the measures of s to t; a line break in it begins a new line.
func measured(t Text, s string) Text {
	from, before := len(t), class(0)
	apart := true // nothing clings to what was before
	for _, r := range s {
		if r == '\n' {
			t, apart = append(t, lineBreak), true
			continue
		}
		width, c := measure(r)
		switch {
		case r == ' ':
			t, apart = append(t, int32(-width)), true
			continue
		case !apart && cling(before, c):
			t[len(t)-1] += int32(width)
		default:
			t = append(t, int32(width))
		}
		before, apart = c, false
	}
	return t[:from+len(joined(t[from:]))]
}

// joined joins the parts that are one em wide to runs.
func joined(t Text) Text {
	n := 0
	for _, w := range t {
		switch {
		case w != em:
		case n > 0 && t[n-1] == em:
			t[n-1] = run + 2
			continue
		case n > 0 && t[n-1] > run && t[n-1] < lineBreak:
			t[n-1]++
			continue
		}
		t[n] = w
		n++
	}
	return t[:n]
}

// shortLine is how wide a line is, in em, that should stay in one piece.
const shortLine = 5

// widths are those of the whole text, of its longest line, and of the widest
// part that should not be broken: a word, or a short line.
func (t Text) widths() (all, line, word float64) {
	at := 0 // in the line
	var sum, longest, widest int
	end := func() {
		if sum += at; at <= shortLine*em {
			widest = max(widest, at)
		}
		longest, at = max(longest, at), 0
	}
	for _, w := range t {
		switch w := int(w); {
		case w == lineBreak:
			end()
		case w < 0:
			at -= w
		case w > run:
			at, widest = at+(w-run)*em, max(widest, em)
		default:
			at, widest = at+w, max(widest, w)
		}
	}
	end()
	return float64(sum) / em, float64(longest) / em, float64(widest) / em
}

// Lines is the number of lines that a text takes within a width, of which the
// first begins at indent. An empty text takes one.
func (t Text) Lines(width, indent float64) int {
	most, at := int(math.Floor(width*em+1e-6)), int(indent*em)
	broad := max(most, em) // what a line holds of a word that no line holds
	row := broad / em      // characters of a run on a line of their own
	lines, space := 1, 0   // a space at the end of a line is not shown
	for _, w := range t {
		w := int(w)
		switch {
		case w == lineBreak:
			lines, at, space = lines+1, 0, 0
			continue
		case w < 0:
			space = -w
			continue
		case w > run:
			n := w - run
			if at += space; at > 0 {
				here := min(n, max(0, most-at)/em)
				at, n = at+here*em, n-here
			}
			if n > 0 {
				if at > 0 {
					lines++
				}
				lines += (n - 1) / row
				at = ((n-1)%row + 1) * em
			}
			space = 0
			continue
		case at > 0 && at+space+w > most:
			lines, at = lines+1, w
		default:
			at += space + w
		}
		space = 0
		if at > most { // a word that no line holds is broken anywhere
			more := (at - 1) / broad
			lines += more
			at -= more * broad
		}
	}
	return lines
}

// Lines is the number of lines that a text takes within a width; a line break in
// it begins a new one. An empty text takes one.
func Lines(s string, width float64) int {
	var room [128]int32
	return measured(room[:0], s).Lines(width, 0)
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
