package themes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// slideFaults says what is wrong with the sheets that a television shows now: letters
// below a 45th of its height, which nobody reads from three metres, and what is cut off.
const slideFaults = `(() => {
  const bad = new Set();
  for (const box of document.querySelectorAll(".sheet.is-on")) {
    const b = box.getBoundingClientRect(), scale = b.width / box.offsetWidth;
    if (b.right > innerWidth + 1 || b.bottom > innerHeight + 1) bad.add("beyond the screen");
    if (!box.closest(".slides")) bad.add("a sheet of paper: " + box.textContent.trim().slice(0, 20));
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      const e = n.parentElement, range = document.createRange();
      range.selectNodeContents(n);
      const r = range.getBoundingClientRect();
      if (!n.data.trim() || r.width < 2 || e.closest(".sr, defs, svg, title")) continue;
      const size = parseFloat(getComputedStyle(e).fontSize) * scale;
      if (size < innerHeight / 45 - 0.05) bad.add(size.toFixed(1) + " px: " + e.className + " " + n.data.trim().slice(0, 12));
      if (r.bottom > b.bottom + 2 || r.right > b.right + 2 || r.top < b.top - 2) bad.add("cut off: " + e.className + " " + n.data.trim().slice(0, 12));
    }
    for (const e of box.querySelectorAll("*")) {
      if (e.closest("svg") || !e.clientHeight || getComputedStyle(e).display === "inline") continue;
      const slack = 2 + 0.3 * Math.max(...[e, ...e.querySelectorAll("*")].map(x => parseFloat(getComputedStyle(x).fontSize)));
      if (e.scrollHeight > e.clientHeight + slack && e.textContent.trim()) bad.add("overflows: " + e.className + " " + e.textContent.trim().slice(0, 12));
    }
  }
  return [...bad].join("\n");
})()`

// TestTelevisionsAreReadFromThreeMetres turns all that the screens of some stations
// show on a television.
func TestTelevisionsAreReadFromThreeMetres(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	for _, station := range []string{"yz-03", "dongjie-center", "county"} {
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}); err != nil {
			t.Fatal(err)
		}
		open(t, ctx, dest, "index.html", 1440, true)
		open(t, ctx, dest, "screens/"+station+"/index.html", 1920, true)
		if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1920, Height: 1080, DeviceScaleFactor: 1}); err != nil {
			t.Fatal(err)
		}
		evaluateAsync[bool](t, ctx, `new Promise(done => setTimeout(() => done(true), 100))`)
		n := evaluate[int](t, ctx, `document.querySelectorAll(".slides .sheet").length`)
		for i := range n {
			if found := evaluate[string](t, ctx, slideFaults); found != "" {
				t.Errorf("%s, slide %d:\n%s", station, i+1, found)
			}
			if dir := os.Getenv("SLIDES"); dir != "" {
				shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{})
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%02d.png", station, i+1)), shot.Data, 0o644)
				}
				if err != nil {
					t.Error(err)
				}
			}
			evaluate[bool](t, ctx, `document.querySelector("[data-next]").click() || true`)
		}
	}
}
