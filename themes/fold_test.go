package themes_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

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

// TestNothingMovesWhenTheScriptComes hides again what the script has shown: all that a page
// shows on its first screens stands where it stood.
func TestNothingMovesWhenTheScriptComes(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(http.FileServerFS(os.DirFS(buildDemonstration(t)))) // a position is only told to a server's page
	defer srv.Close()
	for _, p := range []string{"", "services/", "exchange/", "find/", "notices/fazhan-duixiang-2026-11/"} {
		visit(t, ctx, srv.URL+"/"+p, 360, true)
		moved := evaluate[string](t, ctx, `(() => {
  const all = [...document.querySelectorAll("header *, main *")].filter(e => !e.closest("[hidden]")), tops = () => all.map(e => e.getBoundingClientRect()).map(r => r.left + " " + r.top);
  const shown = document.querySelectorAll("[data-filter], [data-near], [data-read], [data-contrast]"), after = tops();
  if (!shown.length) return "the script shows nothing";
  shown.forEach(e => e.hidden = true);
  const before = tops(), i = after.findIndex((at, i) => at !== before[i]);
  return i < 0 ? "" : all[i].tagName + "." + all[i].className + " from " + before[i] + " to " + after[i];
})()`)
		if moved != "" {
			t.Errorf("/%s: %s", p, moved)
		}
	}
}
