package ledger

import (
	"fmt"
	"reflect"
	"strings"

	"biandan/generator/datafile"
	"biandan/generator/diag"
)

// Ref is a reference to a record of type T: in TOML its id, in memory nothing
// else, so that a record never depends on another file.
type Ref[T any] struct{ ID string }

// Parse implements [datafile.Scalar].
func (r *Ref[T]) Parse(text string) error {
	if strings.TrimSpace(text) == "" {
		return fmt.Errorf("编号是空的")
	}
	r.ID = text
	return nil
}

// In returns the record in the book b, or nil when b does not hold it.
func (r Ref[T]) In(b *Book) *T {
	if r.ID == "" {
		return nil
	}
	return Find[T](b, r.ID)
}

// Entry returns the record in the book b, or nil when b does not hold it.
func (r Ref[T]) Entry(b *Book) Entry {
	if t := r.In(b); t != nil {
		return any(t).(Entry)
	}
	return nil
}

// Entries returns the record in the book b as a list, which is empty when b does not
// hold it.
func (r Ref[T]) Entries(b *Book) []Entry {
	if e := r.Entry(b); e != nil {
		return []Entry{e}
	}
	return nil
}

// IsZero reports whether the reference was left out.
func (r Ref[T]) IsZero() bool { return r.ID == "" }

func (r Ref[T]) reference() (id string, to reflect.Type) { return r.ID, reflect.TypeFor[T]() }

type reference interface {
	reference() (id string, to reflect.Type)
}

// checkRefs reports the references of t's records that lead nowhere.
func (b *Book) checkRefs(t *table, bag *diag.Bag) {
	b.visitRefs(t, func(e Entry, r reference, at []any) { b.checkRef(e, r, at, bag) })
}

// visitRefs calls f for all references of t's records.
func (b *Book) visitRefs(t *table, f func(e Entry, r reference, at []any)) {
	paths := refPaths(t.kind.Type)
	if len(paths) == 0 {
		return
	}
	for _, e := range t.rows {
		b.visitEntry(e, paths, func(r reference, at []any) { f(e, r, at) })
	}
}

// visitEntry calls f for the references of a record on the paths.
func (b *Book) visitEntry(e Entry, paths []*fieldPath, f func(r reference, at []any)) {
	for _, p := range paths {
		p.visit(reflect.ValueOf(e).Elem(), nil, func(v reflect.Value, at []any) { f(v.Interface().(reference), at) })
	}
}

func (b *Book) checkRef(e Entry, r reference, at []any, bag *diag.Bag) {
	id, to := r.reference()
	if id == "" {
		return
	}
	t := b.tables[to]
	i, ok := t.byID[id]
	if !ok && b.broken[t.kind.Ledger] {
		return
	}
	if !ok {
		hint := ""
		// A nearest name is costly; nobody reads the thousandth.
		if b.unknown++; b.unknown <= maxSuggestions {
			hint = diag.DidYouMean(id, t.ids(), b.became(id, t))
		}
		bag.Add(ruleUnknownRef, e.At(at...), fmt.Sprintf("没有编号为“%s”的%s", id, t.kind.Title), hint)
		return
	}
	if e.IsPublic() && !t.rows[i].IsPublic() {
		bag.Addf(rulePrivateRef, e.At(at...), "“%s”不向社会公开（公开范围 scope = \"%s\"），这里却公开引用了它", id, t.rows[i].record().Scope)
	}
}

const (
	maxSuggestions = 100
	maxChoice      = 8 // ids that are named one by one
)

// became says what may stand for an unknown id: which ids there are, and first the
// one record of the table that nobody refers to, where others are referred to. Its id
// was perhaps changed, and not in the other places.
func (b *Book) became(id string, t *table) string {
	b.looking.Do(func() {
		b.referred = map[Entry]bool{}
		for _, from := range b.tables {
			b.visitRefs(from, func(_ Entry, r reference, _ []any) {
				id, to := r.reference()
				if i, ok := b.tables[to].byID[id]; ok {
					b.referred[b.tables[to].rows[i]] = true
				}
			})
		}
	})
	var alone []Entry
	for _, e := range t.rows {
		if !b.referred[e] {
			alone = append(alone, e)
		}
	}
	if len(alone) != 1 || len(t.rows) == 1 || strings.HasPrefix(id, "（") { // the placeholder of an archetype
		return t.choice()
	}
	return fmt.Sprintf("也许是“%s”改了编号，那就改成 \"%s\"；", TitleOf(alone[0]), IDOf(alone[0])) + t.choice()
}

// choice says which ids there are.
func (t *table) choice() string {
	ids := t.ids()
	switch {
	case len(t.rows) == 0:
		return fmt.Sprintf("还没有%s；先在 content/%s/ 里添一条", t.kind.Title, t.kind.Ledger)
	case len(ids) == 0, len(ids) > maxChoice:
		return fmt.Sprintf("运行 biandan list ids，里面有%s的全部编号（在 content/%s/ 里）", t.kind.Title, t.kind.Ledger)
	}
	for i, id := range ids {
		ids[i] = fmt.Sprintf("\"%s\"（%s）", id, TitleOf(t.rows[t.byID[id]]))
	}
	return "可以写：" + strings.Join(ids, "、")
}

func (t *table) ids() []string {
	ids := make([]string, 0, len(t.byID))
	for _, e := range t.rows {
		if id := e.record().ID; id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// fieldPath leads from a struct to a field that is wanted, such as one that holds
// references, through nested structs and slices.
type fieldPath struct {
	key   string
	index []int
	inner []*fieldPath // nil when the field itself is the one
}

func refPaths(t reflect.Type) []*fieldPath {
	return fieldPaths(t, func(_ *datafile.Field, elem reflect.Type) bool { return elem.Implements(reflect.TypeFor[reference]()) })
}

// fieldPaths returns the ways to all fields that are wanted, of this struct and of
// those in it; elem is the type of a field or of its elements.
func fieldPaths(t reflect.Type, wanted func(f *datafile.Field, elem reflect.Type) bool) []*fieldPath {
	var paths []*fieldPath
	for _, f := range datafile.FieldsOf(t).List {
		elem := f.Type
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		p := &fieldPath{key: f.Key, index: f.Index}
		if !wanted(f, elem) {
			if elem.Kind() != reflect.Struct {
				continue
			}
			if p.inner = fieldPaths(elem, wanted); p.inner == nil {
				continue
			}
		}
		paths = append(paths, p)
	}
	return paths
}

// visit calls f for the fields that have a value.
func (p *fieldPath) visit(v reflect.Value, at []any, f func(reflect.Value, []any)) {
	if v = v.FieldByIndex(p.index); v.IsZero() {
		return // as most are
	}
	at = append(at[:len(at):len(at)], p.key)
	if v.Kind() != reflect.Slice {
		p.element(v, at, f)
		return
	}
	for i := range v.Len() {
		p.element(v.Index(i), append(at[:len(at):len(at)], i), f)
	}
}

func (p *fieldPath) element(v reflect.Value, at []any, f func(reflect.Value, []any)) {
	if p.inner == nil {
		f(v, at)
		return
	}
	for _, in := range p.inner {
		in.visit(v, at, f)
	}
}
