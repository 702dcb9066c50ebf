package plan

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"biandan/generator/search"
	"biandan/generator/view"
)

// A list of names is for readers whose browser runs no script: all that has a name, in an
// order in which it can be looked up.
type nameList struct {
	address, title, about string
	order                 language.Tag
	group                 func(inOrder *collate.Collator, title string) string
	sorted                bool // by the titles of its groups: a character has several readings
}

var nameLists = []nameList{
	{searchFolder + "pinyin/", "按拼音找", "服务、驿站、党组织和别的名称，按拼音排列", language.MustParse("zh-u-co-pinyin"), func(_ *collate.Collator, title string) string { return search.Initial(title) }, true},
	{searchFolder + "strokes/", "按笔画找", "服务、驿站、党组织和别的名称，按第一个字的笔画从少到多排列", language.MustParse("zh-u-co-stroke"), strokes, false},
}

// planNames plans the lists of names.
func planNames(b *Builder, records int) {
	for _, l := range nameLists {
		sitemapLayout.Page(b, l.address, l.title, b.SectionPos(""), func(p *Page) view.Sitemap {
			return view.Sitemap{Page: p.Head("", l.title, l.about, p.Link("搜索", searchFolder)), Groups: l.groups(p, p.found[:records]), Short: true, Folded: records > mostLinks}
		})
	}
}

func (l *nameList) groups(p *Page, all []found) (groups []view.LinkGroup) {
	type named struct {
		key string // without what nobody looks up
		to  view.Link
	}
	names := make([]named, len(all))
	for i := range all {
		link := p.linkToFound(&all[i])
		names[i] = named{string(search.Normal(nil, link.Text)), link}
	}
	c := collate.New(l.order)
	slices.SortStableFunc(names, func(x, y named) int { return c.CompareString(x.key, y.key) })
	at := map[string]int{}
	for _, n := range names {
		link, title := n.to, l.group(c, n.key)
		i, known := at[title]
		if !known {
			i = len(groups)
			at[title] = i
			groups = append(groups, view.LinkGroup{Title: title})
		}
		groups[i].Links = append(groups[i].Links, link)
	}
	if l.sorted {
		slices.SortStableFunc(groups, func(x, y view.LinkGroup) int { return strings.Compare(x.Title, y.Title) })
	}
	return groups
}
