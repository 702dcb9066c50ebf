package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestKilledPrintLeavesNothingBehind kills print while its browser runs. The next
// command that uses the cache takes away what the two had for the time being, in the
// cache and where the system keeps what is temporary.
func TestKilledPrintLeavesNothingBehind(t *testing.T) {
	if browser, err := findBrowser(); err != nil || strings.HasPrefix(browser, "/snap/") {
		t.Skip("no browser to print with")
	}
	temp, err := os.MkdirTemp("", "k") // a browser's socket must have a short path
	must(t, err)
	defer os.RemoveAll(temp)
	dir := t.TempDir()
	s := &evil{dir, filepath.Join(dir, "site")}
	s.write(t, "site.toml", siteTOML)
	s.write(t, "content/_index.md", "+++\ntitle = \"首页\"\n+++\n欢迎\n")
	s.write(t, "content/notices/a.md", "+++\ntitle = \"公告\"\nkind = \"公告\"\nissuer = \"组织部\"\ndate = 2026-11-01\n+++\n正文\n")
	c := childProcess(context.Background(), t, dir, "print", "-s", "site", "--cache-dir", "cache")
	c.Env = append(c.Env, "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	out := &limited{}
	c.Stdout, c.Stderr = out, out
	must(t, c.Start())
	profiles := filepath.Join(dir, "cache", "rooms", "*", "*")
	runs := filepath.Join(dir, "cache", "rooms", "*", "SingletonSocket")
	if runtime.GOOS == "windows" {
		runs = filepath.Join(dir, "cache", "rooms", "*", "lockfile")
	}
	for end := time.Now().Add(30 * time.Second); len(glob(t, runs)) == 0 && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	c.Process.Kill()
	c.Wait()
	if len(glob(t, profiles)) == 0 {
		t.Fatalf("print was killed before its browser ran\n%s", out)
	}
	time.Sleep(500 * time.Millisecond) // the browser's processes end after ours
	next := childProcess(context.Background(), t, dir, "build", "-q", "-s", "site", "--cache-dir", "cache", "-d", "public")
	next.Env = append(next.Env, "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	if out, err := next.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	left := append(glob(t, profiles), glob(t, filepath.Join(temp, "*"))...)
	if left = append(left, glob(t, filepath.Join(temp, ".*"))...); len(left) > 0 {
		t.Errorf("%d are left: %q", len(left), left)
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	must(t, err)
	return names
}
