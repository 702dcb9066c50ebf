// Package pinyin tells how Chinese characters are read: for search by letters, for lists
// in the order of the alphabet, for names in addresses.
//
// The table readings.txt has a line for each syllable: how it is written, without tone, and
// the characters of which it is the first reading. A test holds it against the dictionary
// from which it was made, that of mozillazg/go-pinyin; to carry that itself would take each
// process some milliseconds, asked or not.
package pinyin

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed readings.txt
var table string

// The characters from first to last may have a reading; beside them zero has, 〇.
const (
	first = '\u3400'
	last  = '\u9fff'
	zero  = '〇'
)

var readings = sync.OnceValue(func() *[last - first + 1]string {
	var all [last - first + 1]string
	for line := range strings.Lines(table) {
		syllable, chars, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, r := range chars {
			all[r-first] = syllable
		}
	}
	return &all
})

// Of returns the commonest reading of a character, in small letters and without its
// tone (ü is v), "" for one that has none.
func Of(r rune) string {
	switch {
	case r >= first && r <= last:
		return readings()[r-first]
	case r == zero:
		return "ling"
	}
	return ""
}
