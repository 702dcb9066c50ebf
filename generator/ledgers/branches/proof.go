package branches

import (
	"fmt"
	"maps"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Proof is what the ledgers say of a branch in a year (佐证), so that nobody gathers
// papers to grade an indicator. Nothing in it: the ledgers do not say, somebody has to look.
type Proof struct {
	Value   string     // 4 次
	At      []diag.Pos // where it is written
	Missing string     // what is missing; "": nothing
}

// ProofName names a proof in a record.
type ProofName string

// OnSite names the proof of what no ledger says: somebody goes and looks.
const OnSite ProofName = "现场查看"

var proofs = map[ProofName]func(b *ledger.Book, br *Branch, year int) Proof{
	OnSite: func(*ledger.Book, *Branch, int) Proof { return Proof{} },
}

// Prove declares a proof; it is called while the program starts.
func Prove(name ProofName, of func(b *ledger.Book, br *Branch, year int) Proof) {
	if proofs[name] != nil {
		panic("branches: proof declared twice: " + string(name))
	}
	proofs[name] = of
}

// Options lists the proofs that ledgers declare.
func (ProofName) Options() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(proofs)) {
		names = append(names, string(name))
	}
	return names
}

// Of returns the proof of a branch in a year, from the book of all records.
func (n ProofName) Of(b *ledger.Book, br *Branch, year int) Proof {
	if of := proofs[n]; of != nil {
		return of(b, br, year)
	}
	return Proof{}
}

// Least is how many rows a proof wants: in a year, or in each quarter that is over.
type Least struct {
	N       int
	Quarter bool
}

// in is how many are wanted of a year by the day of the book.
func (l Least) in(b *ledger.Book, year int) int {
	if !l.Quarter {
		return l.N
	}
	over := 0
	for q := 1; q <= 4; q++ {
		if (calendar.Quarter{Year: year, Q: q}).Last().Before(b.AsOf) {
			over++
		}
	}
	return over * l.N
}

// ProveRows declares a proof that counts the rows of a branch in a year.
func ProveRows[T any, P interface {
	*T
	ledger.Entry
}](name ProofName, unit string, least Least, is func(b *ledger.Book, row P, br *Branch, year int) bool) {
	Prove(name, func(b *ledger.Book, br *Branch, year int) (p Proof) {
		for _, row := range ledger.All[T](b) {
			if row := P(row); !ledger.IsDraft(row) && is(b, row, br, year) {
				p.At = append(p.At, row.At())
			}
		}
		p.Value = fmt.Sprintf("%d %s", len(p.At), unit)
		if want := least.in(b, year); len(p.At) < want {
			p.Missing = fmt.Sprintf("应有 %d %s，少 %d %s", want, unit, want-len(p.At), unit)
		}
		return p
	})
}

// Prove declares the proof that a branch has its row of a year, of which say tells the
// rest, and what is still missing.
func (y *Yearly[T]) Prove(name ProofName, say func(b *ledger.Book, row T) (value, missing string)) {
	Prove(name, func(b *ledger.Book, br *Branch, year int) Proof {
		for _, row := range y.Rows(b) {
			if ref, of := y.Of(row); ref.ID == br.ID && of == year {
				p := Proof{At: []diag.Pos{row.At()}}
				p.Value, p.Missing = say(b, row)
				return p
			}
		}
		if by := y.By(b, year); !b.AsOf.After(by) {
			return Proof{Value: "还没有，到 " + by.String() + " 为止"}
		}
		return Proof{Value: "没有", Missing: fmt.Sprintf("%d 年没有%s", year, y.What)}
	})
}
