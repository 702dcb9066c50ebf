package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"biandan/generator/bench/corpus"
	"biandan/themes"
)

// probe is a kind of edit whose way to the page is measured.
type probe struct {
	what   string
	full   bool // of Hugo: with --disableFastRender, as only that makes the whole site right
	change func(token string) func(string) string
	base   bool // edit the base template, not a notice
	lists  bool // the list of notices must show it too
	whole  bool // all pages must show it
	target target
}

var probes = []probe{
	{what: "watch: body edit → page shows it", change: inBody, target: target{1.0 / 25, 1.0 / 100}},
	{what: "watch: title edit → page and list right", full: true, change: inTitle, lists: true, target: target{1.0 / 75, 1.0 / 250}},
	{what: "watch: base template edit → visited page", change: inTemplate, base: true, target: target{1.0 / 10, 1.0 / 25}},
	{what: "watch: base template edit → whole site right", full: true, change: inTemplate, base: true, whole: true, target: target{1.0 / 5, 1.0 / 8}},
}

// watch measures the time from the moment that an edit is written until the
// development server shows it.
func (b *bench) watch() error {
	ours, pages, err := b.watched(b.ours)
	if err != nil {
		return err
	}
	peer, _, err := b.watched(b.hugo)
	if err != nil {
		return err
	}
	rows := make([]row, len(probes))
	for i, p := range probes {
		rows[i] = row{what: p.what, target: p.target, watched: true}
	}
	few := sampleOf(pages, 25)
	if err := b.watchAll(ours, nil, func(probe) bool { return true }, few, b.runs, func(i int, s sample) { rows[i].ours = s }); err != nil {
		return err
	}
	if err := b.everyPage(ours, pages); err != nil {
		return err
	}
	if peer != nil {
		fast, full := func(p probe) bool { return !p.full }, func(p probe) bool { return p.full }
		into := func(i int, s sample) { rows[i].hugo = s }
		if err := b.watchAll(peer, nil, fast, few, b.slowRuns, into); err != nil {
			return err
		}
		if err := b.watchAll(peer, []string{"--disableFastRender"}, full, few, b.slowRuns, into); err != nil {
			return err
		}
	}
	for _, r := range rows {
		b.report.add(r)
	}
	return errors.Join(ours.remove(), peer.remove())
}

// watched writes a site with its base template in it, builds it once, and
// returns the addresses of its pages.
func (b *bench) watched(g *generator) (*place, []string, error) {
	p, err := b.site(g, b.work, b.notices)
	if err != nil || p == nil {
		return nil, nil, err
	}
	file := filepath.Join(p.dir, p.base)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		data, err := fs.ReadFile(themes.FS, path.Join(themeName, "layouts", path.Base(filepath.ToSlash(p.base))))
		if err != nil {
			return nil, nil, err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, nil, err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return nil, nil, err
		}
	}
	if _, err := b.run(p); err != nil {
		return nil, nil, err
	}
	pages, err := addresses(p.dest)
	return p, pages, err
}

// watchAll starts a server and measures the probes that are wanted.
func (b *bench) watchAll(p *place, flags []string, wanted func(probe) bool, pages []string, runs int, into func(i int, s sample)) error {
	visited := "/" + corpus.NoticeFile(corpus.Newest(b.notices)) + "/"
	s, err := startServer(b.ctx, p, flags, visited, "<article")
	if err != nil {
		return err
	}
	for i, q := range probes {
		if !wanted(q) {
			continue
		}
		list, err := b.probe(s, p, q, visited, pages, runs)
		if err != nil {
			return errors.Join(err, s.stop())
		}
		into(i, medians(list))
	}
	return s.stop()
}

// probe makes an edit several times; the file is what it was in the end.
func (b *bench) probe(s *server, p *place, q probe, visited string, pages []string, runs int) ([]sample, error) {
	file := filepath.Join(p.dir, "content", filepath.FromSlash(corpus.NoticeFile(corpus.Newest(b.notices)))+".md")
	if q.base {
		file = filepath.Join(p.dir, p.base)
	}
	original, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []sample
	for range runs {
		time.Sleep(pause)
		token := b.unique()
		edited := []byte(q.change(token)(string(original)))
		start := time.Now()
		if err := os.WriteFile(file, edited, 0o644); err != nil {
			return nil, err
		}
		if err := s.shown(q, token, visited, pages); err != nil {
			return nil, err
		}
		list = append(list, sample{wall: time.Since(start)})
	}
	time.Sleep(pause)
	if err := os.WriteFile(file, original, 0o644); err != nil {
		return nil, err
	}
	time.Sleep(2 * pause)
	return list, nil
}

// everyPage edits the base template and asks our server once for every page, to
// see that the tree which it swaps is new as a whole.
func (b *bench) everyPage(p *place, pages []string) error {
	file, token := filepath.Join(p.dir, p.base), b.unique()
	original, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	s, err := startServer(b.ctx, p, nil, pages[0], "<body")
	if err != nil {
		return err
	}
	time.Sleep(pause)
	start := time.Now()
	if err := os.WriteFile(file, []byte(inTemplate(token)(string(original))), 0o644); err != nil {
		return errors.Join(err, s.stop())
	}
	_, err = s.wait(pages[0], token, shownLimit)
	if err == nil {
		err = s.all(pages, token)
	}
	b.report.notes = append(b.report.notes, fmt.Sprintf("After an edit of the base template every one of %d pages, asked for once over HTTP by four clients, was right; all came within %s.", len(pages), seconds(time.Since(start))))
	return errors.Join(err, os.WriteFile(file, original, 0o644), s.stop())
}

// shown waits until all that an edit changes is right: of the whole site, until
// some pages of all parts are.
func (s *server) shown(q probe, token, visited string, pages []string) error {
	if _, err := s.wait(visited, token, shownLimit); err != nil {
		return err
	}
	if q.lists {
		if _, err := s.wait("/notices/", token, shownLimit); err != nil {
			return err
		}
	}
	if !q.whole {
		return nil
	}
	for _, a := range pages {
		if _, err := s.wait(a, token, shownLimit); err != nil {
			return err
		}
	}
	return nil
}

// sampleOf returns n of the addresses, from all over the list.
func sampleOf(list []string, n int) []string {
	var some []string
	for i := range n {
		some = append(some, list[i*len(list)/n])
	}
	return some
}
