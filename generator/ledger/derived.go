package ledger

import "sync"

// Derived is something that is found by a look at many records, and asked for
// many times: the table of days off, the last days of periods, the distribution
// of ratings. The book knows none of them; the ledger that needs one declares it
// as a variable of its package.
type Derived[T any] struct{ from func(b *Book) T }

// Derive declares what is derived from a book. from sees all records, also those
// that are not published, and the result is the same for the public book: numbers
// that give nobody away, nothing that the public may not know.
func Derive[T any](from func(b *Book) T) *Derived[T] { return &Derived[T]{from} }

// Of returns what is derived from b, computing it when it is asked for first. Do
// not change it.
func (d *Derived[T]) Of(b *Book) T {
	known, ok := b.derived.Load(d)
	if !ok {
		known, _ = b.derived.LoadOrStore(d, sync.OnceValue(func() any { return d.from(b.all) }))
	}
	return known.(func() any)().(T)
}
