package services

import (
	"fmt"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/source"
)

// Settled is a service as the list was settled last (清单底稿), by whose id it goes:
// what residents were promised, as tables write it.
type Settled struct {
	ledger.Record
	Values    map[string]string `toml:"values,required" zh:"定下来的内容"`
	Revisions []string          `toml:"revisions" zh:"已经记下的调整"` // they announce no later change
}

// SettledFile holds the rows of [Settled]; [Settle] writes it, nobody else.
const SettledFile = source.ContentDir + "/services/lock.toml"

// promised are the fields of a service that a change of the list has to announce.
// Posts and telephone numbers change without one.
var promised = []string{"name", "audience", "conditions", "materials", "steps", "days", "fee", "place", "time", "online"}

var ruleUnannounced = diag.Define(diag.Rule{Code: "E1419", Name: "清单改了，没有调整记录", Severity: diag.Warning, Tunable: true,
	Why:  "两个清单动态调整，先公示、后施行；不声不响改了，居民不知道从哪天起、为什么改",
	Mend: "公示过的，补一条 [[revision]]；只是改错字、规定没有变的，运行 biandan revise 记下现在的样子"})

// checkSettled wants a revision in force for whatever is not as it was settled last.
// Without a settled list there is nothing to compare.
func checkSettled(b *ledger.Book, bag *diag.Bag) {
	for _, d := range differences(b) {
		if !announced(b, d) {
			bag.Addf(ruleUnannounced, d.at, "%s；没有已经施行的调整记录", d)
		}
	}
}

// Difference is what distinguishes the list from the settled one: a field of a
// service, a new service or one that is gone.
type Difference struct {
	kind          ChangeKind
	id, name      string
	key, title    string // of the field
	before, after string
	settled       []string // the revisions of the service that were settled
	at            diag.Pos
}

// String says what was changed.
func (d Difference) String() string {
	switch d.kind {
	case Added:
		return fmt.Sprintf("事项“%s”是新添的", d.name)
	case Dropped:
		return fmt.Sprintf("事项“%s”（%s）不在清单里了", d.name, d.id)
	}
	return fmt.Sprintf("事项“%s”的%s原来定的是“%s”，现在是“%s”", d.name, d.title, d.before, d.after)
}

// differences compares the list with the settled one, in the order of the list.
func differences(b *ledger.Book) (all []Difference) {
	settled := map[string]*Settled{}
	for _, row := range ledger.All[Settled](b) {
		settled[row.ID] = row
	}
	if len(settled) == 0 {
		return nil
	}
	columns := promisedColumns()
	for _, s := range ledger.All[Service](b) {
		row := settled[s.ID]
		if row == nil {
			all = append(all, Difference{kind: Added, id: s.ID, name: s.Name, at: s.At("id")})
			continue
		}
		for _, c := range columns {
			if now := c.Cell(b, s); now != row.Values[c.Key] {
				all = append(all, Difference{Modified, s.ID, s.Name, c.Key, c.Title, row.Values[c.Key], now, row.Revisions, s.At(c.Key)})
			}
		}
	}
	for _, row := range ledger.All[Settled](b) {
		if ledger.Find[Service](b, row.ID) == nil {
			all = append(all, Difference{kind: Dropped, id: row.ID, name: row.Values["name"], settled: row.Revisions, at: row.At("id")})
		}
	}
	return all
}

// announced reports whether a revision makes the change that is in force, and was not
// when the list was settled.
func announced(b *ledger.Book, d Difference) bool {
	for _, r := range inForce(b, d.id) {
		for _, c := range r.Changes {
			of := c.Field == d.key || c.Field == d.title
			switch {
			case c.Service != d.id:
			case d.kind == Modified && of && c.After != "": // the value is held against it (E1409)
				return true
			case slices.Contains(d.settled, r.ID):
			case d.kind == Modified && c.Kind == Modified && (of || c.Field == ""),
				d.kind == Dropped && (c.Kind == Dropped || c.Kind == Merged), d.kind == Added && c.Kind == Added:
				return true
			}
		}
	}
	return false
}

// inForce are the revisions in force that change the service of that id.
func inForce(b *ledger.Book, id string) (all []*Revision) {
	for _, r := range ledger.All[Revision](b) {
		if !r.Draft && !r.InForce.After(b.AsOf) && slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Service == id }) {
			all = append(all, r)
		}
	}
	return all
}

func promisedColumns() []ledger.Column {
	return slices.DeleteFunc(ledger.Columns(ledger.Lookup("services").Kind("service")), func(c ledger.Column) bool { return !slices.Contains(promised, c.Key) })
}

// Settle writes the list as it stands as the text of [SettledFile]; changes are what
// distinguishes it from the one that was settled before.
func Settle(b *ledger.Book) (text []byte, changes []Difference, err error) {
	type row struct {
		ID        string            `toml:"id"`
		Revisions []string          `toml:"revisions,omitempty"`
		Values    map[string]string `toml:"values"`
	}
	var file struct {
		Settled []row `toml:"settled"`
	}
	columns := promisedColumns()
	for _, s := range ledger.All[Service](b) {
		r := row{ID: s.ID, Values: map[string]string{}}
		for _, v := range inForce(b, s.ID) {
			r.Revisions = append(r.Revisions, v.ID)
		}
		for _, c := range columns {
			if now := c.Cell(b, s); now != "" {
				r.Values[c.Key] = now
			}
		}
		file.Settled = append(file.Settled, r)
	}
	text, err = toml.Marshal(file)
	head := "# 服务清单定下来的样子，biandan revise 写的，不用手改。\n# 以后哪一项改了，没有写调整记录，检查会提醒。\n\n"
	return append([]byte(head), text...), differences(b), err
}
