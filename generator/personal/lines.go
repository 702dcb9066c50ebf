package personal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Placed is something personal in one of several lines.
type Placed struct {
	Kind   Kind
	Line   int    // from 0
	Column int    // byte of the line where it begins
	Text   string // as it was written, without the end of the line in it
}

// FindInLines returns the personal data in lines that follow each other, also the
// numbers that begin in one and end in the next.
func FindInLines(lines []string) (all []Placed) {
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && goesOn(lines[to-1], lines[to]) {
			to++
		}
		for i, line := range lines[from:to] {
			for _, f := range Find(line) {
				all = append(all, Placed{f.Kind, from + i, f.Start, line[f.Start:f.End]})
			}
		}
		if to > from+1 {
			all = append(all, broken(lines[from:to], from)...)
		}
		from = to
	}
	return all
}

// item is the beginning of a point of a list, which goes on from nothing.
var item = regexp.MustCompile(`^\d{1,9}(?:[.)] |[、）．])`)

// goesOn reports whether a number may go on from one line to the next.
func goesOn(line, next string) bool {
	next = head(next)
	if first, _ := utf8.DecodeRuneInString(next); !isDigit(first) { // nearly always
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(tail(line))
	return isDigit(last) && !item.MatchString(next)
}

// tail is a line without what ends it: blanks, and the stroke that breaks a line.
func tail(line string) string { return strings.TrimRight(line, " \t\r\n\u3000\\") }

// head is a line without what begins it: blanks, and the marks of a quotation.
func head(line string) string { return strings.TrimLeft(line, " \t\u3000>") }

// broken finds the numbers that do not end in the line in which they begin; first is
// the number of the first line.
func broken(lines []string, first int) (all []Placed) {
	var joined strings.Builder
	ends := make([]int, len(lines)) // of the lines, in what is joined
	for i, line := range lines {
		if i > 0 {
			line = head(line)
		}
		if i < len(lines)-1 {
			line = tail(line)
		}
		joined.WriteString(line)
		ends[i] = joined.Len()
	}
	text := joined.String()
	for _, f := range Find(text) {
		n := 0
		for f.Start >= ends[n] {
			n++
		}
		if f.End <= ends[n] {
			continue // it is found in its line
		}
		column := f.Start
		if n > 0 {
			column += len(lines[n]) - len(head(lines[n])) - ends[n-1]
		}
		all = append(all, Placed{f.Kind, first + n, column, text[f.Start:f.End]})
	}
	return all
}
