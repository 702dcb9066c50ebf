package scaffold

import (
	"math"
	"reflect"
	"strconv"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/schema"
)

var (
	dateType    = reflect.TypeFor[calendar.Date]()
	monthType   = reflect.TypeFor[calendar.Month]()
	quarterType = reflect.TypeFor[calendar.Quarter]()
)

// samples are texts of the forms that the tag check asks for.
var samples = map[string]string{
	"slug":  "shili",
	"phone": "0357-0000000",
	"hours": "08:30—17:30",
	"color": "#b71c1c",
	"url":   "https://example.org/",
}

// sample is a value that the field takes, in TOML.
func (a *archetype) sample(f *datafile.Field, check string) string {
	t := f.Type
	if t.Kind() == reflect.Slice {
		return "[" + a.scalar(t.Elem(), f, check) + "]"
	}
	return a.scalar(t, f, check)
}

func (a *archetype) scalar(t reflect.Type, f *datafile.Field, check string) string {
	switch {
	case t == dateType:
		return a.day.String()
	case t == monthType:
		return strconv.Quote(a.day.YearMonth().String())
	case t == quarterType:
		return strconv.Quote(calendar.QuarterOf(a.day).String())
	case schema.Target(t) != nil:
		return strconv.Quote(datafile.NoID)
	case len(schema.Options(t)) > 0:
		return strconv.Quote(schema.Options(t)[0])
	case samples[check] != "":
		return strconv.Quote(samples[check])
	}
	switch t.Kind() {
	case reflect.Int, reflect.Float64:
		n := math.Min(math.Max(max(1, usual[f.Key]), f.Min), f.Max)
		if f.Key == "year" {
			n = float64(a.day.Year)
		}
		return strconv.FormatFloat(n, 'f', -1, 64)
	case reflect.Bool:
		return "true"
	}
	return strconv.Quote(f.Sample())
}

// formsOf lists the values of the field kind: 公示、公告、通知.
func formsOf(t reflect.Type) []string {
	for _, f := range datafile.FieldsOf(t).List {
		if f.Key == "kind" {
			return schema.Options(f.Type)
		}
	}
	return nil
}
