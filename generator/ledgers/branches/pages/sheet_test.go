package pages

import (
	"fmt"
	"slices"
	"testing"

	"biandan/generator/view"
)

// TestDividedCellsLoseNothing: however many groups and households a branch has, each
// stands in one cell, in order, and no cell has more than it holds.
func TestDividedCellsLoseNothing(t *testing.T) {
	for groups := range 40 {
		for _, households := range []int{0, 1, mostBelow - 1, mostBelow, 3 * mostBelow} {
			var want []string
			branch := Node{Link: view.Link{Text: "支部"}, Leader: "书记"}
			for g := range groups {
				group := Node{Link: view.Link{Text: fmt.Sprint("组", g)}}
				want = append(want, group.Text)
				for h := range households {
					name := fmt.Sprint("户", g, "-", h)
					group.Children = append(group.Children, Node{Link: view.Link{Text: name}})
					want = append(want, name)
				}
				branch.Children = append(branch.Children, group)
			}
			var got []string
			leaders := 0
			for _, cell := range divided([]Node{branch}) {
				if cell.Leader != "" {
					leaders++
				}
				names := 0
				for _, g := range cell.Children {
					if names++; !slices.Contains(got, g.Text) && len(got) < len(want) && want[len(got)] == g.Text {
						got = append(got, g.Text)
					}
					for _, h := range g.Children {
						got = append(got, h.Text)
						names++
					}
				}
				if names > mostBelow {
					t.Errorf("%d groups of %d: a cell of %d names", groups, households, names)
				}
			}
			if !slices.Equal(got, want) || leaders != 1 {
				t.Errorf("%d groups of %d: %d leaders, %d of %d names", groups, households, leaders, len(got), len(want))
			}
		}
	}
}
