package search

import "math/bits"

// writer writes numbers as bits, and these as characters: 13 bits are two of 91
// characters that stand in a string of a script as they are.
type writer struct {
	out  []byte
	held uint64
	n    uint // bits that are held

	numbers, marked []uint32 // room for those that are written
}

// alphabet are the 91 characters: printable, without ", \ and <, &.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%'()*+,-./:;=>?@[]^_`{|}~ "

const (
	unitBits = 13
	base     = 91
)

// bits appends the n lowest bits of v, the highest first; n is at most 32.
func (w *writer) bits(v uint64, n uint) {
	w.held = w.held<<n | v&(1<<n-1)
	w.n += n
	for w.n >= unitBits {
		w.n -= unitBits
		u := w.held >> w.n & (1<<unitBits - 1)
		w.out = append(w.out, alphabet[u/base], alphabet[u%base])
	}
}

// end fills the last unit.
func (w *writer) end() []byte {
	if w.n > 0 {
		w.bits(0, unitBits-w.n)
	}
	return w.out
}

// gamma writes a number from 1, in as few bits as it is small.
func (w *writer) gamma(v uint64) {
	n := uint(bits.Len64(v))
	w.bits(0, n-1)
	w.bits(v, n)
}

// rice writes a number from 0 whose like are about 2 to the k.
func (w *writer) rice(v uint64, k uint) {
	q := v >> k
	for ; q > 16; q -= 16 {
		w.bits(1<<16-1, 16)
	}
	w.bits(1<<(q+1)-2, uint(q)+1)
	w.bits(v, k)
}

// riceBits is the k that suits the gaps of n numbers below limit.
func riceBits(n, limit int) uint {
	if n == 0 || limit <= n {
		return 0
	}
	// the mean gap times ln 2, rounded down to a power of two
	return uint(max(0, bits.Len64(uint64(limit)*693/1000/uint64(n))-1))
}

// ascending writes numbers below limit, each greater than the one before; how many is
// known to the reader.
func (w *writer) ascending(list []uint32, limit int) {
	k, next := riceBits(len(list), limit), uint32(0)
	for _, v := range list {
		w.rice(uint64(v-next), k)
		next = v + 1
	}
}
