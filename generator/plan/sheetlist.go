package plan

import (
	"fmt"
	"math"

	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/ledger"
	"biandan/generator/typeset"
	"biandan/generator/view"
)

func (p *page) servicesSheet(size config.Size) view.ListSheet {
	v := view.ListSheet{Sheet: p.sheet(size, p.sectionTitle("services"), "services/", "扫码看办理要点", p.lastUpdate(), calendar.Date{}),
		Note: "AB岗：A岗不在，B岗接着办。首办责任制：第一个接待的人负责到底。", Empty: "服务事项整理好以后，在这里公布。"}
	count, categories := 0, p.categoryItems()
	for _, c := range categories {
		g := view.ListGroup{Title: c.Text}
		for _, s := range c.Services {
			g.Items = append(g.Items, view.ListItem{Mark: fmt.Sprint(s.No), Text: s.Text, Note: s.Limit, Phone: s.Phone})
			count++
		}
		if g.Items != nil {
			v.Groups = append(v.Groups, g)
		}
	}
	v.Lead = fmt.Sprintf("%d 类 %d 项", len(categories), count)
	return p.finishList(v)
}

func spaced(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "　" + b
}

// rollSheet lists the branches whose stars are published, by class; honours
// alone when only is set.
func (p *page) rollSheet(y ledger.StarYear, size config.Size, subject string, only bool) view.ListSheet {
	title, lead := fmt.Sprintf("%d年度星级党组织名单", y.Year), fmt.Sprintf("%d 个党支部参评", y.All.Total)
	if only {
		title, lead = fmt.Sprintf("%d年度五星级党组织光荣榜", y.Year), fmt.Sprintf("%d 个党支部", y.All.Count[ledger.MaxStar])
	}
	v := view.ListSheet{Sheet: p.sheet(size, title, subject, "扫码看结果", calendar.Date{}, calendar.Date{}), Lead: lead, Empty: "本年度没有公布的名单。"}
	for _, c := range p.boards(y) {
		for _, s := range c.Stars {
			if only && s.Mark.Star != ledger.MaxStar {
				continue
			}
			g := view.ListGroup{Title: fmt.Sprintf("%s　%s　%d 个", c.Class, s.Mark.Word, len(s.Branches))}
			for _, b := range s.Branches {
				g.Items = append(g.Items, view.ListItem{Text: b.Text})
			}
			v.Groups = append(v.Groups, g)
		}
		if c.Held != "" && !only {
			v.Note += c.Class + c.Held + "。"
		}
	}
	return p.finishList(v)
}

// pairSheet lists who helps whom, of the pairs that are public.
func (p *page) pairSheet(y ledger.StarYear, pairs []*ledger.Pair, size config.Size, subject string) view.ListSheet {
	v := view.ListSheet{Sheet: p.sheet(size, fmt.Sprintf("%d年度结对帮扶名单", y.Year), subject, "扫码看结果", calendar.Date{}, calendar.Date{}),
		Lead: fmt.Sprintf("%d 对", len(pairs))}
	g := view.ListGroup{Title: "帮扶方 → 帮扶对象"}
	for i, x := range pairs {
		note := ""
		for _, m := range x.Measures {
			note += m + "；"
		}
		g.Items = append(g.Items, view.ListItem{Mark: fmt.Sprint(i + 1), Text: refTitle(p.builder, x.Helper) + " → " + refTitle(p.builder, x.Helped), Note: note})
	}
	v.Groups = append(v.Groups, g)
	return p.finishList(v)
}

func (p *page) finishList(v view.ListSheet) view.ListSheet {
	v.Version = version(v.Lead, v.Note, v.Groups)
	if p.whole {
		p.fitList(&v)
	}
	return v
}

// The measures of a list: in em of its lines, but gaps in units. sheet.css has
// the same.
const (
	listMost    = 13.0
	maxColumns  = 5
	columnGap   = 5.0
	noteSize    = 0.82
	markColumn  = 2.0
	groupLetter = 1.08
	maxLists    = 40 // sheets of one list
)

// list is the space for a list on one sheet.
type list struct {
	groups  []view.ListGroup
	columns int
	width   float64 // of a column
	height  float64
	letter  float64
}

// fitList chooses the number of sheets, the columns and the size of the letters:
// as few sheets as hold the list at the least size, then letters as large as
// they become.
func (p *page) fitList(v *view.ListSheet) {
	r := roomFor(&v.Sheet)
	w, h := r.inner()
	v.Title, _ = heading(v.PageTitle, w-r.codeWidth-6, 0.14*r.height, 1.25, 8, 24)
	lead := 9.0
	head := math.Max(r.codeHeight, v.Title.Size*1.25*float64(len(v.Title.Lines))+lead) + 6
	if v.Note != "" {
		h -= 4.2*1.5*float64(typeset.Lines(v.Note, w/4.2)) + 3
	}
	for sheets := 1; sheets <= maxLists; sheets++ {
		best := list{}
		for c := 1; c <= maxColumns; c++ {
			l := list{groups: v.Groups, columns: c, width: (w - columnGap*float64(c-1)) / float64(c), height: h - head}
			size, ok := typeset.Largest(leastDetail, listMost, func(a float64) bool {
				l.letter = a
				columns := l.pack(l.height)
				return columns != nil && len(columns) <= sheets*c && l.width/a >= 11
			})
			if ok && size > best.letter+0.3 {
				l.letter = size
				best = l
			}
		}
		if best.columns > 0 {
			v.Letter = best.letter
			v.Parts = best.boxes(sheets)
			break
		}
	}
	v.Boxes = len(v.Parts)
}

// boxes packs the list into sheets, the columns as even as they can be.
func (l *list) boxes(sheets int) []view.ListBox {
	low := l.height
	for h := l.height; h > l.height/4; h -= l.height / 100 {
		if columns := l.pack(h); columns == nil || len(columns) > sheets*l.columns {
			break
		}
		low = h
	}
	columns := l.pack(low)
	boxes := make([]view.ListBox, sheets)
	for i := range boxes {
		boxes[i].Number = i + 1
		for c := i * l.columns; c < min((i+1)*l.columns, len(columns)); c++ {
			boxes[i].Columns = append(boxes[i].Columns, view.ListColumn{Groups: columns[c], Full: l.heightOf(columns[c]) > 0.66*l.height})
		}
	}
	return boxes
}

func (l *list) itemHeight(it view.ListItem) float64 {
	width := l.width/l.letter - 0.8
	if it.Mark != "" {
		width -= markColumn
	}
	h := 1.3*float64(typeset.Lines(it.Text, width)) + 0.45
	if it.Note+it.Phone != "" {
		h += noteSize * 1.35 * float64(rows([]string{it.Note, it.Phone}, width/noteSize, 1))
	}
	return h*l.letter + 0.3
}

func (l *list) headHeight(g view.ListGroup) float64 {
	size := groupLetter * l.letter
	return 1.3*size*float64(typeset.Lines(g.Title+"（续）", l.width/size-1)) + 1.6*l.letter
}

func (l *list) heightOf(groups []view.ListGroup) float64 {
	h := 0.0
	for _, g := range groups {
		h += l.headHeight(g)
		for _, it := range g.Items {
			h += l.itemHeight(it)
		}
	}
	return h
}

// together is how many lines of a group stay in one column at least.
const together = 2

// pack fills columns of that height one after the other; a group is divided only
// where several of its lines stay together. It is nil when a line fits nowhere.
func (l *list) pack(height float64) [][]view.ListGroup {
	columns := [][]view.ListGroup{nil}
	left := height
	for _, g := range l.groups {
		rest := g
		for len(rest.Items) > 0 {
			n := l.fitting(rest, left)
			if n < len(rest.Items) && (n < together || len(rest.Items)-n < together) {
				n = max(0, min(n, len(rest.Items)-together))
				if n < together {
					n = 0
				}
			}
			if n == 0 {
				if left == height { // a whole column is not enough
					if n = l.fitting(rest, left); n == 0 {
						return nil
					}
				} else {
					columns, left = append(columns, nil), height
					continue
				}
			}
			part := rest
			part.Items = rest.Items[:n]
			columns[len(columns)-1] = append(columns[len(columns)-1], part)
			left -= l.heightOf([]view.ListGroup{part})
			rest.Items, rest.Continued = rest.Items[n:], true
		}
	}
	return columns
}

// fitting is how many lines of a group fit below its heading.
func (l *list) fitting(g view.ListGroup, left float64) int {
	left -= l.headHeight(g)
	for i, it := range g.Items {
		if left -= l.itemHeight(it); left < -1e-9 {
			return i
		}
	}
	return len(g.Items)
}
