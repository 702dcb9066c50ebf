// Package scaffold makes what a site begins with: the archetype of one record
// (biandan new) and a small complete site (biandan init). Files are returned as
// values; the command writes them.
//
// # Archetypes
//
// An archetype comes from the declaration of its ledger, so that a new ledger
// has one for nothing. Each field has a line with its Chinese title, whether it
// must be there and what may be written:
//
//	name = "和苑小区党支部"  # 名称（必填）
//	level = "社区党委"  # 层级（必填），可写：社区党委、小区党支部……
//	# founded = 2026-11-23  # 成立日期
//
// A field that must be there has a value that decodes; one that may be left out
// is a comment, and becomes right by taking away the “# ”. Two things keep a
// placeholder off the site: a Markdown archetype is a draft, and the build reports
// every （名称） and （编号） that would be published.
//
// What belongs into a field says package schema, to people here and to editors
// in the schema that the first line of a TOML file names. What no declaration
// says stands in advice.go: the text to begin with, and the fields without which
// a 公示 does not hold.
//
// # The starter site
//
// The folder site/ is a site as of [SiteDay], to be read and edited as one.
// [Site] returns it as of another day.
package scaffold

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/schema"
)

// File is a file to write, at a slash-separated path below the site.
type File struct {
	Path string
	Data []byte
}

// nameSchema makes the first line say where editors find what may be written.
func (f *File) nameSchema() { f.Data = append([]byte(schema.Line(f.Path)), f.Data...) }

// Mistake is a wrong request: a Chinese sentence, and how to mend it.
type Mistake struct{ Message, Hint string }

func (m Mistake) Error() string { return m.Message }

// Kind is a kind of records that an archetype can be made of.
type Kind struct {
	Name  string   // for the command line: the key of the rows, notice, page…
	Title string   // in Chinese
	Forms []string // in which a Markdown record comes: 公示、公告、通知; names as well

	declared *ledger.Kind
	others   []string // further names: the ledger's, where this is its first kind
}

// Kinds lists the kinds of all ledgers whose records people write.
func Kinds() []Kind {
	var all []Kind
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			if l.Kinds[i].IsWritten() {
				continue
			}
			k := Kind{Name: nameOf(&l.Kinds[i]), Title: l.Kinds[i].Title, declared: &l.Kinds[i]}
			if i == 0 {
				k.others = []string{l.Folder, l.Title}
			}
			if k.isPage() {
				k.Forms = formsOf(k.declared.Type)
			}
			all = append(all, k)
		}
	}
	return all
}

// find returns the kind of that name, and its form where the name is a form's.
func find(name string) (k Kind, form string, err error) {
	var names []string
	for _, k := range Kinds() {
		own := slices.Concat([]string{k.Name, k.Title}, k.others, k.Forms)
		if slices.Contains(own, name) && name != "" {
			if slices.Contains(k.Forms, name) {
				return k, name, nil
			}
			return k, slices.Concat(k.Forms, []string{""})[0], nil
		}
		names = append(names, own...)
	}
	hint := diag.DidYouMean(name, names, "可以写："+strings.Join(Names(), "、"))
	return Kind{}, "", Mistake{fmt.Sprintf("没有“%s”这一种", name), hint}
}

// Names lists the kinds for people: notice（公示、公告、通知）、news（动态）…
func Names() []string {
	var list []string
	for _, k := range Kinds() {
		chinese := k.Title
		if k.Forms != nil {
			chinese = strings.Join(k.Forms, "、")
		}
		list = append(list, k.Name+"（"+chinese+"）")
	}
	return list
}

// nameOf is the English name of a kind. Markdown kinds have no key; they are
// called like their type.
func nameOf(k *ledger.Kind) string {
	switch {
	case k.Type == reflect.TypeFor[ledger.PlainPage]():
		return "page"
	case isPage(k):
		return strings.ToLower(k.Type.Name())
	}
	return k.Key
}

func isPage(k *ledger.Kind) bool {
	return reflect.PointerTo(k.Type).Implements(reflect.TypeFor[ledger.PageEntry]())
}

func (k *Kind) isPage() bool { return isPage(k.declared) }

func (k *Kind) isSection() bool { return k.declared.Type == reflect.TypeFor[ledger.Section]() }
