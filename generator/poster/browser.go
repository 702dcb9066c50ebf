package poster

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

//go:embed page.js
var pageScript string

// Browser is a browser that was started for printing. Many goroutines may use
// it; each has a tab for as long as it prints one document.
type Browser struct {
	Version string // e.g. Chrome/156.0.8078.79
	files   Files
	base    *url.URL
	tabs    chan *tab
	stop    func()

	mu    sync.Mutex
	known map[rune]bool // characters that some font has
}

// Files gives the browser a file of the site.
type Files func(path string) (data []byte, ok bool)

const (
	startTimeout = 60 * time.Second
	sheetTimeout = 2 * time.Minute
)

// Start starts the browser at that path, with so many tabs. It sees the files
// and nothing else, at the address of the site, so that links on paper lead to
// where the site is published; without an address ("") there are no links.
func Start(ctx context.Context, program, address string, files Files, tabs int) (*Browser, error) {
	b, err := start(ctx, program, address, files, tabs)
	if err != nil {
		return nil, err
	}
	if err := b.checkFonts(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Probe starts the browser to see that it does, and what it is; fonts is the
// problem that there are no Chinese fonts, or nil.
func Probe(ctx context.Context, program string) (version string, fonts, err error) {
	b, err := start(ctx, program, "", func(string) ([]byte, bool) { return nil, false }, 1)
	if err != nil {
		return "", nil, err
	}
	defer b.Close()
	return b.Version, b.checkFonts(ctx), nil
}

func start(ctx context.Context, program, address string, files Files, tabs int) (*Browser, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = &url.URL{Scheme: "http", Host: nowhere}
	}
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	b := &Browser{files: files, base: base, tabs: make(chan *tab, tabs), known: map[rune]bool{}}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.DisableGPU)
	for name, value := range quiet {
		options = append(options, chromedp.Flag(name, value))
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(ctx, options...)
	first, cancelFirst := chromedp.NewContext(alloc)
	b.stop = func() {
		cancelFirst()
		cancelAlloc()
	}
	timer := time.AfterFunc(startTimeout, b.stop)
	version, err := chromedp.CallBrowser(first, browser.GetVersion, cdp.Empty{})
	if err == nil {
		b.Version = version.Product
		err = b.openTabs(first, tabs)
	}
	timer.Stop()
	if err != nil {
		b.stop()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, Problem{Message: fmt.Sprintf("浏览器“%s”启动不了（%s）", program, brief(err)), Hint: "先手工打开一次看看；也可以用环境变量 " + BrowserVariable + " 换一个浏览器"}
	}
	return b, nil
}

// brief is the beginning of what a browser says when it fails, in one line.
func brief(err error) string {
	const enough = 300
	s := []rune(strings.Join(strings.Fields(err.Error()), " "))
	if len(s) > enough {
		s = append(s[:enough], '…')
	}
	return string(s)
}

// nowhere is the host of a site that has no address.
const nowhere = "biandan.invalid"

// quiet are the flags, beside those that headless browsers commonly get, that
// keep a browser off the network and its letters where the layout puts them, and
// pages that were printed out of its memory.
var quiet = map[string]any{
	"host-resolver-rules":        "MAP * ~NOTFOUND",
	"no-proxy-server":            true,
	"no-pings":                   true,
	"dns-prefetch-disable":       true,
	"disable-component-update":   true,
	"disable-domain-reliability": true,
	"disable-quic":               true,
	"disable-features":           "BackForwardCache,Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
	"font-render-hinting":        "none",
	"lang":                       "zh-CN",
}

// Close ends the browser.
func (b *Browser) Close() { b.stop() }

// tab is a page of the browser.
type tab struct {
	ctx context.Context

	mu     sync.Mutex
	loaded map[string]bool // files that were asked for, also those that are not there
}

func (b *Browser) openTabs(first context.Context, n int) error {
	for i := range n {
		ctx := first
		if i > 0 {
			ctx, _ = chromedp.NewContext(first) // ends with the first
		}
		t := &tab{ctx: ctx}
		err := chromedp.Listen(ctx, func(ev any) {
			if ev, ok := ev.(*fetch.EventRequestPaused); ok {
				go b.answer(t, ev)
			}
		})
		if err == nil {
			_, err = chromedp.Call(ctx, fetch.Enable, fetch.EnableParams{})
		}
		if err == nil {
			_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		}
		if err != nil {
			return err
		}
		b.tabs <- t
	}
	return nil
}

// printed are the kinds of files that paper shows. Scripts are none, nor is what a
// browser asks for by itself.
var printed = []network.ResourceType{network.ResourceTypeDocument, network.ResourceTypeStylesheet, network.ResourceTypeImage, network.ResourceTypeFont,
	network.ResourceTypeFetch, network.ResourceTypeXHR}

// answer answers a request of a tab: with a file of the site, or not at all.
func (b *Browser) answer(t *tab, ev *fetch.EventRequestPaused) {
	u, err := url.Parse(ev.Request.URL)
	p := ""
	inside := err == nil && u.Scheme == b.base.Scheme && u.Host == b.base.Host
	if inside {
		p, inside = strings.CutPrefix(u.Path, b.base.Path)
	}
	if !inside || !slices.Contains(printed, ev.ResourceType) {
		chromedp.Call(t.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: ev.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
		return
	}
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	t.mu.Lock()
	t.loaded[p] = true
	t.mu.Unlock()
	data, ok := b.files(p)
	status := int64(200)
	if !ok {
		status = 404
	}
	kind := mime.TypeByExtension(path.Ext(p))
	if text, ok := contentTypes[path.Ext(p)]; ok {
		kind = text
	}
	chromedp.Call(t.ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: ev.RequestID, ResponseCode: status,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: kind}, {Name: "Cache-Control", Value: "no-store"}}, Body: data})
}

// contentTypes do not depend on what the machine knows of endings.
var contentTypes = map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}

// visit is the use of a tab for one document.
type visit struct {
	ctx context.Context
	*tab
}

// with lends a tab to f for one document.
func (b *Browser) with(ctx context.Context, f func(*visit) error) error {
	select {
	case t := <-b.tabs:
		defer func() { b.tabs <- t }()
		t.mu.Lock()
		t.loaded = map[string]bool{}
		t.mu.Unlock()
		inner, cancel := context.WithTimeout(t.ctx, sheetTimeout)
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		err := f(&visit{inner, t})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// address is where the tabs find a file.
func (b *Browser) address(p string) string {
	u := *b.base
	u.Path += p
	return u.String()
}

// open shows a page. Its own scripts do not run; ours do.
func (b *Browser) open(v *visit, p string) error {
	_, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err == nil {
		err = chromedp.Do(v.ctx, chromedp.Navigate(b.address(p)))
	}
	if err == nil {
		_, err = chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	}
	return err
}

// ask calls a function of page.js in the page.
func ask[T any](v *visit, function string, arguments ...any) (T, error) {
	list := make([]string, len(arguments))
	for i, a := range arguments {
		data, err := json.Marshal(a)
		if err != nil {
			var zero T
			return zero, err
		}
		list[i] = string(data)
	}
	return chromedp.Run(v.ctx, chromedp.Evaluate[T]("(() => {"+pageScript+"\nreturn "+function+"("+strings.Join(list, ",")+")})()", chromedp.EvalAwaitPromise))
}
