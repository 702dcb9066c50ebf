package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// twoVersions writes the folders A and B, two versions of one site: each page
// differs, and some pages are in one of them only.
func twoVersions(t *testing.T, dir string, pages int) {
	t.Helper()
	for _, v := range []string{"A", "B"} {
		s := &evil{dir, filepath.Join(dir, v)}
		s.write(t, "site.toml", siteTOML)
		s.write(t, "content/_index.md", "+++\ntitle = \"首页\"\n+++\n"+v+"\n")
		s.write(t, "content/branches/a.toml", branchRows)
		for i := range pages {
			name := fmt.Sprintf("news/p%03d.md", i)
			if i%7 == 0 {
				name = fmt.Sprintf("news/%s%03d.md", strings.ToLower(v), i)
			}
			s.page(t, name, fmt.Sprintf("第 %d 页，%s\n\n%s\n", i, v, strings.Repeat(v+"正文。", i%50)))
		}
	}
}

// versionArgs builds the version v into the public/ and the cache that all share.
func versionArgs(v string) []string {
	return []string{"build", "-q", "-s", v, "-d", "public", "--cache-dir", "cache"}
}

func mustBuild(t *testing.T, dir string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if out, err := childProcess(ctx, t, dir, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// clean returns the files of a build of the version v into an empty folder.
func clean(t *testing.T, dir, v string) map[string]string {
	t.Helper()
	mustBuild(t, dir, "build", "-q", "-s", v, "-d", "clean-"+v, "--cache-dir", "cache-"+v)
	return tree(t, filepath.Join(dir, "clean-"+v))
}

// TestKilledBuildLeavesCompleteFiles kills builds at moments that are spread over
// what one does to the folders that it writes to. Whatever a reader finds then is a
// complete file of one of the two versions, and the next build that may end mends
// the rest.
func TestKilledBuildLeavesCompleteFiles(t *testing.T) {
	dir := t.TempDir()
	twoVersions(t, dir, 300/shrink)
	want := map[string]map[string]string{"A": clean(t, dir, "A"), "B": clean(t, dir, "B")}
	mustBuild(t, dir, versionArgs("A")...)
	_, all := killAt(t, dir, "B", math.MaxInt)
	random := rand.New(rand.NewPCG(2026, 11))
	kills, killed, mixed := 50, 0, 0
	if shrink > 1 {
		kills = 10
	}
	for i := range kills {
		v := []string{"A", "B"}[i%2]
		if k, _ := killAt(t, dir, v, random.IntN(all)); k {
			killed++
		}
		ofA, ofB := complete(t, tree(t, filepath.Join(dir, "public")), want)
		if ofA > 0 && ofB > 0 {
			mixed++
		}
		if t.Failed() {
			t.Fatalf("after kill %d of a build of %s", i, v)
		}
	}
	t.Logf("a build does %d things; %d of %d were killed, %d while they published", all, killed, kills, mixed)
	if killed < kills/5 { // the next build after one that was killed has less to do
		t.Errorf("%d of %d builds were killed: the others had ended before", killed, kills)
	}
	for _, v := range []string{"A", "B"} {
		mustBuild(t, dir, versionArgs(v)...)
		differ(t, "version "+v+" after the kills", tree(t, filepath.Join(dir, "public")), want[v])
	}
	noStaleStage(t, dir)
}

// killAt builds a version and kills the build when it has done so many things to
// the folders that it writes to. It says whether the build was killed, and how many
// things were seen.
func killAt(t *testing.T, dir, v string, things int) (killed bool, seen int) {
	t.Helper()
	w, err := fsnotify.NewWatcher()
	must(t, err)
	defer w.Close()
	for _, folder := range []string{"public", "cache"} {
		must(t, os.MkdirAll(filepath.Join(dir, folder), 0o755))
		must(t, filepath.WalkDir(filepath.Join(dir, folder), func(p string, d os.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				err = w.Add(p)
			}
			return err
		}))
	}
	c := childProcess(context.Background(), t, dir, versionArgs(v)...)
	must(t, c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case e := <-w.Events:
			if info, err := os.Lstat(e.Name); e.Has(fsnotify.Create) && err == nil && info.IsDir() {
				_ = w.Add(e.Name) // it may be gone again
			}
			if seen++; seen == things+1 {
				c.Process.Kill()
			}
		case err := <-ended:
			return err != nil, seen
		}
	}
}

// TestKilledBeforeItsOutcomeWasKept publishes A, then B, and puts back what was
// remembered of A, as when the build of B was killed when all its files stood,
// but before it left its outcome. A must not be taken for published.
func TestKilledBeforeItsOutcomeWasKept(t *testing.T) {
	dir := t.TempDir()
	twoVersions(t, dir, 9)
	old := time.Now().Add(-time.Hour) // so that the times of the sources tell
	for _, v := range []string{"A", "B"} {
		must(t, filepath.WalkDir(filepath.Join(dir, v), func(p string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Chtimes(p, old, old))
		}))
	}
	want := clean(t, dir, "A")
	mustBuild(t, dir, versionArgs("A")...)
	names, err := filepath.Glob(filepath.Join(dir, "cache", "last-*"))
	must(t, err)
	if len(names) != 1 {
		t.Fatalf("%d outcomes are kept, want 1", len(names))
	}
	outcome, err := os.ReadFile(names[0])
	must(t, err)
	mustBuild(t, dir, versionArgs("B")...)
	must(t, os.WriteFile(names[0], outcome, 0o644))
	mustBuild(t, dir, versionArgs("A")...)
	differ(t, "version A", tree(t, filepath.Join(dir, "public")), want)
}

// complete checks that each file in public/ is that of one of the versions, and
// counts those that are in one of them only.
func complete(t *testing.T, public map[string]string, want map[string]map[string]string) (ofA, ofB int) {
	t.Helper()
	for p, text := range public {
		a, inA := want["A"][p]
		b, inB := want["B"][p]
		switch {
		case inA && text == a && inB && text == b:
		case inA && text == a:
			ofA++
		case inB && text == b:
			ofB++
		case text == "folder" && (inA || inB):
		default:
			t.Errorf("public/%s is of neither version (%d bytes)", p, len(text))
		}
	}
	return ofA, ofB
}

// noStaleStage lets what killed builds left in the cache grow old, builds once
// more, and wants it gone. It does so twice: a build that finds more waste in the two
// files of blobs than use begins new ones, and leaves the old to builds at work.
func noStaleStage(t *testing.T, dir string) {
	t.Helper()
	leftovers := func() []string {
		var names []string
		for _, pattern := range []string{"stage/*", "new-*", "probe-*", "blobs-*"} {
			found, err := filepath.Glob(filepath.Join(dir, "cache", filepath.FromSlash(pattern)))
			must(t, err)
			names = append(names, found...)
		}
		return names
	}
	left := leftovers()
	t.Logf("%d leftovers of killed builds", len(left))
	old := time.Now().Add(-2 * time.Hour)
	for _, v := range []string{"A", "B"} {
		for _, name := range left {
			must(t, os.Chtimes(name, old, old))
		}
		mustBuild(t, dir, versionArgs(v)...)
		left = leftovers()
	}
	for _, name := range left {
		if len(left) > 3 || !strings.HasPrefix(filepath.Base(name), "blobs-") { // the three in use
			t.Errorf("%s is still there", name)
		}
	}
}

// TestBuildsAtOneTime runs two builds of different versions into one public/ at
// a time. Both end, and one build later the folder is what a clean build makes.
func TestBuildsAtOneTime(t *testing.T) {
	dir := t.TempDir()
	twoVersions(t, dir, 150/shrink)
	want := map[string]map[string]string{"A": clean(t, dir, "A"), "B": clean(t, dir, "B")}
	rounds := 9
	if shrink > 1 {
		rounds = 3
	}
	for round := range rounds {
		if round%3 == 0 { // the first builds of a folder have no manifest to start from
			must(t, os.RemoveAll(filepath.Join(dir, "public")))
			must(t, os.RemoveAll(filepath.Join(dir, "cache")))
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		var commands []*exec.Cmd
		var outs [2]limited
		for i, v := range []string{"A", "B"} {
			c := childProcess(ctx, t, dir, versionArgs(v)...)
			c.Stdout, c.Stderr = &outs[i], &outs[i]
			must(t, c.Start())
			commands = append(commands, c)
		}
		for i, c := range commands {
			// One may find that the other took a folder away: that is an error of the
			// environment, not a crash.
			if err := c.Wait(); err != nil && c.ProcessState.ExitCode() != exitEnvironment {
				t.Errorf("round %d, build %d: %v\n%s", round, i, err, shorten(outs[i].String()))
			}
		}
		cancel()
		complete(t, tree(t, filepath.Join(dir, "public")), want)
		v := []string{"A", "B"}[round/3%2]
		mustBuild(t, dir, versionArgs(v)...)
		differ(t, fmt.Sprintf("round %d, version %s", round, v), tree(t, filepath.Join(dir, "public")), want[v])
		if t.Failed() {
			return
		}
	}
}

// TestFileAndFolderChangePlaces publishes a file where the build before had a
// folder of pages, and the reverse.
func TestFileAndFolderChangePlaces(t *testing.T) {
	dir := t.TempDir()
	twoVersions(t, dir, 1)
	a, b := &evil{dir, filepath.Join(dir, "A")}, &evil{dir, filepath.Join(dir, "B")}
	a.write(t, "content/files/doc", "附件")
	a.page(t, "files.md", "[附件](files/doc)\n")
	b.page(t, "files/doc.md", "正文\n")
	want := map[string]map[string]string{"A": clean(t, dir, "A"), "B": clean(t, dir, "B")}
	for _, v := range []string{"A", "B", "A", "B"} {
		mustBuild(t, dir, versionArgs(v)...)
		differ(t, "version "+v, tree(t, filepath.Join(dir, "public")), want[v])
	}
}
