package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"biandan/generator/digest"
)

// reader reads the bits of a shard, as the reader's script does.
type reader struct {
	text string
	held int
	n    uint
}

func (r *reader) bit() int {
	if r.n == 0 {
		r.held = strings.IndexByte(alphabet, r.text[0])*base + strings.IndexByte(alphabet, r.text[1])
		r.text, r.n = r.text[2:], unitBits
	}
	r.n--
	return r.held >> r.n & 1
}

func (r *reader) bits(n uint) (v int) {
	for ; n > 0; n-- {
		v = v<<1 | r.bit()
	}
	return v
}

func (r *reader) gamma() int {
	n := uint(0)
	for r.bit() == 0 {
		n++
	}
	return 1<<n | r.bits(n)
}

func (r *reader) rice(k uint) int {
	q := 0
	for r.bit() == 1 {
		q++
	}
	return q<<k | r.bits(k)
}

func (r *reader) ascending(n, limit int) (list []int) {
	k, next := riceBits(n, limit), 0
	for range n {
		next += r.rice(k)
		list = append(list, next)
		next++
	}
	return list
}

// entry is what a shard says of a gram.
type entry struct{ text, title, heading []int }

// read reads all entries of a shard, by their grams within it.
func read(x *Index, shard []byte) map[Gram]entry {
	r, all, g := &reader{text: string(shard)}, map[Gram]entry{}, 0
	n := r.gamma() - 1
	k := riceBits(n, 1<<(gramBits-x.bits))
	for range n {
		g += r.rice(k)
		e := entry{text: r.ascending(r.gamma(), x.limit)}
		if r.bit() == 1 {
			e.title = r.ascending(r.gamma()-1, len(e.text))
			e.heading = r.ascending(r.gamma()-1, len(e.text))
		}
		all[Gram(g)] = e
		g++
	}
	return all
}

// lookUp finds the docs whose text holds all grams.
func lookUp(x *Index, grams []Gram) (docs []int) {
	for i, g := range grams {
		list := read(x, x.Shard(x.shardOf(g)))[Gram(uint32(g)<<x.bits>>x.bits>>(32-gramBits))].text
		if i == 0 {
			docs = list
		}
		docs = slices.DeleteFunc(slices.Clone(docs), func(d int) bool { return !slices.Contains(list, d) })
	}
	return docs
}

// tiles are the fewest grams that cover a text, as the reader's script takes them.
func tiles(text []rune) (all []Gram) {
	size := func(i int) int {
		if i+2 < len(text) && isLatin(text[i]) && isLatin(text[i+1]) && isLatin(text[i+2]) {
			return 3
		}
		return min(2, len(text)-i)
	}
	for i := 0; i < len(text); {
		n := size(i)
		if n == 1 && len(text) > 1 {
			i, n = i-1, 2
		}
		all = append(all, hash(ofText, text[i:i+n]...))
		i += n
	}
	return all
}

// docsOf makes docs of few characters, so that many hold the same.
func docsOf(r *rand.Rand, n int) (all []Texts) {
	chars := []rune("党员服务清单驿站公示的一不AB12零〇，。 é")
	text := func(n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteRune(chars[r.IntN(len(chars))])
		}
		return b.String()
	}
	for range n {
		all = append(all, Texts{Title: text(8), Headings: []string{text(5)}, Text: []string{text(60), text(10)}})
	}
	return all
}

func indexOf(docs []Texts) *Index {
	grams := make([][]Gram, len(docs))
	for i, d := range docs {
		grams[i] = Grams(d)
	}
	return New(len(docs), func() func(int) []Gram { return func(i int) []Gram { return grams[i] } })
}

// TestEverySubstringIsFound asks for random substrings: every doc that holds one is among
// those that its tiles give, whatever blanks and punctuation stand in between.
func TestEverySubstringIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	docs := docsOf(r, 700)
	x := indexOf(docs)
	for range 500 {
		d := docs[r.IntN(len(docs))]
		all := []rune([]string{d.Title, d.Headings[0], d.Text[0]}[r.IntN(3)])
		if len(all) == 0 {
			continue
		}
		from := r.IntN(len(all))
		asked := Normal(nil, string(all[from:min(len(all), from+1+r.IntN(8))]))
		if len(asked) == 0 {
			continue
		}
		found := lookUp(x, tiles(asked))
		for i, d := range docs {
			for _, text := range append([]string{d.Title, d.Headings[0]}, d.Text...) {
				if strings.Contains(string(Normal(nil, text)), string(asked)) && !slices.Contains(found, i) {
					t.Fatalf("%q is in doc %d and is not found there", string(asked), i)
				}
			}
		}
	}
}

// TestIndexHoldsWhatItWasMadeOf reads all shards: the postings are those of the docs, each
// once, with their marks.
func TestIndexHoldsWhatItWasMadeOf(t *testing.T) {
	docs := docsOf(rand.New(rand.NewPCG(3, 4)), 300)
	x := indexOf(docs)
	got, want := map[string]bool{}, map[string]bool{}
	for s := range x.Shards() {
		for g, e := range read(x, x.Shard(s)) {
			for i, d := range e.text {
				got[fmt.Sprint(s, g, d, slices.Contains(e.title, i), slices.Contains(e.heading, i))] = true
			}
		}
	}
	for d, texts := range docs {
		for _, g := range Grams(texts) {
			want[fmt.Sprint(x.shardOf(g), uint32(g)<<x.bits>>x.bits>>(32-gramBits), d, g&inTitle != 0, g&inHeading != 0)] = true
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("%d postings are read, there were %d", len(got), len(want))
	}
}

// TestRecallEqualsMaking edits docs: the identities that follow from what is remembered are
// those of an index that is made, they differ exactly where the bytes do, and an edit of
// one doc looks at no other.
func TestRecallEqualsMaking(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	docs := docsOf(r, 260)
	keys := func() (all []digest.Sum) {
		for _, d := range docs {
			all = append(all, digest.Of(d))
		}
		return all
	}
	known := map[digest.Sum][]Gram{}
	before := func(k digest.Sum) ([]Gram, bool) { g, ok := known[k]; return g, ok }
	m := &Memory{}
	x := indexOf(docs)
	for i := range x.Shards() {
		x.Key(i)
	}
	x.Remember(m, keys())
	for round := range 40 {
		for i, k := range keys() {
			known[k] = Grams(docs[i])
		}
		was := x
		if docs = slices.Clone(docs); round%5 == 4 {
			docs = append(docs, docsOf(r, 1)...) // what comes anew stands last
		} else {
			docs[r.IntN(len(docs))] = docsOf(r, 1)[0]
		}
		x = indexOf(docs)
		var read atomic.Int32
		source := x.grams
		x.grams = func() func(int) []Gram { read.Add(1); return source() }
		x.Recall(m, keys(), before)
		if x.known == nil {
			t.Fatal("nothing was recalled")
		}
		clean := indexOf(docs)
		for i := range x.Shards() {
			if x.Key(i) != clean.Key(i) {
				t.Fatalf("shard %d has another identity than when it is made", i)
			}
			if same := string(was.Shard(i)) == string(clean.Shard(i)); same != (was.Key(i) == x.Key(i)) {
				t.Fatalf("shard %d: the same bytes %v, the same identity %v", i, same, !same)
			}
		}
		if n := read.Load(); n != 1 {
			t.Errorf("the grams were read %d times", n)
		}
	}
}

// TestRecallOfTwo has two states of a site, as a preview serves them, recall at one time.
func TestRecallOfTwo(t *testing.T) {
	docs := docsOf(rand.New(rand.NewPCG(7, 8)), 40)
	keys := make([]digest.Sum, len(docs))
	for i := range docs {
		keys[i] = digest.Of(docs[i])
	}
	m, x := &Memory{}, indexOf(docs)
	for i := range x.Shards() {
		x.Key(i)
	}
	x.Remember(m, keys)
	before := func(digest.Sum) ([]Gram, bool) { return Grams(docs[0]), true }
	var both sync.WaitGroup
	for i := range 2 {
		both.Go(func() {
			changed := slices.Clone(keys)
			changed[0] = digest.Of(i)
			indexOf(docs).Recall(m, changed, before)
		})
	}
	both.Wait()
}

// TestNormal reads texts as a reader types them.
func TestNormal(t *testing.T) {
	for text, want := range map[string]string{
		"服务，清单！": "服务清单", "二〇二六": "二零二六", "ＷｉＦｉ（免费）": "wifi免费", "Café №5": "cafeno5", "①②": "12", "ﬁ": "fi", "０３５７-００": "035700", "“三会一课”": "三会一课", "𠮷野": "𠮷野",
	} {
		if got := string(Normal(nil, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestTypedWithoutChinese finds titles by pinyin and by its initials.
func TestTypedWithoutChinese(t *testing.T) {
	first, full := syllables([]rune("服务清单"))
	if string(first) != "fwqd" || string(full) != "fuwuqingdan" {
		t.Errorf("%s, %s", string(first), string(full))
	}
}
