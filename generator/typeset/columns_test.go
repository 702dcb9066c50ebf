package typeset

import (
	"strings"
	"testing"
)

// TestWordsKeepTheirColumns: where a table asks for more than there is, its long texts
// are broken and its short words are not; a word that is endless takes no room from
// others.
func TestWordsKeepTheirColumns(t *testing.T) {
	long := strings.Repeat("书画与合唱", 8)
	lesson := strings.Repeat("<td><p>"+long+"</p><p>24 人</p></td>", 7)
	for _, c := range []struct {
		name, html string
		width      float64 // of the sheet, in em of the table
	}{
		{"a timetable of seven days", "<table><tbody><tr><th><p>08:00—</p><p>09:00</p></th>" + lesson + "</tr></tbody></table>", 45},
		{"an address", "<table><tbody><tr><th>带什么来</th><td>" + strings.Repeat("abcdefghij", 40) + "</td></tr></tbody></table>", 30},
	} {
		for _, g := range ParseFlow(c.html).frames {
			if g.table == nil {
				continue
			}
			if share, word := g.table.widths[0]*c.width, g.table.words[0]+cellPadding; share < word {
				t.Errorf("%s: the first column has %.1f of %.1f em", c.name, share, word)
			}
		}
	}
}
