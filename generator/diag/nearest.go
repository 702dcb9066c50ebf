package diag

import "strings"

// Nearest returns the candidate that a mistyped word most likely meant, or ""
// when none is near enough: at most a third of the characters may differ, of a word
// of two none, and the numbers must be the same, as dongjie-02 is nobody's slip for
// dongjie-01. A swap of two neighbours counts as one difference.
func Nearest(word string, candidates []string) string {
	w := []rune(word)
	if len(w) > maxNearest {
		return "" // nobody mistypes that; and the work grows with the square
	}
	best, least := "", len(w)
	for _, c := range candidates {
		r := []rune(c)
		limit := min(least, max(len(w), len(r))/3+1)
		if d := distance(w, r, limit); d < limit && c != word && numbers(word) == numbers(c) {
			best, least = c, d
		}
	}
	return best
}

// numbers are those in a word, without the noughts before them.
func numbers(word string) string {
	list := strings.FieldsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	for i, n := range list {
		list[i] = strings.TrimLeft(n, "0")
	}
	return strings.Join(list, " ")
}

// maxNearest is the length of the longest word for which a near one is looked for.
const maxNearest = 64

// DidYouMean returns a hint that names the nearest candidate, or fallback.
func DidYouMean(word string, candidates []string, fallback string) string {
	if n := Nearest(word, candidates); n != "" {
		return "是不是想写“" + n + "”？"
	}
	return fallback
}

// distance is the optimal string alignment distance of a and b, cut off at limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	two := make([]int, len(b)+1)
	one := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}
