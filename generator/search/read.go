package search

// reader reads what a [writer] wrote. What ends too early, or is no such thing, is bad.
type reader struct {
	data []byte
	held uint64
	n    uint // bits that are held
	bad  bool
}

// bits reads n bits, at most 32.
func (r *reader) bits(n uint) uint64 {
	for r.n < n {
		if len(r.data) == 0 {
			r.bad = true
			return 0
		}
		r.held, r.n, r.data = r.held<<8|uint64(r.data[0]), r.n+8, r.data[1:]
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
	r := &reader{data: shard}
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
