package digest

import (
	"encoding/binary"
	"errors"
)

// reader takes data apart; after the first error it gives zeros.
type reader struct {
	data string
	err  error
}

var errCorrupt = errors.New("digest: corrupt data")

func (r *reader) fail() { r.data, r.err = "", errCorrupt }

func (r *reader) byte() byte {
	if len(r.data) < 1 {
		r.fail()
		return 0
	}
	c := r.data[0]
	r.data = r.data[1:]
	return c
}

func (r *reader) uint() uint64 {
	if len(r.data) > 0 && r.data[0] < 0x80 { // nearly all are lengths of short texts
		return uint64(r.byte())
	}
	var x uint64
	for shift := 0; shift < 64 && len(r.data) > 0; shift += 7 {
		c := r.byte()
		if x |= uint64(c&0x7F) << shift; c < 0x80 {
			return x
		}
	}
	r.fail()
	return 0
}

func (r *reader) int() int64 {
	u := r.uint()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) fixed64() uint64 {
	data := r.next(8)
	if data == "" {
		return 0
	}
	return binary.LittleEndian.Uint64([]byte(data))
}

// length reads the length of something that takes at least a byte for each
// element, so that corrupt data cannot ask for more memory than it has bytes.
func (r *reader) length() int {
	n := r.uint()
	if n > uint64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) string() string { return r.next(r.length()) }

// next reads n bytes.
func (r *reader) next(n int) string {
	if n > len(r.data) {
		r.fail()
		return ""
	}
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}
