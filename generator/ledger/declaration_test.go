package ledger

import (
	"slices"
	"testing"

	"biandan/generator/calendar"
	"biandan/generator/diag"
)

type toy struct {
	Record
	Name   string        `toml:"name" zh:"名称"`
	No     int           `toml:"no" zh:"序号"`
	Day    calendar.Date `toml:"day" zh:"日期"`
	Looked calendar.Date `toml:"looked" zh:"查看日期"`
	N      int           `toml:"n" zh:"数"`
}

type insideToy struct{ toy }

func (t *toy) n(*Book) int { return t.N }

var ruleToy = diag.Define(diag.Rule{Code: "E9901", Name: "试", Severity: diag.Error, Why: "试", Mend: "试"})

func init() {
	Declare(Ledger{Folder: "toys", Title: "玩具"},
		Rows[toy]("toy", "玩具").Open().Unique(ruleToy, "name", "玩具“%s”", func(t *toy) string { return t.Name }).
			Numbered(ruleToy, "no", "玩具", func(t *toy) int { return t.No }).
			Complete(ruleToy, []string{"球", "车"}, "没有%s", func(t *toy) string { return t.Name }).
			Past(ruleToy, "day").
			Ordered(ruleToy, func(t *toy) []Step {
				return []Step{{Name: "买来", Key: "day", Day: t.Day}, {Name: "查看", Key: "looked", Day: t.Looked}}
			}).
			AsEvent(nil, func(t *toy, _ *Book) Event { return Event{Title: t.Name, Day: t.Day} }).
			Count("玩具", "所有的", "个", nil).Held("买的玩具", "今年的", "次").Sum("玩具的数", "加起来", "件", (*toy).n).
			Share("大玩具", "数大于 5 的", func(t *toy, _ *Book) (part, whole int) { return min(1, t.N/6), 1 }),
		Rows[insideToy]("inside_toy", "里面的玩具").Inside(UnitOnly).Sum("里面的数", "加起来", "件", func(t *insideToy, _ *Book) int { return t.N }))
}

func toys(list ...Entry) (*Book, *diag.Bag) {
	bag := &diag.Bag{}
	return NewBook(calendar.Date{Year: 2026, Month: 11, Day: 23}, Settings{}, []*File{{Path: "content/toys/a.toml", Entries: list}}, bag), bag
}

func january(day int) calendar.Date { return calendar.Date{Year: 2026, Month: 1, Day: day} }

// TestFiguresOfAKind: what is declared with a kind is counted in the public book; of a
// kind that is inside, in all that are no drafts.
func TestFiguresOfAKind(t *testing.T) {
	private, draft, secret, later := &toy{Name: "棋", N: 100}, &toy{Name: "鼓", N: 100}, &insideToy{toy{N: 3}}, &insideToy{toy{N: 50}}
	private.Scope, draft.Draft, secret.Scope, later.Draft = UnitOnly, true, UnitOnly, true
	all, _ := toys(&toy{Name: "球", N: 7, Day: january(5)}, &toy{Name: "车", N: 2}, private, draft, secret, later)
	public := all.Public(Visible{})
	for name, want := range map[FigureName]string{"玩具": "2 个", "买的玩具": "1 次", "玩具的数": "9 件", "大玩具": "50%", "里面的数": "3 件"} {
		if n := name.In(public); n.String() != want || n.Folder != "toys" {
			t.Errorf("%s: %s of %q, want %s", name, n, n.Folder, want)
		}
	}
}

// TestRulesOfAKind: what a kind declares is looked for among its records, and drafts may
// lie ahead.
func TestRulesOfAKind(t *testing.T) {
	ahead := calendar.Date{Year: 2026, Month: 12, Day: 1}
	draft := &toy{Name: "鼓", Day: ahead}
	draft.Draft = true
	for name, c := range map[string]struct {
		list []Entry
		want []string
	}{
		"nothing":         {nil, nil},
		"a whole set":     {[]Entry{&toy{Name: "球", No: 1}, &toy{Name: "车", No: 2}, draft}, nil},
		"one is missing":  {[]Entry{&toy{Name: "球", No: 1}}, []string{"没有车"}},
		"one twice":       {[]Entry{&toy{Name: "球", No: 1}, &toy{Name: "车"}, &toy{Name: "车"}}, []string{"玩具“车”在  已经写过"}},
		"a hole":          {[]Entry{&toy{Name: "球", No: 1}, &toy{Name: "车", No: 3}}, []string{"玩具的序号到 3，缺 2"}},
		"ahead":           {[]Entry{&toy{Name: "球", Day: ahead}, &toy{Name: "车"}}, []string{"“球”的日期 2026-12-01 还没有到", "买来 2026-12-01 还没有到，今天是 2026-11-23"}},
		"the wrong order": {[]Entry{&toy{Name: "球", Day: january(5), Looked: january(4)}, &toy{Name: "车"}}, []string{"查看 2026-01-04 早于买来 2026-01-05"}},
	} {
		b, bag := toys(c.list...)
		b.Check(bag)
		var got []string
		for _, d := range bag.List() {
			if d.Code == ruleToy.Code {
				got = append(got, d.Message)
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
