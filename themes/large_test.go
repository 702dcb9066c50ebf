package themes_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// press sends keys to the page.
func press(t *testing.T, ctx context.Context, keys string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		t.Fatal(err)
	}
}

// letters is the size of the letters of a page.
const letters = `getComputedStyle(document.querySelector(".page")).fontSize`

// TestLargeTypeByKeyboard turns large type on and off with the keys of a keyboard,
// on a page without JavaScript.
func TestLargeTypeByKeyboard(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, buildDemonstration(t), "news/index.html", 1440, false)
	evaluate[bool](t, ctx, `document.querySelector("#size button").focus(); true`)
	for _, step := range []struct{ keys, want string }{{"\t", "18px"}, {" ", "24px"}, {"\r", "24px"}} {
		press(t, ctx, step.keys)
		if got := evaluate[string](t, ctx, letters); got != step.want {
			t.Errorf("%q: letters of %s, want %s", step.keys, got, step.want)
		}
	}
	evaluate[bool](t, ctx, `document.querySelector("#size button").focus(); true`)
	press(t, ctx, "\r")
	if got := evaluate[string](t, ctx, letters); got != "18px" {
		t.Errorf("letters of %s after the usual size was chosen", got)
	}
}

// TestLargeTypeIsRemembered chooses large type on a page and opens another.
func TestLargeTypeIsRemembered(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, step := range []struct{ click, want string }{{"#size-big", "24px"}, {"#size button", "18px"}} {
		open(t, ctx, dest, "news/index.html", 1440, true)
		evaluate[bool](t, ctx, `document.querySelector("`+step.click+`").click(); true`)
		open(t, ctx, dest, "stations/index.html", 1440, true)
		if got := evaluate[string](t, ctx, letters); got != step.want {
			t.Errorf("after %s: letters of %s, want %s", step.click, got, step.want)
		}
	}
}

// narrowColumns returns the columns that have not the whole width of the page.
const narrowColumns = `[...document.querySelectorAll(".cols > *")].filter(e => e.clientWidth < .95 * e.parentElement.clientWidth)
  .map(e => e.className + " " + e.clientWidth + " px").join("\n")`

// TestLargeTypeHasOneColumn looks for columns that stand beside others in large type,
// where there is no room for two.
func TestLargeTypeHasOneColumn(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, p := range fullestPages(t, dest) {
		open(t, ctx, dest, p, 1440, true)
		if !evaluate[bool](t, ctx, `!!document.querySelector("#size-big") && (document.querySelector("#size-big").click(), !!document.querySelector(".cols"))`) {
			continue
		}
		if narrow := evaluate[string](t, ctx, narrowColumns); narrow != "" {
			t.Errorf("%s:\n%s", p, narrow)
		}
	}
}

// smallInLargeType returns the links and buttons outside running text that are lower than
// 60 pixels, and words in smaller letters than 24.
const smallInLargeType = `[...document.querySelectorAll("main a[href], main button, main summary, header a[href], header button, header label")].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width > 1 && r.height > 1 && r.height < 59.5 && !e.closest(".skip, .prose, sup") && !(e.closest("p, dd, td, th, li") && getComputedStyle(e).display === "inline");
}).slice(0, 5).map(e => e.tagName + "." + e.className + " " + Math.round(e.getBoundingClientRect().height) + "px " + e.textContent.trim().slice(0, 20)).concat(
[...document.querySelectorAll(".page *")].filter(e => e.offsetParent && parseFloat(getComputedStyle(e).fontSize) < 23.5 && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest("sup, svg, .sr, pre, code"))
.slice(0, 3).map(e => e.tagName + "." + e.className + " " + getComputedStyle(e).fontSize + " " + e.textContent.trim().slice(0, 20))).join("\n")`

// TestLargeTypeIsLarge wants letters of 24 and targets of 60 pixels in large type, on the
// pages that residents come for.
func TestLargeTypeIsLarge(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, p := range []string{"index.html", "find/index.html", "services/index.html", "services/laoren/index.html", "services/fw-12/index.html", "stations/index.html", "stations/yz-01/index.html",
		"notices/index.html", "notices/fazhan-duixiang-2026-11/index.html", "months/index.html", "months/2026-11/index.html", "branches/index.html", "branches/xq-01/index.html", "exchange/index.html", "programme/index.html"} {
		open(t, ctx, dest, p, 360, true)
		evaluate[bool](t, ctx, `document.querySelector("#size-big").click(); true`)
		if small := evaluate[string](t, ctx, smallInLargeType); small != "" {
			t.Errorf("%s:\n%s", p, small)
		}
		if wrong := evaluate[string](t, ctx, lookAt); wrong != "" {
			t.Errorf("%s: %s", p, wrong)
		}
	}
}

// TestPastActivitiesTellTheirResult looks at a month that is over: of an activity its
// time, its place and what came of it are shown.
func TestPastActivitiesTellTheirResult(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, buildDemonstration(t), "months/2026-10/index.html", 360, true)
	if n := evaluate[int](t, ctx, `[...document.querySelectorAll(".act.is-past .act-result")].filter(e => e.clientHeight > 0).length`); n == 0 {
		t.Error("no result is shown")
	}
	if more := evaluate[string](t, ctx, `[...document.querySelectorAll(".act.is-past .act-facts > div:nth-child(n+3):not(.act-result)")].filter(e => e.clientHeight > 0).map(e => e.textContent).join()`); more != "" {
		t.Errorf("also shown: %s", more)
	}
}
