package search

import (
	"encoding/binary"
	"math/bits"
)

// writer writes numbers as bits, and these as bytes.
type writer struct {
	out  []byte
	held uint64
	n    uint // bits that are held

	numbers, marked []uint32 // room for those that are written
}

// bits appends the n lowest bits of v, the highest first; n is at most 32.
func (w *writer) bits(v uint64, n uint) {
	w.held = w.held<<n | v&(1<<n-1)
	if w.n += n; w.n >= 32 {
		w.n -= 32
		w.out = binary.BigEndian.AppendUint32(w.out, uint32(w.held>>w.n))
	}
}

// end writes what is held, and fills the last byte.
func (w *writer) end() []byte {
	for w.held <<= 32 - w.n; w.n > 0; w.n -= min(8, w.n) {
		w.out = append(w.out, byte(w.held>>24))
		w.held <<= 8
	}
	return w.out
}

// gamma writes a number from 1, in as few bits as it is small.
func (w *writer) gamma(v uint64) {
	n := uint(bits.Len64(v))
	w.bits(0, n-1)
	w.bits(v, n)
}

// below writes a number below r, which the reader knows, in as few bits as that allows:
// the first of them take one less where r is no power of two.
func (w *writer) below(v, r uint32) {
	n, short := shortOf(r)
	if v < short {
		w.bits(uint64(v), n-1)
	} else {
		w.bits(uint64(v+short), n)
	}
}

// shortOf is how many bits a number below r takes, and how many of these numbers take one less.
func shortOf(r uint32) (n uint, short uint32) {
	n = uint(bits.Len32(r))
	if r&(r-1) == 0 {
		n-- // a power of two: all take as many
	}
	return n, 1<<n - r
}

// ascending writes numbers below limit, each greater than the one before; how many is
// known to the reader.
func (w *writer) ascending(list []uint32, limit int) { w.between(list, 0, uint32(limit)) }

// between writes numbers from one on and below another: first the one in the middle, then
// those on both sides of it, of which less is open then. Numbers that lie close together, like
// the docs of a time, take few bits. (Moffat and Stuiver: binary interpolative coding.)
func (w *writer) between(list []uint32, from, to uint32) {
	for len(list) > 0 && uint32(len(list)) < to-from {
		m := len(list) / 2
		least, rest := from+uint32(m), uint32(len(list)-1-m)
		v := list[m]
		w.below(v-least, to-rest-least)
		w.between(list[:m], from, v)
		list, from = list[m+1:], v+1
	}
}
