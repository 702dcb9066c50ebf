package plan

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/site"
	"biandan/generator/source"
	"biandan/generator/view"
)

// planSitemap plans the page that lists all pages, sitemap.xml and robots.txt.
// It comes last, when all pages are planned.
func planSitemap(b *Builder) {
	sitemapLayout.Page(b, "sitemap/", "网站地图", b.SectionPos(""), sitemap)
	if b.Config.BaseURL == "" {
		return
	}
	b.addBytes("sitemap.xml", source.ConfigFile, b.sitemapXML)
	b.addBytes("robots.txt", source.ConfigFile, func() []byte {
		return []byte("User-agent: *\nDisallow: " + BasePath(b.Config.BaseURL) + "sheets/\nDisallow: " + BasePath(b.Config.BaseURL) + "screens/\nSitemap: " + b.full("sitemap.xml") + "\n")
	})
}

// addresses are those of the pages that readers look for, sorted: no sheets, which are files, no
// screens, no older pages of lists, no old addresses.
func (b *Builder) addresses() []listed {
	list := make([]listed, 0, len(b.outputs)/2)
	for _, o := range b.outputs {
		address, ok := strings.CutSuffix(o.Path, indexFile)
		if ok && o.Layout != "" && o.Layout != redirectLayout.name && !o.older && !strings.HasPrefix(address, "screens/") {
			list = append(list, listed{address, o})
		}
	}
	slices.SortFunc(list, func(x, y listed) int { return strings.Compare(x.address, y.address) })
	return list
}

// listed is a page by its address.
type listed struct {
	address string
	*Output
}

func sitemap(p *Page) view.Sitemap {
	v := view.Sitemap{Page: p.Head("", "网站地图", "本站全部页面，按栏目排列")}
	top := view.LinkGroup{Title: p.Config.Title, URL: p.URL("")}
	groups := map[string]*view.LinkGroup{}
	var order []string
	links := 0
	for _, o := range p.addresses() {
		folder, rest, _ := strings.Cut(o.address, "/")
		switch {
		case o.address == "" || o.address == p.Path:
			continue
		case rest == "" && !p.Has(o.address):
			continue
		}
		g := groups[folder]
		if g == nil {
			g = &view.LinkGroup{Title: o.Title(), URL: p.URL(folder + "/")}
			groups[folder] = g
			order = append(order, folder)
			if rest == "" {
				continue
			}
		}
		g.Links = append(g.Links, p.Link(o.Title(), o.address))
		links++
	}
	for _, folder := range order {
		if g := groups[folder]; len(g.Links) == 0 {
			top.Links = append(top.Links, view.Link{Text: g.Title, URL: g.URL})
		} else {
			v.Groups = append(v.Groups, *g)
		}
	}
	v.Groups, v.Folded = append([]view.LinkGroup{top}, v.Groups...), links > mostLinks
	return v
}

// mostLinks are as many as one can look through without folding them up.
const mostLinks = 60

func (b *Builder) sitemapXML() []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	all := b.addresses()
	for i, o := range all {
		foretell(&out, i, len(all))
		out.WriteString("<url><loc>")
		xml.EscapeText(&out, []byte(b.full(o.address)))
		out.WriteString("</loc>")
		if day := b.lastDay(o); !day.IsZero() {
			out.WriteString("<lastmod>" + day.String() + "</lastmod>")
		}
		out.WriteString("</url>\n")
	}
	out.WriteString("</urlset>\n")
	return out.Bytes()
}

// lastDay is the day of a page as far as it is known: that of its text, or of the newest
// that a list shows.
func (b *Builder) lastDay(o listed) calendar.Date {
	if pg, ok := o.at.(*site.Page); ok && !pg.Date.IsZero() {
		return pg.Date
	}
	day, _ := b.feedDay(o.address)
	return day
}

// PlanNotFound plans the page for addresses that lead nowhere. A server shows it
// for those of any depth, so its own links start at the root also where all others
// are relative.
func (b *Builder) PlanNotFound(title string, make func(p *Page) view.NotFound) {
	b.outputs = append(b.outputs, &Output{Path: "404.html", File: b.SectionPos("").File, title: title, Layout: notFoundLayout.name, builder: b, make: func(p *Page) any {
		p.root = BasePath(b.Config.BaseURL)
		v := make(p)
		v.Canonical = ""
		return v
	}})
}
