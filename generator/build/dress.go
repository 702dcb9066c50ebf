package build

import (
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/generator/theme"
)

// dress is the theme that a session loaded last. To load one costs more than all
// the rest of a build after a small edit, and themes are seldom edited.
type dress struct {
	key   digest.Sum
	theme *theme.Theme // nil after one with findings
	good  *theme.Theme // the last that could be used
}

// theme loads the theme of the site, or returns that of the last build when no
// byte of the themes has changed. Findings go to the bag of the build; a theme
// with findings is loaded again, so that they are found again.
func (b *builder) theme(c *config.Config) *theme.Theme {
	if b.dress == nil {
		found := &diag.Bag{}
		t := b.loadTheme(c, found)
		b.bag.Append(found.List())
		return t
	}
	found := &diag.Bag{}
	texts := []string{c.Theme}
	for _, f := range b.snapshot.Files(source.ThemesDir) {
		data, _ := b.snapshot.Bytes(f.Path, found)
		texts = append(texts, f.Path, string(data))
	}
	key := digest.Of(texts)
	if b.dress.theme != nil && b.dress.key == key && len(found.List()) == 0 {
		return b.dress.theme
	}
	found = &diag.Bag{}
	t := b.loadTheme(c, found)
	b.bag.Append(found.List())
	b.dress.key, b.dress.theme = key, t
	if len(found.List()) > 0 {
		b.dress.theme = nil
	}
	if t != nil {
		b.dress.good = t
	}
	return t
}

func (b *builder) loadTheme(c *config.Config, found *diag.Bag) *theme.Theme {
	var before *theme.Theme
	if b.dress != nil {
		before = b.dress.good
	}
	return theme.Load(b.snapshot, b.options.Themes, c.Theme, c.At("theme"), before, found)
}
