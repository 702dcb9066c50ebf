// Command floor is the least that a generator could do: read each Markdown
// file, set its head apart, convert the text, fill one template, minify, write.
// It knows no lists, no links, no checks and no sheets. With -scan it only looks
// at the names, sizes and times of the files.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

func main() {
	src := flag.String("src", "", "the folder of Markdown files")
	out := flag.String("out", "", "the folder for the pages")
	scan := flag.Bool("scan", false, "only look at the files")
	flag.Parse()
	if err := run(*src, *out, *scan); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(src, out string, scan bool) error {
	var files []string
	size := int64(0)
	err := filepath.WalkDir(src, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		if scan {
			i, err := d.Info()
			if err != nil {
				return err
			}
			size += i.Size()
		}
		files = append(files, p)
		return nil
	})
	if err != nil || scan {
		fmt.Println(len(files), "files,", size, "bytes")
		return err
	}
	return convertAll(src, out, files)
}

func convertAll(src, out string, files []string) error {
	work := make(chan string)
	failed := make(chan error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			c := newConverter(src, out)
			for file := range work {
				if err := c.convert(file); err != nil {
					failed <- fmt.Errorf("%s: %w", file, err)
					for range work { // let the sender finish
					}
				}
			}
		})
	}
	for _, f := range files {
		work <- f
	}
	close(work)
	wg.Wait()
	close(failed)
	return <-failed
}

// converter is what one worker needs.
type converter struct {
	src, out string
	markdown goldmark.Markdown
	minifier *minify.M
}

func newConverter(src, out string) *converter {
	c := &converter{src, out, goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID())), minify.New()}
	c.minifier.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	return c
}

func (c *converter) convert(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, body, ok := bytes.Cut(bytes.TrimPrefix(data, []byte("+++\n")), []byte("+++\n"))
	if !ok {
		return fmt.Errorf("no head")
	}
	var meta map[string]any
	if err := toml.Unmarshal(head, &meta); err != nil {
		return err
	}
	var text, page bytes.Buffer
	if err := c.markdown.Convert(body, &text); err != nil {
		return err
	}
	if err := layout.Execute(&page, map[string]any{"Head": meta, "Text": template.HTML(text.String())}); err != nil {
		return err
	}
	small, err := c.minifier.Bytes("text/html", page.Bytes())
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(c.src, strings.TrimSuffix(file, ".md"))
	if err != nil {
		return err
	}
	dir := filepath.Join(c.out, rel)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), small, 0o644)
}

// layout has about the furniture of a page of a portal.
var layout = template.Must(template.New("").Parse(`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{{.Head.title}} - 云溪红扁担</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="ArticleTitle" content="{{.Head.title}}">
<meta name="PubDate" content="{{.Head.date}}">
<meta name="description" content="{{.Head.summary}}">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><a class="brand" href="/">云溪红扁担</a>
<nav aria-label="主导航"><ul>
<li><a href="/notices/">公示公告</a></li>
<li><a href="/services/">服务清单</a></li>
<li><a href="/stations/">红扁担驿站</a></li>
<li><a href="/branches/">组织体系</a></li>
<li><a href="/months/">一月一主题</a></li>
<li><a href="/stars/">星级党组织</a></li>
</ul></nav>
</header>
<main id="main">
<nav class="crumbs" aria-label="当前位置"><ol><li><a href="/">首页</a></li><li><a href="/notices/">公示公告</a></li><li>{{.Head.title}}</li></ol></nav>
<article>
<h1>{{.Head.title}}</h1>
<dl class="byline"><div><dt>种类</dt><dd>{{.Head.kind}}</dd></div><div><dt>发布单位</dt><dd>{{.Head.issuer}}</dd></div><div><dt>发布日期</dt><dd>{{.Head.date}}</dd></div></dl>
<div class="prose">{{.Text}}</div>
<nav class="turn"><a rel="next" href="/">{{.Head.title}}</a><a rel="prev" href="/">{{.Head.title}}</a></nav>
</article>
</main>
<footer class="foot"><p>中共云溪县委组织部（虚构）</p><p>0357-0000001</p><p>云溪县溪口路 1 号（虚构）</p><p><a href="/sitemap/">网站地图</a></p></footer>
</body>
</html>
`))
