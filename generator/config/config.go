// Package config reads site.toml, the settings of a site.
//
// Settings that can also be given on the command line (the base address, the
// date) are plain fields here; the command decides which one counts and can say
// where a value came from.
package config

import (
	"fmt"
	"reflect"
	"slices"

	"biandan/generator/calendar"
	"biandan/generator/datafile"
	"biandan/generator/diag"
	"biandan/generator/source"
)

// LinkStyle says how pages refer to each other.
type LinkStyle string

// The link styles. Relative links work wherever the folder lies, also when a
// page is opened from a disk or a USB stick; absolute ones begin with a slash.
const (
	Relative LinkStyle = "relative"
	Absolute LinkStyle = "absolute"
)

// Options lists the link styles.
func (LinkStyle) Options() []string { return []string{string(Relative), string(Absolute)} }

// MenuItem is an item of the main navigation.
type MenuItem struct {
	Name string `toml:"name,required" zh:"文字"`
	URL  string `toml:"url,required" zh:"网址"`
}

// Config is site.toml.
type Config struct {
	Title      string            `toml:"title,required" zh:"网站名称"`
	County     string            `toml:"county,required" zh:"县"`
	Slogan     string            `toml:"slogan" zh:"一句话"`
	BaseURL    string            `toml:"base_url" zh:"网站地址" check:"url"`
	AsOf       calendar.Date     `toml:"as_of" zh:"固定的日期"`
	Theme      string            `toml:"theme" zh:"主题" check:"slug"`
	Links      LinkStyle         `toml:"links" zh:"链接方式"`
	Offline    bool              `toml:"offline" zh:"没有网络也能看"`
	PageSize   int               `toml:"page_size" zh:"每页条数" check:"min=5,max=200"`
	Profile    Profile           `toml:"profile" zh:"按哪种网站检查"`
	SiteID     string            `toml:"site_id" zh:"网站标识码"`
	Publisher  string            `toml:"publisher,required" zh:"主办单位"`
	Operator   string            `toml:"operator" zh:"承办单位"`
	Editor     string            `toml:"editor" zh:"责任编辑"`
	Phone      string            `toml:"phone,required" zh:"联系电话" check:"phone"`
	Supervise  string            `toml:"supervise" zh:"监督电话" check:"phone"`
	Phones     []string          `toml:"phones" zh:"别处的公开电话" check:"phone"`
	MonthsFrom calendar.Month    `toml:"months_from" zh:"从哪个月起每月有主题"`
	Openness   bool              `toml:"openness" zh:"公示要写审批"`
	MinCell    int               `toml:"min_cell" zh:"人数少于多少不公布" check:"min=2,max=20"`
	Mourning   []calendar.Date   `toml:"mourning" zh:"哀悼日"`
	Address    string            `toml:"address" zh:"地址"`
	ICP        string            `toml:"icp" zh:"ICP备案号"`
	Police     string            `toml:"police" zh:"公安备案号"`
	Conac      string            `toml:"conac" zh:"党政机关网站标识编号"`
	Emblem     string            `toml:"emblem" zh:"党徽文件"`
	Sample     string            `toml:"sample" zh:"示例标记"`
	Menu       []MenuItem        `toml:"menu" zh:"导航"`
	Paper      Paper             `toml:"paper" zh:"各种张贴用多大的纸"`
	Sheets     map[string]Size   `toml:"sheets" zh:"自定的纸"`
	Redirects  map[string]string `toml:"redirects" zh:"旧网址通到哪里"`
	Rules      map[string]string `toml:"rules" zh:"规则"`

	// Severities are the chosen severities of the county's rules.
	Severities map[string]diag.Severity

	origin datafile.Origin
}

// The defaults of settings that may be left out.
const (
	DefaultTheme    = "hongbiandan"
	defaultPageSize = 20
	defaultMinCell  = 3
)

var (
	ruleUnknownRule = diag.Define(diag.Rule{Code: "E0701", Name: "没有这条规则", Severity: diag.Error,
		Why: "[rules] 里写的是规则的编号，如 E1304", Mend: "核对编号；运行 biandan explain 可以看到全部规则"})
	ruleBaseURL = diag.Define(diag.Rule{Code: "E0705", Name: "网站地址不能用", Severity: diag.Error,
		Why: "海报上的二维码、网站地图都从这个地址开始，它后面还要接网页的路径", Mend: "写成 https://域名/ 或者 https://域名/文件夹/，不带问号和井号"})
	ruleFixedRule = diag.Define(diag.Rule{Code: "E0702", Name: "这条规则不能调整", Severity: diag.Error,
		Why: "有的规则一旦放过，网站就会出错或者泄露内容，所以不由各县决定", Mend: "从 [rules] 里删掉这一行，把内容改好"})
)

// Parse reads the settings. Findings go to bag; ok is false when there was one.
func Parse(t *source.Text, bag *diag.Bag) (c *Config, ok bool) {
	table, parsed := datafile.Parse(t, 0, len(t.Data), bag)
	c = &Config{Theme: DefaultTheme, Links: Absolute, Profile: Party, Offline: true, PageSize: defaultPageSize, MinCell: defaultMinCell, Severities: map[string]diag.Severity{},
		origin: datafile.OriginOf(t.Path, table)}
	if !parsed {
		// What stands after a mistake of syntax would only be reported as missing.
		return c, false
	}
	ok = datafile.Decode(t.Path, table, c, bag)
	if address, good := Address(c.BaseURL); good {
		c.BaseURL = address
	} else if c.BaseURL != "" {
		bag.Addf(ruleBaseURL, c.At("base_url"), "网站地址“%s”不能用", c.BaseURL)
		ok = false
	}
	c.checkIdentity(bag)
	ok = c.checkPaper(table, bag) && ok
	return c, c.readRules(bag) && ok
}

// At returns the place of a setting.
func (c *Config) At(path ...any) diag.Pos { return c.origin.At(path...) }

func (c *Config) readRules(bag *diag.Bag) bool {
	ok := true
	var codes []string
	for _, r := range diag.Rules() {
		codes = append(codes, r.Code)
	}
	var names []string
	for code := range c.Rules {
		names = append(names, code)
	}
	slices.Sort(names)
	for _, code := range names {
		at, r := c.At("rules", code), diag.Lookup(code)
		s, known := diag.ParseSeverity(c.Rules[code])
		switch {
		case r == nil:
			bag.Add(ruleUnknownRule, at, fmt.Sprintf("没有编号为“%s”的规则", code), diag.DidYouMean(code, codes, ""))
		case !known:
			bag.Add(ruleUnknownRule, at, fmt.Sprintf("“%s”不是规则的级别", c.Rules[code]), "可以写：\"off\"（不查）、\"warning\"（警告）、\"error\"（错误）")
		case !r.Tunable:
			bag.Addf(ruleFixedRule, at, "%s（%s）不能调整", r.Code, r.Name)
		default:
			c.Severities[code] = s
			continue
		}
		ok = false
	}
	return ok
}

// Value is a setting with the line of site.toml that it stands on; 0 when it
// was left out.
type Value struct {
	Key, Value string
	Line       int
}

// Values lists the settings in their order.
func (c *Config) Values() []Value {
	var list []Value
	v := reflect.ValueOf(c).Elem()
	for _, f := range datafile.FieldsOf(v.Type()).List {
		x := v.FieldByIndex(f.Index)
		text := ""
		switch {
		case x.Type() == reflect.TypeFor[Paper]():
			text = c.Paper.text()
		case x.Kind() == reflect.Slice || x.Kind() == reflect.Map:
			text = fmt.Sprintf("%d 项", x.Len())
		default:
			text = fmt.Sprint(x.Interface())
		}
		line := 0
		if c.origin.Has(f.Key) {
			line = c.At(f.Key).Line
		}
		list = append(list, Value{f.Key, text, line})
	}
	return list
}
