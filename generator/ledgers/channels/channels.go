// Package channels is the ledger of where the county can be heard and reached online
// (渠道).
package channels

import (
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// ChannelKind is what a channel is.
type ChannelKind string

// Options lists the kinds.
func (ChannelKind) Options() []string { return []string{"公众号", "平台", "微信群"} }

// Channel is a channel. It has no field for the code by which one joins a closed group.
type Channel struct {
	ledger.Record
	Name   string      `toml:"name,required" zh:"名称"`
	Kind   ChannelKind `toml:"kind,required" zh:"种类"`
	Runner string      `toml:"runner,required" zh:"谁管"`
	What   string      `toml:"what,required" zh:"做什么用"`
	Open   bool        `toml:"open" zh:"谁都能看"`
}

var ruleTwice = diag.Define(diag.Rule{Code: "E3003", Name: "一个渠道写了两次", Severity: diag.Error,
	Why: "同一个渠道写两遍，两遍管的人、用处就会不一样", Mend: "删掉其中一条"})

func init() {
	ledger.Declare(ledger.Ledger{Folder: "channels", Title: "渠道"},
		ledger.Rows[Channel]("channel", "渠道").Open().Unique(ruleTwice, "name", "“%s”", func(c *Channel) string { return c.Name }).
			GroupedBy(func(c *Channel, _ *ledger.Book) string { return string(c.Kind) }),
	)
}
