package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/scaffold"
	"biandan/generator/source"
)

// newOptions are the flags of new.
type newOptions struct {
	slug, month string
	print, edit bool
}

func (a *app) newCommand() *cobra.Command {
	var o newOptions
	c := &cobra.Command{
		Use:   "new 种类 \"标题\"",
		Short: "新建一篇文章或一条台账，每一项旁边都有说明",
		Long: "新建一篇文章或一条台账：必填的项写好样子，可选的项放在注释里，旁边都有说明。\n" +
			"文章（.md）先是草稿，删掉 draft 那一行才公开。\n\n种类（写英文、中文都行）：\n  " + strings.Join(scaffold.Names(), "\n  ") +
			"\n\n例子：\n  biandan new 公示 \"关于 2026 年第四批发展对象的公示\"\n  biandan new 月主题 \"平安过年\" --month 2027-01\n" +
			"  biandan new 驿站 \"和苑小区红扁担驿站\" --print",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, k := range scaffold.Kinds() {
				names = append(append(names, k.Name, k.Title), k.Forms...)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.newRecord(cmd.Context(), o, args) },
	}
	f := c.Flags()
	f.StringVarP(&a.settings.source, "source", "s", ".", "网站所在的`文件夹`")
	a.addDate(f)
	f.StringVar(&o.slug, "slug", "", "文件`名`和编号，如 gongnuan-2026；默认取标题的拼音")
	f.StringVar(&o.month, "month", "", "月主题的`月份`，如 2026-12；默认是 --date 的那个月")
	f.BoolVar(&o.print, "print", false, "只打印，不写文件；用来粘贴到已有的台账里")
	f.BoolVar(&o.edit, "edit", false, "写好以后用环境变量 EDITOR 里的编辑器打开")
	return c
}

func (a *app) initCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "init 文件夹", Short: "新建一个小而全的网站，从它改起",
		Long: "在一个空的文件夹里新建一个网站：设置、组织、驿站、服务事项、公示、动态、月主题各有一份示例，马上就能生成。",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("init 后面要写一个文件夹", "如 biandan init 我们县")
			}
			return a.initSite(args[0])
		},
	}
	a.addDate(c.Flags())
	return c
}

// addDate adds --date, which --at and BIANDAN_AT mean as well.
func (a *app) addDate(f *pflag.FlagSet) {
	f.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "at" {
			name = "date"
		}
		return pflag.NormalizedName(name)
	})
	f.StringVar(&a.settings.at, "date", "", "`日期`，如 2026-12-01；默认是今天")
}

// day is the day of what is written.
func (s *settings) day() (calendar.Date, error) {
	if s.at == "" {
		return today(), nil
	}
	d, ok := calendar.ParseDate(s.at)
	if !ok {
		return d, usage(fmt.Sprintf("--date 的日期“%s”不对", s.at), "写成 2026-12-01 的样子")
	}
	return d, nil
}

func (a *app) newRecord(ctx context.Context, o newOptions, args []string) error {
	r, err := a.request(o, args)
	if err != nil {
		return err
	}
	file, err := scaffold.New(r)
	if m := (scaffold.Mistake{}); errors.As(err, &m) {
		return usage(m.Message, m.Hint)
	} else if err != nil {
		return err
	}
	if o.print {
		_, err := a.stdout.Write(file.Data)
		return err
	}
	var editor []string
	if o.edit {
		if editor, err = findEditor(os.LookupEnv); err != nil {
			return err
		}
	}
	if err := a.writeNew(file); err != nil {
		return err
	}
	name := filepath.Join(a.settings.source, filepath.FromSlash(file.Path))
	diag.Printf(a.stdout, "%s\n", name)
	todo := "把（括号）里的换成真的"
	if path.Ext(name) == ".md" {
		todo += "，删掉 draft 那一行"
	}
	diag.Printf(a.stderr, "新建好了；%s，再运行 %s\n", todo, invocation("build", a.settings.source))
	if editor != nil {
		return a.edit(ctx, editor, name)
	}
	return nil
}

// request reads the arguments of new.
func (a *app) request(o newOptions, args []string) (r scaffold.Request, err error) {
	switch {
	case len(args) == 0:
		return r, usage("没有写要新建什么", "如 biandan new 公示 \"关于……的公示\"；可以写："+strings.Join(scaffold.Names(), "、"))
	case len(args) > 2:
		return r, usage(fmt.Sprintf("多余的参数“%s”", args[2]), "标题有空格时，整个放进英文双引号里")
	case o.print && o.edit:
		return r, usage("--print 和 --edit 不能一起用", "--print 不写文件，没有可以打开的")
	}
	r.Kind, r.Slug, r.Loose = args[0], o.slug, o.print
	if len(args) == 2 {
		r.Title = unquote(args[1])
	}
	if o.month != "" {
		var ok bool
		if r.Month, ok = calendar.ParseMonth(o.month); !ok {
			return r, usage(fmt.Sprintf("--month 的月份“%s”不对", o.month), "写成 2026-12 的样子")
		}
	}
	r.Date, err = a.settings.day()
	return r, err
}

// unquote takes off the Chinese quotation marks around a title, which a Chinese
// input method puts where the shell wants others.
func unquote(title string) string {
	if inner, ok := strings.CutPrefix(title, "“"); ok {
		if inner, ok := strings.CutSuffix(inner, "”"); ok && !strings.ContainsAny(inner, "“”") {
			return inner
		}
	}
	return title
}

// writeNew writes a file of the site in the source folder.
func (a *app) writeNew(file scaffold.File) error {
	root, err := openSite(a.settings.source)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := create(root, file); err != nil {
		return err
	}
	a.settings.offerSchemas()
	return nil
}

// openSite opens the folder of a site to write in it.
func openSite(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failure{exitEnvironment, fmt.Sprintf("打不开网站文件夹“%s”", dir), "核对 -s 后面的文件夹；还没有网站，先运行 biandan init 文件夹"}
	}
	if _, err := root.Stat(source.ConfigFile); err != nil {
		root.Close()
		return nil, failure{exitEnvironment, fmt.Sprintf("“%s”不是网站文件夹：里面没有 site.toml", dir), "用 -s 指明网站的文件夹；还没有网站，先运行 biandan init 文件夹"}
	}
	return root, nil
}

func (a *app) initSite(dir string) error {
	day, err := a.settings.day()
	if err != nil {
		return err
	}
	files, err := scaffold.Site(day)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	switch {
	case len(entries) > 0:
		return usage(fmt.Sprintf("文件夹“%s”不是空的", dir), "换一个空的或者还没有的文件夹")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return usage(fmt.Sprintf("“%s”不是能用的文件夹", dir), "换一个空的或者还没有的文件夹")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cannotWrite(dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return cannotWrite(dir)
	}
	defer root.Close()
	for _, f := range files {
		if err := create(root, f); err != nil {
			return err
		}
	}
	writeSchemas(root) // if it fails, an editor knows less
	diag.Printf(a.stdout, "%s\n", dir)
	diag.Printf(a.stderr, "网站建好了，一共 %d 个文件；先看 %s，再运行 %s\n", len(files), filepath.Join(dir, "README.md"), invocation("build", dir))
	return nil
}

// create writes a new file below root; a file that exists is left alone.
func create(root *os.Root, file scaffold.File) error {
	if err := root.MkdirAll(path.Dir(file.Path), 0o755); err != nil {
		return cannotWrite(file.Path)
	}
	f, err := root.OpenFile(file.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Sprintf("已经有“%s”了，没有改动它", file.Path), "打开那个文件改，或者用 --slug 另起一个名字；月主题用 --month 写另一个月份")
	} else if err != nil {
		return cannotWrite(file.Path)
	}
	_, err = f.Write(file.Data)
	if err := errors.Join(err, f.Close()); err != nil {
		return cannotWrite(file.Path)
	}
	return nil
}

func cannotWrite(what string) error {
	return failure{exitEnvironment, fmt.Sprintf("写不了“%s”", what), "检查磁盘是否已满、文件夹是否能写"}
}

// invocation is how to run a verb on the site in dir.
func invocation(verb, dir string) string {
	if dir == "." {
		return "biandan " + verb
	}
	if strings.Contains(dir, " ") {
		dir = `"` + dir + `"`
	}
	return "biandan " + verb + " -s " + dir
}

// findEditor returns the command of the user's editor. Its variable may hold
// options (code -w), or a path with spaces.
func findEditor(lookup func(string) (string, bool)) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		value, _ := lookup(name)
		if strings.TrimSpace(value) == "" {
			continue
		}
		if _, err := exec.LookPath(value); err == nil {
			return []string{value}, nil
		}
		return strings.Fields(value), nil
	}
	return nil, failure{exitEnvironment, "不知道用哪个编辑器", "把编辑器写进环境变量 EDITOR，如 EDITOR=notepad；或者去掉 --edit，自己打开文件"}
}

func (a *app) edit(ctx context.Context, editor []string, name string) error {
	c := exec.CommandContext(ctx, editor[0], append(editor[1:], name)...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, a.stdout, a.stderr
	if err := c.Run(); err != nil {
		return failure{exitEnvironment, fmt.Sprintf("编辑器“%s”没有正常结束", strings.Join(editor, " ")), "文件已经写好，可以自己打开：" + name}
	}
	return nil
}
