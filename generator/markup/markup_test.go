package markup

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestChinese(t *testing.T) {
	for _, c := range []struct{ name, md, html string }{
		{"bold before book marks", "学习**《中国共产党章程》**第一章", "<p>学习<strong>《中国共产党章程》</strong>第一章</p>"},
		{"bold before quotes", "落实**“三会一课”**制度", "<p>落实<strong>“三会一课”</strong>制度</p>"},
		{"bold at both ends", "**《条例》**", "<p><strong>《条例》</strong></p>"},
		{"bold after a full stop", "他说：**“好。”**大家鼓掌", "<p>他说：<strong>“好。”</strong>大家鼓掌</p>"},
		{"italic beside brackets", "见*（附件）*的说明", "<p>见<em>（附件）</em>的说明</p>"},
		{"strikethrough beside quotes", "原为~~“旧名”~~新名", "<p>原为<del>“旧名”</del>新名</p>"},
		{"underscores inside words stay", "a_b_c 与 甲_乙_丙", "<p>a_b_c 与 甲_乙_丙</p>"},
		{"Latin follows CommonMark", "a**\"b\"**c", "<p>a**&quot;b&quot;**c</p>"},
		{"Latin beside Han", "党的**“20th”**大会", "<p>党的<strong>“20th”</strong>大会</p>"},
		{"break between Han", "汉字\n汉字", "<p>汉字汉字</p>"},
		{"break beside Latin", "汉字\nLatin\n汉字", "<p>汉字\nLatin\n汉字</p>"},
		{"heading ids", "## 报名条件\n\n## 报名 条件！\n\n## 报名条件", "<h2 id=\"报名条件\">报名条件</h2><h2 id=\"报名-条件\">报名 条件！</h2><h2 id=\"报名条件-1\">报名条件</h2>"},
		{"heading id from punctuation", "## 《》", "<h2 id=\"section\">《》</h2>"},
		{"comments are dropped", "甲\n\n<!-- pii-ok: 公开电话 -->\n\n乙", "<p>甲</p><p>乙</p>"},
		{"table cells know their column", "|名称|电话|\n|---|---|\n|甲|乙|", "<table><thead><tr><th scope=\"col\">名称</th><th scope=\"col\">电话</th></tr></thead><tbody><tr><td data-label=\"名称\">甲</td><td data-label=\"电话\">乙</td></tr></tbody></table>"},
		{"definition list", "A岗\n: 首先接办的人", "<dl><dt>A岗</dt><dd>首先接办的人</dd></dl>"},
		{"phone", "请打{{ phone \"0357-0000000\" }}咨询", "<p>请打<a class=\"phone\" href=\"tel:0357-0000000\">0357-0000000</a>咨询</p>"},
		{"notice", "{{ notice title=\"请带<证件>\" kind=\"注意\" }}\n带**身份证**。\n\n- 原件\n{{ /notice }}\n后文", "<aside class=\"notice notice-caution\" role=\"note\"><p class=\"notice-title\">请带&lt;证件&gt;</p><p>带<strong>身份证</strong>。</p><ul><li>原件</li></ul></aside><p>后文</p>"},
		{"notice interrupts a paragraph", "前文\n{{ notice }}\n提醒\n{{ /notice }}", "<p>前文</p><aside class=\"notice notice-tip\" role=\"note\"><p class=\"notice-title\">提示</p><p>提醒</p></aside>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, diags, _ := parse(t, c.md)
			got = strings.TrimSpace(strings.ReplaceAll(got, ">\n<", "><"))
			if got != c.html {
				t.Errorf("got\n%s\nwant\n%s", got, c.html)
			}
			if len(diags) > 0 {
				t.Error(diags)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	for _, c := range []struct{ name, md, want string }{
		{"raw HTML block", "甲\n\n<div>\n乙\n</div>", "3:1 E0401"},
		{"raw HTML inline", "请看<b>这里", "1:3 E0401"},
		{"raw HTML in a list", "- 甲\n- 乙<br>丙", "2:4 E0401"},
		{"raw HTML in a table", "|甲|\n|---|\n|乙<br>丙|", "3:3 E0401"},
		{"dangerous link", "看[这里](javascript:alert(1))", "1:2 E0403"},
		{"dangerous image", "![图](data:text/html,x)", "1:1 E0403"},
		{"unknown shortcode", "甲{{ fone \"1\" }}", "1:2 E0404"},
		{"missing argument", "甲{{ phone }}", "1:2 E0405"},
		{"wrong argument", "甲{{ phone \"abc\" }}", "1:11 E0405"},
		{"unknown argument", "{{ notice titel=\"x\" }}\n{{ /notice }}", "1:11 E0405"},
		{"number in quotes", "{{ table ledger=\"stations\" limit=\"3\" }}", "1:34 E0405"},
		{"open notice", "甲\n\n{{ notice }}\n乙", "3:1 E0406"},
		{"end without notice", "甲\n\n{{ /notice }}", "3:1 E0406"},
		{"notice within a sentence", "甲{{ notice }}乙", "1:2 E0406"},
		{"too deep", strings.Repeat(">", 101) + "甲", "1:101 E0407"},
		{"numbers too deep", strings.Repeat("1. ", 16_000) + "甲", "1:301 E0407"},
		{"numbers with brackets too deep", "甲\n\n" + strings.Repeat("12)\t", 101), "3:401 E0407"},
		{"points too deep", strings.Repeat("+ ", 101) + "甲", "1:201 E0407"},
		{"kinds of lists together too deep", strings.Repeat("- > 1. ", 34) + "甲", "1:234 E0407"},
		{"indented too deep", strings.Repeat(" ", 401) + "- 甲", "1:404 E0407"},
		{"brackets too deep", "甲" + strings.Repeat("[", 101), "1:102 E0407"},
		{"table of rows with nothing", strings.Repeat("|甲", 99) + "\n" + strings.Repeat("|-", 99) + "\n" + strings.Repeat("|\n", 61_000), "105:1 E0407"},
		{"quoted table of many columns", "> " + strings.Repeat("|甲", 101) + "\n> " + strings.Repeat("|-", 101), "2:1 E0407"},
		{"long table", "甲|乙|丙|丁\n-|-|-|-\n" + strings.Repeat("子|丑|寅|卯\n", 5_000) + "\n" + strings.Repeat("段\n", 5_000), ""},
		{"long rules and many numbers", strings.Repeat("-", 500) + "\n\n" + strings.Repeat("1.5 ", 500) + "\n\n" + strings.Repeat("3 ", 500) + strings.Repeat("**", 300), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags, _ := parse(t, c.md)
			var got []string
			for _, d := range diags {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Column, d.Code))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	_, _, doc := parse(t, "第一段**重点**，\n还是第一段。\n\n## 标题\n\n- 甲\n- 乙[链接](/x/)\n")
	if doc.Lead != "第一段重点， 还是第一段。" && doc.Lead != "第一段重点，还是第一段。" {
		t.Errorf("lead %q", doc.Lead)
	}
	for _, want := range []string{"标题", "甲\n", "乙链接"} {
		if !strings.Contains(doc.Body.Text, want) {
			t.Errorf("text %q lacks %q", doc.Body.Text, want)
		}
	}
	if headings := doc.Headings.All(); len(headings) != 1 || headings[0] != (Heading{2, "标题", "标题"}) || !doc.HasAnchor("标题") {
		t.Errorf("headings %v", headings)
	}
}

// FuzzMarkdown wants, for any text: no panic, well-formed pieces, no executable
// address, and plain emphasis-free text kept word for word.
func FuzzMarkdown(f *testing.F) {
	for _, ex := range specExamples(f) {
		f.Add(ex.Markdown)
	}
	f.Add("{{ notice title=\"甲\" }}\n**《条例》**\n{{ /notice }}\n\n{{ table ledger=\"stations\" }}")
	f.Fuzz(func(t *testing.T, md string) {
		if len(md) > 1<<14 {
			return
		}
		// A parser that never ends would only look like a slow fuzzer.
		stuck := time.AfterFunc(20*time.Second, func() { panic(fmt.Sprintf("still parsing %q", md)) })
		html, diags, doc := parse(t, md)
		stuck.Stop()
		if doc == nil {
			return
		}
		if !diags.HasErrors() && strings.Contains(strings.ToLower(html), "<script") {
			t.Errorf("script in %q", html)
		}
		for _, bad := range []string{`href="javascript:`, `href="vbscript:`, `src="data:text`} {
			if strings.Contains(strings.ToLower(html), bad) {
				t.Errorf("%s in %q", bad, html)
			}
		}
		again, _, _ := parse(t, md)
		if again != html {
			t.Error("two runs differ")
		}
	})
}
