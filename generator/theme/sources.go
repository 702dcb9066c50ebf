package theme

import "biandan/generator/digest"

// Source is a file that a layout is made from.
type Source struct {
	Path string // of the site, or of the built-in theme
	Sum  digest.Sum
}

// Sources returns the files whose text a layout can reach, sorted by name: what
// [Theme.Closure] is the identity of.
func (t *Theme) Sources(layout string) []Source {
	list := make([]Source, 0, len(t.reached[layout]))
	for _, name := range t.reached[layout] {
		f := t.files[name]
		list = append(list, Source{f.path, digest.Bytes(f.data)})
	}
	return list
}
