package build

import (
	"html/template"
	"net/url"
	"reflect"
	"regexp"
	"strings"

	"biandan/generator/config"
	"biandan/generator/digest"
	"biandan/generator/plan"
	"biandan/generator/theme"
	"biandan/generator/view"
)

// Why says what a file of a site is made from.
type Why struct {
	Path     string   `json:"path"`              // below public/
	Address  string   `json:"address"`           // as a browser asks for it
	Title    string   `json:"title,omitempty"`   // of a page
	Source   string   `json:"source"`            // where it was written: file:line:column
	Body     string   `json:"body,omitempty"`    // the file whose text stands on the page
	Layout   string   `json:"layout,omitempty"`  // "" for a file that is no page
	Layouts  []string `json:"layouts,omitempty"` // the files of the theme that the layout can reach
	Files    []Shown  `json:"files,omitempty"`   // styles, scripts, pictures, attachments
	Pages    []Shown  `json:"pages,omitempty"`   // pages whose titles stand on it, with their links
	Identity string   `json:"identity"`          // the same as long as the bytes are
}

// Shown is something that stands on a page.
type Shown struct {
	Address string `json:"address"`
	Title   string `json:"title,omitempty"`
	Source  string `json:"source"`
}

// Root is what the links between the pages of the site begin with: the path of
// the site's own address, or nothing more than a slash.
func (s *Site) Root() string {
	if c := s.Model.Config; c.Links != config.Relative {
		return plan.BasePath(c.BaseURL)
	}
	return "/"
}

// Address is how a browser asks for a file of the site.
func (s *Site) Address(path string) string { return s.Root() + strings.TrimSuffix(path, "index.html") }

// PathOf is the file that answers an address, whether there is one or not.
func (s *Site) PathOf(address string) string {
	p, ok := strings.CutPrefix(address, s.Root())
	if !ok {
		p = strings.TrimPrefix(address, "/")
	}
	return plan.FileOf(p)
}

// Output returns the output with that path, or nil.
func (s *Site) Output(path string) *plan.Output {
	for _, o := range s.Outputs {
		if o.Path == path {
			return o
		}
	}
	return nil
}

// Why says what an output of the site is made from by the program tool.
func (s *Site) Why(o *plan.Output, tool digest.Sum) *Why {
	key, _ := s.identity(tool, o)
	w := &Why{Path: o.Path, Address: s.Address(o.Path), Title: o.Title(), Source: o.Pos().String(), Layout: o.Layout, Identity: key.String()}
	if o.Layout == "" {
		return w
	}
	for _, f := range s.Theme.Sources(o.Layout) {
		w.Layouts = append(w.Layouts, f.Path)
	}
	v := addressable(s.View(o, true))
	if body := v.FieldByName("BodyKey"); body.IsValid() && body.String() != "" {
		w.Body = o.File
	}
	seen := map[string]bool{o.Path: true}
	show := func(link string) {
		to := s.target(o.Path, link)
		if to == nil || seen[to.Path] {
			return
		}
		seen[to.Path] = true
		shown := Shown{s.Address(to.Path), to.Title(), to.Pos().String()}
		if to.Layout == "" {
			w.Files = append(w.Files, shown)
		} else {
			w.Pages = append(w.Pages, shown)
		}
	}
	site := v.FieldByName("Site").Interface().(*view.Site)
	show(map[string]string{"base.html": site.Style.URL, "sheet.html": site.SheetStyle.URL}[theme.BaseOf(o.Layout)])
	show(site.Script.URL)
	show(site.Emblem)
	links(v, show)
	return w
}

// target is the output that a link on the page at path leads to, or nil.
func (s *Site) target(path, link string) *plan.Output {
	base := url.URL{Path: s.Address(path)}
	to, err := base.Parse(link)
	if err != nil || link == "" || to.Host != "" || to.Scheme != "" {
		return nil
	}
	return s.Output(s.PathOf(to.Path))
}

var linkPattern = regexp.MustCompile(`(?:href|src)="([^"]+)"`)

// links calls f for every link in a view, but for those that are on all pages.
func links(v reflect.Value, f func(string)) {
	switch {
	case v.Type() == reflect.TypeFor[*view.Site]():
	case v.Type() == reflect.TypeFor[template.HTML]():
		for _, m := range linkPattern.FindAllStringSubmatch(v.String(), -1) {
			f(strings.ReplaceAll(m[1], "&amp;", "&"))
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		links(v.Elem(), f)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			links(v.Index(i), f)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.Type.Kind() == reflect.String && strings.HasSuffix(field.Name, "URL") {
				f(v.Field(i).String())
			} else if field.Name != "Crumbs" {
				links(v.Field(i), f)
			}
		}
	}
}
