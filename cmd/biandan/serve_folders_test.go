package main

import (
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// gardener edits a site on disk in the ways in which people and programs do, with
// whole folders.
type gardener struct {
	*rand.Rand
	dir   string
	count int
}

func (g *gardener) at(p string) string { return filepath.Join(g.dir, filepath.FromSlash(p)) }

// folder returns a folder below content/, which may not be there.
func (g *gardener) folder() string {
	names := []string{"jia", "yi", "bing"}
	p := "content/" + names[g.IntN(3)]
	for range g.IntN(3) {
		p += "/" + names[g.IntN(3)]
	}
	return p
}

// pick returns something that is there, "" when there is nothing: a folder, or a file.
func (g *gardener) pick(folders bool) string {
	var all []string
	filepath.WalkDir(g.at("content"), func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() == folders && p != g.at("content") && d.Name() != "about.md" {
			rel, _ := filepath.Rel(g.dir, p)
			all = append(all, filepath.ToSlash(rel))
		}
		return nil
	})
	if len(all) == 0 {
		return ""
	}
	return all[g.IntN(len(all))]
}

func (g *gardener) text() []byte {
	g.count++
	return fmt.Appendf(nil, "+++\ntitle = \"第 %d 页\"\n+++\n第 %d 次\n", g.count, g.count)
}

// edit does one thing and says what.
func (g *gardener) edit(t *testing.T) string {
	page := g.folder() + fmt.Sprintf("/%d.md", g.IntN(4))
	put := func(p string, data []byte) string {
		must(t, os.MkdirAll(filepath.Dir(g.at(p)), 0o755))
		must(t, os.WriteFile(g.at(p), data, 0o644))
		return "write " + p
	}
	switch g.IntN(9) {
	case 0, 1:
		return put(page, g.text())
	case 2: // as an editor saves
		file := g.pick(false)
		if file == "" {
			return put(page, g.text())
		}
		put(file+"~", g.text())
		os.Rename(g.at(file+"~"), g.at(file))
		return "replace " + file
	case 3:
		file := g.pick(false)
		if file != "" {
			must(t, os.Remove(g.at(file)))
		}
		return "remove " + file
	case 4, 5:
		from, to := g.pick(true), g.folder()
		if from != "" && os.MkdirAll(filepath.Dir(g.at(to)), 0o755) == nil {
			os.Rename(g.at(from), g.at(to)) // it may be refused: into itself, or over another
		}
		return "rename " + from + " to " + to
	case 6:
		folder := g.pick(true)
		if folder != "" {
			must(t, os.RemoveAll(g.at(folder)))
		}
		return "remove " + folder
	case 7:
		g.count++
		return put("real/text.md", g.text()) + ", the target of links"
	default:
		up := strings.Repeat("../", strings.Count(page, "/"))
		must(t, os.MkdirAll(filepath.Dir(g.at(page)), 0o755))
		os.Remove(g.at(page))
		if os.Symlink(up+"real/text.md", g.at(page)) != nil {
			return put(page, g.text())
		}
		return "link " + page
	}
}

// mend removes links that lead nowhere since a folder was moved: they are errors.
func (g *gardener) mend() {
	filepath.WalkDir(g.at("content"), func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type()&fs.ModeSymlink != 0 {
			if _, err := os.Stat(p); err != nil {
				os.Remove(p)
			}
		}
		return nil
	})
}

var liveScript = regexp.MustCompile(`<script src="/_biandan/live.js"[^>]*></script>`)

// fetched returns a file as serve shows it, without its script.
func (s *served) fetched(p string) (text string, code int) {
	r, err := http.Get(s.address + (&url.URL{Path: p}).EscapedPath())
	if err != nil {
		return "", 0
	}
	defer r.Body.Close()
	data, _ := io.ReadAll(r.Body)
	return liveScript.ReplaceAllString(string(data), ""), r.StatusCode
}

// built returns the files of a build from nothing, by path.
func built(t *testing.T, dir string) map[string]string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "public")
	var out, messages output
	if code := run(t.Context(), []string{"build", "-s", dir, "-d", to, "--cache-dir", t.TempDir(), "--no-cache"}, &out, &messages); code != 0 {
		t.Fatalf("build: %d\n%s", code, messages.String())
	}
	files := map[string]string{}
	must(t, filepath.WalkDir(to, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(to, p)
		data, err := os.ReadFile(p)
		if rel = filepath.ToSlash(rel); !strings.HasPrefix(path.Base(rel), ".") {
			files[rel] = string(data)
		}
		return err
	}))
	return files
}

// TestServeShowsWhatBuildMakes makes random edits, a few at a time, among them folders
// that are renamed, moved into each other and removed, and links: after each time serve
// shows the files of a build from nothing, and no others.
func TestServeShowsWhatBuildMakes(t *testing.T) {
	edits := 200 / min(shrink, 4)
	g := &gardener{Rand: rand.New(rand.NewPCG(5, 1)), dir: t.TempDir()}
	s := &served{dir: g.dir}
	s.put(t, "site.toml", previewSite)
	s.put(t, "content/about.md", string(g.text()))
	s.put(t, "real/text.md", string(g.text()))
	s = newServed(t, g.dir)
	s.until(t, "the first page", func() bool { return s.page("about/") != "" })
	ever := map[string]bool{}
	for done := 0; done < edits; {
		var what []string
		for range 1 + g.IntN(6) {
			what = append(what, g.edit(t))
			time.Sleep(time.Duration(g.IntN(3)*g.IntN(30)) * time.Millisecond)
		}
		done += len(what)
		g.mend()
		want := built(t, g.dir)
		for p := range want {
			ever[p] = true
		}
		s.until(t, strings.Join(what, "; "), func() bool {
			for p := range ever {
				text, code := s.fetched(p)
				expected, there := want[p]
				if there && text != liveScript.ReplaceAllString(expected, "") || !there && code != http.StatusNotFound {
					return false
				}
			}
			return true
		})
	}
	s.interrupt()
	if code := <-s.code; code != 0 {
		t.Errorf("exit code %d", code)
	}
}
