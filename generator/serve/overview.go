package serve

import (
	"html/template"
	"net/http"

	"biandan/generator/build"
)

// overview is the page /_biandan/: what the last build did and found.
func (s *Server) overview(w http.ResponseWriter) {
	tree, report, excerpts, number := s.now()
	files := 0
	if tree != nil {
		files = tree.Len()
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	overviewPage.Execute(w, struct {
		Number, Files int
		Report        *build.Report
		Day           string
		Findings      []Finding
	}{number, files, report, report.AsOf.Chinese(), findings(report.Diags, excerpts)})
}

var overviewPage = template.Must(template.New("overview").Parse(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>红扁担：正在预览</title>
<style>body{max-width:48em;margin:2em auto;padding:0 1em;font:18px/1.8 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f1b16;background:#fbf8f3}
h1{color:#b71c1c}dt{color:#5b534a}dd{margin:0 0 .5em;font-weight:700}li{margin-bottom:1em}</style></head>
<body><h1>正在预览</h1>
<p><a href="/">网站首页</a>　<a href="/sitemap/">全部页面</a></p>
<dl><dt>第几次生成</dt><dd>{{.Number}}</dd>
<dt>按哪一天</dt><dd>{{.Day}}</dd>
<dt>网页、文件</dt><dd>{{.Report.Pages}} 页，{{.Files}} 个文件</dd>
<dt>上一次生成重新解析的内容文件</dt><dd>{{.Report.Parsed}} 个</dd></dl>
<h2>发现的问题</h2>
{{if .Findings}}<ol>{{range .Findings}}<li>{{.Place}}　{{.Code}}<br><strong>{{.Message}}</strong><br>原因：{{.Reason}}<br>改法：{{.Hint}}</li>{{end}}</ol>{{else}}<p>没有。</p>{{end}}
</body></html>`))
