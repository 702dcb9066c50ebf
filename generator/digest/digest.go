// Package digest encodes plain Go values in one canonical form: the same form
// gives them an identity ([Of]) and a place on disk ([Append], [Decode]).
//
// A plain value is made of booleans, integers, floats, strings, slices, arrays,
// structs with exported fields, pointers (by what they point to) and maps with
// string keys. Every field is encoded, so that none can be forgotten; a field
// tagged digest:"-" is left out on purpose. Different values have different
// encodings, save that a nil slice equals an empty one.
//
// The code for a type is put together once, by reflection. The encoding says
// nothing about types: what is read back must be read into the type that was
// written, and by the same tool; the identity of the tool belongs into the key.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"sync"
)

// Sum is the identity of a value: the first half of the SHA-256 of its encoding.
type Sum [16]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Of returns the identity of some values, taken together.
func Of(values ...any) Sum {
	buf := buffers.Get().(*[]byte)
	*buf = (*buf)[:0]
	for _, v := range values {
		*buf = Append(*buf, v)
	}
	sum := Bytes(*buf)
	if cap(*buf) <= largest {
		buffers.Put(buf)
	}
	return sum
}

// largest is the size of a buffer that is kept for the next value.
const largest = 1 << 20

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Bytes returns the identity of bytes.
func Bytes(data []byte) Sum {
	full := sha256.Sum256(data)
	return Sum(full[:16])
}

// Append appends the encoding of v, or of what the pointer v points to.
func Append(buf []byte, v any) []byte {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	return codecOf(rv.Type()).encode(buf, rv)
}

// Decode fills what the pointer v points to from data and returns the rest of
// data. Strings share the memory of data. An error says that data is not what
// Append made of such a value.
func Decode(data string, v any) (rest string, err error) {
	r := &reader{data: data}
	rv := reflect.ValueOf(v).Elem()
	codecOf(rv.Type()).decode(r, rv)
	return r.data, r.err
}
