package ledgers_test

import (
	"slices"
	"testing"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/months"
	"biandan/generator/ledgers/news"
	"biandan/generator/ledgers/notices"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	d, ok := calendar.ParseDate(s)
	if !ok {
		t.Fatalf("no date: %s", s)
	}
	return d
}

// TestNext asks for the next day on which a site with one record changes.
func TestNext(t *testing.T) {
	page := func(f func(p *ledger.Page)) ledger.Page {
		p := ledger.Page{Record: ledger.Record{ID: "a"}, Title: "甲"}
		f(&p)
		return p
	}
	none := func(*ledger.Page) {}
	november := calendar.Month{Year: 2026, Month: 11}
	for name, c := range map[string]struct {
		entry   ledger.Entry
		visible ledger.Visible
		date    string
		what    []string
	}{
		"nothing to come":            {entry: &news.News{Page: page(none)}},
		"published later":            {entry: &news.News{Page: page(func(p *ledger.Page) { p.PublishDate = day(t, "2026-12-01") })}, date: "2026-12-01", what: []string{"“甲”上线"}},
		"dated later":                {entry: &news.News{Page: page(func(p *ledger.Page) { p.Date = day(t, "2026-12-02") })}, date: "2026-12-02", what: []string{"“甲”上线"}},
		"shown before its time":      {entry: &news.News{Page: page(func(p *ledger.Page) { p.Date = day(t, "2026-12-02") })}, visible: ledger.Visible{Future: true}},
		"expires":                    {entry: &news.News{Page: page(func(p *ledger.Page) { p.ExpiryDate = day(t, "2026-11-24") })}, date: "2026-11-24", what: []string{"“甲”下线"}},
		"expired":                    {entry: &news.News{Page: page(func(p *ledger.Page) { p.ExpiryDate = day(t, "2026-11-23") })}},
		"a draft":                    {entry: &news.News{Page: page(func(p *ledger.Page) { p.Draft, p.PublishDate = true, day(t, "2026-12-01") })}},
		"a draft that is shown":      {entry: &news.News{Page: page(func(p *ledger.Page) { p.Draft, p.PublishDate = true, day(t, "2026-12-01") })}, visible: ledger.Visible{Drafts: true}, date: "2026-12-01", what: []string{"“甲”上线"}},
		"not for the public":         {entry: &news.News{Page: page(func(p *ledger.Page) { p.Scope, p.PublishDate = ledger.Party, day(t, "2026-12-01") })}},
		"a notice that ends":         {entry: &notices.Notice{Page: page(none), Kind: notices.Gongshi, Start: day(t, "2026-11-20"), End: day(t, "2026-11-23")}, date: "2026-11-24", what: []string{"“甲”到期"}},
		"a notice that begins":       {entry: &notices.Notice{Page: page(none), Kind: notices.Gongshi, Start: day(t, "2026-11-30"), End: day(t, "2026-12-04")}, date: "2026-11-30", what: []string{"“甲”开始公示"}},
		"a notice, expired before":   {entry: &notices.Notice{Page: page(func(p *ledger.Page) { p.ExpiryDate = day(t, "2026-11-25") }), Kind: notices.Gongshi, Start: day(t, "2026-11-20"), End: day(t, "2026-11-30")}, date: "2026-11-25", what: []string{"“甲”下线"}},
		"a notice, published amidst": {entry: &notices.Notice{Page: page(func(p *ledger.Page) { p.PublishDate = day(t, "2026-11-30") }), Kind: notices.Gongshi, Start: day(t, "2026-11-25"), End: day(t, "2026-12-25")}, date: "2026-11-30", what: []string{"“甲”上线"}},
		"the end of a month":         {entry: &months.Month{Page: page(none), Month: november}, date: "2026-12-01", what: []string{"“甲”当月结束"}},
		"the beginning of a month":   {entry: &months.Month{Page: page(none), Month: november.Add(2)}, date: "2027-01-01", what: []string{"“甲”成为当月主题"}},
		"an activity": {entry: &months.Month{Page: page(none), Month: november, Activities: []months.Activity{{Name: "义诊", Date: day(t, "2026-11-24")}, {Name: "讲座", Date: day(t, "2026-11-24")}}},
			date: "2026-11-25", what: []string{"“义诊”活动结束", "“讲座”活动结束"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := ledger.NewBook(day(t, "2026-11-23"), ledger.Settings{}, []*ledger.File{{Entries: []ledger.Entry{c.entry}}}, &diag.Bag{})
			got := b.Next(c.visible)
			if got.Date != day(t, c.date) || !slices.Equal(got.What, c.what) {
				t.Errorf("%v, want %s %v", got, c.date, c.what)
			}
		})
	}
}
