package sheet_test

import (
	"testing"

	"biandan/generator/sheet"
)

// TestOnPaper: an address that one has to type is written out; what only a screen
// can follow is words.
func TestOnPaper(t *testing.T) {
	for body, want := range map[string]string{
		`报名见<a href="https://example.cn/dangjian/">县党建网</a>。`:                                          `报名见县党建网（example.cn/dangjian）。`,
		`<a href="https://a.cn/%E5%85%9A?x=1&amp;y=2" title="a>b"><em>甲</em></a>`:                      `<em>甲</em>（a.cn/党?x=1&amp;y=2）`,
		`<a href="https://example.cn/">https://example.cn/</a>`:                                        `https://example.cn/`,
		`<a href="https://example.cn/a">example.cn/a</a>`:                                              `example.cn/a`,
		`见<a href="../b/">另一通知</a>、<a href="#x">下文</a>`:                                                `见另一通知、下文`,
		`<a class="phone" href="tel:0357-0000000">0357-0000000</a>`:                                    `0357-0000000`,
		`注。&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a>`: `注。`,
		`<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>`:        `<sup id="fnref:1">1</sup>`,
		`<abbr>甲</abbr>`: `<abbr>甲</abbr>`,
	} {
		if got := sheet.OnPaper(body); got != want {
			t.Errorf("%s\n is %s\n not %s", body, got, want)
		}
	}
}
