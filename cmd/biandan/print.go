package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/poster"
)

// printSettings are the flags of print.
type printSettings struct {
	station           string
	sheets            []string
	size, tile, paper string
	output            string
	inkSaving, bleed  bool
	titles            bool
	scope             string
	jobs              int
	form              poster.Form
}

func (a *app) printCommand() *cobra.Command {
	s := &printSettings{}
	c := &cobra.Command{
		Use: "print [选项]", Short: "把要张贴的做成 PDF：content/ → print/",
		Long: "把海报和要张贴的公示做成 PDF，放进 print/，一张一个文件。\n用这台机器上的 Chromium、Chrome 或 Edge 打印，不联网；只重做变了的。\n浏览器不在通常的地方时，用环境变量 " + poster.BrowserVariable + " 写明它的路径。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.print(cmd.Context(), s) },
	}
	a.settings.addSite(c.Flags())
	f := c.Flags()
	f.StringVar(&s.station, "station", "", "一个驿站的整面墙，合成一个文件；写驿站的`编号`")
	f.StringArrayVar(&s.sheets, "sheet", nil, "只要这一张，写它的`网址`，如 /sheets/services.html；可以写几次")
	f.StringVar(&s.size, "size", "", "放大或缩小到这种`纸`：a5 到 a0，或者 600x900（毫米）")
	f.StringVar(&s.tile, "tile", "", "拆成几张`纸`来拼：a4 或 a3，带拼接图和裁切线")
	f.StringVar(&s.paper, "paper", "", "打印机只有这种`纸`：小牌子居中带裁切线，大纸拆成几张来拼，一面墙也能全印")
	f.BoolVar(&s.inkSaving, "ink-saving", false, "省墨：白底黑字，没有大块颜色")
	f.BoolVar(&s.bleed, "bleed", false, "送图文店：四边出血 3 毫米，带裁切线")
	f.StringVarP(&s.output, "output", "o", "", "放 PDF 的`文件夹`（默认是网站文件夹里的 print）")
	f.StringVar(&s.scope, "scope", "", "只印内部的：写 `unit`，名单、各支部的数都在里面，放到 print/internal，不外传")
	f.BoolVar(&s.titles, "titles", false, "文件名用标题，如 停水的通知.pdf；默认用网址里的名字")
	f.IntVar(&s.jobs, "jobs", 0, "同时打印几`张`（默认按处理器的核数）")
	f.StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	f.BoolVar(&a.settings.noCache, "no-cache", false, "全部重新打印；装了新字体以后用")
	f.BoolVarP(&a.settings.quiet, "quiet", "q", false, "只说错误和警告")
	return c
}

func (a *app) print(ctx context.Context, s *printSettings) error {
	start := time.Now()
	if err := s.check(); err != nil {
		return err
	}
	a.settings.inside = s.scope != ""
	if s.output == "" {
		s.output = filepath.Join(a.settings.source, "print")
		if a.settings.inside {
			s.output = filepath.Join(s.output, "internal")
		}
	}
	if err := a.settings.checkFolders(outputFlag{"-o", s.output}); err != nil {
		return err
	}
	bar := newProgress(a.stderr, a.settings.quiet)
	t, err := a.tree(ctx, bar)
	if err != nil {
		return err
	}
	defer t.close()
	documents, err := s.choose(t.Tree)
	if err != nil {
		return err
	}
	browser, err := findBrowser()
	if err != nil {
		return environment(ctx, err)
	}
	report, err := poster.Run(ctx, poster.Work{Tree: t, Documents: documents, Form: s.form, Address: t.report.Config.BaseURL,
		Program: browser, Stamp: stamp(browser), Tool: tool(), Folder: s.output, CacheDir: a.settings.cache(),
		Stays: s.stays(t.Tree), Jobs: s.jobs, NoCache: a.settings.noCache,
		Progress: func(done, total int) { bar.update("打印", done, total) }})
	bar.clear()
	if err != nil {
		return environment(ctx, err)
	}
	report.Diags = append(t.report.Diags, report.Diags...)
	return a.concludePrint(report, s.output, time.Since(start))
}

// builtTree is a site in memory.
type builtTree struct {
	*build.Tree
	report *build.Report
	close  func()
}

// tree builds the site into memory. What is found is in the report, and printed
// only when there is nothing to go on with.
func (a *app) tree(ctx context.Context, bar *progress) (*builtTree, error) {
	o := a.settings.options()
	o.Progress = bar.update
	snapshot, closer, found, err := open(a.settings.source)
	if err != nil {
		return nil, err
	}
	session := build.NewSession(a.settings.cache(), o.Tool)
	t := &builtTree{close: func() {
		session.Close()
		closer.Close()
	}}
	t.Tree, t.report = session.Build(ctx, snapshot, o, found, nil)
	bar.clear()
	if err = ctx.Err(); err == nil && t.Tree == nil {
		if err := a.printReport(t.report); err != nil {
			return nil, err
		}
		broken, warnings := t.report.Diags.Count()
		diag.Printf(a.stderr, "%d 处错误，%d 处警告；改好再来\n", broken, warnings)
		err = failure{code: exitContent}
	}
	if err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// check turns the flags into a form.
func (s *printSettings) check() error {
	s.form = poster.Form{InkSaving: s.inkSaving, Bleed: s.bleed}
	for _, f := range []struct {
		name, value string
		paper       *poster.Paper
	}{{"size", s.size, &s.form.Size}, {"tile", s.tile, &s.form.Tile}, {"paper", s.paper, &s.form.Paper}} {
		p, ok := poster.ParsePaper(f.value)
		if f.value != "" && !ok {
			return usage(fmt.Sprintf("选项 --%s 的值“%s”不对", f.name, f.value), "写 a4、a3 这样的纸名，或者 600x900 这样的毫米数")
		}
		*f.paper = p
	}
	switch {
	case s.scope != "" && s.scope != string(ledger.UnitOnly):
		return usage(fmt.Sprintf("选项 --scope 的值“%s”不对", s.scope), "内部的写 --scope unit；公开的不用写")
	case s.scope != "" && s.station != "":
		return usage("--scope 和 --station 不能一起用", "墙上只贴公开的")
	case s.bleed && s.tile != "":
		return usage("--bleed 和 --tile 不能一起用", "送图文店用 --bleed，自己用小打印机拼用 --tile")
	case s.paper != "" && (s.bleed || s.tile != "" || s.size != ""):
		return usage("--paper 不能和 --size、--tile、--bleed 一起用", "--paper 自己决定每一张怎样排到这种纸上")
	case s.station != "" && len(s.sheets) > 0:
		return usage("--station 和 --sheet 不能一起用", "只写一个")
	case s.jobs < 0:
		return usage(fmt.Sprintf("选项 --jobs 的值“%d”不对", s.jobs), "写 1 或者更大的数")
	}
	return nil
}

// choose returns the documents that the flags ask for.
func (s *printSettings) choose(t *build.Tree) ([]poster.Document, error) {
	var chosen []poster.Document
	var err error
	switch {
	case s.station != "":
		chosen, err = ofStation(t, s.station)
	case len(s.sheets) > 0:
		chosen, err = ofSheets(t, s.sheets)
	default:
		for _, sheet := range t.Sheets() {
			chosen = append(chosen, poster.Document{Name: pdfName(sheet.Path), Sheets: []poster.Sheet{posterSheet(sheet)}})
		}
	}
	if s.titles {
		names := titled(t)
		for i := range chosen {
			chosen[i].Name = names[strings.TrimSuffix(chosen[i].Name, ".pdf")] + ".pdf"
		}
	}
	for _, d := range chosen {
		for _, sheet := range d.Sheets {
			if !s.form.Fits(sheet) {
				return nil, usage(fmt.Sprintf("“%s”是 %v × %v 毫米，与 --size %s 的长宽比例不同", sheet.Title, sheet.Width, sheet.Height, s.size), "用 --sheet 指明要放大的那几张，或者换一种纸")
			}
		}
	}
	return chosen, err
}

func posterSheet(s build.Sheet) poster.Sheet {
	v := s.View()
	return poster.Sheet{Path: s.Path, Title: v.PageTitle, At: s.At, Width: float64(v.Width), Height: float64(v.Height)}
}

// ofSheets finds sheets by their addresses, with or without what is the same in all.
func ofSheets(t *build.Tree, wanted []string) ([]poster.Document, error) {
	byName := map[string]build.Sheet{}
	for _, sheet := range t.Sheets() {
		byName[strings.TrimSuffix(pdfName(sheet.Path), ".pdf")] = sheet
	}
	var list []poster.Document
	for _, w := range wanted {
		name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(w, "/"), "index.html"), "/")
		name = strings.TrimPrefix(name, sheetFolder)
		name = strings.TrimSuffix(strings.TrimSuffix(name, ".html"), ".pdf")
		sheet, ok := byName[name]
		if !ok {
			return nil, usage(fmt.Sprintf("没有要张贴的“%s”", w), diag.DidYouMean(name, slices.Sorted(maps.Keys(byName)), "全部列在 biandan list 里，以 /sheets/ 开头"))
		}
		list = append(list, poster.Document{Name: pdfName(sheet.Path), Sheets: []poster.Sheet{posterSheet(sheet)}})
	}
	return list, nil
}

// ofStation makes one document of all that hangs on the wall of a station.
func ofStation(t *build.Tree, id string) ([]poster.Document, error) {
	var ids []string
	for _, p := range t.Below("stations/") {
		if name, ok := strings.CutSuffix(strings.TrimPrefix(p, "stations/"), "/index.html"); ok && !strings.Contains(name, "/") {
			ids = append(ids, name)
		}
	}
	sheets, ok := t.Wall(id)
	switch {
	case !slices.Contains(ids, id):
		return nil, usage(fmt.Sprintf("没有编号为“%s”的驿站", id), diag.DidYouMean(id, ids, "编号是 content/stations/ 里的 id"))
	case !ok:
		return nil, usage(fmt.Sprintf("驿站“%s”没有公告栏", id), "开放的驿站才有，写了 board = [] 的没有；只要打印几张，用 --sheet")
	case len(sheets) == 0:
		return nil, usage(fmt.Sprintf("驿站“%s”的墙上现在没有要贴的", id), "台账里有了内容，自己就上墙；只要打印几张，用 --sheet")
	}
	d := poster.Document{Name: wallPrefix + id + ".pdf"}
	for _, sheet := range sheets {
		d.Sheets = append(d.Sheets, posterSheet(sheet))
	}
	return []poster.Document{d}, nil
}

// stays says which PDFs of earlier runs are left: all, unless everything is
// printed; then those of sheets and walls that still are, in whatever form.
func (s *printSettings) stays(t *build.Tree) func(string) bool {
	if s.station != "" || len(s.sheets) > 0 {
		return func(string) bool { return true }
	}
	names := map[string]bool{}
	for name, title := range titled(t) {
		names[name], names[title] = true, true
	}
	return func(p string) bool {
		name := strings.TrimSuffix(p, ".pdf")
		return names[name] || names[poster.Unformed(name)]
	}
}

// concludePrint prints the closing line.
func (a *app) concludePrint(r *poster.Report, folder string, took time.Duration) error {
	if err := a.printDiagnostics(r.Diags); err != nil {
		return err
	}
	if broken, _ := r.Diags.Count(); broken > 0 {
		diag.Printf(a.stderr, "没有写入：%d 处错误；原来的 PDF 没有改动\n", broken)
		return failure{code: exitContent}
	}
	a.tellProblems(r.Problems)
	if !a.settings.quiet {
		speed := ""
		if r.Printed > 0 {
			speed = fmt.Sprintf("，每秒 %.1f 个", float64(r.Printed)/took.Seconds())
		}
		diag.Printf(a.stderr, "完成：%d 个 PDF（打印 %d 个，没有变 %d 个），用时 %.2f 秒%s\n",
			r.Documents, r.Printed, r.Documents-r.Printed-len(r.Problems), took.Seconds(), speed)
		if len(r.Problems) < r.Documents {
			diag.Printf(a.stderr, "放在这里：%s\n", folder)
		}
	}
	n := len(r.Problems)
	switch {
	case n == 0:
		return nil
	case slices.ContainsFunc(r.Problems, func(p poster.Problem) bool { return !p.Content }):
		return failure{exitEnvironment, fmt.Sprintf("有 %d 个没有打印", n), ""}
	}
	return failure{exitContent, fmt.Sprintf("有 %d 个没有打印", n), ""}
}

// tellProblems prints why single sheets cannot be printed on this machine.
func (a *app) tellProblems(list []poster.Problem) {
	for _, p := range list {
		diag.Printf(a.stderr, "%s: 错误: %s\n  改法：%s\n", p.At, p.Message, p.Hint)
	}
}

// findBrowser looks for the browser to print with.
func findBrowser() (string, error) {
	return poster.Find(poster.Machine{System: runtime.GOOS, Env: os.Getenv, Look: func(file string) (string, bool) {
		p, err := exec.LookPath(file)
		return p, err == nil
	}})
}

// stamp changes when the browser is replaced by another version.
func stamp(program string) string {
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	info, err := os.Stat(program)
	if err != nil {
		return program
	}
	return fmt.Sprint(program, info.Size(), info.ModTime().UnixNano())
}
