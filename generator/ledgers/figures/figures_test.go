package figures

import "testing"

// TestClaimsHold: 余 and 多 keep to their round number, 以上 has no upper bound.
func TestClaimsHold(t *testing.T) {
	for _, c := range []struct {
		n        float64
		approx   Approx
		computed float64
		want     bool
	}{
		{2400, Over, 2400, true}, {2400, Over, 2499, true}, {2400, Over, 2500, false}, {2400, Over, 2399, false},
		{50, Over, 59, true}, {50, Over, 60, false}, {50, More, 55, true}, {1500, Over, 1599, true}, {1500, Over, 1600, false},
		{300, Over, 399, true}, {300, Over, 400, false}, {63, "", 63, true}, {63, "", 64, false}, {94.48, "", 94.4828, true}, {94.48, "", 94.49, false},
		{10, AtLeast, 900, true}, {10, AtLeast, 9, false}, {0, Over, 0, true}, {0, Over, 1, false}, {63, Over, 63, true}, {63, Over, 64, false},
	} {
		if got := (&Claim{N: c.n, Approx: c.approx}).Holds(c.computed); got != c.want {
			t.Errorf("%v%s of %v: %v", c.n, c.approx, c.computed, got)
		}
	}
}
