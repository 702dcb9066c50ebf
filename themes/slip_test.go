package themes_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// witness remembers what a page does that it should not do: what it asks of a network
// and what it writes on the console.
type witness struct {
	mu    sync.Mutex
	notes []string
}

func (w *witness) note(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notes = append(w.notes, text)
}

// seen returns what was noted since it was asked last.
func (w *witness) seen() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := w.notes
	w.notes = nil
	return seen
}

func watch(t *testing.T, ctx context.Context) *witness {
	t.Helper()
	w := &witness{}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if err == nil {
		err = chromedp.Listen(ctx, func(ev any) {
			switch ev := ev.(type) {
			case *network.EventRequestWillBeSent:
				if !strings.HasPrefix(ev.Request.URL, "data:") { // icons of the browser's own
					w.note(ev.Request.URL)
				}
			case *runtime.EventExceptionThrown:
				w.note("exception: " + ev.ExceptionDetails.Text)
			case *runtime.EventConsoleAPICalled:
				w.note("console: " + string(ev.Type))
			}
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// tabTo presses the tabulator until what the selector names has the focus.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range 60 {
		press(t, ctx, "\t")
		if evaluate[bool](t, ctx, `document.activeElement.matches(`+strconv.Quote(selector)+`)`) {
			return
		}
	}
	t.Fatalf("no number of tabs leads to %s", selector)
}

// onPaper shows the page as it is printed until the test ends.
func onPaper(t *testing.T, ctx context.Context) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}) })
}

// filledSlip says what of a filled slip is not on paper.
const filledSlip = `(() => {
  const bad = [];
  for (const e of document.querySelectorAll(".slip-f select, .slip-f input, .slip-f textarea")) {
    if (!e.value || !e.clientHeight || getComputedStyle(e).color === "rgba(0, 0, 0, 0)") bad.push("not to be read: " + e.name);
    if (e.scrollHeight > e.clientHeight + 2) bad.push("cut off: " + e.name);
  }
  if (!document.querySelector(".slip-paper i").clientHeight) bad.push("no line for who orders");
  if (document.querySelector(".slip-acts").clientHeight) bad.push("buttons");
  return bad.join("\n");
})()`

// emptySlip says what a slip lacks on which nothing is filled in, when it is printed:
// lines to write on for each field and for who orders, and no words where one chooses.
const emptySlip = `(() => {
  const bad = [];
  for (const e of document.querySelectorAll(".slip-f select, .slip-f input, .slip-f textarea, .slip-paper i")) {
    const s = getComputedStyle(e);
    if (e.clientHeight < 20 || e.clientWidth < 200 || s.borderBottomStyle !== "solid" || parseFloat(s.borderBottomWidth) === 0) bad.push("no line: " + (e.name || "contact"));
  }
  if (!document.querySelector(".slip-paper i")) bad.push("no line for who orders");
  for (const e of document.querySelectorAll(".slip-f select")) if (getComputedStyle(e).color !== "rgba(0, 0, 0, 0)") bad.push("words on the line: " + e.name);
  if (document.querySelector("[data-slip-out]").clientHeight) bad.push("a slip that nobody has filled");
  return bad.join("\n");
})()`

// TestSlipByKeyboard orders a service on the screen of an old phone with the keys of a
// keyboard alone: it is found, the slip is filled in, copied, sent and printed. The page
// asks nothing of a network meanwhile, and keeps nothing.
func TestSlipByKeyboard(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(http.FileServerFS(os.DirFS(buildDemonstration(t))))
	defer srv.Close()
	w := watch(t, ctx)
	chosen := chooseOffer(t, ctx, srv.URL)
	for _, note := range w.seen() {
		if !strings.HasPrefix(note, srv.URL) {
			t.Errorf("on the way to the slip: %s", note)
		}
	}
	text := fillSlip(t, ctx, chosen)
	if wrong := evaluate[string](t, ctx, lookAt); wrong != "" {
		t.Errorf("the filled slip:\n%s", wrong)
	}
	checkCopies(t, ctx, text)
	tabTo(t, ctx, "[data-slip-sms]")
	message := "sms:?&body=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
	if href := evaluate[string](t, ctx, `document.activeElement.getAttribute("href")`); href != message {
		t.Errorf("the message is %s", href)
	}
	onPaper(t, ctx)
	if wrong := evaluate[string](t, ctx, filledSlip); wrong != "" {
		t.Errorf("on paper:\n%s", wrong)
	}
	if pages := printed(t, ctx); len(pages) != 1 {
		t.Errorf("printed on %v", pages)
	}
	if notes := w.seen(); len(notes) > 0 {
		t.Errorf("while it was filled in: %q", notes)
	}
	if kept := evaluate[string](t, ctx, `[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].join("")`); kept != "" {
		t.Errorf("the page keeps %s", kept)
	}
}

// chooseOffer filters what can be ordered and follows the link to the slip; it returns
// the name of what it has found.
func chooseOffer(t *testing.T, ctx context.Context, site string) string {
	t.Helper()
	visit(t, ctx, site+"/exchange/", 320, true)
	tabTo(t, ctx, "#filter")
	press(t, ctx, "换药")
	if n := evaluate[int](t, ctx, `document.querySelectorAll("[data-list] li:not([hidden])").length`); n != 1 {
		t.Errorf("the filter leaves %d records", n)
	}
	tabTo(t, ctx, ".regi-act a")
	chosen := evaluate[string](t, ctx, `document.activeElement.closest(".regi").querySelector(".regi-n").textContent.trim()`)
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	return chosen
}

// fillSlip fills in the slip for what was chosen and returns its text.
func fillSlip(t *testing.T, ctx context.Context, chosen string) string {
	t.Helper()
	const want = "母亲出院回家，两处伤口要换药，住滨河花园三楼，没有电梯"
	tabTo(t, ctx, "#slip\\.community")
	press(t, ctx, kb.ArrowDown)
	community := evaluate[string](t, ctx, `document.activeElement.options[1].textContent`)
	tabTo(t, ctx, "#slip\\.want")
	press(t, ctx, want)
	tabTo(t, ctx, "#slip\\.day")
	press(t, ctx, kb.ArrowUp+kb.ArrowRight+kb.ArrowUp+kb.ArrowRight+kb.ArrowUp) // in whatever order the browser has year, month and day
	day := evaluate[string](t, ctx, `document.activeElement.value`)
	if day == "" {
		t.Error("no day was chosen")
	}
	text := evaluate[string](t, ctx, `document.querySelector("[data-slip-text]").innerText`)
	for _, part := range []string{"点单：" + chosen, "社区：" + community, "要求：" + want, "哪天方便：" + day} {
		if !strings.Contains(text, part) {
			t.Errorf("the slip lacks %q:\n%s", part, text)
		}
	}
	return text
}

// checkCopies copies the slip in a browser that lets pages write on the clipboard, and in
// one that does not: there it is marked, to be copied by hand.
func checkCopies(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	allow := func(name string, to permission.PermissionSetting) {
		if _, err := chromedp.CallBrowser(ctx, permission.SetPermission, permission.SetPermissionParams{Permission: &permission.PermissionDescriptor{Name: name}, Setting: to}); err != nil {
			t.Fatal(err)
		}
	}
	tabTo(t, ctx, "[data-slip-copy]")
	allow("clipboard-write", permission.PermissionSettingGranted)
	allow("clipboard-read", permission.PermissionSettingGranted)
	press(t, ctx, kb.Enter)
	const wait = `new Promise(done => { const look = () => document.querySelector("[data-slip-status]").textContent ? done(true) : setTimeout(look, 5); look(); })`
	evaluateAsync[bool](t, ctx, wait)
	if got := evaluateAsync[string](t, ctx, `navigator.clipboard.readText()`); got != text {
		t.Errorf("copied: %q", got)
	}
	allow("clipboard-write", permission.PermissionSettingDenied)
	evaluate[bool](t, ctx, `(document.querySelector("[data-slip-status]").textContent = "") === ""`)
	press(t, ctx, kb.Enter)
	evaluateAsync[bool](t, ctx, wait)
	if got := evaluate[string](t, ctx, `getSelection().toString()`); got != text {
		t.Errorf("to be copied by hand: %q", got)
	}
}

// TestSlipWithoutScript looks at the slip where nothing runs: whom to call is there, and
// what is printed is a form to write on.
func TestSlipWithoutScript(t *testing.T) {
	ctx := browser(t)
	open(t, ctx, buildDemonstration(t), "exchange/slip/index.html", 320, false)
	if n := evaluate[int](t, ctx, `[...document.querySelectorAll("main a.phone[href^='tel:']")].filter(a => a.clientHeight).length`); n < 2 {
		t.Errorf("%d phone numbers", n)
	}
	onPaper(t, ctx)
	if wrong := evaluate[string](t, ctx, emptySlip); wrong != "" {
		t.Error(wrong)
	}
}
