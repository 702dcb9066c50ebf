package ledger

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"reflect"
	"strings"

	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/frontmatter"
	"biandan/generator/markup"
	"biandan/generator/source"
)

// File is what one content file says. It depends on nothing but the file.
type File struct {
	Path    string
	Entries []Entry
	Diags   diag.List
	// Broken says that the file cannot be read as a whole: nothing is known of
	// what it holds, and nobody should be blamed for what seems to be missing.
	Broken bool
}

const (
	// IndexFile is the name of the file with the head of a folder's list.
	IndexFile  = "_index.md"
	sectionKey = "_index"
)

var ruleUnknownLedger = diag.Define(diag.Rule{Code: "E0304", Name: "没有这种台账", Severity: diag.Error,
	Why: "content/ 里的每个台账文件夹有固定的名字，放错文件夹的台账不会出现在网站上", Mend: "把文件移到对应的台账文件夹里"})

// IsContent reports whether p is a file that [ParseFile] reads; the others
// below content/ are pictures and the like. A table (.csv) is content where rows are
// kept, and an attachment beside Markdown.
func IsContent(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".toml":
		return true
	case ".csv":
		return sheetKind(p) != nil
	}
	return false
}

// sheetKind is the kind of the rows of a table: the one with whose key its name begins,
// else the first of the ledger; nil where the ledger's records are Markdown files.
func sheetKind(p string) *Kind {
	l := Lookup(folderOf(p))
	if l == nil || l.Folder == "" || l.Kinds[0].Key == "" {
		return nil
	}
	for i := range l.Kinds {
		if strings.HasPrefix(path.Base(p), l.Kinds[i].Key) {
			return &l.Kinds[i]
		}
	}
	return &l.Kinds[0]
}

// ParseFile decodes the content file t: the rows of a TOML ledger, or the head
// and the text of a Markdown page.
func ParseFile(t *source.Text, md *markup.Parser) *File {
	bag := &diag.Bag{}
	f := &File{Path: t.Path}
	folder := folderOf(t.Path)
	rest := strings.TrimPrefix(strings.TrimPrefix(t.Path, source.ContentDir+"/"), folder+"/")
	switch strings.ToLower(path.Ext(t.Path)) {
	case ".toml":
		f.parseRows(t, folder, bag)
	case ".csv":
		k := sheetKind(t.Path)
		rows, ok := datafile.ParseSheet(t, k.Type, bag)
		f.Broken = !ok
		for _, row := range rows {
			f.decodeRow(t.Path, k, row, bag)
		}
	default:
		f.parsePage(t, folder, rest, md, bag)
	}
	if !f.Broken {
		f.checkPersonal(t, bag)
	}
	f.Diags = bag.List()
	return f
}

// folderOf returns the first folder below content/, "" at the top.
func folderOf(p string) string {
	folder, _, nested := strings.Cut(strings.TrimPrefix(p, source.ContentDir+"/"), "/")
	if !nested {
		return ""
	}
	return folder
}

func (f *File) parseRows(t *source.Text, folder string, bag *diag.Bag) {
	l := Lookup(folder)
	if l == nil || folder == "" {
		var names, told []string
		for _, l := range Ledgers() {
			if l.Folder != "" {
				names, told = append(names, l.Folder), append(told, l.Folder+"（"+l.Title+"）")
			}
		}
		message := fmt.Sprintf("没有叫“%s”的台账", folder)
		if folder == "" {
			message = "台账要放在它自己的文件夹里，不能直接放在 content/ 下面"
		}
		bag.Add(ruleUnknownLedger, diag.Pos{File: t.Path}, message, diag.DidYouMean(folder, names, "台账文件夹有："+strings.Join(told, "、")))
		return
	}
	table, ok := datafile.Parse(t, 0, len(t.Data), bag)
	if !ok {
		f.Broken = true
		return
	}
	var keys []string
	for _, k := range l.Kinds {
		if k.Key != "" {
			keys = append(keys, k.Key)
		}
	}
	for _, key := range table.Keys {
		k := l.rows(key.Name)
		if k == nil || key.Name == "" {
			datafile.ReportUnknownKey(t.Path, key, keys, bag)
			f.Broken = f.Broken || key.Value.Kind == datafile.Tables // rows of a kind, though nobody knows of which
			continue
		}
		if key.Value.Kind != datafile.Tables {
			f.Broken = true // its rows are there, though not as such
		}
		for _, row := range datafile.RowsOf(t.Path, key, k.Title, bag) {
			f.decodeRow(t.Path, k, row, bag)
		}
	}
}

// decodeRow decodes one row.
func (f *File) decodeRow(file string, k *Kind, row *datafile.Table, bag *diag.Bag) {
	e := reflect.New(k.Type).Interface().(Entry)
	left := datafile.DecodeRecord(file, row, e, bag)
	r := e.record()
	r.Scope = cmp.Or(r.Scope, k.scope)
	if r.IsPublic() && !r.Draft {
		datafile.ReportPlaceholders(left, bag)
	}
	r.Origin = datafile.OriginOf(file, row)
	switch id := row.Get("id"); {
	case r.ID != "":
	case id != nil && id.Text != "":
		f.Broken = true // others refer to it by an id that it may not have
	case k.Paged:
		datafile.ReportMissing(r.Origin, "id", "编号", "\"dongjie-01\"", bag)
	}
	f.Entries = append(f.Entries, e)
}

func (f *File) parsePage(t *source.Text, folder, rest string, md *markup.Parser, bag *diag.Bag) {
	head, bodyStart, ok := frontmatter.Parse(t, bag)
	if !ok {
		f.Broken = true
		return
	}
	e := pageKind(folder, rest)
	left := datafile.DecodeRecord(t.Path, head, e, bag)
	p := e.page()
	p.Origin, p.Lasting = datafile.OriginOf(t.Path, head), isGeneral(e) || lasts(folder)
	if p.IsPublic() && !p.Draft {
		datafile.ReportPlaceholders(left, bag)
		if body := t.Data[bodyStart:]; datafile.IsPlaceholderText(string(body[:min(len(body), maxPlaceholder)])) {
			datafile.ReportPlaceholderText(diag.Pos{File: t.Path, Line: 1 + bytes.Count(t.Data[:bodyStart], []byte("\n")), Column: 1}, bag)
		}
	}
	if p.ID == "" {
		p.ID = strings.TrimSuffix(rest, path.Ext(rest))
		if isGeneral(e) {
			p.ID = strings.TrimSuffix(strings.TrimPrefix(t.Path, source.ContentDir+"/"), path.Ext(t.Path))
		}
	}
	if p.Doc = md.Parse(t, bodyStart, bag); p.Summary != "" {
		p.Doc.Lead = "" // it stands in for a summary
	}
	text, line := t.String()[bodyStart:], 1+bytes.Count(t.Data[:bodyStart], []byte("\n"))
	checkWeekdays(t.Path, p, text, line, bag)
	if p.Lasting {
		p.Counts = typedCounts(text, line)
	}
	if l := Lookup(folder); l != nil && !isGeneral(e) {
		if k := l.rows(""); k != nil && k.read != nil {
			k.read(e, text, line)
		}
	}
	f.Entries = append(f.Entries, e)
}

// lasts reports whether the pages of a ledger are there on every day.
func lasts(folder string) bool {
	l := Lookup(folder)
	return l != nil && l.rows("") != nil && l.rows("").lasts
}

// maxPlaceholder is the length of the longest sample of a text, in bytes, and more.
const maxPlaceholder = 1000

// isGeneral reports whether a page is no ledger's own: it is known by its whole path.
func isGeneral(e PageEntry) bool {
	switch e.(type) {
	case *Section, *PlainPage:
		return true
	}
	return false
}

// pageKind returns an empty record for a Markdown file: the section's for
// _index.md, the ledger's own where it has Markdown records, else a plain page.
func pageKind(folder, rest string) PageEntry {
	if path.Base(rest) == IndexFile {
		return &Section{}
	}
	if l := Lookup(folder); l != nil {
		if k := l.rows(""); k != nil {
			return reflect.New(k.Type).Interface().(PageEntry)
		}
	}
	return &PlainPage{}
}
