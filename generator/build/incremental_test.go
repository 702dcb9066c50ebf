package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/themes"
)

// world is a small site that changes: its files with their times, and the day.
type world struct {
	files map[string]string
	times map[string]time.Time
	tick  time.Time
	day   calendar.Date
	next  int
}

func newWorld() *world {
	w := &world{files: map[string]string{}, times: map[string]time.Time{}, tick: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), day: calendar.Date{Year: 2026, Month: 11, Day: 23}}
	w.write("site.toml", siteTOML+"theme = \"mine\"\npage_size = 5\n")
	w.write("themes/mine/theme.toml", "name = \"mine\"\n")
	w.write("themes/mine/assets/site.css", "body { color: red }\n")
	w.write("content/_index.md", "+++\ntitle = \"首页\"\n+++\n欢迎\n")
	w.write("content/notices/_index.md", "+++\ntitle = \"公示公告\"\n+++\n说明\n")
	w.write("content/holidays/h.toml", toyHolidays)
	w.write("content/notices/periods.toml", "[[period]]\nmatter = \"发展党员\"\nworkdays = 5\n")
	w.write("content/branches/a.toml", toyBranch)
	w.write("content/stations/a.toml", toyStations)
	w.write("content/notices/long.md", "+++\ntitle = \"长期通知\"\ndate = 2026-10-01\nkind = \"通知\"\nissuer = \"支部\"\nend = 2027-12-31\n+++\n[组织](/branches/)\n")
	w.write("content/months/2026-11.md", "+++\ntitle = \"十一月\"\nmonth = \"2026-11\"\nslogan = \"过冬\"\n[[activities]]\nname = \"义诊\"\ndate = 2026-11-24\nplace = \"驿站\"\nhost = \"dongjie\"\n+++\n正文\n")
	for range 8 {
		w.addPage(rand.New(rand.NewPCG(1, uint64(w.next))))
	}
	return w
}

// toyHolidays are the days off of one year, as many as the law says.
const toyHolidays = `[[year]]
year = 2026
off = [
  { name = "春节", from = 2026-02-16, to = 2026-02-23 },
  { name = "劳动节", from = 2026-05-01, to = 2026-05-04 },
  { name = "国庆节", from = 2026-10-01, to = 2026-10-07 },
]
`

// toyStations are two stations with boards.
const toyStations = `[[station]]
id = "jia"
name = "甲站"
level = "小区"
status = "开放"
address = "示例路 1 号"
phone = "0357-0000000"
hours = [{ days = "工作日", time = "08:30—17:30" }]
[[station]]
id = "yi"
name = "乙站"
level = "社区"
status = "开放"
branch = "dongjie"
address = "示例路 2 号"
phone = "0357-0000000"
`

func (w *world) write(p, text string) {
	w.tick = w.tick.Add(time.Second)
	w.files[p], w.times[p] = text, w.tick
}

func (w *world) clone() *world {
	c := *w
	c.files, c.times = maps.Clone(w.files), maps.Clone(w.times)
	return &c
}

func (w *world) remove(p string) {
	delete(w.files, p)
	delete(w.times, p)
}

func (w *world) fs() fstest.MapFS {
	m := fstest.MapFS{}
	for p, text := range w.files {
		m[p] = &fstest.MapFile{Data: []byte(text), ModTime: w.times[p]}
	}
	return m
}

func (w *world) pick(r *rand.Rand, prefix, suffix string) string {
	var list []string
	for p := range w.files {
		if strings.HasPrefix(p, prefix) && strings.HasSuffix(p, suffix) && !strings.Contains(p, "_index") {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return ""
	}
	slices.Sort(list)
	return list[r.IntN(len(list))]
}

func (w *world) addPage(r *rand.Rand) {
	w.next++
	day := fmt.Sprintf("2026-%02d-%02d", 9+r.IntN(3), 1+r.IntN(28))
	switch r.IntN(4) {
	case 0:
		w.write(fmt.Sprintf("content/news/n%d.md", w.next), fmt.Sprintf("+++\ntitle = \"消息 %d\"\ndate = %s\nbranch = \"dongjie\"\n+++\n第一段 %d\n\n[公示](/notices/)\n", w.next, day, w.next))
	case 1:
		w.write(fmt.Sprintf("content/notices/g%d.md", w.next), fmt.Sprintf("+++\ntitle = \"公示 %d\"\ndate = %s\nkind = \"公示\"\nmatter = \"发展党员\"\nissuer = \"支部\"\nstart = %s\nworkdays = 5\n[accept]\noffice = \"组织部\"\nphone = \"0357-0000000\"\n+++\n正文 %d\n", w.next, day, day, w.next))
	case 2:
		w.write(fmt.Sprintf("content/notices/t%d.md", w.next), fmt.Sprintf("+++\ntitle = \"通知 %d\"\ndate = %s\nkind = \"通知\"\nissuer = \"支部\"\nexpiry_date = 2026-11-%02d\n+++\n{{ table ledger=\"branches\" kind=\"branch\" }}\n", w.next, day, 20+r.IntN(8)))
	case 3:
		w.write(fmt.Sprintf("content/p%d.md", w.next), fmt.Sprintf("+++\ntitle = \"页面 %d\"\n+++\n## 标题 %d\n正文\n", w.next, w.next))
	}
}

// edit changes the world in one of the ways in which a site changes, and says how.
func (w *world) edit(r *rand.Rand) string {
	page := w.pick(r, "content/", ".md")
	kinds := []func() string{
		func() string { w.addPage(r); return "add a page" },
		func() string {
			w.write(page, w.files[page]+fmt.Sprintf("\n又一段 %d\n", r.IntN(1000)))
			return "body of " + page
		},
		func() string {
			w.write(page, strings.Replace(w.files[page], "title = \"", fmt.Sprintf("title = \"改%d ", r.IntN(1000)), 1))
			return "title of " + page
		},
		func() string { w.remove(page); return "delete " + page },
		func() string {
			to := strings.TrimSuffix(page, ".md") + "x.md"
			text := w.files[page]
			w.remove(page)
			w.write(to, text)
			return "rename " + page
		},
		func() string { w.write(page, w.files[page]); return "touch " + page },
		func() string {
			w.write("content/branches/a.toml", toyBranch+fmt.Sprintf("area = \"第 %d 片\"\n\n[[branch]]\nid = \"z%d\"\nname = \"支部 %d\"\nlevel = \"单位党支部\"\nclass = \"机关\"\n", r.IntN(100), r.IntN(5), r.IntN(100)))
			return "branch rows"
		},
		func() string {
			boards := []string{"", "board = []\n", "board = [\"公示公告\", \"组织架构图\"]\n"}
			w.write("content/stations/a.toml", toyStations+boards[r.IntN(3)])
			return "a board"
		},
		func() string {
			w.write("content/notices/long.md", w.files["content/notices/long.md"]+fmt.Sprintf("\n再一段 %d\n", r.IntN(1000)))
			return "body of a notice on boards"
		},
		func() string {
			w.write("content/toys/a.toml", strings.Replace(toyRows, "people = 12", fmt.Sprintf("people = %d", r.IntN(50)), 1))
			return "toy rows"
		},
		func() string {
			day := 1 + r.IntN(28)
			w.write("content/shapes/a.toml", fmt.Sprintf("[[loan]]\nname = \"梯子\"\nto = 2026-12-%02d\n[[fair]]\nname = \"集市\"\ndate = 2026-%02d-%02d\nhost = \"dongjie\"\npeople = %d\n[[repair]]\nname = \"路灯\"\nfound = 2026-10-01\ndue = 2026-12-%02d\n[[count]]\nbranch = \"dongjie\"\nn = %d\n",
				day, 9+r.IntN(4), day, r.IntN(3), day, r.IntN(9)))
			return "rows of the shapes"
		},
		func() string {
			w.write("content/meetings/a.toml", fmt.Sprintf("[[meeting]]\nid = \"m\"\ncommittee = \"dongjie\"\ndate = 2026-10-20\ntopics = [\"停车 %d\"]\nresult = \"通报\"\n", r.IntN(9)))
			return "a meeting"
		},
		func() string {
			w.write("themes/mine/assets/site.css", fmt.Sprintf("body { color: red; margin: %dpx }\n", r.IntN(9)))
			return "style sheet"
		},
		func() string {
			w.write("themes/mine/layouts/article.html", fmt.Sprintf("{{define \"main\"}}<main><h1>{{.PageTitle}}</h1>%d {{.Body}}{{template \"partials/own.html\" .}}</main>{{end}}", r.IntN(100)))
			w.write("themes/mine/layouts/partials/own.html", "<p>甲</p>")
			return "layout"
		},
		func() string {
			w.write("themes/mine/layouts/partials/own.html", fmt.Sprintf("<p>乙 %d</p>", r.IntN(100)))
			return "partial"
		},
		func() string {
			w.write("site.toml", strings.Replace(w.files["site.toml"], "title = \"", fmt.Sprintf("title = \"%d", r.IntN(10)), 1))
			return "site title"
		},
		func() string {
			w.write("site.toml", siteTOML+fmt.Sprintf("theme = \"mine\"\npage_size = %d\nlinks = %q\n", 5+r.IntN(3), []string{"relative", "absolute"}[r.IntN(2)]))
			return "site settings"
		},
		func() string { w.day = w.day.AddDays(r.IntN(9) - 4); return "day " + w.day.String() },
		func() string { w.write("content/bad.md", "+++\ntitel = \"错\"\n+++\n"); return "a mistake" },
	}
	if page == "" {
		return kinds[0]()
	}
	if _, bad := w.files["content/bad.md"]; bad {
		w.remove("content/bad.md")
		return "mend the mistake"
	}
	return kinds[r.IntN(len(kinds))]()
}

// TestIncrementalEqualsClean makes a random series of edits. After each, what
// stands in public/ after a build with all caches equals, byte for byte, what a
// build from nothing makes, with the same findings.
func TestIncrementalEqualsClean(t *testing.T) {
	edits := 300
	if testing.Short() || raceDetector {
		edits = 60
	}
	compareIncremental(t, 20261123, edits)
}

func compareIncremental(t *testing.T, seed uint64, edits int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	w := newWorld()
	dest, cacheDir := t.TempDir(), t.TempDir()
	before, _ := buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of("a")}, dest, cacheDir)
	worked, failed := 0, 0
	for n := range edits {
		what := w.edit(r)
		got, rep := buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of("a")}, dest, cacheDir)
		want, clean := buildFS(t, w.fs(), build.Options{AsOf: w.day, NoCache: true}, t.TempDir(), t.TempDir())
		found := standing(rep.Diags)
		if !slices.Equal(found, clean.Diags) {
			t.Fatalf("edit %d (%s): findings differ:\n%v\n%v", n, what, found, clean.Diags)
		}
		if clean.Diags.HasErrors() {
			failed++
			want = before
		}
		if !maps.Equal(got, want) {
			t.Fatalf("edit %d (%s): the trees differ: %v", n, what, difference(got, want))
		}
		worked += rep.Rendered
		before = got
		if rep.Rendered > clean.Rendered {
			t.Fatalf("edit %d (%s): more work than from nothing", n, what)
		}
	}
	if failed == edits || worked == 0 {
		t.Errorf("%d of %d builds failed, %d pages rendered", failed, edits, worked)
	}
	t.Logf("%d edits, %d with errors, %.1f pages rendered on average", edits, failed, float64(worked)/float64(edits))
}

// standing are the findings that say nothing of what the build before had.
func standing(l diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(l), func(d diag.Diagnostic) bool { return d.Code == "E0421" })
}

func difference(a, b map[string]string) []string {
	var list []string
	for p := range a {
		if a[p] != b[p] {
			list = append(list, p)
		}
	}
	for p := range b {
		if _, ok := a[p]; !ok {
			list = append(list, "missing "+p)
		}
	}
	slices.Sort(list)
	return list
}

// FuzzIncrementalEqualsClean is the same for any seed.
func FuzzIncrementalEqualsClean(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { compareIncremental(t, seed, 8) }) // it is given ten seconds
}

// TestWorkCounts asserts how much is done for one edit, not only the result.
func TestWorkCounts(t *testing.T) {
	w := newWorld()
	for i := range 40 {
		w.write(fmt.Sprintf("content/news/x%02d.md", i), fmt.Sprintf("+++\ntitle = \"旧闻 %d\"\ndate = 2026-08-%02d\nsummary = \"摘要\"\n+++\n正文\n", i, 1+i%28))
	}
	dest, cacheDir := t.TempDir(), t.TempDir()
	run := func() *build.Report {
		_, r := buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of("a")}, dest, cacheDir)
		if r.Diags.HasErrors() {
			t.Fatal(r.Diags)
		}
		return r
	}
	all := run()
	expect := func(what string, r *build.Report, parsed, rendered, written int) {
		t.Helper()
		if r.Parsed != parsed || r.Rendered > rendered || r.Written-r.Indexed > written {
			t.Errorf("%s: %d parsed, %d rendered, %d written, %d of them of the index; want %d, ≤ %d, ≤ %d", what, r.Parsed, r.Rendered, r.Written, r.Indexed, parsed, rendered, written)
		}
	}
	expect("nothing changed", run(), 0, 0, 0)
	p := "content/news/x07.md"
	w.write(p, w.files[p])
	expect("a touched file", run(), 0, 0, 0)
	w.write(p, w.files[p]+"\n新的一段\n")
	r := run()
	const newGrams = 9 // 新的一段, and what it makes with the text before it
	expect("a body", r, 1, 1, 1)
	if r.Rendered != 1 || r.Written-r.Indexed != 1 || r.Compared != 1 || r.Indexed == 0 || r.Indexed > newGrams {
		t.Errorf("a body: %+v", r)
	}
	group := "content/notices/off.md" // on no board
	w.write(group, strings.Replace(w.files["content/notices/long.md"], "end = 2027-12-31\n", "", 1))
	run()
	w.write(p, w.files[p]+"\n更新的一段\n")
	w.write(group, w.files[group]+"\n新的一段\n")
	w.write("content/news/x08.md", w.files["content/news/x08.md"])
	// An article, a notice with its sheet, and a file that was only touched.
	if r := run(); r.Parsed != 2 || r.Rendered != 3 || r.Written-r.Indexed != 3 || r.Compared != 3 {
		t.Errorf("two bodies, after another page was added: %+v", r)
	}
	long := "content/notices/long.md"
	w.write(long, w.files[long]+"\n新的一段\n")
	// The page and its sheet; the boards and the screens of two stations.
	if r := run(); r.Parsed != 1 || r.Rendered != 6 || r.Written-r.Indexed != 6 || r.Compared != 6 {
		t.Errorf("the body of a notice on two boards: %+v", r)
	}
	w.write(p, strings.Replace(w.files[p], "旧闻 7", "新标题", 1))
	// The page, its two neighbours, its page of the list, the sitemap, and what a search
	// shows of it; of the feeds, two for the site and two for the folder.
	expect("a title", run(), 1, 5, 10)
	const others = 7
	for i := range others {
		w.write(fmt.Sprintf("content/notices/y%d.md", i), w.files[group])
	}
	run()
	w.write("content/notices/y3.md", strings.Replace(w.files[group], "title = \"", "title = \"新", 1))
	// Of these notices, each with its sheet, only this one and its neighbours name it.
	if r := run(); r.Planned-r.Compared < 2*(others-3) {
		t.Errorf("the title of a notice: %d of %d outputs were compared", r.Compared, r.Planned)
	}
	w.write("themes/mine/layouts/partials/pager.html", "{{with .}}<nav>{{.Number}}</nav>{{end}}")
	r = run()
	if r.Rendered == 0 || r.Rendered >= all.Rendered/2 {
		t.Errorf("a partial: %d of %d pages rendered", r.Rendered, all.Rendered)
	}
}

// TestPagesNameWhatTheySayTheyName gives the notices of the demonstration another title and
// summary, one after the other: pages that say that they do not name it have the same views.
func TestPagesNameWhatTheySayTheyName(t *testing.T) {
	demo := demonstration(t)
	site := fstest.MapFS{}
	for _, p := range append(filesBelow(t, demo, "content"), "site.toml") {
		data, err := fs.ReadFile(demo, p)
		if err != nil {
			t.Fatal(err)
		}
		site[p] = &fstest.MapFile{Data: data}
	}
	plan := func() *build.Site {
		t.Helper()
		bag := &diag.Bag{}
		s, r := build.Plan(t.Context(), source.Take(site, bag), build.Options{Themes: themes.FS}, bag.List())
		if s == nil {
			t.Fatal(r.Diags)
		}
		return s
	}
	before := plan()
	views := make([]digest.Sum, len(before.Outputs))
	for i, o := range before.Outputs {
		if o.Layout != "" {
			views[i] = digest.Of(before.View(o, false))
		}
	}
	title := regexp.MustCompile(`(?m)^(title|summary) = "`)
	silent, named := 0, 0
	for p, f := range site {
		if !strings.HasPrefix(p, "content/notices/") || path.Ext(p) != ".md" || path.Base(p) == ledger.IndexFile {
			continue
		}
		site[p] = &fstest.MapFile{Data: title.ReplaceAll(f.Data, []byte("${0}新"))}
		after := plan()
		site[p] = f
		for i, o := range before.Outputs {
			now := after.Outputs[i]
			if o.Path != now.Path {
				t.Fatalf("%s is %s now", o.Path, now.Path)
			}
			if o.Layout == "" {
				continue
			}
			switch same := views[i] == digest.Of(after.View(now, false)); {
			case o.Names(p) || o.Shows(p):
				named++
			case !same:
				t.Errorf("%s has changed with the title of %s, and says that it does not name it", o.Path, p)
			default:
				silent++
			}
		}
	}
	if silent == 0 || named == 0 {
		t.Errorf("%d pages do not name a notice, %d do", silent, named)
	}
}

// filesBelow lists the files below a folder.
func filesBelow(t *testing.T, fsys fs.FS, folder string) (list []string) {
	t.Helper()
	err := fs.WalkDir(fsys, folder, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestAnotherToolMakesAllAgain builds with another version of the tool: nothing that the
// one before has written is believed, as it may be written in another way.
func TestAnotherToolMakesAllAgain(t *testing.T) {
	w := newWorld()
	dest, cacheDir := t.TempDir(), t.TempDir()
	run := func(tool string) *build.Report {
		_, r := buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of(tool)}, dest, cacheDir)
		return r
	}
	first, again, other := run("a"), run("a"), run("b")
	if first.Indexed == 0 || again.Indexed != 0 || again.Rendered != 0 || other.Indexed != first.Indexed || other.Rendered != first.Rendered {
		t.Errorf("%d parts of the index and %d pages, the same again %d and %d, by another tool %d and %d", first.Indexed, first.Rendered, again.Indexed, again.Rendered, other.Indexed, other.Rendered)
	}
}

// TestSheetLayoutTouchesItsScreens edits the layouts of sheets: the screens on which
// such a sheet hangs are made again, and no other.
func TestSheetLayoutTouchesItsScreens(t *testing.T) {
	w := newWorld()
	layout := func(name string) (p, text string) {
		data, err := themes.FS.ReadFile("hongbiandan/layouts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return "themes/mine/layouts/" + name, string(data)
	}
	month, monthText := layout("months/sheet-month.html")
	class, classText := layout("stations/sheet-class.html")
	w.write("content/stations/a.toml", strings.Replace(toyStations, "hours = ", "board = [\"四点半课堂\", \"公示公告\"]\nsessions = [{ weekday = \"周一\", time = \"16:30—17:30\", course = \"书法\" }]\nhours = ", 1))
	w.write(month, monthText)
	w.write(class, classText)
	dest, cacheDir := t.TempDir(), t.TempDir()
	run := func() (tree map[string]string, r *build.Report) {
		tree, r = buildFS(t, w.fs(), build.Options{AsOf: w.day, Tool: digest.Of("a")}, dest, cacheDir)
		if r.Diags.HasErrors() {
			t.Fatal(r.Diags)
		}
		return tree, r
	}
	before, _ := run()
	for _, c := range []struct{ layout, text, changed, same string }{
		{month, monthText, "screens/yi/index.html", "screens/jia/index.html"},
		{class, classText, "screens/jia/index.html", "screens/yi/index.html"},
	} {
		w.write(c.layout, strings.Replace(c.text, "<article", "<article data-new", 1))
		after, r := run()
		if after[c.changed] == before[c.changed] || !strings.Contains(after[c.changed], "data-new") || after[c.same] != before[c.same] {
			t.Errorf("%s: a screen does not follow, or one without the sheet does", c.layout)
		}
		if r.Rendered != r.Written || r.Rendered > 4 { // the sheets of such a layout, and the screen
			t.Errorf("%s: %d pages rendered, %d written", c.layout, r.Rendered, r.Written)
		}
		before = after
	}
}
