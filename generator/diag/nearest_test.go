package diag

import "testing"

// TestNearestIsNear wants a name where somebody has made a slip, and none where
// another word was meant: a wrong hint is worse than none.
func TestNearestIsNear(t *testing.T) {
	for _, c := range []struct{ word, candidate, want string }{
		{"titel", "title", "title"},
		{"dongjei", "dongjie", "dongjie"},
		{"dongjie-1", "dongjie-01", "dongjie-01"},
		{"公示公示", "公示公告", "公示公告"},
		{"公示兰", "公示栏", "公示栏"},
		{"dat", "date", "date"},
		// Of these none is meant.
		{"公示", "公告", ""},
		{"绿", "红", ""},
		{"企业", "农村", ""},
		{"on", "no", ""},
		{"id", "no", ""},
		{"dongjie-02", "dongjie-01", ""},
		{"2026-11", "2026-12", ""},
		{"E1609", "E1601", ""},
		{"minzheng", "caizheng", ""},
		{"notes", "stars", ""},
	} {
		if got := Nearest(c.word, []string{c.candidate}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.word, got, c.want)
		}
	}
}
