package poster

import "testing"

// TestOntoOnePaper: whatever hangs on a wall, each page has the size of the paper
// that the printer has, and nothing of a sheet is outside of its windows.
func TestOntoOnePaper(t *testing.T) {
	a4, _ := ParsePaper("a4")
	for _, c := range []struct {
		width, height float64
		pages         int
		scale         float64
	}{
		{210, 297, 1, 1}, {297, 210, 1, 1}, // as it is
		{148, 210, 1, 1}, {100, 200, 1, 1}, // in the middle
		{200, 300, 1, 281.0 / 300},         // a plate
		{297, 420, 5, 1}, {420, 594, 9, 1}, // spread, with the plan of how to put it together
		{600, 900, 16, 1},
	} {
		list := Form{Paper: a4}.leaves(Sheet{Width: c.width, Height: c.height})
		if len(list) != c.pages || list[len(list)-1].Scale != c.scale {
			t.Errorf("%v × %v: %d pages at %v", c.width, c.height, len(list), list[len(list)-1].Scale)
		}
		for _, l := range list {
			if min(l.Width, l.Height) != 210 || max(l.Width, l.Height) != 297 || l.Window[0] < 0 || l.Window[0]+l.Window[2] > l.Width || l.Window[1]+l.Window[3] > l.Height {
				t.Errorf("%v × %v: %v", c.width, c.height, l)
			}
		}
	}
}
