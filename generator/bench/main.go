// Command bench measures biandan against Hugo and against the floor of the
// machine, and prints the figures as Markdown tables.
//
//	go run ./generator/bench                     everything, some minutes
//	go run ./generator/bench -only again,edit    some parts
//	go run ./generator/bench -hugo=false         without the peer
//	go run ./generator/bench -write DIR          only write the corpus, to look at it
//
// What it measures, and how to read it, is in README.md beside it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"biandan/generator/bench/corpus"
)

// The parts of the measurement, in order.
const (
	partCold   = "cold"
	partDisk   = "disk"
	partAgain  = "again"
	partEdit   = "edit"
	partWatch  = "watch"
	partMemory = "memory"
	partGrowth = "growth"
	partSearch = "search"
)

var allParts = []string{partCold, partDisk, partAgain, partEdit, partWatch, partMemory, partGrowth, partSearch}

// settings are the flags.
type settings struct {
	only     string
	notices  int
	large    int
	runs     int
	slowRuns int
	hugo     bool
	fast     string
	disk     string
	write    string
}

func parseFlags(args []string, stderr io.Writer) (settings, error) {
	s := settings{}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&s.only, "only", strings.Join(allParts, ","), "the parts to measure")
	f.IntVar(&s.notices, "notices", 10000, "number of notices")
	f.IntVar(&s.large, "large", 50000, "number of notices of the large site, for memory and growth")
	f.IntVar(&s.runs, "runs", 5, "runs of biandan for each figure")
	f.IntVar(&s.slowRuns, "hugo-runs", 3, "runs of Hugo for each figure")
	f.BoolVar(&s.hugo, "hugo", true, "measure Hugo too")
	f.StringVar(&s.fast, "tmpfs", memoryFolder(), "a folder in memory to work in")
	f.StringVar(&s.disk, "disk", os.TempDir(), "a folder on disk to work in")
	f.StringVar(&s.write, "write", "", "only write the corpus and the peer to this folder")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	for part := range strings.SplitSeq(s.only, ",") {
		if !slices.Contains(allParts, part) {
			return s, fmt.Errorf("no part is called %q; there are %s", part, strings.Join(allParts, ", "))
		}
	}
	if s.runs < 1 || s.slowRuns < 1 || s.notices < 50 {
		return s, errors.New("at least one run and 50 notices are needed")
	}
	return s, nil
}

// memoryFolder returns the usual folder in memory, or that for temporary files.
func memoryFolder() string {
	const shm = "/dev/shm"
	if i, err := os.Stat(shm); err == nil && i.IsDir() {
		return shm
	}
	return os.TempDir()
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	if s.write != "" {
		if err := corpus.Write(filepath.Join(s.write, "biandan"), corpus.Site(s.notices)); err != nil {
			return err
		}
		return writePeer(filepath.Join(s.write, "hugo"), s.notices)
	}
	b, err := newBench(ctx, s, stderr)
	if err != nil {
		return err
	}
	defer b.close()
	for _, part := range []struct {
		name    string
		measure func() error
	}{{partCold, b.cold}, {partDisk, b.coldOnDisk}, {partAgain, b.again}, {partEdit, b.edits}, {partWatch, b.watch}, {partMemory, b.memory}, {partGrowth, b.growth}, {partSearch, b.search}} {
		if !slices.Contains(strings.Split(s.only, ","), part.name) {
			continue
		}
		fmt.Fprintln(stderr, "bench: measuring", part.name)
		if err := part.measure(); err != nil {
			return errors.Join(b.report.write(stdout), fmt.Errorf("%s: %w", part.name, err)) // what is known by now is not lost
		}
	}
	return b.report.write(stdout)
}
