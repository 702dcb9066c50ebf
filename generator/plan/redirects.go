package plan

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/generator/view"
)

// An address that hangs on a wall as a code never dies: at the old address of a page
// that was moved lies one that leads on, and a list tells a server the same.

var ruleOldAddress = diag.Define(diag.Rule{Code: "E0420", Name: "旧网址写得不对", Severity: diag.Error,
	Why: "旧网址要让贴出去的二维码、别人收藏的链接还能找到新的一页", Mend: "从网站的根写起，如 aliases = [\"/notices/jiu/\"]；site.toml 的 [redirects] 里写 \"/旧的/\" = \"/新的/\""})

// redirect leads from an old address, or the file of one, to a page.
type redirect struct {
	from, to string
	at       diag.Pos
}

// planRedirects plans the pages at old addresses. It comes when all others are planned.
func planRedirects(b *Builder) {
	list := b.redirects()
	for _, r := range list {
		title := b.titleAt(r.to)
		make := func(p *Page) any { return p.redirect(r.to, title) }
		if strings.HasSuffix(r.from, ".html") { // of another system
			b.outputs = append(b.outputs, &Output{Path: r.from, File: r.at.File, title: title, note: "旧网址", Layout: redirectLayout.name, builder: b, make: make, at: r.at})
			continue
		}
		b.addPage(r.from, redirectLayout.name, title, r.at, make).note = "旧网址"
	}
	if len(list) > 0 {
		b.addBytes("redirects.map", source.ConfigFile, func() []byte { return b.redirectsMap(list) })
	}
}

// redirects are those that pages and site.toml name, sorted by the old address.
func (b *Builder) redirects() (list []redirect) {
	add := func(from, to string, at diag.Pos) {
		address, ok := oldAddress(from)
		if !ok {
			b.Bag.Addf(ruleOldAddress, at, "“%s”不是本站的旧网址", from)
			return
		}
		list = append(list, redirect{address, to, at})
	}
	for _, pg := range b.Pages {
		if e, ok := pg.Entry.(ledger.PageEntry); ok {
			for i, from := range ledger.PageOf(e).Aliases {
				add(from, pg.Path, pg.Entry.At("aliases", i))
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(b.Config.Redirects)) {
		to, at := b.Config.Redirects[from], b.Config.At("redirects", from)
		address, ok := b.newAddress(to)
		if !ok {
			b.Bag.Addf(ruleOldAddress, at, "旧网址“%s”通到的“%s”不存在", from, to)
			continue
		}
		add(from, address, at)
	}
	slices.SortStableFunc(list, func(x, y redirect) int { return strings.Compare(x.from, y.from) })
	return list
}

// newAddress is that of a page that is there. Of one that only the day is against, it is
// its list.
func (b *Builder) newAddress(to string) (address string, ok bool) {
	if to == "/" {
		return "", true
	}
	if address, ok = oldAddress(to); !ok || b.Has(address) {
		return address, ok
	}
	file := source.ContentDir + "/" + strings.TrimSuffix(address, "/")
	for _, name := range []string{file + ".md", file + "/index.md"} {
		if byDay, _ := b.Book.Withheld(name, ledger.Visible{}); byDay {
			folder, _, _ := strings.Cut(address, "/")
			return folder + "/", b.Has(folder + "/")
		}
	}
	return "", false
}

// oldAddress puts an address as people write it into the form of ours.
func oldAddress(s string) (address string, ok bool) {
	rest, ok := strings.CutPrefix(s, "/")
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, indexFile), "/")
	if !ok || rest == "" || strings.HasPrefix(rest, "/") || strings.ContainsAny(rest, "?#%") {
		return "", false
	}
	if !strings.HasSuffix(rest, ".html") {
		rest += "/"
	}
	return rest, true
}

// titleAt is the title of the page at an address.
func (b *Builder) titleAt(address string) string {
	if pg := b.AtAddress(address); pg != nil {
		return pg.Title
	}
	if i := slices.IndexFunc(b.outputs, func(o *Output) bool { return o.Path == address+indexFile }); i >= 0 {
		return b.outputs[i].title
	}
	return b.Config.Title
}

func (p *Page) redirect(to, title string) view.Redirect {
	v := view.Redirect{Page: p.Head("", "这一页搬到了新的网址", title), To: p.Link(title, to)}
	v.Canonical = p.full(to)
	return v
}

// redirectsMap is the list for nginx: map $uri $moved { include redirects.map; }
func (b *Builder) redirectsMap(list []redirect) []byte {
	var out bytes.Buffer
	out.WriteString("# map $uri $moved { include redirects.map; }  if ($moved) { return 301 $moved; }\n")
	base := BasePath(b.Config.BaseURL)
	for _, r := range list {
		fmt.Fprintf(&out, "%s %s;\n", nginxWord(base+r.from), nginxWord(base+escaped(r.to)))
		if from, ok := strings.CutSuffix(r.from, "/"); ok {
			fmt.Fprintf(&out, "%s %s;\n", nginxWord(base+from), nginxWord(base+escaped(r.to)))
		}
	}
	return out.Bytes()
}

// nginxWord writes a text so that nginx reads it as it is.
func nginxWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, ``).Replace(s) + `"`
}
