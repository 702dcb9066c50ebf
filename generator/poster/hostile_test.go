package poster

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/plan"
	"biandan/generator/scaffold"
	"biandan/generator/source"
	"biandan/themes"
)

// prose is a Chinese text of n characters without line breaks.
func prose(n int) string {
	const sentence = "社区党委和小区党支部每月开一次联席会议，把居民提出的停车、供暖、照明等事项逐项登记；能当场答复的当场答复，需要协调的三个工作日内回话。"
	return string([]rune(strings.Repeat(sentence, n/60+1))[:n])
}

// paragraphs are a text of n characters, 150 in each paragraph.
func paragraphs(n int) string {
	var b strings.Builder
	for ; n > 0; n -= 150 {
		b.WriteString(strings.TrimRight(prose(min(n, 150)), "，、") + "\n\n")
	}
	return b.String()
}

// hostileNotice is a notice with such a title and body; more are lines of its head.
func hostileNotice(title, body string, more ...string) map[string]string {
	head := append([]string{"+++", `title = "` + title + `"`, "date = 2026-11-20", `kind = "通知"`, `issuer = "示例社区党委"`, "end = 2026-12-20"}, more...)
	return map[string]string{"content/notices/a.md": strings.Join(append(head, "+++", body), "\n")}
}

// hostileMonth is a month with such a slogan, and activities with the names.
func hostileMonth(slogan string, activities ...string) map[string]string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = \"邻里相助\"\nmonth = \"2026-11\"\nslogan = %q\ndate = 2026-11-01\ntasks = [\"独居老人家里走访一遍\"]\n", slogan)
	for i, name := range activities {
		fmt.Fprintf(&b, "[[activities]]\nname = %q\ndate = 2026-11-%02d\ntime = \"%02d:00—16:30\"\nplace = \"示例小区红扁担驿站\"\nhost = \"xiaoqu\"\ncommittee = \"shequ\"\n", name, i%30+1, 14-i/30)
	}
	return map[string]string{"content/months/2026-11.md": b.String() + "+++\n"}
}

// hostileServices are so many services with that name, in eleven categories.
func hostileServices(n int, name string) map[string]string {
	var b, duties strings.Builder
	for i := range 11 {
		fmt.Fprintf(&b, "[[category]]\nid = \"c%d\"\nno = %d\nname = \"第%d类事项\"\n", i, i+1, i+1)
	}
	b.WriteString("[[post]]\nid = \"p1\"\nname = \"" + prose(40) + "\"\n[[post]]\nid = \"p2\"\nname = \"综合受理岗\"\n")
	for i := range n {
		fmt.Fprintf(&b, `[[service]]
id = "s%d"
no = %d
name = %q
category = "c%d"
audience = "居民"
basis = "示例"
conditions = ["住在本社区"]
materials = ["本人身份证"]
steps = ["提出", "办理"]
days = 5
fee = "不收费"
place = "示例社区党群服务中心（示例）"
time = "工作日 08:30—12:00"
a = "p1"
b = "p2"
phone = "0357-0000000"
supervise = "0357-0000000"
`, i, i+1, fmt.Sprintf("%s%d", name, i+1), i%11)
		fmt.Fprintf(&duties, "[[duty]]\nservice = \"s%d\"\npost = \"p1\"\ncontent = \"受理\"\nstandard = \"当天\"\n", i)
	}
	return map[string]string{"content/services/services.toml": b.String(), "content/services/duties.toml": duties.String()}
}

// table is a Markdown table.
func table(rows, columns int, cell string) string {
	line := func(s string) string { return strings.Repeat("| "+s+" ", columns) + "|\n" }
	return line("项目") + line("---") + strings.Repeat(line(cell), rows)
}

// picture is a PNG of that size.
func picture(width, height int) string {
	var b bytes.Buffer
	p := image.NewGray(image.Rect(0, 0, width, height))
	for i := range p.Pix {
		p.Pix[i] = uint8(i / width)
	}
	if png.Encode(&b, p) != nil {
		return ""
	}
	return b.String()
}

func with(files map[string]string, name, data string) map[string]string {
	files[name] = data
	return files
}

const (
	longWord = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt"
	longURL  = "https://hongbiandan.example/dangjian/gongshi/2026/11/23/fazhan-duixiang-gongshi-di-si-pi/index.html?from=ganggaolan&station=yz-01"
)

// renamed is the starter site with a name replaced everywhere.
func renamed(file, old, name string) map[string]string {
	for _, f := range starter() {
		if f.Path == file {
			return map[string]string{file: strings.ReplaceAll(string(f.Data), old, name)}
		}
	}
	return nil
}

// hostile are contents that no designer thought of. Each sheet that begins with
// one of the addresses fits, on so many pages at least, or is found wrong.
var hostile = []struct {
	name   string
	files  map[string]string // over those of the starter site; "" removes one
	sheets []string          // beginnings of their addresses below sheets/
	pages  int               // of them all, at least
	want   string            // the codes of what is found, each once
}{
	{"a title of 60 characters", hostileNotice(prose(60), "正文。"), []string{"notices/a."}, 1, ""},
	{"a title of one word", hostileNotice(longWord, "正文。"), []string{"notices/a."}, 1, ""},
	{"a notice of 3,000 characters", hostileNotice("关于开展走访的通知", paragraphs(3000)), []string{"notices/a."}, 2, ""},
	{"one paragraph of 3,000 characters", hostileNotice("关于开展走访的通知", prose(3000)), []string{"notices/a."}, 2, ""},
	{"an official document of 3,000 characters", hostileNotice(prose(60), paragraphs(3000), `form = "公文"`, `doc_no = "示发〔2026〕1 号"`), []string{"notices/a."}, 4, ""},
	{"a notice across A3", hostileNotice("关于开展走访的通知", paragraphs(3000), `sheet = "A3"`, "landscape = true"), []string{"notices/a."}, 2, ""},
	{"a notice on a name plate", hostileNotice("关于开展走访的通知", paragraphs(300), `sheet = "200×100"`), []string{"notices/a."}, 1, ""},
	{"a notice without text", hostileNotice("停电通知", ""), []string{"notices/a."}, 1, ""},
	{"long Latin words", hostileNotice("关于开展走访的通知", "网址 "+longURL+" 和 "+longWord+"。\n\n- "+longURL+"\n\n"+table(2, 3, longWord)), []string{"notices/a."}, 1, ""},
	{"a table of 25 rows", hostileNotice("关于开展走访的通知", table(25, 4, "示例社区党群服务中心")), []string{"notices/a."}, 1, ""},
	{"a table of 200 rows", hostileNotice("关于开展走访的通知", table(200, 4, "示例社区党群服务中心")), []string{"notices/a."}, 4, ""},
	{"a table of 12 columns", hostileNotice("关于开展走访的通知", table(6, 12, "党群服务中心")), []string{"notices/a."}, 1, ""},
	{"a cell of 1,500 characters", hostileNotice("关于开展走访的通知", table(1, 2, prose(1500))), []string{"notices/a."}, 2, ""},
	{"lists in lists", hostileNotice("关于开展走访的通知", "1. "+prose(200)+"\n   - "+prose(200)+"\n   - "+prose(200)+"\n2. "+prose(1500)), []string{"notices/a."}, 2, ""},
	{"a list of 60 items", hostileNotice("关于开展走访的通知", strings.Repeat("- "+prose(30)+"\n", 60)), []string{"notices/a."}, 2, ""},
	{"a quotation of 1,500 characters", hostileNotice("关于开展走访的通知", "> "+strings.ReplaceAll(strings.TrimSpace(paragraphs(1500)), "\n", "\n> ")), []string{"notices/a."}, 2, ""},
	{"wide and high pictures", with(with(hostileNotice("关于开展走访的通知", "看图。\n\n![宽的](w.png)\n\n![高的](h.png)\n\n"+prose(500)), "content/notices/w.png", picture(2400, 300)), "content/notices/h.png", picture(300, 2400)), []string{"notices/a."}, 1, ""},
	{"rare characters", hostileNotice("关于张䶮同志任职的公示", "𠮷祥路、䶮字、㙟。"), []string{"notices/a."}, 1, ""},
	{"a month without activities", hostileMonth("远亲不如近邻"), []string{"months/"}, 1, ""},
	{"a month of one activity", hostileMonth("远亲不如近邻", "议事会"), []string{"months/"}, 1, ""},
	{"a slogan of 60 characters", hostileMonth(prose(60), "议事会", "义诊"), []string{"months/"}, 1, ""},
	{"a slogan of one character", hostileMonth("家", "议事会", "义诊"), []string{"months/"}, 1, ""},
	{"a month of 60 activities", hostileMonth("远亲不如近邻", slices.Repeat([]string{"楼道议事会和便民服务集市"}, 60)...), []string{"months/"}, 2, ""},
	{"names of 40 characters and long words", hostileMonth("远亲不如近邻", prose(40), longWord, longURL[:60]), []string{"months/"}, 1, ""},
	{"no services", map[string]string{"content/services/services.toml": "", "content/services/duties.toml": ""}, []string{"services", "stations"}, 1, ""},
	{"200 services", hostileServices(200, "老年人高龄津贴申领"), []string{"services.html"}, 2, ""},
	{"60 services of 40 characters", hostileServices(60, prose(38)), []string{"services.html", "services/s0.", "stations"}, 2, ""},
	{"services of one word", hostileServices(11, longWord), []string{"services.html", "services/s0.", "stations"}, 1, ""},
	{"a branch of 40 characters", renamed("content/branches/branches.toml", `"示例小区党支部"`, `"`+prose(40)+`"`), []string{"branches"}, 1, ""},
	{"a holder of 40 characters", renamed("content/branches/branches.toml", `"书记（示例）"`, `"`+prose(40)+`"`), []string{"branches", "stations"}, 1, ""},
	{"a title of 27 characters over 40 activities", titled(hostileMonth("远亲不如近邻", slices.Repeat([]string{"楼道议事会"}, 40)...), prose(27)), []string{"months/"}, 2, ""},
	{"a guide of several sheets with a long name", longGuide(prose(64), 60, prose(60)), []string{"services/s0."}, 2, ""},
	{"a material that is an address of 400 letters", longGuide("补贴申领", 1, longURL+strings.Repeat("abcdefghij", 30)), []string{"services/s0."}, 1, ""},
	{"a group of 60 households", manyHouseholds(60), []string{"branches"}, 2, ""},
	{"a site with a name of 20 characters", map[string]string{source.ConfigFile: siteTitled(prose(20))}, []string{"services", "notices/", "months/", "stars/"}, 3, ""},
	{"a station of 40 characters", renamed("content/stations/stations.toml", `"示例小区红扁担驿站"`, `"`+prose(40)+`"`), []string{"stations"}, 1, ""},
}

// siteTitled is the settings of the starter site with another title.
func siteTitled(title string) string {
	for _, f := range starter() {
		if f.Path == source.ConfigFile {
			data := regexp.MustCompile(`(?m)^title = .*$`).ReplaceAllString(string(f.Data), `title = "`+title+`"`)
			return strings.Replace(data, "# base_url", "base_url", 1)
		}
	}
	return ""
}

// titled is a month with another title.
func titled(month map[string]string, title string) map[string]string {
	for name, data := range month {
		month[name] = strings.Replace(data, "邻里相助", title, 1)
	}
	return month
}

// manyHouseholds is the starter site with so many households in one group of a branch.
func manyHouseholds(n int) map[string]string {
	const file = "content/branches/branches.toml"
	files := renamed(file, "", "")
	var b strings.Builder
	b.WriteString(files[file])
	b.WriteString("\n[[branch]]\nid = \"many\"\nname = \"第一党小组\"\nlevel = \"楼栋党小组\"\nparent = \"xiaoqu\"\n")
	for i := range n {
		fmt.Fprintf(&b, "[[branch]]\nid = \"hu-%d\"\nname = \"第%d中心户\"\nlevel = \"党员中心户\"\nparent = \"many\"\n", i, i+1)
	}
	return map[string]string{file: b.String()}
}

// longGuide is a service with a long name and so many materials, each of a text.
func longGuide(name string, n int, material string) map[string]string {
	files := hostileServices(11, name)
	list := strings.Repeat(`"`+material+`", `, n)
	files["content/services/services.toml"] = strings.Replace(files["content/services/services.toml"], `materials = ["本人身份证"]`, "materials = ["+list+"]", 1)
	return files
}

// starter is the site that init writes.
func starter() []scaffold.File {
	files, err := scaffold.Site(scaffold.SiteDay)
	if err != nil {
		panic(err) // they are in the program
	}
	return files
}

// starterWith builds the starter site with other files.
func starterWith(t *testing.T, session *build.Session, files map[string]string) *build.Tree {
	t.Helper()
	site := fstest.MapFS{}
	for _, f := range starter() {
		site[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	site["site.toml"].Data = bytes.Replace(site["site.toml"].Data, []byte("# base_url"), []byte("base_url"), 1)
	for name, data := range files {
		site[name] = &fstest.MapFile{Data: []byte(data)}
	}
	bag := &diag.Bag{}
	tree, r := session.Build(t.Context(), source.Take(site, bag), build.Options{Themes: themes.FS, AsOf: scaffold.SiteDay}, bag.List(), nil)
	if tree == nil {
		t.Fatal(r.Diags)
	}
	return tree
}

// longParts are parts of texts that are taller than a sheet. Each ends with the
// same words, which are to be found on the last one.
var longParts = map[string]string{
	"names joined by 、":     strings.Repeat("示例某号、", 600) + lastWords,
	"hard breaks":           strings.Repeat("示例支部：示例甲、示例乙\\\n", 80) + lastWords,
	"one Latin word":        strings.Repeat("abcdefghij", 400) + lastWords,
	"a row":                 "| 项目 | 说明 |\n|---|---|\n| 甲 | " + prose(2500) + lastWords + " |\n",
	"all cells of a row":    "| 项目 | 说明 |\n|---|---|\n| " + prose(2500) + " | " + prose(2400) + lastWords + " |\n",
	"a list in an item":     "- 一级\n" + strings.Repeat("  - "+prose(25)+"。\n", 70) + "  - " + lastWords + "\n",
	"lists four deep":       "1. 甲\n   1. 乙\n      - 丙\n" + strings.Repeat("        1. "+prose(25)+"。\n", 70) + "        1. " + lastWords + "\n",
	"an item":               "1. " + prose(2500) + lastWords + "\n",
	"paragraphs in an item": "1. 甲\n\n" + strings.Repeat("   "+prose(120)+"。\n\n", 20) + "   " + lastWords + "\n",
	"lines of code":         "```\n" + strings.Repeat("    第一行  示例\n", 120) + lastWords + "\n```",
	"a line of code":        "```\n" + strings.Repeat("示例 abc=1; ", 400) + lastWords + "\n```",
	"bold":                  "**" + prose(2500) + lastWords + "**",
	"emphasis in bold":      "**甲*" + prose(2500) + "*" + lastWords + "**",
	"a link":                "[" + prose(2500) + lastWords + "](https://example.cn/)",
	"a quotation":           "> " + prose(2500) + lastWords,
	"quotations in another": "> 甲\n>\n> > " + prose(2500) + "\n>\n> - " + prose(1200) + "\n> - " + lastWords,
	"many footnotes":        "正文[^1]。\n\n[^1]: " + prose(2500) + lastWords,
	"a box":                 "{{ notice }}\n\n甲\n\n- " + prose(2500) + lastWords + "\n\n{{ /notice }}",
	"a heading":             "## " + prose(900) + "\n\n" + lastWords,
	"headings alone":        strings.Repeat("## 第一项\n\n### 第二项\n\n", 40) + lastWords,
	"a definition":          "甲\n: " + prose(2500) + lastWords,
	"30,000 characters":     prose(30000) + lastWords,
}

const lastWords = "末尾到了"

// paperKinds are the kinds of sheets of a text.
var paperKinds = map[string][]string{
	"poster":            nil,
	"official document": {`form = "公文"`, `doc_no = "示发〔2026〕1 号"`},
	"A3 across":         {`sheet = "A3"`, "landscape = true"},
	"name plate":        {`sheet = "200×100"`},
}

// TestLongPartsAreDivided: a part that is taller than a sheet goes on on the next
// one, wherever it stands and on every kind of sheet.
func TestLongPartsAreDivided(t *testing.T) {
	session := build.NewSession(t.TempDir(), digest.Sum{})
	defer session.Close()
	var tree *build.Tree
	b := started(t, func(p string) ([]byte, bool) { return filesOf(tree)(p) })
	for kind, head := range paperKinds {
		for name, body := range longParts {
			t.Run(name+" on "+kind, func(t *testing.T) {
				tree = starterWith(t, session, hostileNotice("关于开展走访的通知", body, head...))
				bag := &diag.Bag{}
				for _, s := range sheetsOf(tree) {
					if s.Path != "sheets/notices/a.html" {
						continue
					}
					if err := b.Inspect(t.Context(), s, bag); err != nil {
						t.Fatal(err)
					}
					html, found, _ := tree.File(s.Path)
					sheets := strings.Split(string(html), "<article")
					if len(sheets) < 3 || !strings.Contains(sheets[len(sheets)-1], lastWords) {
						t.Errorf("%d sheets, and the last words are not on the last: %v", len(sheets)-1, found)
					}
				}
				for _, d := range bag.List() {
					if d.Code != ruleEmpty.Code || !strings.HasPrefix(name, "headings") && !strings.HasPrefix(name, "quotations") {
						t.Error(d)
					}
				}
			})
		}
	}
}

// TestHostileContents looks at sheets of contents that no designer thought of:
// they fit, or are spread over pages, or what is wrong is said.
func TestHostileContents(t *testing.T) {
	session := build.NewSession(t.TempDir(), digest.Sum{})
	defer session.Close()
	var tree *build.Tree
	b := started(t, func(p string) ([]byte, bool) { return filesOf(tree)(p) })
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			tree = starterWith(t, session, c.files)
			bag, pages := &diag.Bag{}, 0
			for _, s := range sheetsOf(tree) {
				if !slices.ContainsFunc(c.sheets, func(p string) bool { return strings.HasPrefix(s.Path, "sheets/"+p) }) {
					continue
				}
				if err := b.Inspect(t.Context(), s, bag); err != nil {
					t.Fatal(s.Path, err)
				}
				html, _, _ := tree.File(s.Path)
				pages += bytes.Count(html, []byte("<article"))
			}
			found := slices.DeleteFunc(bag.List(), func(d diag.Diagnostic) bool { return d.Code == ruleEmpty.Code }) // little to say is no fault
			codes := map[string]bool{}
			for _, d := range found {
				codes[d.Code] = true
				if c.files[d.Pos.File] == "" {
					t.Errorf("%s is not where the hostile content is", d.Pos)
				}
			}
			if got := strings.Join(slices.Sorted(maps.Keys(codes)), " "); got != c.want || pages < c.pages {
				t.Errorf("%d pages, %v", pages, found)
			}
		})
	}
}

// TestWhatFitsNowhereIsAnError: what has no room on any sheet is an error of the
// build, at the file that is to be mended.
func TestWhatFitsNowhereIsAnError(t *testing.T) {
	tasks := func(n int) map[string]string {
		m := hostileMonth("远亲不如近邻", "议事会")
		for name, data := range m {
			m[name] = strings.Replace(data, `tasks = ["独居老人家里走访一遍"]`, "tasks = ["+strings.Repeat(`"`+prose(20)+`", `, n)+"]", 1)
		}
		return m
	}
	address := renamed("content/stations/stations.toml", "", "")
	for name, data := range address {
		address[name] = regexp.MustCompile(`(?m)^address = .*$`).ReplaceAllString(data, `address = "`+prose(1500)+`"`)
	}
	for _, c := range []struct {
		name  string
		files map[string]string
	}{
		{"60 tasks of a month", tasks(60)},
		{"an activity of 2,500 characters", hostileMonth("远亲不如近邻", "议事会", prose(2500))},
		{"an address of 1,500 characters", address},
		{"a name of 200 letters", longGuide(strings.Repeat("A", 200), 1, "身份证")},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := fstest.MapFS{}
			for _, f := range starter() {
				site[f.Path] = &fstest.MapFile{Data: f.Data}
			}
			for name, data := range c.files {
				site[name] = &fstest.MapFile{Data: []byte(data)}
			}
			bag := &diag.Bag{}
			r, err := build.Run(t.Context(), source.Take(site, bag), build.Options{Themes: themes.FS, AsOf: scaffold.SiteDay}, bag.List(), t.TempDir(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			found := slices.DeleteFunc(r.Diags, func(d diag.Diagnostic) bool { return d.Code != plan.RuleNoRoom.Code || c.files[d.Pos.File] == "" })
			if len(found) == 0 {
				t.Errorf("no %s: %v", plan.RuleNoRoom.Code, r.Diags)
			}
		})
	}
}
