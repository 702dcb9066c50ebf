package typeset

import (
	"math"
	"slices"
	"strings"
	"sync"
)

// breaker looks for the best way to break pieces into a number of lines. It may
// be used again with another number.
type breaker struct {
	pieces []piece
	lines  int
	sums   []float64 // widths of the first i pieces
	commas []int     // after how many of the first i pieces a comma stands
	target float64   // the width of a line when all are equal
	memo   []choice  // by state
}

// state is what the rest of a title depends on.
type state struct {
	from, before int // first piece of this line and of the one before it
	left         int // lines
	falling      bool
}

type choice struct {
	cost float64
	to   int // first piece of the next line; 0: not known yet
}

// at is where the choice of a state is kept.
func (b *breaker) at(s state) *choice {
	n := len(b.pieces) + 1
	i := ((s.left-1)*n+s.from)*(n+1) + s.before + 1
	if s.falling {
		i += b.lines * n * (n + 1)
	}
	return &b.memo[i]
}

// tolerance is how much, in em, a line may stand out from a shape unseen.
const tolerance = 0.6

// memos are used again: a title takes some kilobytes for a moment.
var memos = sync.Pool{New: func() any { return new([]choice) }}

func newBreaker(pieces []piece) *breaker {
	n := len(pieces) + 1
	b := &breaker{pieces: pieces, sums: make([]float64, n), commas: make([]int, n)}
	for i, p := range pieces {
		b.sums[i+1], b.commas[i+1] = b.sums[i]+p.width, b.commas[i]
		if p.cost == afterComma {
			b.commas[i+1]++
		}
	}
	return b
}

// best returns the lines; ok is false when there is no way.
func (b *breaker) best() (lines []string, ok bool) {
	n := len(b.pieces) + 1
	memo := memos.Get().(*[]choice)
	defer memos.Put(memo)
	*memo = slices.Grow((*memo)[:0], 2*b.lines*n*(n+1))
	b.memo = (*memo)[:2*b.lines*n*(n+1)]
	clear(b.memo)
	b.target = b.sums[len(b.pieces)] / float64(b.lines)
	at := state{before: -1, left: b.lines}
	if b.cost(at) >= never {
		return nil, false
	}
	for at.left > 0 {
		to := b.at(at).to
		var line strings.Builder
		for _, p := range b.pieces[at.from:to] {
			line.WriteString(p.text)
		}
		lines = append(lines, strings.TrimSpace(line.String()))
		at = b.step(at, to)
	}
	return lines, true
}

// step is the state after a line that ends before the piece to.
func (b *breaker) step(at state, to int) state {
	falling := at.falling
	if at.before >= 0 && b.width(at.from, to) < b.width(at.before, at.from)-tolerance {
		falling = true
	}
	return state{to, at.from, at.left - 1, falling}
}

func (b *breaker) width(from, to int) float64 { return b.sums[to] - b.sums[from] }

// cost is what the lines from here on cost at least.
func (b *breaker) cost(at state) float64 {
	if at.left == 0 {
		if at.from == len(b.pieces) {
			return 0
		}
		return never
	}
	known := b.at(at)
	if known.to > 0 {
		return known.cost
	}
	best := choice{never, at.from + 1}
	for to := at.from + 1; to <= len(b.pieces); to++ {
		if b.width(at.from, to) > 2*b.target && to > at.from+1 {
			break
		}
		if c := b.line(at, to); c < best.cost {
			if c += b.cost(b.step(at, to)); c < best.cost {
				best = choice{c, to}
			}
		}
	}
	*known = best
	return best.cost
}

// line is what one line costs: how far it is from its share, its end, and
// whether it spoils the shape.
func (b *breaker) line(at state, to int) float64 {
	w := b.width(at.from, to)
	off := w - b.target
	c := off * off
	if w < 2 {
		return never // a lone character
	}
	if to < len(b.pieces) {
		c += b.pieces[to-1].cost
		if b.pieces[to-1].quoted {
			c += b.target * b.target / 2 // as bad as lines that differ by half
		}
	}
	c += passComma * float64(b.commas[to-1]-b.commas[at.from])
	if at.falling && at.before >= 0 && w > b.width(at.before, at.from)+tolerance {
		c += 12 // longer again after a shorter one: neither trapezoid nor diamond
	}
	return math.Min(c, never)
}
