package personal

import "regexp"

var (
	door = regexp.MustCompile(`\d{1,4} ?(?:号楼|号院|栋|幢|座|#楼) ?(?:\d{1,2} ?单元|[甲乙丙丁] ?单元)? ?\d{1,4} ?(?:室|号|户)`)
	// A room of a unit without the word for it: 3单元502.
	flat  = regexp.MustCompile(`\d{1,4} ?(?:号楼|栋|幢|座|#楼) ?\d{1,2} ?单元 ?(?:\d{1,2} ?层)? ?\d{3,4}`)
	birth = regexp.MustCompile(`((?:出生(?:日期|年月日|年月)?|生日|生于)[:： ]{0,2}(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?|(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?出?生)(?:$|[^\p{Han}]|[的人于])`)
)

// doors finds addresses down to a room, which are those of homes.
func (n *normal) doors() []Found {
	return append(n.matches(door, Door), n.matches(flat, Door)...)
}

// births finds dates of birth down to the day.
func (n *normal) births() []Found { return n.matches(birth, Birth) }

// matches are the places of a pattern.
func (n *normal) matches(pattern *regexp.Regexp, kind Kind) (all []Found) {
	text := string(n.text)
	// Places of characters by their byte.
	at := make([]int, len(text)+1)
	i := 0
	for b := range text {
		at[b] = i
		i++
	}
	at[len(text)] = i
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		end := m[1]
		if len(m) > 2 { // the first group is what counts
			end = m[3]
		}
		all = append(all, Found{kind, at[m[0]], at[end]})
	}
	return all
}
