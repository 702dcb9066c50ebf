package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is a place to write to and to look at meanwhile.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// served is the command serve at work on a site.
type served struct {
	dir, address  string
	out, messages output
	interrupt     context.CancelFunc
	code          chan int
}

func newServed(t *testing.T, dir string, args ...string) *served {
	t.Helper()
	s := &served{dir: dir, code: make(chan int, 1)}
	ctx, interrupt := context.WithCancel(t.Context())
	s.interrupt = interrupt
	go func() {
		s.code <- run(ctx, append([]string{"serve", "-s", dir, "-p", "0"}, args...), &s.out, &s.messages)
	}()
	s.until(t, "the address", func() bool {
		s.address = regexp.MustCompile(`http://[0-9.:]+/`).FindString(s.out.String())
		return s.address != ""
	})
	return s
}

func (s *served) until(t *testing.T, what string, seen func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !seen(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not seen\n%s%s", what, s.out.String(), s.messages.String())
		}
	}
}

func (s *served) put(t *testing.T, p, text string) {
	t.Helper()
	name := filepath.Join(s.dir, filepath.FromSlash(p))
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, []byte(text), 0o644))
}

// page returns a page; "" when there is none.
func (s *served) page(p string) string {
	r, err := http.Get(s.address + p)
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		return ""
	}
	return string(data)
}

// TestServe runs the command: it answers, shows an edit as soon as it is saved,
// keeps the last good page under a mistake, leaves public/ alone, and ends when
// it is interrupted.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	first := &served{dir: dir}
	first.put(t, "site.toml", previewSite)
	first.put(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n第一版\n")
	s := newServed(t, dir)
	shows := func(p, text string) func() bool { return func() bool { return strings.Contains(s.page(p), text) } }
	s.until(t, "the page", shows("about/", "第一版"))
	s.put(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n第二版\n")
	s.until(t, "the edit", shows("about/", "第二版"))
	s.put(t, "content/about.md", "+++\ntitle = “关于”\n+++\n第三版\n")
	s.until(t, "the mistake", func() bool { return strings.Contains(s.messages.String(), "content/about.md:2:9: 错误") })
	if !shows("about/", "第二版")() {
		t.Error("the last good page is gone")
	}
	s.put(t, "content/neu/b.md", "+++\ntitle = \"新\"\n+++\n新页面\n")
	s.put(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n[新](neu/b.md) 第四版\n")
	s.until(t, "the mend with a new folder", shows("about/", "第四版"))
	s.interrupt()
	if c := <-s.code; c != 0 {
		t.Errorf("exit code %d", c)
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("public/ was written")
	}
}

// TestAddressesThatCanBeOpened holds what serve prints against where it listens: no
// machine can open 0.0.0.0.
func TestAddressesThatCanBeOpened(t *testing.T) {
	for at, want := range map[string]string{"127.0.0.1": "http://127.0.0.1:4000/", "::1": "http://[::1]:4000/",
		"192.0.2.7": "http://192.0.2.7:4000/", "0.0.0.0": "http://127.0.0.1:4000/", "::": "http://127.0.0.1:4000/"} {
		ip := net.ParseIP(at)
		here, elsewhere := addresses(&net.TCPAddr{IP: ip, Port: 4000})
		if here != want {
			t.Errorf("%s: %s", at, here)
		}
		if !ip.IsUnspecified() && len(elsewhere) > 0 {
			t.Errorf("%s: opened only there, told at %q", at, elsewhere)
		}
		for _, e := range elsewhere {
			if strings.Contains(e, "//127.") || !strings.HasSuffix(e, ":4000/") {
				t.Errorf("%s: %s", at, e)
			}
		}
	}
}

// TestAnotherBranch changes two thousand files at one time, in folders that come
// and go, as git does when it changes to another branch: the site is built a few
// times, and in the end it is that of the branch.
func TestAnotherBranch(t *testing.T) {
	files := 2000 / shrink
	dir := t.TempDir()
	s := &served{dir: dir}
	checkout := func(branch string, gone string) {
		for i := range files {
			name := fmt.Sprintf("content/%s%d/p%d.md", branch, i/100, i)
			if i%2 == 0 {
				name = fmt.Sprintf("content/both/%d/p%d.md", i/100, i)
			}
			must(t, os.RemoveAll(filepath.Join(dir, name)))
			s.put(t, name, fmt.Sprintf("+++\ntitle = \"第 %d 页\"\n+++\n%s 的第 %d 页\n", i, branch, i))
		}
		for i := 0; gone != "" && i < files; i += 100 {
			must(t, os.RemoveAll(filepath.Join(dir, "content", fmt.Sprintf("%s%d", gone, i/100))))
		}
	}
	s.put(t, "site.toml", previewSite)
	checkout("main", "")
	s = newServed(t, dir)
	s.until(t, "the first branch", func() bool { return s.page("both/0/p0/") != "" && s.page("main0/p1/") != "" })
	before := strings.Count(s.messages.String(), "已更新")
	start := time.Now()
	checkout("other", "main")
	took := time.Since(start)
	last := (files - 1) / 2 * 2
	s.until(t, "the other branch", func() bool {
		return strings.Contains(s.page(fmt.Sprintf("both/%d/p%d/", last/100, last)), "other 的") && s.page("other0/p1/") != "" && s.page("main0/p1/") == "" && s.page("both/0/p0/") != ""
	})
	time.Sleep(300 * time.Millisecond)
	n := strings.Count(s.messages.String(), "已更新") - before
	t.Logf("%d files in %v: %d builds", files, took, n)
	if n > 4+int(took/(200*time.Millisecond)) {
		t.Errorf("%d builds for one change of the branch, in %v", n, took)
	}
	for i := range files {
		name := fmt.Sprintf("other%d/p%d/", i/100, i)
		if i%2 == 0 {
			name = fmt.Sprintf("both/%d/p%d/", i/100, i)
		}
		if i%37 == 0 && !strings.Contains(s.page(name), fmt.Sprintf("other 的第 %d 页", i)) {
			t.Errorf("%s is not of the branch", name)
		}
	}
	s.interrupt()
	<-s.code
}

// TestEditIsShownAtOnce measures from the end of saving a file to the moment in
// which the new page is there. It tells, and fails only where something waits.
func TestEditIsShownAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := &served{dir: dir}
	s.put(t, "site.toml", previewSite)
	text := "+++\ntitle = \"关于\"\n+++\n第 %d 版\n"
	s.put(t, "content/about.md", fmt.Sprintf(text, 0))
	s = newServed(t, dir)
	var times []time.Duration
	var saved time.Time
	for i := range 30 {
		want := fmt.Sprintf("第 %d 版", i)
		s.until(t, want, func() bool { return strings.Contains(s.page("about/"), want) })
		if i > 0 {
			times = append(times, time.Since(saved))
		}
		time.Sleep(20 * time.Millisecond)
		s.put(t, "content/about.md", fmt.Sprintf(text, i+1))
		saved = time.Now()
	}
	slices.Sort(times)
	t.Logf("from saved to shown: median %v, worst %v", times[len(times)/2], times[len(times)-1])
	if median := times[len(times)/2]; median > 100*time.Duration(shrink)*time.Millisecond {
		t.Errorf("an edit is shown after %v", median)
	}
	s.interrupt()
	<-s.code
}
