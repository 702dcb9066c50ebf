package digest

import (
	"reflect"
	"testing"
)

type inner struct {
	A string
	B []int
}

type node struct {
	Name     string
	Children []node
	Next     *node
}

type all struct {
	S   string
	I   int
	I32 int32
	U   uint8
	F   float64
	B   bool
	L   []inner
	P   *inner
	M   map[string]string
	N   node
	X   [3]int
	Out int `digest:"-"`
}

func value() all {
	return all{S: "甲", I: -5, I32: 7, U: 200, F: 94.48, B: true, L: []inner{{"a", []int{1, 2}}, {"b", nil}}, P: &inner{A: "p"},
		M: map[string]string{"z": "1", "a": "2"}, N: node{"根", []node{{Name: "叶"}}, &node{Name: "后"}}, X: [3]int{1, 2, 3}}
}

func TestRoundTrip(t *testing.T) {
	want := value()
	data := Append(nil, want)
	var got all
	rest, err := Decode(string(data)+"更多", &got)
	if err != nil || rest != "更多" || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, rest %q, %v", got, rest, err)
	}
	for n := range data {
		var cut all
		if _, err := Decode(string(data[:n]), &cut); err == nil {
			t.Fatalf("the first %d of %d bytes decode", n, len(data))
		}
	}
}

// TestEveryFieldCounts changes each part of a value and wants another identity.
func TestEveryFieldCounts(t *testing.T) {
	seen := map[Sum]string{Of(value()): "the value itself"}
	for name, change := range map[string]func(*all){
		"S": func(v *all) { v.S = "乙" }, "I": func(v *all) { v.I = 5 }, "I32": func(v *all) { v.I32++ }, "U": func(v *all) { v.U++ },
		"F": func(v *all) { v.F = 94.49 }, "B": func(v *all) { v.B = false }, "L": func(v *all) { v.L[0].B[1] = 3 }, "L2": func(v *all) { v.L = v.L[:1] },
		"P": func(v *all) { v.P.A = "q" }, "P nil": func(v *all) { v.P = nil }, "M": func(v *all) { v.M["a"] = "3" }, "N": func(v *all) { v.N.Children[0].Name = "枝" },
		"next": func(v *all) { v.N.Next = nil }, "X": func(v *all) { v.X[2] = 0 },
	} {
		v := value()
		change(&v)
		if other, ok := seen[Of(v)]; ok {
			t.Errorf("a change of %s has the identity of %s", name, other)
		}
		seen[Of(v)] = name
	}
	v := value()
	v.Out = 9
	if Of(v) != Of(value()) {
		t.Error("a field that is left out counts")
	}
}

// FuzzEncoding wants equal encodings of equal values only, that what was written is
// read back, and of bytes that nobody wrote an error or a value that is written
// as these bytes.
func FuzzEncoding(f *testing.F) {
	f.Add("a", "bc", 1, 2)
	f.Add("ab", "c", 1, 2)
	f.Fuzz(func(t *testing.T, a, b string, x, y int) {
		v := inner{a, []int{x, y}}
		w := inner{b, []int{y, x}}
		if (Of(v, w) == Of(w, v)) != reflect.DeepEqual(v, w) {
			t.Errorf("%+v and %+v", v, w)
		}
		whole := value()
		whole.S, whole.I, whole.L = a, x, []inner{v, w}
		var back all
		rest, err := Decode(string(Append(nil, whole))+b, &back)
		if err != nil || rest != b || Of(back) != Of(whole) {
			t.Errorf("%+v is read back as %+v, %q, %v", whole, back, rest, err)
		}
		var out all
		if rest, err := Decode(a+b, &out); err == nil {
			if again := string(Append(nil, out)) + rest; again != a+b {
				var same all
				if _, err := Decode(again, &same); err != nil || Of(same) != Of(out) {
					t.Errorf("%q decodes as %+v, which is written as %q", a+b, out, again)
				}
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	v := value()
	b.ReportAllocs()
	for b.Loop() {
		Of(v)
	}
}
