package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"biandan/generator/bench/corpus"
)

// generator is one of the two programs that are compared.
type generator struct {
	name  string
	write func(dir string, notices int) error
	build func(dir, dest, cache string) []string // the command
	base  string                                 // the base template of all pages
	serve func(dir, cache string, port int) []string
}

func biandan(file string) *generator {
	return &generator{
		name:  "biandan",
		write: func(dir string, notices int) error { return corpus.Write(dir, corpus.Site(notices)) },
		build: func(dir, dest, cache string) []string {
			return []string{file, "build", "-q", "-s", dir, "-d", dest, "--cache-dir", cache}
		},
		serve: func(dir, cache string, port int) []string {
			return []string{file, "serve", "-s", dir, "--cache-dir", cache, "--port", fmt.Sprint(port)}
		},
		base: filepath.Join("themes", themeName, "layouts", "base.html"),
	}
}

func hugo(file string) *generator {
	return &generator{
		name:  "Hugo",
		write: writePeer,
		build: func(dir, dest, cache string) []string {
			return []string{file, "-s", dir, "-d", dest, "--cacheDir", cache, "--minify", "--noBuildLock", "--quiet"}
		},
		serve: func(dir, cache string, port int) []string {
			return []string{file, "server", "-s", dir, "--cacheDir", cache, "--minify", "--noBuildLock", "--quiet", "--bind", "127.0.0.1", "--port", fmt.Sprint(port)}
		},
		base: filepath.Join("layouts", "baseof.html"),
	}
}

// bench is a sitting.
type bench struct {
	settings
	ctx        context.Context
	messages   io.Writer
	work, slow string // folders of this run, in memory and on disk
	ours       *generator
	hugo       *generator // nil: without
	floor      string     // the floor program
	report     report
	once       map[string]sample // see coldOnce
	folders    int
	token      int
}

func newBench(ctx context.Context, s settings, messages io.Writer) (*bench, error) {
	b := &bench{settings: s, ctx: ctx, messages: messages, once: map[string]sample{}}
	var err error
	if b.work, err = os.MkdirTemp(s.fast, "biandan-bench-"); err != nil {
		return nil, err
	}
	if b.slow, err = os.MkdirTemp(s.disk, "biandan-bench-"); err != nil {
		b.close()
		return nil, err
	}
	fmt.Fprintln(messages, "bench: building")
	ours, floor, err := buildTools(ctx, b.work)
	if err == nil {
		b.ours, b.floor = biandan(ours), floor
		if s.hugo {
			var file string
			file, err = findHugo(ctx, messages)
			b.hugo = hugo(file)
		}
	}
	if err != nil {
		b.close()
		return nil, err
	}
	b.report.setting = fmt.Sprintf("%d notices; in memory: %s, on disk: %s", s.notices, fileSystem(b.work), fileSystem(b.slow))
	return b, nil
}

func (b *bench) close() {
	for _, dir := range []string{b.work, b.slow} {
		if dir == "" {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(b.messages, "bench: left behind:", err)
		}
	}
}

// fresh returns the name of a folder that is not there yet.
func (b *bench) fresh(below string) string {
	b.folders++
	return filepath.Join(below, fmt.Sprintf("%03d", b.folders))
}

// unique returns a word that no text has.
func (b *bench) unique() string {
	b.token++
	return fmt.Sprintf("bianji%dx%d", b.token, time.Now().UnixNano())
}

// slowCount is how often Hugo runs for a figure.
func (b *bench) slowCount(n int) int {
	if b.hugo == nil {
		return 0
	}
	return n
}

// place is a site of a generator with the folders of its builds.
type place struct {
	*generator
	dir, dest, cache string
}

// site writes the corpus for a generator to a new folder.
func (b *bench) site(g *generator, below string, notices int) (*place, error) {
	if g == nil {
		return nil, nil
	}
	root := b.fresh(below)
	p := &place{g, filepath.Join(root, "site"), filepath.Join(root, "public"), filepath.Join(root, "cache")}
	return p, g.write(p.dir, notices)
}

// run builds the site and measures it.
func (b *bench) run(p *place) (sample, error) {
	return runProcess(b.ctx, p.build(p.dir, p.dest, p.cache))
}

// clean returns the place of a build of the same source from the beginning.
func (b *bench) clean(p *place, below string) *place {
	root := b.fresh(below)
	return &place{p.generator, p.dir, filepath.Join(root, "public"), filepath.Join(root, "cache")}
}

func (p *place) remove() error {
	if p == nil {
		return nil
	}
	return os.RemoveAll(filepath.Dir(p.dir))
}

// page is the output file of a notice.
func (p *place) page(i int) string {
	return filepath.Join(p.dest, filepath.FromSlash(corpus.NoticeFile(i)), "index.html")
}

// edit changes the text of a notice.
func (p *place) edit(i int, change func(string) string) error {
	return rewrite(filepath.Join(p.dir, "content", filepath.FromSlash(corpus.NoticeFile(i))+".md"), change)
}

func rewrite(file string, change func(string) string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(change(string(data))), 0o644)
}

// The edits that are measured.
func inBody(token string) func(string) string {
	return func(s string) string { return s + "\n补充说明 " + token + "。\n" }
}

func inTitle(token string) func(string) string {
	return func(s string) string { return strings.Replace(s, `title = "`, `title = "`+token, 1) }
}

func inTemplate(token string) func(string) string {
	return func(s string) string { return strings.Replace(s, "</body>", "<p>"+token+"</p>\n</body>", 1) }
}
