package ledger

import (
	"maps"
	"slices"
)

// Number is a figure as pages show it: 55 项. The zero value is none.
type Number struct {
	Value, Unit string
	Folder      string // of the ledger in which it can be looked up
}

var figures = map[string]func(b *Book) Number{}

// Figure declares a number that is computed from the records of a public book, so
// that it can be shown beside a text. It is called while the program starts.
func Figure(name string, in func(b *Book) Number) {
	if figures[name] != nil {
		panic("ledger: figure declared twice: " + name)
	}
	figures[name] = in
}

// FigureName names a figure in a record.
type FigureName string

// Options lists the figures that ledgers declare.
func (FigureName) Options() []string { return slices.Sorted(maps.Keys(figures)) }

// In returns the figure in the book b; none when the name is "".
func (f FigureName) In(b *Book) Number {
	if in := figures[string(f)]; in != nil {
		return in(b)
	}
	return Number{}
}
