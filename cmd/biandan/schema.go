package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"biandan/generator/diag"
	"biandan/generator/schema"
	"biandan/generator/source"
)

func (a *app) schemaCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "schema [名字]", Short: "写出台账的格式说明，编辑器里就有提示、补全和标红",
		Long: "写出 site.toml 和各个台账的格式说明（JSON Schema），放在 " + schema.Folder + "/。\n" +
			"VS Code 装上“Even Better TOML”插件，打开第一行有 #:schema 的 .toml 文件，就能看到每一项的说明、可写的值，写错的地方标红。\n" +
			"init 和 new 新建的文件里已经有这一行；原有的文件，在最前面加上一行：\n\n" +
			"  site.toml 里：            " + schema.Line(source.ConfigFile) +
			"  content/stations/ 里的：  " + schema.Line("content/stations/x.toml") +
			"\n格式说明由本工具随时写出，不用放进 git；init、new、serve 也会写。\n\n" +
			"写了名字，就只打印那一个，不写文件。名字有：" + strings.Join(schema.Names(), "、"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return schema.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.schema(args) },
	}
	c.Flags().StringVarP(&a.settings.source, "source", "s", ".", "网站所在的`文件夹`")
	return c
}

func (a *app) schema(args []string) error {
	switch len(args) {
	case 0:
		return a.writeAllSchemas()
	case 1:
		for _, f := range schema.Files() {
			if f.Name == args[0] {
				_, err := a.stdout.Write(f.Data)
				return err
			}
		}
		return usage(fmt.Sprintf("没有叫“%s”的格式说明", args[0]), diag.DidYouMean(args[0], schema.Names(), "名字有："+strings.Join(schema.Names(), "、")))
	}
	return usage(fmt.Sprintf("多余的参数“%s”", args[1]), "一次打印一个；不写名字，就把全部写进 "+schema.Folder+"/")
}

func (a *app) writeAllSchemas() error {
	root, err := openSite(a.settings.source)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := writeSchemas(root); err != nil {
		return cannotWrite(schema.Folder)
	}
	for _, f := range schema.Files() {
		diag.Printf(a.stdout, "%s\n", filepath.Join(a.settings.source, filepath.FromSlash(schemaPath(f))))
	}
	return nil
}

func schemaPath(f schema.File) string { return path.Join(schema.Folder, f.Name+".json") }

// writeSchemas writes the schemas of this version of the tool into a site. Those
// that are right already are left alone, so that no editor reads them again.
func writeSchemas(root *os.Root) error {
	if err := root.MkdirAll(schema.Folder, 0o755); err != nil {
		return err
	}
	for _, f := range schema.Files() {
		if info, err := root.Lstat(schemaPath(f)); err == nil && !info.Mode().IsRegular() {
			return fs.ErrExist // a link would lead elsewhere, and a pipe keep its reader waiting
		}
		if old, err := root.ReadFile(schemaPath(f)); err == nil && bytes.Equal(old, f.Data) {
			continue
		}
		if err := root.WriteFile(schemaPath(f), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// offerSchemas writes the schemas beside other work. A failure is no matter: an
// editor knows less.
func (s *settings) offerSchemas() {
	if s.cacheDir != "" {
		return // nothing is to be written into the site
	}
	if root, err := os.OpenRoot(s.source); err == nil {
		writeSchemas(root)
		root.Close()
	}
}
