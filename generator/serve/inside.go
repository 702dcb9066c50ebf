package serve

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"biandan/generator/build"
	"biandan/generator/plan"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// The pages below /_biandan/ show a site from the inside, for those who make it.
// Each is a template of inside.html that gets what a function here returns; they
// are made when they are asked for, so that no build pays for them.

var insidePages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").ParseFS(assets, "assets/inside.html"))
})

// tab is one of the pages, as the tabs name it.
type tab struct{ Name, Text string }

var tabs = []tab{{"", "概况"}, {"pages", "网页"}, {"sheets", "张贴版"}, {"status", "待办"}, {"ledgers", "台账"}, {"changes", "变化"}, {"layouts", "版式"}}

// frame is what all of these pages show.
type frame struct {
	Tab              string
	Tabs             []tab
	Title            string
	Errors, Warnings int
	None             bool // nothing was built yet
	Content          any
}

// isInside reports whether the script asks for one of these pages.
func isInside(page string) bool { return strings.HasPrefix(page, "_biandan/") }

// inside answers with the page of that name.
func (s *Server) inside(w http.ResponseWriter, r *http.Request, name string) {
	tree, report, _, number := s.now()
	if rest, ok := strings.CutPrefix(name, "layouts/"); ok && tree != nil {
		s.sample(w, r, tree, rest)
		return
	}
	f := frame{Tab: name, Tabs: tabs, None: tree == nil}
	f.Errors, f.Warnings = report.Diags.Count()
	i := slices.IndexFunc(tabs, func(t tab) bool { return t.Name == name })
	if i < 0 {
		http.NotFound(w, r)
		return
	}
	f.Title = tabs[i].Text
	query := r.URL.Query()
	switch {
	case name == "":
		f.Title, f.Content = "正在预览", s.overview()
	case tree == nil:
	case name == "pages":
		f.Content = listPages(tree, query, false)
	case name == "sheets":
		f.Content = listPages(tree, query, true)
	case name == "status":
		f.Content = listStatus(tree, query)
	case name == "ledgers":
		f.Content = listLedgers(tree, query)
	case name == "changes":
		f.Content = s.changes()
	case name == "layouts":
		f.Content = listLayouts(tree)
	}
	var page bytes.Buffer
	if err := insidePages().ExecuteTemplate(&page, "page", f); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.send(w, r, http.StatusOK, "_biandan/"+name+".html", page.Bytes(), strconv.Itoa(number))
}

// overview is what the last build did and found.
func (s *Server) overview() any {
	tree, report, excerpts, number := s.now()
	pages, files := 0, 0
	if tree != nil {
		pages, files = tree.Site.Pages(), tree.Len()
	}
	return struct {
		Number, Pages, Files int
		Report               *build.Report
		Day                  string
		Findings             []Finding
		Left                 int // findings that are not shown
	}{number, pages, files, report, report.AsOf.Chinese(), findings(report.Diags, excerpts), max(0, len(report.Diags)-maxFindings)}
}

// row is a page in a list of pages.
type row struct {
	Title, URL, Source, Layout, Mark string
}

// shelf is a part of a long list that can be searched.
type shelf struct {
	Query       string
	Total       int // that match
	Rows        []row
	From, To    int
	Older, Next string // addresses; ""
}

// The lengths of the parts: a sheet is shown with its picture.
const (
	pageRows  = 100
	sheetRows = 12
)

// listPages lists the pages of a site, or its sheets.
func listPages(t *build.Tree, query url.Values, sheets bool) shelf {
	s, marked, size := shelf{Query: strings.TrimSpace(query.Get("q"))}, marks(t), pageRows
	if sheets {
		size = sheetRows
	}
	from, _ := strconv.Atoi(query.Get("from"))
	from = max(0, from)
	for _, o := range t.Site.Outputs {
		if o.Layout == "" || (theme.BaseOf(o.Layout) == "sheet.html") != sheets {
			continue
		}
		r := pageRow(t, o, marked)
		if !strings.Contains(r.Title+"\n"+r.URL+"\n"+r.Source+"\n"+r.Layout, s.Query) {
			continue
		}
		if s.Total >= from && s.Total < from+size {
			s.Rows = append(s.Rows, r)
		}
		s.Total++
	}
	s.From, s.To = min(from+1, s.Total), min(from+size, s.Total)
	part := func(from int) string { return "?" + url.Values{"q": {s.Query}, "from": {strconv.Itoa(from)}}.Encode() }
	if from > 0 {
		s.Older = part(max(0, from-size))
	}
	if s.To < s.Total {
		s.Next = part(s.To)
	}
	return s
}

func pageRow(t *build.Tree, o *plan.Output, marked map[string]string) row {
	to := t.Site.Address(o.Path)
	return row{o.Title(), to, o.Pos().String(), o.Layout, marked[to]}
}

// changeRow is a file that changed, with the reason in words.
type changeRow struct {
	Title, Path, URL, Kind, Reason string
}

const changeRows = 50

// changes is what the last build did to the site, and why.
func (s *Server) changes() any {
	s.mu.RLock()
	before, tree := s.before, s.tree
	s.mu.RUnlock()
	v := struct {
		First bool // there is nothing to compare with
		*build.Changes
		Inputs, Rows []changeRow
		Total        int
	}{First: before == nil}
	if before == nil {
		return v
	}
	v.Changes = build.Compare(before, tree, changeRows)
	v.Total = v.New + v.Gone + v.Layout + v.Content
	for _, c := range v.Changes.Inputs[:min(changeRows, len(v.Changes.Inputs))] {
		v.Inputs = append(v.Inputs, changeRow{Path: c.Path, Kind: inputWords[c.Kind]})
	}
	for _, c := range v.Outputs {
		r := changeRow{Title: c.Title, Path: c.Path, Kind: outputWords[c.Kind], Reason: reason(c)}
		if c.Kind != build.IsGone {
			r.URL = tree.Site.Address(c.Path)
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

var (
	inputWords  = map[build.ChangeKind]string{build.IsNew: "新加", build.IsGone: "删去", build.ByContent: "改过"}
	outputWords = map[build.ChangeKind]string{build.IsNew: "新加", build.IsGone: "没有了", build.ByLayout: "版式变了", build.ByContent: "内容变了"}
)

func reason(c build.Change) string {
	var parts []string
	if len(c.Layouts) > 0 {
		parts = append(parts, "版式文件："+strings.Join(c.Layouts, "、"))
	}
	if len(c.Fields) > 0 {
		names := make([]string, len(c.Fields))
		for i, f := range c.Fields {
			names[i] = fieldName(f)
		}
		parts = append(parts, "内容："+strings.Join(names, "、"))
	}
	return strings.Join(parts, "；")
}

// fieldWords are words for the fields of views that change most often; the
// others are named as layouts name them.
var fieldWords = map[string]string{"PageTitle": "标题", "BodyKey": "正文", "Body": "正文", "Intro": "导语", "Description": "摘要", "Items": "列表",
	"Newer": "后一篇的链接", "Older": "前一篇的链接", "Pager": "分页", "Date": "日期", "AsOf": "今天的日期", "Site.Menu": "导航", "Site.Title": "网站名称",
	"Site.Style": "样式表", "Site.SheetStyle": "张贴版的样式表", "Site.Script": "脚本", "Crumbs": "上级栏目的链接", "News": "动态", "Notices": "公示",
	"Text": "文字", "Current": "正在进行的", "Coming": "即将开始的", "Ended": "已结束的", "Others": "其他", "Groups": "分组", "Facts": "要点", "Fields": "各项内容", "Grids": "表格", "Left": "还剩几天", "Data": "开放数据的链接", "Version": "版本号"}

func fieldName(f string) string {
	if w := fieldWords[f]; w != "" {
		return w + "（" + f + "）"
	}
	return f
}

// layoutRow is a layout of the storybook.
type layoutRow struct {
	Name, View string
	Used       int // pages that it makes
	First      row // one of them
	Sources    []theme.Source
	Sheet      bool
}

func listLayouts(t *build.Tree) []layoutRow {
	used, first := map[string]int{}, map[string]row{}
	for _, o := range t.Site.Outputs {
		if used[o.Layout]++; used[o.Layout] == 1 {
			first[o.Layout] = pageRow(t, o, nil)
		}
	}
	var list []layoutRow
	for _, name := range view.Layouts() {
		list = append(list, layoutRow{name, view.TypeOf(name).Name(), used[name], first[name], t.Site.Theme.Sources(name), theme.BaseOf(name) == "sheet.html"})
	}
	return list
}

// sample answers with a layout in the storybook: NAME/full or NAME/empty.
func (s *Server) sample(w http.ResponseWriter, r *http.Request, t *build.Tree, name string) {
	layout, kind := path.Split(name)
	layout = strings.TrimSuffix(layout, "/")
	data, found, ok := t.Sample(layout, kind == "full")
	if !ok || kind != "full" && kind != "empty" {
		http.NotFound(w, r)
		return
	}
	status := http.StatusOK
	if found.HasErrors() {
		status, data = http.StatusInternalServerError, []byte(escape(found[0].Message))
	}
	_, _, _, number := s.now()
	s.send(w, r, status, "_biandan/layouts/"+name+".html", data, strconv.Itoa(number))
}
