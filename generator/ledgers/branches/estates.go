package branches

import (
	"fmt"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/rules"
)

var (
	ruleEstate = diag.Define(diag.Rule{Code: "E1109", Name: "小区与党支部对不上", Severity: diag.Error,
		Why:     "每个小区正好由一个小区党支部负责，居民才找得到自己的支部",
		Mend:    "核对 [[estate]] 的名称、社区党委，与小区党支部的小区（estate）、上级党组织（parent）",
		Example: "[[estate]]\nid = \"huimin\"\nname = \"惠民小区\"\ncommittee = \"dongjie\"\nhouseholds = 320\nbuildings = [1, 2, 3, 4]"})
	ruleSums = diag.Define(diag.Rule{Code: "E1110", Name: "户数、人数两处不一样", Severity: diag.Error,
		Why: "同一个数在两处写了两样，总有一处是错的", Mend: "核对小区、党支部与各党小组的户数（households）和党员人数（members）"})
	ruleBuildings = diag.Define(diag.Rule{Code: "E1115", Name: "楼号分得不对", Severity: diag.Error,
		Why: "每一栋楼正好归一个党小组，居民才知道找谁", Mend: "核对 [[estate]] 的楼号（buildings）与各党小组的负责的楼号（buildings）"})
)

// EstateOf returns the estate of that name in the register, or nil.
func EstateOf(b *ledger.Book, name string) *Estate { return estates.Of(b)[rules.Name(name)] }

var estates = ledger.Derive(func(b *ledger.Book) map[string]*Estate {
	byName := map[string]*Estate{}
	for _, e := range ledger.All[Estate](b) {
		byName[rules.Name(e.Name)] = e
	}
	return byName
})

// checkEstates holds the branches of estates against the register, where there is one.
func checkEstates(b *ledger.Book, bag *diag.Bag) {
	children := ByParent(b)
	owner := map[*Estate]*Branch{}
	for _, br := range ledger.All[Branch](b) {
		if br.Level != LevelEstate {
			continue
		}
		e := EstateOf(b, br.Estate)
		first := owner[e]
		if first == nil { // the numbers of another's estate are not its own
			checkGroups(br, e, children[br.ID], bag)
		}
		switch {
		case len(ledger.All[Estate](b)) == 0 || br.Estate == "":
		case e == nil:
			bag.Addf(ruleEstate, br.At("estate"), "小区登记里没有“%s”", br.Estate)
		case first != nil:
			bag.Addf(ruleEstate, br.At("estate"), "小区“%s”已经由“%s”负责（%s）", br.Estate, first.Name, first.At("estate"))
		case br.Parent != e.Committee && br.Parent.In(b) != nil && e.Committee.In(b) != nil:
			bag.Addf(ruleEstate, br.At("parent"), "“%s”的上级是“%s”，小区登记里“%s”归“%s”（%s）", br.Name, br.Parent.In(b).Name, e.Name, e.Committee.In(b).Name, e.At("committee"))
			owner[e] = br
		default:
			owner[e] = br
		}
	}
	for _, e := range ledger.All[Estate](b) {
		have := map[int]bool{}
		for i, n := range e.Buildings {
			if have[n] {
				bag.Addf(ruleBuildings, e.At("buildings", i), "“%s”的 %d 号楼写了两次", e.Name, n)
			}
			have[n] = true
		}
		if c := e.Committee.In(b); c != nil && c.Level != LevelCommittee {
			bag.Addf(ruleEstate, e.At("committee"), "小区“%s”归“%s”，它是%s，不是社区党委", e.Name, c.Name, c.Level)
		}
		if owner[e] == nil && estates.Of(b)[rules.Name(e.Name)] == e {
			bag.Addf(ruleEstate, e.At("name"), "小区“%s”还没有小区党支部", e.Name)
		}
	}
}

// checkGroups holds the numbers of an estate's branch against those of its groups
// (党小组) and of the register.
func checkGroups(br *Branch, e *Estate, children []*Branch, bag *diag.Bag) {
	var groups []*Branch
	for _, c := range children {
		if c.Level == LevelGroup {
			groups = append(groups, c)
		}
	}
	sum := func(key, what string, own int, of func(g *Branch) int) {
		all := 0
		for _, g := range groups {
			if !g.Origin.Has(key) {
				return
			}
			all += of(g)
		}
		if len(groups) > 0 && br.Origin.Has(key) {
			rules.Equal(bag, ruleSums, br.At(key), "“"+br.Name+"”的"+what, "党支部写的是", own, "各党小组相加是", all, groups[0].At(key))
		}
	}
	sum("households", "户数", br.Households, func(g *Branch) int { return g.Households })
	sum("members", "党员", br.Members, func(g *Branch) int { return g.Members })
	if e == nil {
		return
	}
	if br.Origin.Has("households") && e.Origin.Has("households") {
		rules.Equal(bag, ruleSums, br.At("households"), "“"+br.Estate+"”的户数", "党支部写的是", br.Households, "小区登记的是", e.Households, e.At("households"))
	}
	parted := slices.ContainsFunc(groups, func(g *Branch) bool { return g.Buildings != nil })
	if !parted || e.Buildings == nil {
		return
	}
	c := rules.NewCover(bag, ruleBuildings, e.Buildings)
	for _, g := range groups {
		c.Add(g.Name, g.Buildings, "号楼", func(i int) diag.Pos { return g.At("buildings", i) })
	}
	if missing := c.Missing(); missing != nil {
		bag.Addf(ruleBuildings, e.At("buildings"), "“%s”的 %s 号楼没有党小组负责", e.Name, strings.Trim(fmt.Sprint(missing), "[]"))
	}
}
