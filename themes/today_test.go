package themes_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// at sets the clock of all pages that are opened from now on.
func at(t *testing.T, ctx context.Context, moment string) (undo func()) {
	t.Helper()
	return before(t, ctx, fmt.Sprintf(`(() => { const Real = Date, at = Real.parse(%q); window.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(at) } static now() { return at } } })()`, moment))
}

// before runs a script in all pages that are opened from now on, before their own.
func before(t *testing.T, ctx context.Context, script string) (undo func()) {
	t.Helper()
	r, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		_, err := chromedp.Call(ctx, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(r))
		if err != nil {
			t.Fatal(err)
		}
	}
}

// visibleText is the text of the first of some elements, or of all of them, as it is seen.
const visibleText = `[...document.querySelectorAll(%q)].filter(e => e.offsetParent).map(e => e.innerText.replace(/\s+/g, " ").trim()).join(" / ")`

// TestPagesSpeakOfTheDayTheyAreRead opens pages some days after they were made, and as a
// browser without JavaScript shows them: then they say of which day they speak.
func TestPagesSpeakOfTheDayTheyAreRead(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t) // of 2026-11-23
	for _, c := range []struct{ moment, page, where, want string }{
		{"2026-11-26T10:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "现在开着，到 11:30"},
		{"2026-11-26T02:00:00Z", "stations/yz-01/index.html", ".call .opening", "现在开着，到 11:30"},
		{"2026-11-26T12:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "现在没开，15:00 开门"},
		{"2026-11-26T06:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "还没开门，09:00 开门"},
		{"2026-11-26T20:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "今天已经关门，明天 09:00 开门"},
		{"2026-12-05T10:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "今天不开放：更换暖气阀门（示例），明天 09:30 开门"},
		{"2026-12-31T13:00:00+08:00", "stations/dongjie-center/index.html", ".call .opening", "今天已经关门"}, // next year's holidays are not known
		{"2027-01-02T10:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "今天开不开，请打电话问"},
		{"2026-11-20T10:00:00+08:00", "stations/yz-01/index.html", ".call .opening", "11月23日开放 09:00—11:30、15:00—19:00"}, // a clock that is wrong
		{"", "stations/yz-01/index.html", ".call .opening", "11月23日开放 09:00—11:30、15:00—19:00"},
		{"2026-11-26T10:00:00+08:00", "stations/index.html", ".opening", "现在开着，到 12:00 / "},
		{"2026-11-26T10:00:00+08:00", "branches/xq-01/index.html", ".opening", "现在开着，到 11:30"},
		{"2026-11-26T10:00:00+08:00", "notices/fazhan-duixiang-2026-11/index.html", ".period.is-ended .period-left", "已结束"},
		{"2026-11-24T10:00:00+08:00", "notices/fazhan-duixiang-2026-11/index.html", ".period.is-current .period-left", "今天截止"},
		{"2026-11-26T10:00:00+08:00", "notices/fazhan-duixiang-2026-11/index.html", ".now [data-asof]", ""},
		{"", "notices/fazhan-duixiang-2026-11/index.html", ".now", "还有 1 天 公示期 2026年11月18日（星期三）至 2026年11月24日（星期二），共 5 个工作日 天数从 2026年11月23日 算起"},
		{"2026-11-26T10:00:00+08:00", "notices/index.html", ".nlist-big .nrow-left", "已结束 / 还有 1 天 / 还有 6 天"},
		{"2026-11-26T10:00:00+08:00", "index.html", "[data-current] .nrow-left", "还有 1 天 / 还有 6 天"},
		{"", "index.html", "[data-current] .nrow-left", "还有 1 天 / 还有 4 天 / 还有 9 天"},
		{"2026-11-26T10:00:00+08:00", "index.html", ".acts-short time b", "26 / 27 / 28"},
		{"2026-11-28T08:00:00+08:00", "index.html", ".acts-short time b", "28 / 30"},
		{"2026-11-26T12:00:00+08:00", "months/2026-11/index.html", ".act.is-past [data-when]", "已经过了"},
		{"2026-11-26T12:00:00+08:00", "months/2026-11/index.html", ".act:not(.is-past) [data-when]", "明天"},
	} {
		undo := func() {}
		if c.moment != "" {
			undo = at(t, ctx, c.moment)
		}
		open(t, ctx, dest, c.page, 360, c.moment != "")
		if got := evaluate[string](t, ctx, fmt.Sprintf(visibleText, c.where)); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s at %q, %s:\ngot  %s\nwant %s", c.page, c.moment, c.where, got, c.want)
		}
		undo()
	}
}
