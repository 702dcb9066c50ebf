package scaffold

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/schema"
	"biandan/generator/source"
)

// Request asks for an archetype.
type Request struct {
	Kind  string // any name of a kind: notice, 公示, station, 驿站
	Title string
	Slug  string         // name of the file and id; "" is made from the title
	Date  calendar.Date  // of the record and of the samples
	Month calendar.Month // of a monthly theme; none is that of Date
	Loose bool           // the text is to be pasted below others: it begins no file
}

// New returns the file of a new record. The error is a [Mistake].
func New(r Request) (File, error) {
	k, form, err := find(r.Kind)
	if err != nil {
		return File{}, err
	}
	fields := datafile.FieldsOf(k.declared.Type).List
	titleKey := titleKeyOf(fields)
	written := r.Date
	if err := r.settleMonth(fields); err != nil {
		return File{}, err
	}
	if err := r.settleTitle(titleKey != ""); err != nil {
		return File{}, err
	}
	adv := adviceFor(k.Name, form)
	a := archetype{asked: slices.Clone(adv.asked), day: r.Date, fill: map[string]string{}}
	for key, text := range map[string]string{titleKey: r.Title, "id": r.Slug, "kind": form} {
		if text != "" {
			a.fill[key] = strconv.Quote(text)
		}
	}
	if !r.Month.IsZero() { // the theme of the next month is to be seen from now on
		a.fill["date"] = written.String()
	}
	if k.isPage() {
		a.asked = append(a.asked, "date", "draft")
		a.page(k.declared.Type, adv.body)
	} else {
		if titleKey != "" {
			a.asked = append(a.asked, "id")
		}
		a.row(k.declared, r.Title)
		if with, _, err := find(adv.with); err == nil {
			a.below(with.declared, k.declared, r.Slug)
		}
	}
	f := File{k.path(r, adv.dated), []byte(a.out.String())}
	if !r.Loose {
		f.nameSchema()
	}
	return f, nil
}

// titleKeyOf returns the field that holds what people call the record, or "".
func titleKeyOf(fields []*datafile.Field) string {
	for _, f := range fields {
		if f.Required && (f.Key == "title" || f.Key == "name") && len(schema.Options(f.Type)) == 0 {
			return f.Key
		}
	}
	return ""
}

// settleTitle checks the title and settles the name made from it.
func (r *Request) settleTitle(needed bool) error {
	r.Title = strings.TrimSpace(r.Title)
	switch {
	case needed && r.Title == "":
		return Mistake{"没有写标题", "标题写在种类后面，放在引号里，如 biandan new 公示 \"关于……的公示\""}
	case !utf8.ValidString(r.Title) || strings.ContainsFunc(r.Title, unicode.IsControl):
		return Mistake{"标题里有不能显示的字符", "标题写成一行文字"}
	}
	if r.Slug == "" {
		r.Slug = Slug(r.Title)
	}
	switch {
	case r.Slug != "":
		return checkSlug(r.Slug)
	case needed:
		return Mistake{"从标题“" + r.Title + "”里取不出文件名", "用 --slug 写一个，只用小写英文字母、数字和短横线"}
	}
	return nil
}

// settleMonth settles the month of a kind that has one. Its date is then a day
// of that month, so that the samples of its activities are too.
func (r *Request) settleMonth(fields []*datafile.Field) error {
	monthly := slices.ContainsFunc(fields, func(f *datafile.Field) bool { return f.Type == monthType })
	switch {
	case !monthly && !r.Month.IsZero():
		return Mistake{"只有月主题才写月份", "去掉 --month"}
	case monthly && r.Month.IsZero():
		r.Month = r.Date.YearMonth()
	case monthly:
		r.Date = r.Month.First()
	}
	return nil
}

// path is where the record belongs. Rows carry their key in the name, so that
// a service and its duty can have the same title.
func (k *Kind) path(r Request, dated bool) string {
	name := r.Slug + ".md"
	switch {
	case k.isSection():
		return path.Join(source.ContentDir, r.Slug, "_index.md")
	case !k.isPage():
		name = strings.TrimSuffix(k.declared.Key+"-"+r.Slug, "-") + ".toml"
	case !r.Month.IsZero():
		name = r.Month.String() + ".md"
	case dated:
		name = r.Date.String() + "-" + strings.TrimPrefix(name, strconv.Itoa(r.Date.Year)+"-nian-")
	}
	return path.Join(source.ContentDir, k.declared.Ledger, name)
}
