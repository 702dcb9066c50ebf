package search

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// longestTyped is the longest title, in characters, that somebody types in pinyin.
const longestTyped = 24

// plain are the readings without tones: of each character the first.
var plain = pinyin.NewArgs()

// syllables returns the initials of the syllables of a title, and all of their letters;
// none for a title that has no Chinese character or is too long. Other characters stand
// for themselves.
func syllables(title []rune) (first, full []rune) {
	if len(title) > longestTyped {
		return nil, nil
	}
	any := false
	for _, r := range title {
		if isLatin(r) {
			first, full = append(first, r), append(full, r)
			continue
		}
		readings := pinyin.SinglePinyin(r, plain)
		if len(readings) == 0 {
			continue
		}
		syllable := []rune(strings.ToLower(readings[0]))
		first, full, any = append(first, syllable[0]), append(full, syllable...), true
	}
	if !any {
		return nil, nil
	}
	return first, full
}

// Initial is the letter under which a title stands in a list by pinyin: A to Z, or # for
// one that begins otherwise.
func Initial(title string) string {
	for _, r := range Normal(nil, title) {
		if readings := pinyin.SinglePinyin(r, plain); len(readings) > 0 {
			return strings.ToUpper(readings[0][:1])
		}
		if 'a' <= r && r <= 'z' {
			return strings.ToUpper(string(r))
		}
		break
	}
	return "#"
}
