package config

import (
	"net/url"
	"regexp"

	"biandan/generator/diag"
)

// Profile says by which rules the site is inspected.
type Profile string

// The profiles. 国办发〔2017〕47号 binds sites of governments; those of the Party follow
// it as far as they can: most have no number of their own.
const (
	Party Profile = "party"
	Gov   Profile = "gov"
)

// Options lists the profiles.
func (Profile) Options() []string { return []string{string(Party), string(Gov)} }

var (
	ruleIdentifier = diag.Define(diag.Rule{Code: "E0707", Name: "网站的标识写得不对", Severity: diag.Warning, Tunable: true,
		Why: "标识在每一页的页脚和网页标签里，检查网站的人拿它去核对；少一位、多一位就查不到", Mend: "照批下来的原样写，如 icp = \"晋ICP备12345678号\""})
	ruleGov = diag.Define(diag.Rule{Code: "E0708", Name: "政府网站缺少必备的标签", Severity: diag.Warning, Tunable: true,
		Why: "国办发〔2017〕47号：网站名称、域名、标识码三个标签，政府网站的每一页都要有", Mend: "写上网站标识码（site_id）和网站地址（base_url）；不是政府网站的，写 profile = \"party\""})

	siteIDForm = regexp.MustCompile(`^(\d{10}|[a-z]{2}\d{8})$`)
	icpForm    = regexp.MustCompile(`^[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀贵黔云滇陕甘陇青蒙桂藏宁新]ICP备\d{8}号(-\d+)?$`)
	policeForm = regexp.MustCompile(`^[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀贵黔云滇陕甘陇青蒙桂藏宁新]公网安备 ?(\d{14})号$`)
	conacForm  = regexp.MustCompile(`^[0-9A-Fa-f]{32}$`)
)

// checkIdentity reports numbers by which nobody would find the site, and those that a
// site of the government lacks.
func (c *Config) checkIdentity(bag *diag.Bag) {
	for _, x := range []struct {
		key, value, name string
		form             *regexp.Regexp
		hint             string
	}{
		{"site_id", c.SiteID, "网站标识码", siteIDForm, "10 位：都是数字，或者两个小写字母加 8 个数字"},
		{"icp", c.ICP, "ICP备案号", icpForm, "写成“晋ICP备12345678号”，有分号的再加“-1”"},
		{"police", c.Police, "公安备案号", policeForm, "写成“晋公网安备 14102702000001号”，中间 14 位数字"},
		{"conac", c.Conac, "党政机关网站标识", conacForm, "写标识链接里 id= 后面的 32 位"},
	} {
		if x.value != "" && !x.form.MatchString(x.value) {
			bag.Add(ruleIdentifier, c.At(x.key), x.name+"“"+x.value+"”写得不对", x.hint)
		}
	}
	if c.Profile == Gov && c.SiteID == "" {
		bag.Addf(ruleGov, c.At("profile"), "政府网站要写网站标识码（site_id）")
	}
	if c.Profile == Gov && c.BaseURL == "" {
		bag.Addf(ruleGov, c.At("profile"), "政府网站要写网站地址（base_url），域名从它来")
	}
}

// Domain is the name of the host of the site, without scheme and port; "" without an
// address.
func (c *Config) Domain() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// PoliceURL is where the register of the police shows the site; "" without a number.
func (c *Config) PoliceURL() string {
	if m := policeForm.FindStringSubmatch(c.Police); m != nil {
		return "https://beian.mps.gov.cn/#/query/webSearch?code=" + m[1]
	}
	return ""
}

// ConacURL is where one sees that the site is one of the Party or the government; ""
// without its number.
func (c *Config) ConacURL() string {
	if c.Conac == "" {
		return ""
	}
	return "https://bszs.conac.cn/sitename?method=show&id=" + url.QueryEscape(c.Conac)
}

// MistakesURL is where readers tell mistakes of a site of the government (我为政府网站找错);
// "" for others.
func (c *Config) MistakesURL() string {
	if c.Profile != Gov || c.SiteID == "" {
		return ""
	}
	return "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?" + url.Values{"site_code": {c.SiteID}, "url": {c.BaseURL}}.Encode()
}
