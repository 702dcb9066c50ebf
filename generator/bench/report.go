package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"
)

// target is a share of Hugo's figure: what must be reached, what is aimed at.
type target struct{ must, aim float64 }

// row is a line of the table.
type row struct {
	what       string
	ours, hugo sample
	floor      string
	target     target
	memory     bool // the figure is the peak, not the time
	watched    bool // a latency: no process of its own, no CPU time
}

type counted struct {
	name string
	tally
}

type growthRow struct {
	notices           int
	cold, again, body sample // ours
	hugo              sample // cold
}

// report is all that was measured.
type report struct {
	setting string
	rows    []row
	counted []counted
	grown   []growthRow
	notes   []string
}

func (r *report) add(x row) { r.rows = append(r.rows, x) }

func (r *report) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Hugo %s, %s, %d cores; %s. Medians of whole processes; times are wall / CPU.\n\n", hugoVersion, runtime.Version(), runtime.NumCPU(), r.setting)
	if len(r.rows) > 0 {
		b.WriteString("| what | Hugo | floor | ours | ours : Hugo | of CPU | must | aim | reached |\n| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |\n")
	}
	for _, x := range r.rows {
		ratio, cpu, reached := "–", "–", "–"
		if h := x.figure(x.hugo); h > 0 {
			share := x.figure(x.ours) / h
			ratio, reached = fraction(share), x.target.verdict(share)
		}
		if x.hugo.cpu > 0 && !x.memory {
			cpu = fraction(x.ours.cpu.Seconds() / x.hugo.cpu.Seconds())
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", x.what, x.text(x.hugo), orDash(x.floor), x.text(x.ours), ratio, cpu, fraction(x.target.must), fraction(x.target.aim), reached)
	}
	r.writeCounts(&b)
	r.writeGrowth(&b)
	for _, n := range r.notes {
		b.WriteString("\n" + n + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *report) writeCounts(b *strings.Builder) {
	if len(r.counted) == 0 {
		return
	}
	b.WriteString("\n| output | pages (HTML) | files | bytes |\n| --- | ---: | ---: | ---: |\n")
	for _, c := range r.counted {
		fmt.Fprintf(b, "| %s | %d | %d | %.1f MB |\n", c.name, c.pages, c.files, float64(c.bytes)/1e6)
	}
}

func (r *report) writeGrowth(b *strings.Builder) {
	if len(r.grown) == 0 {
		return
	}
	b.WriteString("\n| notices | Hugo cold | ours cold | nothing changed | one body edited | peak of Hugo | peak of ours |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, g := range r.grown {
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s | %s |\n", g.notices, times(g.hugo), times(g.cold), times(g.again), times(g.body), mebibytes(g.hugo.peak), mebibytes(g.cold.peak))
	}
}

// figure is the value that is compared.
func (x row) figure(s sample) float64 {
	if x.memory {
		return float64(s.peak)
	}
	return s.wall.Seconds()
}

func (x row) text(s sample) string {
	switch {
	case x.memory:
		return mebibytes(s.peak)
	case x.watched && s.wall > 0:
		return seconds(s.wall)
	}
	return times(s)
}

func (t target) verdict(share float64) string {
	switch {
	case share <= t.aim:
		return "aim"
	case share <= t.must:
		return "must"
	}
	return "**no**"
}

// fraction writes small shares as 1/N.
func fraction(f float64) string {
	if f > 0 && f < 0.145 {
		return fmt.Sprintf("1/%.0f", 1/f)
	}
	return fmt.Sprintf("%.2f", f)
}

func times(s sample) string {
	if s.wall == 0 {
		return "–"
	}
	return seconds(s.wall) + " / " + seconds(s.cpu)
}

func seconds(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func mebibytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
}

func withSize(format string, notices int) string {
	if notices%1000 == 0 {
		return fmt.Sprintf(format, fmt.Sprintf("%dk", notices/1000))
	}
	return fmt.Sprintf(format, fmt.Sprint(notices))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
