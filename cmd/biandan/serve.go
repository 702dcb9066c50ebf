package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/serve"
	"biandan/generator/source"
	"biandan/generator/watch"
)

// serveSettings are the flags of serve.
type serveSettings struct {
	bind string
	port int
	open bool
	poll time.Duration
}

const (
	defaultPort = 1949
	portsTried  = 20 // from the wanted one on, when it is taken
)

func (a *app) serveCommand() *cobra.Command {
	s := &serveSettings{}
	c := &cobra.Command{
		Use: "serve [选项]", Aliases: []string{"watch"}, Short: "在本机预览：存盘就能看到",
		Long: "在本机预览网站：生成以后守着 site.toml、content/ 和 themes/，存盘就更新打开的网页。\n网页只在内存里，public/ 不动；按 Ctrl+C 结束。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), s) },
	}
	a.settings.addSite(c.Flags())
	c.Flags().StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	c.Flags().IntVarP(&s.port, "port", "p", defaultPort, "端口的`号码`，被占用就用后面的")
	c.Flags().StringVar(&s.bind, "bind", "127.0.0.1", "网络`地址`；别的机器要看时写 0.0.0.0")
	c.Flags().BoolVar(&s.open, "open", false, "打开浏览器")
	c.Flags().DurationVar(&s.poll, "poll", 0, "隔这么久看一次文件，如 `1s`；网络盘上用")
	return c
}

func (a *app) serve(ctx context.Context, s *serveSettings) error {
	if _, err := os.Stat(filepath.Join(a.settings.source, source.ConfigFile)); err != nil {
		return failure{exitEnvironment, fmt.Sprintf("“%s”里没有 site.toml", a.settings.source), "换到网站所在的文件夹再运行，或者用 -s 指明文件夹"}
	}
	listener, err := listen(s.bind, s.port)
	if err != nil {
		return failure{exitEnvironment, fmt.Sprintf("开不了端口 %d", s.port), "用 --port 换一个号码"}
	}
	a.settings.offerSchemas()
	name, _ := os.Hostname() // without one, nobody asks for it
	server := serve.New(serve.Options{Hosts: []string{s.bind, name}})
	web := &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, BaseContext: func(net.Listener) context.Context { return ctx }}
	go web.Serve(listener)
	defer web.Close()
	address, others := addresses(listener.Addr().(*net.TCPAddr))
	w := watch.Start(ctx, a.settings.source, watch.Options{Poll: s.poll})
	diag.Printf(a.stdout, "正在预览：%s（Ctrl+C 结束）\n", address)
	for _, o := range others {
		diag.Printf(a.stdout, "别的机器上打开：%s\n", o)
	}
	if s.open {
		openBrowser(address)
	}
	a.rebuild(ctx, server, w)
	return nil
}

// addresses returns where the site can be opened: on this machine and, when it
// listens to all networks, on the machines of each of them.
func addresses(at *net.TCPAddr) (here string, elsewhere []string) {
	url := func(ip net.IP) string { return "http://" + net.JoinHostPort(ip.String(), strconv.Itoa(at.Port)) + "/" }
	if !at.IP.IsUnspecified() {
		return url(at.IP), nil
	}
	all, _ := net.InterfaceAddrs() // none known: none told
	for _, one := range all {
		if n, ok := one.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			elsewhere = append(elsewhere, url(n.IP))
		}
	}
	return url(net.IPv4(127, 0, 0, 1)), elsewhere
}

// listen opens the port, or the next one that is free.
func listen(bind string, port int) (net.Listener, error) {
	var last error
	for i := range portsTried {
		l, err := net.Listen("tcp", net.JoinHostPort(bind, strconv.Itoa(port+i)))
		if err == nil {
			return l, nil
		}
		if last = err; port == 0 {
			break
		}
	}
	return nil, last
}

// A build with errors may be of a file that is half written. It is held back so
// long, and shown only if nothing follows; but not for ever, when something
// writes without end.
const (
	patience = 60 * time.Millisecond
	maxHeld  = 10
)

// rebuild builds now, at every change and at the beginning of every day, until
// ctx ends.
func (a *app) rebuild(ctx context.Context, server *serve.Server, w *watch.Watcher) {
	p := &live{session: build.NewSession(a.settings.cache(), tool())}
	defer p.session.Close()
	var tree *build.Tree
	held := 0
	change := watch.Change{All: true}
	for day := today(); ; day = today() {
		start := time.Now()
		t, r := a.buildOnce(ctx, p, change, tree)
		if ctx.Err() != nil {
			return
		}
		took := time.Since(start)
		if held++; r.Diags.HasErrors() && held <= maxHeld {
			var more bool
			if change, more = changes(ctx, w, patience); more {
				continue
			}
		}
		held = 0
		if t != nil {
			tree = t
		}
		server.Show(t, r, a.excerpt)
		a.tellBuilt(r, took)
		var ok bool
		if change, ok = a.wait(ctx, w, day); !ok {
			return
		}
	}
}

// live is what one build leaves to the next.
type live struct {
	session *build.Session
	last    *source.Snapshot // nil: not taken, or it had findings
}

// changes returns the change that comes within a time, and whether one does.
func changes(ctx context.Context, w *watch.Watcher, within time.Duration) (watch.Change, bool) {
	select {
	case <-ctx.Done():
	case c := <-w.Changes:
		return c, true
	case <-time.After(within):
	}
	return watch.Change{}, false
}

// idle is the time without a change after which nobody is in the middle of an
// edit, and what the last build left behind is cleared away: then the next one
// is not held up by that.
const idle = 200 * time.Millisecond

// wait waits for a change or for the end of the day, when nothing has changed;
// ok is false when ctx ended.
func (a *app) wait(ctx context.Context, w *watch.Watcher, day calendar.Date) (c watch.Change, ok bool) {
	// A computer that sleeps over midnight stops its timers: so the day is asked
	// for every minute.
	quiet := time.After(idle)
	for minute := time.Tick(time.Minute); ; {
		select {
		case <-quiet:
			go runtime.GC()
		case <-ctx.Done():
			return c, false
		case c := <-w.Changes:
			return c, true
		case why := <-w.Polling:
			diag.Printf(a.stderr, "%s；改为每秒看一次文件\n", why)
		case <-minute:
			if today() != day {
				return c, true
			}
		}
	}
}

// buildOnce builds what there is now. Files that go away while they are read are told
// as a change later; until then nothing is blamed on them: it looks again.
func (a *app) buildOnce(ctx context.Context, p *live, change watch.Change, before *build.Tree) (t *build.Tree, r *build.Report) {
	for range maxHeld {
		bag := &diag.Bag{}
		snapshot, closer, err := p.open(a.settings.source, change, bag)
		if err != nil {
			// The folder was moved away for a moment, as some editors and git do.
			snapshot, closer = source.Take(missing{}, bag), io.NopCloser(nil)
		}
		if p.last = snapshot; len(bag.List()) > 0 {
			p.last = nil
		}
		o := a.settings.options()
		o.Preview = true
		t, r = p.session.Build(ctx, snapshot, o, bag.List(), before)
		closer.Close()
		if !snapshot.Outdated() {
			break
		}
		change = watch.Change{All: true}
	}
	return t, r
}

// open takes a snapshot; of a site that is known, it looks at what has changed.
func (p *live) open(dir string, change watch.Change, bag *diag.Bag) (*source.Snapshot, io.Closer, error) {
	if p.last == nil || change.All {
		return source.Open(dir, bag)
	}
	return p.last.Reopen(dir, change.Paths, bag)
}

// missing is a folder that is not there.
type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// excerpt reads an input file for the overlay.
func (a *app) excerpt(file string) []byte {
	root, err := os.OpenRoot(a.settings.source)
	if err != nil {
		return nil
	}
	defer root.Close()
	data, err := root.ReadFile(filepath.FromSlash(file))
	if err != nil {
		return nil
	}
	return data
}

func (a *app) tellBuilt(r *build.Report, took time.Duration) {
	if err := a.printReport(r); err != nil {
		return
	}
	broken, warnings := r.Diags.Count()
	if broken > 0 {
		diag.Printf(a.stderr, "%d 处错误；网页还是改错之前的样子\n", broken)
		return
	}
	diag.Printf(a.stderr, "已更新：%d 页，%d 处警告，用时 %.2f 秒\n", r.Pages, warnings, took.Seconds())
}

// openBrowser asks the system to show an address; that it cannot is no failure.
func openBrowser(address string) {
	command := map[string][]string{"windows": {"rundll32", "url.dll,FileProtocolHandler"}, "darwin": {"open"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	c := exec.Command(command[0], append(command[1:], address)...)
	if err := c.Start(); err == nil {
		go c.Wait()
	} else if !errors.Is(err, exec.ErrNotFound) {
		return
	}
}
