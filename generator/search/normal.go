// Package search makes the index by which a reader's browser finds any substring of what
// a site publishes.
//
// A text is normalised as a reader types (see [Normal]) and cut into overlapping grams:
// single characters, pairs, and threes of Latin letters and digits. An index is a list of
// [Doc]s and, for each gram, which of them hold it. It lies in shards, files of some
// kilobytes, by a hash of the gram, so that a query fetches the few shards of the grams
// that tile it; what is shown of a hit lies in blocks. Texts are not stored: the browser
// verifies hits, and cuts excerpts, from the pages themselves.
//
// The index is a function of its docs. [Index.Key] tells without making a shard whether it
// is the same as before: it is made of sums over postings, so that an edit of one doc
// costs that doc's grams only ([Index.Recall]).
package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal appends a text to dst as it is compared: compatibility forms decomposed (full
// width is narrow, é is e), in lower case, 〇 as 零, and nothing but letters and digits.
// The reader's script does the same (search.js).
func Normal(dst []rune, text string) []rune {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				dst = append(dst, rune(c))
			case 'A' <= c && c <= 'Z':
				dst = append(dst, rune(c|0x20))
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case 0x4E00 <= r && r <= 0x9FFF: // most of a text
			dst = append(dst, r)
		case 0x2010 <= r && r <= 0x2027 || 0x3001 <= r && r <= 0x3003 || 0x3008 <= r && r <= 0x3011 ||
			0xFF01 <= r && r <= 0xFF0F || 0xFF1A <= r && r <= 0xFF20: // most of its punctuation
		default:
			dst = decomposed(dst, text[i:i+size])
		}
		i += size
	}
	return dst
}

// decomposed appends what is left of a character that is neither plain nor Han.
func decomposed(dst []rune, char string) []rune {
	for _, r := range norm.NFKD.String(char) {
		switch r = unicode.ToLower(r); {
		case r == '〇':
			dst = append(dst, '零')
		case unicode.IsLetter(r), unicode.IsNumber(r):
			dst = append(dst, r)
		}
	}
	return dst
}
