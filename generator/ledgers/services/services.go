// Package services is the ledger of what stations do for residents: the list of
// services (服务清单), the posts with their AB pairs, and the list of duties (责任清单).
package services

import (
	"fmt"
	"strconv"

	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/ledgers/stations"
)

// Category is a class of services (服务类别).
type Category struct {
	ledger.Record
	No      int    `toml:"no,required" zh:"序号" check:"min=1"`
	Name    string `toml:"name,required" zh:"名称"`
	Summary string `toml:"summary" zh:"说明"`
}

// Post is a duty post at a service window (责任岗).
type Post struct {
	ledger.Record
	Name  string `toml:"name,required" zh:"岗位"`
	Phone string `toml:"phone" zh:"公开电话" check:"phone"`
}

// Service is an item of the service list (服务清单).
type Service struct {
	ledger.Record
	No         int                            `toml:"no,required" zh:"序号" check:"min=1"`
	Name       string                         `toml:"name,required" zh:"事项名称"`
	Category   ledger.Ref[Category]           `toml:"category,required" zh:"类别"`
	Audience   string                         `toml:"audience,required" zh:"服务对象"`
	Keywords   []string                       `toml:"keywords" zh:"居民的说法"` // what people say for it, to find it by
	Basis      string                         `toml:"basis,required" zh:"依据"`
	Conditions []string                       `toml:"conditions,required" zh:"条件"`
	Materials  []string                       `toml:"materials,required" zh:"材料"`
	Steps      []string                       `toml:"steps,required" zh:"流程"`
	Days       int                            `toml:"days,required" zh:"时限（工作日）" check:"min=0"`
	Fee        string                         `toml:"fee,required" zh:"收费"`
	Place      string                         `toml:"place,required" zh:"地点"`
	Time       string                         `toml:"time,required" zh:"办理时间"`
	Places     []ledger.Ref[stations.Station] `toml:"at" zh:"在哪些驿站办"`
	Hours      []stations.Hours               `toml:"hours" zh:"办理时间段"`
	A          ledger.Ref[Post]               `toml:"a,required" zh:"A岗"`
	B          ledger.Ref[Post]               `toml:"b,required" zh:"B岗"`
	Phone      string                         `toml:"phone" zh:"咨询电话" check:"phone"` // left out: the A post's
	Supervise  string                         `toml:"supervise,required" zh:"监督电话" check:"phone"`
	Online     string                         `toml:"online" zh:"网上办理" check:"url"`
}

// Duty is a row of the duty list (责任清单): what the post answers for.
type Duty struct {
	ledger.Record
	Service     ledger.Ref[Service] `toml:"service,required" zh:"服务事项"`
	Post        ledger.Ref[Post]    `toml:"post,required" zh:"责任岗"`
	Content     string              `toml:"content,required" zh:"责任内容"`
	Standard    string              `toml:"standard,required" zh:"办理标准"`
	Consequence string              `toml:"consequence" zh:"追责情形"`
}

// PhoneIn returns the number to ask at: the service's own, or that of its A post.
func (s *Service) PhoneIn(b *ledger.Book) string {
	if p := s.A.In(b); s.Phone == "" && p != nil {
		return p.Phone
	}
	return s.Phone
}

// hit is where and when a found service is done, and the phone to ask.
func (s *Service) hit(b *ledger.Book) ledger.Hit {
	return ledger.Hit{Note: s.Place + "，" + s.Time, Phone: s.PhoneIn(b), Words: s.Keywords}
}

var (
	ruleSamePost = diag.Define(diag.Rule{Code: "E1401", Name: "A岗与B岗相同", Severity: diag.Error,
		Why: "AB岗制：A岗不在时由B岗顶上，两岗相同就没有人顶", Mend: "把B岗（b）改成另一个岗位"})
	ruleNoDuty = diag.Define(diag.Rule{Code: "E1402", Name: "服务事项没有责任清单", Severity: diag.Error,
		Why: "两个清单一一对应：每个服务事项都要有一行责任", Mend: "在责任清单里补一行 [[duty]]，服务事项（service）写它的编号"})
	ruleTwoDuties = diag.Define(diag.Rule{Code: "E1403", Name: "服务事项有两行责任", Severity: diag.Error,
		Why: "两个清单一一对应：一个事项只有一行责任，才说得清谁负责", Mend: "把两行合并成一行"})
	ruleDutyPost = diag.Define(diag.Rule{Code: "E1404", Name: "责任岗不是A岗也不是B岗", Severity: diag.Error,
		Why: "责任清单写的岗位，要和服务清单的A岗或B岗一致", Mend: "核对责任岗（post）与服务事项的A岗（a）、B岗（b）"})
	ruleEmptyCategory = diag.Define(diag.Rule{Code: "E1405", Name: "空的服务类别", Severity: diag.Warning, Tunable: true,
		Why: "没有事项的类别，居民点进去是空的", Mend: "给它添上事项，或者删掉这个类别"})
	ruleSameNumber = diag.Define(diag.Rule{Code: "E1406", Name: "序号重复", Severity: diag.Error,
		Why: "海报和电话里都按序号说事项，序号必须唯一", Mend: "改其中一个序号"})
)

func init() {
	ledger.Declare(ledger.Ledger{Folder: "services", Title: "服务清单", Check: checkServices, Remind: remind, Needs: []string{"stations", "notices", "holidays"}},
		ledger.Rows[Category]("category", "服务类别").WithPage().Open().Finding(ledger.RankService, func(*Category, *ledger.Book) ledger.Hit { return ledger.Hit{} }).
			Unique(ruleServiceName, "name", "类别“%s”", func(c *Category) string { return c.Name }).
			Unique(ruleSameNumber, "no", "类别的序号“%s”", func(c *Category) string { return fmt.Sprint(c.No) }).
			Numbered(ruleServiceNumbers, "no", "服务类别", func(c *Category) int { return c.No }),
		ledger.Rows[Post]("post", "责任岗").Posts("值班和AB岗", 30, ledger.EveryLevel).
			Unique(ruleServiceName, "name", "岗位“%s”", func(p *Post) string { return p.Name }),
		ledger.Rows[Service]("service", "服务事项").WithPage().Open().Hide("keywords").Finding(ledger.RankService, (*Service).hit).Posts("服务清单", 20, ledger.EveryLevel).
			Check((*Service).checkPhones).Check((*Service).checkHours).
			Unique(ruleServiceName, "name", "事项“%s”", func(s *Service) string { return s.Name }).
			Numbered(ruleServiceNumbers, "no", "服务事项", func(s *Service) int { return s.No }),
		ledger.Rows[Situation]("situation", "生活情形").WithPage().Open().Finding(ledger.RankService, func(*Situation, *ledger.Book) ledger.Hit { return ledger.Hit{} }).
			Unique(ruleSituationTwice, "name", "生活情形“%s”", func(s *Situation) string { return s.Name }).
			Unique(ruleSituationTwice, "order", "次序“%s”", func(s *Situation) string { return fmt.Sprint(s.Order) }),
		ledger.Rows[Journey]("journey", "一件事").Open().Unique(ruleSituationTwice, "name", "一件事“%s”", func(j *Journey) string { return j.Name }),
		ledger.Rows[Duty]("duty", "责任清单").Open().Posts("责任清单", 31),
		ledger.Rows[Revision]("revision", "清单调整").Open().Turning((*Revision).enters),
		ledger.Rows[Settled]("settled", "清单底稿").AsRule().Written(),
	)
}

func init() {
	ledger.Figure("服务事项", "服务清单里现在的事项", func(b *ledger.Book) ledger.Number {
		return ledger.Number{Value: strconv.Itoa(len(ledger.All[Service](b))), Unit: "项", Folder: "services"}
	})
	ledger.Figure("服务类别", "服务清单里有事项的类别", func(b *ledger.Book) ledger.Number {
		used := map[string]bool{}
		for _, s := range ledger.All[Service](b) {
			used[s.Category.ID] = true
		}
		return ledger.Number{Value: strconv.Itoa(len(used)), Unit: "类", Folder: "services"}
	})
}

// highest is the greatest number of a service.
func highest(b *ledger.Book) (n int) {
	for _, s := range ledger.All[Service](b) {
		n = max(n, s.No)
	}
	return n
}

func checkServices(b *ledger.Book, bag *diag.Bag) {
	duties := map[string]*Duty{}
	for _, d := range ledger.All[Duty](b) {
		if first := duties[d.Service.ID]; first != nil {
			bag.Addf(ruleTwoDuties, d.At("service"), "事项“%s”的责任在 %s 已经写过", d.Service.ID, first.At("service"))
			continue
		}
		duties[d.Service.ID] = d
		if s := d.Service.In(b); s != nil && d.Post != s.A && d.Post != s.B {
			bag.Addf(ruleDutyPost, d.At("post"), "事项“%s”的A岗是“%s”、B岗是“%s”，责任清单却写“%s”", s.Name, s.A.ID, s.B.ID, d.Post.ID)
		}
	}
	used, numbers := map[string]bool{}, map[int]*Service{}
	for _, s := range ledger.All[Service](b) {
		used[s.Category.ID] = true
		if s.A == s.B && s.A.In(b) != nil {
			bag.Addf(ruleSamePost, s.At("b"), "事项“%s”的A岗和B岗都是“%s”", s.Name, s.A.ID)
		}
		if duties[s.ID] == nil {
			bag.Addf(ruleNoDuty, s.At("name"), "事项“%s”没有责任清单", s.Name)
		}
		if first := numbers[s.No]; first != nil {
			bag.Add(ruleSameNumber, s.At("no"), fmt.Sprintf("序号 %d 已经由“%s”用了", s.No, first.Name), fmt.Sprintf("改其中一个序号；%d 还没有用", highest(b)+1))
		}
		numbers[s.No] = s
	}
	checkSituations(b, bag)
	checkRevisions(b, bag)
	checkSettled(b, bag)
	for _, c := range ledger.All[Category](b) {
		if !used[c.ID] {
			bag.Addf(ruleEmptyCategory, c.At("name"), "类别“%s”里还没有事项", c.Name)
		}
	}
}
