// Package diag holds diagnostics (诊断) as values: what is wrong with the
// content of a site, where, why, and how to mend it.
//
// A [Rule] is declared once, beside the code that checks it, with [Define]; its
// code (E0203) never changes and is what `biandan explain` and the table
// [rules] of site.toml refer to. A [Diagnostic] is one finding of a rule. It is
// a plain value: it can be sorted, compared, stored and shown again.
//
// A [Bag] collects the diagnostics of many goroutines. Code of the library
// fills bags and returns lists; only the command prints them, with [Write].
//
// The sentences are Chinese, for people who are not programmers. Ranges of
// codes: E01 files and encodings · E02 TOML, keys, types · E03 ids and
// references · E04 Markdown · E05 addresses and output · E06 theme · E07
// site.toml · E08 sheets · E09 personal data · E11 branches · E12 stations · E13 months · E14 services · E15
// stars · E16 notices · E17 holidays · E30 published figures.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Severity says what a diagnostic does to a build.
type Severity int

// The severities. Off drops a diagnostic; a Reminder is of what falls due, and only
// told who asks for it; an Error stops the build before anything is written.
const (
	Off Severity = iota
	Reminder
	Warning
	Error
)

// ParseSeverity reads the words of site.toml: off, warning, error.
func ParseSeverity(s string) (Severity, bool) {
	for _, v := range []Severity{Off, Warning, Error} {
		if v.String() == s {
			return v, true
		}
	}
	return Off, false
}

func (s Severity) String() string {
	return [...]string{"off", "reminder", "warning", "error"}[s]
}

// Chinese returns 错误, 警告 or 提醒.
func (s Severity) Chinese() string {
	return [...]string{"忽略", "提醒", "警告", "错误"}[s]
}

// Rule is one thing that is checked.
type Rule struct {
	Code     string   // E and four digits; never reused
	Name     string   // a few words, e.g. 公示期不足
	Severity Severity // unless site.toml says otherwise
	Tunable  bool     // the rule is the county's choice: site.toml may change its severity
	Why      string   // the reason, one sentence
	Mend     string   // how to mend it, one sentence
	Example  string   // wrong and right, as text; may be empty
}

var rules = map[string]*Rule{}

// Define registers a rule while the program starts. It panics when the rule is
// incomplete or its code is taken: that is a mistake of ours, not of the content.
func Define(r Rule) *Rule {
	if len(r.Code) != 5 || r.Code[0] != 'E' || r.Name == "" || r.Why == "" || r.Mend == "" || r.Severity == Off {
		panic("diag: incomplete rule " + r.Code)
	}
	if rules[r.Code] != nil {
		panic("diag: code defined twice: " + r.Code)
	}
	rules[r.Code] = &r
	return &r
}

// Lookup returns the rule of a code, or nil.
func Lookup(code string) *Rule { return rules[code] }

// Rules returns all rules, sorted by code.
func Rules() []*Rule {
	all := make([]*Rule, 0, len(rules))
	for _, r := range rules {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
}

// Pos is a place in an input file. Line and Column count from 1, columns in
// characters; 0 means that the finding is about the whole file.
type Pos struct {
	File         string
	Line, Column int
}

// Placed is what was written somewhere. Where exactly is found when a message
// asks for it, which for most things none does.
type Placed interface{ Pos() Pos }

// Pos implements [Placed].
func (p Pos) Pos() Pos { return p }

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column > 0 && strings.HasSuffix(strings.ToLower(p.File), ".csv"): // of a table the column is one of cells
		return p.File + ":" + cellName(p.Line, p.Column)
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// cellName is how spreadsheet programs call a cell: E3.
func cellName(row, column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, row)
}

// Diagnostic is one finding.
type Diagnostic struct {
	Code     string
	Severity Severity
	Pos      Pos
	Message  string // one Chinese sentence without a full stop
	Reason   string // why it matters
	Hint     string // how to mend this very place
}

// List is a number of diagnostics.
type List []Diagnostic

// Sort orders by file, line, column, code and message, and drops repetitions.
func (l List) Sort() List {
	slices.SortFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(l)
}

// Count returns the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// HasErrors reports whether one of l stops a build.
func (l List) HasErrors() bool {
	n, _ := l.Count()
	return n > 0
}

// Tune applies the severities that a site chose for tunable rules.
func (l List) Tune(chosen map[string]Severity) List {
	out := l[:0:0]
	for _, d := range l {
		if s, ok := chosen[d.Code]; ok {
			d.Severity = s
		}
		if d.Severity != Off {
			out = append(out, d)
		}
	}
	return out
}

// Bag collects diagnostics; it may be used by many goroutines.
type Bag struct {
	mu   sync.Mutex
	list List
}

// Add reports a finding of rule r. The hint, how to mend this place, falls back
// to the rule's own.
func (b *Bag) Add(r *Rule, at Pos, message, hint string) {
	if hint == "" {
		hint = r.Mend
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, Diagnostic{r.Code, r.Severity, at, message, r.Why, hint})
}

// Addf is [Bag.Add] with a formatted message and the rule's own hint.
func (b *Bag) Addf(r *Rule, at Pos, format string, args ...any) {
	b.Add(r, at, fmt.Sprintf(format, args...), "")
}

// Append adds findings that were made before.
func (b *Bag) Append(l List) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, l...)
}

// List returns what was collected so far, sorted.
func (b *Bag) List() List {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.list).Sort()
}
