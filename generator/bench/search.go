package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"biandan/generator/bench/corpus"
	"biandan/generator/search"
)

// pagefindVersion is that of the peer of the search.
const pagefindVersion = "1.6.0"

// search measures the index of the search beside Pagefind's of the same pages: the time in
// which one core makes it, as a build does on all, and the bytes on disk.
func (b *bench) search() error {
	p, err := b.site(b.ours, b.work, b.notices)
	if err != nil {
		return err
	}
	defer p.remove()
	if _, err := b.run(p); err != nil {
		return err
	}
	size := int64(0)
	for _, part := range []string{"s", "d"} {
		n, err := bytesBelow(filepath.Join(p.dest, "search", part))
		if err != nil {
			return err
		}
		size += n
	}
	peer, peerSize, err := b.pagefind(p)
	if err != nil {
		b.report.notes = append(b.report.notes, "Pagefind was not measured: "+err.Error())
	}
	b.report.add(row{what: withSize("search index, %s: time of one core (beside Pagefind "+pagefindVersion+")", b.notices), ours: b.indexed(), hugo: peer, target: target{1.0 / 40, 1.0 / 90}})
	b.report.add(row{what: "search index: bytes on disk (beside Pagefind's)", ours: sample{peak: size}, hugo: sample{peak: peerSize}, target: target{1.0 / 6, 1.0 / 6}, memory: true})
	return nil
}

// indexed makes the index of the notices of the corpus.
func (b *bench) indexed() sample {
	var texts []search.Texts
	for file, data := range corpus.Site(b.notices) {
		if strings.HasPrefix(file, "content/notices/") && strings.HasSuffix(file, ".md") {
			head, body, _ := strings.Cut(strings.TrimPrefix(string(data), "+++"), "\n+++")
			texts = append(texts, search.Texts{Title: head[:min(len(head), 80)], Text: []string{body}})
		}
	}
	start := time.Now()
	grams := make([][]search.Gram, len(texts))
	for i, t := range texts {
		grams[i] = search.Grams(t)
	}
	x := search.New(len(texts), func() func(int) []search.Gram { return func(i int) []search.Gram { return grams[i] } })
	for i := range x.Shards() {
		x.Shard(i)
	}
	took := time.Since(start)
	return sample{wall: took, cpu: took}
}

// pagefind indexes the notices of a site with the peer, which it installs.
func (b *bench) pagefind(p *place) (s sample, size int64, err error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return s, 0, errors.New("there is no Node here")
	}
	dir, out := b.fresh(b.slow), b.fresh(b.slow)
	if msg, err := exec.CommandContext(b.ctx, npm, "install", "--prefix", dir, "--no-audit", "--no-fund", "pagefind@"+pagefindVersion).CombinedOutput(); err != nil {
		return s, 0, fmt.Errorf("it could not be installed: %w %s", err, msg)
	}
	s, err = runProcess(b.ctx, []string{filepath.Join(dir, "node_modules", ".bin", "pagefind"), "--site", p.dest, "--output-path", out, "--root-selector", "main", "--glob", "notices/*/*/index.html"})
	if err != nil {
		return s, 0, err
	}
	size, err = bytesBelow(out)
	return s, size, err
}

// bytesBelow adds the sizes of the files below a folder.
func bytesBelow(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(p)
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
