package ledger

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"biandan/generator/diag"
)

// TypedCount is a number that somebody typed in a text, with what stands around it.
type TypedCount struct {
	N             int
	Before, After string // of its sentence, few characters
	Line, Column  int
}

// typedNumber is a whole number of two digits or more; figures of one digit are words.
var typedNumber = regexp.MustCompile(`[1-9]\d{1,6}`)

const aroundCount = 12 // characters

// typedCounts finds the numbers of a text, which begins on a line of its file. Those that
// are quoted from the records by a shortcode are none.
func typedCounts(text string, line int) (all []TypedCount) {
	for i, l := range strings.Split(text, "\n") {
		for _, at := range typedNumber.FindAllStringIndex(l, -1) {
			before, after := l[:at[0]], l[at[1]:]
			if strings.HasSuffix(before, ".") || strings.HasPrefix(after, ".") || strings.Contains(before, "{{") && !strings.Contains(before, "}}") {
				continue
			}
			n, _ := strconv.Atoi(l[at[0]:at[1]])
			all = append(all, TypedCount{N: n, Before: lastOf(before), After: firstOf(after), Line: line + i, Column: 1 + utf8.RuneCountInString(before)})
		}
	}
	return all
}

// endOfClause ends what belongs to a number.
const endOfClause = "。；，！？：、（）|"

func firstOf(s string) string {
	if i := strings.IndexAny(s, endOfClause); i >= 0 {
		s = s[:i]
	}
	runes := []rune(strings.ReplaceAll(s, "*", ""))
	return strings.TrimSpace(string(runes[:min(len(runes), aroundCount)]))
}

func lastOf(s string) string {
	if i := strings.LastIndexAny(s, endOfClause); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		s = s[i+size:]
	}
	runes := []rune(strings.ReplaceAll(s, "*", ""))
	return strings.TrimSpace(string(runes[max(0, len(runes)-aroundCount):]))
}

// EachTypedCount calls f for the numbers that were typed in the texts that are there on
// every day; a report of a day says what was so then.
func EachTypedCount(b *Book, f func(c TypedCount, at diag.Pos)) {
	for _, l := range Ledgers() {
		for i := range l.Kinds {
			for _, e := range b.Entries(&l.Kinds[i]) {
				p, ok := e.(PageEntry)
				if !ok {
					break
				}
				for _, c := range p.page().Counts {
					f(c, diag.Pos{File: e.File(), Line: c.Line, Column: c.Column})
				}
			}
		}
	}
}
