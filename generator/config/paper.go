package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"biandan/generator/datafile"
	"biandan/generator/diag"
)

// Size is the size of a sheet in millimetres. Standard sizes are upright but for
// the plate of a table; a sheet may lie across.
type Size struct {
	Width  int `toml:"width,required" zh:"宽（毫米）" check:"min=60,max=3000"`
	Height int `toml:"height,required" zh:"高（毫米）" check:"min=60,max=3000"`
}

// Across is the size with its long side below.
func (s Size) Across() Size { return Size{max(s.Width, s.Height), min(s.Width, s.Height)} }

// PaperKey is a key of [paper], with the sheets whose size it sets.
type PaperKey struct{ Key, Title string }

var paperKeys []PaperKey

// DeclarePaper adds a key of [paper]; it is called while the program starts.
func DeclarePaper(key, title string) PaperKey {
	k := PaperKey{key, title}
	paperKeys = append(paperKeys, k)
	slices.SortFunc(paperKeys, func(x, y PaperKey) int { return cmp.Compare(x.Key, y.Key) })
	return k
}

// PaperKeys returns the keys that [paper] may have, sorted.
func PaperKeys() []PaperKey { return paperKeys }

// Paper says on which size the sheets of a key are made, unless its
// content file says another.
type Paper map[string]string

// text lists the sizes for people.
func (p Paper) text() string {
	var list []string
	for _, k := range paperKeys {
		list = append(list, k.Key+" "+cmp.Or(p[k.Key], defaultSize))
	}
	return strings.Join(list, "，")
}

// defaultSize is what the printer of every station can do.
const defaultSize = "A4"

// sizes are the standard sizes: ISO 216, the boards and plates of the trade.
var sizes = map[string]Size{
	"A4": {210, 297}, "A3": {297, 420}, "A2": {420, 594}, "A1": {594, 841}, "A0": {841, 1189},
	"600×900": {600, 900}, "800×1200": {800, 1200}, "200×300": {200, 300}, "200×100": {200, 100},
}

// maxRatio is how many times longer than wide a sheet may be.
const maxRatio = 4

var (
	ruleNoSize = diag.Define(diag.Rule{Code: "E0811", Name: "没有这种大小的纸", Severity: diag.Error,
		Why: "不知道纸有多大，就排不出版面，也打印不准", Mend: "写标准的大小，如 \"A3\"、\"600×900\"；别的大小先在 site.toml 的 [sheets.名字] 里写明宽和高"})
	ruleOwnSize = diag.Define(diag.Rule{Code: "E0812", Name: "自定的纸不能用", Severity: diag.Error,
		Why: "和标准大小重名，就分不清打印的是哪一种；太窄长的纸，字排不下", Mend: "换一个名字；长边不超过短边的 4 倍"})
)

// sizeName writes a name the standard way: a3, 600x900 and 600*900 are meant well.
var sizeName = strings.NewReplacer("x", "×", "X", "×", "*", "×", " ", "", "a", "A").Replace

// SizeOf returns the size of that name, written at that place; "" is the default
// size. A name that does not exist is reported.
func (c *Config) SizeOf(name string, at diag.Pos, bag *diag.Bag) Size {
	name = cmp.Or(name, defaultSize)
	if s, ok := c.Sheets[name]; ok {
		return s
	}
	if s, ok := sizes[sizeName(name)]; ok {
		return s
	}
	known := slices.Concat(slices.Sorted(maps.Keys(sizes)), slices.Sorted(maps.Keys(c.Sheets)))
	bag.Add(ruleNoSize, at, fmt.Sprintf("没有叫“%s”的纸", name), diag.DidYouMean(sizeName(name), known, "可以写："+strings.Join(known, "、")))
	return sizes[defaultSize]
}

// Sizes lists all sizes of sheets, upright and across, the standard ones and the
// site's own.
func (c *Config) Sizes() (list []Size) {
	for _, of := range []map[string]Size{sizes, c.Sheets} {
		for _, s := range of {
			list = append(list, s, s.Across())
		}
	}
	slices.SortFunc(list, func(x, y Size) int { return cmp.Or(x.Width-y.Width, x.Height-y.Height) })
	return slices.Compact(list)
}

// checkPaper reports the sizes in the settings t that cannot be used.
func (c *Config) checkPaper(t *datafile.Table, bag *diag.Bag) bool {
	found := &diag.Bag{}
	for _, name := range slices.Sorted(maps.Keys(c.Sheets)) {
		s, at := c.Sheets[name], c.At("sheets", name)
		if _, taken := sizes[sizeName(name)]; taken {
			found.Addf(ruleOwnSize, at, "“%s”是标准的大小，不能另外规定", name)
		}
		if a := s.Across(); a.Width > maxRatio*a.Height {
			found.Addf(ruleOwnSize, at, "“%s”宽 %d 毫米、高 %d 毫米，太窄长了", name, s.Width, s.Height)
		}
	}
	var keys []string
	for _, k := range paperKeys {
		keys = append(keys, k.Key)
		c.SizeOf(c.Paper[k.Key], c.At("paper", k.Key), found)
	}
	if paper := t.Get("paper"); paper != nil && paper.Table != nil {
		for _, key := range paper.Table.Keys {
			if !slices.Contains(keys, key.Name) {
				datafile.ReportUnknownKey(c.origin.File, key, keys, found)
			}
		}
	}
	bag.Append(found.List())
	return len(found.List()) == 0
}
