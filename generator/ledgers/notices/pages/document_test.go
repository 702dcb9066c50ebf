package pages

import (
	"strings"
	"testing"
)

// TestDocumentBody: to whom a document goes stands at the margin, whatever the
// writer did around it; a sentence that announces a list does not.
func TestDocumentBody(t *testing.T) {
	for body, want := range map[string]string{
		"<p>各党支部：</p>\n<p>现通知如下。</p>":                `<p class="dto">各党支部：</p>` + "\n<p>现通知如下。</p>",
		"<p>各党支部:<br>\n现通知如下。</p>":                   `<p class="dto">各党支部:</p><p>现通知如下。</p>`,
		"<p><strong>各党支部、各社区：</strong></p><p>现。</p>": `<p class="dto"><strong>各党支部、各社区：</strong></p><p>现。</p>`,
		"<p>名单如下：</p><p>甲。</p>":                      "<p>名单如下：</p><p>甲。</p>",
		"<p>今天，各党支部：</p>":                            "<p>今天，各党支部：</p>",
		"<p>甲。</p><p>附件：1. 表</p>":                    `<p>甲。</p><p class="dgap"></p><p>附件：1. 表</p>`,
		"<h2>时间</h2><h3>地点</h3><h2>一、人员</h2>":        `<p class="d1">一、时间</p><p class="d2">（一）地点</p><p class="d1">一、人员</p>`,
		"<h1>总</h1><h2>分</h2>":                       `<p class="d1">一、总</p><p class="d2">（一）分</p>`,
	} {
		if got := documentBody(body); got != want {
			t.Errorf("%s\n is %s\n not %s", body, got, want)
		}
	}
	if got := documentBody("<h6>甲</h6>"); !strings.Contains(got, "甲") {
		t.Error(got)
	}
}
