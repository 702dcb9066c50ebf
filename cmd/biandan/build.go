package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"biandan/generator/build"
	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/poster"
	"biandan/generator/publish"
	"biandan/generator/source"
)

func (a *app) buildCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "build [选项]",
		Short: "生成网站：content/ → public/",
		Long:  "生成网站：把 content/ 里的文章和台账做成网页，放进 public/。\n内容有错误时什么也不写，原来的网站不动。",
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context()) },
	}
	a.settings.addSite(c.Flags())
	a.settings.addOutput(c.Flags())
	return c
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		hint := "用法见 biandan help " + cmd.Name()
		if cmd.Flags().Lookup("source") != nil {
			hint = "文件夹用 -s 指明：" + invocation(cmd.Name(), args[0])
		}
		return usage(fmt.Sprintf("多余的参数“%s”", args[0]), hint)
	}
	return nil
}

func (a *app) build(ctx context.Context) error {
	s := &a.settings
	o := s.options()
	start := time.Now()
	bar := newProgress(a.stderr, s.quiet)
	o.Progress = bar.update
	snapshot, closer, found, err := open(s.source)
	if err != nil {
		return err
	}
	defer closer.Close()
	if err := s.checkFolders(outputFlag{"-d", s.outputDir()}); err != nil {
		return err
	}
	r, err := build.Run(ctx, snapshot, o, found, s.outputDir(), s.cache())
	bar.clear()
	if err := a.printReport(r); err != nil {
		return err
	}
	if err != nil {
		return environment(ctx, err)
	}
	return a.conclude(r, time.Since(start))
}

// open takes a snapshot of the site in dir.
func open(dir string) (*source.Snapshot, io.Closer, diag.List, error) {
	limitMemory(0) // also while it looks
	bag := &diag.Bag{}
	s, closer, err := source.Open(dir, bag)
	if err != nil {
		return nil, nil, nil, failure{exitEnvironment, fmt.Sprintf("打不开网站文件夹“%s”", dir), "核对 -s 后面的文件夹"}
	}
	limitMemory(len(s.All()))
	return s, closer, bag.List(), nil
}

// limitMemory tells the garbage collector how much the program may take while it
// builds a site of so many input files, and to be quiet below that: records and
// plan come to some 4 KiB for each, and where little is left beside them it works
// without end. Left alone it would work all the time on a small site, and let a
// large one take twice as much. It is no bound: a site that needs more gets it.
func limitMemory(files int) {
	const least, each, rest = 150 << 20, 5700, 48 << 20
	if os.Getenv("GOMEMLIMIT") == "" && os.Getenv("GOGC") == "" {
		debug.SetMemoryLimit(max(least, rest+each*int64(files)))
		debug.SetGCPercent(-1)
	}
}

// environment explains an error of the file system or of the browser.
func environment(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if p := (poster.Problem{}); errors.As(err, &p) {
		return failure{exitEnvironment, p.Message, p.Hint}
	}
	if n := (cache.NotOurs{}); errors.As(err, &n) {
		return failure{exitEnvironment, fmt.Sprintf("缓存文件夹“%s”%s，不敢用", n.Path, n.Reason), "用 --cache-dir 换一个空的文件夹；确定它只是旧的缓存，就删掉它"}
	}
	if stuck := (publish.Stuck{}); errors.As(err, &stuck) {
		n := len(stuck.Paths)
		return failure{exitEnvironment, fmt.Sprintf("网站更新了，可是有 %d 个该撤下的文件删不掉，还在网上：%s", n, strings.Join(stuck.Paths[:min(n, 5)], "、")),
			"关掉正开着它的程序，检查它的权限，再生成一次；只要它还在，每次都会提醒"}
	}
	var what string
	if pe := new(os.PathError); errors.As(err, &pe) {
		what = "：“" + pe.Path + "”"
	}
	hint := "检查磁盘是否已满、文件夹是否能写；可以用 -d 和 --cache-dir 换地方"
	return failure{exitEnvironment, "写不了文件" + what, hint}
}

// printDiagnostics prints findings: for people to standard error, for programs
// to standard output.
func (a *app) printDiagnostics(l diag.List) error {
	style := diag.Style{Format: a.settings.format, Limit: 50, Color: isTerminal(a.stderr) && os.Getenv("NO_COLOR") == ""}
	w := a.stderr
	switch style.Format {
	case "json", "sarif", "github":
		w = a.stdout
	}
	return diag.Write(w, l, style)
}

// printReport prints the findings of a build, and what could not be looked for.
func (a *app) printReport(r *build.Report) error {
	if err := a.printDiagnostics(r.Diags); err != nil || r.Unread == 0 {
		return err
	}
	return diag.Printf(a.stderr, "有 %d 个文件读不下去，引用其中编号的地方、网页之间的链接这一次没有查；改好上面的，再运行一次\n", r.Unread)
}

// waiting says what is written and not published, which nobody should wonder about.
func waiting(r *build.Report) string {
	var parts []string
	if r.Drafts > 0 {
		parts = append(parts, fmt.Sprintf("%d 篇草稿（biandan list drafts）", r.Drafts))
	}
	if r.Future > 0 {
		parts = append(parts, fmt.Sprintf("%d 篇未到日子（以后到了日期自己上线；biandan list future）", r.Future))
	}
	return strings.Join(parts, "、")
}

// conclude prints the closing line.
func (a *app) conclude(r *build.Report, took time.Duration) error {
	broken, warnings := r.Diags.Count()
	switch {
	case broken > 0:
		diag.Printf(a.stderr, "没有生成：%d 处错误，%d 处警告；原来的网站没有改动，要撤下的内容也还在上面\n", broken, warnings)
		return failure{code: exitContent}
	case warnings > 0 && a.settings.strict:
		diag.Printf(a.stderr, "没有生成：%d 处警告（--strict）；原来的网站没有改动，要撤下的内容也还在上面\n", warnings)
		return failure{code: exitContent}
	case !a.settings.quiet:
		diag.Printf(a.stderr, "完成：%d 页，%d 个文件（写入 %d 个，删除 %d 个），%d 处警告，用时 %.2f 秒\n",
			r.Pages, r.Files, r.Written, r.Deleted, warnings, took.Seconds())
		if a.settings.verbose {
			diag.Printf(a.stderr, "按 %s 生成；读了 %d 个内容文件\n", r.AsOf.Chinese(), r.Parsed)
		}
		if waiting := waiting(r); waiting != "" {
			diag.Printf(a.stderr, "还没有上网的：%s\n", waiting)
		}
		if next := turn(r.Next); next != "" {
			diag.Printf(a.stderr, "下一次自己会变：%s\n", next)
		}
		diag.Printf(a.stderr, "打开看看：%s\n", filepath.Join(a.settings.outputDir(), "index.html"))
	}
	return nil
}

// turn tells of a day on which the site changes by itself: 2026-12-01（“…”到期）.
func turn(t ledger.Turn) string {
	switch {
	case t.Date.IsZero():
		return ""
	case len(t.What) == 1:
		return fmt.Sprintf("%s（%s）", t.Date, t.What[0])
	}
	return fmt.Sprintf("%s（%s，等 %d 处）", t.Date, t.What[0], len(t.What))
}

// progress shows the phase of a build on a terminal.
type progress struct {
	w     io.Writer // nil: show nothing
	mu    sync.Mutex
	shown time.Time
	phase build.Phase
}

func newProgress(w io.Writer, quiet bool) *progress {
	if quiet || !isTerminal(w) {
		w = nil
	}
	return &progress{w: w}
}

const progressEvery = 80 * time.Millisecond

func (p *progress) update(phase build.Phase, done, total int) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if phase == p.phase && time.Since(p.shown) < progressEvery {
		return
	}
	p.phase, p.shown = phase, time.Now()
	if total > 1 {
		diag.Printf(p.w, "\r\x1b[K%s %d/%d", phase, done, total)
	} else {
		diag.Printf(p.w, "\r\x1b[K%s…", phase)
	}
}

func (p *progress) clear() {
	if p.w != nil {
		diag.Printf(p.w, "\r\x1b[K")
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
