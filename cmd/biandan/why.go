package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/diag"
)

// explainOutput says what the file at an address of the site is made from.
func (a *app) explainOutput(cmd *cobra.Command, address string) error {
	s, err := a.plan(cmd)
	if err != nil {
		return err
	}
	p := outputPath(s, address)
	o := s.Output(p)
	if o == nil {
		o = s.Output(p + "/index.html")
	}
	if o == nil {
		var known []string
		for _, o := range s.Outputs {
			known = append(known, s.Address(o.Path))
		}
		return usage(fmt.Sprintf("网站里没有“%s”", address), diag.DidYouMean(s.Address(p), known, "全部网页见 biandan list，全部文件见 biandan list files"))
	}
	w := s.Why(o, tool())
	if a.settings.format == "json" {
		return diag.PrintJSON(a.stdout, w)
	}
	_, err = a.stdout.Write([]byte(whyText(w)))
	return err
}

// outputPath is the path below public/ that is meant by an address, a whole
// address with https://, or a path as the file manager or the terminal gives it.
func outputPath(s *build.Site, address string) string {
	p := strings.ReplaceAll(address, `\`, "/")
	if u, err := url.Parse(p); err == nil && u.Host != "" {
		return s.PathOf(u.Path)
	}
	if _, rest, ok := strings.Cut("/"+p, "/public/"); ok && s.Output(p) == nil {
		p = rest
	}
	return s.PathOf(p)
}

func whyText(w *build.Why) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			diag.Printf(&b, "%s：%s\n", name, value)
		}
	}
	list := func(name string, items []build.Shown) {
		if len(items) > 0 {
			diag.Printf(&b, "%s：\n", name)
		}
		for _, it := range items {
			diag.Printf(&b, "  %s\t%s\t%s\n", it.Address, it.Title, it.Source)
		}
	}
	line("网址", w.Address)
	line("文件", w.Path)
	line("标题", w.Title)
	line("来自", w.Source)
	line("正文", w.Body)
	if w.Layout == "" {
		line("版式", "不用版式，直接写出")
	} else {
		line("版式", w.Layout)
		for _, f := range w.Layouts {
			diag.Printf(&b, "  %s\n", f)
		}
	}
	list("用到的文件", w.Files)
	list("提到的网页", w.Pages)
	line("标识", w.Identity)
	return b.String()
}
