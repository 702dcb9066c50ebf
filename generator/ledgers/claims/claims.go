// Package claims is the ledger of voluntary posts (岗位认领): what there is to do in
// estates, and how many took it on.
package claims

import (
	"fmt"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/branches"
	"biandan/generator/ledgers/checkins"
	"biandan/generator/ledgers/stations"
)

// PositionKind is what a post is for.
type PositionKind string

// Options lists the kinds.
func (PositionKind) Options() []string {
	return []string{"党员先锋岗", "党员说事岗", "矛盾调解岗", "党员代办岗"}
}

// Position is a voluntary post (岗位).
type Position struct {
	ledger.Record
	Kind    PositionKind                 `toml:"kind,required" zh:"岗位"`
	Branch  ledger.Ref[branches.Branch]  `toml:"branch,required" zh:"设岗的党组织"`
	Station ledger.Ref[stations.Station] `toml:"station" zh:"驿站"`
	Place   string                       `toml:"place" zh:"地点"`
	Duty    string                       `toml:"duty,required" zh:"做什么"`
	Hours   int                          `toml:"hours_month" zh:"每月几小时" check:"min=0"`
	Need    int                          `toml:"need,required" zh:"要几个人" check:"min=1"`
	From    calendar.Date                `toml:"from" zh:"从哪天起"`
	To      calendar.Date                `toml:"to" zh:"到哪天止"`
}

// Claim is what an estate counts of a quarter.
type Claim struct {
	ledger.Record
	Branch   ledger.Ref[branches.Branch] `toml:"branch,required" zh:"小区党支部"`
	Quarter  calendar.Quarter            `toml:"quarter,required" zh:"季度"`
	AsOf     calendar.Date               `toml:"as_of,required" zh:"到哪一天"`
	Taken    []Taken                     `toml:"taken" zh:"认领的岗位"`
	Reported int                         `toml:"reported,required" zh:"报到党员（人）" check:"min=0"`
	Holding  int                         `toml:"holding,required" zh:"认领了岗位（人）" check:"min=0"`
	Active   int                         `toml:"active" zh:"参加过公益活动（人）" check:"min=0"`
	Helpful  int                         `toml:"helpful" zh:"办过实事（人）" check:"min=0"`
	Deeds    int                         `toml:"deeds" zh:"实事（件）" check:"min=0"`
}

// Taken is how many took on a post.
type Taken struct {
	Position ledger.Ref[Position] `toml:"position,required" zh:"岗位"`
	N        int                  `toml:"n,required" zh:"人数" check:"min=0"`
}

var (
	ruleFull = diag.Define(diag.Rule{Code: "E1911", Name: "认领的比要的还多", Severity: diag.Error,
		Why: "一个岗位要几个人是定好的，认领多了，排班排不开", Mend: "核对要几个人（need）和认领人数（n）"})
	ruleParts = diag.Define(diag.Rule{Code: "E1912", Name: "认领的数自相矛盾", Severity: diag.Error,
		Why: "认领岗位、参加活动、办过实事的都是报到的党员，不会比报到的多；办过实事的人，每人至少一件", Mend: "核对这一行的五个数"})
	ruleSides = diag.Define(diag.Rule{Code: "E1913", Name: "认领的报到人数与报到台账不一样", Severity: diag.Warning, Tunable: true,
		Why: "同一个小区报到了多少党员，两本台账写了两个数", Mend: "核对报到党员（reported）和 content/checkins/ 里这个小区的一行"})
	ruleMissing = diag.Define(diag.Rule{Code: "E1914", Name: "上个季度的认领没有报", Severity: diag.Warning, Tunable: true,
		Why: "岗位认领每季度一报，次月 10 日前报上季度的", Mend: "在 content/claims/ 里补上这个小区的 [[claim]]"})
	ruleStation = diag.Define(diag.Rule{Code: "E1915", Name: "岗位所在的驿站没有开", Severity: diag.Error,
		Why: "岗位设在没有开放的驿站，来的人没有地方去", Mend: "核对驿站（station），或者改写地点（place）"})
	ruleOver = diag.Define(diag.Rule{Code: "E1917", Name: "岗位的时间不对，或者到期还列着", Severity: diag.Warning, Tunable: true,
		Why: "到期的岗位还列着，来认领的人白跑一趟", Mend: "核对从哪天起（from）、到哪天止（to）；不再设的删掉这一条"})
	ruleTwice = diag.Define(diag.Rule{Code: "E1918", Name: "一个季度报了两份", Severity: diag.Error,
		Why: "一个小区一个季度一行，两行就数了两遍", Mend: "删掉旧的一行"})
	ruleVacant = diag.Define(diag.Rule{Code: "E1916", Name: "岗位还空着", Severity: diag.Reminder,
		Why: "空了一个季度的岗位，要么动员人来，要么不设", Mend: "动员认领；不再设的写到哪天止（to）"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "claims", Title: "岗位认领", Needs: []string{"branches", "stations", "checkins"}, Check: check},
		ledger.Rows[Position]("position", "岗位一览").Open().Posts("空岗表", 105, "小区").
			Check((*Position).check).Remind((*Position).remind).Count("岗位", "设了的志愿岗位", "个", nil).AsList(ruleOver, func(p *Position, b *ledger.Book) ledger.Lasts {
			l := ledger.Lasts{Title: p.Duty, From: p.From, To: p.To, ToKey: "to", Group: "已经认领满"}
			if left := p.vacant(b); left > 0 {
				l.Group, l.Order, l.State = "还缺人", -1, fmt.Sprintf("还缺 %d 人", left)
			}
			return l
		}),
		ledger.Rows[Claim]("claim", "季度认领").Inside(ledger.UnitOnly).Check((*Claim).check).
			Unique(ruleTwice, "quarter", "这个小区这个季度", func(c *Claim) string { return c.Branch.ID + c.Quarter.String() }).
			Sum("办成的实事", "今年报到党员在小区办的实事", "件", func(c *Claim, b *ledger.Book) int {
				if c.Quarter.Year != b.AsOf.Year {
					return 0
				}
				return c.Deeds
			}).
			AsGrid("上季度的认领", "社区", "人、件", true, (*Claim).quarterly),
	)
}

// standing is what is derived of all claims.
type standing struct {
	last  calendar.Quarter // the last of which there is a claim
	taken map[string]int   // of each position, in the last quarter
}

var state = ledger.Derive(func(b *ledger.Book) standing {
	s := standing{taken: map[string]int{}}
	for _, c := range ledger.All[Claim](b) {
		if c.Quarter.Number() > s.last.Number() || s.last.IsZero() {
			s.last = c.Quarter
		}
	}
	for _, c := range ledger.All[Claim](b) {
		for _, t := range c.Taken {
			if c.Quarter == s.last {
				s.taken[t.Position.ID] += t.N
			}
		}
	}
	return s
})

func (p *Position) vacant(b *ledger.Book) int { return max(0, p.Need-state.Of(b).taken[p.ID]) }

// quarterly gives the counts of an estate to the table of the last quarter by
// communities.
func (c *Claim) quarterly(b *ledger.Book) []ledger.Count {
	br := c.Branch.In(b)
	if br == nil || c.Quarter != state.Of(b).last {
		return nil
	}
	of := br.Parent.Entry(b)
	return []ledger.Count{{Of: of, Column: "报到党员", N: c.Reported}, {Of: of, Column: "认领了岗位", N: c.Holding}, {Of: of, Column: "参加过公益活动", N: c.Active}, {Of: of, Column: "办过实事", N: c.Helpful}, {Of: of, Column: "实事（件）", N: c.Deeds}}
}

// arrived is how many the check-ins say, of estates and years.
var arrived = ledger.Derive(func(b *ledger.Book) map[string]int {
	n := map[string]int{}
	for _, f := range ledger.All[checkins.Feedback](b) {
		n[fmt.Sprint(f.Branch.ID, f.Year)] = f.Reported
	}
	return n
})

func (c *Claim) check(b *ledger.Book, bag *diag.Bag) {
	if n, ok := arrived.Of(b)[fmt.Sprint(c.Branch.ID, c.Quarter.Year)]; ok && n != c.Reported && c.Quarter == state.Of(b).last {
		bag.Addf(ruleSides, c.At("reported"), "这里写报到党员 %d 人，报到台账里是 %d 人", c.Reported, n)
	}
	sums := map[string]int{}
	for i, t := range c.Taken {
		p := t.Position.In(b)
		if sums[t.Position.ID] += t.N; p != nil && sums[t.Position.ID] > p.Need {
			bag.Addf(ruleFull, c.At("taken", i, "n"), "“%s”要 %d 个人，认领了 %d 个", p.Duty, p.Need, sums[t.Position.ID])
		}
	}
	if most := max(c.Holding, c.Active, c.Helpful); most > c.Reported || c.Deeds < c.Helpful {
		bag.Addf(ruleParts, c.At("reported"), "报到 %d 人，认领 %d 人、参加 %d 人、办过实事 %d 人 %d 件", c.Reported, c.Holding, c.Active, c.Helpful, c.Deeds)
	}
}

func (p *Position) check(b *ledger.Book, bag *diag.Bag) {
	if st := p.Station.In(b); st != nil && st.Status != stations.Open {
		bag.Addf(ruleStation, p.At("station"), "“%s”还没有开放", st.Name)
	}
}

func (p *Position) remind(b *ledger.Book, bag *diag.Bag) {
	last := state.Of(b).last
	if n := p.vacant(b); n == p.Need && !last.IsZero() && !p.From.After(last.First()) {
		bag.Addf(ruleVacant, p.At("need"), "“%s”一个人也没有认领，要 %d 个", p.Duty, n)
	}
}

// check wants a claim of each estate that had one before, soon after the quarter.
func check(b *ledger.Book, bag *diag.Bag) {
	const days = 10 // of the quarter after it
	had, used := map[string]bool{}, map[string]bool{}
	for _, c := range ledger.All[Claim](b) {
		had[c.Branch.ID+c.Quarter.String()], used[c.Branch.ID] = true, true
	}
	last := calendar.QuarterOf(b.AsOf).Add(-1)
	for _, br := range branches.OfLevel(b, branches.LevelEstate) {
		if used[br.ID] && b.AsOf.Sub(last.Last()) > days && !had[br.ID+last.String()] {
			bag.Addf(ruleMissing, br.At("name"), "“%s”%s的认领没有报", br.Name, last.Chinese())
		}
	}
}
