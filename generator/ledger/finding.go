package ledger

import "biandan/generator/calendar"

// Hit is what a reader who has found a record came for.
type Hit struct {
	Note     string        // 周一至周五 08:30—17:30
	Phone    string        // where to ask
	From, To calendar.Date // on which days it holds; no date: always
	Open     []string      // of what has hours: those of the week, the days that differ, the first and the last day that is known
	Words    []string      // by which residents know it beside its name: 公租房
}

// The ranks of what is found: the least first. Pages that have a date come after all of
// them, the newest first.
const (
	RankService = iota
	RankPlace
	RankOrganisation
	RankOther
)

// Rank is where records of the kind stand among those that a search finds.
func (k *Kind) Rank() int {
	if k.hit == nil {
		return RankOther
	}
	return k.rank
}

// HitOf returns what a search shows of a record of the kind beside its title; where the
// kind says nothing, its phone.
func (k *Kind) HitOf(b *Book, e Entry) Hit {
	var h Hit
	switch {
	case k.hit != nil:
		return k.hit(b, e)
	case k.Key == "":
		return h // an article
	}
	for _, c := range Columns(k) {
		if c.IsPhone() && h.Phone == "" {
			h.Phone = c.Cell(b, e)
		}
	}
	return h
}
