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
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
)

// Sum is the identity of a value: the first half of the SHA-256 of its encoding.
type Sum [16]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Of returns the identity of some values, taken together.
func Of(values ...any) Sum {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	*buf = (*buf)[:0]
	for _, v := range values {
		*buf = Append(*buf, v)
	}
	return Bytes(*buf)
}

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

// codec encodes and decodes one type.
type codec struct {
	encode func([]byte, reflect.Value) []byte
	decode func(*reader, reflect.Value)
}

var codecs sync.Map // reflect.Type → *codec

func codecOf(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	// A type may hold itself: its place is taken before it is made, and filled
	// for all who found it there meanwhile.
	c := &codec{}
	var once sync.Once
	fill := func() { once.Do(func() { made := newCodec(t); c.encode, c.decode = made.encode, made.decode }) }
	lazy := &codec{
		encode: func(b []byte, v reflect.Value) []byte { fill(); return c.encode(b, v) },
		decode: func(r *reader, v reflect.Value) { fill(); c.decode(r, v) },
	}
	actual, _ := codecs.LoadOrStore(t, lazy)
	return actual.(*codec)
}

func newCodec(t reflect.Type) *codec {
	switch t.Kind() {
	case reflect.Bool:
		return &codec{func(b []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(b, 1)
			}
			return append(b, 0)
		}, func(r *reader, v reflect.Value) { v.SetBool(r.byte() == 1) }}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &codec{func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) },
			func(r *reader, v reflect.Value) { v.SetInt(r.int()) }}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &codec{func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) },
			func(r *reader, v reflect.Value) { v.SetUint(r.uint()) }}
	case reflect.Float32, reflect.Float64:
		return &codec{func(b []byte, v reflect.Value) []byte {
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
		}, func(r *reader, v reflect.Value) { v.SetFloat(math.Float64frombits(r.fixed64())) }}
	case reflect.String:
		return &codec{func(b []byte, v reflect.Value) []byte {
			s := v.String()
			return append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}, func(r *reader, v reflect.Value) { v.SetString(r.string()) }}
	case reflect.Slice:
		return sliceCodec(t)
	case reflect.Array:
		return arrayCodec(t)
	case reflect.Struct:
		return structCodec(t)
	case reflect.Pointer:
		return pointerCodec(t)
	case reflect.Map:
		return mapCodec(t)
	}
	panic(fmt.Sprintf("digest: %s is no plain value", t))
}

func sliceCodec(t reflect.Type) *codec {
	elem := codecOf(t.Elem())
	return &codec{func(b []byte, v reflect.Value) []byte {
		n := v.Len()
		b = binary.AppendUvarint(b, uint64(n))
		for i := range n {
			b = elem.encode(b, v.Index(i))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		n := r.length()
		if n == 0 {
			v.SetZero()
			return
		}
		v.Set(reflect.MakeSlice(t, n, n))
		for i := 0; i < n && r.err == nil; i++ {
			elem.decode(r, v.Index(i))
		}
	}}
}

func arrayCodec(t reflect.Type) *codec {
	elem := codecOf(t.Elem())
	return &codec{func(b []byte, v reflect.Value) []byte {
		for i := range v.Len() {
			b = elem.encode(b, v.Index(i))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		for i := range v.Len() {
			elem.decode(r, v.Index(i))
		}
	}}
}

func structCodec(t reflect.Type) *codec {
	type field struct {
		index int
		*codec
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("digest") == "-" {
			continue
		}
		if !f.IsExported() {
			panic(fmt.Sprintf("digest: %s.%s is hidden", t, f.Name))
		}
		fields = append(fields, field{i, codecOf(f.Type)})
	}
	return &codec{func(b []byte, v reflect.Value) []byte {
		for i := range fields {
			b = fields[i].encode(b, v.Field(fields[i].index))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		for i := range fields {
			fields[i].decode(r, v.Field(fields[i].index))
		}
	}}
}

func pointerCodec(t reflect.Type) *codec {
	elem := codecOf(t.Elem())
	return &codec{func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, 0)
		}
		return elem.encode(append(b, 1), v.Elem())
	}, func(r *reader, v reflect.Value) {
		if r.byte() == 0 {
			v.SetZero()
			return
		}
		v.Set(reflect.New(t.Elem()))
		elem.decode(r, v.Elem())
	}}
}

func mapCodec(t reflect.Type) *codec {
	if t.Key().Kind() != reflect.String {
		panic(fmt.Sprintf("digest: %s has keys that are no strings", t))
	}
	elem, key := codecOf(t.Elem()), codecOf(t.Key())
	return &codec{func(b []byte, v reflect.Value) []byte {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int {
			switch a, b := x.String(), y.String(); {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		})
		b = binary.AppendUvarint(b, uint64(len(keys)))
		for _, k := range keys {
			b = elem.encode(key.encode(b, k), v.MapIndex(k))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		n := r.length()
		v.Set(reflect.MakeMapWithSize(t, n))
		for i := 0; i < n && r.err == nil; i++ {
			k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			key.decode(r, k)
			elem.decode(r, e)
			v.SetMapIndex(k, e)
		}
	}}
}

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
	if len(r.data) < 8 {
		r.fail()
		return 0
	}
	x := binary.LittleEndian.Uint64([]byte(r.data[:8]))
	r.data = r.data[8:]
	return x
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

func (r *reader) string() string {
	n := r.length()
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}
