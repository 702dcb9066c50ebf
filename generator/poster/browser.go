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
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"biandan/generator/cache"
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
	number  atomic.Int64 // of the document

	mu    sync.Mutex
	known map[rune]bool // characters that some font has
}

// Files gives the browser a file of the site.
type Files func(path string) (data []byte, ok bool)

const (
	startTimeout = 60 * time.Second
	sheetTimeout = 2 * time.Minute
)

// Setup says how a browser is started.
type Setup struct {
	Program  string // its path
	Address  string // of the site, so that links on paper lead to where it is published; without one ("") there are no links
	Files    Files  // what the browser sees, and nothing else
	Tabs     int
	CacheDir string // where its profile is kept while it runs; "": where the system keeps what is temporary
}

// Start starts a browser.
func Start(ctx context.Context, s Setup) (*Browser, error) {
	b, err := start(ctx, s)
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
	b, err := start(ctx, Setup{Program: program, Files: func(string) ([]byte, bool) { return nil, false }, Tabs: 1})
	if err != nil {
		return "", nil, err
	}
	defer b.Close()
	return b.Version, b.checkFonts(ctx), nil
}

func start(ctx context.Context, s Setup) (*Browser, error) {
	base, err := url.Parse(s.Address)
	if err != nil || base.Host == "" {
		base = &url.URL{Scheme: "http", Host: nowhere}
	}
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	b := &Browser{files: s.Files, base: base, tabs: make(chan *tab, s.Tabs), known: map[rune]bool{}}
	options, leave := s.options()
	alloc, cancelAlloc := chromedp.NewExecAllocator(ctx, options...)
	first, cancelFirst := chromedp.NewContext(alloc)
	end := func() {
		cancelFirst()
		cancelAlloc()
	}
	b.stop = func() {
		end()
		leave()
	}
	timer := time.AfterFunc(startTimeout, end)
	version, err := chromedp.CallBrowser(first, browser.GetVersion, cdp.Empty{})
	if err == nil {
		b.Version = version.Product
		err = b.openTabs(first, s.Tabs)
	}
	timer.Stop()
	if err != nil {
		b.stop()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, doesNotStart(s.Program, err)
	}
	return b, nil
}

// options are those of the browser; leave is to be called when it has ended.
func (s Setup) options() (list []chromedp.ExecAllocatorOption, leave func()) {
	list = append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(s.Program), chromedp.DisableGPU)
	for name, value := range quiet {
		list = append(list, chromedp.Flag(name, value))
	}
	// One of snap sees nothing of our folders, and has temporary ones of its own.
	if s.CacheDir != "" && !strings.HasPrefix(s.Program, "/snap/") {
		if room, err := cache.OpenRoom(s.CacheDir); err == nil {
			return append(list, chromedp.UserDataDir(room.Path)), room.Close
		}
	}
	return list, func() {}
}

// doesNotStart explains why.
func doesNotStart(program string, err error) Problem {
	p := Problem{Message: fmt.Sprintf("浏览器“%s”启动不了（%s）", program, brief(err)), Hint: "先手工打开一次看看；也可以用环境变量 " + BrowserVariable + " 换一个浏览器"}
	if strings.Contains(strings.ToLower(err.Error()), "no usable sandbox") {
		p = Problem{Message: fmt.Sprintf("浏览器“%s”启动不了：这台机器不许它建沙箱", program),
			Hint: "请管理员打开用户名字空间（Ubuntu：sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0；Debian：sudo sysctl kernel.unprivileged_userns_clone=1；容器：换一个允许 clone 的 seccomp 配置）"}
	}
	return p
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
	if err == nil { // sheets are set anew by page.js, which the page's policy forbids
		_, err = chromedp.Call(v.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	}
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
