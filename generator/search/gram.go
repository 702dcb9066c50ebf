package search

import (
	"slices"
)

// Gram is the hash of a few characters in a field; its last bits are 0.
type Gram uint32

// gramBits is how many bits of a hash are kept: what does not exist is rarely taken for
// something that does, and a shard is small.
const gramBits = 28

// Field says what a gram is of.
type Field uint32

// The fields.
const (
	InText   Field = 1
	Whole    Field = 2 // all of a title
	Initials Field = 3 // of the syllables of a title: fwqd
	Pinyin   Field = 4 // of a title: fuwuqingdan
)

// hash is that of characters in a field. The reader's script computes the same.
func hash(f Field, chars ...rune) Gram {
	h := uint32(f) * 0x9E3779B1
	for _, r := range chars {
		h = (h ^ uint32(r)) * 0x9E3779B1
		h ^= h >> 15
	}
	h *= 0x85EBCA77
	h ^= h >> 13
	h *= 0xC2B2AE3D
	h ^= h >> 16
	return Gram(h &^ (1<<(32-gramBits) - 1))
}

// isLatin reports whether a character is a Latin letter or a digit: these have few pairs,
// so that threes are kept of them as well.
func isLatin(r rune) bool { return r < 0x80 }

// AppendGrams appends the grams of a normalised text, in any order and perhaps twice.
func AppendGrams(dst []Gram, f Field, text []rune) []Gram {
	for i, r := range text {
		dst = append(dst, hash(f, r))
		if i+1 < len(text) {
			dst = append(dst, hash(f, r, text[i+1]))
		}
		if i+2 < len(text) && isLatin(r) && isLatin(text[i+1]) && isLatin(text[i+2]) {
			dst = append(dst, hash(f, r, text[i+1], text[i+2]))
		}
	}
	return dst
}

// Set sorts grams and keeps each once.
func Set(grams []Gram) []Gram {
	slices.Sort(grams)
	return slices.Compact(grams)
}
