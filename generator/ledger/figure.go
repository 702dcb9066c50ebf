package ledger

import (
	"maps"
	"slices"
	"strconv"
)

// Number is a figure as pages show it: 55 项. The zero value is none.
type Number struct {
	Value, Unit string
	Folder      string // of the ledger in which it can be looked up
}

// String is the number with its unit, as it stands in a sentence: 55 项, 96%.
func (n Number) String() string {
	if n.Unit == "%" || n.Unit == "" {
		return n.Value + n.Unit
	}
	return n.Value + " " + n.Unit
}

// With is another value of the same unit, as it stands in a sentence.
func (n Number) With(value float64) string {
	return Number{Value: Decimal(value), Unit: n.Unit}.String()
}

type figure struct {
	counted string
	in      func(b *Book) Number
}

var figures = map[string]figure{}

// Figure declares a number that is computed from the records of a public book, so
// that it can be shown beside a text; counted says in a sentence how it is counted.
// It is called while the program starts.
func Figure(name, counted string, in func(b *Book) Number) {
	if figures[name].in != nil {
		panic("ledger: figure declared twice: " + name)
	}
	figures[name] = figure{counted, in}
}

// FigureName names a figure in a record.
type FigureName string

// Options lists the figures that ledgers declare.
func (FigureName) Options() []string { return slices.Sorted(maps.Keys(figures)) }

// In returns the figure in the book b; none when the name is "".
func (f FigureName) In(b *Book) Number {
	if f := figures[string(f)]; f.in != nil {
		return f.in(b)
	}
	return Number{}
}

// Counted says how the figure is counted.
func (f FigureName) Counted() string { return figures[string(f)].counted }

// quotes are what a text may quote of the records, by the names of the shortcodes.
var quotes = map[string]func(b *Book) map[string]string{
	"figure": func(b *Book) map[string]string {
		all := map[string]string{}
		for name, f := range figures {
			if n := f.in(b); n.Value != "" {
				all[name] = n.String()
			}
		}
		return all
	},
}

// DeclareQuote lets texts quote a value of the records by its name, with the shortcode
// {{ kind "name" }}; all returns what there is in a book. It is called while the program
// starts.
func DeclareQuote(kind string, all func(b *Book) map[string]string) {
	if quotes[kind] != nil {
		panic("ledger: quote declared twice: " + kind)
	}
	quotes[kind] = all
}

// Quotes returns what texts may quote of a book with a shortcode, by name.
func Quotes(b *Book, kind string) map[string]string {
	if all := quotes[kind]; all != nil {
		return all(b)
	}
	return map[string]string{}
}

// Counted is a number of things with its unit, and the ledger in which they stand; none
// when there are none.
func Counted(n int, unit, folder string) Number {
	if n == 0 {
		return Number{}
	}
	return Number{Value: strconv.Itoa(n), Unit: unit, Folder: folder}
}

// Share is a part of a whole in per cent, with two decimals at most; none when there is
// no whole.
func Share(part, whole int, folder string) Number {
	if whole == 0 {
		return Number{}
	}
	return Number{Value: Decimal(100 * float64(part) / float64(whole)), Unit: "%", Folder: folder}
}
