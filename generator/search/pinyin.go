package search

import (
	"strings"

	"biandan/generator/pinyin"
)

// longestTyped is the longest title, in characters, that somebody types in pinyin.
const longestTyped = 16

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
		syllable := pinyin.Of(r)
		for i, letter := range syllable {
			if full = append(full, letter); i == 0 {
				first, any = append(first, letter), true
			}
		}
	}
	if !any {
		return nil, nil
	}
	return first, full
}

// Spelling is a name in pinyin, by which it sorts: one syllable after the other, with the
// letters and digits that it has.
func Spelling(name string) string {
	var b strings.Builder
	for _, r := range Normal(nil, name) {
		if s := pinyin.Of(r); s != "" {
			b.WriteString(s + " ")
		} else if isLatin(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Initial is the letter under which a title stands in a list by pinyin: A to Z, or # for
// one that begins otherwise.
func Initial(title string) string {
	chars := Normal(nil, title)
	if len(chars) == 0 {
		return "#"
	}
	switch s := pinyin.Of(chars[0]); {
	case s != "":
		return strings.ToUpper(s[:1])
	case 'a' <= chars[0] && chars[0] <= 'z':
		return strings.ToUpper(string(chars[0]))
	}
	return "#"
}
