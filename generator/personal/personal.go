// Package personal finds personal data in texts that are to be published: identity
// numbers, mobile numbers, bank cards, addresses to the door, birth dates, names of
// people who are ill, poor or helped.
//
// What people write is normalised first: full-width and Chinese digits count as
// digits, invisible characters as nothing, and groups of digits with single blanks,
// dots or strokes between them as one number. Then runs of digits are cut out by
// hand, as a number is one only where it ends at both sides, and classified:
// GB 11643 for identity numbers, Luhn for cards. Look-alikes pass: landlines,
// document numbers, amounts, credit codes of organisations, dates.
//
// What is found here was written by somebody about somebody; whether it may be
// published nobody but a person can say.
package personal

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind is a kind of personal data.
type Kind int

// The kinds.
const (
	Identity     Kind = iota // 身份证号, with its check digit
	NearIdentity             // eighteen digits like one, with another check digit
	Mobile                   // 手机号
	Card                     // 银行卡号
	Door                     // 住址 to the door: building and room
	Birth                    // 出生日期 to the day
	Hardship                 // a name beside illness, poverty or help
)

// Found is something personal in a text.
type Found struct {
	Kind       Kind
	Start, End int // bytes of the text
}

// Find returns the personal data in a text, in order.
func Find(text string) []Found {
	may := mayHold(text)
	if may == (suspicion{}) {
		return nil
	}
	var all []Found
	if may.numbers || may.doors || may.births {
		all = normalise(text).find(may)
	}
	if may.hardships {
		all = append(all, hardships(text)...)
	}
	slices.SortFunc(all, func(a, b Found) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	last := 0
	return slices.DeleteFunc(all, func(f Found) bool { // what is a part of another
		if f.Start < last {
			return true
		}
		last = f.End
		return false
	})
}

// find returns what stands in a text, at its places in the text as it was written.
func (n *normal) find(may suspicion) []Found {
	var found []Found
	if may.numbers {
		found = n.numbers()
	}
	if may.doors {
		found = append(found, n.doors()...)
	}
	if may.births {
		found = append(found, n.births()...)
	}
	all := make([]Found, len(found))
	for i, f := range found {
		all[i] = Found{f.Kind, int(n.at[f.Start]), int(n.at[f.End-1]) + int(n.size[f.End-1])}
	}
	return all
}

// suspicion is what a text may hold.
type suspicion struct{ numbers, doors, births, hardships bool }

// telling are the Han characters that [mayHold] looks at: nearly all it passes by.
var telling = func() (all [lastHan - firstHan + 1]bool) {
	for r := range all {
		all[r] = chineseDigit(rune(r+firstHan)) != 0
	}
	for _, r := range "楼院栋幢座生聋癌瘫" {
		all[r-firstHan] = true
	}
	for pair := range pairs {
		all[pair[1]-firstHan] = true
	}
	return all
}()

const firstHan, lastHan = 0x4E00, 0x9FFF

// mayHold says by its digits and by a few characters what a text may hold; most
// hold nothing, and need no second look.
func mayHold(text string) (may suspicion) {
	const ofMobile, ofDoor, ofBirth = 11, 3, 6
	digits, house, life := 0, false, false
	before := rune(0)
	run, gap := 0, false // digits that may be one number, with what may stand between two
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		last := before
		before = r
		if r >= firstHan && r <= lastHan && !telling[r-firstHan] {
			run = 0
			continue
		}
		switch {
		case isDigit(r):
			digits++
			run, gap = run+1, false
			may.numbers = may.numbers || run >= ofMobile
			continue
		case countsHouses(last, r):
			house = true
		case r == '生':
			life = true
		case mayTellOfHardship(last, r):
			may.hardships = true
		case run > 0 && invisible(r):
			continue
		}
		if run > 0 && !gap && (r < utf8.RuneSelf || isSeparator(r)) {
			gap = true
		} else {
			run = 0
		}
	}
	may.doors, may.births = house && digits >= ofDoor, life && digits >= ofBirth
	return may
}

// Mask shows a number so that one finds it again, and nobody learns it: its first
// three characters and its last two.
func Mask(text string) string {
	r := []rune(text)
	if len(r) < 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-5) + string(r[len(r)-2:])
}

// MaskName shows of a name its surname; the head of a column of names is none.
func MaskName(text string) string {
	r := []rune(text)
	switch {
	case isHeadOfNames(text):
		return text + "一栏"
	case len(r) > 1 && (r[0] == '老' || r[0] == '小'):
		return text
	}
	return string(r[:min(1, len(r))]) + strings.Repeat("*", max(0, len(r)-1))
}

// Same reports whether two texts are the same number, address or date, whatever
// their digits and their separators.
func Same(a, b string) bool { return plain(a) == plain(b) }

func plain(text string) string {
	var b strings.Builder
	for _, r := range normalise(text).text {
		if digit(r) || r > 0x7f || r == 'X' || r == 'x' {
			b.WriteRune(r)
		}
	}
	return strings.ToUpper(b.String())
}
