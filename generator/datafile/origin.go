package datafile

import (
	"encoding/binary"

	"biandan/generator/diag"
)

// Origin remembers where a decoded struct was written: the file, and the places
// of all keys and values below its table. It is a plain value, small enough to
// keep with every record, and may be stored.
type Origin struct {
	File   string
	Places string // a tree: see [appendPlaces]
}

// OriginOf returns the origin of a table of the named file.
func OriginOf(file string, t *Table) Origin {
	return Origin{file, string(appendPlaces(nil, &Value{Kind: Inner, Mark: t.Mark, Table: t}))}
}

// appendPlaces encodes the places of v and of all below it: line, column, the
// length of what follows, and then for a table each key with its value's
// places, for a list those of its elements.
func appendPlaces(b []byte, v *Value) []byte {
	b = binary.AppendUvarint(b, uint64(v.Mark.Line))
	b = binary.AppendUvarint(b, uint64(v.Mark.Column))
	var below []byte
	switch {
	case v.Table != nil:
		for _, k := range v.Table.Keys {
			below = binary.AppendUvarint(below, uint64(len(k.Name)))
			below = append(below, k.Name...)
			below = appendPlaces(below, k.Value)
		}
	default:
		for _, item := range v.Items {
			below = appendPlaces(below, item)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(below)))
	return append(b, below...)
}

// places reads the encoding from its beginning.
type places string

func (p *places) number() int {
	if *p != "" && (*p)[0] < 0x80 { // nearly always
		n := int((*p)[0])
		*p = (*p)[1:]
		return n
	}
	n, size := binary.Uvarint([]byte((*p)[:min(len(*p), binary.MaxVarintLen32)]))
	if size <= 0 {
		*p = ""
		return 0
	}
	*p = (*p)[size:]
	return int(n)
}

func (p *places) text() string {
	n := min(p.number(), len(*p))
	s := string((*p)[:n])
	*p = (*p)[n:]
	return s
}

// node reads one value's mark and what is below it.
func (p *places) node() (m Mark, below places) {
	m = Mark{int32(p.number()), int32(p.number())}
	return m, places(p.text())
}

// At returns the place of the value at a path of keys (string) and indices
// (int) below the table; where that is missing, the nearest place above it.
func (o Origin) At(path ...any) diag.Pos {
	if o.Places == "" {
		return diag.Pos{File: o.File}
	}
	all := places(o.Places)
	mark, below := all.node()
	for _, step := range path {
		m, next, ok := below.find(step)
		if !ok {
			break
		}
		mark, below = m, next
	}
	return diag.Pos{File: o.File, Line: int(mark.Line), Column: int(mark.Column)}
}

// Has reports whether the table has the key.
func (o Origin) Has(key string) bool {
	all := places(o.Places)
	_, below := all.node()
	_, _, ok := below.find(key)
	return ok
}

// find looks for a key, or for the element at an index.
func (p places) find(step any) (m Mark, below places, ok bool) {
	key, isKey := step.(string)
	for i := 0; p != ""; i++ {
		is := false
		if isKey {
			is = p.text() == key
		} else {
			is = i == step
		}
		if m, below = p.node(); is {
			return m, below, true
		}
	}
	return Mark{}, "", false
}
