package ledger

import (
	"reflect"
	"strings"

	"biandan/generator/datafile"
)

// HasPhone reports whether a number stands in a register: as the number of a unit, a
// post, a station, an organisation, of somebody in it, or in site.toml. A record that
// only sends people elsewhere (监督电话) does not make its number known.
// Short numbers (12345, 12388) are everybody's.
func (b *Book) HasPhone(number string) bool {
	const short = 5
	return len(number) <= short || registered.Of(b)[phoneKey(number)]
}

// IsSamplePhone reports whether a number is the one that samples are written with: it
// stands for many, and rings nowhere.
func IsSamplePhone(number string) bool { return strings.HasSuffix(number, "-0000000") }

// phoneKey is a number as it is compared.
func phoneKey(number string) string { return phoneSigns.Replace(number) }

var phoneSigns = strings.NewReplacer("-", "", " ", "")

var registered = Derive(func(b *Book) map[string]bool {
	known := map[string]bool{}
	for _, p := range b.Phones {
		known[phoneKey(p)] = true
	}
	for _, t := range b.tables {
		if t.kind.Key == "" { // a page only repeats a number
			continue
		}
		paths := fieldPaths(t.kind.Type, func(f *datafile.Field, elem reflect.Type) bool {
			return f.Key == "phone" && f.IsPhone() && elem.Kind() == reflect.String
		})
		for _, e := range t.rows {
			for _, p := range paths {
				p.visit(reflect.ValueOf(e).Elem(), nil, func(v reflect.Value, _ []any) { known[phoneKey(v.String())] = true })
			}
		}
	}
	return known
})
