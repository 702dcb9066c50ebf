package build

import (
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/generator/theme"
)

// themes are those that a session has loaded. To load one costs more than all the
// rest of a build after a small edit, and themes are seldom edited.
type themes struct {
	key  digest.Sum
	last *theme.Theme // nil after one with findings
	good *theme.Theme // the last that could be used
}

// loadTheme loads the theme of the site, or returns that of the last build when no
// byte of the themes has changed. Findings go to the bag of the build; a theme with
// findings is loaded again, so that they are found again.
func (b *build) loadTheme(c *config.Config) *theme.Theme {
	load := func(before *theme.Theme) (*theme.Theme, diag.List) {
		found := &diag.Bag{}
		t := theme.Load(b.snapshot, b.options.Themes, c.Theme, c.At("theme"), before, found)
		b.bag.Append(found.List())
		return t, found.List()
	}
	if b.themes == nil {
		t, _ := load(nil)
		return t
	}
	key, readable := b.bytesOfThemes(c)
	if b.themes.last != nil && b.themes.key == key && readable {
		return b.themes.last
	}
	t, found := load(b.themes.good)
	b.themes.key, b.themes.last = key, t
	if len(found) > 0 {
		b.themes.last = nil
	}
	if t != nil {
		b.themes.good = t
	}
	return t
}

// bytesOfThemes is the identity of the name of the theme and of all files of the
// site's themes.
func (b *build) bytesOfThemes(c *config.Config) (key digest.Sum, readable bool) {
	found := &diag.Bag{}
	texts := []string{c.Theme}
	for _, f := range b.snapshot.Files(source.ThemesDir) {
		data, _ := b.snapshot.Bytes(f.Path, found)
		texts = append(texts, f.Path, string(data))
	}
	return digest.Of(texts), len(found.List()) == 0
}
