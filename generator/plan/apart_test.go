package plan

import "testing"

// TestIDsOfSheetsAreApart has all that refers to an id follow it, and nothing else change.
func TestIDsOfSheetsAreApart(t *testing.T) {
	const (
		from = `<h2 id="甲">url(#甲) #甲 &amp; id="甲"</h2><a href="#甲">1</a><a href="../#甲">2</a><svg viewBox="0 0 1 1"><pattern id="p"/><rect fill="url(#p)"/></svg><ul aria-labelledby="甲 p"><li>3</ul>`
		want = `<h2 id="s.1.甲">url(#甲) #甲 &amp; id="甲"</h2><a href="#s.1.甲">1</a><a href="../#甲">2</a><svg viewBox="0 0 1 1"><pattern id="s.1.p"/><rect fill="url(#s.1.p)"/></svg><ul aria-labelledby="s.1.甲 s.1.p"><li>3</ul>`
	)
	if got := apart(from, "s.1."); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
