// Package render turns one planned output into bytes. It holds no state beside
// the theme; many workers may use it at once.
package render

import (
	"errors"
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/plan"
	"biandan/generator/theme"
)

var ruleRender = diag.Define(diag.Rule{Code: "E0604", Name: "网页生成失败", Severity: diag.Error,
	Why: "版式遇到了它处理不了的内容，这一页做不出来", Mend: "若改过主题，检查这个版式；若没有，请把这条消息发给维护者"})

// Page appends the page o with a view to buf. A failure is reported to bag, and ok
// is false.
func Page(o *plan.Output, view any, t *theme.Theme, buf []byte, bag *diag.Bag) (page []byte, ok bool) {
	if unfit := plan.Unfit(o.Layout, view); unfit != "" {
		bag.Addf(plan.RuleNoRoom, o.Pos(), "“%s”%s", o.Title(), unfit)
		return buf, false
	}
	page, err := t.Append(buf, o.Layout, view)
	if err != nil {
		message, hint := fmt.Sprintf("“%s”用版式 %s 生成失败", o.Path, o.Layout), ""
		if p := new(theme.Problem); errors.As(err, &p) {
			message, hint = fmt.Sprintf("%s，在 %s：%s", message, p.At, p.Message), p.Hint
		}
		bag.Add(ruleRender, o.Pos(), message, hint)
		return buf, false
	}
	return page, true
}
