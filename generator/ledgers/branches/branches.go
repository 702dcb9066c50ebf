// Package branches is the ledger of Party organisations (组织体系): the four-level
// tree, the member units and their seats.
package branches

import (
	"cmp"
	"fmt"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

// Level is the place of an organisation in the four-level tree
// (社区党委—小区党支部—楼栋党小组—党员中心户), or a unit's own branch beside it.
type Level string

// The levels.
const (
	LevelCommittee Level = "社区党委"
	LevelEstate    Level = "小区党支部"
	LevelGroup     Level = "楼栋党小组"
	LevelHousehold Level = "党员中心户"
	LevelUnit      Level = "单位党支部"
)

// Options lists the levels.
func (Level) Options() []string {
	return []string{string(LevelCommittee), string(LevelEstate), string(LevelGroup), string(LevelHousehold), string(LevelUnit)}
}

// IsBranch reports whether an organisation of the level is a Party branch (党支部).
func (l Level) IsBranch() bool { return l == LevelEstate || l == LevelUnit }

// parentLevel is the level that an organisation's parent must have; "" is no parent.
var parentLevel = map[Level]Level{LevelEstate: LevelCommittee, LevelGroup: LevelEstate, LevelHousehold: LevelGroup}

// Class is the category in which branches are graded (分类定级).
type Class string

// Options lists the classes.
func (Class) Options() []string { return []string{"机关", "企事业", "两新", "社区"} }

// Role is a post in an organisation and who holds it, by role, not by name
// unless the county publishes the name.
type Role struct {
	Post   string `toml:"post,required" zh:"职务"`
	Holder string `toml:"holder,required" zh:"担任者"`
	Phone  string `toml:"phone" zh:"公开电话" check:"phone"`
}

// Branch is a Party organisation (党组织).
type Branch struct {
	ledger.Record
	Name       string             `toml:"name,required" zh:"名称"`
	Level      Level              `toml:"level,required" zh:"层级"`
	Class      Class              `toml:"class" zh:"类别"`
	Parent     ledger.Ref[Branch] `toml:"parent" zh:"上级党组织"`
	Unit       ledger.Ref[Unit]   `toml:"unit" zh:"所在单位"`
	Area       string             `toml:"area" zh:"服务范围"`
	Estate     string             `toml:"estate" zh:"小区"` // its name in the register
	Buildings  []int              `toml:"buildings" zh:"负责的楼号"`
	Households int                `toml:"households" zh:"户数" check:"min=0"`
	Members    int                `toml:"members" zh:"党员人数" check:"min=0"`
	Address    string             `toml:"address" zh:"地址"`
	Phone      string             `toml:"phone" zh:"公开电话" check:"phone"`
	Founded    calendar.Date      `toml:"founded" zh:"成立日期"`
	Elected    calendar.Date      `toml:"elected" zh:"本届选举日期"`
	Term       int                `toml:"term" zh:"任期（年）" check:"min=1,max=10"`
	Functional bool               `toml:"functional" zh:"功能型党组织"` // its members' 组织关系 stay with their units
	Roles      []Role             `toml:"roles" zh:"班子成员"`
}

// UnitKind is the nature of a member unit (委员单位).
type UnitKind string

// Options lists the kinds of units.
func (UnitKind) Options() []string {
	return []string{"机关", "事业", "企业", "两新", "社会组织"}
}

// hasSeat reports whether units of the kind are members of a committee: county units
// are, 两新组织 may be.
func (k UnitKind) hasSeat() bool { return k != "两新" && k != "社会组织" }

// Unit is a unit with a Party organisation; a county unit is a member of a
// community's committee (委员单位).
type Unit struct {
	ledger.Record
	Name    string   `toml:"name,required" zh:"名称"`
	Kind    UnitKind `toml:"kind,required" zh:"性质"`
	Address string   `toml:"address" zh:"地址"`
	Phone   string   `toml:"phone" zh:"公开电话" check:"phone"`
	Liaison string   `toml:"liaison" zh:"联络员"`
}

// Estate is a residential estate (小区) of the register: each is one branch's.
type Estate struct {
	ledger.Record
	Name       string             `toml:"name,required" zh:"名称"`
	Committee  ledger.Ref[Branch] `toml:"committee,required" zh:"社区党委"`
	Households int                `toml:"households" zh:"户数" check:"min=0"`
	Buildings  []int              `toml:"buildings" zh:"楼号"`
	Streets    []string           `toml:"streets" zh:"街道"`
}

// Seat is a unit's part-time seat in a community committee (兼职委员).
type Seat struct {
	ledger.Record
	Unit      ledger.Ref[Unit]   `toml:"unit,required" zh:"委员单位"`
	Committee ledger.Ref[Branch] `toml:"committee,required" zh:"社区党委"`
	Holder    string             `toml:"holder,required" zh:"兼职委员"`
}

// OfLevel returns the organisations of a level.
func OfLevel(b *ledger.Book, l Level) []*Branch {
	return rules.Filter(ledger.All[Branch](b), func(br *Branch) bool { return br.Level == l })
}

// Committees returns the committees of communities (社区党委).
func Committees(b *ledger.Book) []*Branch { return OfLevel(b, LevelCommittee) }

// Graded returns the branches that are graded: those with a class.
func Graded(b *ledger.Book) []*Branch {
	return rules.Filter(ledger.All[Branch](b), func(br *Branch) bool { return br.Class != "" })
}

// HasSeat reports whether a unit has a seat in a committee.
func HasSeat(b *ledger.Book, unit, committee string) bool {
	return slices.ContainsFunc(ledger.All[Seat](b), func(s *Seat) bool { return s.Unit.ID == unit && s.Committee.ID == committee })
}

var (
	ruleCycle = diag.Define(diag.Rule{Code: "E1101", Name: "上下级绕成了圈", Severity: diag.Error,
		Why: "一个党组织不能是自己的上级，组织架构图会没有尽头", Mend: "核对上级党组织（parent），让每个党组织最终归到一个社区党委"})
	ruleParentLevel = diag.Define(diag.Rule{Code: "E1102", Name: "上级的层级不对", Severity: diag.Error,
		Why: "四级体系一级接一级：社区党委—小区党支部—楼栋党小组—党员中心户", Mend: "把上级党组织（parent）改成正好高一级的党组织"})
	ruleNoParent = diag.Define(diag.Rule{Code: "E1103", Name: "缺少上级党组织", Severity: diag.Error,
		Why: "没有上级，这个党组织就不在组织架构图里", Mend: "补上上级党组织：parent = \"上级的编号\""})
	ruleSeats = diag.Define(diag.Rule{Code: "E1104", Name: "委员单位的席位不是一个", Severity: diag.Warning, Tunable: true,
		Why: "组织联建要求每个委员单位的主要负责人担任一个兼职委员", Mend: "给每个单位正好写一行 [[seat]]"})
	ruleChildless = diag.Define(diag.Rule{Code: "E1105", Name: "下面没有党小组或党员中心户", Severity: diag.Warning, Tunable: true,
		Why: "网格全覆盖要求小区党支部下有党小组，党小组下有党员中心户", Mend: "补上下一级的 [[branch]]"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "branches", Title: "组织体系", Check: checkBranches},
		ledger.Rows[Branch]("branch", "党组织").WithPage().Open().Finding(ledger.RankOrganisation, (*Branch).hit).Posts("组织架构图", 10, ledger.EveryLevel).
			Unique(ruleBranchName, "name", "党组织“%s”", func(br *Branch) string { return br.Name }).Check((*Branch).check).Remind((*Branch).remind),
		ledger.Rows[Unit]("unit", "委员单位").Open().Unique(ruleUnitName, "name", "委员单位“%s”", func(u *Unit) string { return u.Name }),
		ledger.Rows[Seat]("seat", "兼职委员").Open(),
		ledger.Rows[Estate]("estate", "小区").Open().Unique(ruleEstate, "name", "小区“%s”", func(e *Estate) string { return e.Name }),
	)
}

// hit is where a found organisation works, and its phone.
func (br *Branch) hit(_ *ledger.Book) ledger.Hit {
	return ledger.Hit{Note: cmp.Or(br.Area, br.Address), Phone: br.Phone}
}

func checkBranches(b *ledger.Book, bag *diag.Bag) {
	hasChild, inCircle := map[string]bool{}, circles(b)
	for _, br := range ledger.All[Branch](b) {
		hasChild[br.Parent.ID] = true
		checkParent(b, br, inCircle[br], bag)
	}
	for _, br := range ledger.All[Branch](b) {
		if (br.Level == LevelEstate || br.Level == LevelGroup) && !hasChild[br.ID] {
			bag.Addf(ruleChildless, br.At("name"), "%s“%s”下面还没有%s", br.Level, br.Name, childLevel(br.Level))
		}
	}
	checkEstates(b, bag)
	seats := map[string]int{}
	for _, s := range ledger.All[Seat](b) {
		seats[s.Unit.ID]++
		if c := s.Committee.In(b); c != nil && c.Level != LevelCommittee {
			bag.Addf(ruleSeatLevel, s.At("committee"), "兼职委员的席位在“%s”，它是%s，不是社区党委", c.Name, c.Level)
		}
	}
	for _, u := range ledger.All[Unit](b) {
		if n := seats[u.ID]; n != 1 && (n > 0 || u.Kind.hasSeat()) {
			bag.Addf(ruleSeats, u.At("name"), "委员单位“%s”有 %d 个兼职委员席位，应当是 1 个", u.Name, n)
		}
	}
}

func childLevel(l Level) Level {
	for child, parent := range parentLevel {
		if parent == l {
			return child
		}
	}
	return ""
}

func checkParent(b *ledger.Book, br *Branch, inCircle bool, bag *diag.Bag) {
	want, parent := parentLevel[br.Level], br.Parent.In(b)
	switch {
	case parent != nil && want == "":
		bag.Add(ruleParentLevel, br.At("parent"), fmt.Sprintf("%s“%s”不应有上级“%s”", br.Level, br.Name, parent.Name), "删掉上级党组织（parent）这一行")
	case br.Parent.IsZero() && want != "":
		bag.Addf(ruleNoParent, br.At("name"), "%s“%s”没有写上级%s", br.Level, br.Name, want)
	case parent != nil && inCircle:
		bag.Addf(ruleCycle, br.At("parent"), "“%s”的上级一路往上，又回到了它自己", br.Name)
	case parent != nil && parent.Level != want:
		bag.Addf(ruleParentLevel, br.At("parent"), "%s“%s”的上级应当是%s，“%s”却是%s", br.Level, br.Name, want, parent.Name, parent.Level)
	}
}

// circles returns the organisations whose parents lead back to themselves, in
// time that grows with their number only: each is walked from once.
func circles(b *ledger.Book) map[*Branch]bool {
	const walking, done = 1, 2
	state, in := map[*Branch]int{}, map[*Branch]bool{}
	for _, br := range ledger.All[Branch](b) {
		var path []*Branch
		at := br
		for at != nil && state[at] == 0 {
			state[at] = walking
			path = append(path, at)
			at = at.Parent.In(b)
		}
		if at != nil && state[at] == walking {
			for i := slices.Index(path, at); i < len(path); i++ {
				in[path[i]] = true
			}
		}
		for _, p := range path {
			state[p] = done
		}
	}
	return in
}

// IsBelow reports whether br is the organisation top or lies below it.
func (br *Branch) IsBelow(top *Branch, b *ledger.Book) bool {
	for range len(parentLevel) + 1 {
		if br == top {
			return true
		}
		if br = br.Parent.In(b); br == nil {
			return false
		}
	}
	return false
}

// ByParent returns the organisations of a book by the id of the one above them.
func ByParent(b *ledger.Book) map[string][]*Branch {
	children := map[string][]*Branch{}
	for _, br := range ledger.All[Branch](b) {
		children[br.Parent.ID] = append(children[br.Parent.ID], br)
	}
	return children
}
