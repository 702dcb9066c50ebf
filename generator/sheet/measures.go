package sheet

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A measure is said once, in Go, where texts are measured with it: the style sheet
// that lays them out says var(--NAME) and no number. It is in units of the sheet,
// or in em, or how high a line is, whatever the style sheet multiplies it with;
// the first word of its name is the part that it belongs to. What only chooses, a
// limit or a share, is a constant and no measure, and so is an estimate of several
// lengths, which says that it is one.
var measures = map[string]float64{}

// Measure gives a length or a leading its name in style sheets, and returns it. It
// is for variables of packages: the names are complete when main begins.
func Measure(name string, value float64) float64 {
	if _, ok := measures[name]; ok {
		panic("sheet: the measure " + name + " is named twice")
	}
	measures[name] = value
	return value
}

// Measures is the rule that tells a style sheet all measures. It stands behind
// sheet.css, be that of the theme or the site's own.
func Measures() string {
	var b strings.Builder
	b.WriteString("\n:root{")
	for i, name := range slices.Sorted(maps.Keys(measures)) {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString("--" + name + ":" + strconv.FormatFloat(measures[name], 'g', -1, 64))
	}
	b.WriteString("}\n")
	return b.String()
}

// LineHeight is the height of a line of letters, as one would write it by hand:
// a product such as 3.2 × 1.5 has no digits at its end that nobody meant.
func LineHeight(letter, leading float64) float64 { return Round(letter*leading, 6) }
