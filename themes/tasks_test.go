package themes_test

import (
	"fmt"
	"strings"
	"testing"
)

// tapped finds what has a text on it and is seen: a fold, which it opens, or a link, whose
// address it returns.
const tapped = `(text => {
  const e = [...document.querySelectorAll("main a[href], main summary, header a[href]")].find(e => e.offsetParent && e.innerText.includes(text));
  if (!e) return "";
  if (e.tagName === "SUMMARY") { e.parentElement.open = true; return "#"; }
  return e.href;
})(%q)`

// TestTasksWithoutJavaScript does what residents come for, from the home page on, on a
// phone without JavaScript: so many taps lead to what they look for.
func TestTasksWithoutJavaScript(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, task := range []struct {
		name, taps, found string // what was tapped, and where what they look for is seen
	}{
		{"the phone of the nearest station", "我的支部 → 和苑小区", `a[href="tel:0357-0003001"]`},
		{"its hours today", "我的支部 → 和苑小区", `[open] .opening.is-open`},
		{"my branch", "我的支部 → 和苑小区", `[open] a[href$="branches/xq-01/index.html"]`},
		{"what the allowance for the old asks for", "家里有老人 → 高龄津贴申请", `.boxes li`},
		{"a child was born", "家里有孩子", `[id="j.xin-sheng-er"] .steps a`},
		{"to whom to object", "关于 2026 年第四批发展对象的公示", `.accept a[href="tel:0357-0000011"]`},
		{"what is on this week", "本月全部安排", `.act:not(.is-past)`},
		{"an order", "点单", `main a[href*="slip"]`},
		{"to print a notice", "关于 2026 年第四批发展对象的公示 → 打印张贴", `.sheet`},
	} {
		open(t, ctx, dest, "index.html", 360, false)
		for _, text := range strings.Split(task.taps, " → ") {
			switch to := evaluate[string](t, ctx, fmt.Sprintf(tapped, text)); to {
			case "":
				t.Errorf("%s: nothing to tap says %s", task.name, text)
			case "#":
			default:
				visit(t, ctx, to, 360, false)
			}
		}
		if !evaluate[bool](t, ctx, "[...document.querySelectorAll(`"+task.found+"`)].some(e => e.getClientRects().length > 0)") {
			t.Errorf("%s: %s is not there after %s", task.name, task.found, task.taps)
		}
	}
}

// TestPhonesStandOnTheFirstScreen wants whom to call within the first look at a phone.
func TestPhonesStandOnTheFirstScreen(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for p, first := range map[string]int{"stations/yz-01/index.html": 640, "services/fw-12/index.html": 640, "notices/fazhan-duixiang-2026-11/index.html": 800} {
		open(t, ctx, dest, p, 360, false)
		if below := evaluate[int](t, ctx, `Math.round(document.querySelector("main a[href^='tel:']").getBoundingClientRect().bottom)`); below > first {
			t.Errorf("%s: the phone stands %d px down, not within %d", p, below, first)
		}
	}
}

// TestNearestStation asks for the nearest stations where the phone says a position, and
// where it refuses.
func TestNearestStation(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, c := range []struct{ answer, want string }{
		{"ok({coords: {latitude: 35.9700, longitude: 111.8592}})", "米"},
		{"no({code: 1})", "请按小区名找"},
	} {
		undo := before(t, ctx, "navigator.geolocation.getCurrentPosition = (ok, no) => "+c.answer)
		open(t, ctx, dest, "find/index.html", 360, true)
		got := evaluate[string](t, ctx, `document.querySelector("[data-near] button").click(), document.querySelector("[data-near]").innerText`)
		if !strings.Contains(got, c.want) {
			t.Errorf("after %s: %s", c.answer, got)
		}
		undo()
	}
}

// TestReadingAloud starts and stops the voice on a page that is an article; other pages
// have no button.
func TestReadingAloud(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	defer before(t, ctx, `window.spoken = []; Object.defineProperty(window, "speechSynthesis", {value: {speak: u => spoken.push(u.text), cancel() { spoken.push("") }}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }`)()
	open(t, ctx, dest, "notices/fazhan-duixiang-2026-11/index.html", 360, true)
	button := `document.querySelector("[data-read]")`
	if got := evaluate[string](t, ctx, button+`.click(), `+button+`.textContent + "：" + spoken.join("|")`); !strings.HasPrefix(got, "停下：关于 2026 年第四批发展对象的公示|") || !strings.Contains(got, "|经党支部培养考察") || strings.Contains(got, "打印") {
		t.Errorf("read: %s", got)
	}
	if got := evaluate[string](t, ctx, button+`.click(), `+button+`.textContent + spoken.pop()`); got != "读给我听" {
		t.Errorf("after the second click: %s", got)
	}
	open(t, ctx, dest, "stations/index.html", 360, true)
	if !evaluate[bool](t, ctx, button+`.hidden`) {
		t.Error("a list is to be read aloud")
	}
}

// TestContrastIsRemembered chooses high contrast on a page and opens another.
func TestContrastIsRemembered(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	open(t, ctx, dest, "news/index.html", 360, true)
	evaluate[bool](t, ctx, `document.querySelector("[data-contrast]").click(); true`)
	open(t, ctx, dest, "stations/index.html", 360, true)
	if ground := evaluate[string](t, ctx, `getComputedStyle(document.body).backgroundColor`); ground != "rgb(255, 255, 255)" {
		t.Errorf("the ground is %s", ground)
	}
}
