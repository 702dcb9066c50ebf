package search

import "sync"

// Gram is the hash of a few characters in a field; the last bits of one of a doc say where
// else in the doc they stand.
type Gram uint32

// gramBits is how many bits of a hash are kept: what does not exist is rarely taken for
// something that does, and a shard is small.
const gramBits = 26

// field says what a gram is of.
type field uint32

// The fields.
const (
	ofText     field = 1
	ofWhole    field = 2 // all of a title, or of its syllables or their initials
	ofInitials field = 3 // of the syllables of a title: fwqd
	ofPinyin   field = 4 // of a title: fuwuqingdan
)

// hash is that of characters in a field. The reader's script computes the same.
func hash(f field, chars ...rune) Gram {
	h := begin(f)
	for _, r := range chars {
		h = step(h, r)
	}
	return finish(h)
}

func begin(f field) uint32 { return uint32(f) * 0x9E3779B1 }

func step(h uint32, r rune) uint32 {
	h = (h ^ uint32(r)) * 0x9E3779B1
	return h ^ h>>15
}

func finish(h uint32) Gram {
	h *= 0x85EBCA77
	h ^= h >> 13
	h *= 0xC2B2AE3D
	h ^= h >> 16
	return Gram(h &^ (1<<(32-gramBits) - 1))
}

// isLatin reports whether a character is a Latin letter or a digit: these have few pairs,
// so that threes are kept of them as well.
func isLatin(r rune) bool { return r < 0x80 }

// Texts are what a doc is found by.
type Texts struct {
	Title    string
	Headings []string
	Text     []string // all the rest
	Words    []string // by which it is known beside its title; they count as such
}

// Grams returns the grams of a doc, each once, with their marks.
func Grams(t Texts) []Gram {
	s := sets.Get().(*set)
	defer sets.Put(s)
	s.begin()
	s.addTitle(t.Title)
	for _, word := range t.Words {
		s.addTitle(word)
	}
	for _, h := range t.Headings {
		s.add(h, inHeading)
	}
	for _, text := range t.Text {
		s.add(text, 0)
	}
	return append([]Gram(nil), s.grams...)
}

// set gathers grams, each once: a table by hash, whose slots are those of the doc that
// wrote the present turn into them.
type set struct {
	grams []Gram
	slots []slot
	turn  uint32
	chars []rune
}

type slot struct {
	turn uint32
	gram Gram   // without marks
	at   uint32 // in grams
}

const setBits = 12 // of the number of slots, at first

var sets = sync.Pool{New: func() any { return &set{slots: make([]slot, 1<<setBits)} }}

func (s *set) begin() {
	s.grams = s.grams[:0]
	if s.turn++; s.turn == 0 {
		clear(s.slots)
		s.turn = 1
	}
}

// put adds a gram, or its marks to those that it has.
func (s *set) put(g, marks Gram) {
	mask := uint32(len(s.slots) - 1)
	for i := uint32(g) >> (32 - gramBits) & mask; ; i = (i + 1) & mask {
		switch e := &s.slots[i]; {
		case e.turn != s.turn:
			*e = slot{s.turn, g, uint32(len(s.grams))}
			if s.grams = append(s.grams, g|marks); 2*len(s.grams) > len(s.slots) {
				s.grow()
			}
			return
		case e.gram == g:
			if marks != 0 {
				s.grams[e.at] |= marks
			}
			return
		}
	}
}

func (s *set) grow() {
	all := append([]Gram(nil), s.grams...)
	s.slots, s.turn, s.grams = make([]slot, 2*len(s.slots)), 1, s.grams[:0]
	for _, g := range all {
		s.put(g&^markBits, g&markBits)
	}
}

// add adds the grams of a text: its characters, their pairs, threes of Latin ones.
func (s *set) add(text string, marks Gram) {
	s.chars = Normal(s.chars[:0], text)
	s.addChars(s.chars, marks)
}

func (s *set) addChars(chars []rune, marks Gram) {
	start := begin(ofText)
	for i, r := range chars {
		one := step(start, r)
		s.put(finish(one), marks)
		if i+1 == len(chars) {
			break
		}
		next := chars[i+1]
		two := step(one, next)
		s.put(finish(two), marks)
		if i+2 < len(chars) && isLatin(r) && isLatin(next) && isLatin(chars[i+2]) {
			s.put(finish(step(two, chars[i+2])), marks)
		}
	}
}

// addTitle adds the grams of a title, and those of how it is typed without Chinese.
func (s *set) addTitle(title string) {
	s.chars = Normal(s.chars[:0], title)
	if len(s.chars) == 0 {
		return
	}
	s.addChars(s.chars, inTitle)
	s.put(hash(ofWhole, s.chars...), inTitle)
	first, full := syllables(s.chars)
	s.addTyped(ofInitials, first, 2)
	s.addTyped(ofPinyin, full, 3)
}

// addTyped adds the grams of what is typed for a title: of the least length, and threes.
func (s *set) addTyped(f field, typed []rune, least int) {
	if len(typed) == 0 {
		return
	}
	s.put(hash(ofWhole, typed...), inTitle)
	for n := least; n <= 3; n++ {
		for i := range len(typed) - n + 1 {
			s.put(hash(f, typed[i:i+n]...), inTitle)
		}
	}
}
