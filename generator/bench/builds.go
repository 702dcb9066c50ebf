package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

// settle is how long a file must be left alone before tools believe its time.
const settle = 3 * time.Second

// cold measures complete builds in memory, and the floor below them.
func (b *bench) cold() error {
	return b.coldIn("cold full build, minified, in memory", b.work, target{0.25, 0.15}, true)
}

func (b *bench) coldOnDisk() error {
	return b.coldIn("the same on disk ("+fileSystem(b.slow)+")", b.slow, target{0.30, 0.18}, false)
}

func (b *bench) coldIn(what, below string, t target, counted bool) error {
	ours, err := b.site(b.ours, below, b.notices)
	if err != nil {
		return err
	}
	peer, err := b.site(b.hugo, below, b.notices)
	if err != nil {
		return err
	}
	var a, h []sample
	coldRun := func(p *place, into *[]sample) func(int) error {
		return func(int) error {
			c := b.clean(p, below)
			s, err := b.run(c)
			*into = append(*into, s)
			p.dest = c.dest
			return err
		}
	}
	if err := alternate(b.runs, coldRun(ours, &a), b.slowCount(b.slowRuns), coldRun(peer, &h)); err != nil {
		return err
	}
	floor, err := b.floors(ours, below)
	if err != nil {
		return err
	}
	b.report.add(row{what: what, ours: medians(a), hugo: medians(h), floor: floor, target: t})
	if counted {
		if err := b.countBoth(ours, peer); err != nil {
			return err
		}
	}
	return errors.Join(ours.remove(), peer.remove())
}

// floors measures what the machine needs for much less than a build.
func (b *bench) floors(ours *place, below string) (string, error) {
	content := filepath.Join(ours.dir, "content")
	program, err := runProcess(b.ctx, []string{b.floor, "-src", content, "-out", b.fresh(below)})
	if err != nil {
		return "", err
	}
	text := "floor program " + seconds(program.wall)
	if cp, err := exec.LookPath("cp"); err == nil {
		copied, err := runProcess(b.ctx, []string{cp, "-r", ours.dest, b.fresh(below)})
		if err != nil {
			return "", err
		}
		text += ", `cp -r` " + seconds(copied.wall)
	}
	return text, nil
}

// countBoth notes what both wrote: figures of different work are not compared.
func (b *bench) countBoth(ours, peer *place) error {
	a, err := count(ours.dest)
	if err != nil {
		return err
	}
	b.report.counted = append(b.report.counted, counted{ours.name, a})
	if peer == nil {
		return nil
	}
	h, err := count(peer.dest)
	if err != nil {
		return err
	}
	b.report.counted = append(b.report.counted, counted{peer.name, h})
	if d := a.pages - h.pages; d*100 > a.pages || -d*100 > a.pages {
		return fmt.Errorf("%d pages of ours, %d of Hugo: the sites are not the same", a.pages, h.pages)
	}
	return nil
}

// warm writes a site, builds it and waits until its files count as settled.
func (b *bench) warm(g *generator, notices int) (*place, error) {
	p, err := b.site(g, b.work, notices)
	if err != nil || p == nil {
		return p, err
	}
	if _, err := b.run(p); err != nil {
		return nil, err
	}
	time.Sleep(settle)
	_, err = b.run(p) // what was too fresh to believe is believed from now on
	return p, err
}

// bothWarm returns both sites built; of Hugo nothing needs to be warm.
func (b *bench) bothWarm() (ours, peer *place, err error) {
	if ours, err = b.warm(b.ours, b.notices); err != nil {
		return nil, nil, err
	}
	if peer, err = b.site(b.hugo, b.work, b.notices); err != nil || peer == nil {
		return ours, nil, err
	}
	_, err = b.run(peer)
	return ours, peer, err
}

// again measures builds with nothing to do.
func (b *bench) again() error {
	ours, peer, err := b.bothWarm()
	if err != nil {
		return err
	}
	var a, h []sample
	repeat := func(p *place, into *[]sample) func(int) error {
		return func(int) error {
			s, err := b.run(p)
			*into = append(*into, s)
			return err
		}
	}
	if err := alternate(2*b.runs+1, repeat(ours, &a), b.slowCount(b.slowRuns), repeat(peer, &h)); err != nil {
		return err
	}
	scan, err := runProcess(b.ctx, []string{b.floor, "-src", filepath.Join(ours.dir, "content"), "-scan"})
	if err != nil {
		return err
	}
	b.report.add(row{what: "nothing changed, new process", ours: medians(a), hugo: medians(h), floor: "walk + stat " + seconds(scan.wall), target: target{1.0 / 60, 1.0 / 150}})
	return errors.Join(ours.remove(), peer.remove())
}

// edits measures builds after one file was changed, and wants the tree of all
// these builds to be that of a clean one.
func (b *bench) edits() error {
	ours, peer, err := b.bothWarm()
	if err != nil {
		return err
	}
	for _, e := range []struct {
		what   string
		change func(token string) func(string) string
		inList bool
		target target
	}{
		{"one body edited, new process", inBody, false, target{1.0 / 50, 1.0 / 120}},
		{"one title edited (lists, neighbours), new process", inTitle, true, target{1.0 / 30, 1.0 / 80}},
	} {
		var a, h []sample
		if err := alternate(b.runs, b.editRun(ours, b.notices, e.change, e.inList, &a), b.slowCount(b.slowRuns), b.editRun(peer, b.notices, e.change, e.inList, &h)); err != nil {
			return err
		}
		b.report.add(row{what: e.what, ours: medians(a), hugo: medians(h), target: e.target})
	}
	c := b.clean(ours, b.work)
	if _, err := b.run(c); err != nil {
		return err
	}
	if err := sameTree(ours.dest, c.dest); err != nil {
		return err
	}
	b.report.notes = append(b.report.notes, "After all edits the tree is byte for byte that of a clean build.")
	return errors.Join(ours.remove(), peer.remove())
}

// editRun returns a function that edits a notice, builds, and looks for the
// edit in the output.
func (b *bench) editRun(p *place, notices int, change func(string) func(string) string, inList bool, into *[]sample) func(int) error {
	return func(i int) error {
		n := (i*977 + 13) % notices
		token := b.unique()
		if err := p.edit(n, change(token)); err != nil {
			return err
		}
		s, err := b.run(p)
		if err != nil {
			return err
		}
		*into = append(*into, s)
		if ok, err := shows(p.page(n), token); err != nil || !ok {
			return fmt.Errorf("%s: the page does not show the edit: %w", p.name, errOr(err))
		}
		if inList {
			return p.listed(token)
		}
		return nil
	}
}

func errOr(err error) error {
	if err == nil {
		return errors.New("the word is not there")
	}
	return err
}

// listed wants the token on a page of the list of notices.
func (p *place) listed(token string) error {
	files, err := filepath.Glob(filepath.Join(p.dest, "notices", "page", "*", "index.html"))
	if err != nil {
		return err
	}
	for _, f := range append(files, filepath.Join(p.dest, "notices", "index.html")) {
		if ok, err := shows(f, token); err != nil || ok {
			return err
		}
	}
	return fmt.Errorf("%s: no list shows the new title", p.name)
}
