package serve

import (
	"net/url"

	"biandan/generator/build"
	"biandan/generator/ledger"
)

// ledgerPage shows the ledgers of a site, and one of them with its records.
type ledgerPage struct {
	Ledgers []ledgerItem
	Open    *ledgerItem // nil: none is chosen
	Groups  []recordGroup
}

type ledgerItem struct {
	Title, Folder, URL string
	Count, Hidden      int // records; those that are not on the public site
}

type recordGroup struct {
	Title, Key string
	Records    []record
	Left       int // that are not shown
}

// record is a record with the place where it was written.
type record struct {
	ID, Title, At, URL, Mark string
}

// groupRecords is how many records of a kind are shown.
const groupRecords = 500

func listLedgers(t *build.Tree, query url.Values) ledgerPage {
	var v ledgerPage
	book := t.Site.Book
	for _, l := range ledger.Ledgers() {
		item := ledgerItem{Title: l.Title, Folder: l.Folder, URL: "?" + url.Values{"folder": {l.Folder}}.Encode()}
		var groups []recordGroup
		for i := range l.Kinds {
			k := &l.Kinds[i]
			g := recordGroup{Title: k.Title, Key: k.Key}
			for _, e := range book.Entries(k) {
				r := recordOf(t, k, e)
				if item.Count++; r.Mark != "" {
					item.Hidden++
				}
				if len(g.Records) == groupRecords {
					g.Left++
					continue
				}
				g.Records = append(g.Records, r)
			}
			groups = append(groups, g)
		}
		v.Ledgers = append(v.Ledgers, item)
		if query.Has("folder") && query.Get("folder") == l.Folder {
			v.Open, v.Groups = &item, groups
		}
	}
	return v
}

func recordOf(t *build.Tree, k *ledger.Kind, e ledger.Entry) record {
	book, model := t.Site.Book, t.Site.Model
	r := record{ID: ledger.IDOf(e), Title: ledger.TitleOf(e), At: e.At().String(), Mark: condition(e, book.AsOf)}
	switch {
	case !e.IsPublic():
		r.Mark = "不向社会公开"
	case r.Mark == "" && !book.Publishes(k, e, ledger.Visible{}):
		r.Mark = "暂不公开"
	}
	if p := model.PageAt(k, r.ID); p != nil {
		r.URL = t.Site.Address(p.Path)
	}
	return r
}
