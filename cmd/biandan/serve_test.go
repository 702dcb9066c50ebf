package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
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

// TestServe runs the command: it answers, shows an edit as soon as it is saved,
// keeps the last good page under a mistake, leaves public/ alone, and ends when
// it is interrupted.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	put := func(p, text string) {
		t.Helper()
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("site.toml", "title = \"示例\"\ncounty = \"示例县\"\npublisher = \"示例\"\nphone = \"0357-0000000\"\n")
	put("content/about.md", "+++\ntitle = \"关于\"\n+++\n第一版\n")
	ctx, interrupt := context.WithCancel(t.Context())
	var out, messages output
	code := make(chan int)
	go func() { code <- run(ctx, []string{"serve", "-s", dir, "-p", "0"}, &out, &messages) }()
	until := func(what string, seen func() bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !seen(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s: not seen\n%s%s", what, out.String(), messages.String())
			}
		}
	}
	address := ""
	until("the address", func() bool {
		address = regexp.MustCompile(`http://[0-9.:]+/`).FindString(out.String())
		return address != ""
	})
	page := func() string {
		r, err := http.Get(address + "about/")
		if err != nil {
			return ""
		}
		defer r.Body.Close()
		data, _ := io.ReadAll(r.Body)
		return string(data)
	}
	until("the page", func() bool { return strings.Contains(page(), "第一版") })
	put("content/about.md", "+++\ntitle = \"关于\"\n+++\n第二版\n")
	until("the edit", func() bool { return strings.Contains(page(), "第二版") })
	put("content/about.md", "+++\ntitle = “关于”\n+++\n第三版\n")
	until("the mistake", func() bool { return strings.Contains(messages.String(), "content/about.md:2:9: 错误") })
	if !strings.Contains(page(), "第二版") {
		t.Error("the last good page is gone")
	}
	put("content/neu/b.md", "+++\ntitle = \"新\"\n+++\n新页面\n")
	put("content/about.md", "+++\ntitle = \"关于\"\n+++\n[新](neu/b.md) 第四版\n")
	until("the mend with a new folder", func() bool { return strings.Contains(page(), "第四版") })
	interrupt()
	if c := <-code; c != 0 {
		t.Errorf("exit code %d", c)
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("public/ was written")
	}
}
