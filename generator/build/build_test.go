package build_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/themes"
)

// files is a small site as text: path → content.
type files map[string]string

const siteTOML = `title = "示例网站"
county = "示例县"
publisher = "示例单位"
phone = "0357-0000000"
base_url = "https://example.org/dj/"
`

// buildSite builds a site of the given files and returns public/ and the report.
func buildSite(t *testing.T, in files, o build.Options) (map[string]string, *build.Report) {
	t.Helper()
	return buildInto(t, in, o, t.TempDir(), t.TempDir())
}

func buildInto(t *testing.T, in files, o build.Options, dest, cache string) (map[string]string, *build.Report) {
	t.Helper()
	m := fstest.MapFS{"site.toml": &fstest.MapFile{Data: []byte(siteTOML)}}
	for p, text := range in {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return buildFS(t, m, o, dest, cache)
}

func buildFS(t *testing.T, fsys fs.FS, o build.Options, dest, cache string) (map[string]string, *build.Report) {
	t.Helper()
	bag := &diag.Bag{}
	s := source.Take(fsys, bag)
	o.Themes = themes.FS
	if o.Today.IsZero() {
		o.Today = calendar.Date{Year: 2026, Month: 11, Day: 23}
	}
	r, err := build.Run(context.Background(), s, o, bag.List(), dest, cache)
	if err != nil {
		t.Fatal(err)
	}
	return readTree(t, dest), r
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		tree[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func demonstration(t *testing.T) fs.FS {
	t.Helper()
	root, err := os.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS()
}

// TestDemonstration builds the site of the repository: no findings, more than
// 300 pages, the programme's figures, and the same bytes whatever the number of
// cores.
func TestDemonstration(t *testing.T) {
	tree, r := buildFS(t, demonstration(t), build.Options{}, t.TempDir(), t.TempDir())
	if len(r.Diags) > 0 || r.Pages <= 300 {
		t.Fatalf("%d pages, findings %v", r.Pages, r.Diags)
	}
	for page, sentence := range map[string]string{
		"stars/index.html":       "100 个参评党支部中，96% 达到三星标准，51% 达到四星标准，30% 达到五星标准",
		"services/index.html":    ">55<",
		"branches/index.html":    "党员中心户",
		"sheets/stars/2025.html": "96%",
	} {
		if !strings.Contains(tree[page], sentence) {
			t.Errorf("%s lacks %q", page, sentence)
		}
	}
	for p, page := range tree {
		if strings.HasSuffix(p, ".html") && !strings.Contains(page, "示例网站：内容为演示数据") {
			t.Errorf("%s is not marked as sample data", p)
		}
	}
	lists := 0
	for p, page := range tree {
		told := regexp.MustCompile(`class="lhead-n">(\d+) 条`).FindStringSubmatch(page)
		if told == nil || !strings.HasPrefix(p, "sheets/boards/") {
			continue
		}
		if n := strings.Count(page, `class="lname"`); strconv.Itoa(n) != told[1] {
			t.Errorf("%s: %d records hang, and it says %s", p, n, told[1]) // nothing is folded up on paper
		}
		lists++
	}
	if lists == 0 {
		t.Error("no list of records hangs on walls")
	}
	old := runtime.GOMAXPROCS(1)
	again, _ := buildFS(t, demonstration(t), build.Options{}, t.TempDir(), t.TempDir())
	runtime.GOMAXPROCS(old)
	if !maps.Equal(tree, again) {
		t.Error("another number of cores gives other bytes")
	}
}

// TestSecondBuildWritesNothing also asserts the work counts of both builds.
func TestSecondBuildWritesNothing(t *testing.T) {
	dest, cache := t.TempDir(), t.TempDir()
	in := files{"content/about.md": "+++\ntitle = \"关于\"\n+++\n正文\n"}
	_, first := buildInto(t, in, build.Options{}, dest, cache)
	_, second := buildInto(t, in, build.Options{}, dest, cache)
	if first.Written != first.Planned || first.Parsed != 1 || first.Rendered != first.Pages || second.Written+second.Deleted+second.Parsed+second.Rendered != 0 {
		t.Errorf("first %+v\nsecond %+v", first, second)
	}
}

// TestAnotherDayChangesOnlyWhatItChanges builds the demonstration for another
// day: only pages that speak of days may differ.
func TestAnotherDayChangesOnlyWhatItChanges(t *testing.T) {
	a, _ := buildFS(t, demonstration(t), build.Options{}, t.TempDir(), t.TempDir())
	b, r := buildFS(t, demonstration(t), build.Options{AsOf: calendar.Date{Year: 2026, Month: 11, Day: 25}}, t.TempDir(), t.TempDir())
	if len(r.Diags) > 0 {
		t.Fatal(r.Diags)
	}
	changed := 0
	for p := range a {
		if a[p] == b[p] {
			continue
		}
		changed++
		section, _, _ := strings.Cut(p, "/")
		if section == "sheets" {
			section = strings.Split(p, "/")[1]
		}
		if !slices.Contains([]string{"index.html", "notices", "months", "stations", "branches", "programme", "boards", "screens", "figures", "education", "find"}, section) {
			t.Errorf("%s changed", p)
		}
	}
	if changed == 0 || changed > len(a)/4 {
		t.Errorf("%d of %d files changed", changed, len(a))
	}
}

// TestOnlySocietyIsPublished plants a word into a page and into a row of every
// ledger, for each scope that is not public, and searches all of public/ for it.
func TestOnlySocietyIsPublished(t *testing.T) {
	const secret = "绝密字样"
	rows := map[string]string{
		"branches/a.toml": "[[branch]]\nid = \"b-SCOPE\"\nname = \"绝密字样党支部\"\nlevel = \"单位党支部\"\nclass = \"机关\"\nscope = \"SCOPE\"\n[[unit]]\nid = \"u-SCOPE\"\nname = \"绝密字样\"\nkind = \"机关\"\nscope = \"SCOPE\"\n",
		"stations/a.toml": "[[station]]\nid = \"s-SCOPE\"\nname = \"绝密字样\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"绝密字样\"\nphone = \"0357-0000000\"\nscope = \"SCOPE\"\n[[function]]\nno = 1\nname = \"绝密字样\"\ncontent = \"绝密字样\"\nscope = \"SCOPE\"\n",
		"services/a.toml": "[[category]]\nid = \"c-SCOPE\"\nno = 1\nname = \"绝密字样\"\nscope = \"SCOPE\"\n[[post]]\nid = \"p-SCOPE\"\nname = \"绝密字样\"\nscope = \"SCOPE\"\n[[post]]\nid = \"q-SCOPE\"\nname = \"绝密字样二\"\nscope = \"SCOPE\"\n" +
			"[[service]]\nid = \"v-SCOPE\"\nno = 1\nname = \"绝密字样\"\ncategory = \"c-SCOPE\"\naudience = \"绝密字样\"\nbasis = \"x\"\nconditions = [\"x\"]\nmaterials = [\"x\"]\nsteps = [\"x\"]\ndays = 1\nfee = \"x\"\nplace = \"x\"\ntime = \"x\"\na = \"p-SCOPE\"\nb = \"q-SCOPE\"\nphone = \"0357-0000000\"\nsupervise = \"0357-0000000\"\nscope = \"SCOPE\"\n" +
			"[[duty]]\nservice = \"v-SCOPE\"\npost = \"p-SCOPE\"\ncontent = \"绝密字样\"\nstandard = \"x\"\nscope = \"SCOPE\"\n",
		"stars/a.toml": "[[indicator]]\nno = 1\ndimension = \"绝密字样\"\nname = \"绝密字样\"\napplies = [\"机关\"]\nfull = 100\nscope = \"SCOPE\"\n[[scheme]]\nyear = 2025\nbase = 100\nthresholds = [{ star = 5, from = 90 }]\nveto = [\"绝密字样\"]\nscope = \"SCOPE\"\n" +
			"[[result]]\nyear = 2025\nbranch = \"b-SCOPE\"\nscore = 95\nstar = 5\nreason = \"绝密字样\"\nscope = \"SCOPE\"\n",
		"months/2026-11.md":  "+++\ntitle = \"绝密字样\"\nmonth = \"2026-11\"\nslogan = \"绝密字样\"\nscope = \"SCOPE\"\n+++\n绝密字样\n",
		"notices/a.md":       "+++\ntitle = \"绝密字样\"\nkind = \"公告\"\nissuer = \"绝密字样\"\ndate = 2026-11-01\nscope = \"SCOPE\"\n+++\n绝密字样![图](p.svg)\n",
		"notices/p.svg":      "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>绝密字样</text></svg>",
		"news/a.md":          "+++\ntitle = \"绝密字样\"\ndate = 2026-11-02\nscope = \"SCOPE\"\n+++\n绝密字样\n",
		"programme/a.md":     "+++\ntitle = \"绝密字样\"\nno = 1\nscope = \"SCOPE\"\n+++\n绝密字样\n",
		"figures/a.toml":     "[[claim]]\nid = \"c-SCOPE\"\nfigure = \"服务事项\"\nn = 1\nsource = \"绝密字样\"\nas_of = 2026-01-01\nscope = \"SCOPE\"\n[[promise]]\nid = \"q-SCOPE\"\nname = \"绝密字样\"\nn = 1\nunit = \"天\"\nscope = \"SCOPE\"\n",
		"private.md":         "+++\ntitle = \"绝密字样\"\nscope = \"SCOPE\"\n+++\n## 绝密字样\n",
		"branches/_index.md": "+++\ntitle = \"绝密字样\"\nscope = \"SCOPE\"\n+++\n绝密字样\n",
	}
	public := files{
		"content/stations/open.toml": "[[station]]\nid = \"open\"\nname = \"公开的驿站\"\nlevel = \"县\"\nstatus = \"开放\"\naddress = \"示例路 1 号\"\nphone = \"0357-0000000\"\nboard = [" + everyPosting() + "]\n",
		"content/news/b.md":          "+++\ntitle = \"公开的消息\"\ndate = 2026-11-01\n+++\n正文\n", "content/news/c.md": "+++\ntitle = \"公开的消息二\"\ndate = 2026-11-03\n+++\n正文\n",
		"content/programme/b.md": "+++\ntitle = \"公开的部分\"\nno = 2\nfigure = \"服务事项\"\n+++\n{{ table ledger=\"services\" kind=\"service\" }}\n\n{{ table ledger=\"branches\" kind=\"branch\" }}\n",
	}
	for _, scope := range []string{"party", "unit", "specific"} {
		ids := regexp.MustCompile(`[buscpqv]-` + scope)
		for _, look := range []ledger.Visible{{}, {Drafts: true, Future: true, Expired: true}} {
			in := maps.Clone(public)
			for p, text := range rows {
				in["content/"+p] = strings.ReplaceAll(text, "SCOPE", scope)
			}
			tree, r := buildSite(t, in, build.Options{Visible: look})
			if r.Diags.HasErrors() || len(tree) < 8 || tree["screens/open/index.html"] == "" {
				t.Fatal(r.Diags, len(tree))
			}
			for p, text := range tree {
				if strings.Contains(text, secret) || ids.MatchString(p) || ids.MatchString(text) || strings.HasSuffix(p, ".svg") && !strings.HasPrefix(p, "assets/") {
					t.Errorf("scope %s: %s is published", scope, p)
				}
			}
		}
	}
	// The same files without a scope are all there: the test can see them.
	in := maps.Clone(public)
	for p, text := range rows {
		in["content/"+p] = strings.ReplaceAll(strings.ReplaceAll(text, "scope = \"SCOPE\"\n", ""), "SCOPE", "x")
	}
	tree, r := buildSite(t, in, build.Options{})
	seen := 0
	for _, text := range tree {
		if strings.Contains(text, secret) {
			seen++
		}
	}
	if seen < 20 || strings.Count(tree["screens/open/index.html"], secret) < 8 {
		t.Errorf("only %d files hold the word when it is public: %v", seen, r.Diags)
	}
}

// everyPosting names all that can hang on a board, in TOML.
func everyPosting() string {
	var names []string
	for _, p := range ledger.Postings() {
		names = append(names, strconv.Quote(p.Name))
	}
	return strings.Join(names, ", ")
}

// TestFailedBuildChangesNothing breaks one page among good changes.
func TestFailedBuildChangesNothing(t *testing.T) {
	dest, cache := t.TempDir(), t.TempDir()
	before, _ := buildInto(t, files{"content/a.md": "+++\ntitle = \"甲\"\n+++\n正文\n"}, build.Options{}, dest, cache)
	after, r := buildInto(t, files{"content/a.md": "+++\ntitle = \"乙\"\n+++\n正文\n", "content/b.md": "+++\ntitle = \"丙\"\nsluug = \"c\"\ndate = \"今天\"\n+++\n<b>\n"}, build.Options{}, dest, cache)
	if n, _ := r.Diags.Count(); n != 3 || !maps.Equal(before, after) {
		t.Errorf("%d errors, want 3 at once: %v", n, r.Diags)
	}
	if left, _ := os.ReadDir(filepath.Join(cache, "stage")); len(left) > 0 {
		t.Errorf("staged files are left: %v", left)
	}
}

// TestSameContentFromWindows builds a site with byte order marks and CRLF.
func TestSameContentFromWindows(t *testing.T) {
	in := files{
		"content/a.md":               "+++\ntitle = \"甲\"\n+++\n第一行\n第二行\n\n- 一\n- 二\n",
		"content/stations/a.toml":    "[[function]]\nno = 1\nname = \"宣传\"\ncontent = \"\"\"\n多行\n文字\"\"\"\n",
		"content/stations/_index.md": "+++\ntitle = \"驿站\"\n+++\n{{ table ledger=\"stations\" kind=\"function\" }}\n",
	}
	windows := files{}
	for p, text := range in {
		windows[p] = "\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	a, ra := buildSite(t, in, build.Options{})
	b, rb := buildSite(t, windows, build.Options{})
	if ra.Diags.HasErrors() || rb.Diags.HasErrors() || !maps.Equal(a, b) {
		t.Errorf("the trees differ: %v %v", ra.Diags, rb.Diags)
	}
}

// BenchmarkDemonstration measures a cold build of the repository's site.
func BenchmarkDemonstration(b *testing.B) {
	root, err := os.OpenRoot("../..")
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	for b.Loop() {
		bag := &diag.Bag{}
		s := source.Take(root.FS(), bag)
		if _, err := build.Run(context.Background(), s, build.Options{Themes: themes.FS}, bag.List(), b.TempDir(), b.TempDir()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestFullViewsHaveTheSameIdentity wants the views that are rendered to have the
// digests of those that are only compared: a page is identified by whichever is
// at hand.
func TestFullViewsHaveTheSameIdentity(t *testing.T) {
	bag := &diag.Bag{}
	s, r := build.Plan(t.Context(), source.Take(os.DirFS("../.."), bag), build.Options{Themes: themes.FS}, bag.List())
	if s == nil {
		t.Fatal(r.Diags)
	}
	pages := 0
	for _, o := range s.Outputs {
		if o.Layout != "" {
			pages++
			if digest.Of(s.View(o, true)) != digest.Of(s.View(o, false)) {
				t.Errorf("%s (%s): the full view is another one", o.Path, o.Layout)
			}
		}
	}
	if pages == 0 {
		t.Error("no pages")
	}
}
