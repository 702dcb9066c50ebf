package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"biandan/generator/build"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// version is that of the command; it changes with each release.
const version = "0.1.0"

func (a *app) versionCommand() *cobra.Command {
	notices := false
	c := &cobra.Command{Use: "version [选项]", Short: "打印版本", Args: noArguments, RunE: func(*cobra.Command, []string) error {
		if notices {
			_, err := io.WriteString(a.stdout, licences)
			return err
		}
		return diag.Printf(a.stdout, "biandan %s %s %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	}}
	c.Flags().BoolVar(&notices, "licences", false, "打印许可和版权声明：biandan 自己的，和它用到的各个库的")
	return c
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain [编号]", Short: "解释一条规则；不写编号就列出全部", Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return codes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listRules()
			}
			r := diag.Lookup(strings.ToUpper(args[0]))
			if r == nil {
				return usage(fmt.Sprintf("没有编号为“%s”的规则", args[0]), diag.DidYouMean(strings.ToUpper(args[0]), codes(), "全部规则见 biandan explain"))
			}
			return a.explain(r)
		},
	}
}

func codes() []string {
	var list []string
	for _, r := range diag.Rules() {
		list = append(list, r.Code)
	}
	return list
}

func (a *app) listRules() error {
	for _, r := range diag.Rules() {
		if err := diag.Printf(a.stdout, "%s  %s  %s\n", r.Code, r.Severity.Chinese(), r.Name); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) explain(r *diag.Rule) error {
	tune := "级别固定，不能在 site.toml 里调整"
	if r.Tunable {
		tune = fmt.Sprintf("级别由县里定：在 site.toml 的 [rules] 里写 %s = \"off\"、\"warning\" 或 \"error\"", r.Code)
	}
	err := diag.Printf(a.stdout, "%s %s（%s）\n\n原因：%s。\n改法：%s。\n%s。\n", r.Code, r.Name, r.Severity.Chinese(), r.Why, r.Mend, tune)
	if err == nil && r.Example != "" {
		_, err = io.WriteString(a.stdout, "\n例子：\n  "+strings.ReplaceAll(r.Example, "\n", "\n  ")+"\n")
	}
	return err
}

func (a *app) listCommand() *cobra.Command {
	views := map[string]func(*build.Site) []listed{"pages": listPages, "files": listFiles, "drafts": listDrafts, "future": listFuture, "expired": listExpired}
	names := []string{"pages", "files", "ids", "drafts", "future", "expired"}
	why := ""
	c := &cobra.Command{
		Use: "list [pages|files|ids|drafts|future|expired] [选项]", Short: "列出网页、文件、台账里的编号、草稿、还没上线的、已经下线的",
		Args: cobra.MaximumNArgs(1), ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("why") {
				return a.explainOutput(cmd, why)
			}
			name := "pages"
			if len(args) > 0 {
				name = args[0]
			}
			if name == "ids" {
				return a.listIDs(cmd)
			}
			view := views[name]
			if view == nil {
				return usage(fmt.Sprintf("list 后面不能写“%s”", name), diag.DidYouMean(name, names, "可以写："+strings.Join(names, "、")))
			}
			s, err := a.plan(cmd)
			if err != nil {
				return err
			}
			return a.printList(view(s))
		},
	}
	a.settings.addSite(c.Flags())
	c.Flags().StringVar(&why, "why", "", "说明这个`网址`（或者 public/ 里的文件）是由什么做成的")
	return c
}

// plan plans the site without rendering it.
func (a *app) plan(cmd *cobra.Command) (*build.Site, error) {
	o := a.settings.options()
	snapshot, closer, found, err := open(a.settings.source)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	s, r := build.Plan(cmd.Context(), snapshot, o, found)
	if s == nil {
		if err := cmd.Context().Err(); err != nil {
			return nil, err
		}
		if err := a.printReport(r); err != nil {
			return nil, err
		}
		return nil, failure{code: exitContent}
	}
	return s, nil
}

// listed is a line of list.
type listed struct {
	Path   string `json:"path"`
	Kind   string `json:"kind,omitempty"`
	Date   string `json:"date,omitempty"`
	Title  string `json:"title,omitempty"`
	Source string `json:"source"`
}

func (a *app) printList(list []listed) error {
	if a.settings.format == "json" {
		return diag.PrintJSON(a.stdout, list)
	}
	for _, l := range list {
		if err := diag.Printf(a.stdout, "%s\t%s\t%s\t%s\n", l.Path, l.Kind+l.Date, l.Title, l.Source); err != nil {
			return err
		}
	}
	return nil
}

func listPages(s *build.Site) []listed {
	list := []listed{}
	for _, o := range s.Outputs {
		if o.Layout != "" {
			list = append(list, listed{Path: "/" + strings.TrimSuffix(o.Path, "index.html"), Title: o.Title(), Source: o.File})
		}
	}
	return list
}

func listFiles(s *build.Site) []listed {
	list := []listed{}
	for _, o := range s.Outputs {
		list = append(list, listed{Path: o.Path, Title: o.Title(), Source: o.File})
	}
	return list
}

// listIDs lists what a reference may name, with its kind, also of a site with errors.
func (a *app) listIDs(cmd *cobra.Command) error {
	snapshot, closer, _, err := open(a.settings.source)
	if err != nil {
		return err
	}
	defer closer.Close()
	book := build.Records(cmd.Context(), snapshot, a.settings.options())
	list := []listed{}
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			k := &l.Kinds[i]
			for _, e := range book.Entries(k) {
				if k.Key != "" && ledger.IDOf(e) != "" {
					list = append(list, listed{Path: ledger.IDOf(e), Kind: k.Title, Title: ledger.TitleOf(e), Source: e.At().String()})
				}
			}
		}
	}
	return a.printList(list)
}

func listDrafts(s *build.Site) []listed {
	return listEntries(s, func(e ledger.Entry, _ *ledger.Page) bool { return ledger.IsDraft(e) })
}

func listFuture(s *build.Site) []listed {
	return listEntries(s, func(_ ledger.Entry, p *ledger.Page) bool { return p != nil && p.IsFuture(s.Book.AsOf) })
}

func listExpired(s *build.Site) []listed {
	return listEntries(s, func(_ ledger.Entry, p *ledger.Page) bool { return p != nil && p.IsExpired(s.Book.AsOf) })
}

func listEntries(s *build.Site, keep func(ledger.Entry, *ledger.Page) bool) []listed {
	list := []listed{}
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			for _, e := range s.Book.Entries(&l.Kinds[i]) {
				item := listed{Path: ledger.IDOf(e), Title: ledger.TitleOf(e), Source: e.At().String()}
				var page *ledger.Page
				if pe, ok := e.(ledger.PageEntry); ok {
					page = ledger.PageOf(pe)
					item.Date, item.Source = page.Date.String(), e.File()
				}
				if keep(e, page) {
					list = append(list, item)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b listed) int { return strings.Compare(a.Source, b.Source) })
	return list
}

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{Use: "config [选项]", Short: "列出各项设置，以及值从哪里来", Args: noArguments, RunE: func(*cobra.Command, []string) error { return a.printConfig() }}
	a.settings.addSite(c.Flags())
	a.settings.addOutput(c.Flags())
	return c
}

func (a *app) printConfig() error {
	s := &a.settings
	o := s.options()
	snapshot, closer, found, err := open(s.source)
	if err != nil {
		return err
	}
	defer closer.Close()
	bag := &diag.Bag{}
	bag.Append(found)
	var c *config.Config
	if t, ok := snapshot.Text("site.toml", bag); ok {
		c, _ = config.Parse(t, bag)
	}
	if l := bag.List(); l.HasErrors() {
		if err := a.printDiagnostics(l); err != nil {
			return err
		}
		return failure{code: exitContent}
	}
	w := tabwriter.NewWriter(a.stdout, 0, 4, 2, ' ', 0)
	line := func(name, value, from string) { diag.Printf(w, "%s\t%s\t%s\n", name, value, from) }
	flag := func(name, value string) {
		from := s.origin[name]
		if from == "" {
			from = "默认"
		}
		line(name, value, from)
	}
	flag("source", s.source)
	flag("destination", s.outputDir())
	flag("cache-dir", s.cache())
	flag("drafts", fmt.Sprint(s.drafts))
	flag("future", fmt.Sprint(s.future))
	flag("expired", fmt.Sprint(s.expired))
	flag("strict", fmt.Sprint(s.strict))
	for _, v := range c.Values() {
		value, from := v.Value, "默认"
		if v.Line > 0 {
			from = fmt.Sprintf("site.toml:%d", v.Line)
		}
		switch {
		case v.Key == "base_url" && s.baseURL != "":
			value, from = s.baseURL, s.origin["base-url"]
		case v.Key == "as_of" && s.at != "":
			value, from = s.at, s.origin["at"]
		case v.Key == "as_of" && value == "":
			value, from = o.Today.String(), "今天"
		}
		line(v.Key, value, from)
	}
	return w.Flush()
}
