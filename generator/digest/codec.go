package digest

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// codec encodes and decodes the values of one type.
type codec struct {
	encode func([]byte, reflect.Value) []byte
	decode func(*reader, reflect.Value)
}

var (
	codecs sync.Map // reflect.Type → *codec
	making sync.Mutex
)

func codecOf(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	making.Lock()
	defer making.Unlock()
	m := unfinished{}
	c := m.codec(t)
	for t, made := range m {
		codecs.Store(t, made)
	}
	return c
}

// unfinished are the codecs of a type and of all that it holds, while they are put
// together. A type may hold itself: a codec has its place here before it is filled.
type unfinished map[reflect.Type]*codec

func (m unfinished) codec(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	if c := m[t]; c != nil {
		return c
	}
	c := &codec{}
	m[t] = c
	*c = m.make(t)
	return c
}

func (m unfinished) make(t reflect.Type) codec {
	switch t.Kind() {
	case reflect.Bool:
		return boolCodec
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return signed
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return unsigned
	case reflect.Float32, reflect.Float64:
		return floatCodec
	case reflect.String:
		return stringCodec
	case reflect.Slice:
		return m.slice(t)
	case reflect.Array:
		return m.array(t)
	case reflect.Struct:
		return m.record(t)
	case reflect.Pointer:
		return m.pointer(t)
	case reflect.Map:
		return m.table(t)
	}
	panic(fmt.Sprintf("digest: %s is no plain value", t))
}

var boolCodec = codec{func(b []byte, v reflect.Value) []byte {
	if v.Bool() {
		return append(b, 1)
	}
	return append(b, 0)
}, func(r *reader, v reflect.Value) { v.SetBool(r.byte() == 1) }}

var signed = codec{func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) },
	func(r *reader, v reflect.Value) { v.SetInt(r.int()) }}

var unsigned = codec{func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) },
	func(r *reader, v reflect.Value) { v.SetUint(r.uint()) }}

var floatCodec = codec{func(b []byte, v reflect.Value) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
}, func(r *reader, v reflect.Value) { v.SetFloat(math.Float64frombits(r.fixed64())) }}

var stringCodec = codec{func(b []byte, v reflect.Value) []byte {
	s := v.String()
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}, func(r *reader, v reflect.Value) { v.SetString(r.string()) }}

func (m unfinished) slice(t reflect.Type) codec {
	elem := m.codec(t.Elem())
	return codec{func(b []byte, v reflect.Value) []byte {
		n := v.Len()
		b = binary.AppendUvarint(b, uint64(n))
		for i := range n {
			b = elem.encode(b, v.Index(i))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		n := r.length()
		v.SetZero() // what was there may be another's, too
		if n == 0 {
			return
		}
		v.Grow(n)
		v.SetLen(n)
		for i := 0; i < n && r.err == nil; i++ {
			elem.decode(r, v.Index(i))
		}
	}}
}

func (m unfinished) array(t reflect.Type) codec {
	if t.Elem().Kind() == reflect.Uint8 {
		return byteArray
	}
	elem := m.codec(t.Elem())
	return codec{func(b []byte, v reflect.Value) []byte {
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

// byteArray is the codec of a [Sum] and the like.
var byteArray = codec{func(b []byte, v reflect.Value) []byte {
	if v.CanAddr() {
		return append(b, v.Bytes()...)
	}
	for i := range v.Len() {
		b = append(b, byte(v.Index(i).Uint()))
	}
	return b
}, func(r *reader, v reflect.Value) { copy(v.Bytes(), r.next(v.Len())) }}

// record is the codec of a struct.
func (m unfinished) record(t reflect.Type) codec {
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
		fields = append(fields, field{i, m.codec(f.Type)})
	}
	return codec{func(b []byte, v reflect.Value) []byte {
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

func (m unfinished) pointer(t reflect.Type) codec {
	elem := m.codec(t.Elem())
	return codec{func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, 0)
		}
		return elem.encode(append(b, 1), v.Elem())
	}, func(r *reader, v reflect.Value) {
		if r.byte() == 0 {
			v.SetZero()
			return
		}
		made := reflect.New(t.Elem())
		v.Set(made)
		elem.decode(r, made.Elem())
	}}
}

// table is the codec of a map.
func (m unfinished) table(t reflect.Type) codec {
	if t.Key().Kind() != reflect.String {
		panic(fmt.Sprintf("digest: %s has keys that are no strings", t))
	}
	elem := m.codec(t.Elem())
	return codec{func(b []byte, v reflect.Value) []byte {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
		b = binary.AppendUvarint(b, uint64(len(keys)))
		for _, k := range keys {
			b = elem.encode(stringCodec.encode(b, k), v.MapIndex(k))
		}
		return b
	}, func(r *reader, v reflect.Value) {
		n := r.length()
		made := reflect.MakeMapWithSize(t, n)
		v.Set(made)
		for i := 0; i < n && r.err == nil; i++ {
			k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			stringCodec.decode(r, k)
			elem.decode(r, e)
			made.SetMapIndex(k, e)
		}
	}}
}
