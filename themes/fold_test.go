package themes_test

import "testing"

// TestFoldedListsUnfold looks for what is folded up in a long list: by an address that names
// it, by the filter, and on a screen that has room for it.
func TestFoldedListsUnfold(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	open(t, ctx, dest, "exchange/index.html", 360, true)
	if named := evaluateAsync[string](t, ctx, `new Promise(done => {
  const hit = document.querySelector("main details:not([open]) [id^='r.']");
  addEventListener("hashchange", () => setTimeout(() => {
    const r = hit.getBoundingClientRect();
    done(hit.closest("details").open && r.height > 0 && r.top >= 0 && r.top < innerHeight ? "" : hit.id + " is folded, or out of sight: " + [hit.closest("details").open, r.top, r.height, innerHeight]);
  }, 1000)); // it scrolls smoothly
  location.hash = encodeURIComponent(hit.id);
})`); named != "" {
		t.Error(named)
	}
	open(t, ctx, dest, "services/index.html", 360, true)
	const unfolded = `document.querySelectorAll("main [data-list] details[open]").length`
	typed := func(text string) int {
		return evaluate[int](t, ctx, `(input => {
  input.value = "`+text+`";
  input.dispatchEvent(new Event("input"));
  return `+unfolded+`;
})(document.querySelector("[data-filter] input"))`)
	}
	first, found, again := evaluate[int](t, ctx, unfolded), typed("助餐"), typed("")
	if first != 0 || found == 0 || again != 0 {
		t.Errorf("of the services %d groups are unfolded, %d with a word in the filter, %d without it again", first, found, again)
	}
	open(t, ctx, dest, "services/index.html", 1440, true)
	if folded := evaluate[int](t, ctx, `document.querySelectorAll("main details[data-wide]:not([open])").length`); folded > 0 {
		t.Errorf("%d groups are folded up on a wide screen", folded)
	}
}
