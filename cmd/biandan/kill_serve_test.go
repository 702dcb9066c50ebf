package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledServeLeavesAGoodCache kills serve at random moments while files are
// edited, and sometimes builds beside it. With the cache that is left the next
// build makes what a build from nothing makes.
func TestKilledServeLeavesAGoodCache(t *testing.T) {
	dir := t.TempDir()
	s := &evil{dir, filepath.Join(dir, "site")}
	s.write(t, "site.toml", siteTOML)
	s.write(t, "content/_index.md", "+++\ntitle = \"首页\"\n+++\n欢迎\n")
	random := rand.New(rand.NewPCG(2026, 9))
	edits := 0
	edit := func() {
		edits++
		name := fmt.Sprintf("news/p%d.md", random.IntN(12))
		switch random.IntN(8) {
		case 0:
			must(t, os.RemoveAll(filepath.Join(s.dir, "content", filepath.FromSlash(name))))
		case 1:
			s.write(t, "content/"+name, "+++\ntitle = \"半") // and mended by a later edit
			fallthrough
		default:
			s.page(t, name, fmt.Sprintf("第 %d 次改，%d", edits, random.IntN(1000)))
		}
	}
	for range 20 {
		edit()
	}
	rounds := 10
	if shrink > 1 {
		rounds = 3
	}
	common := []string{"--cache-dir", "cache", "-s", "site"}
	for round := range rounds {
		c := childProcess(context.Background(), t, dir, append([]string{"serve", "-p", "0"}, common...)...)
		must(t, c.Start())
		end := time.Now().Add(time.Duration(random.IntN(500)) * time.Millisecond)
		for time.Now().Before(end) {
			edit()
			time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
		}
		if round%3 == 0 { // staff build while they look
			mustBuild(t, dir, append([]string{"build", "-q", "-d", "public"}, common...)...)
			edit()
		}
		c.Process.Kill()
		c.Wait()
		mustBuild(t, dir, append([]string{"build", "-q", "-d", "public"}, common...)...)
		fresh := fmt.Sprint("fresh", round)
		mustBuild(t, dir, "build", "-q", "-s", "site", "-d", fresh, "--cache-dir", fresh+"-cache")
		differ(t, fmt.Sprint("round ", round), tree(t, filepath.Join(dir, "public")), tree(t, filepath.Join(dir, fresh)))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d edits", edits)
}
