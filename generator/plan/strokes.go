package plan

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
)

// firstOfStrokes are the characters with which those of one stroke, two strokes and so on
// begin in the order of strokes.
const firstOfStrokes = "一丁丈不丗丞丣並临丵乾亁亂僎僵亸償儭儳儶儷亹儽儾"

// strokes is the number of strokes of the first character of a title, as a heading; byStroke
// compares in the order of strokes.
func strokes(byStroke *collate.Collator, title string) string {
	r, n := utf8.DecodeRuneInString(title)
	if !unicode.Is(unicode.Han, r) {
		return "数字和字母"
	}
	count := 0
	for _, first := range firstOfStrokes {
		if byStroke.CompareString(string(first), title[:n]) > 0 {
			break
		}
		count++
	}
	return fmt.Sprintf("%d 画", count)
}
