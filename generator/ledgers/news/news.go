// Package news is the ledger of news (工作动态).
package news

import (
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
)

// News is a piece of news.
type News struct {
	ledger.Page
	Author string                      `toml:"author" zh:"作者"`
	Branch ledger.Ref[branches.Branch] `toml:"branch" zh:"党组织"`
}

// Tag implements [ledger.Tagged].
func (n *News) Tag() string { return n.Source }

func init() {
	ledger.Declare(ledger.Ledger{Folder: "news", Title: "工作动态"}, ledger.Pages[News]("动态"))
}

// WrittenBy implements [ledger.Written].
func (n *News) WrittenBy() string { return n.Author }

// Subjects implements [ledger.Concerning].
func (n *News) Subjects(b *ledger.Book) []ledger.Entry { return n.Branch.Entries(b) }
