package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"biandan/generator/diag"
	"biandan/generator/poster"
	"biandan/generator/source"
	"biandan/generator/watch"
)

func (a *app) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "doctor [选项]", Short: "看看这台机器还缺什么",
		Long: "看看这台机器还缺什么：浏览器、中文字体、磁盘、缓存。\n每行前面是 ✓ 的没有问题，是 ! 的后面有改法。",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
	f := c.Flags()
	f.StringVarP(&a.settings.source, "source", "s", ".", "网站所在的`文件夹`")
	f.StringVar(&a.settings.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	f.StringVar(&a.settings.format, "format", "text", "输出的`格式`：text、json")
	return c
}

// finding is what doctor says of one thing.
type finding struct {
	Name      string `json:"name"`
	OK        bool   `json:"ok"`
	Necessary bool   `json:"necessary"` // without it a command cannot do its work
	Text      string `json:"text"`
	Hint      string `json:"hint,omitempty"`
}

func (a *app) doctor(ctx context.Context) error {
	list := []finding{{Name: "工具", OK: true, Text: fmt.Sprintf("biandan %s，%s，%s/%s，%d 核", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())}}
	list = append(list, lookAtSite(a.settings.source))
	list = append(list, lookAtBrowser(ctx)...)
	list = append(list, lookAtSandbox(os.Getuid() == 0))
	list = append(list, lookAtWatching(ctx, a.settings.source))
	list = append(list, lookAtDisk(a.settings.source)...)
	list = append(list, lookAtCache(a.settings.cache()))
	if err := a.printFindings(list); err != nil {
		return err
	}
	for _, f := range list {
		if f.Necessary && !f.OK {
			return failure{code: exitEnvironment}
		}
	}
	return ctx.Err()
}

func (a *app) printFindings(list []finding) error {
	if a.settings.format == "json" {
		return diag.PrintJSON(a.stdout, list)
	}
	for _, f := range list {
		sign := "✓"
		if !f.OK {
			sign = "!"
		}
		if err := diag.Printf(a.stdout, "%s %s：%s\n", sign, f.Name, f.Text); err != nil {
			return err
		}
		if f.Hint != "" {
			if err := diag.Printf(a.stdout, "    改法：%s\n", f.Hint); err != nil {
				return err
			}
		}
	}
	return nil
}

func lookAtSite(dir string) finding {
	f := finding{Name: "网站", Necessary: true, Text: fmt.Sprintf("“%s”里有 site.toml", dir)}
	if _, err := os.Stat(filepath.Join(dir, source.ConfigFile)); err != nil {
		f.Text, f.Hint = fmt.Sprintf("“%s”里没有 site.toml", dir), "换到网站所在的文件夹，或者用 -s 指明；还没有网站就用 biandan init"
		return f
	}
	f.OK = true
	return f
}

// lookAtBrowser tells of the browser that prints, and of its Chinese fonts.
func lookAtBrowser(ctx context.Context) []finding {
	b, fonts := finding{Name: "浏览器", Necessary: true}, finding{Name: "中文字体", Necessary: true, Text: "要有浏览器才能看"}
	path, err := findBrowser()
	if err == nil {
		b.Text, fonts.Hint = path, ""
		var product string
		var missing error
		if product, missing, err = poster.Probe(ctx, path); err == nil {
			b.OK, b.Text = true, fmt.Sprintf("%s，%s", product, path)
			fonts.OK, fonts.Text = true, "有"
			if p, ok := missing.(poster.Problem); ok {
				fonts.OK, fonts.Text, fonts.Hint = false, p.Message, p.Hint
			}
		}
	}
	if p, ok := err.(poster.Problem); ok {
		b.Text, b.Hint = p.Message, p.Hint
	} else if err != nil {
		b.Text = err.Error()
	}
	return []finding{b, fonts}
}

// lookAtSandbox tells whether the browser keeps what it shows away from the machine.
// For root it has no sandbox; where the system allows nobody to make one it does not
// start, and the look at the browser says so.
func lookAtSandbox(root bool) finding {
	if root {
		return finding{Name: "沙箱", Text: "以 root 运行，浏览器没有沙箱（--no-sandbox）：图片里要是藏着坏东西，就能动整台机器",
			Hint: "用普通用户运行 biandan（su 一个用户，容器里写 USER）；只打印自己写的内容，问题不大"}
	}
	return finding{Name: "沙箱", OK: true, Text: "浏览器在沙箱里打印"}
}

// lookAtWatching tells whether the system reports changes of files.
func lookAtWatching(ctx context.Context, dir string) finding {
	f := finding{Name: "守着文件", OK: true, Text: "系统会报告文件的变化"}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	select {
	case why := <-watch.Start(ctx, dir, watch.Options{}).Polling:
		f.OK, f.Text, f.Hint = false, why+"；biandan serve 改为每秒看一次", "网络盘上只能这样；Linux 上可以调大 fs.inotify.max_user_watches"
	default:
	}
	if data, err := os.ReadFile("/proc/sys/fs/inotify/max_user_watches"); err == nil {
		f.Text += fmt.Sprintf("，最多 %s 个文件夹", strings.TrimSpace(string(data)))
	}
	return f
}

// littleSpace is too little room for a site, its cache and its PDFs.
const littleSpace = 500 << 20

// lookAtDisk tells of the disk that the site lies on.
func lookAtDisk(dir string) []finding {
	free, network, ok := disk(dir)
	if !ok {
		return []finding{{Name: "磁盘", Text: "看不到磁盘的情况", Hint: "核对 -s 后面的文件夹"}}
	}
	space := finding{Name: "磁盘", OK: free >= littleSpace, Text: "还有 " + size(free)}
	if !space.OK {
		space.Hint = "腾出至少 500 MB"
	}
	kind := finding{Name: "文件系统", OK: !network, Text: "本机的磁盘"}
	if network {
		kind.Text, kind.Hint = "网络盘或虚拟盘", "能用，但慢，也收不到文件的变化：serve 加 --poll 1s，缓存用 --cache-dir 放到本机"
	}
	if ignoresCase(dir) {
		kind.Text += "，文件名不分大小写"
	}
	return []finding{space, kind}
}

// ignoresCase reports whether a file is also found by its name in capitals.
func ignoresCase(dir string) bool {
	_, err1 := os.Stat(filepath.Join(dir, source.ConfigFile))
	_, err2 := os.Stat(filepath.Join(dir, strings.ToUpper(source.ConfigFile)))
	return err1 == nil && err2 == nil
}

// lookAtCache tells how large the cache is, and whether it can be written.
func lookAtCache(dir string) finding {
	f := finding{Name: "缓存", OK: true}
	files, bytes := 0, uint64(0)
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			files, bytes = files+1, bytes+uint64(info.Size())
		}
		return nil
	})
	if f.Text = fmt.Sprintf("%s，%d 个文件，%s", dir, files, size(bytes)); files == 0 {
		f.Text = fmt.Sprintf("%s，还是空的", dir)
		return f
	}
	probe, err := os.CreateTemp(dir, "probe-")
	if err != nil {
		f.OK, f.Text, f.Hint = false, fmt.Sprintf("%s，写不进去", dir), "检查文件夹的权限，或者用 --cache-dir 换地方；删掉它也没有关系"
		return f
	}
	probe.Close()
	os.Remove(probe.Name())
	return f
}

// size writes a number of bytes for people.
func size(n uint64) string {
	const kilo = 1 << 10
	for _, u := range []struct {
		name string
		size uint64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", kilo}} {
		if n >= u.size {
			return strconv.FormatFloat(float64(n)/float64(u.size), 'f', 1, 64) + " " + u.name
		}
	}
	return strconv.FormatUint(n, 10) + " 字节"
}
