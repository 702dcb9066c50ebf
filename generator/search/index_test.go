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

// read reads the docs of each gram of a shard.
func read(t *testing.T, x *Index, shard []byte) map[Gram][]posting {
	list, ok := x.read(shard)
	if !ok {
		t.Fatalf("%.40q is no shard", shard)
	}
	all := map[Gram][]posting{}
	for _, p := range list {
		g := Gram(p.gram() >> (32 - gramBits))
		all[g] = append(all[g], p)
	}
	return all
}

// lookUp finds the docs whose text holds all grams.
func lookUp(t *testing.T, x *Index, grams []Gram) (docs []int) {
	for i, g := range grams {
		var list []int
		for _, p := range read(t, x, x.Shard(x.shardOf(g)))[Gram(uint32(g)<<x.bits>>x.bits>>(32-gramBits))] {
			list = append(list, int(p.doc()))
		}
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
		found := lookUp(t, x, tiles(asked))
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
		for g, list := range read(t, x, x.Shard(s)) {
			for _, p := range list {
				got[fmt.Sprint(s, g, p.doc(), p&posting(inTitle) != 0, p&posting(inHeading) != 0)] = true
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
	var few [3]int
	for round := range 40 {
		for i, k := range keys() {
			known[k] = Grams(docs[i])
		}
		was := x
		docs = slices.Clone(docs)
		switch at := r.IntN(len(docs)); round % 5 {
		case 4: // what comes anew stands last
			docs = append(docs, docsOf(r, 1)...)
		case 3:
			docs[at] = docsOf(r, 1)[0]
		default:
			docs[at].Text = append(slices.Clone(docs[at].Text), docsOf(r, 1)[0].Title)
		}
		x = indexOf(docs)
		var read atomic.Int32
		source := x.grams
		x.grams = func() func(int) []Gram { read.Add(1); return source() }
		written := func(shard int) ([]byte, bool) { // as it was, as somebody changed it, not any more
			data := slices.Clone(was.Shard(shard))
			if round%3 == 1 && len(data) > 0 {
				data[r.IntN(len(data))] = byte(r.IntN(256))
			}
			return data, round%3 < 2
		}
		x.Recall(m, keys(), before, written)
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
		if len(x.changed) > 0 {
			few[round%3]++
		}
		for _, i := range x.changed {
			if string(x.Shard(i)) != string(clean.Shard(i)) {
				t.Fatalf("round %d: shard %d is not as it would be made", round, i)
			}
		}
		if n := read.Load(); n != 1 && round%3 == 0 {
			t.Errorf("the grams of docs that did not change were read %d times", n-1)
		}
	}
	if few[0] == 0 || few[1] == 0 || few[2] == 0 {
		t.Errorf("no round changed few shards: %v", few)
	}
}

// TestReadOfAnything reads what is no shard, and shards that somebody changed.
func TestReadOfAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	x := indexOf(docsOf(r, 60))
	for range 3000 {
		shard := slices.Clone(x.Shard(r.IntN(x.Shards())))
		for range 1 + r.IntN(4) {
			switch at := r.IntN(len(shard) + 1); {
			case at == len(shard) || r.IntN(4) == 0:
				shard = shard[:at]
			default:
				shard[at] = byte(r.IntN(256))
			}
		}
		list, ok := x.read(shard)
		if ok && slices.ContainsFunc(list, func(p posting) bool { return int(p.doc()) >= x.limit }) {
			t.Fatalf("%q has docs that cannot be", shard)
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
			indexOf(docs).Recall(m, changed, before, nil)
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
