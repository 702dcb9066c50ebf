package main

import (
	"errors"
	"fmt"
	"time"
)

// memory measures the largest resident set of cold builds.
func (b *bench) memory() error {
	for _, m := range []struct {
		notices int
		what    string
		target  target
	}{
		{b.notices, "peak memory, %s, with the search index", target{1.0 / 8, 1.0 / 13}},
		{b.large, "peak memory, %s", target{1.0 / 10, 1.0 / 18}},
	} {
		ours, err := b.coldOnce(b.ours, m.notices)
		if err != nil {
			return err
		}
		peer, err := b.coldOnce(b.hugo, m.notices)
		if err != nil {
			return err
		}
		b.report.add(row{what: withSize(m.what, m.notices), ours: ours, hugo: peer, target: m.target, memory: true})
	}
	return nil
}

// coldOnce is one cold build of a site of that size, the same for all parts
// that ask; the site is removed.
func (b *bench) coldOnce(g *generator, notices int) (sample, error) {
	if g == nil {
		return sample{}, nil
	}
	key := fmt.Sprint(g.name, notices)
	if s, ok := b.once[key]; ok {
		return s, nil
	}
	p, err := b.site(g, b.work, notices)
	if err != nil {
		return sample{}, err
	}
	s, err := b.run(p)
	if err == nil {
		b.once[key] = s
	}
	return s, errors.Join(err, p.remove())
}

// growth measures how the cost grows with the number of notices.
func (b *bench) growth() error {
	for _, n := range []int{b.notices / 10, b.notices, b.large} {
		g := growthRow{notices: n}
		p, err := b.site(b.ours, b.work, n)
		if err != nil {
			return err
		}
		if g.cold, err = b.run(p); err != nil {
			return err
		}
		time.Sleep(settle)
		if _, err := b.run(p); err != nil {
			return err
		}
		var again, body []sample
		for range b.runs {
			s, err := b.run(p)
			if err != nil {
				return err
			}
			again = append(again, s)
		}
		edit := b.editRun(p, n, inBody, false, &body)
		for i := range min(b.runs, 3) {
			if err := edit(i); err != nil {
				return err
			}
		}
		g.again, g.body = medians(again), medians(body)
		if err := p.remove(); err != nil {
			return err
		}
		if g.hugo, err = b.coldOnce(b.hugo, n); err != nil {
			return err
		}
		b.report.grown = append(b.report.grown, g)
	}
	return nil
}
