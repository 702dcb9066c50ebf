package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"biandan/generator/serve"
	"biandan/generator/watch"
)

// preview is the loop of serve with a watcher that is told what to tell, in
// time that passes only when all wait.
type preview struct {
	dir      string
	out      output
	changes  chan watch.Change
	polling  chan string
	server   *serve.Server
	finished chan struct{}
}

const previewSite = "title = \"示例\"\ncounty = \"示例县\"\npublisher = \"示例\"\nphone = \"0357-0000000\"\noffline = false\n"

func newPreview(t *testing.T, dir string) *preview {
	p := &preview{dir: dir, changes: make(chan watch.Change, 1), polling: make(chan string, 1), server: serve.New(serve.Options{}), finished: make(chan struct{})}
	p.put(t, "site.toml", previewSite)
	p.put(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n第一版\n")
	ctx, cancel := context.WithCancel(t.Context())
	a := &app{stdout: &p.out, stderr: &p.out, settings: settings{source: dir, format: "text"}}
	go func() {
		defer close(p.finished)
		a.rebuild(ctx, p.server, &watch.Watcher{Changes: p.changes, Polling: p.polling})
	}()
	t.Cleanup(func() {
		cancel()
		<-p.finished
	})
	return p
}

func (p *preview) put(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(p.dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, []byte(text), 0o644))
}

func (p *preview) edit(t *testing.T, name, text string) {
	t.Helper()
	p.put(t, name, text)
	p.changes <- watch.Change{All: true}
}

func (p *preview) page(address string) (int, string) {
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+address, nil))
	body, _ := io.ReadAll(w.Body)
	return w.Code, string(body)
}

// TestHalfWrittenFileIsNotShown lets an editor write a file in two steps: the
// error between them is not shown; one that stays is, soon; and one that stays
// is shown also when something writes without end.
func TestHalfWrittenFileIsNotShown(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := newPreview(t, dir)
		synctest.Wait()
		p.edit(t, "content/about.md", "+++\ntitle = \"关")
		time.Sleep(30 * time.Millisecond)
		p.edit(t, "content/about.md", "+++\ntitle = \"关于\"\n+++\n第二版\n")
		time.Sleep(30 * time.Millisecond)
		if _, body := p.page("/about/"); !strings.Contains(body, "第二版") || strings.Contains(p.out.String(), "错误") {
			t.Errorf("%s\n%s", p.out.String(), body)
		}
		p.edit(t, "content/about.md", "+++\ntitle = \"关")
		time.Sleep(50 * time.Millisecond)
		synctest.Wait()
		if strings.Contains(p.out.String(), "错误") {
			t.Error("an error is shown at once")
		}
		time.Sleep(20 * time.Millisecond)
		synctest.Wait()
		if !strings.Contains(p.out.String(), "content/about.md:1:1: 错误") {
			t.Errorf("the error is not shown: %s", p.out.String())
		}
		if _, body := p.page("/about/"); !strings.Contains(body, "第二版") {
			t.Error("the last good page is gone")
		}
		shown := strings.Count(p.out.String(), "处错误；")
		for i := range 30 {
			p.edit(t, "content/about.md", fmt.Sprintf("+++\ntitle = \"关 %d", i))
			time.Sleep(40 * time.Millisecond)
		}
		if n := strings.Count(p.out.String(), "处错误；") - shown; n < 2 || n > 4 {
			t.Errorf("errors of a file that is written without end were shown %d times", n)
		}
	})
}

// TestRebuildsWhenTheDayChanges waits over midnight: what appears on the new day
// is there though nobody has edited anything.
func TestRebuildsWhenTheDayChanges(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) { // begins in the year 2000, on the first of January
		p := newPreview(t, dir)
		p.edit(t, "content/news/a.md", "+++\ntitle = \"明天的消息\"\npublish_date = 2000-01-02\n+++\n正文\n")
		time.Sleep(time.Second)
		if code, _ := p.page("/news/a/"); code != 404 {
			t.Errorf("a page of tomorrow: %d", code)
		}
		if _, body := p.page("/_biandan/"); !strings.Contains(body, "2000年1月2日") || !strings.Contains(body, "“明天的消息”上线") {
			t.Error("the overview does not tell of tomorrow")
		}
		time.Sleep(24 * time.Hour)
		if code, _ := p.page("/news/a/"); code != 200 {
			t.Errorf("a page of today: %d", code)
		}
		built := strings.Count(p.out.String(), "已更新")
		time.Sleep(48 * time.Hour)
		if n := strings.Count(p.out.String(), "已更新") - built; n != 2 {
			t.Errorf("%d builds in two days without an edit", n)
		}
	})
}

// TestPollingIsTold prints why files are looked at again and again, once.
func TestPollingIsTold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := newPreview(t, dir)
		p.polling <- "文件夹太多"
		time.Sleep(time.Second)
		if !strings.Contains(p.out.String(), "文件夹太多；改为每秒看一次文件\n") {
			t.Errorf("%s", p.out.String())
		}
	})
}
