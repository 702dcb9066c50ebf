package plan

import (
	"cmp"

	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

// seasons are the motifs of the festival design by month.
var seasons = [...]string{"lantern", "lantern", "blossom", "blossom", "blossom", "wave", "wave", "wave", "wheat", "wheat", "snow", "snow"}

func (p *page) monthSheet(m *ledger.Month, size config.Size, subject string) view.MonthSheet {
	v := view.MonthSheet{Sheet: p.sheet(size, m.Title, subject, "扫码看活动", m.Month.First(), m.Month.Last()),
		MonthCard: p.monthCard(m), Tasks: m.Tasks, Activities: p.monthActivities(m), Design: string(cmp.Or(m.Design, ledger.Solemn)), Season: seasons[m.Month.Month-1]}
	// Paper does not know the day on which it is read.
	v.Past, v.Current, v.Coming, v.CountPassed = false, false, nil, 0
	for i := range v.Activities {
		v.Activities[i].Past = false
	}
	if len(v.Tasks) == 0 && v.Summary != "" {
		v.Tasks = []string{v.Summary}
	}
	v.Version = version(v.PageTitle, v.Slogan, v.Tasks, m.Activities)
	if p.whole {
		p.fitMonth(&v)
	}
	return v
}

// checkMonthSheet reports a poster that cannot be made.
func (b *builder) checkMonthSheet(m *ledger.Month, size config.Size, at diag.Pos) {
	p := b.page("sheets/"+b.PageOf(m).Path, "sheet-month")
	p.whole = true // the code takes room
	v := p.monthSheet(m, size, b.PageOf(m).Path)
	if !p.fitMonth(&v) {
		b.tooLong(at, "口号", m.Slogan, size)
	}
}

// The measures of a poster, in units, and within the table of activities in em
// of the names; sheet.css has the same.
const (
	fieldShare   = 0.36 // of the height, at least, for the field with the slogan
	fieldAround  = 58.0 // in the field above, between and below its lines
	acrossShare  = 0.44 // of the width, for the field of a poster that lies across
	dayColumn    = 6.6
	whereColumn  = 10.5
	detailSize   = 0.82
	mostActivity = 8.0
	mostTask     = 7.0
	leastTask    = 4.0
	slogan       = 1.3 // leading
)

// poster is the space that the parts of a month's poster share.
type poster struct {
	*view.MonthSheet
	room
	width, height float64 // for the activities and what is below them
}

// fitMonth chooses the sizes of letters: the activities get what they need to be
// read, grow while the field keeps its share, and the slogan fills the field.
// More activities than one sheet holds go on to others.
func (p *page) fitMonth(v *view.MonthSheet) (ok bool) {
	s := poster{MonthSheet: v, room: p.roomFor(&v.Sheet)}
	w, h := s.inner()
	fieldWidth, fieldHeight := w, 0.0
	s.width, s.height = w, h*(1-fieldShare)
	if s.across() {
		fieldWidth, fieldHeight = w*acrossShare, h
		s.width, s.height = w-fieldWidth-8, h
	}
	first := s.choose()
	s.spread(first)
	if !s.across() {
		fieldHeight = h - s.tableHeight(v.Parts[0].Activities) - s.endHeight() - 3
	}
	v.Head, ok = heading(v.Slogan, fieldWidth-20, fieldHeight-fieldAround, slogan, leastTitle*0.72, 0.24*fieldWidth)
	v.Boxes = len(v.Parts)
	return ok
}

// choose sets the sizes and returns how many activities stand on the first sheet.
func (s *poster) choose() int {
	for _, s.Hosts = range []bool{true, false} {
		size, ok := typeset.Largest(leastBody, mostActivity, func(a float64) bool {
			s.setLetter(a)
			return s.tableHeight(s.Activities)+s.endHeight()+3 <= s.height
		})
		if s.setLetter(size); ok {
			return len(s.Activities)
		}
	}
	s.Hosts = true
	s.setLetter(leastBody)
	n := len(s.Activities)
	for n > 0 && s.tableHeight(s.Activities[:n])+s.endHeight()+3 > s.height {
		n--
	}
	return n
}

func (s *poster) setLetter(a float64) {
	s.Letter = a
	s.Task = min(mostTask, max(leastTask, detailSize*a))
}

// spread fills the boxes: the first holds n activities, the others what a whole
// sheet holds.
func (s *poster) spread(n int) {
	rest := s.Activities[n:]
	s.Parts = []view.MonthBox{{Number: 1, Activities: s.Activities[:n]}}
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && s.tableHeight(rest[:n+1]) <= s.room.height-2*margin-s.foot-continuedHead {
			n++
		}
		s.Parts = append(s.Parts, view.MonthBox{Number: len(s.Parts) + 1, Activities: rest[:n]})
		rest = rest[n:]
	}
}

const continuedHead = 30.0 // of a sheet that goes on with the one before it

func (s *poster) tableHeight(list []view.Activity) float64 {
	if len(list) == 0 {
		return 26
	}
	h := 3.0
	for _, a := range list {
		h += s.rowHeight(a)
	}
	return h
}

func (s *poster) rowHeight(a view.Activity) float64 {
	width := s.width / s.Letter // in em
	if s.across() && s.Parts != nil {
		width = (s.room.width - 2*margin) / s.Letter
	}
	name := width - dayColumn - whereColumn - 0.8
	h := 1.35 * float64(typeset.Lines(a.Name, name))
	if s.Hosts && a.Host.Text != "" {
		h += detailSize * 1.4 * float64(typeset.Lines(a.Host.Text, name/detailSize))
	}
	where := detailSize * 1.4 * float64(typeset.Lines(a.Place, whereColumn/detailSize))
	if a.Time != "" {
		where += detailSize * 1.4
	}
	return s.Letter*(max(2.1, h, where)+0.6) + 0.3
}

// endHeight is the height of the tasks and the code beside them.
func (s *poster) endHeight() float64 {
	width := s.width - s.codeWidth - 8
	h := 0.0
	for _, t := range s.Tasks {
		h += 1.5*s.Task*float64(typeset.Lines(t, width/s.Task-1.7)) + 1.6
	}
	return max(h, s.codeHeight) + 4
}
