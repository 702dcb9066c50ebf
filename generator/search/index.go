package search

import (
	"encoding/binary"
	"math/bits"
	"runtime"
	"slices"
	"sync"

	"biandan/generator/digest"
)

// Index is the index of a list of docs. Shards are made in groups when they are asked
// for, as one pass over the grams of all docs serves many.
type Index struct {
	docs  int
	limit int  // of the numbers of docs
	bits  uint // 1<<bits shards
	group int  // shards of a group
	grams Source
	known []Sum // of the shards, when they are known without making them

	changed  []int     // those that are not as they were remembered, when these are few
	edits    []edit    // by which they differ
	written  Published // how they were written
	remaking sync.Once
	fresh    [][]byte // these

	mu   sync.Mutex
	sums []Sum // of the shards that were made
	done int   // how many were
	made []*group
}

// Source begins to read the grams of docs, with their marks, each once; what it returns
// is for one goroutine, and what that returns is only there until the next doc.
type Source func() func(doc int) []Gram

// Published returns a shard as it was written for what is remembered; ok is false when it
// is not there any more. Nil: nothing was written.
type Published func(shard int) (data []byte, ok bool)

// edit is a doc that is not what is remembered; grams is nil when there is none any more.
type edit struct {
	doc   int
	grams []Gram
}

// group is a run of shards.
type group struct {
	number int
	once   sync.Once
	shards [][]byte
}

// A gram of a doc says in its last bits where else in the doc it stands.
const (
	inTitle   Gram = 1
	inHeading Gram = 2
	markBits  Gram = 15
)

const (
	docsOfShard = 6        // for so many docs there is one shard: it has some kilobytes
	leastBits   = 4        // of the number of shards
	mostBits    = 14       //
	perDoc      = 500      // grams, about
	groupRoom   = 32 << 20 // bytes that a group may take while it is made
	keptGroups  = 2
)

// New makes an index of so many docs.
func New(docs int, grams Source) *Index {
	x := &Index{docs: docs, limit: Limit(docs), bits: ShardBits(docs), grams: grams}
	groups := 1 << bits.Len(uint(docs*perDoc*8/groupRoom))
	x.group, x.sums = max(1, x.Shards()/groups), make([]Sum, x.Shards())
	return x
}

// ShardBits is how many bits of a hash choose among the shards of so many docs: the
// number is stable while docs come and go.
func ShardBits(docs int) uint {
	return min(mostBits, max(leastBits, uint(bits.Len(uint(docs/docsOfShard)))))
}

// Limit is a number above that of the docs, by which lists of docs are coded: it is stable
// while docs come and go.
func Limit(docs int) int {
	const kept = 4 // bits
	step := 1 << max(0, bits.Len(uint(docs))-kept)
	return (docs/step + 1) * step
}

// Shards is how many shards there are.
func (x *Index) Shards() int { return 1 << x.bits }

// shardOf is the shard of a gram.
func (x *Index) shardOf(g Gram) int { return int(uint32(g) >> (32 - x.bits)) }

// Shard returns a shard: its entries, for each gram which docs hold it, as [writer] writes
// them.
func (x *Index) Shard(i int) []byte {
	if n, ok := slices.BinarySearch(x.changed, i); ok {
		x.remaking.Do(x.makeChanged)
		return x.fresh[n]
	}
	return x.groupOf(i / x.group).shards[i%x.group]
}

// groupOf returns a group that is made.
func (x *Index) groupOf(n int) *group {
	x.mu.Lock()
	i := slices.IndexFunc(x.made, func(g *group) bool { return g.number == n })
	if i < 0 {
		if i = len(x.made); i == keptGroups {
			i, x.made = i-1, slices.Delete(x.made, 0, 1)
		}
		x.made = append(x.made, &group{number: n})
	}
	g := x.made[i]
	x.mu.Unlock()
	g.once.Do(func() { x.makeGroup(g) })
	return g
}

// posting is that a doc holds a gram: the gram within its shard, the doc, the marks.
type posting uint64

const docShift, gramShift = 2, 34

func (p posting) gram() uint32 { return uint32(p >> gramShift) }
func (p posting) doc() uint32  { return uint32(p>>docShift) & (1<<(gramShift-docShift) - 1) }

// makeGroup makes the shards of a group, and keeps their sums.
func (x *Index) makeGroup(g *group) {
	first := g.number * x.group
	slots := x.noSlots()
	for i := range x.group {
		slots[first+i] = int32(i)
	}
	var sums []Sum
	g.shards, sums = x.makeShards(x.group, slots)
	x.mu.Lock()
	defer x.mu.Unlock()
	copy(x.sums[first:], sums)
	x.done += x.group
}

// noSlots says of each shard that it is not made.
func (x *Index) noSlots() []int32 {
	slots := make([]int32, x.Shards())
	for i := range slots {
		slots[i] = -1
	}
	return slots
}

// makeShards parts the grams of all docs among n shards, and writes these; slots says of
// each shard of the index which of them it is, -1: none. All cores do it, as whoever asks
// for another shard meanwhile waits.
func (x *Index) makeShards(n int, slots []int32) (shards [][]byte, sums []Sum) {
	parts := make([]part, min(runtime.GOMAXPROCS(0), x.docs/leastOfPart+1))
	each := func(do func(k int)) {
		var all sync.WaitGroup
		for k := range parts {
			all.Go(func() { do(k) })
		}
		all.Wait()
	}
	each(func(k int) { parts[k] = x.gather(n, slots, k*x.docs/len(parts), (k+1)*x.docs/len(parts)) })
	shards, sums = make([][]byte, n), make([]Sum, n)
	each(func(k int) {
		var list, room []posting
		w := &writer{}
		for s := k; s < n; s += len(parts) {
			list = list[:0]
			for _, p := range parts {
				list = append(list, p.lists[s]...)
				p.lists[s] = nil
				sums[s].join(p.sums[s])
			}
			room = sortByGram(list, room, gramShift+32-gramBits, gramBits-x.bits)
			w.out = w.out[:0]
			shards[s] = slices.Clone(x.write(w, list))
		}
	})
	return shards, sums
}

// leastOfPart is how many docs are worth a part of their own.
const leastOfPart = 64

// part are the postings of some docs, by shard.
type part struct {
	lists [][]posting
	sums  []Sum
}

// gather parts the grams of some docs among n shards.
func (x *Index) gather(n int, slots []int32, from, to int) part {
	p, grams := part{x.lists(n, slots, from, to), make([]Sum, n)}, x.grams()
	for d := from; d < to; d++ {
		for _, gram := range grams(d) {
			if s := slots[x.shardOf(gram)]; s >= 0 {
				p.lists[s] = append(p.lists[s], x.posting(gram, d))
				p.sums[s].add(gram, d, 1)
			}
		}
	}
	return p
}

// lists makes room for the postings of some docs in n shards: as much as a few of these
// docs let expect of all.
func (x *Index) lists(n int, slots []int32, from, to int) [][]posting {
	const every = 16
	counts, sum, grams := make([]int, n), 0, x.grams()
	for d := from; d < to; d += every {
		for _, gram := range grams(d) {
			if s := slots[x.shardOf(gram)]; s >= 0 {
				counts[s]++
			}
		}
	}
	for s, count := range counts {
		counts[s] = count*every*9/8 + 2*every
		sum += counts[s]
	}
	all, room := make([][]posting, n), make([]posting, sum)
	for s, count := range counts {
		all[s], room = room[:0:count], room[count:]
	}
	return all
}

// makeChanged makes the shards that are not as they were remembered: those are asked for.
func (x *Index) makeChanged() {
	slots := x.noSlots()
	for i, shard := range x.changed {
		slots[shard] = int32(i)
	}
	if !x.patch(slots) {
		x.fresh, _ = x.makeShards(len(x.changed), slots)
	}
}

// patch makes the changed shards from what was written of them: the postings of the docs
// that differ are replaced, and no other doc is looked at. It reports whether the sums are
// then those that shall be.
func (x *Index) patch(slots []int32) bool {
	if x.written == nil {
		return false
	}
	fresh := make([][]posting, len(x.changed))
	for _, e := range x.edits {
		for _, gram := range e.grams {
			if s := slots[x.shardOf(gram)]; s >= 0 {
				fresh[s] = append(fresh[s], x.posting(gram, e.doc))
			}
		}
	}
	differs := func(p posting) bool {
		_, ok := slices.BinarySearchFunc(x.edits, int(p.doc()), func(e edit, doc int) int { return e.doc - doc })
		return ok
	}
	shards, w := make([][]byte, len(x.changed)), &writer{}
	for i, shard := range x.changed {
		data, ok := x.written(shard)
		if !ok {
			return false
		}
		list, ok := x.read(data)
		list = append(slices.DeleteFunc(list, differs), fresh[i]...)
		slices.Sort(list)
		var sum Sum
		for _, p := range list {
			sum.add(Gram(uint32(shard)<<(32-x.bits)|p.gram()|uint32(p&3)), int(p.doc()), 1)
		}
		if !ok || sum != x.known[shard] {
			return false
		}
		w.out = w.out[:0]
		shards[i] = slices.Clone(x.write(w, list))
	}
	x.fresh = shards
	return true
}

// posting says that a doc holds a gram, within the shard of the gram.
func (x *Index) posting(g Gram, doc int) posting {
	within := uint32(1)<<(32-x.bits) - 1 // of a gram: what its shard does not say
	return posting(uint32(g&^markBits)&within)<<gramShift | posting(doc)<<docShift | posting(g&3)
}

// sortByGram sorts postings, which are in the order of their docs, by n bits of their
// grams from one on, and keeps that order within each. It returns the room for the next.
func sortByGram(list, room []posting, from, n uint) []posting {
	const digit = 9
	if cap(room) < len(list) {
		room = make([]posting, len(list)*5/4)
	}
	a, b := list, room[:len(list)]
	for shift := from; shift < from+n; shift += digit {
		var at [1 << digit]int
		for _, p := range a {
			at[p>>shift&(1<<digit-1)]++
		}
		sum := 0
		for i, count := range at {
			at[i], sum = sum, sum+count
		}
		for _, p := range a {
			i := p >> shift & (1<<digit - 1)
			b[at[i]] = p
			at[i]++
		}
		a, b = b, a
	}
	if len(list) > 0 && &a[0] != &list[0] {
		copy(list, a)
	}
	return room
}

// write writes a shard: how many grams, which; then for each how many docs, which; and,
// where any says so, in which of these the gram stands in the title, and in a heading.
func (x *Index) write(w *writer, list []posting) []byte {
	grams := w.numbers[:0]
	for i, p := range list {
		if i == 0 || p.gram() != list[i-1].gram() {
			grams = append(grams, p.gram()>>(32-gramBits))
		}
	}
	w.gamma(uint64(len(grams) + 1))
	w.ascending(grams, x.gramLimit())
	docs, marked := grams[:0], w.marked
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].gram() == list[0].gram() {
			n++
		}
		docs = docs[:0]
		any := posting(0)
		for _, p := range list[:n] {
			docs, any = append(docs, p.doc()), any|p
		}
		w.gamma(uint64(n))
		w.ascending(docs, x.limit)
		if any &= 3; any == 0 {
			w.bits(0, 1)
		} else {
			w.bits(1, 1)
			for _, mark := range []posting{posting(inTitle), posting(inHeading)} {
				marked = marked[:0]
				for i, p := range list[:n] {
					if p&mark != 0 {
						marked = append(marked, uint32(i))
					}
				}
				w.gamma(uint64(len(marked) + 1))
				w.ascending(marked, n)
			}
		}
		list = list[n:]
	}
	w.numbers, w.marked = docs, marked
	return w.end()
}

// gramLimit is a number above those of the grams within a shard.
func (x *Index) gramLimit() int { return 1 << (gramBits - x.bits) }

// Sum is the identity of a shard in an index of as many docs: sums over its postings.
type Sum [2]uint64

// add adds a posting, a number of times.
func (s *Sum) add(g Gram, doc int, times uint64) {
	v := uint64(g)<<32 | uint64(doc)
	a := mix(v)
	s[0] += times * a
	s[1] += times * mix(a^v)
}

// join adds the postings of another sum.
func (s *Sum) join(t Sum) {
	s[0] += t[0]
	s[1] += t[1]
}

// Memory is what is remembered of an index from one build to the next: the docs, by their
// identities, and the sums of its shards.
type Memory struct {
	Keys    []digest.Sum
	Sums    []Sum
	Changed bool `digest:"-"`

	mu sync.Mutex `digest:"-"` // two states of a site may ask for their indexes at one time
}

// Recall takes the sums of the shards from what is remembered, for docs with those
// identities: only docs that differ cost anything. Before returns the grams of a doc with
// an identity that it had; ok is false when they are gone. Where too much differs, or is
// gone, the sums are found when the shards are made. Shards that differ are made from what
// was written of them, where that is still there.
func (x *Index) Recall(m *Memory, keys []digest.Sum, before func(key digest.Sum) (grams []Gram, ok bool), written Published) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.Sums) != x.Shards() || Limit(len(m.Keys)) != x.limit {
		return
	}
	sums, differ, grams := slices.Clone(m.Sums), 0, x.grams()
	for d := range max(len(keys), len(m.Keys)) {
		had, has := d < len(m.Keys), d < len(keys)
		if had && has && m.Keys[d] == keys[d] {
			continue
		}
		if differ++; differ > len(keys)/8+8 {
			return
		}
		if had {
			old, ok := before(m.Keys[d])
			if !ok {
				return
			}
			x.addAll(sums, d, old, ^uint64(0)) // times -1
		}
		e := edit{doc: d}
		if has {
			e.grams = slices.Clone(grams(d))
			x.addAll(sums, d, e.grams, 1)
		}
		x.edits = append(x.edits, e)
	}
	x.known, x.written = sums, written
	for i, sum := range sums {
		if sum != m.Sums[i] {
			x.changed = append(x.changed, i)
		}
	}
	if len(x.changed) > len(sums)/4 {
		x.changed, x.edits = nil, nil // a pass over all grams serves all
	}
	if differ > 0 {
		m.Keys, m.Sums, m.Changed = keys, sums, true
	}
}

// Remember keeps the sums, when all are found.
func (x *Index) Remember(m *Memory, keys []digest.Sum) {
	x.mu.Lock()
	defer x.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	if x.known == nil && x.done >= x.Shards() {
		m.Keys, m.Sums, m.Changed = keys, x.sums, true
	}
}

func (x *Index) addAll(sums []Sum, doc int, grams []Gram, times uint64) {
	for _, g := range grams {
		sums[x.shardOf(g)].add(g, doc, times)
	}
}

// Key is the identity of a shard, found without making it where that is possible.
func (x *Index) Key(i int) digest.Sum {
	if x.known != nil {
		return x.keyOf(x.known[i])
	}
	x.groupOf(i / x.group)
	return x.keyOf(x.sums[i])
}

func (x *Index) keyOf(s Sum) digest.Sum {
	var b [32]byte
	binary.LittleEndian.PutUint64(b[:], uint64(x.limit))
	binary.LittleEndian.PutUint64(b[8:], uint64(x.bits))
	binary.LittleEndian.PutUint64(b[16:], s[0])
	binary.LittleEndian.PutUint64(b[24:], s[1])
	return digest.Bytes(b[:])
}

// mix scatters the bits of a number.
func mix(v uint64) uint64 {
	v ^= v >> 30
	v *= 0xBF58476D1CE4E5B9
	v ^= v >> 27
	v *= 0x94D049BB133111EB
	return v ^ v>>31
}
