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
		{"break after a full-width comma", "第一行，\nABC，\n第三行", "<p>第一行，ABC，第三行</p>"},
		{"break beside quotes", "落实\n“三会一课”\n制度", "<p>落实“三会一课”制度</p>"},
		{"break before code", "See the file\n`abc.txt` now", "<p>See the file\n<code>abc.txt</code> now</p>"},
		{"break after emphasis", "办好*实事*\n做好*服务*\nABC", "<p>办好<em>实事</em>做好<em>服务</em>\nABC</p>"},
		{"break between Hangul", "안녕\n하세요", "<p>안녕\n하세요</p>"},
		{"range of hours", "8:30~12:00，下午 14:30~18:00，原~~停开~~", "<p>8:30~12:00，下午 14:30~18:00，原<del>停开</del></p>"},
		{"measures", "展板 120*240cm、90*120cm，3*4*5 米，*重点*", "<p>展板 120*240cm、90*120cm，3*4*5 米，<em>重点</em></p>"},
		{"masked names", "王**、李**，139****0000，姓名：____", "<p>王**、李**，139****0000，姓名：____</p>"},
		{"a date is no list", "2026. 11. 23 是星期一\n\n11. 23 是节气\n\n2. 报名\n3. 交费", "<p>2026. 11. 23 是星期一</p><p>11. 23 是节气</p><ol start=\"2\"><li>报名</li><li>交费</li></ol>"},
		{"text above a line", "第一行，\n第二行。\n---\n后文", "<p>第一行，第二行。</p><hr><p>后文</p>"},
		{"heading above a line", "办理流程\n---\n后文", "<h2 id=\"办理流程\">办理流程</h2><p>后文</p>"},
		{"heading without a blank", "##办理流程\n\n＃＃ 材料\n\n###\u00a0时间\n\n#学习贯彻#", "<h2 id=\"办理流程\">办理流程</h2><h2 id=\"材料\">材料</h2><h3 id=\"时间\">时间</h3><p>#学习贯彻#</p>"},
		{"indented paragraphs", "    第一段\n\n\t第二段\n\n　　第三段\n　　第四段", "<p>第一段</p><p>第二段</p><p>第三段</p><p>第四段</p>"},
		{"lines as Word indents them", "请注意：\n    甲方\n\t乙方\n\t1.\t丙方\n丁方", "<p>请注意：</p><p>甲方</p><p>乙方</p><p>1.\t丙方丁方</p>"},
		{"labelled lines", "有关事项如下。\n时间：周六\n地点：驿站\n\n在讲话中\n他强调：要做好", "<p>有关事项如下。</p><p>时间：周六</p><p>地点：驿站</p><p>在讲话中他强调：要做好</p>"},
		{"salutation", "关于取暖的通知\n各党支部：\n请遵照执行。\n联系人：综合窗口", "<p>关于取暖的通知</p><p>各党支部：</p><p>请遵照执行。</p><p>联系人：综合窗口</p>"},
		{"code stays code", "    go build", "<pre><code>go build\n</code></pre>"},
		{"lines numbered by hand", "一、带身份证\n二、填表\n1.取号\n（2）等候\n①办理", "<p>一、带身份证</p><p>二、填表</p><p>1.取号</p><p>（2）等候</p><p>①办理</p>"},
		{"numbered by hand in a list", "- 材料\n  （一）身份证\n  （二）照片", "<ul><li>材料<br>\n（一）身份证<br>\n（二）照片</li></ul>"},
		{"addresses in sentences", "网址：https://example.cn/a_b?x=1。见https://example.cn/下载/表.pdf，www.example.cn", "<p>网址：<a href=\"https://example.cn/a_b?x=1\" rel=\"external noopener noreferrer\">https://example.cn/a_b?x=1</a>。见<a href=\"https://example.cn/%E4%B8%8B%E8%BD%BD/%E8%A1%A8.pdf\" rel=\"external noopener noreferrer\">https://example.cn/下载/表.pdf</a>，<a href=\"http://www.example.cn\" rel=\"external noopener noreferrer\">www.example.cn</a></p>"},
		{"address before Chinese", "打开https://example.cn/a登录", "<p>打开<a href=\"https://example.cn/a\" rel=\"external noopener noreferrer\">https://example.cn/a</a>登录</p>"},
		{"links to other sites", "[甲](https://a.cn/)[乙](//B.gov.cn/x)[丙](https://www.gov.cn:443/)[丁](https://evilgov.cn)[戊](tel:0357-0000000)[己](a.md)[庚](mailto:a@b.cn)", "<p><a href=\"https://a.cn/\" rel=\"external noopener noreferrer\">甲</a><a href=\"//B.gov.cn/x\" rel=\"noopener noreferrer\">乙</a><a href=\"https://www.gov.cn:443/\" rel=\"noopener noreferrer\">丙</a><a href=\"https://evilgov.cn\" rel=\"external noopener noreferrer\">丁</a><a href=\"tel:0357-0000000\">戊</a><a href=\"a.md\">己</a><a href=\"mailto:a@b.cn\">庚</a></p>"},
		{"columns to the right", "|甲|乙|丙|\n|:-|:-:|-:|\n|1|2|3|", "<table><thead><tr><th scope=\"col\">甲</th><th scope=\"col\" class=\"to-center\">乙</th><th scope=\"col\" class=\"to-right\">丙</th></tr></thead><tbody><tr><td data-label=\"甲\">1</td><td data-label=\"乙\" class=\"to-center\">2</td><td data-label=\"丙\" class=\"to-right\">3</td></tr></tbody></table>"},
		{"paths with blanks", "[附件1 报名表](附件1 报名表.docx)和![图 一](图 一.png)", "<p><a href=\"%E9%99%84%E4%BB%B61%20%E6%8A%A5%E5%90%8D%E8%A1%A8.docx\">附件1 报名表</a>和<img src=\"%E5%9B%BE%20%E4%B8%80.png\" alt=\"图 一\"></p>"},
		{"cells of a spreadsheet", "项目\t时间\t地点\n体检\t9:00\t驿站\n义诊\t\t广场", "<table><thead><tr><th scope=\"col\">项目</th><th scope=\"col\">时间</th><th scope=\"col\">地点</th></tr></thead><tbody><tr><td data-label=\"项目\">体检</td><td data-label=\"时间\">9:00</td><td data-label=\"地点\">驿站</td></tr><tr><td data-label=\"项目\">义诊</td><td data-label=\"时间\"></td><td data-label=\"地点\">广场</td></tr></tbody></table>"},
		{"heading with a link and signs", "## [《条例》](https://example.cn/a)解读 A&amp;B 一\\. x", "<h2 id=\"条例解读-a-b-一-x\"><a href=\"https://example.cn/a\" rel=\"external noopener noreferrer\">《条例》</a>解读 A&amp;B 一. x</h2>"},
		{"heading of the theme's name", "## Main", "<h2 id=\"main-1\">Main</h2>"},
		{"headings one level down at a time", "## 甲\n\n### 乙\n\n#### 丙\n\n## 丁", "<h2 id=\"甲\">甲</h2><h3 id=\"乙\">乙</h3><h4 id=\"丙\">丙</h4><h2 id=\"丁\">丁</h2>"},
		{"boxes of tasks have a name", "- [ ] 身份证\n- [x] 照片", "<ul><li><input type=\"checkbox\" aria-label=\"未勾选\" disabled> 身份证</li><li><input type=\"checkbox\" aria-label=\"已勾选\" checked disabled> 照片</li></ul>"},
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
		{"bold with blanks inside", "请** 携带身份证 **前来", "1:2 E0414"},
		{"bold that does not end", "请看。**重要事项", "1:4 E0414"},
		{"callout of another tool", "> [!NOTE]\n> 文字", "1:3 E0414"},
		{"full-width brackets", "【服务清单】（/services/）和[清单]（/services/）", "1:1 E0414"},
		{"heading that is none", "###abc", "1:1 E0414"},
		{"attributes of a heading", "## 参数{a=1}", "1:1 E0417"},
		{"name of a heading with a blank", "## 甲 {id=\"a b\"}", "1:1 E0417"},
		{"name of a heading with a sign", "## 甲 {#fn:1}", "1:1 E0417"},
		{"name of a heading that is none", "## 甲 {#}", "1:1 E0417"},
		{"name of a heading that the theme has", "## 甲 {#size-big}", "1:1 E0417"},
		{"name of a heading twice", "## 甲 {#jia}\n\n## 乙 {#jia}", "3:1 E0417"},
		{"heading of the first level", "# 标题\n\n##\n", "1:1 E0418, 3:1 E0418"},
		{"headings that skip a level", "### 甲\n\n##### 乙\n\n#### 丙\n\n## 丁", "1:1 E0418, 3:1 E0418, 5:1 E0418"},
		{"footnotes", "甲[^9]，乙[^1]\n\n[^1]: 有\n[^2]: 没有人引用\n\n```\n[^3]: 代码\n```", "1:2 E0415, 4:1 E0415"},
		{"a cell too many", "|甲|乙|\n|---|---|\n|1|2|3|\n|1|", "3:1 E0416"},
		{"delimiters too few", "|甲|乙|丙|\n|---|---|\n|1|2|3|", "2:1 E0416"},
		{"full-width strokes", "｜甲｜乙｜\n｜——｜——｜\n｜1｜2｜", "2:1 E0416"},
		{"long dashes", "|甲|乙|\n|——|——|\n|1|2|", "2:1 E0416"},
		{"comment without an end", "甲\n\n<!-- 乙", "3:1 E0401"},
		{"signs in code", "`** a **`、`[^9]`、`##x`\n\n```\n** a **\n```", ""},
		{"escaped signs", "\\*\\* 甲 \\*\\*，\\[^9\\]", ""},
		{"raw HTML in a table", "|甲|\n|---|\n|乙<b>丙|", "3:3 E0401"},
		{"line break in a cell", "|甲|\n|---|\n|乙<br>丙<BR />丁|", ""},
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
		{"brackets on lines of their own", strings.Repeat("[\n", 1001), "1001:1 E0407"},
		{"brackets in many paragraphs", strings.Repeat("[甲\n\n", 1001), ""},
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
		if !strings.Contains(doc.Text, want) {
			t.Errorf("text %q lacks %q", doc.Text, want)
		}
	}
	if headings := doc.Headings.All(); len(headings) != 1 || headings[0] != (Heading{2, "标题", "标题"}) || !doc.HasAnchor("标题") {
		t.Errorf("headings %v", headings)
	}
}

// TestPlainTextOfALongParagraph keeps all of it, with and without escapes.
func TestPlainTextOfALongParagraph(t *testing.T) {
	for _, long := range []string{strings.Repeat("党员服务清单", 300), strings.Repeat("党员\\-服务", 300)} {
		_, _, doc := parse(t, long+"末尾\n")
		if want := strings.ReplaceAll(long, "\\", "") + "末尾"; doc.Text != want {
			t.Errorf("%d bytes are left of %d", len(doc.Text), len(want))
		}
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
