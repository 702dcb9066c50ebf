package main

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"time"
)

// sample is what one process took.
type sample struct {
	wall, cpu time.Duration
	peak      int64 // bytes resident at most; 0 where the system does not say
}

// runProcess runs a program to its end and measures it.
func runProcess(ctx context.Context, command []string) (sample, error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	start := time.Now()
	out, err := c.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("%v: %w\n%s", command, err, out)
	}
	return sample{wall, c.ProcessState.UserTime() + c.ProcessState.SystemTime(), peakOf(c.ProcessState)}, nil
}

// medians returns the median of each value by itself, of an even number the
// lower one.
func medians(list []sample) sample {
	return sample{
		median(list, func(s sample) time.Duration { return s.wall }),
		median(list, func(s sample) time.Duration { return s.cpu }),
		median(list, func(s sample) int64 { return s.peak }),
	}
}

func median[T cmp.Ordered](list []sample, value func(sample) T) T {
	var zero T
	if len(list) == 0 {
		return zero
	}
	values := make([]T, len(list))
	for i, s := range list {
		values[i] = value(s)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

// alternate calls the functions in turn, A B A B …, each as often as it wants.
func alternate(a int, first func(i int) error, b int, second func(i int) error) error {
	for i := range max(a, b) {
		if i < a {
			if err := first(i); err != nil {
				return err
			}
		}
		if i < b {
			if err := second(i); err != nil {
				return err
			}
		}
	}
	return nil
}
