// Package render turns one planned output into bytes. It holds no state beside
// the theme; many workers may use it at once.
package render

import (
	"errors"
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/minify"
	"biandan/generator/plan"
	"biandan/generator/theme"
)

var ruleRender = diag.Define(diag.Rule{Code: "E0604", Name: "网页生成失败", Severity: diag.Error,
	Why: "版式遇到了它处理不了的内容，这一页做不出来", Mend: "若改过主题，检查这个版式；若没有，请把这条消息发给维护者"})

// Page returns the bytes of the page o with a view, with w as working space:
// they are valid until w is used again. A failure is reported to bag, and ok is
// false.
func Page(o *plan.Output, view any, t *theme.Theme, w *minify.Writer, bag *diag.Bag) (data []byte, ok bool) {
	if err := t.Execute(w, o.Layout, view); err != nil {
		message, hint := fmt.Sprintf("“%s”用版式 %s 生成失败", o.Path, o.Layout), ""
		if p := new(theme.Problem); errors.As(err, &p) {
			message, hint = fmt.Sprintf("%s，在 %s：%s", message, p.At, p.Message), p.Hint
		}
		bag.Add(ruleRender, o.Pos(), message, hint)
		return nil, false
	}
	return w.Bytes, true
}
