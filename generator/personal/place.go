package personal

import (
	"regexp"
	"unicode/utf8"
)

var (
	door = regexp.MustCompile(`\d{1,4} ?(?:号楼|号院|栋|幢|座|#楼) ?(?:\d{1,2} ?单元|[甲乙丙丁] ?单元)? ?\d{1,4} ?(?:室|号|户)`)
	// A room of a unit without the word for it: 3单元502.
	flat  = regexp.MustCompile(`\d{1,4} ?(?:号楼|栋|幢|座|#楼) ?\d{1,2} ?单元 ?(?:\d{1,2} ?层)? ?\d{3,4}`)
	birth = regexp.MustCompile(`((?:出生(?:日期|年月日|年月)?|生日|生于)[:： ]{0,2}(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?|(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?出?生)(?:$|[^\p{Han}]|[的人于])`)
)

// countsHouses reports whether a character may end the number of a house: not the 楼
// of 一楼, nor the 座 of 座位, which nearly every text has.
func countsHouses(before, r rune) bool {
	switch r {
	case '楼', '院': // 3号楼, 3#楼
		return before == '号' || before == '#' || hides(before)
	case '栋', '幢', '座':
		return before == ' ' || isDigit(before) || hides(before)
	}
	return false
}

// hides reports whether a character, as it was written, may stand for another, or for none.
func hides(r rune) bool {
	return r < ' ' || r > '~' && r <= 0x3000 || r >= 0x3040 && r < 0x4E00 || r > 0x9FFF && r != '，'
}

// doors finds addresses down to a room, which are those of homes.
func (n *normal) doors() []Found {
	return append(n.matches(door, Door), n.matches(flat, Door)...)
}

// births finds dates of birth down to the day.
func (n *normal) births() []Found { return n.matches(birth, Birth) }

// matches are the places of a pattern.
func (n *normal) matches(pattern *regexp.Regexp, kind Kind) (all []Found) {
	text := string(n.text)
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		end := m[1]
		if len(m) > 2 { // the first group is what counts
			end = m[3]
		}
		from := utf8.RuneCountInString(text[:m[0]])
		all = append(all, Found{kind, from, from + utf8.RuneCountInString(text[m[0]:end])})
	}
	return all
}
