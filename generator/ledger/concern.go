package ledger

import (
	"cmp"
	"slices"

	"biandan/generator/diag"
)

// Concerns sorts findings by whom they concern: the record in which each stands, and
// those that this record refers to. What is only for a few concerns nobody here.
func (b *Book) Concerns(list diag.List) map[Entry]diag.List {
	files := map[string][]Entry{}
	for _, t := range b.tables {
		for _, e := range t.rows {
			files[e.File()] = append(files[e.File()], e)
		}
	}
	line := func(e Entry) int { return e.At().Line }
	for _, rows := range files {
		slices.SortStableFunc(rows, func(x, y Entry) int { return cmp.Compare(line(x), line(y)) })
	}
	of := map[Entry]diag.List{}
	for _, d := range list {
		rows := files[d.Pos.File]
		i, found := slices.BinarySearchFunc(rows, d.Pos.Line, func(e Entry, at int) int { return cmp.Compare(line(e), at) })
		if !found {
			i--
		}
		if i < 0 || rows[i].record().Scope == Specific {
			continue
		}
		of[rows[i]] = append(of[rows[i]], d)
		for _, other := range b.references(rows[i]) {
			of[other] = append(of[other], d)
		}
	}
	return of
}

// references are the records that a record refers to, each once.
func (b *Book) references(e Entry) (all []Entry) {
	b.visitEntry(e, refPaths(KindOf(e).Type), func(r reference, _ []any) {
		id, to := r.reference()
		t := b.tables[to]
		if i, ok := t.byID[id]; ok && !slices.Contains(all, t.rows[i]) && t.rows[i] != e {
			all = append(all, t.rows[i])
		}
	})
	return all
}

// Ahead are the events of the next days that concern any of the records, by day; what
// was called off is not among them.
func (b *Book) Ahead(days int, of ...Entry) (list []Event) {
	until := b.AsOf.AddDays(days)
	for _, l := range Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			for _, e := range b.Entries(k) {
				if e.record().Draft || e.record().Scope == Specific {
					continue
				}
				for _, ev := range k.Events(b, e) {
					concerns := slices.ContainsFunc(ev.Of, func(e Entry) bool { return e != nil && slices.Contains(of, e) })
					if concerns && ev.Off == "" && ev.Day.After(b.AsOf) && !ev.Day.After(until) {
						list = append(list, ev)
					}
				}
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Event) int {
		return cmp.Or(x.Day.Compare(y.Day), cmp.Compare(x.Hours, y.Hours), cmp.Compare(x.Title, y.Title))
	})
	return list
}
