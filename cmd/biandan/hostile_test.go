package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"biandan/generator/cache"
	"biandan/generator/publish"
	"biandan/generator/source"
)

// What a build of hostile input may cost.
const (
	hostileTime   = 10 * time.Second
	hostileMemory = 1 << 30
	hostileOutput = 200 << 10
)

// anyExit in a case says that 0, 1 and 3 are all well.
const anyExit = -1

// hostile is one kind of bad input: do writes it into a site that was
// published before.
type hostile struct {
	name string
	do   func(t *testing.T, s *evil)
	args []string // instead of build
	exit int
	code string // of a finding that is wanted; "" for any
}

// peakMemory and presentMemory tell the resident bytes of a process; nil where
// the system does not say.
var (
	peakMemory    func(*os.ProcessState) int64
	presentMemory func(pid int) int64
)

// shrink divides the size of the large cases, and the number of the cases: the
// race detector needs many times the time and the memory.
var shrink = 1

func init() {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-race" && s.Value == "true" {
				shrink = 16
			}
		}
	}
}

// big repeats a text to about n bytes.
func big(text string, n int) string { return strings.Repeat(text, n/shrink/len(text)+1) }

// many calls f for 0 to n-1 and joins what it returns.
func many(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n / shrink {
		b.WriteString(f(i))
	}
	return b.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// evil is a small site in a folder of its own, with a folder beside it that
// nothing may read or write.
type evil struct{ root, dir string }

const (
	head   = "+++\ntitle = \"新的一页\"\ndate = 2026-11-20\n+++\n"
	secret = "外面的秘密"
)

const siteTOML = `title = "示例"
county = "示例县"
publisher = "示例"
phone = "0357-0000000"
base_url = "https://example.org/"
as_of = 2026-11-23
links = "relative"
`

const branchRows = `[[branch]]
id = "dongjie"
name = "东街社区党委"
level = "社区党委"
`

var inProcess sync.Mutex

func newEvil(t *testing.T) *evil {
	root := t.TempDir()
	s := &evil{root, filepath.Join(root, "site")}
	s.write(t, "site.toml", siteTOML)
	s.write(t, "content/_index.md", "+++\ntitle = \"首页\"\n+++\n欢迎\n")
	s.write(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n# 关于\n\n正文\n")
	s.write(t, "content/news/a.md", "+++\ntitle = \"动态\"\ndate = 2026-11-01\n+++\n正文\n")
	s.write(t, "content/branches/a.toml", branchRows)
	s.write(t, "../outside/secret.md", head+secret+"\n")
	s.write(t, "../outside/secret.toml", "title = \""+secret+"\"\n")
	return s
}

// cache is the folder where builds of the site keep what they know.
func (s *evil) cache() string { return (&settings{source: s.dir}).cache() }

// names lists the plain files of a folder.
func names(t *testing.T, dir string) (list []string) {
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		if e.Type().IsRegular() {
			list = append(list, e.Name())
		}
	}
	return list
}

// publish builds the site for the first time.
func (s *evil) publish(t *testing.T) {
	t.Helper()
	inProcess.Lock() // cobra keeps a setting of its own in a variable
	defer inProcess.Unlock()
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"build", "-s", s.dir}, &out, &errs); code != 0 {
		t.Fatalf("the site before: exit %d\n%s%s", code, &out, &errs)
	}
}

// put writes the files of such a build; the cache is lost.
func (s *evil) put(t *testing.T, public map[string]string) {
	t.Helper()
	for p, content := range public {
		if bytes, ok := strings.CutPrefix(content, "file "); ok {
			s.write(t, "public/"+p, bytes)
		}
	}
}

func (s *evil) path(p string) string { return filepath.Join(s.dir, filepath.FromSlash(p)) }

func (s *evil) write(t *testing.T, p, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(s.path(p)), 0o755))
	must(t, os.WriteFile(s.path(p), []byte(text), 0o644))
}

// manifest is the file that lists what the build before wrote.
func (s *evil) manifest(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(s.cache(), "public-*"))
	if err != nil || len(names) != 1 {
		t.Fatal("manifests: ", names, err)
	}
	return names[0]
}

// page writes a page below content/ with that text.
func (s *evil) page(t *testing.T, p, text string) { s.write(t, "content/"+p, head+text) }

// add puts text at the end of site.toml.
func (s *evil) add(t *testing.T, text string) { s.write(t, "site.toml", siteTOML+text) }

// tree returns what lies in a folder: path → type, permissions and bytes.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) && p == dir {
				return nil
			}
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			files[rel] = "folder"
		case d.Type().IsRegular():
			data, err := os.ReadFile(p)
			if errors.Is(err, fs.ErrPermission) {
				data, err = []byte("unreadable"), nil
			}
			if err != nil {
				return err
			}
			files[rel] = "file " + string(data)
		default:
			to, _ := os.Readlink(p)
			files[rel] = d.Type().String() + to
		}
		return nil
	})
	must(t, err)
	return files
}

// differ reports the first differences of two trees.
func differ(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	n := 0
	for p := range want {
		if got[p] != want[p] && n < 5 {
			n++
			t.Errorf("%s: %q changed or vanished", what, p)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok && n < 5 {
			n++
			t.Errorf("%s: %q is new", what, p)
		}
	}
}

// childProcess prepares the command as a process of its own.
func childProcess(ctx context.Context, t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	file, err := program()
	must(t, err)
	c := exec.CommandContext(ctx, file, args...)
	c.Dir, c.WaitDelay = dir, time.Second
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "BIANDAN_") {
			c.Env = append(c.Env, v)
		}
	}
	return c
}

// limited keeps the first bytes and counts the rest.
type limited struct {
	bytes.Buffer
	total int
}

func (l *limited) Write(p []byte) (int, error) {
	l.total += len(p)
	if room := 4*hostileOutput - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// leaks are words of Go's own messages; trace those of a crash.
var (
	leaks = regexp.MustCompile(`invalid |unexpected|no such file|not a directory|is a directory|file exists|permission denied|template:|strconv\.|` +
		`reflect|\btoml: [a-z]|expected |cannot |can't|unmarshal|runtime|nil pointer|out of range|overflow|unsupported|malformed|EOF|open /|lstat|mkdir|rename`)
	trace = regexp.MustCompile(`panic:|goroutine |runtime error|fatal error|SIGSEGV|\.go:\d+`)
	ruled = regexp.MustCompile(`[\["]E\d{4}[\]"]`)
)

// two builds at a time: what a case may need is known, what a machine has is not.
var turns = make(chan struct{}, 2)

// TestHostileInput builds sites that hold bad input of many kinds. Whatever it
// is, the command ends soon, in little memory, with a sentence for people, and
// after an error the published site is what it was.
func TestHostileInput(t *testing.T) {
	first := newEvil(t)
	first.publish(t)
	public := tree(t, first.path("public"))
	for i, c := range hostileCases {
		if i%shrink != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			turns <- struct{}{}
			defer func() { <-turns }()
			s := newEvil(t)
			if strings.HasPrefix(c.name, "public/") || c.code == "E0506" {
				s.publish(t)
			} else {
				s.put(t, public)
			}
			c.do(t, s)
			c.run(t, s)
		})
	}
}

func (c hostile) run(t *testing.T, s *evil) {
	before := tree(t, s.root)
	args := c.args
	if args == nil {
		args = []string{"build"}
	}
	_, err := program() // its making is not timed
	must(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), hostileTime)
	defer cancel()
	cmd := childProcess(ctx, t, s.dir, args...)
	var out limited
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	must(t, cmd.Start())
	fat := watchMemory(cmd)
	err = cmd.Wait()
	took, text, code := time.Since(start), out.String(), cmd.ProcessState.ExitCode()
	switch {
	case fat.Load() > 0:
		t.Errorf("stopped after %.1f s: it uses %d MiB of memory", took.Seconds(), fat.Load()>>20)
	case ctx.Err() != nil:
		t.Errorf("not ready after %v", hostileTime)
	case code < 0:
		t.Errorf("ended by a signal: %v", err)
	case code > 3:
		t.Errorf("exit code %d", code)
	case c.exit != anyExit && code != c.exit:
		t.Errorf("exit code %d, want %d", code, c.exit)
	}
	if code >= 0 && peakMemory != nil && peakMemory(cmd.ProcessState) > hostileMemory {
		t.Errorf("used %d MiB of memory", peakMemory(cmd.ProcessState)>>20)
	}
	if out.total > hostileOutput {
		t.Errorf("printed %d KiB", out.total>>10)
	}
	c.checkOutput(t, text, code)
	c.checkFiles(t, s, code, before)
	if t.Failed() {
		t.Logf("%.1f s, exit %d:\n%s", took.Seconds(), code, shorten(text))
	}
}

// watchMemory ends the process when it grows too large; it tells how large, or 0.
func watchMemory(cmd *exec.Cmd) *atomic.Int64 {
	fat := &atomic.Int64{}
	if presentMemory == nil {
		return fat
	}
	go func() {
		for {
			time.Sleep(10 * time.Millisecond)
			switch n := presentMemory(cmd.Process.Pid); {
			case n == 0: // it has ended
				return
			case n > hostileMemory:
				fat.Store(n)
				cmd.Process.Kill()
				return
			}
		}
	}()
	return fat
}

func (c hostile) checkOutput(t *testing.T, text string, code int) {
	if m := trace.FindString(text); m != "" {
		t.Errorf("the output holds %q: a crash", m)
	} else if m := leaks.FindString(text); m != "" {
		t.Errorf("the output holds %q: an error of Go's library", m)
	}
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}); i >= 0 {
		t.Errorf("the output holds a control character %q", []rune(text[i:])[0])
	}
	if code == exitContent && !ruled.MatchString(text) {
		t.Error("no code of a rule in the output")
	}
	if code == exitEnvironment && !strings.Contains(text, "biandan: ") {
		t.Error("no sentence in the output")
	}
	if c.code != "" && code >= 0 && !strings.Contains(text, "["+c.code+"]") {
		t.Errorf("no finding of %s", c.code)
	}
}

func (c hostile) checkFiles(t *testing.T, s *evil, code int, before map[string]string) {
	after := tree(t, s.root)
	for _, files := range []map[string]string{before, after} {
		for p := range files {
			if strings.HasPrefix(p, "site/public") && code == 0 {
				delete(files, p)
			}
		}
	}
	differ(t, "files that no build may touch", after, before)
	for p, text := range tree(t, s.path("public")) {
		if strings.Contains(text, secret) {
			t.Errorf("public/%s holds what stands outside the site", p)
		}
	}
}

func shorten(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if r := []rune(line); len(r) > 300 {
			line = string(r[:300]) + "…\n"
		}
		if lines = append(lines, line); len(lines) == 12 {
			break
		}
	}
	return strings.Join(lines, "")
}

// body is a case of a page with that text.
func body(name string, exit int, code string, text func() string) hostile {
	return hostile{name: "markdown/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) { s.page(t, "evil.md", text()) }}
}

// rows is a case of a ledger with that text.
func rows(name string, exit int, code string, text func() string) hostile {
	return hostile{name: "toml/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) {
		s.write(t, "content/branches/evil.toml", text())
	}}
}

// at is a case of a file with that content.
func at(name, file string, exit int, code string, text func() string) hostile {
	return hostile{name: name, exit: exit, code: code, do: func(t *testing.T, s *evil) { s.write(t, file, text()) }}
}

// setting is a case of lines in site.toml.
func setting(name string, exit int, code, text string) hostile {
	return hostile{name: "site/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) { s.add(t, text) }}
}

// layout is a case of a theme of the site's own with one file.
func layout(name string, exit int, code, file, text string) hostile {
	return hostile{name: "theme/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) {
		s.write(t, "themes/hongbiandan/"+file, text)
	}}
}

func text(s string) func() string { return func() string { return s } }

const (
	mb   = 1 << 20
	full = source.MaxMarkdownSize - 4<<10 // about as long as a page may be
)

var hostileCases = slices.Concat(tomlCases(), headCases(), nameCases(), linkCases(), encodingCases(), markdownCases(),
	shortcodeCases(), fileCases(), imageCases(), siteCases(), themeCases(), outputCases(), ledgerCases())

func tomlCases() []hostile {
	row := "[[branch]]\nid = \"x\"\nlevel = \"社区党委\"\n"
	return []hostile{
		rows("curly quotes", 1, "E0201", text(row+"name = “西街”\n")),
		rows("full-width equals", 1, "E0201", text(row+"name＝\"西街\"\n")),
		rows("full-width brackets", 1, "E0201", text("【【branch】】\nid = \"x\"\n")),
		rows("full-width space", 1, "E0201", text(row+"name =　\"西街\"\n")),
		rows("colon", 1, "E0201", text(row+"name: \"西街\"\n")),
		rows("no quotes", 1, "E0201", text(row+"name = 西街\n")),
		rows("quotes within quotes", 1, "E0201", text(row+"name = \"西\"街\"党委\"\n")),
		rows("unclosed string", 1, "E0201", text(row+"name = \"西街\n")),
		rows("unclosed multi-line string", 1, "E0201", text(row+"name = \"\"\"西街\n")),
		rows("unclosed array", 1, "E0201", text(row+"roles = [\"a\", \"b\"\n")),
		rows("unclosed inline table", 1, "E0201", text(row+"roles = [{ post = \"a\"\n")),
		rows("unclosed header", 1, "E0201", text("[[branch]\nid = 1\n")),
		rows("empty key", 1, "E0203", text(row+"\"\" = 1\nname = \"西街\"\n")),
		rows("bad escape", 1, "E0201", text(row+"name = \"C:\\桌面\"\n")),
		rows("escaped surrogate", 1, "E0201", text(row+"name = \"\\uD800\"\n")),
		rows("escaped control characters in a value", anyExit, "", text(row+"name = \"\\u001b[2J\\u0007\\u0000\"\n")),
		rows("escaped control characters in a key", 1, "E0203", text(row+"\"\\u001b[2J\\u202e\" = 1\n")),
		rows("escaped control characters in an option", 1, "E0206", text("[[branch]]\nid = \"x\"\nname = \"a\"\nlevel = \"\\u001b[31m\\nsite.toml:1:1\"\n")),
		rows("key twice", 1, "E0202", text(row+"name = \"a\"\nname = \"b\"\n")),
		rows("table twice", 1, "E0202", text("[branch]\nid = \"a\"\n[branch]\nid = \"b\"\n")),
		rows("table and rows", 1, "E0202", text("[branch]\nid = \"a\"\n[[branch]]\nid = \"b\"\n")),
		rows("array extended", 1, "E0202", text("branch = []\n[[branch]]\nid = \"a\"\n")),
		rows("inline table extended", 1, "E0202", text("branch = { a = 1 }\nbranch.b = 2\n")),
		rows("day that is none", 1, "E0208", text(row+"name = \"a\"\nfounded = 2026-02-30\n")),
		rows("month 13", 1, "", text(row+"name = \"a\"\nfounded = 2026-13-01\n")),
		rows("year 0", 1, "E0208", text(row+"name = \"a\"\nfounded = 0000-01-01\n")),
		rows("moment with a far offset", anyExit, "", text(row+"name = \"a\"\nfounded = 2026-01-01T25:61:61+99:99\n")),
		rows("huge integer", 1, "E0207", text(row+"name = \"a\"\nmembers = 99999999999999999999999999\n")),
		rows("integer beyond 32 bits", 1, "E0207", text(row+"name = \"a\"\nmembers = 4294967297\n")),
		rows("million digits", 1, "E0207", func() string { return row + "name = \"a\"\nmembers = " + big("9", mb) + "\n" }),
		rows("negative", 1, "E0207", text(row+"name = \"a\"\nmembers = -1\n")),
		rows("nan", 1, "E0204", text(row+"name = \"a\"\nmembers = nan\n")),
		at("toml/infinite score", "content/stars/evil.toml", 1, "E0207", text("[[indicator]]\nno = 1\ndimension = \"a\"\nname = \"a\"\napplies = [\"社区\"]\nfull = inf\n")),
		rows("NUL", 1, "E0107", text(row+"name = \"a\x00b\"\n")),
		rows("control character", 1, "E0113", text(row+"name = \"a\x01\x1b[2Jb\"\n")),
		rows("lone carriage return", 0, "", text(strings.ReplaceAll(row, "\n", "\r")+"name = \"a\"\r")),
		rows("mixed array", 1, "", text(row+"name = \"a\"\nroles = [1, \"a\", { post = \"b\" }]\n")),
		rows("wrong types everywhere", 1, "E0204", text("[[branch]]\nid = 1\nname = []\nlevel = {}\nparent = 2026-01-01\nroles = \"a\"\nmembers = true\nfounded = 08:30:00\nscope = 1.5\ndraft = \"true\"\n")),
		rows("deep arrays", 1, "E0201", func() string { return "branch = " + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) }),
		rows("arrays just within the limit", 1, "E0204", func() string { return "branch = " + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) }),
		rows("deep inline tables", 1, "E0201", func() string { return "branch = " + strings.Repeat("{a=", 20000) + "1" + strings.Repeat("}", 20000) }),
		rows("deep dotted key", 1, "", func() string { return "branch" + strings.Repeat(".a", 10000) + " = 1\n" }),
		rows("deep dotted key in inline tables", 1, "", func() string { return "branch = { a" + strings.Repeat(".a", 200000/shrink) + " = 1 }\n" }),
		rows("deep header", 1, "", func() string { return "[branch" + strings.Repeat(".a", 10000) + "]\n" }),
		rows("many deep headers", 1, "", func() string {
			return many(190, func(i int) string { return "[branch" + strings.Repeat(".a", 10000) + fmt.Sprintf(".b%d]\n", i) })
		}),
		rows("100,000 unknown keys", 1, "E0203", func() string { return row + many(100000, func(i int) string { return fmt.Sprintf("k%d = 1\n", i) }) }),
		rows("100,000 keys in site.toml's rules", 1, "", func() string { return many(100000, func(i int) string { return fmt.Sprintf("[a%d]\n", i) }) }),
		rows("50,000 rows", anyExit, "", func() string {
			return many(50000, func(i int) string { return fmt.Sprintf("[[unit]]\nid = \"u%d\"\nname = \"a\"\nkind = \"机关\"\n", i) })
		}),
		rows("50,000 rows with one id", 1, "E0301", func() string {
			return many(50000, func(int) string { return "[[unit]]\nid = \"u\"\nname = \"a\"\nkind = \"机关\"\n" })
		}),
		rows("50,000 rows with nothing", 1, "E0205", func() string { return many(100000, func(int) string { return "[[branch]]\n" }) }),
		rows("long key", 1, "E0203", func() string { return row + big("k", 3*mb) + " = 1\n" }),
		rows("long value that is no option", 1, "E0206", func() string { return "[[branch]]\nlevel = \"" + big("社", 3*mb) + "\"\n" }),
		rows("3 MB on one line, then many arrays", 1, "", func() string {
			return "x = { s = \"" + big("a", 2*mb) + "\", a = [" + big("[1],", 3*mb/2) + "] }\n"
		}),
		rows("many wrong values on one line", 1, "", func() string {
			return "branch = [" + big("{id=1},", 3*mb) + "]\n"
		}),
		at("toml/month of another shape", "content/months/x.md", 1, "E0209", text("+++\ntitle = \"a\"\nmonth = \"2026-1\"\nslogan = \"b\"\n+++\n")),
		at("toml/month in the year 1", "content/months/x.md", 1, "", text("+++\ntitle = \"a\"\nmonth = \"0001-01\"\nslogan = \"b\"\n+++\n")),
		at("toml/50,000 closures of one time", "content/stations/x.toml", 1, "E1211", func() string {
			return many(50000, func(int) string {
				return "[[closure]]\nlevel = \"小区\"\nfrom = 2026-10-01\nto = 2026-10-07\nreason = \"国庆\"\n"
			})
		}),
		at("toml/empty ledger", "content/branches/empty.toml", 0, "", text("")),
		at("toml/only comments", "content/branches/empty.toml", 0, "", text("# 没有\n\n\n")),
	}
}

func headCases() []hostile {
	page := func(name string, exit int, code string, f func() string) hostile {
		return at("head/"+name, "content/evil.md", exit, code, f)
	}
	return []hostile{
		page("empty file", 1, "E0210", text("")),
		page("none", 1, "E0210", text("# 标题\n\n正文\n")),
		page("YAML", 1, "E0210", text("---\ntitle: 标题\n---\n正文\n")),
		page("JSON", 1, "E0210", text("{\"title\": \"标题\"}\n正文\n")),
		page("only a fence", 1, "E0211", text("+++")),
		page("unclosed", 1, "E0211", text("+++\ntitle = \"标题\"\n正文\n")),
		page("closed on the same line", 1, "", text("+++ +++\n正文\n")),
		page("empty", 1, "E0205", text("+++\n+++\n")),
		page("spaces before the closing fence", 1, "E0211", func() string { return "+++\ntitle = \"标题\"\n" + big(" ", full) + "+++\n正文\n" }),
		page("spaces after the closing fence", 0, "", func() string { return "+++\ntitle = \"标题\"\n+++" + big(" ", full) + "\n正文\n" }),
		page("fence within a string", 1, "", text("+++\ntitle = \"\"\"\n+++\n\"\"\"\n+++\n正文\n")),
		page("a blank line first", 1, "E0210", text("\n+++\ntitle = \"标题\"\n+++\n")),
		page("many fences", anyExit, "", func() string { return "+++\ntitle = \"标题\"\n" + big("+++\n", full) }),
		page("long title", anyExit, "", func() string { return "+++\ntitle = \"" + big("标题", full) + "\"\n+++\n" }),
		page("title of markup", 0, "", text("+++\ntitle = '</title><script>alert(1)</script>'\n+++\n")),
		page("many tags", 0, "", func() string {
			return "+++\ntitle = \"标题\"\ntags = [" + big("\"a\",", full) + "]\n+++\n"
		}),
		page("date that is a text", 1, "E0204", text("+++\ntitle = \"标题\"\ndate = \"2026-11-23\"\n+++\n")),
		page("year 9999", anyExit, "", text("+++\ntitle = \"标题\"\ndate = 9999-12-31\nexpiry_date = 0001-01-01\n+++\n")),
	}
}

func nameCases() []hostile {
	id := func(name, id string) hostile {
		return rows("id "+name, 1, "", func() string {
			return fmt.Sprintf("[[branch]]\nid = %q\nname = \"a\"\nlevel = \"社区党委\"\n", id)
		})
	}
	slug := func(name, slug string) hostile {
		return at("name/slug "+name, "content/evil.md", 1, "", func() string {
			return fmt.Sprintf("+++\ntitle = \"a\"\nslug = '%s'\n+++\n", slug)
		})
	}
	cleaned := func(name, text string) hostile { // of what nobody sees
		h := slug(name, text)
		h.exit = 0
		return h
	}
	file := func(name, p string, exit int) hostile {
		return at("name/file "+name, "content/"+p, exit, "", text(head))
	}
	return []hostile{
		id("up", "../../x"), id("absolute", "/etc/passwd"), id("backslash", "..\\\\x"), id("CON", "CON"), id("con", "con"),
		id("reserved with an ending", "nul.txt"), id("trailing dot", "a."), id("dots", ".."), id("empty", ""), id("blank", " "),
		id("300 characters", strings.Repeat("a", 300)), id("emoji", "😀"), id("drive", "c:x"),
		slug("up", "../../x"), slug("absolute", "/x"), slug("nested", "a/b"), cleaned("right to left", "a\u202eb"), cleaned("zero width", "a\u200bb"),
		slug("device", "aux"), slug("300 characters", strings.Repeat("a", 300)), slug("query", "a?b#c"),
		file("device", "con.md", 1), file("device with an ending", "news/NUL.txt.md", 1), file("superscript device", "com¹.md", 1),
		file("trailing dot", "x..md", 1), file("trailing space", "x .md", 1), file("only an ending", "news/.md", anyExit),
		file("percent", "a%2e%2e%2fb.md", 1), file("colon", "a:b.md", 1), file("question mark", "a?b.md", 1), file("right to left", "a\u202eb.md", 1),
		file("zero width", "a\u200bb.md", 1), file("emoji", "😀.md", 0), file("long", strings.Repeat("长", 80)+".md", 1),
		file("deep", strings.Repeat("d/", 90)+"x.md", anyExit), file("index.html", "index.html.md", 1), file("robots.txt", "robots.txt.md", 1),
		file("ending in capitals", "news/B.MD", 0),
		{name: "name/file in the place of a list", exit: 1, code: "E0501", do: func(t *testing.T, s *evil) {
			s.page(t, "branches.md", "正文")
		}},
		{name: "name/two pages with one address", exit: 1, code: "E0501", do: func(t *testing.T, s *evil) {
			s.page(t, "b.md", "正文")
			s.write(t, "content/c.md", "+++\ntitle = \"a\"\nslug = \"b\"\n+++\n")
		}},
		{name: "name/two pages that differ in case", exit: 1, code: "E0501", do: func(t *testing.T, s *evil) {
			s.page(t, "Abc.md", "正文")
			s.page(t, "aBC.md", "正文")
		}},
		{name: "name/attachment in the place of a folder", exit: 1, code: "E0501", do: func(t *testing.T, s *evil) {
			s.write(t, "content/files/doc", "附件")
			s.page(t, "files/doc.md", "正文")
			s.page(t, "b.md", "[附件](files/doc)")
		}},
	}
}

func linkCases() []hostile {
	link := func(name, code, dest string) hostile {
		return body("link "+name, 1, code, text("[文字]("+dest+")\n"))
	}
	return []hostile{
		link("out of the site", "E0402", "../../outside/secret.md"),
		link("out of the site, absolute", "E0402", "/../../outside/secret.md"),
		link("out of the site, encoded", "E0402", "%2e%2e/%2e%2e/outside/secret.md"),
		link("to site.toml", "E0402", "../site.toml"),
		link("to a ledger", "E0402", "branches/a.toml"),
		link("to a hidden file", "E0402", ".git/config"),
		link("with a broken escape", "E0402", "about%zz.md"),
		link("with half an escape", "E0402", "about%e4%b8.md"),
		link("with NUL", "E0402", "about%00.md"),
		link("with a backslash", "E0402", "..\\\\about.md"),
		link("javascript", "E0403", "javascript:alert(1)"),
		link("JavaScript", "E0403", "<JaVaScRiPt:alert(1)>"),
		link("javascript with a tab", "", "<java\tscript:alert(1)>"),
		link("javascript as entity", "", "javascript&colon;alert(1)"),
		link("javascript as number", "", "java&#115;cript&#58;alert(1)"),
		link("file", "E0403", "file:///etc/passwd"),
		link("data", "E0403", "data:text/html,x"),
		link("vbscript", "E0403", "vbscript:x"),
		link("drive", "E0403", "C:/Users/x.docx"),
		link("anchor that is none", "E0408", "#没有"),
		link("page of the site that is none", "E0402", "/nothing/"),
		body("autolink javascript", 1, "E0403", text("<javascript:alert(1)>\n")),
		body("autolink file", 1, "E0403", text("<file:///etc/passwd>\n")),
		body("autolink of another program", 1, "E0403", text("<ms-word:ofe|u|https://example.org/x.doc>\n")),
		body("reference javascript", 1, "E0403", text("[文字][a]\n\n[a]: javascript:alert(1)\n")),
		body("image out of the site", 1, "E0402", text("![图](../../outside/secret.md)\n")),
		body("image data", 1, "E0403", text("![图](data:image/svg+xml,x)\n")),
		body("heading with attributes", anyExit, "", text("# 标题 {onclick=\"alert(1)\" style=\"position:fixed\" id=\"x\"}\n")),
		body("many dead links", 1, "E0402", func() string { return big("[文](nothing/abc.md)\n\n", full) }),
		body("many links on one line", 0, "", func() string { return big("[文](about.md) ", full) }),
		body("many external links on one line", 0, "", func() string { return big("[文](https://a.cn) ", full) }),
		body("many tags on one line", 1, "E0401", func() string { return "文" + big("<b>", full) }),
		body("many javascript links on one line", 1, "E0403", func() string { return big("[文](x:y) ", full) }),
	}
}

func encodingCases() []hostile {
	page := func(name string, exit int, code, s string) hostile {
		return at("encoding/"+name, "content/evil.md", exit, code, text(s))
	}
	wide := func(order binary.AppendByteOrder, mark bool) string {
		var b []byte
		if mark {
			b = order.AppendUint16(b, 0xFEFF)
		}
		for _, u := range utf16.Encode([]rune(head + "正文")) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	return []hostile{
		page("GBK", 1, "E0106", "+++\ntitle = \"\xb9\xab\xca\xbe\"\n+++\n\xd5\xfd\xce\xc4\n"),
		page("UTF-16 little endian", 1, "E0106", wide(binary.LittleEndian, true)),
		page("UTF-16 big endian", 1, "E0106", wide(binary.BigEndian, true)),
		page("UTF-16 without mark", 1, "", wide(binary.LittleEndian, false)),
		page("UTF-32", 1, "E0106", "\xff\xfe\x00\x00+\x00\x00\x00"),
		page("latin1", 1, "E0106", head+"caf\xe9\n"),
		page("truncated", 1, "E0106", head+"正文\xe4\xb8"),
		page("lone surrogate", 1, "E0106", head+"\xed\xa0\x80\n"),
		page("overlong", 1, "E0106", head+"\xc0\xaf\n"),
		page("beyond Unicode", 1, "E0106", head+"\xf5\x80\x80\x80\n"),
		page("mark at the front", 0, "", "\ufeff"+head+"正文\n"),
		page("mark in the middle", anyExit, "", head+"正\ufeff文\n"),
		page("two marks", 0, "", "\ufeff\ufeff"+head),
		page("lone carriage returns", 0, "", strings.ReplaceAll(head+"正文\n", "\n", "\r")),
		page("control characters", anyExit, "", head+"正\x01\x02\x1b[2J\x7f文\n"),
		page("replacement character", anyExit, "", head+"\ufffd\n"),
		at("encoding/site.toml GBK", "site.toml", 1, "E0106", text("title = \"\xb9\xab\xca\xbe\"\n")),
		at("encoding/ledger latin1", "content/branches/x.toml", 1, "E0106", text("[[branch]]\nname = \"\xe9\"\n")),
		at("encoding/layout GBK", "themes/hongbiandan/layouts/home.html", anyExit, "", text("{{define \"main\"}}\xb9\xab{{end}}")),
	}
}

// markdownCases hold what makes Markdown parsers slow or large.
func markdownCases() []hostile {
	var list []hostile
	for _, s := range []string{"[", "*", "_", "`", ">", "- ", "![", "<", "&#", "{{", "|", "\n"} {
		list = append(list, body(fmt.Sprintf("3 MB of %q", s), 1, "E0105", text(strings.Repeat(s, 3*mb/len(s)))))
	}
	for _, s := range []string{"[", "*", "_", "`", ">", "- ", "![", "<", "&#", "{{", "|", "\n", "+ ", "1. ", "[\n", "**a ", "*a **a ", "*a\n", "_a ", "~a ", "` a ``", "> \n", "* a\n", "![](", "![[]()",
		"[a](", "[a](\n", "[ (](", "<a ", "<!--", "<?", "<![CDATA[", "<!A ", "</", "&#x", "&a", "{{ ", "{{ a ", "{", "}}", "\\", "|-", ":-", "a\n:   b\n", "\t", "# ", "#", "=", "a\n=\n", "~~~\n",
		"\n~~~ ", "    a\n\n", "[^", "[^1]", "^", "www.a.", "http://a", "a@b.c ", "\"", "'", "&nbsp;", "!", "[]", "[a]: b\n", "]", "](", "**", "***a", "a*", "a_", "a** b ", "*a_ ", "a__b ", "[](a ",
		"[a][", "[a]\n", "<b>", "<b\n", "- [ ] a\n", "- a\n\n", "1) a\n- b\n", "[^1]: a\n\n", "[^1]:\n", "\u00a0", "：", "“**", "**。"} {
		list = append(list, body(fmt.Sprintf("much %q", s), anyExit, "", func() string { return big(s, full) }))
	}
	return append(list,
		at("markdown/10 MB line", "content/evil.md", 1, "E0105", func() string { return head + strings.Repeat("文", 10*mb/3) }),
		at("markdown/10 MB of line feeds", "content/evil.md", 1, "E0105", func() string { return head + strings.Repeat("\n", 10*mb) }),
		body("one long line", 0, "", func() string { return big("文", full) }),
		body("line feeds up to the limit", 0, "", func() string { return big("\n", full) }),
		body("closers without openers", 0, "", func() string { return big("a_ ", full) }),
		body("openers, then closers", 0, "", func() string { return big("*a ", full/2) + big("a* ", full/2) }),
		body("openers on lines, then closers", anyExit, "", func() string { return big("*a\n", full/2) + big("a*\n", full/2) }),
		body("brackets on lines, then closers", anyExit, "", func() string { return big("[\n", full/2) + big("]\n", full/2) }),
		body("brackets on lines with links", anyExit, "", func() string { return big("[\n", full/2) + big("](a)\n", full/2) }),
		body("code spans of growing length", 0, "", func() string {
			return many(440, func(i int) string { return "e" + strings.Repeat("`", i) })
		}),
		body("quotes of growing depth", anyExit, "", func() string {
			return many(650, func(i int) string { return strings.Repeat(">", i) + " a\n" })
		}),
		body("10,000 quotes", 1, "E0407", text(strings.Repeat(">", 10000)+" a\n")),
		body("10,000 quotes with spaces", 1, "E0407", text(strings.Repeat("> ", 10000)+" a\n")),
		body("10,000 bullets on one line", 1, "E0407", text(strings.Repeat("+ ", 10000)+"a\n")),
		body("10,000 numbers on one line", anyExit, "", text(strings.Repeat("1. ", 10000)+"a\n")),
		body("10,000 quotes and bullets", 1, "E0407", text(strings.Repeat("> + ", 10000)+"a\n")),
		body("list of growing depth", 1, "E0407", func() string {
			return many(330, func(i int) string { return strings.Repeat("  ", i) + "- a\n" })
		}),
		body("list with tabs of growing depth", 1, "E0407", func() string {
			return many(450, func(i int) string { return strings.Repeat("\t", i) + "- a\n" })
		}),
		body("definitions of growing depth", anyExit, "", func() string {
			return "a\n" + many(450, func(i int) string { return strings.Repeat(":   ", i) + "a\n" })
		}),
		body("notices in notices", anyExit, "", func() string { return big("{{ notice }}\n\n", full) }),
		body("notices in notices, closed", anyExit, "", func() string { return strings.Repeat("{{ notice }}\n", 5000) + strings.Repeat("{{ /notice }}\n", 5000) }),
		body("table of 5,000 columns", anyExit, "", func() string {
			n := 5000 / shrink
			return strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat(strings.Repeat("|b", n)+"|\n", 20)
		}),
		body("table of 5,000 columns with short rows", anyExit, "", func() string {
			n := 5000 / shrink
			return strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("a\n", 100000/shrink)
		}),
		body("table of many rows", anyExit, "", func() string { return "|a|b|\n|-|-|\n" + big("|a|b|\n", full) }),
		body("table with long heads", anyExit, "", func() string { return "|" + big("长", full/2) + "|\n|-|\n" + strings.Repeat("|a|\n", 10000/shrink) }),
		body("many link reference definitions", anyExit, "", func() string {
			return many(4000, func(i int) string { return fmt.Sprintf("[a%d]: https://a.cn\n", i) }) + many(4000, func(i int) string { return fmt.Sprintf("[a%d]\n", i) })
		}),
		body("one definition with a long address, used often", anyExit, "", func() string {
			return "[a]: https://a.cn/" + big("x", full/2) + "\n\n" + big("[a] ", full/2)
		}),
		body("many footnotes", anyExit, "", func() string {
			return many(7000, func(i int) string { return fmt.Sprintf("a[^%d]\n", i) }) + "\n" + many(7000, func(i int) string { return fmt.Sprintf("[^%d]: a\n\n", i) })
		}),
		body("one footnote, used often", anyExit, "", func() string { return big("a[^1] ", full) + "\n\n[^1]: 注\n" }),
		body("footnotes that refer to each other", anyExit, "", text("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n")),
		body("headings with one text", anyExit, "", func() string { return big("# 同\n\n", full) }),
		body("headings with one given id", anyExit, "", func() string { return big("# 同 {#a}\n\n", full) }),
		body("long heading", anyExit, "", func() string { return "# " + big("长", full) + "\n" }),
		body("raw HTML block", 1, "E0401", text("<script>alert(1)</script>\n")),
		body("comment with text behind it", 1, "E0401", text("<!-- 注 --> 正文不能丢 <!-- 注 -->\n")),
		body("comment that never ends", 1, "E0401", func() string { return "<!-- " + big("文", full) }),
		body("many paragraphs of comments", 0, "", func() string { return big("<!-- a -->\n\n", full) }),
		body("wide fence", anyExit, "", func() string { return big("`", full) + "\na\n" }),
		body("long info string", anyExit, "", func() string { return "``` " + big("a", full) + "\na\n```\n" }),
	)
}

func shortcodeCases() []hostile {
	return []hostile{
		body("shortcode unknown", 1, "E0404", text("{{ script src=\"x\" }}\n")),
		body("shortcode with a template", 1, "", text("{{ .Site.Secret }} {{template \"main\" .}}\n")),
		body("shortcode without end", 1, "E0406", text("{{ notice }}\n正文\n")),
		body("shortcode without beginning", 1, "E0406", text("{{ /notice }}\n")),
		body("shortcode with half a quote", anyExit, "", text("{{ phone \"0357 }}\n\n{{ notice title=\" }}\n")),
		body("shortcode with many arguments", 1, "E0405", func() string { return "{{ notice " + big("a=\"b\" ", full) + "}}\n{{ /notice }}\n" }),
		body("shortcode with a long argument", 0, "", func() string { return "{{ notice title=\"" + big("长", full) + "\" }}\n{{ /notice }}\n" }),
		body("shortcode with markup as title", 0, "", text("{{ notice title=\"<script>alert(1)</script>\" }}\n{{ /notice }}\n")),
		body("shortcode with markup as number", 1, "E0405", text("电话 {{ phone \"<b>\" }}\n")),
		body("shortcode of internal columns", 1, "E0409", text("{{ table ledger=\"branches\" columns=\"scope,draft\" }}\n")),
		body("shortcode of a ledger that is none", 1, "E0409", text("{{ table ledger=\"passwd\" }}\n")),
		body("shortcode with a huge limit", 1, "E0405", text("{{ table ledger=\"branches\" limit=99999999999999999999 }}\n")),
		body("shortcode with many columns", 0, "", func() string {
			return "{{ table ledger=\"branches\" columns=\"name" + big(",name", full/2) + "\" }}\n"
		}),
		body("shortcode within a sentence", 1, "E0406", text("正文 {{ notice }} 正文\n")),
		body("shortcode within code", 0, "", text("`{{ notice }}`\n\n```\n{{ notice }}\n```\n")),
		body("shortcode within a link", anyExit, "", text("[{{ phone \"0357-0000000\" }}]({{ phone \"0357-0000000\" }})\n")),
		body("shortcode within a table", anyExit, "", text("|a|\n|-|\n|{{ table ledger=\"branches\" }}|\n")),
		body("many tables of a ledger", anyExit, "", func() string { return big("{{ table ledger=\"branches\" }}\n\n", full) }),
		{name: "markdown/shortcode tables of a large ledger", exit: anyExit, do: func(t *testing.T, s *evil) {
			s.write(t, "content/branches/u.toml", many(10000, func(i int) string {
				return fmt.Sprintf("[[unit]]\nid = \"u%d\"\nname = \"a\"\nkind = \"机关\"\n", i)
			}))
			s.page(t, "evil.md", strings.Repeat("{{ table ledger=\"branches\" kind=\"unit\" }}\n\n", 50))
		}},
	}
}

func fileCases() []hostile {
	symlink := func(name, to, at string, exit int, code string) hostile {
		return hostile{name: "file/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) {
			must(t, os.MkdirAll(filepath.Dir(s.path(at)), 0o755))
			os.Remove(s.path(at))
			if err := os.Symlink(to, s.path(at)); err != nil {
				t.Skip(err) // Windows without developer mode
			}
		}}
	}
	unreadable := func(name, p string) hostile {
		return hostile{name: "file/" + name, exit: exitContent, code: "E0102", do: func(t *testing.T, s *evil) {
			must(t, os.Chmod(s.path(p), 0))
			t.Cleanup(func() { os.Chmod(s.path(p), 0o755) })
			if _, err := os.ReadDir(s.path(p)); err == nil {
				t.Skip("root may read everything")
			}
			if _, err := os.ReadFile(s.path(p)); err == nil {
				t.Skip("root may read everything")
			}
		}}
	}
	return []hostile{
		symlink("symlink out of the site", "../../outside/secret.md", "content/evil.md", 1, "E0104"),
		symlink("symlink out of the site, absolute", "/etc/hostname", "content/evil.md", 1, "E0104"),
		symlink("symlink to itself", "evil.md", "content/evil.md", 1, "E0104"),
		symlink("symlink to nothing", "nothing.md", "content/evil.md", 1, "E0104"),
		symlink("symlink to a folder", "news", "content/again", 1, "E0104"),
		symlink("symlink to the folder above", "..", "content/up", 1, "E0104"),
		symlink("symlink to a page", "about.md", "content/again.md", 0, ""),
		symlink("site.toml out of the site", "../outside/secret.toml", "site.toml", 1, "E0104"),
		symlink("themes out of the site", "../outside", "themes", 1, ""),
		symlink("theme out of the site", "../../outside", "themes/hongbiandan", 1, "E0104"),
		{name: "file/content out of the site", exit: 1, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.path("content")))
			if err := os.Symlink("../outside", s.path("content")); err != nil {
				t.Skip(err)
			}
		}},
		{name: "file/no content", exit: 1, do: func(t *testing.T, s *evil) { must(t, os.RemoveAll(s.path("content"))) }},
		{name: "file/content is a file", exit: 1, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.path("content")))
			s.write(t, "content", "正文")
		}},
		{name: "file/themes is a file", exit: anyExit, do: func(t *testing.T, s *evil) { s.write(t, "themes", "正文") }},
		{name: "file/folder named x.md", exit: anyExit, do: func(t *testing.T, s *evil) { s.page(t, "x.md/y.md", "正文") }},
		{name: "file/site.toml is a folder", exit: 1, code: "E0103", do: func(t *testing.T, s *evil) {
			must(t, os.Remove(s.path("site.toml")))
			must(t, os.Mkdir(s.path("site.toml"), 0o755))
		}},
		{name: "file/no site.toml", exit: 1, code: "E0101", do: func(t *testing.T, s *evil) { must(t, os.Remove(s.path("site.toml"))) }},
		{name: "file/no such site", exit: 3, args: []string{"build", "-s", "nothing"}, do: func(*testing.T, *evil) {}},
		{name: "file/site is a file", exit: 3, args: []string{"build", "-s", "site.toml"}, do: func(*testing.T, *evil) {}},
		unreadable("unreadable page", "content/about.md"),
		unreadable("unreadable folder", "content/news"),
		at("file/empty site.toml", "site.toml", 1, "E0205", text("")),
		at("file/ledger in the wrong place", "content/x.toml", 1, "E0304", text("a = 1\n")),
		at("file/ledger of no kind", "content/nothing/x.toml", 1, "E0304", text("a = 1\n")),
		{name: "file/3,000 empty pages", exit: 1, code: "E0210", do: func(t *testing.T, s *evil) {
			for i := range 3000 / shrink {
				s.write(t, fmt.Sprintf("content/news/e%d.md", i), "")
			}
		}},
	}
}

// claims returns a PNG whose header claims a size that its data does not have.
func claims(w, h uint32) string {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		body := append([]byte(name), data...)
		b = append(b, body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	}
	chunk("IHDR", append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h), 8, 6, 0, 0, 0))
	chunk("IDAT", []byte("x\x9c\x03\x00\x00\x00\x00\x01"))
	chunk("IEND", nil)
	return string(b)
}

func pngOf(img image.Image) string {
	var b bytes.Buffer
	(&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img)
	return b.String()
}

func jpegOf(img image.Image) string {
	var b bytes.Buffer
	jpeg.Encode(&b, img, nil)
	return b.String()
}

func imageCases() []hostile {
	picture := func(name, file string, exit int, code string, data func() string) hostile {
		return hostile{name: "image/" + name, exit: exit, code: code, do: func(t *testing.T, s *evil) {
			s.write(t, "content/"+file, data())
			s.page(t, "evil.md", "![图]("+file+")\n\n[下载]("+file+")\n")
		}}
	}
	drawing := func(name, svg string) hostile { return picture("drawing "+name, "a.svg", 1, "E0504", text(svg)) }
	small := image.NewGray(image.Rect(0, 0, 200, 200))
	return []hostile{
		picture("text", "a.png", 1, "E0504", text("正文")),
		picture("empty", "a.jpg", 1, "E0504", text("")),
		picture("truncated PNG", "a.png", 1, "E0504", func() string { s := pngOf(small); return s[:len(s)/2] }),
		picture("truncated JPEG", "a.jpg", 1, "E0504", func() string { s := jpegOf(small); return s[:len(s)/2] }),
		picture("truncated GIF", "a.gif", 1, "E0504", text("GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff")),
		picture("broken checksum", "a.png", 1, "E0504", func() string { s := []byte(pngOf(small)); s[len(s)-20] ^= 1; return string(s) }),
		picture("claims 60000x60000", "a.png", 1, "E0505", text(claims(60000, 60000))),
		picture("claims 2147483647x2147483647", "a.png", 1, "", text(claims(1<<31-1, 1<<31-1))),
		picture("claims 8000x8000", "a.png", 1, "", text(claims(8000, 8000))),
		picture("claims no width", "a.png", 1, "", text(claims(0, 10))),
		picture("one pixel wide", "a.png", anyExit, "", func() string { return pngOf(image.NewGray(image.Rect(0, 0, 1, 60000))) }),
		picture("24 million pixels of 16 bits", "a.png", anyExit, "", func() string {
			return pngOf(image.NewGray16(image.Rect(0, 0, 6000/shrink, 4000)))
		}),
		picture("24 million pixels of 64 bits", "a.png", anyExit, "", func() string {
			return pngOf(image.NewNRGBA64(image.Rect(0, 0, 1600/shrink, 15000)))
		}),
		picture("24 million pixels upside down", "a.jpg", anyExit, "", func() string {
			s := jpegOf(image.NewYCbCr(image.Rect(0, 0, 6000/shrink, 4000), image.YCbCrSubsampleRatio444))
			exif := "\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
			return s[:2] + exif + s[2:]
		}),
		{name: "image/many large", exit: anyExit, do: func(t *testing.T, s *evil) {
			data, links := pngOf(image.NewGray(image.Rect(0, 0, 4000/shrink, 3000))), ""
			for i := range 4 {
				s.write(t, fmt.Sprintf("content/p%d.png", i), data)
				links += fmt.Sprintf("![图](p%d.png)\n\n", i)
			}
			s.page(t, "evil.md", links)
		}},
		picture("EXIF that leads nowhere", "a.jpg", anyExit, "", func() string {
			s := jpegOf(small)
			return s[:2] + "\xff\xe1\x00\x12Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff\x00\x00" + s[2:]
		}),
		picture("EXIF with many entries", "a.jpg", anyExit, "", func() string {
			s := jpegOf(small)
			return s[:2] + "\xff\xe1\x00\x12Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\xff\xff" + s[2:]
		}),
		picture("folder", "a.png/x.png", anyExit, "", text("正文")),
		drawing("with a script", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		drawing("with a handler", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		drawing("with a handler and a space", `<svg xmlns="http://www.w3.org/2000/svg" onload ="alert(1)"/>`),
		drawing("with another handler", `<svg xmlns="http://www.w3.org/2000/svg"><g onmouseover="alert(1)"/></svg>`),
		drawing("with an animation's handler", `<svg xmlns="http://www.w3.org/2000/svg"><set onbegin="alert(1)"/></svg>`),
		drawing("with an encoded address", `<svg xmlns="http://www.w3.org/2000/svg"><a href="java&#115;cript:alert(1)"><text>a</text></a></svg>`),
		drawing("with a prefixed script", `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>`),
		drawing("with entities", `<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>`),
		picture("drawing with an outer file", "a.svg", anyExit, "", text(`<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/track.png"/></svg>`)),
		picture("drawing in UTF-16", "a.svg", 1, "", text("\xff\xfe<\x00s\x00v\x00g\x00>\x00<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00<svg")),
		picture("drawing of 3 MB of depth", "a.svg", anyExit, "", func() string { return "<svg>" + big("<g>", 3*mb) }),
		picture("drawing of one long path", "a.svg", anyExit, "", func() string { return `<svg><path d="M0 0` + big("l1 1", 3*mb) + `"/></svg>` }),
		{name: "image/page of HTML as attachment", exit: anyExit, do: func(t *testing.T, s *evil) {
			s.write(t, "content/a.html", "<script>alert(1)</script>")
			s.page(t, "evil.md", "[下载](a.html)\n")
		}},
	}
}

func siteCases() []hostile {
	base := func(name string, exit int, url string) hostile {
		return hostile{name: "site/base_url " + name, exit: exit, do: func(t *testing.T, s *evil) {
			s.write(t, "site.toml", strings.Replace(siteTOML, "https://example.org/", url, 1))
		}}
	}
	theme := func(name string, exit int, code string, files map[string]string) hostile {
		return hostile{name: "site/theme " + name, exit: exit, code: code, do: func(t *testing.T, s *evil) {
			s.add(t, "theme = \"evil\"\n")
			for p, text := range files {
				s.write(t, p, text)
			}
		}}
	}
	return []hostile{
		base("without scheme", 1, "example.org"),
		base("of a script", 1, "javascript:alert(1)"),
		base("without host", 1, "https://"),
		base("with a broken escape", 1, "https://example.org/%zz/"),
		base("with a fragment", 1, "https://example.org/#a"),
		base("with a broken port", 1, "https://example.org:x/"),
		base("with a broken host", 1, "https://[::1/"),
		base("of 3,000 characters", anyExit, "https://example.org/"+strings.Repeat("a", 3000)+"/"),
		{name: "site/base_url of the command line", exit: 2, args: []string{"build", "-b", "没有 <这样的>\n地址"}, do: func(*testing.T, *evil) {}},
		{name: "site/day of the command line", exit: 2, args: []string{"build", "--at", " 026-01-02"}, do: func(*testing.T, *evil) {}},
		{name: "site/day that is none", exit: 2, args: []string{"build", "--at", "2026-02-30"}, do: func(*testing.T, *evil) {}},
		setting("page_size 0", 1, "E0207", "page_size = 0\n"),
		setting("page_size huge", 1, "E0207", "page_size = 2147483647\n"),
		setting("unknown key", 1, "E0203", "themes = \"a\"\n"),
		setting("rule that is none", 1, "E0701", "[rules]\nE9999 = \"off\"\n"),
		setting("rule that is fixed", 1, "E0702", "[rules]\nE0303 = \"off\"\n"),
		setting("100 rules that are none", 1, "E0701", "[rules]\n"+strings.Repeat("x", 1000)+" = \"off\"\n"),
		setting("menu of a script", 1, "", "[[menu]]\nname = \"a\"\nurl = \"javascript:alert(1)\"\n"),
		setting("menu to nothing", 1, "E0703", "[[menu]]\nname = \"a\"\nurl = \"/nothing/\"\n"),
		setting("menu that is no address", 1, "E0703", "[[menu]]\nname = \"a\"\nurl = \"\\u0000%zz\"\n"),
		{name: "site/5,000 menu items", exit: anyExit, do: func(t *testing.T, s *evil) {
			s.add(t, many(5000, func(int) string { return "[[menu]]\nname = \"a\"\nurl = \"/\"\n" }))
		}},
		setting("emblem out of the site", 1, "E0704", "emblem = \"../outside/secret.md\"\n"),
		setting("emblem absolute", 1, "E0704", "emblem = \"/etc/passwd\"\n"),
		setting("emblem that is a ledger", 1, "E0704", "emblem = \"content/branches/a.toml\"\n"),
		setting("emblem that is a folder", 1, "E0704", "emblem = \"content/news\"\n"),
		setting("theme out of the site", 1, "E0209", "theme = \"../outside\"\n"),
		setting("theme that is none", 1, "E0601", "theme = \"nothing\"\n"),
		theme("extends itself", 1, "E0601", map[string]string{"themes/evil/theme.toml": "name = \"evil\"\nextends = \"evil\"\n"}),
		theme("extends in a circle", 1, "E0601", map[string]string{
			"themes/evil/theme.toml": "name = \"evil\"\nextends = \"b\"\n", "themes/b/theme.toml": "name = \"b\"\nextends = \"evil\"\n"}),
		theme("extends out of the site", 1, "E0209", map[string]string{"themes/evil/theme.toml": "name = \"evil\"\nextends = \"../../outside\"\n"}),
		theme("extends nothing", 1, "E0601", map[string]string{"themes/evil/theme.toml": "name = \"evil\"\nextends = \"nothing\"\n"}),
		theme("without name", 1, "E0205", map[string]string{"themes/evil/theme.toml": "title = \"a\"\n"}),
		theme("with broken TOML", 1, "E0201", map[string]string{"themes/evil/theme.toml": "name = “evil”\n"}),
	}
}

func themeCases() []hostile {
	main := func(s string) string { return `{{define "main"}}` + s + `{{end}}` }
	return []hostile{
		layout("layout with an open action", 1, "E0602", "layouts/article.html", main("{{")),
		layout("layout without end", 1, "E0602", "layouts/article.html", `{{define "main"}}{{if .Date}}`),
		layout("layout of nothing", anyExit, "", "layouts/article.html", ""),
		layout("layout with an unknown field", 1, "E0602", "layouts/article.html", main("{{.Secret}}")),
		layout("layout with an unknown function", 1, "E0602", "layouts/article.html", main("{{env \"HOME\"}}")),
		layout("layout with an unknown template", 1, "E0602", "layouts/article.html", main("{{template \"x\" .}}")),
		layout("layout that calls itself", 1, "E0602", "layouts/article.html", main(`{{template "main" .}}`)),
		layout("layouts that call each other", 1, "E0602", "layouts/article.html", `{{define "main"}}{{template "a" .}}{{end}}{{define "a"}}<p>{{template "main" .}}{{end}}`),
		layout("layout with an endless range", 1, "E0602", "layouts/article.html", main(`{{range 9000000000000}}a{{end}}`)),
		layout("layout with an endless range of nothing", 1, "E0602", "layouts/article.html", main(`{{range $i := 9000000000000}}{{end}}`)),
		layout("layout with a huge sequence", 1, "E0602", "layouts/article.html", main(`{{range seq 9000000000}}{{end}}`)),
		layout("layout with a huge width", anyExit, "", "layouts/article.html", main(`{{printf "%999999999d" 1}}`)),
		layout("layout with a wrong index", 1, "E0602", "layouts/article.html", main(`{{index .Facts 99}}`)),
		layout("layout that fails with one page", 1, "", "layouts/article.html", main(`{{if eq .PageTitle "动态"}}{{index .Facts 99}}{{end}}`)),
		layout("layout that calls itself with one page", 1, "", "layouts/article.html", main(`{{if eq .PageTitle "动态"}}{{template "main" .}}{{end}}`)),
		layout("layout with a negative sequence", anyExit, "", "layouts/article.html", main(`{{range seq -1}}{{end}}{{first -1 .Facts}}{{first 1 3}}`)),
		layout("layout with first of nothing", anyExit, "", "layouts/article.html", main(`{{first 1 nil}}`)),
		layout("layout with a text in a script", anyExit, "", "layouts/article.html", main(`<script>var a = {{.PageTitle}}; var b = "`+"`${{{.PageTitle}}}`"+`"</script>`)),
		layout("layout with branches of two contexts", 1, "E0602", "layouts/article.html", main(`{{if .Date}}<a href="{{else}}<b>{{end}}`)),
		layout("layout with an open tag", anyExit, "", "layouts/article.html", main(`<a href="`)),
		layout("layout that defines base.html", anyExit, "", "layouts/article.html", `{{define "base.html"}}{{template "base.html" .}}{{end}}{{define "main"}}{{end}}`),
		layout("partial that calls itself", 1, "E0602", "layouts/partials/crumbs.html", `{{template "partials/crumbs.html" .}}`),
		layout("layout of 3 MB of actions", anyExit, "", "layouts/article.html", main(big("{{if .Date}}a{{end}}", mb))),
		layout("layout of great depth", anyExit, "", "layouts/article.html", main(strings.Repeat("{{if .Date}}", 20000/shrink)+strings.Repeat("{{end}}", 20000/shrink))),
		layout("layout of deep brackets", anyExit, "", "layouts/article.html", main("{{"+big("(", mb)+"}}")),
		layout("style with open brackets", anyExit, "", "assets/site.css", big("a{", mb)),
		layout("style with open parentheses", anyExit, "", "assets/site.css", "a{b:"+big("c(", mb)),
		layout("style with an open comment", anyExit, "", "assets/site.css", "/*"+big("a", mb)),
		layout("script with open parentheses", anyExit, "", "assets/site.js", big("(", mb)),
		layout("script with open arrays", anyExit, "", "assets/site.js", big("[", mb)),
		layout("script with open blocks", anyExit, "", "assets/site.js", big("{", mb)),
		layout("script with many signs", anyExit, "", "assets/site.js", big("!", mb)+"a"),
		layout("script with many functions", anyExit, "", "assets/site.js", big("a=>", mb)+"a"),
		layout("script with many conditions", anyExit, "", "assets/site.js", big("if(a)", mb)+"a"),
		layout("script with many choices", anyExit, "", "assets/site.js", big("a?", mb)+"a"+big(":a", mb)),
		layout("script with many sums", anyExit, "", "assets/site.js", "x="+big("a+", mb)+"a"),
		layout("script with an open template", anyExit, "", "assets/site.js", big("`${", mb)),
		layout("script that is none", 1, "E0603", "assets/site.js", "这不是脚本 (("),
	}
}

func outputCases() []hostile {
	return []hostile{
		{name: "public/is a file", exit: anyExit, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.path("public")))
			s.write(t, "public", "正文")
		}},
		{name: "public/is a symlink to a folder outside", exit: 2, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.path("public")))
			must(t, os.RemoveAll(s.cache()))
			s.write(t, "../outside/index.html", "别人的首页")
			if err := os.Symlink("../outside", s.path("public")); err != nil {
				t.Skip(err)
			}
		}},
		{name: "public/folder is a symlink", exit: anyExit, do: func(t *testing.T, s *evil) {
			if err := os.Symlink("../../outside", s.path("public/neu")); err != nil {
				t.Skip(err)
			}
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/folder of ours became a symlink", exit: anyExit, do: func(t *testing.T, s *evil) {
			s.write(t, "../outside/about/index.html", "别人的")
			must(t, os.RemoveAll(s.path("public/about")))
			if err := os.Symlink("../../outside/about", s.path("public/about")); err != nil {
				t.Skip(err)
			}
			s.page(t, "about.md", "新的一页")
		}},
		{name: "public/folder of a page that went became a symlink", exit: anyExit, do: func(t *testing.T, s *evil) {
			s.write(t, "../outside/about/index.html", "别人的")
			must(t, os.RemoveAll(s.path("public/about")))
			if err := os.Symlink("../../outside/about", s.path("public/about")); err != nil {
				t.Skip(err)
			}
			must(t, os.Remove(s.path("content/about.md")))
		}},
		{name: "public/file of ours became a symlink", exit: anyExit, do: func(t *testing.T, s *evil) {
			must(t, os.Remove(s.path("public/about/index.html")))
			if err := os.Symlink("../../../outside/secret.md", s.path("public/about/index.html")); err != nil {
				t.Skip(err)
			}
		}},
		{name: "public/folder where a page should go", exit: 1, code: "E0506", do: func(t *testing.T, s *evil) {
			s.write(t, "public/neu/index.html/notes.txt", "别人的")
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/folder where a page of ours was", exit: 1, code: "E0506", do: func(t *testing.T, s *evil) {
			must(t, os.Remove(s.path("public/about/index.html")))
			s.write(t, "public/about/index.html/notes.txt", "别人的")
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/file where a folder should go", exit: 1, code: "E0506", do: func(t *testing.T, s *evil) {
			s.write(t, "public/neu", "别人的")
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/file that is not ours", exit: 1, code: "E0506", do: func(t *testing.T, s *evil) {
			s.write(t, "public/neu/index.html", "别人的")
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/read-only", exit: 3, do: func(t *testing.T, s *evil) {
			must(t, os.Chmod(s.path("public"), 0o555))
			t.Cleanup(func() { os.Chmod(s.path("public"), 0o755) })
			if os.Mkdir(s.path("public/probe"), 0o755) == nil {
				os.Remove(s.path("public/probe"))
				t.Skip("root may write everywhere")
			}
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/damaged manifest", exit: 0, do: func(t *testing.T, s *evil) {
			must(t, os.WriteFile(s.manifest(t), []byte("biandan cache 1\n\x00\xff"), 0o644))
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/manifest that names files outside", exit: 0, do: func(t *testing.T, s *evil) {
			c, err := cache.Open(s.cache(), publish.Format)
			must(t, err)
			var list publish.Manifest
			if !c.Load(filepath.Base(s.manifest(t)), &list) {
				t.Fatal("the manifest cannot be read")
			}
			for _, p := range []string{"../../outside/secret.md", "about/../../../outside/secret.toml", "/etc/nothing", "", "."} {
				list.Files = append(list.Files, publish.File{Path: p})
			}
			must(t, c.Save(filepath.Base(s.manifest(t)), list))
			must(t, os.Remove(s.path("content/about.md")))
		}},
		{name: "public/cache with links for files", exit: 0, do: func(t *testing.T, s *evil) {
			for _, name := range names(t, s.cache()) {
				if name != "CACHEDIR.TAG" {
					must(t, os.Remove(filepath.Join(s.cache(), name)))
					must(t, os.Symlink(s.path("../outside/secret.md"), filepath.Join(s.cache(), name)))
				}
			}
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/cache is a link", exit: 3, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.cache()))
			must(t, os.Symlink(s.path("../outside"), s.cache()))
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/cache holds other things", exit: 3, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.cache()))
			must(t, os.Mkdir(s.cache(), 0o755))
			must(t, os.WriteFile(filepath.Join(s.cache(), "stage"), []byte("别人的"), 0o644))
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/cache is a file", exit: 3, do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.cache()))
			must(t, os.WriteFile(s.cache(), []byte("正文"), 0o644))
			s.page(t, "neu.md", "新的一页")
		}},
	}
}

func ledgerCases() []hostile {
	branch := func(id, parent string) string {
		return fmt.Sprintf("[[branch]]\nid = \"%s\"\nname = \"a\"\nlevel = \"楼栋党小组\"\nparent = \"%s\"\n", id, parent)
	}
	circle := func(n int) func() string {
		return func() string {
			var b strings.Builder
			for i := range n {
				b.WriteString(branch(fmt.Sprintf("b%d", i), fmt.Sprintf("b%d", (i+1)%n)))
			}
			return b.String()
		}
	}
	notice := func(fields string) func() string {
		return text("+++\ntitle = \"a\"\ndate = 2026-11-20\nissuer = \"a\"\n" + fields + "\n[accept]\noffice = \"a\"\nphone = \"0357-0000000\"\n+++\n正文\n")
	}
	return []hostile{
		rows("unknown parent", 1, "E0302", text(branch("x", "nothing"))),
		rows("parent is itself", 1, "E1101", text(branch("x", "x"))),
		rows("circle of 2", 1, "E1101", circle(2)),
		rows("circle of 1,000", 1, "E1101", circle(1000)),
		rows("circle of 20,000", 1, "E1101", func() string { return circle(20000 / shrink)() }),
		rows("chain of 20,000", 1, "E1102", func() string {
			return many(20000, func(i int) string { return branch(fmt.Sprintf("b%d", i), fmt.Sprintf("b%d", i+1)) }) + branch(fmt.Sprintf("b%d", 20000/shrink), "dongjie")
		}),
		rows("20,000 unknown references", 1, "E0302", func() string {
			return many(20000, func(i int) string { return branch(fmt.Sprintf("b%06d", i), fmt.Sprintf("c%06d", i)) })
		}),
		rows("two long ids that nearly match", 1, "E0302", func() string {
			long := strings.Repeat("a", 200000/shrink)
			return branch(long, long+"b") + branch("c"+long, "d"+long)
		}),
		at("ledger/5,000 lessons at one time", "content/stations/x.toml", 1, "E1205", func() string {
			return "[[station]]\nid = \"x\"\nname = \"a\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"a\"\nphone = \"0357-0000000\"\n" +
				many(5000, func(int) string {
					return "[[station.sessions]]\nweekday = \"周一\"\ntime = \"16:30—17:30\"\ncourse = \"a\"\nteacher = \"b\"\n"
				})
		}),
		at("ledger/20,000 lessons at different times", "content/stations/x.toml", anyExit, "", func() string {
			return "[[station]]\nid = \"x\"\nname = \"a\"\nlevel = \"小区\"\nstatus = \"开放\"\naddress = \"a\"\nphone = \"0357-0000000\"\n" +
				many(20000, func(i int) string {
					return fmt.Sprintf("[[station.sessions]]\nweekday = \"周一\"\ntime = \"16:30—17:30\"\ncourse = \"a\"\nteacher = \"b%d\"\n", i)
				})
		}),
		at("ledger/20,000 results of different years", "content/stars/x.toml", 1, "E1509", func() string {
			return many(20000, func(i int) string {
				return fmt.Sprintf("[[result]]\nyear = %d\nbranch = \"dongjie\"\nscore = 1\nstar = 1\n", 2000+i%101)
			})
		}),
		at("ledger/star beyond the range", "content/stars/x.toml", 1, "E0207", text("[[result]]\nyear = 2025\nbranch = \"dongjie\"\nscore = 1e308\nstar = 99\nlast = -7\n")),
		at("ledger/notice without days off", "content/notices/x.md", 1, "", notice("kind = \"公示\"\nmatter = \"其他\"\nstart = 2026-11-23\nworkdays = 5")),
		at("ledger/notice that ends before it begins", "content/notices/x.md", 1, "", notice("kind = \"公示\"\nmatter = \"其他\"\nstart = 2026-11-23\nend = 2026-11-01")),
		at("ledger/notice from the year 1 to 9999", "content/notices/x.md", 1, "", notice("kind = \"公示\"\nmatter = \"其他\"\nstart = 0001-01-01\nend = 9999-12-31")),
		at("ledger/announcement to the year 9999", "content/notices/x.md", 1, "E0208", notice("kind = \"公告\"\nend = 9999-12-31")),
		at("ledger/notice with wrong days", "content/notices/x.md", 1, "E0207", notice("kind = \"公示\"\nstart = 2026-11-23\nworkdays = 100000000")),
		at("ledger/holiday of 8,000 years", "content/holidays/x.toml", 1, "E1702", text("[[year]]\nyear = 2026\noff = [{ name = \"a\", from = 0001-01-01, to = 9999-12-31 }]\n")),
		at("ledger/holiday backwards", "content/holidays/x.toml", 1, "E1702", text("[[year]]\nyear = 2026\noff = [{ name = \"a\", from = 2026-12-31, to = 2026-01-01 }]\n")),
		at("ledger/section with an id that is a path", "content/news/_index.md", anyExit, "", text("+++\ntitle = \"a\"\nid = \"x.y\"\n+++\n")),
		{name: "ledger/1,000 pages in one section", exit: 0, do: func(t *testing.T, s *evil) {
			for i := range 1000 / shrink {
				s.page(t, fmt.Sprintf("news/n%d.md", i), "正文\n")
			}
		}},
		{name: "ledger/many findings", exit: 1, args: []string{"build", "--format", "json"}, do: func(t *testing.T, s *evil) {
			s.page(t, "evil.md", strings.Repeat("<b>x</b>\n\n", 200))
		}},
	}
}
