package search

// reader reads what a [writer] wrote. What ends too early, or is no such thing, is bad.
type reader struct {
	text []byte
	held uint64
	n    uint // bits that are held
	bad  bool
}

// places are those of characters in the alphabet, from 1; 0: it has none.
var places = func() (all [256]uint8) {
	for i := range len(alphabet) {
		all[alphabet[i]] = uint8(i + 1)
	}
	return all
}()

// bits reads n bits, at most 32.
func (r *reader) bits(n uint) uint64 {
	for r.n < n {
		if len(r.text) < 2 || places[r.text[0]] == 0 || places[r.text[1]] == 0 {
			r.bad = true
			return 0
		}
		unit := uint64(places[r.text[0]]-1)*base + uint64(places[r.text[1]]-1)
		r.held, r.n, r.text = r.held<<unitBits|unit, r.n+unitBits, r.text[2:]
	}
	r.n -= n
	return r.held >> r.n & (1<<n - 1)
}

// run counts the bits before the first that is another.
func (r *reader) run(bit uint64) (n uint) {
	for !r.bad && r.bits(1) == bit {
		n++
	}
	return n
}

func (r *reader) gamma() uint64 {
	n := r.run(0)
	if r.bad = r.bad || n > 32; r.bad {
		return 1
	}
	return 1<<n | r.bits(n)
}

// below reads a number below limit.
func (r *reader) below(limit uint32) uint32 {
	n, short := shortOf(limit)
	if n == 0 {
		return 0
	}
	v := uint32(r.bits(n - 1))
	if v >= short {
		v = v<<1 | uint32(r.bits(1)) - short
	}
	return v
}

// ascending reads n numbers below limit into the room given.
func (r *reader) ascending(room []uint32, n uint64, limit int) []uint32 {
	if n > uint64(limit) {
		r.bad = true
		return room[:0]
	}
	return r.between(room[:0], uint32(n), 0, uint32(limit))
}

// between appends n numbers from one on and below another.
func (r *reader) between(list []uint32, n, from, to uint32) []uint32 {
	if n == 0 || r.bad {
		return list
	}
	if n == to-from {
		for ; from < to; from++ {
			list = append(list, from)
		}
		return list
	}
	m := n / 2
	least, rest := from+m, n-1-m
	v := least + r.below(to-rest-least)
	list = append(r.between(list, m, from, v), v)
	return r.between(list, rest, v+1, to)
}

// read reads the postings of a shard that was written by [Index.write], in the order of
// their grams and docs; ok is false when it is none.
func (x *Index) read(shard []byte) (list []posting, ok bool) {
	r := &reader{text: shard}
	grams := r.ascending(nil, r.gamma()-1, x.gramLimit())
	var docs, marked []uint32
	for _, gram := range grams {
		docs = r.ascending(docs, r.gamma(), x.limit)
		from := len(list)
		for _, d := range docs {
			list = append(list, posting(gram<<(32-gramBits))<<gramShift|posting(d)<<docShift)
		}
		if !r.bad && r.bits(1) == 1 {
			for _, mark := range []posting{posting(inTitle), posting(inHeading)} {
				marked = r.ascending(marked, r.gamma()-1, len(docs))
				for _, i := range marked {
					if int(i) < len(docs) {
						list[from+int(i)] |= mark
					}
				}
			}
		}
	}
	return list, !r.bad
}
