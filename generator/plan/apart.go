package plan

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// naming are the attributes whose value is the id of an element, or several.
var naming = []string{"id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"}

// apart puts a prefix before the ids in HTML, and where they are referred to, so that
// it can stand beside other HTML with the same ids.
func apart(text, prefix string) string {
	var b strings.Builder
	b.Grow(len(text))
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			return b.String()
		}
		raw := string(z.Raw()) // before Token, which writes over it
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			if t := z.Token(); renamed(t.Attr, prefix) {
				raw = t.String()
			}
		}
		b.WriteString(raw)
	}
}

// renamed reports whether an attribute was changed.
func renamed(attributes []html.Attribute, prefix string) (changed bool) {
	for i, a := range attributes {
		name := a.Val
		switch {
		case slices.Contains(naming, a.Key):
			ids := strings.Fields(name)
			for n, id := range ids {
				ids[n] = prefix + id
			}
			name = strings.Join(ids, " ")
		case a.Key == "href" && strings.HasPrefix(name, "#"):
			name = "#" + prefix + name[1:]
		default:
			name = strings.ReplaceAll(name, "url(#", "url(#"+prefix)
		}
		changed = changed || name != a.Val
		attributes[i].Val = name
	}
	return changed
}
