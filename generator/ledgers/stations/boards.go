package stations

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
)

// Postings returns what the board of a station needs: what it says itself, in
// its order, or what is usual at its level. It is empty for a station without a
// board: one that is not open, or says board = [].
func (s *Station) Postings() []ledger.Posting {
	all := ledger.Postings()
	if s.Status != Open {
		return nil
	}
	if !s.Origin.Has("board") {
		return slices.DeleteFunc(all, func(p ledger.Posting) bool { return !p.IsOn(string(s.Level)) })
	}
	var own []ledger.Posting
	for i, name := range s.Board {
		at := slices.IndexFunc(all, func(p ledger.Posting) bool { return p.Name == name })
		if at >= 0 && !slices.Contains(s.Board[:i], name) {
			own = append(own, all[at])
		}
	}
	return own
}

var ruleBoard = diag.Define(diag.Rule{Code: "E1206", Name: "公告栏里没有这种张贴", Severity: diag.Error,
	Why:     "公告栏上贴什么（board）写的是墙上要贴哪几样，名字写错了，那一样就上不了墙",
	Mend:    "改成已有的名字；删掉公告栏上贴什么（board）这一行，就按驿站的层级贴",
	Example: "board = [\"服务清单\", \"本月主题\", \"公示公告\"]"})

func checkBoard(s *Station, bag *diag.Bag) {
	var names []string
	for _, p := range ledger.Postings() {
		names = append(names, p.Name)
	}
	for i, name := range s.Board {
		if !slices.Contains(names, name) {
			bag.Add(ruleBoard, s.At("board", i), fmt.Sprintf("没有叫“%s”的张贴", name), diag.DidYouMean(name, names, "可以写："+strings.Join(names, "、")))
		}
	}
}

// maxClosed is how many days a station may be closed in a row; without opening
// hours every day counts.
const maxClosed = 14

// LastOpen returns the last day before d on which somebody was in the station.
func (s *Station) LastOpen(d calendar.Date, b *ledger.Book) calendar.Date {
	for n := 1; n <= maxClosed && len(s.Hours) > 0; n++ {
		if day := d.AddDays(-n); s.OpenOn(day, b) != "" {
			return day
		}
	}
	return d.AddDays(-1)
}
