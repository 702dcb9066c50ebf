package build

import (
	"path"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/publish"
	"biandan/generator/site"
	"biandan/generator/source"
)

var ruleVanished = diag.Define(diag.Rule{Code: "E0421", Name: "上次还在的网址没有了", Severity: diag.Warning, Tunable: true,
	Why:  "墙上的二维码、别人收藏的链接还指着它，扫开是空的；只提醒这一次",
	Mend: "搬了家的，在新的那一页写 aliases = [\"旧网址\"]，或者写进 site.toml 的 [redirects]；确实不要了的，不用管"})

// vanished reports addresses that the last build published and this one does not. What
// is written and withheld was withdrawn on purpose, or its day is over.
func (b *build) vanished(s *Site, stage *publish.Stage) {
	var withheld map[string]bool
	for _, p := range stage.Gone() {
		address, ok := strings.CutSuffix(p, "index.html")
		if !ok || address == "" || isMade(address) {
			continue
		}
		if withheld == nil {
			withheld = addressesOf(s.Book)
		}
		if !withheld[address] {
			b.bag.Add(ruleVanished, diag.Pos{File: source.ConfigFile}, "上次还在的网址“/"+address+"”没有了", "")
		}
	}
}

// isMade reports whether a page at an address is one for paper or a further part of a
// list: no code on a wall leads there.
func isMade(address string) bool {
	return strings.HasPrefix(address, "sheets/") || strings.HasPrefix(address, "screens/") || strings.Contains(address, "/page/")
}

// addressesOf are the addresses of all records, also of those that are not public, and
// of the lists in which they stand.
func addressesOf(b *ledger.Book) map[string]bool {
	all := map[string]bool{}
	for _, l := range ledger.Ledgers() {
		for i := range l.Kinds {
			if k := &l.Kinds[i]; k.Paged {
				for _, e := range b.Entries(k) {
					for p := site.Address(k, e); p != "./" && !all[p]; p = path.Dir(strings.TrimSuffix(p, "/")) + "/" {
						all[p] = true
					}
				}
			}
		}
	}
	return all
}
