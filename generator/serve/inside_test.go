package serve

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"biandan/generator/ledger"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// expect wants each text in the answer to an address.
func expect(t *testing.T, base, address string, texts ...string) {
	t.Helper()
	code, body := get(t, base+address, "localhost")
	if code != 200 || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
		t.Errorf("%s: %d %.200q", address, code, body)
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("%s: no %q in %s", address, text, body[strings.Index(body, "<body"):])
		}
	}
}

// TestInside looks at a site from the inside: its pages, its sheets, its
// records with the places where they were written, what was found.
func TestInside(t *testing.T) {
	d := newDesk(t)
	d.write("site.toml", string(d.files["site.toml"].Data)+"[rules]\nE1301 = \"off\"\nE1305 = \"off\"\n")
	d.write("content/news/a.md", "+++\ntitle = \"消息甲\"\n+++\n正文\n")
	d.write("content/months/2026-11.md", "+++\ntitle = \"暖冬\"\nmonth = \"2026-11\"\nslogan = \"过冬\"\n+++\n正文\n")
	d.write("content/branches/a.toml", "[[branch]]\nid = \"dong\"\nname = \"东街\"\nlevel = \"单位党支部\"\n\n[[branch]]\nid = \"xi\"\nname = \"西街\"\nlevel = \"单位党支部\"\nscope = \"party\"\n")
	d.draft(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	expect(t, web.URL, "/_biandan/", "正在预览", "2026年11月23日", "没有。")
	expect(t, web.URL, "/_biandan/pages", `href="/news/a/"`, "content/news/a.md:2:1", "版式 article", "草稿")
	expect(t, web.URL, "/_biandan/pages?q=消息甲", "共 1 个")
	expect(t, web.URL, "/_biandan/pages?q=没有这个", "没有找到")
	expect(t, web.URL, "/_biandan/pages?from=99999", "共 ")
	expect(t, web.URL, "/_biandan/sheets", `href="/sheets/months/2026-11.html"`, "共 1 个")
	expect(t, web.URL, "/_biandan/ledgers", "组织体系", "content/branches/　2 条，其中 1 条不在网站上")
	expect(t, web.URL, "/_biandan/ledgers?folder=branches", `href="/branches/dong/"`, "content/branches/a.toml:1:3", "不向社会公开", "content/branches/a.toml:6:3")
	expect(t, web.URL, "/_biandan/ledgers?folder=", "关于")
	expect(t, web.URL, "/_biandan/changes", "网站变了哪里")
	if code, _ := get(t, web.URL+"/_biandan/nothing", "localhost"); code != 404 {
		t.Errorf("an unknown page: %d", code)
	}
	d.write("content/about.md", "+++\ntitle = “关于”\n+++\n")
	d.show(t)
	expect(t, web.URL, "/_biandan/", "content/about.md:2:9", "中文引号")
	expect(t, web.URL, "/_biandan/pages", "有 1 处错误", "消息甲")
}

// TestNothingBuiltYet asks for all pages before the first good build.
func TestNothingBuiltYet(t *testing.T) {
	web := httptest.NewServer(New(Options{}))
	defer web.Close()
	for _, tab := range tabs {
		expect(t, web.URL, "/_biandan/"+tab.Name)
	}
	if code, _ := get(t, web.URL+"/_biandan/layouts/home/full", "localhost"); code != 404 {
		t.Errorf("a sample of no theme: %d", code)
	}
}

// TestStorybook shows every layout with made-up content, in the site's own
// dress, and names the files it is made from.
func TestStorybook(t *testing.T) {
	d := newDesk(t)
	d.write("themes/mine/layouts/article.html", `{{define "main"}}<h1>{{.PageTitle}}</h1>我们的版式{{.Body}}{{end}}`)
	d.show(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	expect(t, web.URL, "/_biandan/layouts", "themes/mine/layouts/article.html", "themes/hongbiandan/layouts/base.html", "view.Article")
	for _, name := range view.Layouts() {
		style := `href="/assets/site.`
		if theme.BaseOf(name) == "sheet.html" {
			style = `href="/assets/sheet.`
		}
		expect(t, web.URL, "/_biandan/layouts/"+name+"/full", style, "示例标题", "/_biandan/live.js")
		expect(t, web.URL, "/_biandan/layouts/"+name+"/empty", style)
	}
	expect(t, web.URL, "/_biandan/layouts/article/full", "我们的版式示例")
	for _, p := range []string{"article", "article/half", "nothing/full"} {
		if code, _ := get(t, web.URL+"/_biandan/layouts/"+p, "localhost"); code != 404 {
			t.Errorf("%s: %d", p, code)
		}
	}
}

// TestChangesAreExplained edits in several ways and reads what is said of it.
func TestChangesAreExplained(t *testing.T) {
	d := newDesk(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	expect(t, web.URL, "/_biandan/changes", "还没有改过")
	step := func(texts ...string) {
		t.Helper()
		d.show(t)
		expect(t, web.URL, "/_biandan/changes", texts...)
	}
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n新的正文\n")
	step("改过", "content/about.md", `<dt>内容变了</dt><dd>1 个`, `href="/about/"`, "正文（BodyKey）")
	d.write("content/neu.md", "+++\ntitle = \"新来的\"\n+++\n正文\n")
	step("新加", "content/neu.md", `<dt>新加</dt><dd>1 个`, "新来的")
	delete(d.files, "content/neu.md")
	step("删去", `<dt>没有了</dt><dd>1 个`, "neu/index.html")
	d.write("themes/mine/layouts/article.html", `{{define "main"}}<h1>{{.PageTitle}}</h1>{{.Body}}{{end}}`)
	step(`<dt>版式变了</dt><dd>1 个`, "版式文件：", "themes/mine/layouts/article.html")
	d.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n新的正文\n")
	step("改过", "没有变：")
	d.write("themes/mine/assets/site.css", "body { color: red }")
	step("样式表（Site.Style）", "assets/site.")
}

// TestMarks tells a page which addresses a preview alone shows.
func TestMarks(t *testing.T) {
	d := newDesk(t)
	d.visible = ledger.Visible{Future: true, Expired: true}
	d.write("content/news/spaet.md", "+++\ntitle = \"以后\"\npublish_date = 2026-12-01\n+++\n正文\n")
	d.write("content/news/alt.md", "+++\ntitle = \"从前\"\nexpiry_date = 2026-11-01\n+++\n正文\n")
	d.draft(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	for page, want := range map[string]string{"news/caogao/index.html": "草稿", "news/spaet/index.html": "还没上线", "news/alt/index.html": "已下线", "about/index.html": ""} {
		_, body := get(t, web.URL+"/_biandan/state?page="+page, "localhost")
		var state struct {
			Mark  string
			Marks map[string]string
		}
		if err := json.Unmarshal([]byte(body), &state); err != nil || state.Mark != want || len(state.Marks) != 6 || state.Marks["/news/caogao/"] != "草稿" {
			t.Errorf("%s: %v %+v", page, err, state)
		}
		if _, html := get(t, web.URL+"/"+strings.TrimSuffix(page, "index.html"), "localhost"); strings.Contains(html, "草稿") {
			t.Errorf("%s: the mark is in the page itself", page)
		}
	}
}

// TestBelowAPath serves a site whose links begin with a path.
func TestBelowAPath(t *testing.T) {
	d := newDesk(t)
	d.write("site.toml", string(d.files["site.toml"].Data)+"base_url = \"https://example.cn/portal/\"\nlinks = \"absolute\"\n")
	d.show(t)
	web := httptest.NewServer(d.server)
	defer web.Close()
	expect(t, web.URL, "/", `href="/portal/sitemap/"`)
	expect(t, web.URL, "/portal/", `href="/portal/sitemap/"`)
	expect(t, web.URL, "/portal/about/", "正文 0")
	expect(t, web.URL, "/about/", "正文 0")
	expect(t, web.URL, "/_biandan/pages", `href="/portal/about/"`)
}
