package plan

import (
	"fmt"
	"testing"

	"biandan/generator/view"
)

// TestLongTablesFold wants all rows of a long table, each once, and its total where it is seen.
func TestLongTablesFold(t *testing.T) {
	for _, sums := range []bool{false, true} {
		for n := range 3 * mostUnfolded {
			g := &view.Grid{Sums: sums}
			for i := range n {
				g.Rows = append(g.Rows, view.Row{Cells: []string{fmt.Sprint(i)}})
			}
			g = Folded(g)
			rows := g.Rows
			if g.More != nil {
				if sums && rows[len(rows)-1].Cells[0] != fmt.Sprint(n-1) {
					t.Errorf("of %d sums the total is folded up", n)
				}
				rows = append(append(rows[:shownFirst:shownFirst], g.More.Rows...), rows[shownFirst:]...)
			}
			if (g.More != nil) != (n > mostUnfolded) || len(rows) != n {
				t.Errorf("of %d rows there are %d", n, len(rows))
			}
			for i, r := range rows {
				if r.Cells[0] != fmt.Sprint(i) {
					t.Fatalf("of %d rows, %s stands at %d", n, r.Cells[0], i)
				}
			}
		}
	}
}

// TestLongRegistersFold folds up many groups as a whole, and of few what is behind the first records.
func TestLongRegistersFold(t *testing.T) {
	group := func(n int) view.RegisterGroup { return view.RegisterGroup{Items: make([]view.RegisterItem, n)} }
	many := &view.Register{Groups: []view.RegisterGroup{group(2), group(3), group(40)}}
	foldedRegister(many, 45)
	few := &view.Register{Groups: []view.RegisterGroup{group(mostUnfolded), group(mostUnfolded + 1)}}
	foldedRegister(few, 2*mostUnfolded+1)
	if !many.Folded || many.Groups[2].More != nil || few.Folded || few.Groups[0].More != nil || len(few.Groups[1].Items) != shownFirst || len(few.Groups[1].More) != mostUnfolded+1-shownFirst {
		t.Errorf("%+v, %+v", many, few)
	}
}
