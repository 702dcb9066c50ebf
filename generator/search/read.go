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

func (r *reader) rice(k uint) uint64 { return uint64(r.run(1))<<k | r.bits(k) }

// ascending reads n numbers below limit into the room given.
func (r *reader) ascending(room []uint32, n uint64, limit int) []uint32 {
	if room = room[:0]; n > uint64(limit) {
		r.bad = true
		return room
	}
	k, next := riceBits(int(n), limit), uint64(0)
	for ; n > 0 && !r.bad; n-- {
		next += r.rice(k)
		room = append(room, uint32(next))
		if next++; next > uint64(limit) {
			r.bad = true
		}
	}
	return room
}

// read reads the postings of a shard that was written by [Index.write], in the order of
// their grams and docs; ok is false when it is none.
func (x *Index) read(shard []byte) (list []posting, ok bool) {
	r := &reader{text: shard}
	limit := 1 << (gramBits - x.bits)
	entries, gram := r.gamma()-1, uint64(0)
	k := riceBits(int(min(entries, uint64(limit))), limit)
	var docs, marked []uint32
	for ; entries > 0 && !r.bad; entries-- {
		gram += r.rice(k)
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
		if gram++; gram > uint64(limit) {
			r.bad = true
		}
	}
	return list, !r.bad
}
